"""A table for reading, fit to a width: cells wrap, and nothing is cut."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

import attrs

from connectrules.render.cells import padded, width, wrapped
from connectrules.render.paint import Paint, Role

_GAP = "  "


@attrs.frozen
class Row:
    """One line of a table.

    Attributes:
        cells: What stands in its columns; where there are fewer than columns, the
            last one goes on over those that are left.
        role: What the first cell is.
    """

    cells: tuple[str, ...]
    role: Role | None = None


class Table:
    """Rows under a head, in batches; a batch that needs other columns gets a head of its own.

    The first column is never wrapped; columns that are empty throughout a batch
    are left out.
    """

    def __init__(self, head: Sequence[str], columns: int, paint: Paint, *, first: int = 0) -> None:
        """A table with the titles *head*.

        Args:
            head: What the columns are called.
            columns: How wide the table may be.
            paint: Dresses the parts of the text.
            first: How wide the first column is at least.
        """
        self._first = first
        self._head = tuple(head)
        self._columns = columns
        self._paint = paint
        self._widths: dict[int, int] = {}

    def lines(self, rows: Sequence[Row]) -> Iterator[str]:
        """The lines of the next *rows*."""
        columns = [list(column) for column in zip_longest(*map(self._own, rows), fillvalue="")]
        used = {index for index, column in enumerate(columns) if any(column)}
        if not used <= self._widths.keys():
            shown = sorted(used | self._widths.keys())
            wanted = {
                index: max(map(width, (self._head[index], *columns[index]))) for index in shown
            }
            self._widths = self._fit(wanted)
            yield from self._titles()
        for row in rows:
            yield from self._row(row)

    def _own(self, row: Row) -> tuple[str, ...]:
        """The cells of *row* that keep to their columns."""
        return row.cells if len(row.cells) == len(self._head) else row.cells[:-1]

    def _fit(self, wanted: Mapping[int, int]) -> dict[int, int]:
        """Widths for columns: those that want little get it, the others share what is left.

        The first column has no share: it takes what it wants.
        """
        left = self._columns - len(_GAP) * (len(wanted) - 1)
        widths: dict[int, int] = {}
        for rank, index in enumerate(sorted(wanted, key=lambda each: (each > 0, wanted[each]))):
            share = left // (len(wanted) - rank)
            least = max(wanted[index], self._first) if index == 0 else min(wanted[index], share)
            widths[index] = max(least, 1)
            left -= widths[index]
        return dict(sorted(widths.items()))

    def _titles(self) -> Iterator[str]:
        titles = [
            self._paint("title", self._head[index]) + " " * (wide - width(self._head[index]))
            for index, wide in self._widths.items()
        ]
        yield _GAP.join(titles).rstrip()
        yield self._paint("frame", _GAP.join("─" * wide for wide in self._widths.values()))

    def _row(self, row: Row) -> Iterator[str]:
        own = self._own(row)
        fitted = [(own[at], wide) for at, wide in self._widths.items() if at < len(own)]
        if len(own) < len(row.cells):
            room = self._columns - sum(wide + len(_GAP) for _, wide in fitted)
            fitted.append((row.cells[-1], max(room, 1)))
        cells = [(wrapped(text, wide), wide) for text, wide in fitted]
        for number in range(max(len(lines) for lines, _ in cells)):
            parts = [
                padded(lines[number] if number < len(lines) else "", wide) for lines, wide in cells
            ]
            first = parts[0].rstrip()
            if row.role and first:
                parts[0] = self._paint(row.role, first) + parts[0][len(first) :]
            yield _GAP.join(parts).rstrip()
