"""Polars, eager and lazy."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import polars as pl

from connectrules.backends.frames.engines import Call, Kind, Search, Tables
from connectrules.backends.frames.searching import by_folding

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


_MAY_COMPOSE = r"[^\x{0}-\x{2FF}]"
"""What only texts have that are not in their composed form (Unicode's NFC_Quick_Check)."""


def _folded(text: pl.Expr) -> pl.Expr:
    """The lower case of *text* in its composed form; composing is slow, and seldom called for."""
    is_ascii = text.str.len_bytes() == text.str.len_chars()
    other = pl.when(~is_ascii).then(text)
    composed = pl.when(other.str.contains(_MAY_COMPOSE)).then(other).str.normalize("NFC")
    return pl.coalesce(composed, text).str.to_lowercase()


def unlike(frame: Frame, one: str, other: str, new: str) -> Frame:
    """See `Engine`."""
    return frame.with_columns((pl.col(one) != pl.col(other)).alias(new))


def searched(frame: Frame, searches: Mapping[str, Search]) -> Frame:
    """See `Engine`."""
    return by_folding(folded, frame, searches)


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
