"""The `-` lists: dashes and columns turned into the marks the grammar knows.

One stack holds what is open: for a list the column of its dashes, for a bracket
nothing but that it is there.
"""

from collections.abc import Iterator, Sequence

from connectrules.syntax.lexer import Mark

STATEMENTS = frozenset(
    {"LANGUAGE", "POLICY", "ABOUT", "USE", "FACT", "ASK", "ASSUME", "DEFINE"}
    | {"CONNECT", "DECLINE", "REVIEW", "OTHERWISE", "EXAMPLE"}
)
"""The terminals a statement begins with."""

_CLOSERS = STATEMENTS | {"_UNLESS", "_BECAUSE", "_SEMICOLON", "CLOSING"}
"""The terminals that close lists wherever they stand."""

_BRACKET = 0
"""An open bracket on the stack; lists are columns, which count from 1."""


def with_lists(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """*marks* with _OPEN, ITEM and CLOSE in place of dashes."""
    return tuple(_listed(marks)) if any(mark.type == "DASH" for mark in marks) else tuple(marks)


def _listed(marks: Sequence[Mark]) -> Iterator[Mark]:
    stack: list[int] = []
    line = 0
    last = marks[0]
    for mark in marks:
        if mark.type == "DASH":
            yield from _dash(mark, stack, last)
        else:
            while (
                stack
                and stack[-1]
                and (mark.type in _CLOSERS or (mark.line != line and mark.column <= stack[-1]))
            ):
                stack.pop()
                yield last.at_end("CLOSE")
            if mark.type in STATEMENTS:
                stack.clear()
            elif mark.type == "OPENING":
                stack.append(_BRACKET)
            elif mark.type == "CLOSING" and stack:
                stack.pop()
            yield mark
        last, line = mark, mark.line
    while stack and stack[-1]:
        stack.pop()
        yield last.at_end("CLOSE")


def _dash(dash: Mark, stack: list[int], last: Mark) -> Iterator[Mark]:
    """The marks for one dash: an item, perhaps of a new list, perhaps after closing some."""
    if "\t" in dash:
        tab = dash.index("\t")
        yield Mark("DASH", dash[tab:], dash.start_pos + tab, dash.line, dash.column + tab)
        return
    column = len(dash)
    while stack and stack[-1] > column:
        stack.pop()
        yield last.at_end("CLOSE")
    if not stack or stack[-1] != column:
        stack.append(column)
        yield dash.at_end("_OPEN")
    yield dash.at_end("ITEM")
