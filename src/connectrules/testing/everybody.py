"""Everybody at once: all the ways in which the facts of a condition can be, where these are few."""

from collections.abc import Iterator
from math import prod

from connectrules.exact import bits
from connectrules.exact.reach import Rails
from connectrules.rules.tree import Condition, Subject, Test
from connectrules.testing.domains import Domains
from connectrules.testing.search import Failure, Found
from connectrules.testing.seen import Seen, tests_of

_MOST = 1 << 16
"""Up to so many ways are looked at."""


class Everybody:
    """All ways in which the facts that a condition speaks of can be together.

    Args:
        domains: The ways in which the facts can be.
        root: The condition.
    """

    def __init__(self, domains: Domains, root: Condition) -> None:
        self._root = root
        self._all = domains.domains
        tests = {id(test): domains.number[id(test)] for test in tests_of(root)}
        self._places = sorted({domains.domain_of[number] for number in tests.values()})
        self.size = prod(len(self._all[place].ways) for place in self._places)
        self._strides: dict[int, int] = {}
        stride = 1
        for place in self._places:
            self._strides[place] = stride
            stride *= len(self._all[place].ways)
        self._tests = {test: (number, domains.domain_of[number]) for test, number in tests.items()}

    def deciding(self, test: Test, *, holds: bool) -> Found | Failure:
        """Somebody for whom *test* alone decides the condition, and who has it so.

        Args:
            test: A test of the condition.
            holds: Whether the test holds for them.
        """
        if self.size > _MOST:
            return Failure.NOT_FOUND
        seen = self._seen()
        mine = seen.leaves[id(test)]
        found = seen.turning(self._root, test) & (mine.true if holds else mine.false)
        if found:
            return self._person((found & -found).bit_length() - 1)
        complete = all(self._all[place].complete for place in self._places)
        return Failure.NOBODY if complete else Failure.NOT_FOUND

    def _seen(self) -> Seen:
        everything = bits.full(self.size)
        leaves = {}
        for test, (number, place) in self._tests.items():
            domain = self._all[place]
            base, stride = len(domain.ways), self._strides[place]
            true = bits.spread(domain.columns[number], base, stride, self.size)
            leaves[test] = Rails(true, everything ^ true)
        return Seen(self.size, leaves)

    def _person(self, bit: int) -> Found:
        return dict(pair for place in self._places for pair in self._way(place, bit))

    def _way(self, place: int, bit: int) -> Iterator[tuple[Subject, object]]:
        domain = self._all[place]
        way = domain.ways[bit // self._strides[place] % len(domain.ways)]
        return zip(domain.subjects, way, strict=True)
