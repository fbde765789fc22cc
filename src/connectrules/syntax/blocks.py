"""The `-` lists: dashes and columns turned into the marks the grammar knows.

One stack holds what is open: for a list the column of its dashes, for a bracket
nothing but that it is there.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lark.lexer import Token

STATEMENTS = frozenset(
    {"LANGUAGE", "POLICY", "ABOUT", "USE", "FACT", "ASK", "ASSUME", "DEFINE"}
    | {"CONNECT", "DECLINE", "REVIEW", "OTHERWISE", "EXAMPLE"}
)
"""The terminals a statement begins with."""

_CLOSERS = STATEMENTS | {"_UNLESS", "_BECAUSE", "_SEMICOLON", "CLOSING"}
"""The terminals that close lists wherever they stand."""

_BRACKET = 0
"""An open bracket on the stack; lists are columns, which count from 1."""


class Blocks:
    """A post-lexer: DASH tokens in, _OPEN, ITEM and CLOSE tokens out."""

    always_accept = ("DASH", "ODD")

    def process(self, stream: Iterator["Token"]) -> Iterator["Token"]:
        """The tokens of *stream*, with the marks of lists in place of dashes."""
        stack: list[int] = []
        line = 0
        last: Token | None = None
        for token in stream:
            if token.type == "DASH":
                yield from self._dash(token, stack, last)
                line = token.end_line or 0
            else:
                first = token.line != line
                line = token.end_line or 0
                while (
                    stack
                    and stack[-1]
                    and (token.type in _CLOSERS or (first and (token.column or 0) <= stack[-1]))
                ):
                    stack.pop()
                    yield _mark("CLOSE", last or token)
                if token.type in STATEMENTS:
                    stack.clear()
                elif token.type == "OPENING":
                    stack.append(_BRACKET)
                elif token.type == "CLOSING" and stack:
                    stack.pop()
                yield token
            last = token
        while stack and stack[-1] and last:
            stack.pop()
            yield _mark("CLOSE", last)

    def _dash(self, token: "Token", stack: list[int], last: "Token | None") -> Iterator["Token"]:
        """The marks for one dash: an item, perhaps of a new list, perhaps after closing some."""
        if "\t" in token:
            tab, line = token.index("\t"), token.end_line
            start = (token.start_pos or 0) + tab
            column = (token.end_column or 0) - len(token) + tab
            yield type(token)(
                "DASH", token[tab:], start, line, column, line, token.end_column, token.end_pos
            )
            return
        column = len(token) - token.count("\n")
        while stack and stack[-1] > column:
            stack.pop()
            yield _mark("CLOSE", last or token)
        if not stack or stack[-1] != column:
            stack.append(column)
            yield _mark("_OPEN", token)
        yield _mark("ITEM", token)


def _mark(type_: str, token: "Token") -> "Token":
    """A mark of *type_* that stands at the last character of *token*."""
    end = token.end_pos or 0
    line, column = token.end_line, (token.end_column or 0) - 1
    return type(token)(type_, "-", end - 1, line, column, line, token.end_column, end)
