"""Records in Parquet: typed columns, read by DuckDB, a batch at a time."""

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from connectrules.errors import SourceError
from connectrules.schema.types import FactType
from connectrules.sources.common import database
from connectrules.sources.common.columns import Columns
from connectrules.sources.common.files import COLUMNS_LIMIT, File, on_disk, too_wide
from connectrules.sources.common.records import Record, Records, repeated
from connectrules.sources.common.values import Read

MARK = b"PAR1"
"""What every Parquet file begins with."""
SUFFIX = ".parquet"
FORMAT = "Parquet"

_BATCH = 2_048
"""How many rows are taken at a time."""


def parquet(path: Path, columns: Columns) -> Records:
    """The records of the Parquet file at *path*; a record's line is the number of its row.

    Raises:
        SourceError: Where it cannot be read, two columns are of one fact, or DuckDB is
            not installed.
    """
    file = on_disk(path)
    types = columns_in(path)
    names = tuple(types)
    if len(names) > COLUMNS_LIMIT:
        raise too_wide(file, 1, len(names))
    pair = columns.twice(names)
    if pair:
        raise SourceError(str(repeated(file, 1, pair)), file.name)
    known = {name: holds for name, holds in types.items() if columns.known(name)}
    return Records(file, FORMAT, names, partial(_records, file, path, known), _reader)


def columns_in(path: Path) -> dict[str, str]:
    """The columns of the Parquet file at *path*, and what they hold, as DuckDB calls it.

    Raises:
        SourceError: As `parquet`.
    """
    with database.connected([path], path.name) as connection, database.telling(path):
        found = connection.execute(f"DESCRIBE SELECT * FROM {table(path)}").fetchall()
    return {row[0]: row[1] for row in found}


def read_values(types: Mapping[str, str]) -> str:
    """The columns that *types* names, in a query, in a form that Python knows."""
    return ", ".join(
        f"{database.name(name)}{'::TIMESTAMP' if holds == _ZONED else ''}"
        for name, holds in types.items()
    )


_ZONED = "TIMESTAMP WITH TIME ZONE"
"""A moment, whose day is that in UTC."""


def table(path: Path, *, numbered: bool = False) -> str:
    """The Parquet file at *path* in a query; *numbered*, it has ``file_row_number``, from 0."""
    numbers = ", file_row_number = true" if numbered else ""
    return f"read_parquet({database.path(path)}, hive_partitioning = false{numbers})"


def _records(file: File, path: Path, types: Mapping[str, str]) -> Iterator[Record]:
    chosen = read_values(types) or "NULL"
    with database.connected([path], file.name) as connection, database.telling(path):
        found = connection.execute(f"SELECT {chosen} FROM {table(path)}")
        line = 0
        while rows := found.fetchmany(_BATCH):
            for row in rows:
                line += 1
                values = [
                    pair for pair in zip(types, row, strict=bool(types)) if pair[1] is not None
                ]
                yield Record(line, values)


def _reader(_kind: FactType) -> Read:
    return _value


def _value(found: Any) -> Any:  # noqa: ANN401 - values are of any type
    return tuple(found) if isinstance(found, list) else found
