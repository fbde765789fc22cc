"""How likely each unknown fact is to turn the decision: what to ask first.

Every unknown test is a fair coin, free of the others; a fact's influence is the
chance that turning its test turns the decision (Ben-Or and Linial, 1985).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import comb, sqrt

from connectrules.exact.steps import Steps
from connectrules.rules.tree import AtLeast

_FEW = 32
"""Of more open items than these, a sum is taken to be normally distributed."""

_MOST_SUMS = 10_000
"""Of more different sums than these, likewise."""

_Items = Sequence[tuple[int, float]]
"""The weight of each item, and the chance that it holds."""


def influences(steps: Steps, pattern: Iterable[bool | None]) -> list[float]:
    """The chance that turning a test turns the decision, for each distinct test.

    Args:
        steps: The rules.
        pattern: How the tests come out, as far as that is known.
    """
    rails: list[float] = []
    for truth in pattern:
        chance = 0.5 if truth is None else float(truth)
        rails += (chance, 1 - chance)
    tests = len(rails) // 2
    _up(steps, rails)
    return _down(steps, rails)[:tests]


def _up(steps: Steps, rails: list[float]) -> None:
    """Add to *rails* the chances of all nodes."""
    rails += [0.0] * (steps.size - len(rails))
    for out, items, _, count in steps.steps:
        if count is None:
            chance = 1.0
            for item in items:
                chance *= rails[item]
        else:
            weighted = _weighted(count, items, rails)
            highest = count.threshold if count.exactly else sum(weight for weight, _ in weighted)
            chance = _chance(weighted, count.threshold, highest)
        rails[out], rails[out ^ 1] = chance, 1 - chance


def _down(steps: Steps, rails: Sequence[float]) -> list[float]:
    """For each node, the chance that turning it turns the decision."""
    seen = [0.0] * (steps.size // 2)
    above = 1.0
    for place, (kind, rail) in enumerate(steps.kinds):
        here = above
        if kind is steps.default:
            none = 1.0
            for _, other in steps.kinds[place + 1 :]:
                none *= rails[other ^ 1]
            here *= 1 - none
        seen[rail >> 1] += here
        above *= rails[rail ^ 1]
    for out, items, _, count in reversed(steps.steps):
        here = seen[out >> 1]
        if not here:
            continue
        if count is None:
            _share_out(here, items, rails, seen)
            continue
        factors = _turning(count, _weighted(count, items, rails))
        for item, factor in zip(items, factors, strict=True):
            seen[item >> 1] += here * factor
    return seen


def _share_out(
    here: float, items: Sequence[int], rails: Sequence[float], seen: list[float]
) -> None:
    """Add to what is *seen* of each item the chance *here* that all others hold."""
    before = [here]
    for item in items[:-1]:
        here *= rails[item]
        before.append(here)
    after = 1.0
    for item, agreed in zip(reversed(items), reversed(before), strict=True):
        seen[item >> 1] += agreed * after
        after *= rails[item]


def _weighted(count: AtLeast, items: Sequence[int], rails: Sequence[float]) -> _Items:
    return [(each.weight, rails[item]) for each, item in zip(count.items, items, strict=True)]


def _chance(items: _Items, low: int, high: int) -> float:
    """The chance that the sum lies from *low* to *high*."""
    sure = sum(weight for weight, chance in items if chance == 1)
    low, high = low - sure, high - sure
    unsure = [(weight, chance) for weight, chance in items if 0 < chance < 1]
    if len(unsure) > _FEW:
        return _normal(unsure, low, high)
    sums = {0: 1.0}
    for item, times in Counter(unsure).items():
        sums = _joined(sums, item, times, high)
        if len(sums) > _MOST_SUMS:
            return _normal(unsure, low, high)
    return sum(likely for total, likely in sums.items() if low <= total <= high)


def _joined(
    sums: Mapping[int, float], item: tuple[int, float], times: int, high: int
) -> dict[int, float]:
    """The chances of the *sums* with so many of *item* among them; those beyond *high* are one."""
    weight, chance = item
    added = [
        (weight * held, comb(times, held) * chance**held * (1 - chance) ** (times - held))
        for held in range(times + 1)
    ]
    found: dict[int, float] = {}
    for total, likely in sums.items():
        for more, of_those in added:
            reached = total + more if total + more <= high else high + 1
            found[reached] = found.get(reached, 0.0) + likely * of_those
    return found


def _normal(items: _Items, low: int, high: int) -> float:
    from statistics import NormalDist  # noqa: PLC0415 - loads much, and few policies need it

    mean = sum(weight * chance for weight, chance in items)
    spread = sqrt(sum(weight * weight * chance * (1 - chance) for weight, chance in items))
    bell = NormalDist(mean, spread)
    return max(bell.cdf(high + 0.5) - bell.cdf(low - 0.5), 0.0)


def _turning(node: AtLeast, items: _Items) -> list[float]:
    """For each item, the chance that the others leave the outcome to it."""
    alike = dict.fromkeys(items, 0.0)
    highest = node.threshold if node.exactly else node.threshold - 1
    for weight, chance in alike:
        others = [*items]
        others.remove((weight, chance))
        alike[weight, chance] = _chance(others, node.threshold - weight, highest)
    return [alike[item] for item in items]
