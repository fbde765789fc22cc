"""PySpark tables."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from pyspark.sql import Column, functions, types

from connectrules.backends.frames.engines import Call, Kind, Search, Tables
from connectrules.backends.frames.searching import by_folding

Frame = Any
"""A `pyspark.sql.DataFrame`."""

RUNS_PYTHON = True
MOST_LISTED = 1 << 12


def folded(frame: Frame, texts: Mapping[str, str], lists: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    columns = {new: _folded(_column(old).cast("string")) for new, old in texts.items()}
    for new, old in lists.items():
        column = _column(old).cast("array<string>")
        gap = functions.exists(column, lambda item: item.isNull())
        folds = functions.transform(_all_composed(column), functions.lower)
        columns[new] = functions.when(~gap, functions.sort_array(functions.array_distinct(folds)))
    return frame.withColumns(columns)


def _folded(text: Column) -> Column:
    """The lower case of *text* in its composed form."""
    return functions.lower(functions.when(_is_other(text), _composed(text)).otherwise(text))


def _is_other(text: Column) -> Column:
    """Whether *text* is more than ASCII."""
    return functions.octet_length(text) > functions.char_length(text)


def _composed(text: Column) -> Column:
    """The composed form of *text*, by the ICU that Spark brings."""
    return functions.reflect(
        functions.lit("com.ibm.icu.text.Normalizer"),
        functions.lit("compose"),
        text,
        functions.lit(False),  # noqa: FBT003 - a Java method's argument
    )


def _all_composed(texts: Column) -> Column:
    """The composed forms of a list's items, as one text: Spark calls no Java for each of them.

    Nothing of JSON between two items composes with what is in them.
    """
    composed = functions.from_json(_composed(functions.to_json(texts)), "array<string>")
    return functions.when(functions.exists(texts, _is_other), composed).otherwise(texts)


def unlike(frame: Frame, one: str, other: str, new: str) -> Frame:
    """See `Engine`."""
    return frame.withColumn(new, _column(one) != _column(other))


def searched(frame: Frame, searches: Mapping[str, Search]) -> Frame:
    """See `Engine`."""
    return sealed(by_folding(folded, frame, searches), searches)


def doubles(frame: Frame, columns: Mapping[str, str]) -> Frame:
    """See `Engine`."""
    return frame.withColumns({new: _column(old).cast("double") for new, old in columns.items()})


def empty(frame: Frame) -> Collection[str]:
    """See `Engine`."""
    return [field.name for field in frame.schema if isinstance(field.dataType, types.NullType)]


_TYPES: dict[Kind, str] = {
    "text": "string",
    "yes/no": "boolean",
    "number": "double",
    "date": "int",
    "place": "int",
    "list of text": "array<string>",
}
"""What small tables hold; a date is its day, counted from `_FIRST_DAY`."""

_FIRST_DAY = date(1970, 1, 1)


def looked_up(frame: Frame, index: str, tables: Tables) -> Frame:
    """See `Engine`."""
    columns, sealed_index = {}, _sealed([index])[index]
    for new, (values, kind) in tables.items():
        listed = _array([*map(_plain, values)], _TYPES[kind])
        found = functions.get(listed, sealed_index)
        columns[new] = functions.date_from_unix_date(found) if kind == "date" else found
    return frame.withColumns(columns)


def matched(frame: Frame, column: str, keys: Sequence[Any], tables: Tables) -> Frame:
    """See `Engine`."""
    place = f"{next(iter(tables))} place"
    key = f"{place} key"
    kind = "bigint" if keys and isinstance(keys[0], int) else "string"
    one = frame.sparkSession.range(1)
    table = one.select(functions.posexplode(_array(keys, kind))).toDF(place, key)
    is_same = _column(column).cast(kind) == _column(key)
    joined = frame.join(functions.broadcast(table), is_same, "left")
    return looked_up(joined, place, tables).drop(key, place)


def sealed(frame: Frame, columns: Collection[str]) -> Frame:
    """See `Engine`."""
    return frame.withColumns(_sealed(columns))


def _sealed(names: Collection[str]) -> dict[str, Column]:
    """The columns *names*, of which Spark does not know that they hang on their row alone.

    What it knows of columns made from columns it puts together in all ways there are: with
    a hundred rules, and a filter behind them, it would plan for ever.
    """
    always = functions.spark_partition_id() >= 0
    return {name: functions.when(always, _column(name)) for name in names}


def answered(frame: Frame, columns: Sequence[str], new: Sequence[str], call: Call) -> Frame:
    """See `Engine`."""
    called = functions.udf(lambda row: list(call(row)), "array<tinyint>")
    all_of_it = f"{new[0]} all"
    frame = frame.withColumn(all_of_it, called(functions.struct(*map(_column, columns))))
    fields = {name: _column(all_of_it)[place] for place, name in enumerate(new)}
    return frame.withColumns(fields).drop(all_of_it)


def _array(values: Sequence[Any], kind: str) -> Column:
    """A constant array; as one text it is a single thing to plan, however long."""
    return functions.from_json(functions.lit(json.dumps(values)), f"array<{kind}>")


def _column(name: str) -> Column:
    return functions.col(f"`{name.replace('`', '``')}`")


def _plain(value: object) -> object:
    return (value - _FIRST_DAY).days if isinstance(value, date) else value
