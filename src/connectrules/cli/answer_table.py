"""A table with an answer a row: as it is written, and as it comes back."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from pathlib import Path

import attrs

from connectrules.cli.answer_cells import answer_cell, cell
from connectrules.errors import SourceError
from connectrules.schema.vocabulary import slot
from connectrules.sources.common.files import HEADER_LINES, File, on_disk, rows
from connectrules.store import StoredAnswer

COLUMNS = ("key", "fact", "answer", "day", "question", "by")
"""What the table has for each answer."""
TAKEN_BACK = "taken back"
"""And this, where it has the history."""

_ALL = (*COLUMNS, TAKEN_BACK)
_NEEDED = frozenset(COLUMNS[:3])
_DELIMITERS = (",", ";", "\t")
_HINT = "sep="
"""What a line begins with that tells a spreadsheet how cells end."""
_LINE_END = "\r\n"


def lines(answers: Iterable[StoredAnswer], *, history: bool) -> Iterator[str]:
    """The table of *answers*, each line with its end."""
    yield _line(*COLUMNS, *([TAKEN_BACK] if history else []))
    for each in answers:
        yield _line(
            cell(each.key),
            cell(each.fact),
            answer_cell(each.value),
            each.day.isoformat(),
            cell(each.question),
            cell(each.by),
            *([answer_cell(each.taken_back)] if history else []),
        )


def _line(*cells: str) -> str:
    row = io.StringIO()
    csv.writer(row, lineterminator=_LINE_END).writerow(cells)
    return row.getvalue()


def is_ours(path: Path) -> bool:
    """Whether the file at *path* begins as `lines` does, or as a spreadsheet saves that."""
    file = on_disk(path)
    headers = (_header(file, delimiter)[1] for delimiter in _DELIMITERS)
    return any(names in {COLUMNS, _ALL} for names in headers)


@attrs.frozen
class AnswerTable:
    """Such a table in a file.

    Attributes:
        file: The file.
        delimiter: What stands between its cells.
        header: The line of its header.
        names: What its columns are called, by slot; empty where it is nothing.
    """

    file: File
    delimiter: str
    header: int
    names: tuple[str, ...]

    @classmethod
    def of(cls, file: File) -> "AnswerTable | None":
        """The *file* as such a table, if it is one.

        Raises:
            SourceError: Where it has a column twice.
        """
        for delimiter in _DELIMITERS:
            table = cls(file, delimiter, *_header(file, delimiter))
            if table._is_one():
                table._require_once_each()
                return table
        return None

    @property
    def is_history(self) -> bool:
        """Whether it says which answers were taken back."""
        return TAKEN_BACK in self.names

    @property
    def left_out(self) -> list[str]:
        """The columns that say nothing of an answer."""
        return [name for name in self.names if name and name not in _ALL]

    def rows(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Where each row stands, and its cells by their column; missing ones are empty.

        Raises:
            SourceError: Where it cannot be read, or a row has more cells than columns.
        """
        for line, row in rows(self.file, self.delimiter):
            if line <= self.header or not any(map(str.strip, row)):
                continue
            if len(row) > len(self.names):
                msg = f"the row has {len(row)} cells and the header {len(self.names)}"
                raise SourceError(msg, self.file.where(line))
            cells = dict.fromkeys(_ALL, "") | dict(zip(self.names, row, strict=False))
            yield self.file.where(line), cells

    def _is_one(self) -> bool:
        return set(self.names) >= _NEEDED

    def _require_once_each(self) -> None:
        for name in _ALL:
            if self.names.count(name) > 1:
                msg = f"the column `{name}` is there twice"
                raise SourceError(msg, self.file.where(self.header))


def _header(file: File, delimiter: str) -> tuple[int, tuple[str, ...]]:
    """The line of the header of *file*, if cells end so, and its names."""
    # What cannot be read is told of by what reads tables of another form.
    with suppress(SourceError), closing(rows(file, delimiter, within=HEADER_LINES)) as found:
        for line, row in found:
            if len(row) > 1 and not row[0].startswith(_HINT):
                return line, tuple(map(slot, row))
    return 1, ()
