"""Records in CSV: a header, then a row each."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial

from connectrules.errors import SourceError
from connectrules.sources.common import files
from connectrules.sources.common.columns import KEY, Columns
from connectrules.sources.common.files import File, rows, too_wide
from connectrules.sources.common.records import Record, Records, repeated
from connectrules.sources.common.values import cell_reader

_DELIMITERS = {",": "CSV", ";": "CSV with semicolons", "\t": "CSV with tabs"}
_EXCEL_HINT = re.compile(r"sep=[,;\t]?")


def table(file: File, columns: Columns) -> Records:
    """The records of the CSV *file*; its delimiter is the one that makes most sense of the header.

    Raises:
        SourceError: Where it has no header that can be read, or two columns of
            one fact.
    """

    def sense(delimiter: str) -> tuple[int, int]:
        _, names = headers[delimiter]
        return sum(map(columns.known, names[: files.COLUMNS_LIMIT])), len(names)

    headers = {each: _header(file, each) for each in _DELIMITERS}
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
    return Records(
        file,
        _DELIMITERS[delimiter],
        tuple(filter(None, names)),
        partial(_records, file, delimiter, line, tuple(names)),
        partial(cell_reader, delimiter=delimiter),
    )


def _header(file: File, delimiter: str) -> tuple[int, list[str]]:
    with closing(rows(file, delimiter, within=files.HEADER_LINES)) as found:
        for line, row in found:
            names = [cell.strip() for cell in row]
            if not _EXCEL_HINT.fullmatch(delimiter.join(names)) and any(names):
                return line, names
    return 1, []


def _records(file: File, delimiter: str, header: int, names: tuple[str, ...]) -> Iterator[Record]:
    strip: Callable[[str], str] = str.strip
    for line, row in rows(file, delimiter):
        if line <= header:
            continue
        if len(row) > len(names):
            msg = f"the row has {len(row)} cells and the header {len(names)}"
            raise SourceError(msg, file.where(line))
        values = [pair for pair in zip(names, map(strip, row), strict=False) if pair[1]]
        if values:
            yield Record(line, values)
