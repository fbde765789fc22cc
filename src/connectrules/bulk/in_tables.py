"""CSV: cells of text, read by DuckDB where that is sure to be what Python's reader reads."""

import io
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from connectrules.bulk import cells, sql
from connectrules.bulk.lines import chosen, counted, no_cells
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.part import ROW, URL, Part, Query, places_in_table
from connectrules.errors import SourceError
from connectrules.schema.contact import Contact
from connectrules.schema.vocabulary import Fact
from connectrules.sources.common import database
from connectrules.sources.common.columns import NAME, Columns
from connectrules.sources.common.files import File, rows
from connectrules.sources.common.records import Builder, Records
from connectrules.sources.common.report import FileTally
from connectrules.sources.tables import Header, header

_LONGEST = 4 * 2**20
_WIDE = "is_wide"
"""Whether a row has more cells than the header."""


def part(
    path: Path, records: Records, columns: Columns, facts: Sequence[Fact], keyless: str
) -> Part:
    """The CSV file at *path*.

    Raises:
        NotPlainError: Where not every line of it can be a row.
    """
    head = header(records.file, columns)
    size = counted(path, no_cells(head.delimiter)) - head.line
    number = {each: place for place, each in enumerate(head.names) if each}
    found = {columns.fact(each): number[each] for each in number}
    texts = {slot: _cell(number[each]) for slot, each in places_in_table(head.names).items()}
    values = {
        fact: cells.cell(fact.type, _cell(found[fact]), head.delimiter)
        for fact in facts
        if fact in found
    }
    needed = sorted({*(found[fact] for fact in values), *map(_place, texts.values())})
    empty = " AND ".join(f"{_cell(each)} IS NULL" for each in needed) or "true"
    unsure = [cells.is_unsure(texts[each]) for each in (NAME, URL) if each in texts]
    source = _source(path, head, needed)
    query = Query(source, texts, values, facts, keyless, head.line, (_WIDE, empty, *unsure))
    reread = partial(_reread, path, records, columns, head, keyless)
    tally = FileTally(records.file.name)
    Builder(records, columns, tally)
    return Part(records, tally, query, size, head.line, reread)


def _cell(place: int) -> str:
    return f"c{place}"


def _place(cell: str) -> int:
    return int(cell[1:])


def _source(path: Path, head: Header, needed: Sequence[int]) -> str:
    """The rows of the file, the cells that are *needed* stripped.

    One cell more than the header has is read: it is null where a row is no longer.
    """
    width = len(head.names)
    types = ", ".join(f"'{_cell(place)}': 'VARCHAR'" for place in range(width + 1))
    read = (
        f"read_csv({database.path(path)}, auto_detect = false, header = false, "
        f"skip = {head.line}, delim = {database.text(head.delimiter)}, quote = '\"', "
        f"escape = '\"', strict_mode = true, null_padding = true, "
        "allow_quoted_nulls = false, nullstr = '\n\n', "  # which no line holds
        f"max_line_size = {_LONGEST}, compression = 'none', hive_partitioning = false, "
        f"columns = {{{types}}})"
    )
    found_ = [f"{sql.stripped(_cell(each))} AS {_cell(each)}" for each in needed]
    is_wide = f"{_cell(width)} IS NOT NULL AS {_WIDE}"
    numbered = f"row_number() OVER () - 1 AS {database.name(ROW)}"
    return f"SELECT {', '.join((numbered, is_wide, *found_))} FROM {read}"


def _reread(
    path: Path, records: Records, columns: Columns, head: Header, keyless: str, odd: Sequence[int]
) -> Iterator[tuple[int, Contact | None]]:
    """The contacts in the rows that are *odd*; None where there is nothing in one."""
    builder = Builder(records, columns, FileTally(records.file.name), keyless)
    numbers = [head.line + 1 + row for row in odd]
    for row, number, raw in zip(odd, numbers, chosen(path, numbers), strict=True):
        found = _cells(records.file.name, raw, head.delimiter)
        record = head.record(records.file, number, found) if found else None
        yield row, builder.contact(record) if record else None


def _cells(file: str, raw: bytes, delimiter: str) -> list[str]:
    """The cells in *raw*, one line of *file*."""
    try:
        found = [*rows(File(file, lambda: io.BytesIO(raw)), delimiter)]
    except SourceError as error:  # whoever reads the whole file says where
        msg = "it is not proper CSV"
        raise NotPlainError(msg) from error
    return [cell for _, row in found for cell in row]
