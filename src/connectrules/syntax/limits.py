"""How large a text may be (CR110)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from connectrules.source import Source, Span
from connectrules.syntax.mistakes import Mistake

if TYPE_CHECKING:
    from lark.lexer import Token as Mark

LARGEST_FILE = 2**20
"""How many bytes of UTF-8 a file may have."""
DEEPEST = 64
"""How deep brackets, lists and NOTs may stand in each other."""
LONGEST_LIST = 1_000
"""How many items a list may have."""
MOST_CONDITIONS = 10_000
"""How many sentences the conditions of a policy may have."""

_BEFORE_CONDITION = frozenset(
    {"_WHEN", "_UNLESS", "_AS", "AND", "OR", "NOT", "OPENING", "_SEMICOLON", "ITEM", "FOR"}
)
_OPENERS = frozenset({"_OPEN", "OPENING"})
_CLOSERS = frozenset({"CLOSE", "CLOSING"})
_JOINERS = frozenset({"AND", "OR"})
_SEPARATORS = frozenset({"ITEM", "_SEMICOLON"})


def check_size(source: Source) -> None:
    """Raise `Mistake` where the text of *source* is too large."""
    text = source.text
    if len(text) * 4 <= LARGEST_FILE:
        return
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST_FILE:
        raise Mistake(
            Span(0, 0),
            "CR110",
            f"the text has {size:,} bytes, {size - LARGEST_FILE:,} more than the "
            f"{LARGEST_FILE:,} allowed",
            help=("bring part of it in from other files with `USE`",),
        )


def check_statement(marks: Sequence["Mark"]) -> None:
    """Raise `Mistake` where brackets, lists and NOTs go too deep, or a list is too long."""
    _check_depth(marks)
    _check_lists(marks)


def _check_depth(marks: Sequence["Mark"]) -> None:
    deepest, place = 0, None
    depth, waiting = 0, 0  # waiting: NOTs whose operand is still to come
    opened: list[int] = []  # how much deeper each made it
    for mark in marks:
        if mark.type == "NOT":
            waiting += 1
        elif mark.type in _OPENERS:
            opened.append(waiting + 1)
            depth, waiting = depth + waiting + 1, 0
        elif mark.type in _CLOSERS and opened:
            depth -= opened.pop()
        elif mark.type in _JOINERS:
            waiting = 0
        if depth + waiting > deepest:
            deepest = depth + waiting
            place = mark if deepest == DEEPEST + 1 else place
    if place is not None:
        raise Mistake(
            Span(place.start_pos or 0, place.end_pos or 0),
            "CR110",
            f"brackets, lists and NOTs stand {deepest:,} deep, {deepest - DEEPEST:,} more than "
            f"the {DEEPEST} allowed",
            help=("name a part of it with `DEFINE`",),
        )


def _check_lists(marks: Sequence["Mark"]) -> None:
    lists: list[tuple[Mark, list[Mark]]] = []  # each opener, and what begins its items
    opened: list[list[Mark]] = []
    for mark in marks:
        if mark.type in _OPENERS:
            opened.append([] if mark.type == "_OPEN" else [mark])
            lists.append((mark, opened[-1]))
        elif mark.type in _SEPARATORS and opened:
            opened[-1].append(mark)
        elif mark.type in _CLOSERS and opened:
            opened.pop()
    for opener, items in lists:
        if len(items) > LONGEST_LIST:
            raise Mistake(
                Span(opener.start_pos or 0, opener.end_pos or 0),
                "CR110",
                f"a list has {len(items):,} items, {len(items) - LONGEST_LIST:,} more than the "
                f"{LONGEST_LIST:,} allowed",
                help=("name parts of it with `DEFINE`",),
            )


def check_conditions(marks: Sequence["Mark"]) -> None:
    """Raise `Mistake` where the conditions of a policy have too many sentences."""
    count, place, example = 0, None, False
    before = ""
    for mark in marks:
        if mark.type == "EXAMPLE":
            example = True
        elif mark.type in {"_WHEN", "_AS"}:
            example = False
        elif mark.type == "RUN" and not example and (not before or before in _BEFORE_CONDITION):
            count += 1
            if count == MOST_CONDITIONS + 1:
                place = mark
        elif mark.type == "FOR":  # what stood before it was a number of points
            count -= 1
        before = mark.type
    if place is not None and count > MOST_CONDITIONS:
        raise Mistake(
            Span(place.start_pos or 0, place.end_pos or 0),
            "CR110",
            f"the policy has {count:,} conditions, {count - MOST_CONDITIONS:,} more than the "
            f"{MOST_CONDITIONS:,} allowed",
        )
