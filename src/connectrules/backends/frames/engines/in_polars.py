"""Polars, eager and lazy."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import polars as pl

from connectrules.backends.frames.engines import Kind, Tables

Frame = Any
"""A `polars.DataFrame` or a `polars.LazyFrame`."""


def folded(frame: Frame, texts: Mapping[str, str], lists: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    as_texts = pl.List(pl.String)
    items = pl.element().is_null().any()
    columns = [_folded(pl.col(old).cast(pl.String)).alias(new) for new, old in texts.items()]
    for new, old in lists.items():
        column = pl.col(old).cast(as_texts)
        sound = ~column.list.eval(items).list.first().fill_null(value=False)
        folds = column.list.eval(_folded(pl.element())).list.unique()
        columns.append(pl.when(sound).then(folds).alias(new))
    return frame.with_columns(columns)


def _folded(text: pl.Expr) -> pl.Expr:
    """The lower case of *text* in its composed form; composing is slow, and ASCII is composed."""
    is_ascii = text.str.len_bytes() == text.str.len_chars()
    composed = pl.when(~is_ascii).then(text).str.normalize("NFC")
    return pl.coalesce(composed, text).str.to_lowercase()


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


def placed(frame: Frame, column: str, keys: Sequence[Any], new: str) -> Frame:
    """See `Engine`."""
    found = pl.col(column).replace_strict(
        pl.Series(keys), pl.Series(range(len(keys)), dtype=pl.Int32), default=None
    )
    return frame.with_columns(found.alias(new))
