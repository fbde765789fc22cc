"""DuckDB relations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, cast

import duckdb

from connectrules.backends.frames.engines import Kind, Search, Tables
from connectrules.backends.frames.searching import by_folding

Frame = duckdb.DuckDBPyRelation

RUNS_PYTHON = False
MOST_LISTED = 1 << 18


def folded(frame: Frame, texts: Mapping[str, str], lists: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    columns = [f"{_folded(f'{_name(old)}::VARCHAR')} AS {_name(new)}" for new, old in texts.items()]
    for new, old in lists.items():
        column = f"{_name(old)}::VARCHAR[]"
        folds = f"list_sort(list_distinct(list_transform({column}, lambda x: {_folded('x')})))"
        sound = f"list_count({column}) = len({column})"
        columns.append(f"CASE WHEN {sound} THEN {folds} END AS {_name(new)}")
    return _with(frame, columns)


_SIGMA = r"(\p{L}[\p{Mn}'’]*)Σ([^\p{L}\p{Mn}'’]|$)"  # noqa: RUF001 - both apostrophes
"""A capital sigma at the end of a word: its lower case is another letter there."""


def _folded(text: str) -> str:
    """The lower case of *text* in its composed form.

    DuckDB's own has each letter by itself; two have another one by Unicode's rules.
    """
    composed = f"nfc_normalize({text})"
    dotted = f"replace({composed}, 'İ', 'i̇')"
    sigmas = f"regexp_replace({dotted}, {_text(_SIGMA)}, '\\1ς\\2', 'g')"
    return (
        f"CASE WHEN strlen({text}) = length({text}) THEN lower({text}) "
        f"WHEN contains({text}, 'Σ') THEN lower({sigmas}) ELSE lower({dotted}) END"
    )


def unlike(frame: Frame, one: str, other: str, new: str) -> Frame:
    """See `Engine`."""
    return _with(frame, [f"{_name(one)} <> {_name(other)} AS {_name(new)}"])


def searched(frame: Frame, searches: Mapping[str, Search]) -> Frame:
    """See `Engine`."""
    return cast("Frame", by_folding(folded, frame, searches))


def doubles(frame: Frame, columns: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    return _with(frame, [f"{_name(old)}::DOUBLE AS {_name(new)}" for new, old in columns.items()])


def empty(frame: Frame) -> Collection[str]:
    """See `Engine`."""
    return [n for n, kind in zip(frame.columns, frame.types, strict=True) if kind.id == "null"]


_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "yes/no": "BOOLEAN",
    "number": "DOUBLE",
    "date": "DATE",
    "place": "INTEGER",
    "list of text": "VARCHAR[]",
}


def looked_up(frame: Frame, index: str, tables: Tables) -> Frame:
    """See `Engine`."""
    columns = []
    for new, (values, kind) in tables.items():
        listed = f"{_array(values)}::{_TYPES[kind]}[]"
        columns.append(f"list_extract({listed}, {_name(index)} + 1) AS {_name(new)}")
    return _with(frame, columns)


def sealed(frame: Frame, columns: Collection[str]) -> Frame:
    """See `Engine`: its planner takes nothing apart in vain."""
    del columns
    return frame


def placed(frame: Frame, column: str, keys: Sequence[Any], new: str) -> Frame:
    """See `Engine`."""
    names = ", ".join(f"f.{_name(each)}" for each in frame.columns)
    rows = f"(SELECT unnest({_array(keys)}) AS k, unnest(range({len(keys)})) AS p)"
    found = frame.query(
        _ALIAS,
        f"SELECT {names}, t.p::INTEGER AS {_name(new)} "  # noqa: S608 - names and values are quoted
        f"FROM {_ALIAS} f LEFT JOIN {rows} t ON f.{_name(column)} = t.k",
    )
    return cast("Frame", found)


_ALIAS = "connectrules_frame"


def _with(frame: Frame, columns: Sequence[str]) -> Frame:
    return frame.project(", ".join(["*", *columns]))


def _name(column: str) -> str:
    quoted = column.replace('"', '""')
    return f'"{quoted}"'


def _text(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


def _value(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool() | int() | float():
            return str(value).upper()
        case date():
            return f"DATE '{value.isoformat()}'"
        case str():
            return _text(value)
        case _:
            return _array(cast("Sequence[object]", value))


def _array(values: Sequence[object]) -> str:
    return f"[{', '.join(map(_value, values))}]"
