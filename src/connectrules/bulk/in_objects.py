"""JSON Lines: values of few types, read by DuckDB where they are of the type that is wanted."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from connectrules.bulk import cells, sql
from connectrules.bulk.in_parquet import choice
from connectrules.bulk.lines import chosen, counted, no_json
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.part import ROW, URL, Cell, Part, Query, places
from connectrules.bulk.running import run
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
from connectrules.schema.vocabulary import Fact
from connectrules.sources.common import database
from connectrules.sources.common.columns import NAME, Columns
from connectrules.sources.common.records import Builder, Records
from connectrules.sources.common.report import FileTally
from connectrules.sources.objects import on_line

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LONGEST = 4 * 2**20
_MOST_SHAPES = 10_000
"""How many different sets of names the objects of a file may have."""
_TEXT, _NUMBERS = "'VARCHAR'", "('UBIGINT', 'BIGINT', 'DOUBLE')"


def part(
    connection: "DuckDBPyConnection",
    path: Path,
    records: Records,
    columns: Columns,
    facts: Sequence[Fact],
    keyless: str,
) -> Part:
    """The JSON Lines file at *path*.

    Raises:
        NotPlainError: Where not every line is an object, or one has two names of one fact.
    """
    size = counted(path, no_json)
    rows = (
        f"(SELECT json AS j, row_number() OVER () - 1 AS {database.name(ROW)} FROM "
        f"read_ndjson_objects({database.path(path)}, maximum_object_size = {_LONGEST}, "
        "compression = 'none', hive_partitioning = false))"
    )
    names = _names(connection, rows, columns)
    said = {fact: [each for each in names if columns.fact(each) == fact] for fact in facts}
    who = places(names)
    wanted = [*dict.fromkeys(n for each in said.values() for n in each)]
    wanted += [each for its in who.values() for each in its if each not in wanted]
    raw = {each: f"v[{place}]" for place, each in enumerate(wanted, 1)}
    found = {fact: _Value.of(*map(raw.__getitem__, its)) for fact, its in said.items() if its}
    texts = {each: _Value.of(*map(raw.__getitem__, its)) for each, its in who.items()}
    pointers = ", ".join(database.text(_pointer(each)) for each in wanted)
    source = f"SELECT json_extract(j, [{pointers}]) AS v, {database.name(ROW)} FROM {rows}"
    odd = [
        f"{each.found} IS NOT NULL AND NOT ({each.type} = {_TEXT})"
        f" OR {cells.is_unsure(sql.stripped(each.text))}"
        if slot_ in {NAME, URL}
        else f"{each.type} NOT IN ({_TEXT}, 'UBIGINT', 'BIGINT', 'NULL')"
        for slot_, each in texts.items()
    ]
    query = Query(
        source,
        {each: its.text for each, its in texts.items()},
        {fact: _cell(fact.type, each) for fact, each in found.items()},
        facts,
        keyless,
        0,
        odd,
    )
    tally = FileTally(records.file.name)
    for each in names:
        if not columns.known(each):
            tally.unknown(each, columns.meant)
    reread = partial(_reread, path, records, columns, keyless)
    return Part(records, tally, query, size, 0, reread)


@attrs.frozen
class _Value:
    """A value in a query.

    Attributes:
        found: It as JSON, null where there is none.
    """

    found: str

    @classmethod
    def of(cls, *found: str) -> "_Value":
        """The first of *found* that is not null."""
        known = [f"nullif({each}, 'null')" for each in found]
        return cls(f"coalesce({', '.join(known)})")

    @property
    def type(self) -> str:
        """What kind of value it is, as DuckDB calls it."""
        return f"json_type({self.found})"

    @property
    def text(self) -> str:
        """What it says, without quotes."""
        return f"json_extract_string({self.found}, '$')"


def _names(connection: "DuckDBPyConnection", rows: str, columns: Columns) -> tuple[str, ...]:
    """The names in all objects, in the order in which they are met."""
    shape = "CASE WHEN json_type(j) = 'OBJECT' THEN json_keys(j) END"
    query = (
        f"SELECT {shape} FROM {rows} GROUP BY 1 "
        f"ORDER BY min({database.name(ROW)}) LIMIT {_MOST_SHAPES + 1}"
    )
    shapes = run(connection, lambda: connection.execute(query).fetchall())
    names: dict[str, None] = {}
    for (found,) in shapes:
        if found is None or len(set(found)) < len(found) or columns.twice(found):
            msg = "not every line is an object whose names differ"
            raise NotPlainError(msg)
        names.update(dict.fromkeys(found))
    if len(shapes) > _MOST_SHAPES:
        msg = "its objects have ever other names"
        raise NotPlainError(msg)
    return tuple(names)


def _pointer(column: str) -> str:
    """Where the value of *column* is in an object."""
    return "/" + column.replace("~", "~0").replace("/", "~1")


def _cell(kind: FactType, value: _Value) -> Cell:
    """The fact of *kind* that *value* is, as `json_reader` reads it."""
    found, said, holds = value.found, value.text, value.type
    bare = sql.stripped(said)
    match kind:
        case YesNo():
            told = cells.yes_no(bare)
            read = f"CASE WHEN {holds} IN ('BOOLEAN', 'UBIGINT', {_TEXT}) THEN {told} END"
        case CountType():
            whole = f"TRY_CAST({said} AS BIGINT)"
            read = f"CASE WHEN {holds} = 'UBIGINT' AND {whole} <= {LARGEST_COUNT} THEN {whole} END"
        case Number():
            real = f"TRY_CAST({said} AS DOUBLE)"
            read = f"CASE WHEN {holds} IN {_NUMBERS} AND isfinite({real}) THEN {real} END"
        case Date():
            read = f"CASE WHEN {holds} = {_TEXT} THEN {cells.day(bare)} END"
        case TextList():
            items = f"json_extract({found}, '$[*]')"
            texts = f"list_filter({items}, lambda x: json_type(x) = {_TEXT})"
            strings = f"json_extract_string({found}, '$[*]')"
            sound = f"{holds} = 'ARRAY' AND len({texts}) = len({items})"
            read = f"CASE WHEN {sound} THEN {strings} END"
        case _:
            plain = f"{holds} = {_TEXT} AND NOT coalesce({cells.is_unsure(bare)}, false)"
            read = f"CASE WHEN {plain} THEN {said} END"
            if isinstance(kind, OneOf):
                fitting = choice(kind, said)
                return Cell(
                    f"CASE WHEN {plain} THEN {fitting.value} END",
                    f"{found} IS NOT NULL AND (NOT ({plain}) OR {fitting.odd})",
                )
    return Cell(read, f"{found} IS NOT NULL AND {read} IS NULL")


def _reread(
    path: Path, records: Records, columns: Columns, keyless: str, odd: Sequence[int]
) -> Iterator[tuple[int, Contact | None]]:
    """The contacts in the rows that are *odd*."""
    builder = Builder(records, columns, FileTally(records.file.name), keyless)
    raw = chosen(path, [row + 1 for row in odd])
    for row, line in zip(odd, raw, strict=True):
        record = on_line(records.file, columns.twice, row + 1, line.decode("utf-8-sig"))
        yield row, builder.contact(record)
