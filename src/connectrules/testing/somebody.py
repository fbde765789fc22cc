"""Looks for somebody who shows one thing of a policy, for one owner and day or another."""

from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import chain
from typing import Any

import attrs

from connectrules.exact.variables import Variables
from connectrules.policy import Policy
from connectrules.rules.tree import Condition, Subject
from connectrules.testing.cases import Case, Trial, Tried
from connectrules.testing.domains import Domains, domains
from connectrules.testing.everybody import Everybody, stronger
from connectrules.testing.goals import Aspect, Goal, Shown
from connectrules.testing.possible import possible
from connectrules.testing.search import MOST_STEPS, Failure, Finder, Found
from connectrules.testing.standings import Standing, standings
from connectrules.testing.ways import Left, Need, ways_down

Side = tuple[Goal, int]
"""A goal, and one of its sides."""

Needs = Sequence[Need | Left]
"""What has to be so of somebody."""

_MOST_ELSEWHERE = 2_000
"""How many steps are taken at most to find somebody for an unusual owner, or on an unusual day."""

_MOST_IN_ALL = 2 * MOST_STEPS
"""How many steps are taken for whatever is hard to find; what comes later takes few each."""

_MOST_NEEDS = 400_000
"""The same of a large policy: so many steps, for all its rules and conditions together."""

_FEWEST = 100
"""How many steps may be taken for somebody however many were taken before."""


@attrs.frozen(eq=False)
class Somebody:
    """Somebody, for an owner on a day.

    Attributes:
        facts: What is known of them.
        standing: The owner and the day.
    """

    facts: Found
    standing: Standing


class Looking:
    """Looks for somebody of whom a policy's goals are to be seen.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy[Any]) -> None:
        self._policy = policy
        self._trial = Trial(policy)
        self.usual, *self._unusual = standings(policy)
        self.tries: dict[Side, int] = {}
        """How many steps were taken for what was looked for."""
        self._finders: dict[int, Finder] = {}
        self._ways: dict[Side, int] = {}
        conditions = len(policy.rules) + len(policy._binding.tests)  # noqa: SLF001 - one library
        self._enough = min(_MOST_IN_ALL, _MOST_NEEDS // conditions)
        self._left = self._enough

    @property
    def is_spent(self) -> bool:
        """Whether so many steps were taken that only few are taken for anything else."""
        return self._left < self._enough // 4

    @property
    def standings(self) -> tuple[Standing, ...]:
        """Owners and days for which people are looked for, the usual one first."""
        return self.usual, *self._unusual

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions of the policy's rules."""
        return tuple(each.condition for each in self._policy.rules)

    def domains(self, standing: Standing) -> Domains:
        """The ways in which facts can be, for an owner on a day."""
        return self.finder(standing).domains

    def finder(self, standing: Standing) -> Finder:
        """What finds somebody for an owner on a day."""
        if id(standing) not in self._finders:
            binding = self._policy._binding  # noqa: SLF001 - one library, and nobody else's business
            of = Variables(self._policy.rules, binding.default, standing.context)
            self._finders[id(standing)] = Finder(domains(of))
        return self._finders[id(standing)]

    @cached_property
    def doubter(self) -> Finder:
        """What finds out that there can be nobody, whoever the owner is and on whatever day."""
        binding = self._policy._binding  # noqa: SLF001 - as above
        return Finder(possible(self._policy.rules, binding.default))

    @cached_property
    def _nothing_known(self) -> tuple[tuple[Somebody, Shown], ...]:
        """What somebody shows of whom nothing is known, for the usual owner and one unknown."""
        nobody = Standing({}, self.usual.today)
        strangers = [Somebody({}, each) for each in (self.usual, nobody)]
        return tuple((each, Shown([self.tried(each)])) for each in strangers)

    def tried(self, somebody: Somebody) -> Tried:
        """What the policy makes of *somebody*."""
        standing = somebody.standing
        return self._trial.tried(Case("", somebody.facts, standing.mine, standing.today))

    def without(self, tried: Tried, subjects: Collection[Subject]) -> Tried:
        """What the policy makes of somebody *tried* of whom some facts are not known."""
        facts = {each: value for each, value in tried.case.facts.items() if each not in subjects}
        return self._trial.tried(attrs.evolve(tried.case, facts=facts))

    def somebody(self, side: Side) -> Somebody | Failure:
        """Somebody who shows one side of a goal; the policy decides about them if it can."""
        goal, _ = side
        if goal.aspect is Aspect.UNKNOWN:
            return self._unknown(side)
        self.tries[side] = 0
        tiers = self._tiers(*side)
        found = self._for(self.usual, side, tiers, MOST_STEPS)
        if found is not None:
            return found
        if self._is_nobody(side, tiers):
            return Failure.NOBODY
        for standing in self._unusual:
            found = self._for(standing, side, tiers, _MOST_ELSEWHERE)
            if found is not None:
                # The next is looked for there first, so that EXAMPLEs have few owners and days.
                self._unusual.remove(standing)
                self._unusual.insert(0, standing)
                return found
        return Failure.NOT_FOUND

    def needs(self, side: Side) -> Needs:
        """What must be so of whoever shows one side of a goal."""
        *_, must = self._tiers(*side)
        # Turned in several places, it may turn its rule though none of them is left to it.
        return must[0] if len(must) == 1 else must[0][-1:]

    def way(self, side: Side) -> Needs | None:
        """By what somebody may show one side of a goal, where that is known."""
        *_, must = self._tiers(*side)
        place = self._ways.get(side, 0 if len(must) == 1 else None)
        return None if place is None else must[place]

    def _for(
        self, standing: Standing, side: Side, tiers: Sequence[Sequence[Needs]], most: int
    ) -> Somebody | None:
        """Somebody who shows *side*, for an owner on a day, if anybody is found."""
        goal, _ = side
        finder = self.finder(standing)
        several = goal.aspect is Aspect.ALONE and len(tiers[-1]) > 1
        left = min(most, max(_FEWEST, self._left)) * len(tiers)
        for place, needs in chain.from_iterable(map(enumerate, tiers)):
            facts = self._found(finder, needs, min(most, left))
            left -= finder.steps
            if not isinstance(facts, Failure):
                found = Somebody(facts, standing)
                # Turned in several places, a condition may turn nothing.
                if not several or shows(Shown([self.tried(found)]), side):
                    if standing is self.usual:
                        self._ways[side] = place
                    return found
            self.tries[side] += finder.steps
        if goal.aspect is not Aspect.ALONE:
            return None
        everybody, facts = self._among_all(finder, side)
        self.tries[side] += everybody
        return None if isinstance(facts, Failure) else Somebody(facts, standing)

    def _found(self, finder: Finder, needs: Needs, most: int = MOST_STEPS) -> Found | Failure:
        """Somebody for whom *needs* are met; the fewer steps are left, the fewer are taken."""
        facts = finder.find(needs, min(most, max(_FEWEST, self._left // 2)))
        self._left -= finder.steps
        return facts

    def _is_nobody(self, side: Side, tiers: Sequence[Sequence[Needs]]) -> bool:
        """Whether nobody can show *side*, whoever the owner is and on whatever day."""
        if len(tiers[-1]) == 1 and self._found(self.doubter, tiers[-1][0]) is Failure.NOBODY:
            return True
        if side[0].aspect is not Aspect.ALONE:
            return False
        _, found = self._among_all(self.doubter, side)
        return found is Failure.NOBODY

    def _among_all(self, finder: Finder, side: Side) -> tuple[int, Found | Failure]:
        """Of how many is somebody for whom a condition decides its rule, if all can be seen."""
        goal, place = side
        assert goal.root is not None  # noqa: S101 - a condition is a rule's
        assert goal.test is not None  # noqa: S101 - as above
        everybody = Everybody(finder.domains, [goal.root])
        holds = (place == 0) is not goal.test.denied
        return everybody.size, everybody.deciding(goal.root, goal.test, holds=holds)

    def _unknown(self, side: Side) -> Somebody | Failure:
        """Somebody of whom nothing is known; what is assumed is never unknown."""
        strangers = (each for each, shown in self._nothing_known if shows(shown, side))
        return next(strangers, Failure.NOBODY)

    def _tiers(self, goal: Goal, place: int) -> Sequence[Sequence[Needs]]:
        """What has to be so of somebody who shows a side of *goal*, in one way or another.

        First comes what is clearest, where no other rule holds, and last what must be so.
        """
        rules = self._policy.rules
        others = [Need(each.condition, holds=False) for each in rules if each.name != goal.rule]
        if goal.root is None:
            return [[others]]
        beating = [Need(each, holds=False) for each in stronger(goal.rule, rules)]
        if goal.test is None:
            applies = Need(goal.root, holds=True)
            return [[[applies, *others]], [[applies, *beating]]]
        holds = (place == 0 and goal.aspect is not Aspect.FAILS) is not goal.test.denied
        itself = Need(goal.test, holds)
        if goal.aspect is not Aspect.ALONE:
            return [[[itself, *others]], [[itself]]]
        ways = [*ways_down(goal.root, goal.test)]
        return [[[*way, *beside, itself] for way in ways] for beside in (others, beating, [])]


def shows(shown: Shown, side: Side) -> bool:
    """Whether one of the cases shows one side of a goal."""
    goal, place = side
    return bool(shown.cases(goal)[place])
