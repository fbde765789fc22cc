"""DuckDB relations."""

from base64 import b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import duckdb

from connectrules.backends.frames.engines import How, Kind, Search, Tables
from connectrules.backends.frames.searching import pattern

Frame = duckdb.DuckDBPyRelation

RUNS_PYTHON = False
MOST_LISTED = 1 << 17
"""Places are looked up bit by bit, and their bits stand in the query: 16 KB for each."""


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
    gaps = {each.column: new for new, each in searches.items() if each.how == "gap"}
    if gaps:
        frame = _with(frame, [f"{_gap(column)} AS {_name(new)}" for column, new in gaps.items()])
    return _with(
        frame,
        [
            f"{_answer(each, gaps)} AS {_name(new)}"
            for new, each in searches.items()
            if each.how != "gap"
        ],
    )


def _gap(column: str) -> str:
    name = _name(column)
    return f"CASE WHEN {name} IS NOT NULL THEN list_position({name}, NULL) IS NOT NULL END"


def _answer(search: Search, gaps: Mapping[str, str]) -> str:
    column = _name(search.column)
    if search.how == "includes":
        item = _item(search.parts)
        found = f"list_contains(list_transform({column}::VARCHAR[], lambda x: {item}), true)"
        gap = _name(gaps[search.column]) if search.column in gaps else _gap(search.column)
        return f"CASE WHEN NOT {gap} THEN {found} END"
    return _found(f"{column}::VARCHAR", search.how, search.parts)


def _item(parts: Sequence[str]) -> str:
    """Whether an item *x* is any of *parts*; its length says first of most that they are not."""
    found = _found("x", "is", parts)
    if not all(map(_is_plain, parts)):
        return found
    lengths = {len(part) + 2 * kelvins for part in parts for kelvins in range(part.count("k") + 1)}
    listed = ", ".join(map(str, sorted(lengths)))
    return f"CASE WHEN strlen(x) NOT IN ({listed}) THEN false ELSE {found} END"


def _is_plain(part: str) -> bool:
    """Whether *part* is found in the lower case of a text wherever it is in the composed form's."""
    return part.isascii() and not _COMPOSED & set(part)


_COMPOSED = frozenset(";`")
"""The ASCII that the composed form of other characters is; so is the letter K, of the kelvin."""


def _found(text: str, how: How, parts: Sequence[str]) -> str:
    """Whether any of *parts* is found in *text*, as *how* says; exact, and cheap where it can be.

    ASCII is found in the lower case of a text wherever it is in that of its composed form,
    but for `_COMPOSED`; as a whole it is the same in both.
    """
    is_plain = all(map(_is_plain, parts))
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
    "list of text": "VARCHAR[]",
}


def looked_up(frame: Frame, index: str, tables: Tables) -> Frame:
    """See `Engine`."""
    place = _name(index)
    return _with(
        frame,
        [
            f"{_packed(place, values) if kind == 'place' else _listed(place, values, kind)} "
            f"AS {_name(new)}"
            for new, (values, kind) in tables.items()
        ],
    )


def _listed(index: str, values: Sequence[object], kind: Kind) -> str:
    return f"list_extract({_list(values, kind)}, {index} + 1)"


def _packed(index: str, places: Sequence[int | None]) -> str:
    """The place at *index*, bit by bit: of bits, no list is made anew for every 2,048 rows."""
    codes = [0 if place is None else place + 1 for place in places]
    planes = [
        f"get_bit({_bits(code >> place & 1 for code in codes)}, {index}::INTEGER) * {1 << place}"
        for place in range(max(max(codes).bit_length(), 1))
    ]
    return f"nullif({' | '.join(planes)}, 0) - 1"


def _bits(truths: Iterable[int]) -> str:
    """A constant set of bits."""
    digits = "".join("1" if truth else "0" for truth in truths)
    digits += "0" * (-len(digits) % 8)
    held = int(digits, 2).to_bytes(len(digits) // 8)
    return f"from_base64('{b64encode(held).decode()}')::BIT"


def sealed(frame: Frame, columns: Collection[str]) -> Frame:
    """See `Engine`: its planner takes nothing apart in vain."""
    del columns
    return frame


def matched(frame: Frame, column: str, keys: Sequence[Any], tables: Tables) -> Frame:
    """See `Engine`.

    Keys are found as the values of an ENUM: a join would not keep the order of the rows.
    """
    text, first = f"{_name(column)}::VARCHAR", next(iter(tables))
    place, bits = f"{first} place", f"{first} bits"
    kind = f"ENUM({', '.join(_text(str(key)) for key in keys)})"
    found = f"enum_code(TRY_CAST({text} AS {kind}))::INTEGER"
    helpers = [place]
    if not isinstance(keys[0], int):  # a number is that of a row, and hardly ever is none of them
        held = _held(keys)
        frame = _with(frame, [f"{_bits(held)} AS {_name(bits)}"])
        found = f"CASE WHEN {_may_be(text, bits, len(held))} THEN {found} END"
        helpers.append(bits)
    frame = looked_up(_with(frame, [f"{found} AS {_name(place)}"]), place, tables)
    return frame.project(f"* EXCLUDE ({', '.join(map(_name, helpers))})")


_SHIFTS = (0, 10, 20, 30, 40)
_MOST_BITS = 1 << 24


def _held(keys: Sequence[str]) -> Sequence[int]:
    """A Bloom filter of *keys*: a cast that fails takes long, for it looks for what was meant."""
    size = min(_MOST_BITS, 1 << (32 * len(keys)).bit_length())
    with duckdb.connect() as connection:
        hashes = connection.execute("SELECT hash(unnest(?::VARCHAR[]))", [list(keys)]).fetchall()
    held = bytearray(size)
    for (each,) in hashes:
        for shift in _SHIFTS:
            held[each >> shift & size - 1] = 1
    return held


def _may_be(text: str, bits: str, size: int) -> str:
    """Where *text* is in the Bloom filter in the column *bits*."""
    return " AND ".join(
        f"get_bit({_name(bits)}, ((hash({text}) >> {shift}) & {size - 1})::INTEGER) = 1"
        for shift in _SHIFTS
    )


def _with(frame: Frame, columns: Sequence[str]) -> Frame:
    return frame.project(", ".join(["*", *columns]))


def _name(column: str) -> str:
    quoted = column.replace('"', '""')
    return f'"{quoted}"'


def _text(text: str) -> str:
    quoted = text.replace("'", "''")
    return f"'{quoted}'"


def _list(values: Sequence[object], kind: Kind) -> str:
    """A constant list. Written as one text it is a single thing to parse, however long."""
    return f"{_text(_written(values))}::{_TYPES[kind]}[]"


def _written(value: object) -> str:
    """*value* as DuckDB casts it from a text that is written for a list."""
    match value:
        case None:
            return "NULL"
        case str():
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{escaped}"'
        case list() | tuple():
            return f"[{', '.join(map(_written, value))}]"
        case _:
            return str(value)


def _array(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"
