"""PySpark tables."""

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from typing import Any

from pyspark.sql import Column, functions, types

from connectrules.backends.frames.engines import Kind, Tables

Frame = Any
"""A `pyspark.sql.DataFrame`."""


def folded(frame: Frame, texts: Mapping[str, str], lists: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    columns = {new: _folded(_column(old).cast("string")) for new, old in texts.items()}
    for new, old in lists.items():
        column = _column(old).cast("array<string>")
        folds = functions.array_distinct(functions.transform(column, _folded))
        gap = functions.exists(column, lambda item: item.isNull())
        columns[new] = functions.when(~gap, folds)
    return frame.withColumns(columns)


def _folded(text: Column) -> Column:
    """The lower case of *text* in its composed form, by the ICU that Spark brings."""
    composed = functions.reflect(
        functions.lit("com.ibm.icu.text.Normalizer"),
        functions.lit("compose"),
        text,
        functions.lit(False),  # noqa: FBT003 - a Java method's argument
    )
    is_ascii = functions.octet_length(text) == functions.char_length(text)
    return functions.when(is_ascii, functions.lower(text)).otherwise(functions.lower(composed))


def empty(frame: Frame) -> Collection[str]:
    """See `Engine`."""
    return [field.name for field in frame.schema if isinstance(field.dataType, types.NullType)]


_TYPES: dict[Kind, str] = {
    "text": "string",
    "yes/no": "boolean",
    "number": "double",
    "date": "date",
    "place": "int",
    "list of text": "array<string>",
}


def looked_up(frame: Frame, index: str, tables: Tables) -> Frame:
    """See `Engine`."""
    columns = {}
    for new, (values, kind) in tables.items():
        listed = functions.array(*map(_value, values)).cast(f"array<{_TYPES[kind]}>")
        columns[new] = functions.get(listed, _column(index))
    return frame.withColumns(columns)


def placed(frame: Frame, column: str, keys: Sequence[Any], new: str) -> Frame:
    """See `Engine`."""
    pairs = chain.from_iterable(
        (functions.lit(key), functions.lit(n)) for n, key in enumerate(keys)
    )
    return frame.withColumn(new, functions.create_map(*pairs)[_column(column)])


def _column(name: str) -> Column:
    return functions.col(f"`{name.replace('`', '``')}`")


def _value(value: object) -> Column:
    if isinstance(value, tuple):
        return functions.array(*map(functions.lit, value))
    return functions.lit(value)
