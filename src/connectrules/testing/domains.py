"""Domains: the ways in which facts that hang together can be, as values that one can write down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from math import prod
from typing import Any

import attrs

from connectrules.backends.compiled.functions import compile_tests
from connectrules.exact import bits
from connectrules.exact.variables import Variables
from connectrules.rules.tree import Mine, Subject
from connectrules.schema.types import CountType, Date
from connectrules.testing.values import Boundaries

_MOST_WAYS = 20_000
"""Of so many ways together it is looked which differ."""

_MOST_TEXTS = 5_000
"""Up to how many ways in which the tests of a text, or a list, come out together are kept."""


@attrs.frozen(eq=False)
class Domain:
    """Facts that tests compare with one another, or one fact.

    Attributes:
        subjects: The facts.
        ways: Values for them, the simplest first; no two for which all tests come out alike.
        columns: For each distinct test, by its number, the ways for which it holds, as bits.
        complete: Whether for every other value the tests come out as for one of these.
    """

    subjects: tuple[Subject, ...]
    ways: tuple[tuple[object, ...], ...]
    columns: Mapping[int, int]
    complete: bool

    @property
    def everything(self) -> int:
        """All ways."""
        return bits.full(len(self.ways))


@attrs.frozen(eq=False)
class Domains:
    """The domains of a policy's facts, for one owner and one day.

    Attributes:
        domains: The domains.
        number: The number of each test of the rules' trees, by its id.
        domain_of: The place of each distinct test's domain, by the test's number.
    """

    domains: tuple[Domain, ...]
    number: Mapping[int, int]
    domain_of: Mapping[int, int]


def domains(of: Variables) -> Domains:
    """The domains of the facts that the tests *of* some rules speak of, with values for each."""
    return together(of.number, _Making(of).made())


def together(number: Mapping[int, int], made: Iterable[Domain]) -> Domains:
    """Domains that are *made*, where each test by its id has a *number*."""
    found = tuple(made)
    places = {number: place for place, each in enumerate(found) for number in each.columns}
    return Domains(found, number, places)


class _Making:
    def __init__(self, of: Variables) -> None:
        self._of = of
        self._boundaries = Boundaries(of.tests, of.context, _MOST_TEXTS)

    def made(self) -> Iterator[Domain]:
        """The domains."""
        groups: dict[Subject, dict[Subject, None]] = {}
        for variable in self._of.variables:
            spoken = (each for each in variable.speaks_of if not isinstance(each, Mine))
            together = dict.fromkeys(spoken)
            for each in [*together]:
                together |= groups.get(each, {})
            groups.update(dict.fromkeys(together, together))
        for group in {id(each): each for each in groups.values()}.values():
            yield self._domain(tuple(each for each in groups if each in group))

    def _domain(self, subjects: tuple[Subject, ...]) -> Domain:
        variables = [each for each in self._of.variables if {*each.speaks_of} & {*subjects}]
        numbers = [number for each in variables for number in each.tests]
        tests = compile_tests(
            [self._of.tests[each] for each in numbers], subjects, self._of.context
        )
        found: dict[tuple[bool | None, ...], tuple[object, ...]] = {}
        pools = self._pools(subjects)
        ready = (map(each.type.ready, pool) for each, pool in zip(subjects, pools, strict=True))
        ways, outcomes = [*product(*pools)], [*map(tests, product(*ready))]
        for place in _at_the_edge(subjects, ways, outcomes):
            found.setdefault(outcomes[place], ways[place])
        columns = {
            number: bits.packed(truths[place] is True for truths in found)
            for place, number in enumerate(numbers)
        }
        alone = len(variables) == 1 and variables[0].subject is not None
        complete = alone and len(found) == self._of.cells(variables[0]).size
        return Domain(subjects, tuple(found.values()), columns, complete)

    def _pools(self, subjects: Sequence[Subject]) -> list[tuple[Any, ...]]:
        """Values of each of *subjects*: no more than can be looked at in all combinations."""
        pools = [self._boundaries.values(each) for each in subjects]
        while prod(map(len, pools)) > _MOST_WAYS:
            longest = max(range(len(pools)), key=lambda place: len(pools[place]))
            pools[longest] = pools[longest][: len(pools[longest]) * 2 // 3]
        return pools


def _at_the_edge(
    subjects: Sequence[Subject], ways: Sequence[Any], outcomes: Sequence[object]
) -> list[int]:
    """The places of *ways*: counts and dates next to where a test turns come first."""
    places = [*range(len(ways))]
    if len(subjects) > 1 or not isinstance(subjects[0].type, CountType | Date):
        return places
    ordered = sorted(places, key=lambda place: ways[place][0])
    beside = [
        (ways[after][0] - ways[before][0], before, after)
        for before, after in pairwise(ordered)
        if outcomes[before] != outcomes[after]
    ]
    edges = [place for _, *both in sorted(beside) for place in both]
    return [*edges, *places]
