"""How likely each unknown fact is to turn the decision: what to ask first.

Every unknown test is a fair coin, free of the others; a fact's influence is the
chance that turning its test turns the decision (Ben-Or and Linial, 1985).
"""

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import NormalDist

import attrs

from connectrules.rules.tree import AtLeast, Condition, Not, Test, children, fold, postorder

_FEW = 32
"""Of more open items than these, a sum is taken to be normally distributed."""


@attrs.frozen
class _Chances:
    """The logic whose truths are the chances of being true."""

    leaves: Sequence[float]
    number: Mapping[int, int]

    def test(self, test: Test) -> float:
        return self.leaves[self.number[id(test)]]

    def negate(self, value: float) -> float:
        return 1 - value

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, float]], *, exactly: bool = False
    ) -> float:
        highest = threshold if exactly else sum(weight for weight, _ in items)
        return _chance(items, threshold, highest)


def _chance(items: Sequence[tuple[int, float]], low: int, high: int) -> float:
    """The chance that the sum lies from *low* to *high*."""
    sure = sum(weight for weight, chance in items if chance == 1)
    low, high = low - sure, high - sure
    unsure = [(weight, chance) for weight, chance in items if 0 < chance < 1]
    if len(unsure) > _FEW:
        return _normal(unsure, low, high)
    sums = {0: 1.0}
    for weight, chance in unsure:
        reached: dict[int, float] = {}
        for total, likely in sums.items():
            reached[total] = reached.get(total, 0) + likely * (1 - chance)
            added = min(total + weight, high + 1)
            reached[added] = reached.get(added, 0) + likely * chance
        sums = reached
    return sum(likely for total, likely in sums.items() if low <= total <= high)


def _normal(items: Sequence[tuple[int, float]], low: int, high: int) -> float:
    mean = sum(weight * chance for weight, chance in items)
    spread = sqrt(sum(weight * weight * chance * (1 - chance) for weight, chance in items))
    bell = NormalDist(mean, spread)
    return max(bell.cdf(high + 0.5) - bell.cdf(low - 0.5), 0.0)


def influences(
    roots: Sequence[Condition],
    tops: Sequence[float],
    leaves: Sequence[float],
    number: Mapping[int, int],
) -> dict[int, float]:
    """The chance that turning a test turns the decision, by the test's number.

    Args:
        roots: The conditions the decision hangs on.
        tops: For each, the chance that turning it turns the decision.
        leaves: The chance of each distinct test.
        number: The number of each test of the trees, by its id.
    """
    values: dict[int, float] = {}
    found: dict[int, float] = {}
    for root, top in zip(roots, tops, strict=True):
        fold(root, _Chances(leaves, number), values=values)
        seen = {id(root): top}
        for node in reversed(list(postorder(root))):
            here = seen[id(node)]
            match node:
                case Test():
                    place = number[id(node)]
                    found[place] = found.get(place, 0) + here
                    continue
                case Not():
                    factors = [1.0]
                case AtLeast():
                    factors = _turning(node, [values[id(each)] for each in children(node)])
            for child, factor in zip(children(node), factors, strict=True):
                seen[id(child)] = seen.get(id(child), 0) + here * factor
    return found


def chances(
    roots: Sequence[Condition], leaves: Sequence[float], number: Mapping[int, int]
) -> list[float]:
    """The chance of each of *roots*."""
    return [fold(root, _Chances(leaves, number)) for root in roots]


def _turning(node: AtLeast, below: Sequence[float]) -> list[float]:
    """For each item, the chance that the others leave the outcome to it."""
    items = [(item.weight, chance) for item, chance in zip(node.items, below, strict=True)]
    if not node.exactly and node.threshold == sum(weight for weight, _ in items):
        return _product_of_others(below)
    if not node.exactly and node.threshold == 1:
        return _product_of_others([1 - chance for chance in below])
    found = []
    for place, (weight, _) in enumerate(items):
        others = [*items[:place], *items[place + 1 :]]
        chance = _chance(others, node.threshold - weight, node.threshold - 1)
        if node.exactly:
            chance += _chance(others, node.threshold, node.threshold)
        found.append(chance)
    return found


def _product_of_others(factors: Sequence[float]) -> list[float]:
    before = [1.0]
    for factor in factors[:-1]:
        before.append(before[-1] * factor)
    found, after = [0.0] * len(factors), 1.0
    for place in reversed(range(len(factors))):
        found[place] = before[place] * after
        after *= factors[place]
    return found
