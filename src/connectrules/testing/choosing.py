"""Chooses of many people few that show all there is to be shown, and leaves facts out."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress

import attrs

from connectrules.exact import bits
from connectrules.exact.variables import BoundRule
from connectrules.testing.cases import Tried
from connectrules.testing.everybody import Everybody, stronger, unbeaten
from connectrules.testing.goals import Aspect, Goal, Shown
from connectrules.testing.merging import Merging
from connectrules.testing.parting import Parting
from connectrules.testing.seen import Seen, Trees
from connectrules.testing.smallest import Groups, at_least, fewest, narrowed
from connectrules.testing.somebody import Looking, Side, Somebody, shows
from connectrules.testing.standings import Standing
from connectrules.verdict import Decision

Tell = Callable[[str, int, int], object]
"""Is told what was done to how many gaps, and of how many."""

_MOST_LOOKED_AT = 12
"""Among how many people somebody is chosen of whom few facts need be known."""

_MOST_FACTS = 100
"""Of how many facts of theirs it is looked, for that, whether they need be known."""


@attrs.frozen
class Chosen:
    """People who show together all there is to be shown.

    Attributes:
        tried: The people, and what the policy makes of them.
        at_least: How many it takes at least.
    """

    tried: tuple[Tried, ...]
    at_least: int


@attrs.frozen(eq=False)
class _Crowd:
    """Some people.

    Attributes:
        size: How many they are.
        seen: How conditions come out for them.
        cases: Who shows a goal, as bits, for each of its sides.
        tried: Somebody of them, by their bit, and what the policy makes of them.
    """

    size: int
    seen: Seen
    cases: Callable[[Goal], tuple[int, ...]]
    tried: Callable[[int], Tried]


class Choosing:
    """Chooses people.

    Args:
        rules: The policy's rules.
        looking: What knows who there can be.
        tell: What is told how far it is.
    """

    def __init__(self, rules: Sequence[BoundRule], looking: Looking, tell: Tell) -> None:
        self._rules, self._looking, self._tell = rules, looking, tell
        self._trees = Trees()

    def chosen(self, pool: Shown, wanted: Sequence[Side]) -> Chosen:
        """As few people as can be, or as were found, who show all that is *wanted*.

        Args:
            pool: Some people who show it together.
            wanted: What is to be shown.
        """
        everybody = Everybody(self._looking.doubter.domains, self._looking.conditions)
        merged: list[Tried] = []
        if everybody.are_few:
            low = self._at_least(everybody, wanted)
        else:
            apart, low = Parting(self._looking, pool, wanted).found(self._rules)
            people = Merging(self._looking, pool, wanted).merged(apart, low)
            merged = [*map(self._looking.tried, people)]
            pool = Shown([*pool.tried, *merged])
        usual, every = [*self._usual(pool)], self._looking.standings
        found = self._among(pool, wanted, low, usual, len(merged))
        if len(found.groups) > low and len(usual) < len(every):
            others = self._among(pool, wanted, low, every, len(merged))
            found = min(found, others, key=lambda each: len(each.groups))
        groups = narrowed([*found.where.values()], found.clear, found.groups)
        return Chosen(tuple(self._picked(found, groups)), low)

    def _at_least(self, everybody: Everybody, wanted: Sequence[Side]) -> int:
        """How many people it takes at least, of everybody there may be.

        To know less of somebody shows no more, but that something is not known.
        """
        cases = {
            side: everybody.showing(side[0], self._rules)[side[1]]
            for side in wanted
            if side[0].aspect is not Aspect.UNKNOWN
        }
        return at_least([*cases.values()])

    # Whom to choose from

    def _usual(self, pool: Shown) -> Iterator[Standing]:
        """The usual owner and day, and others for which somebody is in the *pool*."""
        there = [(each.case.mine, each.case.today) for each in pool.tried]
        for each in self._looking.standings:
            if each is self._looking.usual or (each.mine, each.today) in there:
                yield each

    def _among(
        self,
        pool: Shown,
        wanted: Sequence[Side],
        low: int,
        standings: Iterable[Standing],
        good: int,
    ) -> "_Found":
        """The fewest of *pool*, and of everybody for some owners and days.

        Args:
            pool: Some people.
            wanted: What is to be shown.
            low: How few people are few enough.
            standings: The owners and days.
            good: How many of the last of the *pool* show much together.
        """
        crowds = [*self._crowds(standings), _crowd_of(pool)]
        where: dict[Side, int] = dict.fromkeys(wanted, 0)
        clear: dict[Side, int] = dict.fromkeys(wanted, 0)
        offset = 0
        for crowd in crowds:
            unmasked = {
                name: unbeaten(crowd.seen, stronger(name, self._rules))
                for name in {goal.rule for goal, _ in wanted if goal.root is not None}
            }
            for side in wanted:
                goal, place = side
                cases = crowd.cases(goal)[place]
                where[side] |= cases << offset
                clear[side] |= (cases & unmasked.get(goal.rule, -1)) << offset
            offset += crowd.size
        shown = {side: cases for side, cases in where.items() if cases}
        first = [1 << place for place in range(offset - good, offset)]
        groups = fewest([*shown.values()], low, first=first)
        return _Found(groups, shown, [clear[side] for side in shown], tuple(crowds))

    def _crowds(self, standings: Iterable[Standing]) -> Iterator[_Crowd]:
        """Everybody for each of *standings*, so long as these are few."""
        total = 0
        for standing in standings:
            everybody = Everybody(self._looking.domains(standing), self._looking.conditions)
            total += everybody.size
            if not everybody.are_few_of(total):
                return
            yield self._crowd(everybody, standing)

    def _crowd(self, everybody: Everybody, standing: Standing) -> _Crowd:
        return _Crowd(
            everybody.size,
            everybody.seen,
            lambda goal: everybody.showing(goal, self._rules),
            lambda bit: self._looking.tried(Somebody(everybody.person(bit), standing)),
        )

    # What to know of them

    def _picked(self, found: "_Found", groups: Sequence[int]) -> Iterator[Tried]:
        """One of each group, of whom few facts need be known."""
        told: set[Side] = set()
        waiting = sorted(groups, key=int.bit_count)
        while waiting:
            group = waiting.pop(0)
            only = [
                side
                for side, cases in found.where.items()
                if not group & ~cases
                and side not in told
                and all(other & ~cases for other in waiting)
            ]
            candidates = [self._barer(each, only) for each in found.some_of(group)]
            chosen = min(candidates, key=_rank)
            yield chosen
            told.update(compress(found.where, self._showing(chosen, found.where)))
            self._tell("filled", len(told), len(found.where))

    def _barer(self, tried: Tried, showing: Sequence[Side]) -> Tried:
        """*tried* without the facts that neither the verdict nor *showing* something hangs on.

        Of a great many facts these are tried a few at a time.
        """
        subjects = [*tried.case.facts]
        size = len(subjects)
        fewest_at_once = size // _MOST_FACTS
        while size > fewest_at_once:
            for start in reversed(range(0, len(subjects), size)):
                those = subjects[start : start + size]
                less = self._looking.without(tried, those)
                if less.verdict.decision is tried.verdict.decision and (
                    less.verdict.rules == tried.verdict.rules and all(self._showing(less, showing))
                ):
                    tried = less
                    del subjects[start : start + size]
            size //= 2
        return tried

    def _showing(self, tried: Tried, sides: Iterable[Side]) -> Iterator[bool]:
        """Whether somebody shows each of *sides*."""
        shown = Shown([tried], self._trees)
        return (shows(shown, side) for side in sides)


@attrs.frozen(eq=False)
class _Found:
    """What was found among some people.

    Attributes:
        groups: Groups of them; one of each is enough.
        where: Who shows a side of a goal.
        clear: Who shows each of these where no stronger rule stands above it.
        crowds: The people.
    """

    groups: Groups
    where: Mapping[Side, int]
    clear: Sequence[int]
    crowds: tuple[_Crowd, ...]

    def some_of(self, group: int) -> Iterator[Tried]:
        """A few of a *group*, the first ones and the last; fewer of those with many facts."""
        places = [*bits.places(group)]
        first = self._person(places[-1])
        half = min(_MOST_LOOKED_AT, _MOST_FACTS // (len(first.case.facts) + 1)) // 2
        yield first
        others = places[:-1]
        for place in reversed(others if len(others) < half * 2 else _ends(others, half)):
            yield self._person(place)

    def _person(self, place: int) -> Tried:
        for crowd in self.crowds:
            if place < crowd.size:
                return crowd.tried(place)
            place -= crowd.size
        raise AssertionError  # a bit beyond all crowds


def _ends(places: Sequence[int], many: int) -> Sequence[int]:
    """So *many* of the first and of the last."""
    return [*places[:many], *places[len(places) - many :]]


def _crowd_of(pool: Shown) -> _Crowd:
    return _Crowd(len(pool.tried), pool.seen, pool.cases, pool.tried.__getitem__)


def _rank(tried: Tried) -> tuple[bool, int]:
    return tried.verdict.decision is Decision.UNDECIDED, len(tried.case.facts)
