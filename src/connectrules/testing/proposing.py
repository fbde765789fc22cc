"""Proposes EXAMPLEs that show what others do not: few, and each of few facts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from random import Random
from typing import Any

import attrs

from connectrules.exact import bits
from connectrules.exact.variables import Variables
from connectrules.policy import Policy
from connectrules.testing.cases import Case, Trial, Tried
from connectrules.testing.domains import domains
from connectrules.testing.everybody import Everybody
from connectrules.testing.goals import Aspect, Goal, Shown
from connectrules.testing.possible import possible
from connectrules.testing.search import MOST_STEPS, Failure, Finder, Found
from connectrules.testing.standings import Standing, standings
from connectrules.testing.ways import Left, Need, ways_down
from connectrules.verdict import Decision

Side = tuple[Goal, int]
"""A goal, and one of its sides."""

Tell = Callable[[str, int, int], object]
"""Is told what was done to how many gaps, and of how many."""

Needs = Sequence[Need | Left]
"""What has to be so of somebody."""

_MOST_FULLER = 8
"""How many times somebody is tried with other facts besides."""

_LARGEST_POOL = 600
"""From how many people EXAMPLEs are chosen."""

_MOST_ELSEWHERE = 2_000
"""How many steps are taken at most to find somebody for an unusual owner, or on an unusual day."""


@attrs.frozen(eq=False)
class _Somebody:
    """Somebody, for an owner on a day.

    Attributes:
        facts: What is known of them.
        standing: The owner and the day.
    """

    facts: Found
    standing: Standing


@attrs.frozen
class Proposal:
    """An EXAMPLE that is proposed.

    Attributes:
        tried: The case, and what the policy makes of it.
        shows: What it shows and none before it does, by the sides of goals.
    """

    tried: Tried
    shows: tuple[Side, ...]


@attrs.frozen
class Proposals:
    """What would show what is not shown.

    Attributes:
        chosen: The EXAMPLEs, as few as were found to do.
        failures: The sides of goals that nobody can show, or nobody was found to.
        tries: How many steps were taken for each of these.
    """

    chosen: tuple[Proposal, ...]
    failures: Mapping[Side, Failure]
    tries: Mapping[Side, int]


def proposed(policy: Policy[Any], sides: Sequence[Side], tell: Tell | None = None) -> Proposals:
    """EXAMPLEs that show *sides* of the goals of *policy*."""
    return _Proposing(policy, tell or _silent).proposed(sides)


def _silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


class _Proposing:
    def __init__(self, policy: Policy[Any], tell: Tell) -> None:
        self._policy, self._tell = policy, tell
        self._trial = Trial(policy)
        self._usual, *self._unusual = standings(policy)
        self._tries: dict[Side, int] = {}
        self._finders: dict[int, Finder] = {}

    def _finder(self, standing: Standing) -> Finder:
        """What finds somebody for an owner on a day."""
        if id(standing) not in self._finders:
            binding = self._policy._binding  # noqa: SLF001 - one library, and nobody else's business
            of = Variables(self._policy.rules, binding.default, standing.context)
            self._finders[id(standing)] = Finder(domains(of))
        return self._finders[id(standing)]

    @cached_property
    def _doubter(self) -> Finder:
        """What finds out that there can be nobody, whoever the owner is and on whatever day."""
        binding = self._policy._binding  # noqa: SLF001 - as above
        return Finder(possible(self._policy.rules, binding.default))

    @cached_property
    def _nothing_known(self) -> tuple[tuple[_Somebody, Shown], ...]:
        """What somebody shows of whom nothing is known, for the usual owner and one unknown."""
        nobody = Standing({}, self._usual.today)
        strangers = [_Somebody({}, each) for each in (self._usual, nobody)]
        return tuple((each, Shown([self._tried(each)])) for each in strangers)

    def proposed(self, sides: Sequence[Side]) -> Proposals:
        """See `proposed`."""
        failures: dict[Side, Failure] = {}
        people: dict[object, _Somebody] = {}
        for done, side in enumerate(sides):
            self._tell("looked into", done, len(sides))
            somebody = self._somebody(side)
            if isinstance(somebody, Failure):
                failures[side] = somebody
            else:
                key = id(somebody.standing), tuple(somebody.facts.items())
                people.setdefault(key, somebody)
        several = [*people.values()]
        pool = Shown([*map(self._tried, chain(several, self._fuller(several)))])
        for side in [each for each in failures if self._shows(pool, each)]:
            del failures[side]
        hopeless = {goal for (goal, _), why in failures.items() if why is Failure.NOBODY}
        wanted = [side for side in sides if side not in failures and side[0] not in hopeless]
        chosen = self._fewest(pool, wanted)
        shown = {side for each in chosen for side in each.shows}
        failures.update((side, Failure.NOT_FOUND) for side in wanted if side not in shown)
        tries = {side: self._tries.get(side, 0) for side in failures}
        return Proposals(tuple(chosen), failures, tries)

    def _tried(self, somebody: _Somebody) -> Tried:
        standing = somebody.standing
        return self._trial.tried(Case("", somebody.facts, standing.mine, standing.today))

    def _shows(self, shown: Shown, side: Side) -> bool:
        goal, place = side
        return bool(shown.cases(goal)[place])

    # Somebody who shows one thing

    def _somebody(self, side: Side) -> _Somebody | Failure:
        """Somebody who shows one side of a goal; the policy decides about them if it can."""
        goal, _ = side
        if goal.aspect is Aspect.UNKNOWN:
            return self._unknown(side)
        self._tries[side] = 0
        tiers = self._tiers(*side)
        found = self._for(self._usual, side, tiers, MOST_STEPS)
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

    def _for(
        self, standing: Standing, side: Side, tiers: Sequence[Sequence[Needs]], most: int
    ) -> _Somebody | None:
        """Somebody who shows *side*, for an owner on a day, if anybody is found."""
        goal, _ = side
        finder = self._finder(standing)
        several = goal.aspect is Aspect.ALONE and len(tiers[-1]) > 1
        for needs in chain.from_iterable(tiers):
            facts = finder.find(needs, most)
            if not isinstance(facts, Failure):
                found = _Somebody(facts, standing)
                # Turned in several places, a condition may turn nothing.
                if not several or self._shows(Shown([self._tried(found)]), side):
                    return found
            self._tries[side] += finder.steps
        if goal.aspect is not Aspect.ALONE:
            return None
        everybody, facts = self._among_all(finder, side)
        self._tries[side] += everybody
        return None if isinstance(facts, Failure) else _Somebody(facts, standing)

    def _is_nobody(self, side: Side, tiers: Sequence[Sequence[Needs]]) -> bool:
        """Whether nobody can show *side*, whoever the owner is and on whatever day."""
        if len(tiers[-1]) == 1 and self._doubter.find(tiers[-1][0]) is Failure.NOBODY:
            return True
        if side[0].aspect is not Aspect.ALONE:
            return False
        _, found = self._among_all(self._doubter, side)
        return found is Failure.NOBODY

    def _among_all(self, finder: Finder, side: Side) -> tuple[int, Found | Failure]:
        """Of how many is somebody for whom a condition decides its rule, if all can be seen."""
        goal, place = side
        assert goal.root is not None  # noqa: S101 - a condition is a rule's
        assert goal.test is not None  # noqa: S101 - as above
        everybody = Everybody(finder.domains, goal.root)
        holds = (place == 0) is not goal.test.denied
        return everybody.size, everybody.deciding(goal.test, holds=holds)

    def _unknown(self, side: Side) -> _Somebody | Failure:
        """Somebody of whom nothing is known; what is assumed is never unknown."""
        strangers = (each for each, shown in self._nothing_known if self._shows(shown, side))
        return next(strangers, Failure.NOBODY)

    def _tiers(self, goal: Goal, place: int) -> Sequence[Sequence[Needs]]:
        """What has to be so of somebody who shows a side of *goal*, in one way or another.

        First comes what is clearest, where no other rule holds, and last what must be so.
        """
        rules = self._policy.rules
        others = [Need(each.condition, holds=False) for each in rules if each.name != goal.rule]
        if goal.root is None:
            return [[others]]
        stronger = self._stronger(goal.rule)
        if goal.test is None:
            applies = Need(goal.root, holds=True)
            return [[[applies, *others]], [[applies, *stronger]]]
        holds = (place == 0 and goal.aspect is not Aspect.FAILS) is not goal.test.denied
        itself = Need(goal.test, holds)
        if goal.aspect is not Aspect.ALONE:
            return [[[itself, *others]], [[itself]]]
        ways = [*ways_down(goal.root, goal.test)]
        return [[[*way, itself, *beside] for way in ways] for beside in (others, stronger, [])]

    def _stronger(self, name: str) -> list[Need]:
        """That the rules do not hold that beat the one called *name*."""
        order = (Decision.DECLINE, Decision.REVIEW, Decision.CONNECT)
        kind = next(each.decision for each in self._policy.rules if each.name == name)
        beating = order[: order.index(kind)]
        return [
            Need(each.condition, holds=False)
            for each in self._policy.rules
            if each.decision in beating
        ]

    # As few as do

    def _fuller(self, people: Sequence[_Somebody]) -> Iterator[_Somebody]:
        """*people* with other facts besides, drawn at random: they may show more at once."""
        draw = Random(0)  # noqa: S311 - nothing secret, and always the same ones
        for _ in range(min(_MOST_FULLER, _LARGEST_POOL // (len(people) + 1))):
            for each in people:
                facts = dict(each.facts)
                for domain in self._finder(each.standing).domains.domains:
                    if facts.keys().isdisjoint(domain.subjects):
                        facts.update(zip(domain.subjects, draw.choice(domain.ways), strict=True))
                yield attrs.evolve(each, facts=facts)

    def _fewest(self, shown: Shown, wanted: Sequence[Side]) -> list[Proposal]:
        """As few people as were found to show all that is *wanted*, of the fewest facts."""
        pool = shown.tried
        where = {side: shown.cases(side[0])[side[1]] for side in wanted}
        chosen = _covering([each for each in where.values() if each], len(pool))
        barer: list[Tried] = []
        told: set[Side] = set()
        waiting = sorted(chosen, key=lambda each: _rank(pool[each]))
        while waiting:
            place = waiting.pop(0)
            rest = sum(1 << each for each in waiting)
            only = [
                side
                for side, cases in where.items()
                if cases >> place & 1 and side not in told and not cases & rest
            ]
            barer.append(self._barer(pool[place], only))
            others = (side for side, cases in where.items() if cases & rest and side not in told)
            told.update(self._showing(barer[-1], others))
            self._tell("filled", sum(1 for cases in where.values() if not cases & rest), len(where))
        return [*self._in_order(barer, wanted)]

    def _in_order(self, tried: Sequence[Tried], wanted: Sequence[Side]) -> Iterator[Proposal]:
        """Proposals in the order of what they are the first to show."""
        shown = Shown(tried)
        left = {side: shown.cases(side[0])[side[1]] for side in wanted}
        for side in wanted:
            cases = left.get(side, 0)
            if cases:
                first = (cases & -cases).bit_length() - 1
                new = tuple(each for each, others in left.items() if others >> first & 1)
                yield Proposal(tried[first], new)
                for each in new:
                    del left[each]

    def _barer(self, tried: Tried, shows: Sequence[Side]) -> Tried:
        """*tried* without the facts that neither the verdict nor what it *shows* hangs on."""
        for subject in reversed([*tried.case.facts]):
            facts = {each: value for each, value in tried.case.facts.items() if each != subject}
            less = self._trial.tried(attrs.evolve(tried.case, facts=facts))
            if less.verdict.decision is tried.verdict.decision and (
                less.verdict.rules == tried.verdict.rules
                and {*shows} <= {*self._showing(less, shows)}
            ):
                tried = less
        return tried

    def _showing(self, tried: Tried, sides: Iterable[Side]) -> Iterator[Side]:
        shown = Shown([tried])
        return (side for side in sides if shown.cases(side[0])[side[1]])


def _rank(tried: Tried) -> tuple[bool, int]:
    return tried.verdict.decision is Decision.UNDECIDED, len(tried.case.facts)


def _covering(sets: Sequence[int], size: int) -> list[int]:
    """A few places of *size* of which each of *sets* has one; the rarest come first."""
    chosen: list[int] = []
    left = [*sets]
    worth = {each: 1 / each.bit_count() for each in sets}
    while left:
        counts = [sum(worth[each] for each in left if each >> place & 1) for place in range(size)]
        best = max(range(size), key=counts.__getitem__)
        chosen.append(best)
        left = [each for each in left if not each >> best & 1]
    for place in [*chosen]:
        others = bits.full(size) & sum(1 << each for each in chosen if each != place)
        if all(each & others for each in sets):
            chosen.remove(place)
    return chosen
