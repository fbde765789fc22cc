"""PyArrow tables; other engines' eager tables are judged as such, too."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc

from connectrules.backends.frames.engines import Call, Kind, Search, Tables
from connectrules.backends.frames.searching import by_folding
from connectrules.schema.types import folded as fold

Frame = Any
"""A `pyarrow.Table`."""

RUNS_PYTHON = True
MOST_LISTED = 1 << 18


def folded(frame: Frame, texts: Mapping[str, str], lists: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    for new, old in texts.items():
        frame = frame.append_column(new, _each(frame[old], _folded))
    for new, old in lists.items():
        frame = frame.append_column(new, _each(frame[old], _sets))
    return frame


def _each(column: Any, make: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - arrays have no types
    return pa.chunked_array([make(chunk) for chunk in _chunks(column)])


def _chunks(column: Any) -> list[Any]:  # noqa: ANN401 - as above
    return column.chunks or [column.combine_chunks()]


def _plain(texts: Any) -> Any:  # noqa: ANN401 - as above
    plain = texts.cast(pa.large_string()) if texts.type != pa.large_string() else texts
    # Letters that begin further on in their memory, `ascii_lower` reads in the wrong place.
    return pa.concat_arrays([plain, plain.slice(len(plain))])


def _folded(texts: Any) -> Any:  # noqa: ANN401 - as above
    """The lower case of each, by Python where it is not ASCII, each distinct text once."""
    texts = _plain(texts)
    is_ascii = pc.fill_null(pc.string_is_ascii(texts), fill_value=True)
    lower = pc.ascii_lower(texts)
    if pc.all(is_ascii).as_py() in {True, None}:
        return lower
    others = pc.dictionary_encode(texts.filter(pc.invert(is_ascii)))
    folds = pa.array([fold(each) for each in others.dictionary.to_pylist()], pa.large_string())
    return pc.replace_with_mask(lower, pc.invert(is_ascii), folds.take(others.indices))


def _sets(lists: Any) -> Any:  # noqa: ANN401 - as above
    """Each list without repeats and in order, null where an item is."""
    if lists.null_count:
        # An array may keep items where there is no list; taken row by row, it does not.
        lists = lists.take(_range(len(lists)))
    rows = pc.list_parent_indices(lists)
    items = _folded(pc.list_flatten(lists))
    table = pa.table({"row": rows, "item": items})
    gaps = table.filter(pc.is_null(table["item"]))["row"].combine_chunks()
    sound = table.filter(pc.invert(pc.is_in(table["row"], gaps)))
    order = [("row", "ascending"), ("item", "ascending")]
    once = sound.group_by(["row", "item"], use_threads=False).aggregate([]).sort_by(order)
    lengths = once.group_by("row", use_threads=False).aggregate([("item", "count")])
    everywhere = _range(len(lists))
    counts = (
        lengths["item_count"]
        .combine_chunks()
        .take(pc.index_in(everywhere, lengths["row"].combine_chunks()))
    )
    ends = pc.cumulative_sum(pc.fill_null(counts, 0))
    offsets = pa.concat_arrays([pa.array([0], pa.int64()), ends.cast(pa.int64())])
    is_gap = pc.or_(pc.is_null(lists), pc.is_in(everywhere, gaps))
    return pa.LargeListArray.from_arrays(offsets, once["item"].combine_chunks(), mask=is_gap)


def _range(size: int) -> Any:  # noqa: ANN401 - as above
    return pa.array(range(size), pa.int64())


def unlike(frame: Frame, one: str, other: str, new: str) -> Frame:
    """See `Engine`."""
    is_given = pc.and_(pc.is_valid(frame[one]), pc.is_valid(frame[other])).combine_chunks()
    lists = frame.select([one, other]).filter(is_given)
    pairs = zip(lists[one].to_pylist(), lists[other].to_pylist(), strict=True)
    told = pa.array([mine != yours for mine, yours in pairs], pa.bool_())
    nothing = pa.nulls(len(frame), pa.bool_())
    return frame.append_column(new, pc.replace_with_mask(nothing, is_given, told))


def searched(frame: Frame, searches: Mapping[str, Search]) -> Frame:
    """See `Engine`.

    Each distinct text is looked at once.
    """
    columns = dict.fromkeys(each.column for each in searches.values())
    found: dict[str, Any] = {}
    for column in columns:
        its = {new: each for new, each in searches.items() if each.column == column}
        chunks = [_searched(chunk, its) for chunk in _chunks(frame[column])]
        found |= {new: pa.chunked_array([chunk[new] for chunk in chunks]) for new in its}
    for new in searches:
        frame = frame.append_column(new, found[new])
    return frame


def _searched(column: Any, searches: Mapping[str, Search]) -> dict[str, Any]:  # noqa: ANN401 - as above
    """The answers to *searches* of *column*."""
    if not pa.types.is_nested(column.type):
        return _of_texts(column, searches)
    items, lengths = pc.list_flatten(column), pc.list_value_length(column)
    wanted = {
        new: Search("", "is", each.parts) for new, each in searches.items() if each.how != "gap"
    }
    answers = _of_texts(items, wanted)
    gap = _by_row(lengths, pc.is_null(items))
    return {
        new: gap
        if each.how == "gap"
        else pc.if_else(gap, pa.scalar(None, pa.bool_()), _by_row(lengths, answers[new]))
        for new, each in searches.items()
    }


def _by_row(lengths: Any, items: Any) -> Any:  # noqa: ANN401 - as above
    """Whether of lists of such *lengths* any of their *items* is so; null where there is none."""
    counts = pc.cumulative_sum(pc.fill_null(items, fill_value=False).cast(pa.int64()))
    before = pa.concat_arrays([pa.array([0], pa.int64()), counts])
    ends = pc.cumulative_sum(pc.fill_null(lengths, 0).cast(pa.int64()))
    starts = pc.subtract(ends, pc.fill_null(lengths, 0).cast(pa.int64()))
    has = pc.greater(before.take(ends), before.take(starts))
    return pc.if_else(pc.is_valid(lengths), has, pa.scalar(None, pa.bool_()))


def _of_texts(texts: Any, searches: Mapping[str, Search]) -> dict[str, Any]:  # noqa: ANN401 - as above
    found = texts if pa.types.is_dictionary(texts.type) else pc.dictionary_encode(_plain(texts))
    once = by_folding(
        folded,
        pa.table({"text": found.dictionary}),
        {new: attrs.evolve(each, column="text") for new, each in searches.items()},
    )
    return {new: once[new].combine_chunks().take(found.indices) for new in searches}


def doubles(frame: Frame, columns: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    for new, old in columns.items():
        column = frame[old]
        if pa.types.is_decimal(column.type):
            column = column.cast(pa.string())  # of decimal numbers it takes others than the nearest
        frame = frame.append_column(new, pc.cast(column, pa.float64(), safe=False))
    return frame


def empty(frame: Frame) -> Collection[str]:
    """See `Engine`."""
    return [field.name for field in frame.schema if pa.types.is_null(field.type)]


_TYPES: dict[Kind, Any] = {
    "text": pa.string(),
    "yes/no": pa.bool_(),
    "number": pa.float64(),
    "date": pa.date32(),
    "place": pa.int32(),
    "list of text": pa.large_list(pa.large_string()),
}


def looked_up(frame: Frame, index: str, tables: Tables) -> Frame:
    """See `Engine`."""
    places = frame[index]
    for new, (values, kind) in tables.items():
        frame = frame.append_column(new, pc.take(pa.array(values, _TYPES[kind]), places))
    return frame


def sealed(frame: Frame, columns: Collection[str]) -> Frame:
    """See `Engine`: its planner takes nothing apart in vain."""
    del columns
    return frame


def matched(frame: Frame, column: str, keys: Sequence[Any], tables: Tables) -> Frame:
    """See `Engine`."""
    place = f"{next(iter(tables))} place"
    values = frame[column]
    placed = frame.append_column(place, pc.index_in(values, pa.array(keys, values.type)))
    return looked_up(placed, place, tables).drop_columns(place)


def answered(frame: Frame, columns: Sequence[str], new: Sequence[str], call: Call) -> Frame:
    """See `Engine`."""
    told = [
        call(row)
        for batch in frame.select(columns).to_batches()
        for row in zip(*(column.to_pylist() for column in batch.columns), strict=True)
    ]
    for place, name in enumerate(new):
        frame = frame.append_column(name, pa.array([states[place] for states in told], pa.int8()))
    return frame
