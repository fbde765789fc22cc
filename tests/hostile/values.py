"""Values that no honest record holds, and some that one may."""

import datetime
import decimal
import enum
import fractions
from collections import UserString
from typing import Any, NoReturn

from hypothesis import strategies as st

from connectrules import UNSURE


class Raising:
    """Raises whatever is done with it."""

    def _refuse(self, *_: object) -> NoReturn:
        msg = "no\x1b[31m"
        raise RuntimeError(msg)

    __eq__ = __hash__ = __bool__ = __str__ = __repr__ = __len__ = __iter__ = _refuse
    __lt__ = __le__ = __float__ = __int__ = __index__ = __contains__ = _refuse


class Shouting(str):
    """A text whose own ways are not those of texts."""

    __slots__ = ()

    def lower(self) -> NoReturn:
        """It has no small letters."""
        msg = "never"
        raise RuntimeError(msg)

    casefold = lower


class Equal:
    """Equals everything."""

    def __eq__(self, _other: object) -> bool:
        """Whatever the other is."""
        return True

    def __hash__(self) -> int:
        """The same for all."""
        return 1


class Colour(enum.Enum):
    """Choices of nobody's."""

    RED = "red"
    ODD = 7


def endless() -> Any:  # noqa: ANN401 - any value may be odd
    """A generator that never ends."""
    while True:
        yield "x"


def circle() -> list[Any]:
    """A list that holds itself."""
    found: list[Any] = []
    found.append(found)
    return found


ODD: tuple[Any, ...] = (
    Raising(),
    Raising,
    Shouting("UK"),
    UserString("UK"),
    Equal(),
    Colour.RED,
    Colour.ODD,
    endless(),
    circle(),
    object(),
    ...,
    NotImplemented,
    print,
    b"bytes",
    bytearray(b"x"),
    memoryview(b"x"),
    1j,
    float("nan"),
    float("inf"),
    -float("inf"),
    -0.0,
    5e-324,
    1.7976931348623157e308,
    2**53,
    2**53 + 1,
    10**400,
    -(10**400),
    10**5000,
    decimal.Decimal("NaN"),
    decimal.Decimal("sNaN"),
    decimal.Decimal("1e999999"),
    fractions.Fraction(1, 3),
    datetime.date.min,
    datetime.date.max,
    datetime.datetime(1, 1, 1),  # noqa: DTZ001 - some have no time zone
    datetime.datetime(9999, 12, 31, 23, 59),  # noqa: DTZ001 - as above
    datetime.datetime(2024, 5, 1, tzinfo=datetime.UTC),
    datetime.datetime.max.replace(tzinfo=datetime.timezone(-datetime.timedelta(hours=23))),
    datetime.datetime.min.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=23))),
    datetime.time(1),
    datetime.timedelta.max,
    "",
    "\0",
    "\ud800",
    "a\udfffb",
    "\x1b]0;title\x07",
    "\u202e",
    "x" * 100_000,
    "e\u0301" * 1_000,
    "İ",
    "ß",
    True,
    False,
    UNSURE,
    None,
    (),
    [[]],
    [["a"], "b"],
    ["a", None],
    ["a", UNSURE],
    {"a": 1},
    {"a"},
    frozenset({"a", "b"}),
    [Raising()],
    [float("nan")],
    ["\ud800"],
    range(10**12),
    {1: {2: {3: 4}}},
)

odd = st.integers(0, len(ODD) - 1).map(ODD.__getitem__) | st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.binary()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.timezones()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=5,
)
"""Any value at all."""
