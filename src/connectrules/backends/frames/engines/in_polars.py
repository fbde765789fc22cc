"""Polars, eager and lazy."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from connectrules.backends.frames.engines import Call, How, Kind, Search, Tables
from connectrules.backends.frames.searching import asked
from connectrules.backends.frames.spellings import STRANGE, loosely, spellings

Frame = Any
"""A `polars.DataFrame` or a `polars.LazyFrame`."""

RUNS_PYTHON = True
MOST_LISTED = 1 << 18


def folded(frame: Frame, texts: Mapping[str, str], lists: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    columns = [_folded(pl.col(old).cast(pl.String)).alias(new) for new, old in texts.items()]
    for new, old in lists.items():
        column = pl.col(old).cast(pl.List(pl.String))
        folds = column.list.eval(_folded(pl.element()))
        has_gap = column.list.contains(pl.lit(None, pl.String), nulls_equal=True)
        columns.append(pl.when(~has_gap).then(folds.list.unique().list.sort()).alias(new))
    return frame.with_columns(columns)


_MAY_COMPOSE = (
    r"[\p{M}\x{374}\x{37E}\x{387}\x{958}-\x{95F}\x{9DC}-\x{9DF}\x{A33}-\x{A5E}\x{B5C}"
    r"\x{F43}-\x{F69}\x{1100}-\x{11FF}\x{1F00}-\x{1FFF}\x{2000}\x{2001}\x{2126}\x{212A}\x{212B}"
    r"\x{2329}\x{232A}\x{2ADC}\x{F900}-\x{FB4E}\x{16D63}-\x{16D6A}\x{1D15E}-\x{1D1C0}"
    r"\x{2F800}-\x{2FA1D}]"
)
"""What only texts have that are not in their composed form (Unicode's NFC_Quick_Check)."""


def _folded(text: pl.Expr) -> pl.Expr:
    """The lower case of *text* in its composed form; composing is slow, and seldom called for."""
    other = _where(_is_other(text), text)
    composed = _where(other.str.contains(_MAY_COMPOSE), other).str.normalize("NFC")
    return pl.coalesce(composed, text).str.to_lowercase()


def _is_other(text: pl.Expr) -> pl.Expr:
    """Whether a text is something else than ASCII."""
    return text.str.len_bytes() != text.str.len_chars()


def _where(condition: pl.Expr, value: pl.Expr) -> pl.Expr:
    return pl.when(condition).then(value)


def unlike(frame: Frame, one: str, other: str, new: str) -> Frame:
    """See `Engine`."""
    return frame.with_columns((pl.col(one) != pl.col(other)).alias(new))


def searched(frame: Frame, searches: Mapping[str, Search]) -> Frame:
    """See `Engine`.

    Texts are searched as they stand. Those that have what is searched for and are not ASCII are
    looked at in lower case as well.
    """
    frame = frame.with_columns(_found(each).alias(new) for new, each in searches.items())
    open_ = {new: each for new, each in searches.items() if not _is_sure(each)}
    columns = dict.fromkeys(each.column for each in open_.values())
    folds = {column: f"{new} fold" for column, new in zip(columns, open_, strict=False)}
    frame = frame.with_columns(
        _others(column, [new for new, each in open_.items() if each.column == column]).alias(fold)
        for column, fold in folds.items()
    )
    table = nw.from_native(frame)
    answers = {
        new: nw.coalesce(asked(nw.col(folds[each.column]), each.how, each.parts), nw.col(new))
        for new, each in open_.items()
    }
    return table.with_columns(**answers).drop(*folds.values()).to_native()


def _is_sure(search: Search) -> bool:
    """Whether texts as they stand suffice for the answer to *search*."""
    return search.how in {"includes", "gap"} or (
        search.how == "is" and spellings(search.parts) is not None
    )


def _others(column: str, found: Sequence[str]) -> pl.Expr:
    """The texts in *column* that are not ASCII, of the rows that were *found*, in lower case."""
    text = _where(pl.any_horizontal(found), pl.col(column).cast(pl.String))
    return _folded(_where(_is_other(text), text))


def _found(search: Search) -> pl.Expr:
    """Where *search* finds something in ASCII, and may find something in other texts."""
    column = pl.col(search.column)
    match search.how:
        case "gap":
            return column.list.eval(pl.element().is_null()).list.sum() > 0
        case "includes":
            texts = column.cast(pl.List(pl.String))
            has_gap = texts.list.eval(pl.element().is_null()).list.sum() > 0
            return _where(~has_gap, texts.list.eval(_is_item(search.parts)).list.sum() > 0)
        case how:
            return _has(column.cast(pl.String), how, search.parts)


def _is_item(parts: Sequence[str]) -> pl.Expr:
    """Whether an item of a list is one of *parts*."""
    item = pl.element()
    listed = spellings(parts)
    return _folded(item).is_in(parts) if listed is None else item.is_in(listed)


def _has(text: pl.Expr, how: How, parts: Sequence[str]) -> pl.Expr:
    plain = [part for part in parts if part.isascii()]
    found = [_is_other(text)] if len(plain) < len(parts) else []
    if plain:
        listed = spellings(plain) if how == "is" else None
        if listed is not None:
            found.append(text.is_in(listed))
        elif how == "contains":
            every = [*plain, *STRANGE]
            found.append(text.str.contains_any(every, ascii_case_insensitive=True))
        else:
            found.append(text.str.contains(loosely(how, plain)))
    return found[0] if len(found) == 1 else found[0] | found[1]


def doubles(frame: Frame, columns: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    return frame.with_columns(
        pl.col(old).cast(pl.Float64).alias(new) for new, old in columns.items()
    )


def empty(frame: Frame) -> Collection[str]:
    """See `Engine`."""
    return [name for name, dtype in frame.collect_schema().items() if dtype == pl.Null]


_TYPES: dict[Kind, Any] = {
    "text": pl.String,
    "yes/no": pl.Boolean,
    "number": pl.Float64,
    "date": pl.Date,
    "place": pl.Int32,
    "list of text": pl.List(pl.String),
}


def looked_up(frame: Frame, index: str, tables: Tables) -> Frame:
    """See `Engine`."""
    return frame.with_columns(
        pl.lit(pl.Series(values, dtype=_TYPES[kind])).gather(pl.col(index)).alias(new)
        for new, (values, kind) in tables.items()
    )


def sealed(frame: Frame, columns: Collection[str]) -> Frame:
    """See `Engine`: its planner takes nothing apart in vain."""
    del columns
    return frame


def placed(frame: Frame, column: str, keys: Sequence[Any], new: str) -> Frame:
    """See `Engine`."""
    found = pl.col(column).replace_strict(
        pl.Series(keys), pl.Series(range(len(keys)), dtype=pl.Int32), default=None
    )
    return frame.with_columns(found.alias(new))


def answered(frame: Frame, columns: Sequence[str], new: Sequence[str], call: Call) -> Frame:
    """See `Engine`."""
    kind = pl.Struct(dict.fromkeys(new, pl.Int8))

    def each(rows: pl.Series) -> pl.Series:
        told = [call(row) for row in rows.struct.unnest().iter_rows()]
        return pl.Series([dict(zip(new, states, strict=True)) for states in told], dtype=kind)

    all_of_it = f"{new[0]} all"
    made = pl.struct(columns).map_batches(each, return_dtype=kind, is_elementwise=True)
    fields = [pl.col(all_of_it).struct.field(name) for name in new]
    return frame.with_columns(made.alias(all_of_it)).with_columns(fields).drop(all_of_it)
