"""The fewest choices that bring a decision, whatever is still unknown.

What a way costs is bounded from below by adding up over the tree: exact where no
fact is shared, and elsewhere with the cost of a fact shared out among the places
that ask for it. The numbers of changes are tried from that bound on. Of each, the
choices that no way of so few can make are left out, and all sets of the others are
decided about at once; where there are too many, one choice is made or ruled out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from math import ceil, comb, inf

import attrs

from connectrules.exact import bits
from connectrules.exact.fillings import Pattern
from connectrules.explain.least.certainty import Certainty, Filling, GaveUp
from connectrules.explain.least.choices import Choice, changed, undominated
from connectrules.explain.least.derivations import Derivations
from connectrules.explain.least.goal import WHOLE, Tree
from connectrules.explain.least.subsets import subsets
from connectrules.verdict import Decision

_MOST_WORLDS = 6_000_000
"""Sets of choices times choices that are decided about at once: bits that are held for it."""

_MOST_WORK = 300_000_000
"""Worlds times nodes that are looked at before it is given up ..."""

_A_STEP, _FEW_STEPS = 100_000, 10
"""... and as how many worlds what is done before counts, of which so much is always done."""

_TRIED, _BRANCHES, _MOST_STEPS = 8, 3, 60
"""So many ways are made up by one choice at a time, of so many that seem best, in so many steps."""

_LARGE = 4_000
"""In a tree of more nodes than an eighth of these, fewer ways are tried: each takes its time."""

_MOST_WAYS = 1_000

Way = tuple[Choice, ...]


@attrs.frozen
class Found:
    """The fewest choices that bring a decision.

    Attributes:
        ways: The sets of choices; empty where there are none.
        fewest: Whether it is certain that fewer do not, or where there are none, that
            nothing does.
        complete: Whether these are all of the fewest.
    """

    ways: tuple[Way, ...]
    fewest: bool = True
    complete: bool = True


@attrs.define
class Search:
    """Searches for one decision of one policy.

    Attributes:
        tree: What has to hold.
        decision: The decision.
        certainty: What decides about patterns.
        most: For each group how often one way may use its tests, at most.
    """

    tree: Tree
    decision: Decision
    certainty: Certainty
    most: Mapping[int, int]
    _work: int = 0
    _steps: int = 0

    def fewest(
        self,
        pattern: Pattern,
        choices: Mapping[int, Sequence[Choice]],
        rank: Callable[[Choice], int],
        limit: int,
    ) -> Found:
        """The fewest changes that bring the decision about.

        Args:
            pattern: How the tests come out as it is.
            choices: What can be changed, by its group.
            rank: What ways are ranked by where not all are told.
            limit: How many are told where no fact is shared.
        """
        able = {
            group: found
            for group, each in choices.items()
            if (found := undominated(each, pattern, self.tree.polarity))
        }
        self._work = 0
        costs = self._costs(pattern, able, None)
        inside = self.tree.inside(*costs)
        least = inside[0][-1]
        if least == inf:
            return Found(())
        if self._is_apart(pattern, able):
            derived = Derivations(self.tree, inside, _leaves(able, self.tree), rank, limit).best()
            if derived:
                return Found(tuple(derived), complete=len(derived) < limit)
        least = max(least, self._least(pattern, able))
        if least == inf:
            return Found(())
        some: list[Way] | None = None
        for count in range(max(ceil(least / WHOLE), 1), self._largest(able) + 1):
            if some is None and self._are_many(count, pattern, able):
                some = self._some(pattern, able, rank)
            if some and _cost(some[0]) == count:
                return Found(tuple(some), complete=False)
            try:
                ways = self._ways(count, pattern, able, least)
            except GaveUp:
                some = self._some(pattern, able, rank) if some is None else some
                sure = bool(some) and _cost(some[0]) <= count
                return Found(tuple(some), fewest=sure, complete=False)
            if ways:
                return Found(tuple(ways[:_MOST_WAYS]), complete=len(ways) <= _MOST_WAYS)
        return Found(())

    def _is_apart(self, pattern: Pattern, able: Mapping[int, Sequence[Choice]]) -> bool:
        """Whether no way makes two uses of one fact, so that what the tree says is exact."""
        open_ = self.certainty.open(pattern)
        asked = any(number in self.tree.polarity for each in open_ for number in each.tests)
        return not asked and all(self.most.get(group, 0) <= 1 for group in able)

    def _largest(self, able: Mapping[int, Sequence[Choice]]) -> int:
        return sum(max(choice.cost for choice in each) for each in able.values())

    # What it costs at least

    def _costs(
        self, pattern: Pattern, able: Mapping[int, Sequence[Choice]], filling: Filling | None
    ) -> tuple[list[float], list[float]]:
        """What it costs at least to make each test true, and to make it false.

        Args:
            pattern: How the tests come out as it is.
            able: What can be changed.
            filling: How those come out that have to be filled in; None for either way
                at no cost.
        """
        true: list[float] = [0 if truth else inf for truth in pattern]
        false: list[float] = [0 if truth is False else inf for truth in pattern]
        for group, choices in able.items():
            share = WHOLE // self.most.get(group, 1)
            for choice in choices:
                cost = share * choice.cost
                for number, truth in choice.sets:
                    costs = true if truth else false
                    costs[number] = min(costs[number], cost)
        if filling is None:
            for variable in self.certainty.open(pattern):
                for number in variable.tests:
                    if pattern[number] is None:
                        true[number] = false[number] = 0
        else:
            for number, truth in filling.items():
                (true if truth else false)[number] = 0
        return true, false

    def _least(self, pattern: Pattern, able: Mapping[int, Sequence[Choice]]) -> float:
        """What reaching the goal costs at least where what is not known helps least."""
        split = self.certainty.open(pattern)
        if not split:
            return 0
        filling = self.certainty.worst(split, self.decision, self.tree.polarity)
        if not filling:
            return 0
        return self.tree.inside(*self._costs(pattern, able, filling))[0][-1]

    # All ways of so many changes

    def _ways(
        self,
        count: int,
        pattern: Pattern,
        able: Mapping[int, Sequence[Choice]],
        least: float | None = None,
    ) -> list[Way]:
        """All ways of *count* changes in all; what it costs at *least* may be known."""
        self._spend(len(self.tree.nodes) * _A_STEP)
        if count == 0:
            return [()] if self.certainty.decides(pattern, self.decision) else []
        if least is None:
            least = self._least(pattern, able)
        helping = self._helping(count, pattern, able) if least <= count * WHOLE else {}
        if not helping:
            return []
        together = [each for choices in helping.values() for each in choices if each.cost > 1]
        if together:
            return self._branched(count, pattern, helping, together[0].group)
        single = [each for choices in helping.values() for each in choices]
        if _are_many(len(single), count):
            return self._branched(count, pattern, helping, next(iter(helping)))
        return self._tried(count, pattern, single) if len(single) >= count else []

    def _are_many(self, count: int, pattern: Pattern, able: Mapping[int, Sequence[Choice]]) -> bool:
        """Whether the ways of *count* changes are too many to try them all at once."""
        if not _are_many(sum(map(len, able.values())), count):
            return False
        helping = self._helping(count, pattern, able)
        return _are_many(sum(map(len, helping.values())), count)

    def _helping(
        self, count: int, pattern: Pattern, able: Mapping[int, Sequence[Choice]]
    ) -> dict[int, list[Choice]]:
        """Those choices that a way of so many changes may make; the likeliest groups first."""
        true_cost, false_cost = self._costs(pattern, able, None)
        true, false = self.tree.inside(true_cost, false_cost)
        most = count * WHOLE
        if true[-1] > most:
            return {}
        up, down = self.tree.outside(true, false, most)
        rest_true: dict[int, float] = {}
        rest_false: dict[int, float] = {}
        for place, number in enumerate(self.tree.test):
            if number >= 0:
                rest_true[number] = min(rest_true.get(number, inf), up[place])
                rest_false[number] = min(rest_false.get(number, inf), down[place])
        found: dict[int, list[Choice]] = {}
        cost_of: dict[int, float] = {}
        for group, choices in able.items():
            share = WHOLE // self.most.get(group, 1)
            for choice in choices:
                least = min(
                    (
                        (rest_true if truth else rest_false).get(number, inf)
                        for number, truth in choice.sets
                        if pattern[number] is not truth
                    ),
                    default=inf,
                )
                if least + share * choice.cost <= most and choice.cost <= count:
                    found.setdefault(group, []).append(choice)
                    cost_of[group] = min(cost_of.get(group, inf), least + share * choice.cost)
        return {group: found[group] for group in sorted(found, key=lambda g: (cost_of[g], g))}

    def _branched(
        self, count: int, pattern: Pattern, able: Mapping[int, Sequence[Choice]], group: int
    ) -> list[Way]:
        """All ways that make a choice of *group*, and those that make none."""
        rest = {each: choices for each, choices in able.items() if each != group}
        found: list[Way] = []
        for choice in able[group]:
            if choice.cost <= count:
                then = self._ways(count - choice.cost, changed(pattern, [choice]), rest)
                found += ((choice, *way) for way in then)
        return found + self._ways(count, pattern, rest)

    def _tried(self, count: int, pattern: Pattern, choices: Sequence[Choice]) -> list[Way]:
        """All ways that make *count* of *choices*, all tried at once."""
        masks, size = subsets(len(choices), count)
        self._spend(size * len(self.tree.nodes))
        found = self.certainty.among(
            pattern, self.decision, choices, masks, size, self.tree.polarity
        )
        places = sorted(bits.places(found))
        return [
            tuple(choice for choice, mask in zip(choices, masks, strict=True) if mask >> place & 1)
            for place in places[: _MOST_WAYS + 1]
        ]

    def _spend(self, work: int) -> None:
        self._work += work
        if self._work > max(_MOST_WORK, len(self.tree.nodes) * _A_STEP * _FEW_STEPS):
            raise GaveUp

    # Some way, where there are too many to try

    def _some(
        self,
        pattern: Pattern,
        able: Mapping[int, Sequence[Choice]],
        rank: Callable[[Choice], int],
    ) -> list[Way]:
        """A few ways of few changes that bring the decision, not always of the fewest."""
        self._steps = _MOST_STEPS
        found: dict[frozenset[Choice], Way] = {}
        most = min(max(_LARGE // len(self.tree.nodes), 1), _TRIED)
        for way in islice(self._reached(pattern, able, rank), most):
            least = self._thinned(pattern, way)
            found[frozenset(least)] = least
        fewest = min(map(_cost, found.values()), default=0)
        return [way for way in found.values() if _cost(way) == fewest]

    def _reached(
        self,
        pattern: Pattern,
        able: Mapping[int, Sequence[Choice]],
        rank: Callable[[Choice], int],
    ) -> Iterator[Way]:
        """Ways to the goal, by one choice at a time of what seems to cost least."""
        self._steps -= 1
        inside = self.tree.inside(*self._costs(pattern, able, {}))
        if inside[0][-1] == 0:
            yield ()
        if self._steps < 0 or not 0 < inside[0][-1] < inf:
            return
        leaves = _leaves(able, self.tree)
        for derived in Derivations(self.tree, inside, leaves, rank, _BRANCHES).best():
            often = max(derived, key=lambda each: self.most.get(each.group, 0))
            every = {choice.group: choice for choice in derived}
            for made in dict.fromkeys(((*every.values(),), (often,))):
                groups = {choice.group for choice in made}
                rest = {group: each for group, each in able.items() if group not in groups}
                for way in self._reached(changed(pattern, made), rest, rank):
                    yield (*made, *way)

    def _thinned(self, pattern: Pattern, way: Way) -> Way:
        """*way* without what it does not need."""
        for choice in way:
            less = tuple(each for each in way if each is not choice)
            if self.certainty.decides(changed(pattern, less), self.decision):
                way = less
        return way


def _cost(way: Way) -> int:
    return sum(choice.cost for choice in way)


def _are_many(choices: int, count: int) -> bool:
    """Whether there are too many sets of so many *choices* to try them all at once."""
    return comb(choices, count) * choices > _MOST_WORLDS


def _leaves(
    able: Mapping[int, Sequence[Choice]], tree: Tree
) -> dict[tuple[int, bool], list[Choice]]:
    """For each test and each way it can come out the cheapest choices that make it so."""
    found: dict[tuple[int, bool], list[Choice]] = {}
    for choices in able.values():
        for choice in choices:
            for leaf in choice.sets:
                if leaf[0] in tree.polarity:
                    found.setdefault(leaf, []).append(choice)
    for leaf, each in found.items():
        least = min(choice.cost for choice in each)
        found[leaf] = [choice for choice in each if choice.cost == least]
    return found
