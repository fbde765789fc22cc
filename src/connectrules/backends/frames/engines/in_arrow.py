"""PyArrow tables; other engines' eager tables are judged as such, too."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from connectrules.backends.frames.engines import Kind, Tables
from connectrules.schema.types import folded as fold

Frame = Any
"""A `pyarrow.Table`."""


def folded(frame: Frame, texts: Mapping[str, str], lists: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    for new, old in texts.items():
        frame = frame.append_column(new, _each(frame[old], _folded))
    for new, old in lists.items():
        frame = frame.append_column(new, _each(frame[old], _sets))
    return frame


def _each(column: Any, make: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - arrays have no types
    return pa.chunked_array(
        [make(chunk) for chunk in column.chunks] or [make(column.combine_chunks())]
    )


def _plain(texts: Any) -> Any:  # noqa: ANN401 - as above
    return texts.cast(pa.large_string()) if texts.type != pa.large_string() else texts


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
    """Each list without repeats, null where an item is."""
    lists = lists.cast(pa.large_list(pa.large_string()))
    rows = pc.list_parent_indices(lists)
    items = _folded(pc.list_flatten(lists))
    table = pa.table({"row": rows, "item": items})
    gaps = table.filter(pc.is_null(table["item"]))["row"]
    once = table.group_by(["row", "item"], use_threads=False).aggregate([]).sort_by("row")
    lengths = once.group_by("row", use_threads=False).aggregate([("item", "count")])
    everywhere = pa.array(range(len(lists)), pa.int64())
    counts = (
        lengths["item_count"]
        .combine_chunks()
        .take(pc.index_in(everywhere, lengths["row"].combine_chunks()))
    )
    ends = pc.cumulative_sum(pc.fill_null(counts, 0))
    offsets = pa.concat_arrays([pa.array([0], pa.int64()), ends.cast(pa.int64())])
    is_gap = pc.or_(pc.is_null(lists), pc.is_in(everywhere, gaps.combine_chunks()))
    made = pa.LargeListArray.from_arrays(offsets, once["item"].combine_chunks())
    return pc.if_else(is_gap, pa.scalar(None, made.type), made)


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


def placed(frame: Frame, column: str, keys: Sequence[Any], new: str) -> Frame:
    """See `Engine`."""
    values = frame[column]
    return frame.append_column(new, pc.index_in(values, pa.array(keys, values.type)))
