"""DuckDB relations."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, cast

import duckdb

from connectrules.backends.frames.engines import How, Kind, Search, Tables
from connectrules.backends.frames.searching import pattern

Frame = duckdb.DuckDBPyRelation

RUNS_PYTHON = False
MOST_LISTED = 1 << 10
"""A list is read anew for every 2,048 rows; a longer one costs more than a join does."""


def folded(frame: Frame, texts: Mapping[str, str], lists: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    columns = [f"{_folded(f'{_name(old)}::VARCHAR')} AS {_name(new)}" for new, old in texts.items()]
    for new, old in lists.items():
        column = f"{_name(old)}::VARCHAR[]"
        folds = f"list_sort(list_distinct(list_transform({column}, lambda x: {_folded('x')})))"
        sound = f"list_count({column}) = len({column})"
        columns.append(f"CASE WHEN {sound} THEN {folds} END AS {_name(new)}")
    return _with(frame, columns)


_CASED = (
    r"\p{Lu}\p{Ll}\p{Lt}\x{AA}\x{BA}\x{2160}-\x{217F}\x{24B6}-\x{24E9}"
    r"\x{1F130}-\x{1F149}\x{1F150}-\x{1F169}\x{1F170}-\x{1F189}"
)
_PASSED_OVER = (
    r"\p{Mn}\p{Me}\p{Cf}\p{Lm}\p{Sk}'.:\x{B7}\x{387}\x{55F}\x{5F4}\x{2018}\x{2019}\x{2024}"
    r"\x{2027}\x{FE13}\x{FE52}\x{FE55}\x{FF07}\x{FF0E}\x{FF1A}"
)
_SIGMA = rf"([{_CASED}][{_PASSED_OVER}]*)Σ([{_PASSED_OVER}]*(?:[^{_CASED}{_PASSED_OVER}]|\z))"
"""A capital sigma at the end of a word, by Unicode's rules: its lower case is another there."""


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
    """See `Engine`.

    What is a plain function of a text is worked out once for each text of a column that is
    stored as a dictionary, as in Parquet files; `CASE` and `regexp_matches` are not.
    """
    return _with(frame, [f"{_answer(each)} AS {_name(new)}" for new, each in searches.items()])


def _answer(search: Search) -> str:
    column = _name(search.column)
    first_gap = f"list_position({column}, NULL)"
    match search.how:
        case "gap":
            return f"CASE WHEN {column} IS NOT NULL THEN {first_gap} IS NOT NULL END"
        case "includes":
            item = _found("x", "is", search.parts)
            found = f"list_contains(list_transform({column}::VARCHAR[], lambda x: {item}), true)"
            return f"CASE WHEN {first_gap} IS NULL THEN {found} END"
        case how:
            return _found(f"{column}::VARCHAR", how, search.parts)


_COMPOSED = frozenset(";`")
"""The ASCII that the composed form of other characters is; so is the letter K, of the kelvin."""


def _found(text: str, how: How, parts: Sequence[str]) -> str:
    """Whether any of *parts* is found in *text*, as *how* says; exact, and cheap where it can be.

    ASCII is found in the lower case of a text wherever it is in that of its composed form,
    but for `_COMPOSED`; as a whole it is the same in both.
    """
    is_plain = all(part.isascii() and not _COMPOSED & set(part) for part in parts)
    if is_plain and how == "is":
        dotted = any("i" in part for part in parts)
        return _looked_for(_lower(_dotted(text) if dotted else text), how, parts)
    composed = _dotted(f"nfc_normalize({text})")
    exact = _looked_for(_lower(composed), how, parts)
    if not set("σς").isdisjoint("".join(parts)):
        sigmas = f"regexp_replace({composed}, {_text(_SIGMA)}, '\\1ς\\2', 'g')"
        at_ends = _looked_for(_lower(sigmas), how, parts)
        return f"CASE WHEN contains({text}, 'Σ') THEN {at_ends} ELSE {exact} END"
    if is_plain and how != "mentions":
        return (
            f"CASE WHEN NOT {_looked_for(_lower(text), how, parts)} THEN false "
            f"WHEN strlen({text}) = length({text}) THEN true ELSE {exact} END"
        )
    return exact


def _lower(text: str) -> str:
    return f"lower({text})"


def _dotted(text: str) -> str:
    return f"replace({text}, 'İ', 'i̇')"


def _looked_for(text: str, how: How, parts: Sequence[str]) -> str:
    """Whether any of *parts* is found in *text*, which is in lower case."""
    if how == "is":
        return (
            f"{text} = {_text(parts[0])}"
            if len(parts) == 1
            else f"list_contains({_array(parts)}, {text})"
        )
    if how != "mentions" and len(parts) == 1:
        return f"{_FUNCTIONS[how]}({text}, {_text(parts[0])})"
    found = f"{text}, {_text(pattern(how, parts))}"
    if "" in parts:
        return f"regexp_matches({found})"
    return f"(strlen(regexp_extract({found})) > 0)"


_FUNCTIONS = {"contains": "contains", "starts": "starts_with", "ends": "ends_with"}


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
