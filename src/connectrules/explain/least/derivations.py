"""The best of the cheapest ways to reach a goal, where what one part takes does not help another.

From the leaves up, each node keeps the best few of its cheapest ways: those of all
that it needs put together, or those of any one that suffices.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from itertools import islice
from math import inf
from operator import itemgetter
from typing import Any

from connectrules.explain.least.choices import Choice
from connectrules.explain.least.goal import Costs, Tree
from connectrules.rules.tree import AtLeast, Not, Test

Ranked = tuple[int, Any]
"""A way: the sum of the ranks of its choices, and these, as pairs of pairs."""

_MOST_STATES = 2_000
_ROUNDED = 1e-6
_NONE: list[Ranked] = [(0, None)]
_BY_RANK = itemgetter(0)


class Derivations:
    """The cheapest ways of one pattern.

    Args:
        tree: The goal.
        costs: What it costs at least to make each node true, and to make it false.
        leaves: The cheapest choices that make a test come out so.
        rank: The rank of a choice: the best has the least.
        limit: How many ways are kept of each node.
    """

    def __init__(
        self,
        tree: Tree,
        costs: tuple[Costs, Costs],
        leaves: Mapping[tuple[int, bool], Sequence[Choice]],
        rank: Callable[[Choice], int],
        limit: int,
    ) -> None:
        self._tree, self._costs, self._leaves = tree, costs, leaves
        self._rank, self._limit = rank, limit
        self._found: dict[tuple[int, bool], list[Ranked]] = {}

    def best(self) -> list[tuple[Choice, ...]]:
        """The best of the cheapest ways to reach the goal."""
        top = len(self._tree.nodes) - 1
        for place, truth in sorted(self._needed(top)):
            self._found[place, truth] = self._derived(place, truth=truth)
        return [tuple(_flat(made)) for _, made in self._ways(top, truth=True)]

    def _cost(self, place: int, *, truth: bool) -> float:
        return self._costs[0 if truth else 1][place]

    def _ways(self, place: int, *, truth: bool) -> list[Ranked]:
        return self._found.get((place, truth), []) if self._cost(place, truth=truth) else _NONE

    def _needed(self, top: int) -> set[tuple[int, bool]]:
        """The nodes that a cheapest way may go through, and how they come out then."""
        found: set[tuple[int, bool]] = set()
        stack = [(top, True)]
        while stack:
            place, truth = stack.pop()
            if (place, truth) in found or not 0 < self._cost(place, truth=truth) < inf:
                continue
            found.add((place, truth))
            stack += self._below(place, truth=truth)
        return found

    def _below(self, place: int, *, truth: bool) -> list[tuple[int, bool]]:
        node, below = self._tree.nodes[place], self._tree.below[place]
        match node:
            case Test():
                return []
            case Not():
                return [(below[0], not truth)]
            case AtLeast(exactly=True):
                return [(each, way) for each in below for way in (True, False)]
            case AtLeast(threshold, items):
                total = sum(item.weight for item in items)
                if (threshold if truth else total - threshold + 1) == 1:
                    cost = self._cost(place, truth=truth)
                    below = [each for each in below if self._cost(each, truth=truth) == cost]
                return [(each, truth) for each in below]

    def _derived(self, place: int, *, truth: bool) -> list[Ranked]:
        node, below = self._tree.nodes[place], self._tree.below[place]
        match node:
            case Test():
                choices = self._leaves.get((self._tree.test[place], truth), ())
                return self._cut([(self._rank(choice), choice) for choice in choices])
            case Not():
                return self._ways(below[0], truth=not truth)
            case AtLeast(threshold, items, exactly):
                if exactly:
                    return self._counted(place, threshold, truth=truth)
                weights = [item.weight for item in items]
                need = threshold if truth else sum(weights) - threshold + 1
                if max(weights) == 1:
                    return self._alike(need, below, truth=truth)
                return self._summed(place, need, truth=truth)

    def _alike(self, need: int, below: Sequence[int], *, truth: bool) -> list[Ranked]:
        """The ways to have *need* of those *below* come out as *truth*."""
        items = [
            (self._cost(each, truth=truth), self._ways(each, truth=truth), _NONE) for each in below
        ]
        return self._picked(need, items)

    def _picked(
        self, need: int, items: Sequence[tuple[float, list[Ranked], list[Ranked]]]
    ) -> list[Ranked]:
        """The ways to have *need* of *items*.

        Args:
            need: How many.
            items: What each costs more than to leave it, the ways to have it, and those to
                leave it.
        """
        costs = sorted(cost for cost, _, _ in items)
        last = costs[need - 1] if need else -inf
        found, ties = _NONE, []
        for cost, ways, otherwise in items:
            if cost == last and need < len(items):
                ties.append((ways, otherwise))
            else:
                found = self._both(found, ways if cost <= last else otherwise)
        more = need - sum(cost < last for cost in costs) if ties else 0
        if all(len(ways) == 1 and otherwise is _NONE for ways, otherwise in ties):
            if more and any(ways is not _NONE for ways, _ in ties):
                best = _fewest_of([way for ways, _ in ties for way in ways], more, self._limit)
                return self._both(found, best)
            return found
        rows: list[list[Ranked]] = [_NONE, *([] for _ in range(more))]
        for ways, otherwise in ties:
            for count in range(more, -1, -1):
                left = self._both(rows[count], otherwise) if rows[count] else []
                used = self._both(rows[count - 1], ways) if count and rows[count - 1] else []
                rows[count] = self._cut([*left, *used]) if left and used else left or used
        return self._both(found, rows[more])

    def _counted(self, place: int, count: int, *, truth: bool) -> list[Ranked]:
        """The ways to have just *count* of those below *place* hold, or not just so many."""
        below, cost = self._tree.below[place], self._cost(place, truth=truth)
        if truth:
            items = []
            for each in below:
                yes, no = self._cost(each, truth=True), self._cost(each, truth=False)
                more = inf if yes == inf else -inf if no == inf else yes - no
                items.append(
                    (more, self._if_any(each, truth=True), self._if_any(each, truth=False))
                )
            return self._picked(count, items)
        found: list[Ranked] = []
        for way, need in ((True, count + 1), (False, len(below) - count + 1)):
            costs = sorted(self._cost(each, truth=way) for each in below)
            if need <= len(below) and sum(costs[:need]) == cost:
                found += self._alike(need, below, truth=way)
        return self._cut(found)

    def _if_any(self, place: int, *, truth: bool) -> list[Ranked]:
        return self._ways(place, truth=truth) if self._cost(place, truth=truth) < inf else []

    def _summed(self, place: int, need: int, *, truth: bool) -> list[Ranked]:
        """The ways to have those below *place* come out as *truth* whose weights reach *need*."""
        node, cost = self._tree.nodes[place], self._cost(place, truth=truth)
        weights = [item.weight for item in node.items] if isinstance(node, AtLeast) else []
        items = [
            (weight, self._cost(each, truth=truth), each)
            for weight, each in zip(weights, self._tree.below[place], strict=True)
        ]
        need -= sum(weight for weight, each, _ in items if each == 0)
        items = sorted(
            (item for item in items if 0 < item[1] < inf), key=lambda item: item[1] / item[0]
        )
        states: dict[tuple[int, float], list[Ranked]] = {(0, 0): _NONE}
        for number, (weight, more, each) in enumerate(items):
            reached: dict[tuple[int, float], list[Ranked]] = {}
            ways = self._ways(each, truth=truth)
            after = items[number + 1][0] / items[number + 1][1] if number + 1 < len(items) else 0
            for (sum_, spent), found in states.items():
                for total, paid in ((sum_, spent), (min(sum_ + weight, need), spent + more)):
                    # What is left to spend must buy what is still missing.
                    if paid > cost or total + (cost - paid) * after < need - _ROUNDED:
                        continue
                    both = found if paid == spent else self._both(found, ways)
                    known = reached.get((total, paid))
                    reached[total, paid] = self._cut([*known, *both]) if known else both
            states = dict(islice(reached.items(), _MOST_STATES))
        return states.get((need, cost), [])

    def _both(self, one: Sequence[Ranked], other: Sequence[Ranked]) -> list[Ranked]:
        """The best ways that are one of each put together."""
        if not one or not other:
            return []
        if other is _NONE:
            return [*one]
        if one is _NONE:
            return [*other]
        # Of two rows in order, what lies beyond this many of both is not among the best.
        return self._cut(
            [
                (rank + more_rank, (made, more))
                for place, (rank, made) in enumerate(one, start=1)
                for more_rank, more in other[: self._limit // place]
            ]
        )

    def _cut(self, ways: list[Ranked]) -> list[Ranked]:
        """The best of *ways*."""
        if len(ways) < 2:  # noqa: PLR2004 - one is the best
            return ways
        return sorted(ways, key=_BY_RANK)[: self._limit]


def _flat(made: Any) -> Iterator[Choice]:  # noqa: ANN401 - pairs of pairs
    """The choices in *made*."""
    stack = [made]
    while stack:
        each = stack.pop()
        if isinstance(each, tuple):
            stack += reversed(each)
        elif each is not None:
            yield each


def _fewest_of(items: Sequence[Ranked], count: int, limit: int) -> list[Ranked]:
    """The best *limit* sets of *count* of *items*, best first.

    The best are the first in order. From them on one item at a time moves on by one: the
    last of them until it stays where it is, then the one before it, so that each set is
    reached in one way, from a better one.
    """
    row = sorted(items, key=_BY_RANK)
    first = tuple(range(count))
    heap = [(sum(row[place][0] for place in first), first, count - 1)]
    found: list[Ranked] = []
    while heap and len(found) < limit:
        rank, chosen, last = heappop(heap)
        made: Any = None
        for place in chosen:
            made = (made, row[place][1])
        found.append((rank, made))
        for moved in range(last, max(last - 2, -1), -1):
            place = chosen[moved] + 1
            if place < (chosen[moved + 1] if moved + 1 < count else len(row)):
                more = rank + row[place][0] - row[place - 1][0]
                heappush(heap, (more, (*chosen[:moved], place, *chosen[moved + 1 :]), moved))
    return found
