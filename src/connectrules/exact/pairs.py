"""How a condition can come out under two values of one fact, with all else the same.

A fact matters where the two can differ for the decision. Each node has four sets
of fillings: those in which it can be true under both, true under the first alone,
true under the second alone, and false under both.
"""

from collections.abc import Iterable, Mapping, Sequence

import attrs

from connectrules.exact import bits
from connectrules.exact.reach import Rails, is_short, sums_of
from connectrules.rules.tree import Test


@attrs.frozen
class Pair:
    """The fillings in which a node can come out so under the two values."""

    both: int
    first: int
    second: int
    neither: int

    def ways(self) -> tuple[tuple[bool, bool, int], ...]:
        """Each way it can come out, and where."""
        return (
            (True, True, self.both),
            (True, False, self.first),
            (False, True, self.second),
            (False, False, self.neither),
        )


@attrs.frozen
class Pairs:
    """The logic whose truths are pairs.

    Attributes:
        everything: All fillings.
        leaves: The pair of each distinct test.
        number: The number of each test of the tree, by its id.
        rough: Filled with the points lists whose sums were too many to look at all.
    """

    everything: int
    leaves: Sequence[Pair]
    number: Mapping[int, int]
    rough: list[int] = attrs.field(factory=list)

    def test(self, test: Test) -> Pair:
        """As the two values have it."""
        return self.leaves[self.number[id(test)]]

    def negate(self, value: Pair) -> Pair:
        """True where it is false."""
        return Pair(value.neither, value.second, value.first, value.both)

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, Pair]], *, exactly: bool = False
    ) -> Pair:
        """As the sums under the two values have it."""
        alike = [(w, Rails(p.both, p.neither)) for w, p in items if not p.first | p.second]
        turned = [(w, p) for w, p in items if p.first | p.second]
        most = threshold + 1 if exactly else threshold
        states = _states(turned, most, self.everything)
        even = _even(alike)
        if not exactly and (even or not is_short(len(alike), threshold, self.everything)):
            if not even:
                self.rough.append(threshold)
            return self._by_range(threshold, alike, states)
        sums = sums_of(alike, most, self.everything)

        def reached(total: int) -> bool:
            return total == threshold if exactly else total >= threshold

        found = {(one, other): 0 for one in (True, False) for other in (True, False)}
        for (one, other), where in states.items():
            for added, allowed in sums.items():
                found[reached(one + added), reached(other + added)] |= where & allowed
        return Pair(found[True, True], found[True, False], found[False, True], found[False, False])

    def _by_range(
        self,
        threshold: int,
        alike: Sequence[tuple[int, Rails]],
        states: Mapping[tuple[int, int], int],
    ) -> Pair:
        """Where the sums of the items alike under both values are all those of a range."""
        can = [(weight, rails.true) for weight, rails in alike]
        must = [(weight, self.everything ^ rails.false) for weight, rails in alike]
        both = first = second = neither = 0
        for (one, other), where in states.items():
            higher, lower = max(one, other), min(one, other)
            both |= where & bits.at_least(threshold - lower, can, self.everything)
            neither |= where & ~bits.at_least(threshold - higher, must, self.everything)
            if one == other:
                continue
            between = where & bits.at_least(threshold - higher, can, self.everything)
            between &= ~bits.at_least(threshold - lower, must, self.everything)
            if one > other:
                first |= between
            else:
                second |= between
        return Pair(both, first, second, neither)


def _even(items: Iterable[tuple[int, Rails]]) -> bool:
    """Whether every sum between the smallest and the largest can be made: all weigh 1."""
    return all(weight == 1 for weight, _ in items)


def _states(
    items: Sequence[tuple[int, Pair]], most: int, everything: int
) -> dict[tuple[int, int], int]:
    """Every two sums, up to *most*, that the items can make under the two values, and where."""
    states = {(0, 0): everything}
    for weight, pair in items:
        reached: dict[tuple[int, int], int] = {}
        for (one, other), where in states.items():
            for is_one, is_other, allowed in pair.ways():
                both = where & allowed
                if both:
                    key = (min(one + weight * is_one, most), min(other + weight * is_other, most))
                    reached[key] = reached.get(key, 0) | both
        states = reached
    return states
