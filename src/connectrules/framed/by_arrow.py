"""Tables of engines that are judged by way of Arrow, such as those of pandas."""

import math
import numbers
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import narwhals as nw

from connectrules.errors import FrameError
from connectrules.framed.table import Table
from connectrules.schema.types import LARGEST_COUNT

_UNREADABLE = (NotImplementedError, OverflowError, TypeError, ValueError)
"""What PyArrow raises where a column holds what none of its types can."""


def as_arrow(table: nw.DataFrame[Any], names: Sequence[str]) -> Table:
    """The columns *names* of *table*, as a table of Arrow.

    Raises:
        FrameError: Where a column holds what no column of Arrow can.
        ModuleNotFoundError: Where there is no PyArrow.
    """
    if not names:  # there are rows all the same
        names = ["row"]
        table = table.with_row_index("row").select("row")
    try:
        return Table(_as_meant(_alone(table, names).to_arrow()))
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        msg = (
            f"tables of {table.implementation.value} are judged with PyArrow, an extra: "
            'pip install "connectrules[pandas]"'
        )
        raise ModuleNotFoundError(msg, name="pyarrow") from None
    except _UNREADABLE as error:
        unreadable = [name for name in names if not _is_readable(table, name)]
        doubles = {name: _doubles(table, name) for name in unreadable}
        found = {name: values for name, values in doubles.items() if values is not None}
        if found and len(found) == len(unreadable):
            return Table(_as_meant(_beside(table, names, found)))
        wrong = [name for name in unreadable if name not in found]
        words = "\n".join(_mixed(table, name) for name in wrong) or str(error)
        raise FrameError(words, code="CR501", columns=tuple(wrong)) from error


def _alone(table: nw.DataFrame[Any], names: Sequence[str]) -> nw.DataFrame[Any]:
    """The columns *names* of *table*, without an index of pandas, which may hold anything."""
    return nw.maybe_reset_index(table.select(*names))


def _as_meant(table: Any) -> Any:  # noqa: ANN401 - a table of Arrow
    """*table*, with what pandas holds in its own ways as other tables have it.

    A column of whatever type in which every cell is empty, or that has none, is one of numbers
    there, all of them missing: it gets no type. Categories that are no texts become what they are.
    """
    import pyarrow as pa  # noqa: PLC0415 - an extra

    for place, field in enumerate(table.schema):
        column, kind = table.column(place), field.type
        if pa.types.is_floating(kind) and column.null_count == len(table):
            table = table.set_column(place, field.name, pa.nulls(len(table)))
        elif pa.types.is_dictionary(kind):
            table = table.set_column(place, field.name, column.cast(kind.value_type))
    return table


def _beside(
    table: nw.DataFrame[Any], names: Sequence[str], doubles: Mapping[str, Sequence[float | None]]
) -> Any:  # noqa: ANN401 - a table of Arrow
    """The columns *names* of *table*, as a table of Arrow, where some hold *doubles*."""
    import pyarrow as pa  # noqa: PLC0415 - an extra

    others = [name for name in names if name not in doubles]
    read = _alone(table, others).to_arrow() if others else {}
    made = {name: pa.array(values, pa.float64()) for name, values in doubles.items()}
    return pa.table({name: made[name] if name in made else read[name] for name in names})


def _doubles(table: nw.DataFrame[Any], name: str) -> list[float | None] | None:
    """What a column holds, as doubles; None where one of them does not stand for its value."""
    found: list[float | None] = []
    for value in table[name].to_list():
        is_missing = value is None or type(value).__name__ == _MISSING
        double = None if is_missing else _double(value)
        if double is None and not is_missing:
            return None
        found.append(double)
    return found


_MISSING = "NAType"
"""What the class of what is missing is called in pandas, which may be another library's."""


def _double(value: object) -> float | None:
    """The double that stands for *value* as a count and as a number; None where none does.

    A number is judged as the nearest double, and no count is larger than all that are exact.
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real | Decimal):
        return None
    if isinstance(value, Decimal) and value.is_nan():
        return math.nan
    try:
        double = float(value)
    except OverflowError:
        return math.inf
    is_same = double == value or not double.is_integer() or abs(double) > LARGEST_COUNT
    return double if is_same else None


def _is_readable(table: nw.DataFrame[Any], name: str) -> bool:
    try:
        _alone(table, [name]).to_arrow()
    except _UNREADABLE:
        return False
    return True


def _mixed(table: nw.DataFrame[Any], name: str) -> str:
    kinds = sorted({type(value).__name__ for value in table[name].to_list() if value is not None})
    shown = ", ".join(f"`{kind}`" for kind in kinds)
    if len(kinds) > 1:
        return (
            f"the column `{name}` holds values of more than one kind ({shown}): give it values of "
            "one kind, and None where nothing is known"
        )
    return f"the column `{name}` holds values that PyArrow cannot read ({shown})"
