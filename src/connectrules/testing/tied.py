"""Facts that a policy compares with one another, and values of one beside those of another."""

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping

import attrs

from connectrules.rules.tree import Mine, Scaled, Spoken, Subject, Test, subjects
from connectrules.schema.types import (
    LARGEST_COUNT,
    CountType,
    Date,
    FactType,
    Number,
    Text,
    TextList,
)

_STEPS = (0, 1, -1)


@attrs.frozen
class Place:
    """A fact of somebody's, or of the owner's.

    Attributes:
        key: What it is known by, as `key_of` says.
        is_mine: Whether it is the owner's.
    """

    key: str | Spoken
    is_mine: bool = False


class Ties:
    """Which facts are compared with which.

    Args:
        tests: The tests that compare them.
    """

    def __init__(self, tests: Iterable[Test]) -> None:
        self._types: dict[Place, FactType] = {}
        self._factors: dict[Place, dict[Place, set[float]]] = {}
        for test in tests:
            factors = {each.factor for each in test.operands if isinstance(each, Scaled)}
            places = [self._place(each) for each in subjects(test)]
            for one in places:
                for other in places:
                    if one != other:
                        ties = self._factors.setdefault(one, {}).setdefault(other, set())
                        ties.update(factors or {1})

    def _place(self, subject: Subject | Mine) -> Place:
        fact = subject.fact if isinstance(subject, Mine) else subject
        key = fact if isinstance(fact, Spoken) else fact.key
        place = Place(key, isinstance(subject, Mine))
        self._types[place] = fact.type
        return place

    def values(self, place: Place, known: Mapping[Place, object]) -> Iterator[object]:
        """Values for *place* beside those that are *known* of what it is compared with."""
        for other, factors in self._factors.get(place, {}).items():
            if other in known:
                for factor in sorted(factors):
                    yield from _beside(self._types[place], known[other], factor)


def _beside(kind: FactType, value: object, factor: float) -> Iterable[object]:
    """Values of a fact of type *kind* beside *factor* times *value*, and the other way round."""
    match kind, value:
        case ((CountType() | Number()), bool()):
            return ()
        case ((CountType() | Number()), int() | float()):
            sizes = [value * factor, *([value / factor] if factor not in {0, 1} else [])]
            finite = [each for each in sizes if math.isfinite(each)]
            return _numbers(finite) if isinstance(kind, Number) else _counts(finite)
        case Date(), datetime.date():
            first, last = datetime.date.min.toordinal(), datetime.date.max.toordinal()
            days = (value.toordinal() + step for step in _STEPS)
            return [datetime.date.fromordinal(day) for day in days if first <= day <= last]
        case Text(), str():
            return (value,)
        case Text(), tuple():
            return value
        case TextList(), str():
            return ((value,),)
        case TextList(), tuple():
            return (value, *(value[:size] for size in range(len(value) - 1, 0, -1)))
        case _:
            return ()


def _numbers(near: Iterable[float]) -> Iterator[float]:
    return (size + step for size in near for step in _STEPS)


def _counts(near: Iterable[float]) -> Iterator[int]:
    for size in near:
        low, high = math.floor(size), math.ceil(size)
        found = dict.fromkeys((low, high, low + 1, high - 1))
        yield from (each for each in found if 0 <= each <= LARGEST_COUNT)
