"""A line of a policy with a stretch of it marked, cut to fit beside its number."""

import attrs

from connectrules.render.cells import harmless, width
from connectrules.source import Span

_TAB = 4
_LEAD = 3
"""What part of a cut line, one in so many, stands before the mark."""
_SEEN = 4
"""How many characters are looked at for each column, as some take none."""


@attrs.frozen
class Snippet:
    """What is shown of a line.

    Attributes:
        text: The line, or its part around the mark.
        before: The columns before the mark.
        marked: The columns that are marked, at least 1.
    """

    text: str
    before: int
    marked: int


def snippet(line: str, span: Span, columns: int) -> Snippet:
    """*line* with *span* (within it) marked, in at most *columns*."""
    columns -= span.start == len(line)
    reach = columns * _SEEN
    first = max(0, span.start - reach)
    last = span.start + reach
    cells = _cells(line[first:last], Span(span.start - first, span.end - first))
    wide = [width(cell) for cell in cells]
    at = span.start - first
    low, high = 0, len(cells)
    cut_before, cut_after = first > 0, last < len(line)
    if cut_before or cut_after or sum(wide) > columns:
        room = columns - 2
        behind = min(sum(wide[at:]), room)
        low = _reach_back(wide, at, max(room // _LEAD, room - behind))
        high = _reach_on(wide, low, room)
        cut_before, cut_after = cut_before or low > 0, cut_after or high < len(cells)
    head = "…" if cut_before else ""
    text = head + "".join(cells[low:high]) + ("…" if cut_after else "")
    end = max(at, min(span.end - first, high))
    return Snippet(text, len(head) + sum(wide[low:at]), max(sum(wide[at:end]), 1))


def _cells(text: str, span: Span) -> list[str]:
    cells: list[str] = []
    column = 0
    for index, char in enumerate(text):
        if char == "\t":
            cell = " " * (_TAB - column % _TAB)
        else:
            cell = harmless(char, joiners=not span.start <= index < span.end)
        cells.append(cell)
        column += width(cell)
    return cells


def _reach_back(wide: list[int], at: int, room: int) -> int:
    while at > 0 and wide[at - 1] <= room:
        at -= 1
        room -= wide[at]
    return at


def _reach_on(wide: list[int], at: int, room: int) -> int:
    while at < len(wide) and wide[at] <= room:
        room -= wide[at]
        at += 1
    return at
