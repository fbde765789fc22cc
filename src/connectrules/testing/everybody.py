"""Everybody at once: all the ways in which the facts of conditions can be, where these are few."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from math import prod

from connectrules.exact import bits
from connectrules.exact.reach import Rails
from connectrules.exact.variables import ORDER, BoundRule
from connectrules.rules.tree import Condition, Subject, Test
from connectrules.testing.domains import Domains
from connectrules.testing.goals import Goal, sides_of
from connectrules.testing.search import Failure, Found
from connectrules.testing.seen import Seen, tests_of

_MOST = 1 << 18
"""Up to so many ways are looked at."""


class Everybody:
    """All ways in which the facts that conditions speak of can be together.

    Args:
        domains: The ways in which the facts can be.
        conditions: The conditions.
    """

    def __init__(self, domains: Domains, conditions: Iterable[Condition]) -> None:
        self._all = domains.domains
        tests = {
            id(test): domains.number[id(test)] for each in conditions for test in tests_of(each)
        }
        self._places = sorted({domains.domain_of[number] for number in tests.values()})
        self.size = prod(len(self._all[place].ways) for place in self._places)
        """How many there are."""
        self._strides: dict[int, int] = {}
        stride = 1
        for place in self._places:
            self._strides[place] = stride
            stride *= len(self._all[place].ways)
        self._tests = {test: (number, domains.domain_of[number]) for test, number in tests.items()}

    @property
    def are_few(self) -> bool:
        """Whether they can be looked at."""
        return self.are_few_of(self.size)

    def are_few_of(self, total: int) -> bool:
        """Whether so many in *total* can be looked at."""
        return total <= _MOST

    def deciding(self, root: Condition, test: Test, *, holds: bool) -> Found | Failure:
        """Somebody for whom *test* alone decides a condition, and who has it so.

        Args:
            root: The condition.
            test: A test of it.
            holds: Whether the test holds for them.
        """
        if not self.are_few:
            return Failure.NOT_FOUND
        mine = self.seen.leaves[id(test)]
        found = self.seen.turning(root, test) & (mine.true if holds else mine.false)
        if found:
            return self.person((found & -found).bit_length() - 1)
        complete = all(self._all[place].complete for place in self._places)
        return Failure.NOBODY if complete else Failure.NOT_FOUND

    @cached_property
    def seen(self) -> Seen:
        """How the conditions come out for each."""
        everything = bits.full(self.size)
        leaves = {}
        for test, (number, place) in self._tests.items():
            domain = self._all[place]
            base, stride = len(domain.ways), self._strides[place]
            true = bits.spread(domain.columns[number], base, stride, self.size)
            leaves[test] = Rails(true, everything ^ true)
        return Seen(self.size, leaves)

    def showing(self, goal: Goal, rules: Sequence[BoundRule]) -> tuple[int, ...]:
        """Who shows *goal* of a policy's *rules*, as bits, for each side: of a pair, yes first."""
        return sides_of(goal, self.seen, lambda which: self._decided(which, rules))

    def _decided(self, goal: Goal, rules: Sequence[BoundRule]) -> int:
        if goal.root is None:
            return unbeaten(self.seen, [each.condition for each in rules])
        free = unbeaten(self.seen, stronger(goal.rule, rules))
        return free & self.seen.rails(goal.root).surely_true

    def person(self, bit: int) -> Found:
        """Somebody, by their bit."""
        return dict(pair for place in self._places for pair in self._way(place, bit))

    def _way(self, place: int, bit: int) -> Iterator[tuple[Subject, object]]:
        domain = self._all[place]
        way = domain.ways[bit // self._strides[place] % len(domain.ways)]
        return zip(domain.subjects, way, strict=True)


def unbeaten(seen: Seen, conditions: Iterable[Condition]) -> int:
    """For whom none of *conditions* can hold, as bits."""
    found = seen.everything
    for each in conditions:
        found &= seen.rails(each).surely_false
    return found


def stronger(name: str, rules: Sequence[BoundRule]) -> list[Condition]:
    """The conditions of the *rules* that beat the one called *name*."""
    kind = next(each.decision for each in rules if each.name == name)
    beating = ORDER[: ORDER.index(kind)]
    return [each.condition for each in rules if each.decision in beating]
