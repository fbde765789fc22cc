"""The columns of a table as facts: which types fit, and the form that tests compare."""

from typing import Any

import attrs
import narwhals as nw

from connectrules.schema.types import (
    LARGEST_COUNT,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)

_SMALL = (nw.UInt8, nw.UInt16, nw.UInt32)
"""Whole numbers that are all counts."""
_TEXTS = (nw.String, nw.Categorical, nw.Enum)


@attrs.frozen
class Given:
    """A fact's column, in the form tests compare.

    Attributes:
        value: The value, null where it is not known.
        fault: Whether there is a value that does not fit; None where every value does.
    """

    value: nw.Expr
    fault: nw.Expr | None = None


def wanted(kind: FactType) -> str:
    """What a column must hold that has the values of a fact of *kind*, in words."""
    match kind:
        case YesNo():
            return "booleans"
        case CountType() | Number():
            return "numbers"
        case Text() | OneOf():
            return "texts"
        case Date():
            return "dates or datetimes"
        case TextList():
            return "lists of text"


def fits(kind: FactType, dtype: nw.dtypes.DType) -> bool:
    """Whether a column of *dtype* may hold the values of a fact of *kind*."""
    match kind:
        case YesNo():
            return dtype == nw.Boolean
        case CountType() | Number():
            return dtype.is_numeric()
        case Text() | OneOf():
            return isinstance(dtype, _TEXTS)
        case Date():
            return isinstance(dtype, (nw.Date, nw.Datetime))
        case TextList():
            return isinstance(dtype, (nw.List, nw.Array)) and _is_text(dtype.inner)


def _is_text(inner: Any) -> bool:  # noqa: ANN401 - a type, or its class
    return any(inner == each for each in (*_TEXTS, nw.Unknown))


def is_text(kind: FactType) -> bool:
    """Whether facts of *kind* are texts or lists of them, which are compared in lower case."""
    return isinstance(kind, (Text, OneOf, TextList))


def is_wide(kind: FactType, dtype: nw.dtypes.DType) -> bool:
    """Whether facts of *kind* are doubles, and *dtype* has numbers that are none."""
    return isinstance(kind, Number) and not dtype.is_float()


def given(kind: FactType, dtype: nw.dtypes.DType, column: str, fold: str) -> Given:
    """The fact of *kind* in *column*.

    Args:
        kind: What kind of fact it is.
        dtype: What the column holds.
        column: Its name.
        fold: Where there is one, the column with its lower case, or of doubles.
    """
    found = nw.col(column)
    match kind:
        case YesNo():
            return Given(found)
        case CountType():
            return _count(found, dtype)
        case Number():
            return _number(found) if column == fold else Given(nw.col(fold))
        case Text():
            return Given(nw.col(fold))
        case OneOf():
            is_one = nw.col(fold).is_in(sorted(kind.compared))
            return Given(nw.when(is_one).then(nw.col(fold)), ~is_one)
        case Date():
            return Given(found.dt.date() if isinstance(dtype, nw.Datetime) else found)
        case TextList():
            return Given(nw.col(fold), nw.col(fold).is_null() & ~found.is_null())


def _count(found: nw.Expr, dtype: nw.dtypes.DType) -> Given:
    if isinstance(dtype, _SMALL):
        return Given(found.cast(nw.Int64))
    if dtype.is_integer():
        kind = nw.UInt64 if isinstance(dtype, nw.UInt64) else nw.Int64
        fitting = (found >= nw.lit(0, kind)) & (found <= nw.lit(LARGEST_COUNT, kind))
        return Given(nw.when(fitting).then(found).cast(nw.Int64), ~fitting)
    return _whole_double(found) if dtype.is_float() else _whole_decimal(found)


def _whole_double(found: nw.Expr) -> Given:
    number = _real(found)
    fitting = (number >= 0) & (number <= float(LARGEST_COUNT)) & (number == number.floor())
    return Given(nw.when(fitting).then(number), ~fitting)


def _whole_decimal(found: nw.Expr) -> Given:
    """The counts among decimal numbers, which may have more digits than doubles."""
    near = found.cast(nw.Float64)
    fitting = (near >= 0) & (near <= 2.0 * LARGEST_COUNT)
    whole = nw.when(fitting).then(found.floor()).cast(nw.Int64)
    fitting &= (found == found.floor()) & (whole <= LARGEST_COUNT)
    return Given(nw.when(fitting).then(whole), ~fitting)


def _number(found: nw.Expr) -> Given:
    number = _real(found)
    fitting = number.is_finite()
    return Given(nw.when(fitting).then(number), ~fitting)


def _real(found: nw.Expr) -> nw.Expr:
    """*found* as doubles, null where it is not a number."""
    number = found.cast(nw.Float64)
    return nw.when(~number.is_nan()).then(number)
