"""Text a policy is read from, and places in it."""

import re
from bisect import bisect_right
from functools import cached_property

import attrs

_LINE_BREAK = re.compile(r"\r\n|\n|\r")


@attrs.frozen(order=True)
class Span:
    """A stretch of a text, from *start* up to *end*, in characters from 0."""

    start: int
    end: int

    def to(self, other: "Span") -> "Span":
        """The stretch from the beginning of this span to the end of *other*."""
        return Span(self.start, other.end)


@attrs.frozen(order=True)
class Location:
    """A place as people count: *line* and *column* from 1, in characters."""

    line: int
    column: int


@attrs.frozen
class Source:
    """A named text.

    Attributes:
        name: What it is called in messages, usually its path.
        text: Its characters as they stand, without a byte order mark;
            positions count in them.
    """

    name: str
    text: str = attrs.field(repr=False)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        return (0, *(mark.end() for mark in _LINE_BREAK.finditer(self.text)))

    def location(self, offset: int) -> Location:
        """The line and column of the character at *offset*."""
        line = bisect_right(self._starts, offset) - 1
        return Location(line + 1, offset - self._starts[line] + 1)

    def start(self, number: int) -> int:
        """Where line *number* (from 1) begins."""
        return self._starts[number - 1]

    def line(self, number: int) -> str:
        """Line *number* (from 1) without its line break."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")
