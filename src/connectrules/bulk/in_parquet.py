"""Parquet: typed columns, so that only values that fit no fact are odd."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectrules.bulk import sql
from connectrules.bulk.job import Job
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.part import ROW, URL, Cell, Part, Query, places_in_table
from connectrules.bulk.running import run
from connectrules.errors import SourceError
from connectrules.schema.contact import Contact
from connectrules.schema.types import (
    LARGEST_COUNT,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    TextList,
    YesNo,
)
from connectrules.schema.vocabulary import slot
from connectrules.sources.common.database import name
from connectrules.sources.common.records import Builder, Record, Records
from connectrules.sources.common.report import FileTally
from connectrules.sources.parquet import Column, read_values, table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UHUGEINT")
_UNSIGNED = ("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_NEVER_TOO_LARGE = _UNSIGNED[:-1]
_REAL = ("FLOAT", "DOUBLE")


def fit(there: Sequence[Column], job: Job) -> bool:
    """Whether the columns *there* are of types that their facts surely have."""
    types = {job.columns.fact(each.name): each.holds for each in there}
    return all(_fits(fact.type, types[fact]) for fact in job.facts if fact in types)


def _fits(kind: FactType, holds: str) -> bool:
    match kind:
        case YesNo():
            return holds == "BOOLEAN"
        case CountType() | Number():
            return holds in _WHOLE + _UNSIGNED + _REAL
        case Date():
            return holds in {"DATE", "TIMESTAMP"}
        case TextList():
            return holds == "VARCHAR[]"
        case _:
            return holds == "VARCHAR"


def part(
    connection: "DuckDBPyConnection",
    path: Path,
    records: Records,
    there: Sequence[Column],
    job: Job,
    keyless: str,
) -> Part:
    """The Parquet file at *path*, whose columns *there* fit the facts of the *job*.

    Raises:
        NotPlainError: Where a column is called as the one in which DuckDB numbers rows.
        SourceError: Where a column that identifies is neither text nor whole numbers.
    """
    columns, facts = job.columns, job.facts
    rows = table(path, numbered=True)
    known = {each.name: each for each in there if columns.known(each.name)}
    names = records.columns or ()
    for each in names:
        if each.lower() == _NUMBER:
            msg = f"it has a column called `{each}`"
            raise NotPlainError(msg)
    found = {columns.fact(each): each for each in names}
    about = places_in_table(names)
    wanted = [*dict.fromkeys([*(found[fact] for fact in facts if fact in found), *about.values()])]
    read = {each: f"c{place}" for place, each in enumerate(wanted)}
    cells = {
        fact: _cell(fact.type, read[found[fact]], known[found[fact]].holds)
        for fact in facts
        if fact in found
    }
    texts = {
        each: _text(records, column, read[column], known[column].holds)
        for each, column in about.items()
    }
    chosen = [f"{name(known[column].renamed)} AS {each}" for column, each in read.items()]
    source = f"SELECT {', '.join([*chosen, f'{_NUMBER} AS {name(ROW)}'])} FROM {rows}"
    query = Query(source, {k: v for k, v in texts.items() if v}, cells, facts, keyless, 0)
    (size,) = connection.execute(f"SELECT count(*) FROM {rows}").fetchone() or (0,)
    tally = FileTally(records.file.name)
    Builder(records, columns, tally)
    builder = Builder(records, columns, FileTally(records.file.name), keyless)
    reread = partial(_reread, connection, path, builder, [*known.values()])
    return Part(records, tally, query, size, 0, reread)


_NUMBER = "file_row_number"
_EMPTY = '"NULL"'
"""The type of a column that holds nothing at all."""
_FEW = 1_000


def _cell(kind: FactType, column: str, holds: str) -> Cell:
    """The fact of *kind* in *column*, which *holds* values of a type that it may have."""
    match kind:
        case _ if holds == _EMPTY:
            return Cell("NULL")
        case CountType() if holds in _NEVER_TOO_LARGE:
            return Cell(column)
        case CountType():
            whole = (
                "" if holds in _WHOLE or holds in _UNSIGNED else f" AND {column} = floor({column})"
            )
            return _fitting(column, f"{column} BETWEEN 0 AND {LARGEST_COUNT}{whole}", holds)
        case Number():
            return _fitting(column, f"isfinite({column}::DOUBLE)", holds)
        case OneOf():
            return choice(kind, f"{column}::VARCHAR")
        case Date():
            fits = f"{column}::DATE BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"
            return _fitting(column, fits, holds)
        case TextList():
            return _fitting(column, f"list_count({column}) = len({column})", holds)
        case _:
            return Cell(column)


def _fitting(column: str, fits: str, holds: str) -> Cell:
    """*column* where it *fits*; not a number is nothing known."""
    known = f" AND NOT isnan({column})" if holds in _REAL else ""
    return Cell(f"CASE WHEN {fits} THEN {column} END", f"NOT ({fits}){known}")


def choice(kind: OneOf, value: str) -> Cell:
    """The text *value* as one of a few; in letters that are no ASCII, as they are written."""
    plain = f"strlen({value}) = length({value})"
    compared = sql.is_among(f"lower({value})", sorted(kind.compared))
    written = sql.is_among(value, kind.choices)
    fits = f"(CASE WHEN {plain} THEN {compared} ELSE {written} END)"
    return Cell(f"CASE WHEN {fits} THEN {value} END", f"NOT {fits}")


def _text(records: Records, column: str, read: str, holds: str) -> str | None:
    """The text in *column*, in a query *read*; None where it holds none, and has no need to."""
    if holds == "VARCHAR" or holds.startswith("ENUM("):
        return f"{read}::VARCHAR"
    if slot(column) == URL or holds == _EMPTY:
        return None
    if holds in _WHOLE or holds in _UNSIGNED:
        return f"{read}::VARCHAR"
    msg = f"`{slot(column)}` is neither a text nor a whole number"
    raise SourceError(msg, records.file.where(1))


def _reread(
    connection: "DuckDBPyConnection",
    path: Path,
    builder: Builder,
    columns: Sequence[Column],
    rows: Sequence[int],
) -> Iterator[tuple[int, Contact | None]]:
    names = [each.name for each in columns]
    for start in range(0, len(rows), _FEW):
        few = [*rows[start : start + _FEW]]
        query = (
            f"SELECT {_NUMBER}, {read_values(columns)} FROM {table(path, numbered=True)} "
            f"WHERE {_NUMBER} BETWEEN {few[0]} AND {few[-1]} "
            f"AND {_NUMBER} IN (SELECT unnest($1)) ORDER BY {_NUMBER}"
        )
        found = run(connection, partial(_fetched, connection, query, [few]))
        for row, *cells in found:
            pairs = zip(names, cells, strict=True)
            record = Record(row + 1, [pair for pair in pairs if pair[1] is not None])
            yield row, builder.contact(record)


def _fetched(
    connection: "DuckDBPyConnection", query: str, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    return connection.execute(query, values).fetchall()
