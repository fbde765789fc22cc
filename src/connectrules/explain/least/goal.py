"""What has to hold for a decision, and what it costs at least to make it so."""

from collections.abc import Mapping, Sequence
from math import inf

from connectrules.exact.variables import ORDER, Variables
from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Not,
    Test,
    all_of,
    any_of,
    children,
    postorder,
    tallied,
)
from connectrules.verdict import Decision

Costs = list[float]
"""By the place of each node."""

WHOLE = 840
"""What one change costs: a number that many whole numbers divide, for it may be shared out."""


def goal(of: Variables, decision: Decision) -> Condition | None:
    """The condition that *decision* is made; None where no rule and no default makes it."""
    others = [kind for kind in of.roots if kind is not decision]
    stronger = [kind for kind in others if ORDER.index(kind) < ORDER.index(decision)]
    weaker = [kind for kind in others if kind not in stronger]
    own = [of.roots[decision]] if decision in of.roots else []
    if decision is of.default:
        none: list[Condition] = [Not(of.roots[kind]) for kind in weaker]
        own = [any_of(*own, all_of(*none))] if own and none else none
    elif not own:
        return None
    needed = [*(Not(of.roots[kind]) for kind in stronger), *own]
    return all_of(*needed) if needed else None


class Tree:
    """A goal as a row of nodes, each after those below it.

    Args:
        root: The goal.
        number: The number of each test, by its id.
    """

    def __init__(self, root: Condition, number: Mapping[int, int]) -> None:
        self.nodes, self.number = tuple(postorder(root)), number
        places = {id(node): place for place, node in enumerate(self.nodes)}
        self.below = [[places[id(each)] for each in children(node)] for node in self.nodes]
        self.test = [number[id(node)] if isinstance(node, Test) else -1 for node in self.nodes]
        self.polarity = self._polarity()
        """For each test 1 where it helps to be true, 2 false, 3 either; it is left out where
        it plays no part."""

    @property
    def times(self) -> dict[int, int]:
        """How often the goal asks for each of its tests, by their number."""
        found: dict[int, int] = {}
        for test, times in tallied([self.nodes[-1]]):
            number = self.number[id(test)]
            found[number] = found.get(number, 0) + times
        return found

    def _polarity(self) -> dict[int, int]:
        seen = [0] * len(self.nodes)
        seen[-1] = 1
        found: dict[int, int] = {}
        for place in reversed(range(len(self.nodes))):
            node, here = self.nodes[place], seen[place]
            match node:
                case Test():
                    number = self.test[place]
                    found[number] = found.get(number, 0) | here
                    continue
                case Not():
                    here = (here & 1) << 1 | here >> 1
                case AtLeast(exactly=True):
                    here = 3
                case _:
                    pass
            for child in self.below[place]:
                seen[child] |= here
        return found

    def occurrences(self, group: Sequence[int]) -> dict[int, int]:
        """How often one way to reach the goal may use the tests of a group, at most.

        Args:
            group: The group of each test, by its number.
        """
        true: list[dict[int, int]] = []
        false: list[dict[int, int]] = []
        for place, node in enumerate(self.nodes):
            below = self.below[place]
            match node:
                case Test():
                    own = {group[self.test[place]]: 1}
                    true.append(own)
                    false.append(own)
                case Not():
                    true.append(false[below[0]])
                    false.append(true[below[0]])
                case AtLeast(threshold, items, exactly):
                    yes, no = [true[each] for each in below], [false[each] for each in below]
                    if exactly:
                        either = zip(yes, no, strict=True)
                        both = _added([_largest(each, 1) for each in either])
                        true.append(both)
                        false.append(both)
                        continue
                    total = sum(item.weight for item in items)
                    true.append(_largest(yes, threshold))
                    of_all = total - threshold + 1 if total == len(items) else len(items)
                    false.append(_largest(no, of_all))
        return true[-1]

    def inside(
        self, true_cost: Sequence[float], false_cost: Sequence[float]
    ) -> tuple[Costs, Costs]:
        """What it costs at least to make each node true, and to make it false.

        Args:
            true_cost: What that costs for each test, by its number.
            false_cost: The same for making it false.
        """
        true: Costs = []
        false: Costs = []
        for place, node in enumerate(self.nodes):
            below = self.below[place]
            match node:
                case Test():
                    number = self.test[place]
                    yes, no = true_cost[number], false_cost[number]
                case Not():
                    yes, no = false[below[0]], true[below[0]]
                case AtLeast(threshold, items, exactly):
                    ups, downs = [true[each] for each in below], [false[each] for each in below]
                    weights = [item.weight for item in items]
                    if exactly:
                        yes, no = _exactly(threshold, ups, downs)
                    else:
                        yes = _cheapest(threshold, weights, ups)
                        no = _cheapest(sum(weights) - threshold + 1, weights, downs)
            true.append(yes)
            false.append(no)
        return true, false

    def outside(self, true: Costs, false: Costs, most: float) -> tuple[Costs, Costs]:
        """What the rest costs at least where a node is made true, or made false.

        Args:
            true: What it costs to make each node true.
            false: What it costs to make it false.
            most: What may be spent in all; ways that cost more are left out.
        """
        up, down = [inf] * len(self.nodes), [inf] * len(self.nodes)
        up[-1] = 0
        for place in reversed(range(len(self.nodes))):
            node, below = self.nodes[place], self.below[place]
            if up[place] + true[place] > most:
                up[place] = inf
            if down[place] + false[place] > most:
                down[place] = inf
            if isinstance(node, Not):
                (child,) = below
                up[child], down[child] = min(up[child], down[place]), min(down[child], up[place])
            elif isinstance(node, AtLeast):
                self._spread(node, place, (up, down), (true, false))
        return up, down

    def _spread(
        self, node: AtLeast, place: int, rest: tuple[Costs, Costs], own: tuple[Costs, Costs]
    ) -> None:
        """Tell those below *node* what the rest costs."""
        below = self.below[place]
        total = sum(item.weight for item in node.items)
        for rail, need in ((0, node.threshold), (1, total - node.threshold + 1)):
            here = rest[rail][place]
            if here == inf:
                continue
            if node.exactly:
                for each in (0, 1):
                    for child in below:
                        spare = max(own[rail][place] - own[each][child], 0)
                        rest[each][child] = min(rest[each][child], here + spare)
                continue
            costs = [own[rail][child] for child in below]
            for child, cost, others in zip(below, costs, _others(node, need, costs), strict=True):
                if cost < inf:
                    rest[rail][child] = min(rest[rail][child], here + others)


def _others(node: AtLeast, need: int, costs: Sequence[float]) -> list[float]:
    """For each item of *node* what the others cost at least where it is used itself."""
    if need == 1:
        return [0] * len(costs)
    weights = [item.weight for item in node.items]
    if max(weights) == 1:
        ranked = sorted(costs)
        whole, last = sum(ranked[:need]), ranked[need - 1]
        without = sum(ranked[: need - 1])
        return [whole - cost if cost <= last < inf else without for cost in costs]
    whole = _cheapest(need, weights, costs)
    return [max(whole - cost, 0) if whole < inf else inf for cost in costs]


def _cheapest(need: int, weights: Sequence[int], costs: Sequence[float]) -> float:
    """The cost of the cheapest items whose weights sum up to *need*."""
    if need <= 0:
        return 0
    if need == 1:
        return min(costs)
    if max(weights) == 1:
        return sum(costs) if need == len(costs) else sum(sorted(costs)[:need])
    free = sum(weight for weight, cost in zip(weights, costs, strict=True) if cost == 0)
    return _lightest(
        need - free, [(w, c) for w, c in zip(weights, costs, strict=True) if 0 < c < inf]
    )


def _lightest(need: int, items: Sequence[tuple[int, float]]) -> float:
    """The same of *items* as weight and cost; less, where they are too many to tell."""
    if need <= 0:
        return 0
    if sum(weight for weight, _ in items) < need:
        return inf
    if len({cost for _, cost in items}) == 1 or len(items) * need > _MOST_SUMS:
        return _by_worth(need, items)
    best: dict[float, int] = {0: 0}
    for weight, cost in items:
        for spent, sum_ in list(best.items()):
            best[spent + cost] = max(best.get(spent + cost, 0), min(sum_ + weight, need))
    return min(spent for spent, sum_ in best.items() if sum_ >= need)


_MOST_SUMS = 20_000


def _by_worth(need: int, items: Sequence[tuple[int, float]]) -> float:
    """What it costs with items that can be had in part, but for where all cost the same."""
    alike = len({cost for _, cost in items}) == 1
    spent: float = 0
    for weight, cost in sorted(items, key=lambda item: item[1] / item[0]):
        if need <= weight and not alike:
            return spent + cost * need // weight
        spent += cost
        need -= weight
        if need <= 0:
            break
    return spent


def _exactly(count: int, ups: Sequence[float], downs: Sequence[float]) -> tuple[float, float]:
    """What it costs that just *count* items hold, and that not just so many do."""
    rows: list[float] = [0]
    for yes, no in zip(ups, downs, strict=True):
        longer = [row + no for row in rows] + [inf]
        for place, row in enumerate(rows):
            longer[place + 1] = min(longer[place + 1], row + yes)
        rows = longer
    more = sum(sorted(ups)[: count + 1]) if count < len(ups) else inf
    fewer = sum(sorted(downs)[: len(downs) - count + 1]) if count > 0 else inf
    return rows[count], min(more, fewer)


def _added(each: Sequence[Mapping[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for counts in each:
        for key, times in counts.items():
            found[key] = found.get(key, 0) + times
    return found


def _largest(each: Sequence[Mapping[int, int]], most: int) -> dict[int, int]:
    """For each key the sum of its *most* largest values."""
    if most >= len(each):
        return _added(each)
    lists: dict[int, list[int]] = {}
    for counts in each:
        for key, times in counts.items():
            lists.setdefault(key, []).append(times)
    return {key: sum(sorted(times, reverse=True)[:most]) for key, times in lists.items()}
