"""Polars, eager and lazy."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
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
    plain = {new: pl.col(old).cast(pl.String) for new, old in texts.items()}
    frame = _with_folds(frame, plain, _may_compose)
    columns = []
    for new, old in lists.items():
        column = _lists(old)
        folds = column.list.eval(_folded(pl.element()))
        has_gap = column.list.contains(pl.lit(None, pl.String), nulls_equal=True)
        columns.append(_where(~has_gap, folds.list.unique().list.sort()).alias(new))
    return frame.with_columns(columns)


def _with_folds(
    frame: Frame, texts: Mapping[str, pl.Expr], may_compose: Callable[[pl.Expr], pl.Expr]
) -> Frame:
    """*frame* with columns of *texts* in lower case and composed form.

    Each step is a column, for Polars would work out twice what is written twice.
    """
    composing = {new: f"{new} composing" for new in texts}
    frame = frame.with_columns(text.alias(new) for new, text in texts.items())
    frame = frame.with_columns(
        may_compose(pl.col(new)).alias(name) for new, name in composing.items()
    )
    frame = frame.with_columns(
        _lower(pl.col(new), pl.col(name)).alias(new) for new, name in composing.items()
    )
    return frame.drop(composing.values())


def _folded(text: pl.Expr) -> pl.Expr:
    """The lower case of *text* in its composed form."""
    return _lower(text, _may_compose(text))


def _lower(text: pl.Expr, composing: pl.Expr) -> pl.Expr:
    """The lower case of *text*, where *composing* in its composed form; composing is slow."""
    composed = _or_empty(composing, text).str.normalize("NFC")
    return pl.when(composing).then(composed).otherwise(text).str.to_lowercase()


def _may_compose(text: pl.Expr) -> pl.Expr:
    """Whether a text may not be in its composed form."""
    return _or_empty(_is_other(text), text).str.contains(_MAY_COMPOSE)


def _or_empty(condition: pl.Expr, text: pl.Expr) -> pl.Expr:
    """*text* where that is so, else an empty one: Polars works on what is behind a null, too."""
    return pl.when(condition).then(text).otherwise(pl.lit(""))


_MAY_COMPOSE = (
    r"[\p{M}\x{374}\x{37E}\x{387}\x{958}-\x{95F}\x{9DC}-\x{9DF}\x{A33}-\x{A5E}\x{B5C}\x{B5D}"
    r"\x{F43}-\x{F69}\x{1100}-\x{11FF}\x{1F00}-\x{1FFF}\x{2000}\x{2001}\x{2126}\x{212A}\x{212B}"
    r"\x{2329}\x{232A}\x{2ADC}\x{F900}-\x{FB4E}\x{16D63}-\x{16D6A}\x{1D15E}-\x{1D1C0}"
    r"\x{2F800}-\x{2FA1D}]"
)
"""What only texts have that are not in their composed form (Unicode's NFC_Quick_Check)."""


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
    frame, gaps = _with_gaps(frame, searches)
    frame = frame.with_columns(_found(each, gaps).alias(new) for new, each in searches.items())
    frame = frame.drop(gap for gap in gaps.values() if gap not in searches)
    doubts: dict[str, list[str]] = {}
    for new, each in searches.items():
        if not _is_sure(each):
            doubts.setdefault(each.column, []).append(new)
    return _doubted(frame, searches, doubts) if doubts else frame


def _doubted(
    frame: Frame, searches: Mapping[str, Search], doubts: Mapping[str, Sequence[str]]
) -> Frame:
    """*frame* whose answers to *searches* are right for texts that are not ASCII, too."""
    doubt = {column: f"{found[0]} doubt" for column, found in doubts.items()}
    folds = {column: f"{found[0]} fold" for column, found in doubts.items()}
    texts = {column: pl.col(column).cast(pl.String) for column in doubts}
    frame = frame.with_columns(
        (pl.any_horizontal(found) & _is_other(texts[column])).alias(doubt[column])
        for column, found in doubts.items()
    )
    frame = _with_folds(
        frame,
        {folds[column]: _or_empty(pl.col(doubt[column]), text) for column, text in texts.items()},
        lambda text: text.str.contains(_MAY_COMPOSE),
    )
    answers = {
        new: nw.when(nw.col(doubt[column]))
        .then(_asked(nw.col(folds[column]), searches[new]))
        .otherwise(nw.col(new))
        for column, found in doubts.items()
        for new in found
    }
    table = nw.from_native(frame).with_columns(**answers)
    return table.drop(*folds.values(), *doubt.values()).to_native()


def _asked(fold: nw.Expr, search: Search) -> nw.Expr:
    if search.how != "mentions":
        return asked(fold, search.how, search.parts)
    return reduce(or_, (asked(fold, search.how, each) for each in _short(search.parts)))


def _with_gaps(frame: Frame, searches: Mapping[str, Search]) -> tuple[Frame, dict[str, str]]:
    """*frame* with columns that say of the lists searched whether each has a gap; their names."""
    gaps = {each.column: f"{new} gap" for new, each in searches.items() if each.how == "includes"}
    gaps |= {each.column: new for new, each in searches.items() if each.how == "gap"}
    return frame.with_columns(
        (_lists(column).list.eval(pl.element().is_null()).list.sum() > 0).alias(gap)
        for column, gap in gaps.items()
    ), gaps


def _lists(column: str) -> pl.Expr:
    return pl.col(column).cast(pl.List(pl.String))


def _is_sure(search: Search) -> bool:
    """Whether texts as they stand suffice for the answer to *search*."""
    return search.how in {"includes", "gap"} or (
        search.how == "is" and spellings(search.parts) is not None
    )


def _found(search: Search, gaps: Mapping[str, str]) -> pl.Expr:
    """Where *search* finds something in ASCII, and may find something in other texts."""
    column = pl.col(search.column)
    match search.how:
        case "gap":
            return pl.col(gaps[search.column])
        case "includes":
            includes = _lists(search.column).list.eval(_is_item(search.parts)).list.sum() > 0
            return _where(~pl.col(gaps[search.column]), includes)
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
            found += [text.str.contains(loosely(how, each)) for each in _short(plain)]
    return reduce(or_, found)


_LONGEST = 20_000
"""How many letters stand in one regular expression; Polars compiles none that is too large."""


def _short(parts: Sequence[str]) -> Iterator[Sequence[str]]:
    """*parts*, by as many as stand in one regular expression."""
    together: list[str] = []
    for part in parts:
        if together and sum(map(len, together)) + len(part) > _LONGEST:
            yield together
            together = []
        together.append(part)
    yield together


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


def matched(frame: Frame, column: str, keys: Sequence[Any], tables: Tables) -> Frame:
    """See `Engine`."""
    place = f"{next(iter(tables))} place"
    found = pl.col(column).replace_strict(
        pl.Series(keys), pl.Series(range(len(keys)), dtype=pl.Int32), default=None
    )
    return looked_up(frame.with_columns(found.alias(place)), place, tables).drop(place)


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
