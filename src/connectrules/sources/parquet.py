"""Records in Parquet: typed columns, read by DuckDB, a batch at a time."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from connectrules.errors import SourceError
from connectrules.schema.types import FactType
from connectrules.sources.common import database
from connectrules.sources.common.columns import Columns
from connectrules.sources.common.files import COLUMNS_LIMIT, File, damaged, on_disk, too_wide
from connectrules.sources.common.records import Record, Records, repeated
from connectrules.sources.common.values import Read

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK = b"PAR1"
"""What every Parquet file begins with."""
SUFFIX = ".parquet"
FORMAT = "Parquet"

_BATCH = 2_048
"""How many rows are taken at a time."""


@attrs.frozen
class Column:
    """A column of a Parquet file.

    Attributes:
        name: What it is called in the file.
        renamed: What DuckDB calls it, to whom upper and lower case are the same: where two
            have one name, the later is another.
        holds: The type of its values, as DuckDB calls it.
    """

    name: str
    renamed: str
    holds: str


def columns_in(path: Path) -> tuple[Column, ...]:
    """The columns of the Parquet file at *path*.

    Raises:
        SourceError: As `parquet`.
    """
    with database.connected([path], path.name) as connection:
        return described(connection, path)


def described(connection: "DuckDBPyConnection", path: Path) -> tuple[Column, ...]:
    """As `columns_in`, on a *connection* that may read the file.

    Raises:
        SourceError: Where it cannot be read, or what it says of its columns is not what is read.
    """
    with database.telling(path):
        read = connection.execute(f"DESCRIBE SELECT * FROM {table(path)}").fetchall()
        schema = connection.execute(
            f"SELECT name, num_children FROM parquet_schema({database.path(path)})"
        ).fetchall()
    names = _outermost(schema)
    if len(names) != len(read):
        raise damaged(path.name, ValueError())
    return tuple(Column(own, row[0], row[1]) for own, row in zip(names, read, strict=True))


Describe = Callable[[Path], tuple[Column, ...]]
"""Tells the columns of a Parquet file, as `columns_in` does."""


def parquet(path: Path, columns: Columns, describe: Describe = columns_in) -> Records:
    """The records of the Parquet file at *path*; a record's line is the number of its row.

    Args:
        path: The file.
        columns: What its columns may speak of.
        describe: Tells what columns it has.

    Raises:
        SourceError: Where it cannot be read, two columns are of one fact, or DuckDB is
            not installed.
    """
    file = on_disk(path)
    there = describe(path)
    names = tuple(each.name for each in there)
    if len(names) > COLUMNS_LIMIT:
        raise too_wide(file, 1, len(names))
    pair = columns.twice(names)
    if pair:
        raise SourceError(str(repeated(file, 1, pair)), file.name)
    known = [each for each in there if columns.known(each.name)]
    return Records(file, FORMAT, names, partial(_records, file, path, known), _reader)


def _outermost(schema: Sequence[tuple[str, int | None]]) -> list[str]:
    """The names of the columns in *schema*, where each stands before what it is made of."""
    names: list[str] = []
    within = 0
    for name, parts in schema[1:]:  # all columns are what the first is made of
        if within:
            within -= 1
        else:
            names.append(name)
        within += parts or 0
    return names


def read_values(columns: Iterable[Column]) -> str:
    """The *columns*, in a query, in a form that Python knows."""
    return ", ".join(
        f"{database.name(each.renamed)}{'::TIMESTAMP' if each.holds == _ZONED else ''}"
        for each in columns
    )


_ZONED = "TIMESTAMP WITH TIME ZONE"
"""A moment, whose day is that in UTC."""


def table(path: Path, *, numbered: bool = False) -> str:
    """The Parquet file at *path* in a query; *numbered*, it has ``file_row_number``, from 0."""
    numbers = ", file_row_number = true" if numbered else ""
    return f"read_parquet({database.path(path)}, hive_partitioning = false{numbers})"


def _records(file: File, path: Path, columns: Sequence[Column]) -> Iterator[Record]:
    chosen = read_values(columns) or "NULL"
    names = [each.name for each in columns]
    with database.connected([path], file.name) as connection, database.telling(path):
        found = connection.execute(f"SELECT {chosen} FROM {table(path)}")
        line = 0
        while rows := found.fetchmany(_BATCH):
            for row in rows:
                line += 1
                values = [
                    pair for pair in zip(names, row, strict=bool(names)) if pair[1] is not None
                ]
                yield Record(line, values)


def _reader(_kind: FactType) -> Read:
    return _value


def _value(found: Any) -> Any:  # noqa: ANN401 - values are of any type
    return tuple(found) if isinstance(found, list) else found
