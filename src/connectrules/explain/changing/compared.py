"""What facts could be that are compared with one another: their values go together."""

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from typing import Any

import attrs

from connectrules.backends.compiled.functions import compile_tests
from connectrules.explain.changing.moves import UNKNOWN_TO_VALUE, Move, nearer
from connectrules.explain.changing.ordered import step, written
from connectrules.explain.changing.ranges import Range
from connectrules.reading import Reading
from connectrules.rules.meaning import Context, Form, compared
from connectrules.rules.tree import Subject, Test
from connectrules.schema.types import LARGEST_COUNT, CountType, Date, Number, TextList

_MOST_TRIED = 20_000
"""So many values together are tried at most."""

_SEEDS = (-1, 0, 1)
_ANY_DAY = datetime.date(2000, 1, 1)

_Side = tuple[float, Subject | None, Any]
"""A multiple, the fact it is of, and else a value."""

Outcomes = tuple[bool | None, ...]


@attrs.frozen
class Together:
    """Values of several facts at once.

    Attributes:
        places: Which of the facts change.
        moves: What each of them changes to.
        outcomes: How the tests come out then.
    """

    places: tuple[int, ...]
    moves: tuple[Move, ...]
    outcomes: Outcomes

    @property
    def distance(self) -> float:
        """How far all the values are."""
        return sum(move.distance for move in self.moves)

    def is_nearer(self, other: "Together") -> bool:
        """Whether it is nearer than *other* values of the same facts."""
        if len(self.moves) == 1:
            return nearer(self.moves[0], other.moves[0])
        return self.distance < other.distance


class Compared:
    """Facts that are compared with one another.

    Args:
        ranges: Each of the facts with the tests it settles alone.
        tests: All tests of the facts.
        forms: What they come down to.
        context: The owner's facts and the day.
    """

    def __init__(
        self,
        ranges: Sequence[Range],
        tests: Sequence[Test],
        forms: Sequence[Form],
        context: Context,
    ) -> None:
        self._ranges, self._today = ranges, context.today
        self._tests = tests
        self._subjects = [each.subject for each in ranges]
        self._outcomes = compile_tests(tests, self._subjects, context)
        self._pairs = [*dict.fromkeys(pair for form in forms for pair in _pairs(form))]

    @cached_property
    def is_winding(self) -> bool:
        """Whether a multiple of a fact is compared with another, or facts are in a ring.

        Values that serve two such comparisons may lie far from all that are tried.
        """
        facts = [
            (one, other)
            for one, other in self._pairs
            if one[1] and other[1] and one[:2] != other[:2]
        ]
        if any(one[0] != 1 or other[0] != 1 for one, other in facts):
            return True
        edges = {frozenset((one[1], other[1])) for one, other in facts}
        return bool(edges) and len(edges) >= len({fact for edge in edges for fact in edge})

    def are_all(self, found: Iterable[Outcomes]) -> bool:
        """Whether each way was *found* in which the tests could come out."""
        alone = math.prod(len(range_.vectors) for range_ in self._ranges)
        compared = len(self._tests) - sum(len(range_.tests) for range_ in self._ranges)
        known = {each for each in found if None not in each}
        return len(known) >= alone << compared

    def together(self, readings: Sequence[Reading], most: int) -> tuple[list[Together], bool]:
        """For each way the tests can come out, the nearest values of each set of the facts.

        Args:
            readings: What the facts are.
            most: How many of them change at most.

        Returns:
            The values, and whether all that matter were tried.
        """
        ready = [reading.ready for reading in readings]
        best: dict[tuple[tuple[int, ...], Outcomes], Together] = {}
        left = _MOST_TRIED
        for size in range(1, min(most, len(ready)) + 1):
            pools = self._pools(readings, size)
            for chosen in combinations(range(len(ready)), size):
                left -= math.prod(len(pools[place]) for place in chosen)
                if left < 0:
                    return [*best.values()], False
                for moves in product(*(pools[place] for place in chosen)):
                    values = list(ready)
                    for place, move in zip(chosen, moves, strict=True):
                        values[place] = move.ready
                    found = Together(chosen, moves, self._outcomes(values))
                    key = chosen, found.outcomes
                    if key not in best or found.is_nearer(best[key]):
                        best[key] = found
        return [*best.values()], True

    def _pools(self, readings: Sequence[Reading], size: int) -> list[list[Move]]:
        """Values that each of the facts could have where so many change."""
        known = {
            subject: set() if reading.ready is None else {*self._size(reading)}
            for subject, reading in zip(self._subjects, readings, strict=True)
        }
        bounds = {
            subject: self._bounds(subject, known) | self._seeds(subject)
            for subject in self._subjects
        }
        for _ in range(size - 1):
            near = {
                subject: {value for bound in each for value in _near(subject, bound)}
                for subject, each in bounds.items()
            }
            bounds = {
                subject: each | self._bounds(subject, near) for subject, each in bounds.items()
            }
        return [
            self._moves(range_, bounds[range_.subject], reading)
            for range_, reading in zip(self._ranges, readings, strict=True)
        ]

    def _size(self, reading: Reading) -> Iterator[Any]:
        yield len(reading.ready) if isinstance(reading.ready, frozenset) else reading.ready

    def _seeds(self, subject: Subject) -> set[Any]:
        return {self._today or _ANY_DAY} if isinstance(subject.type, Date) else {*_SEEDS}

    def _bounds(self, subject: Subject, values: Mapping[Subject, Iterable[Any]]) -> set[Any]:
        """What the tests compare *subject* with, where the other facts have *values*."""
        found: set[Any] = set()
        for pair in self._pairs:
            for (factor, own, _), (times, other, literal) in (pair, pair[::-1]):
                if own == subject and factor:
                    others = (literal,) if other is None else values.get(other, ())
                    for each in others:
                        if isinstance(each, datetime.date):
                            found.add(each)
                        elif math.isfinite(bound := times * each / factor):
                            found.add(bound)
        return found

    def _moves(self, range_: Range, bounds: Iterable[Any], reading: Reading) -> list[Move]:
        subject, ready = range_.subject, reading.ready
        if isinstance(subject.type, TextList):
            listing = range_.listing([bound for bound in bounds if bound < LARGEST_COUNT])
            return [*listing.moves(ready, reading.raw)]
        if not isinstance(subject.type, (CountType, Number, Date)):
            return [*range_.moves(reading).values()]
        near = sorted({each for bound in bounds for each in _near(subject, bound)})
        if ready is None:
            return [Move(each, written(each), UNKNOWN_TO_VALUE) for each in near]
        return [step(ready, each) for each in near if each != ready]


def _near(subject: Subject, bound: Any) -> Iterator[Any]:  # noqa: ANN401 - of the fact's type
    """Values of *subject* at, before and after *bound*."""
    match subject.type:
        case Date():
            for days in (-1, 0, 1):
                ordinal = bound.toordinal() + days
                if 1 <= ordinal <= datetime.date.max.toordinal():
                    yield datetime.date.fromordinal(ordinal)
        case Number():
            number = float(bound)
            yield from (number, math.nextafter(number, math.inf), math.nextafter(number, -math.inf))
        case _:
            low, high = math.floor(bound), math.ceil(bound)
            yield from (c for c in {low - 1, low, high, high + 1} if 0 <= c <= LARGEST_COUNT)


def _pairs(form: Form) -> Iterator[tuple[_Side, _Side]]:
    """What *form* compares with what."""
    return ((_side(one), _side(other)) for one, other in compared(form))


def _side(term: Form) -> _Side:
    match term:
        case ("scaled", factor, below):
            times, subject, value = _side(below)
            return factor * times, subject, value
        case ("length", below):
            return _side(below)
        case ("literal", value):
            return 1, None, value
        case (_, subject):
            return 1, subject, None
    raise AssertionError(term)
