"""The kinds of value a fact may have.

Each type turns a value as a record holds it into the form tests compare
(`ready`), and says in words what fits it.
"""

import datetime
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

import attrs

LARGEST_COUNT = 2**53
"""The largest count: up to it every whole number is a double too, so counts and numbers compare."""


class Unsure(Enum):
    """The type of `UNSURE`."""

    UNSURE = "unsure"

    def __repr__(self) -> str:
        """As it is written."""
        return "UNSURE"


UNSURE: Literal[Unsure.UNSURE] = Unsure.UNSURE
"""The value of a fact that somebody was asked about and could not say."""


class _CountMark:
    """Marks an int as a count."""

    def __repr__(self) -> str:
        """What is shown where types are."""
        return "count"


Count = Annotated[int, _CountMark()]
"""A whole number, 0 or more, in a record class of one's own."""

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unfit(ValueError):  # noqa: N818 - a finding about a value, not a failure
    """A value does not fit its type; the message says what was expected."""


def folded(text: str) -> str:
    """*text* as texts are compared: its Unicode lower case, after NFC."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).lower()


def canonical(name: str) -> str:
    """*name* as names are compared: NFC, lower case, single spaces, straight apostrophes."""
    return " ".join(folded(name).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())


def shown(value: object) -> str:
    """*value* in a message, as a policy would write it if it could, cut where it is long."""
    try:
        text = _written(value)
    except Exception:  # noqa: BLE001 - a class of one's own, or a number of 5,000 digits
        text = "…"
    longest = 40
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


TRUTHS = re.compile(r"yes|no|true|false|y|n", re.IGNORECASE)
DIGITS = re.compile(r"[0-9]{1,15}")


def _as_text(value: object, form: re.Pattern[str]) -> str:
    """*value* in a message, which says of a text in the *form* of another value that it is one."""
    is_alike = isinstance(value, str) and form.fullmatch(value.strip()) is not None
    return f'the text `"{shown(value)}"`' if is_alike else f"`{shown(value)}`"


def _written(value: object) -> str:
    match value:
        case str():
            return value
        case bool():
            return "yes" if value else "no"
        case datetime.date():
            return value.isoformat()
        case _:
            return repr(value)


def _real(value: Any) -> Any:  # noqa: ANN401 - a number of any class
    """*value* where it is a real number, yes and no being none; None where it is not."""
    if value.__class__ in {int, float}:
        return value
    import numbers  # noqa: PLC0415 - other numbers are seldom met, and slow to load

    if isinstance(value, bool) or not isinstance(value, numbers.Number):
        return None
    if isinstance(value, numbers.Real):
        return value
    from decimal import Decimal  # noqa: PLC0415 - as above

    return value if isinstance(value, Decimal) else None


def _is_nan(value: Any) -> bool:  # noqa: ANN401 - a number of any class
    if hasattr(value, "is_nan"):
        return bool(value.is_nan())  # a decimal one that signals raises where it is compared
    return bool(value != value)  # noqa: PLR0124 - how NaN shows itself, of any other class


def _is_gap(value: object) -> bool:
    """Whether *value* is the NaN that tables put where a value is missing, of whatever type."""
    return isinstance(value, float) and value != value  # noqa: PLR0124 - NaN alone is not itself


class _Plain:
    """A type with nothing to be said about it: all instances are equal.

    It is no attrs class, as the other values are: making those costs time at each start.
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


_NUMPY_BOOLS = {("numpy", "bool"), ("numpy", "bool_")}
"""What rows of a table hold for yes and no; unlike its numbers they are no kind of Python's."""


class YesNo(_Plain):
    """Yes or no."""

    __slots__ = ()
    name: ClassVar[str] = "yes/no"

    def ready(self, value: object) -> bool | None:
        """*value* as tests compare it, None for NaN; `Unfit` where it does not fit."""
        if isinstance(value, bool):
            return value
        if (type(value).__module__, type(value).__name__) in _NUMPY_BOOLS:
            return bool(value)
        if _is_gap(value):
            return None
        msg = f"{_as_text(value, TRUTHS)} is neither yes nor no"
        raise Unfit(msg)


class Number(_Plain):
    """Any real number, as a double."""

    __slots__ = ()
    name: ClassVar[str] = "number"

    def ready(self, value: object) -> float | None:
        """*value* as tests compare it, None for NaN; `Unfit` where it does not fit."""
        real = _real(value)
        if real is not None:
            if _is_nan(real):
                return None
            try:
                number = float(real)
            except OverflowError:
                number = math.inf
            if math.isfinite(number):
                return number
        msg = f"{_as_text(value, DIGITS)} is not a number"
        raise Unfit(msg)


class CountType(_Plain):
    """A whole number, 0 or more."""

    __slots__ = ()
    name: ClassVar[str] = "count"

    def ready(self, value: object) -> int | None:
        """*value* as tests compare it, None for NaN; `Unfit` where it does not fit."""
        number = _real(value)
        if number is not None:
            if _is_nan(number):
                return None
            if 0 <= number <= LARGEST_COUNT and number == int(number):
                return int(number)
            if LARGEST_COUNT < number < math.inf:
                msg = f"`{shown(value)}` is more than {LARGEST_COUNT:,}, the largest count"
                raise Unfit(msg)
        msg = f"{_as_text(value, DIGITS)} is not a whole number, 0 or more"
        raise Unfit(msg)


class Text(_Plain):
    """A text."""

    __slots__ = ()
    name: ClassVar[str] = "text"

    def ready(self, value: object) -> str | None:
        """*value* as tests compare it, None for NaN; `Unfit` where it does not fit."""
        if isinstance(value, str):
            return folded(value)
        if _is_gap(value):
            return None
        msg = f"`{shown(value)}` is not a text"
        raise Unfit(msg)


@attrs.frozen
class OneOf:
    """One of a few texts.

    Attributes:
        choices: The texts, as they are written.
    """

    choices: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the type is called in a policy."""
        return "one of " + ", ".join(f'"{choice}"' for choice in self.choices)

    @cached_property
    def compared(self) -> frozenset[str]:
        """The texts as tests compare them."""
        return frozenset(map(folded, self.choices))

    def ready(self, value: object) -> str | None:
        """*value* as tests compare it, None for NaN; `Unfit` where it does not fit."""
        text = choice_text(value) if isinstance(value, Enum) else value
        if isinstance(text, str):
            compared = folded(text)
            if compared in self.compared:
                return compared
        if _is_gap(value):
            return None
        msg = f"`{shown(value)}` is not {self.name}"
        raise Unfit(msg)


def choice_text(member: Enum) -> str:
    """What a member of an Enum is called: its value if that is a text, else its name."""
    return member.value if isinstance(member.value, str) else member.name.replace("_", " ").lower()


class Date(_Plain):
    """A day."""

    __slots__ = ()
    name: ClassVar[str] = "date"

    def ready(self, value: object) -> datetime.date | None:
        """*value* as tests compare it, None for NaT; `Unfit` where it does not fit."""
        if isinstance(value, datetime.datetime):
            # A table's "not a time" is a datetime that is not equal to itself.
            return value.date() if value == value else None  # noqa: PLR0124
        if isinstance(value, datetime.date):
            return value
        if _is_gap(value):
            return None
        is_written_so = isinstance(value, str) and not _ISO.match(value)
        msg = (
            f"`{shown(value)}` is not a date{' of the form `2026-01-31`' if is_written_so else ''}"
        )
        raise Unfit(msg)


class TextList(_Plain):
    """A set of texts; order and repeats don't matter."""

    __slots__ = ()
    name: ClassVar[str] = "list of text"

    def ready(self, value: object) -> frozenset[str] | None:
        """*value* as tests compare it, None for NaN; `Unfit` where it does not fit."""
        if (
            isinstance(value, (list, tuple, AbstractSet, Sequence))
            and not isinstance(value, str)
            and all(isinstance(item, str) for item in value)
        ):
            return frozenset(map(folded, value))
        if _is_gap(value):
            return None
        msg = f"`{shown(value)}` is not a list of texts"
        raise Unfit(msg)


FactType = YesNo | Number | CountType | Text | OneOf | Date | TextList

Unit = Literal["day", "week", "month", "year"]

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}
_DECEMBER = 12


@attrs.frozen
class Duration:
    """A length of time, such as ``6 months``.

    Attributes:
        count: How many units, 0 or more.
        unit: ``day``, ``week``, ``month`` or ``year``.
    """

    count: int
    unit: Unit

    def __str__(self) -> str:
        """As a policy says it."""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def before(self, day: datetime.date) -> datetime.date:
        """*day* minus this length: months keep the day of the month, or take the last there is."""
        if self.unit in _DAYS:
            days = self.count * _DAYS[self.unit]
            return datetime.date.fromordinal(max(day.toordinal() - days, 1))
        month = day.year * 12 + day.month - 1 - self.count * _MONTHS[self.unit]
        year, index = divmod(month, 12)
        if year < datetime.MINYEAR:
            return datetime.date.min
        first = datetime.date(year, index + 1, 1)
        return first.replace(day=min(day.day, _days_in(first)))


def _days_in(first: datetime.date) -> int:
    """How many days the month of *first* has."""
    if first.month == _DECEMBER:
        return 31
    return (first.replace(month=first.month + 1) - first).days


def duplicates(texts: Iterable[str]) -> tuple[str, ...]:
    """Those of *texts* that repeat an earlier one, as texts are compared."""
    seen: set[str] = set()
    repeated = []
    for text in texts:
        key = folded(text)
        if key in seen:
            repeated.append(text)
        seen.add(key)
    return tuple(repeated)
