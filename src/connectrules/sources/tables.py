"""Records in CSV: a header, then a row each."""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial

import attrs

from connectrules.errors import SourceError
from connectrules.sources.common import files
from connectrules.sources.common.columns import KEY, Columns
from connectrules.sources.common.files import File, rows, too_wide
from connectrules.sources.common.records import Record, Records, repeated
from connectrules.sources.common.values import cell_reader

_DELIMITERS = {",": "CSV", ";": "CSV with semicolons", "\t": "CSV with tabs"}
_EXCEL_HINT = re.compile(r"sep=[,;\t]?")


@attrs.frozen
class Header:
    """What the head of a CSV file says.

    Attributes:
        delimiter: What stands between cells.
        line: Where the header stands, from 1.
        names: The names of all columns, some of which may be empty.
    """

    delimiter: str
    line: int
    names: tuple[str, ...]

    def record(self, file: File, line: int, row: Sequence[str]) -> Record | None:
        """The record in the *row* on *line* of *file*, None where it is empty.

        Raises:
            SourceError: Where it is wider than the header.
        """
        if len(row) > len(self.names):
            msg = f"the row has {len(row)} cells and the header {len(self.names)}"
            raise SourceError(msg, file.where(line))
        values = [pair for pair in zip(self.names, map(_strip, row), strict=False) if pair[1]]
        return Record(line, values) if values else None


_strip: Callable[[str], str] = str.strip


def header(file: File, columns: Columns) -> Header:
    """The header of the CSV *file*; its delimiter is the one that makes most sense of it.

    Raises:
        SourceError: Where it has no header that can be read, or two columns of
            one fact.
    """

    def sense(delimiter: str) -> tuple[int, int]:
        _, names = headers[delimiter]
        return sum(map(columns.known, names[: files.COLUMNS_LIMIT])), len(names)

    headers: dict[str, tuple[int, list[str]]] = {}
    failed: list[SourceError] = []
    for each in _DELIMITERS:
        try:
            headers[each] = _header(file, each)
        except SourceError as error:  # quoted cells are no cells with another delimiter
            failed.append(error)
    if failed and not any(sense(each)[0] for each in headers):
        raise failed[0]
    delimiter = max(headers, key=sense)
    line, names = headers[delimiter]
    if not any(names):
        # Where no delimiter makes a header, the plain one tells why.
        msg = f"`{file.name}` is empty: expected a header that names `{KEY}`, `name` or facts"
        raise SourceError(msg, file.name)
    if len(names) > files.COLUMNS_LIMIT:
        raise too_wide(file, line, len(names))
    pair = columns.twice(names)
    if pair:
        raise repeated(file, line, pair)
    return Header(delimiter, line, tuple(names))


def table(file: File, columns: Columns) -> Records:
    """The records of the CSV *file*.

    Raises:
        SourceError: As `header` does.
    """
    found = header(file, columns)
    return Records(
        file,
        _DELIMITERS[found.delimiter],
        tuple(filter(None, found.names)),
        partial(_records, file, found),
        partial(cell_reader, delimiter=found.delimiter),
    )


def _header(file: File, delimiter: str) -> tuple[int, list[str]]:
    with closing(rows(file, delimiter, within=files.HEADER_LINES)) as found:
        for line, row in found:
            names = [cell.strip() for cell in row]
            if not _EXCEL_HINT.fullmatch(delimiter.join(names)) and any(names):
                return line, names
    return 1, []


def _records(file: File, found: Header) -> Iterator[Record]:
    for line, row in rows(file, found.delimiter):
        if line > found.line:
            record = found.record(file, line, row)
            if record is not None:
                yield record
