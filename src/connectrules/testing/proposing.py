"""Proposes EXAMPLEs that show what others do not: few, and each of few facts."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from random import Random
from typing import Any

import attrs

from connectrules.exact import bits
from connectrules.exact.variables import Variables
from connectrules.policy import Policy
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Subject
from connectrules.schema.types import FactType, OneOf
from connectrules.schema.vocabulary import Fact
from connectrules.testing.cases import Case, Trial, Tried
from connectrules.testing.domains import cells, domains
from connectrules.testing.everybody import Everybody
from connectrules.testing.goals import Aspect, Goal, Shown
from connectrules.testing.search import Failure, Finder, Found
from connectrules.testing.ways import Left, Need, ways_down
from connectrules.verdict import Decision

Side = tuple[Goal, int]
"""A goal, and one of its sides."""

Tell = Callable[[str, int, int], object]
"""Is told what was done to how many gaps, and of how many."""

Needs = Sequence[Need | Left]
"""What has to be so of somebody."""

_SAMPLES: Mapping[str, object] = {
    "yes/no": True,
    "count": 500,
    "number": 1,
    "text": "Leeds",
    "date": datetime.date(2026, 1, 31),
    "list of text": ("craft", "care"),
}
"""What the owner's facts are taken to be where no EXAMPLE says."""

_MOST_FULLER = 8
"""How many times somebody is tried with other facts besides."""

_LARGEST_POOL = 600
"""From how many people EXAMPLEs are chosen."""

_DAY = datetime.date(2026, 1, 31)
"""The day of judging where no EXAMPLE names one."""


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
        self._binding = policy._binding  # noqa: SLF001 - one library, and nobody else's business
        self._trial = Trial(policy)
        self._mine, self._today = standing(policy)
        self._tries: dict[Side, int] = {}

    @cached_property
    def _variables(self) -> Variables:
        known = {fact.key: fact.type.ready(value) for fact, value in self._mine.items()}
        context = Context(known, self._today)
        return Variables(self._policy.rules, self._binding.default, context)

    @cached_property
    def _finder(self) -> Finder:
        """What finds somebody."""
        return Finder(domains(self._variables))

    @cached_property
    def _doubter(self) -> Finder:
        """What finds out that there can be nobody."""
        return Finder(cells(self._variables))

    @cached_property
    def _nothing_known(self) -> Shown:
        """What somebody shows of whom nothing is known."""
        return Shown([self._tried({})])

    def proposed(self, sides: Sequence[Side]) -> Proposals:
        """See `proposed`."""
        found: dict[Side, Failure] = {}
        pool: dict[tuple[tuple[Subject, object], ...], Tried] = {}
        for done, side in enumerate(sides):
            self._tell("looked into", done, len(sides))
            somebody = self._somebody(side)
            if isinstance(somebody, Failure):
                found[side] = somebody
            else:
                key = tuple(somebody.items())
                if key not in pool:
                    pool[key] = self._tried(somebody)
        hopeless = {goal for (goal, _), why in found.items() if why is Failure.NOBODY}
        wanted = [side for side in sides if side not in found and side[0] not in hopeless]
        chosen = self._fewest([*pool.values(), *self._fuller([*pool.values()])], wanted)
        shown = {side for each in chosen for side in each.shows}
        found.update((side, Failure.NOT_FOUND) for side in wanted if side not in shown)
        return Proposals(tuple(chosen), found, {side: self._tries.get(side, 0) for side in found})

    def _tried(self, found: Found) -> Tried:
        return self._trial.tried(Case("", found, self._mine, self._today))

    # Somebody who shows one thing

    def _somebody(self, side: Side) -> Found | Failure:
        """Somebody who shows one side of a goal; the policy decides about them if it can."""
        goal, place = side
        if goal.aspect is Aspect.UNKNOWN:
            return self._unknown(goal)
        tiers = self._tiers(goal, place)
        steps = 0
        several = goal.aspect is Aspect.ALONE and len(tiers[-1]) > 1
        for needs in chain.from_iterable(tiers):
            found = self._finder.find(needs)
            if not isinstance(found, Failure) and not (
                several and not self._does_show(found, side)
            ):
                return found
            steps += self._finder.steps
        self._tries[side] = steps
        if len(tiers[-1]) == 1 and self._doubter.find(tiers[-1][0]) is Failure.NOBODY:
            return Failure.NOBODY
        return self._among_all(goal, place) if goal.aspect is Aspect.ALONE else Failure.NOT_FOUND

    def _does_show(self, found: Found, side: Side) -> bool:
        """Whether somebody shows *side*: turned in several places, a condition may turn nothing."""
        goal, place = side
        return bool(Shown([self._tried(found)]).cases(goal)[place])

    def _among_all(self, goal: Goal, place: int) -> Found | Failure:
        """Somebody for whom a condition decides its rule, if everybody can be looked at."""
        assert goal.root is not None  # noqa: S101 - a condition is a rule's
        assert goal.test is not None  # noqa: S101 - as above
        holds = (place == 0) is not goal.test.denied
        everybody = Everybody(self._finder.domains, goal.root)
        found = everybody.deciding(goal.test, holds=holds)
        self._tries[goal, place] += everybody.size
        if found is not Failure.NOT_FOUND:
            return found
        nobody = Everybody(self._doubter.domains, goal.root).deciding(goal.test, holds=holds)
        return Failure.NOBODY if nobody is Failure.NOBODY else Failure.NOT_FOUND

    def _unknown(self, goal: Goal) -> Found | Failure:
        """Somebody of whom nothing is known; what is assumed is never unknown."""
        return {} if self._nothing_known.cases(goal)[0] else Failure.NOBODY

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

    def _fuller(self, pool: Sequence[Tried]) -> Iterator[Tried]:
        """Those of *pool* with other facts besides, drawn at random: they may show more at once."""
        draw = Random(0)  # noqa: S311 - nothing secret, and always the same ones
        for _ in range(min(_MOST_FULLER, _LARGEST_POOL // (len(pool) + 1))):
            for each in pool:
                facts = dict(each.case.facts)
                for domain in self._finder.domains.domains:
                    if facts.keys().isdisjoint(domain.subjects):
                        facts.update(zip(domain.subjects, draw.choice(domain.ways), strict=True))
                yield self._tried(facts)

    def _fewest(self, pool: Sequence[Tried], wanted: Sequence[Side]) -> list[Proposal]:
        """As few of *pool* as were found to show all that is *wanted*, of the fewest facts."""
        shown = Shown(pool)
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
            less = self._tried(facts)
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


def standing(policy: Policy[Any]) -> tuple[Mapping[Fact, object], datetime.date | None]:
    """An owner and a day: those of the first EXAMPLE that says enough, else samples."""
    binding = policy._binding  # noqa: SLF001 - one library, and nobody else's business
    wanted = [slot.subject for slot in binding.mine if isinstance(slot.subject, Fact)]
    trial = Trial(policy)
    found: dict[Fact, object] = {}
    today = None
    for example in policy.examples:
        case = trial.case(example)
        found = {**case.mine, **found}
        today = today or case.today
    mine = {fact: found.get(fact, _sample(fact.type)) for fact in wanted}
    return mine, (today or _DAY) if policy.needs_today else None


def _sample(kind: FactType) -> object:
    return kind.choices[0] if isinstance(kind, OneOf) else _SAMPLES[kind.name]
