"""Numbers, counts and dates: the stretches on which all tests of a fact come out alike."""

import datetime
import math
from collections.abc import Callable, Iterable
from typing import Any

import attrs

from connectrules.explain.changing.moves import UNKNOWN_TO_VALUE, Move, Vector
from connectrules.schema.types import LARGEST_COUNT, CountType, Date, FactType

_LARGEST = math.nextafter(math.inf, 0)
_YEAR = 365.25


@attrs.frozen
class Stretch:
    """Values between two others, both included, for which all tests come out alike."""

    low: Any
    high: Any
    vector: Vector


def stretches(
    kind: FactType, bounds: Iterable[Any], outcome: Callable[[Any], Vector], most: int
) -> tuple[list[Stretch], bool]:
    """The stretches of a fact of *kind*, in their order, and whether these are all.

    Args:
        kind: Its type: a count, a number or a date.
        bounds: The values that its tests compare it with.
        outcome: How the tests come out for a value.
        most: How many values are tried at most; of more, some that lie evenly among them,
            each by itself.
    """
    starts, before, last = _starts(kind, bounds)
    if len(starts) > most:
        few = starts[:: len(starts) // most + 1]
        return [Stretch(value, value, outcome(value)) for value in few], False
    found: list[Stretch] = []
    for place, low in enumerate(starts):
        high = before(starts[place + 1]) if place + 1 < len(starts) else last
        vector = outcome(low)
        if found and found[-1].vector == vector:
            low = found.pop().low  # noqa: PLW2901 - one stretch with the one before it
        found.append(Stretch(low, high, vector))
    return found, True


def _starts(kind: FactType, bounds: Iterable[Any]) -> tuple[list[Any], Callable[[Any], Any], Any]:
    """Where a stretch may begin, what comes just before a value, and the last value."""
    match kind:
        case Date():
            day = datetime.timedelta(days=1)
            near = {datetime.date.min}
            for bound in bounds:
                near |= {bound, bound + day} if bound < datetime.date.max else {bound}
            return sorted(near), lambda start: start - day, datetime.date.max
        case CountType():
            counts = {0}
            for bound in filter(math.isfinite, bounds):
                counts |= {math.ceil(bound), math.floor(bound) + 1}
            inside = sorted(count for count in counts if 0 <= count <= LARGEST_COUNT)
            return inside, lambda start: start - 1, LARGEST_COUNT
        case _:
            numbers = {-_LARGEST}
            for bound in filter(math.isfinite, map(float, bounds)):
                numbers |= {bound, math.nextafter(bound, math.inf)}
            finite = sorted(number for number in numbers if math.isfinite(number))
            return finite, lambda start: math.nextafter(start, -math.inf), _LARGEST


def moved(value: Any, stretch: Stretch, whole: tuple[Any, Any]) -> Move:  # noqa: ANN401 - of its type
    """The value of *stretch* nearest to *value*.

    Args:
        value: What the fact is; None where that is not known.
        stretch: Where it would have to be.
        whole: The smallest and the largest value there is.
    """
    if value is None:
        low, high = stretch.low, stretch.high
        after = (0 if high == whole[1] else high) if low == whole[0] else low
        if isinstance(high, datetime.date) and after == 0:
            after = high
        return Move(after, written(after), UNKNOWN_TO_VALUE)
    return step(value, min(max(value, stretch.low), stretch.high))


def step(value: Any, after: Any) -> Move:  # noqa: ANN401 - of its type
    """The move from *value* to *after*, both numbers or both dates."""
    if isinstance(value, datetime.date):
        days = (after - value).days
        return Move(after, after, abs(days) / (abs(days) + _YEAR), days)
    from decimal import Decimal  # noqa: PLC0415 - slow to load, and seldom needed

    largest = max(abs(after), abs(value)) or 1
    distance = min(abs(after / largest - value / largest), 1.0)
    by = float(Decimal(repr(after)) - Decimal(repr(value)))
    return Move(after, written(after), distance, int(by) if by.is_integer() else by)


def written(number: Any) -> object:  # noqa: ANN401 - of its type
    """*number* as a person would write it: without a fraction where it has none."""
    if isinstance(number, float) and number.is_integer() and abs(number) <= LARGEST_COUNT:
        return int(number)
    return number
