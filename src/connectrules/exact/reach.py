"""In which fillings a condition can be true, and can be false.

A node is free of every other once the facts tested more than once are filled in,
so both sets are exact, and so is what can turn a node.
"""

from collections.abc import Mapping, Sequence

import attrs

from connectrules.exact import bits
from connectrules.rules.tree import AtLeast, Test

_MOST_STEPS = 2_000_000


def is_short(items: int, threshold: int, everything: int) -> bool:
    """Whether all sums of a list of points can be looked at for each of its items.

    Args:
        items: How many items it has.
        threshold: The points it must reach.
        everything: All fillings.
    """
    sums = min(threshold, 1 << min(items, threshold.bit_length()))
    return items * items * sums * (everything.bit_length() // 1024 + 1) <= _MOST_STEPS


@attrs.frozen
class Rails:
    """The fillings in which a node *can* be true, and those in which it can be false."""

    true: int
    false: int

    @property
    def surely_true(self) -> int:
        """The fillings in which it is true and cannot be false."""
        return self.true & ~self.false

    @property
    def surely_false(self) -> int:
        """The fillings in which it is false and cannot be true."""
        return self.false & ~self.true


@attrs.frozen
class Reach:
    """The logic whose truths are rails.

    Attributes:
        everything: All fillings.
        leaves: The rails of each distinct test.
        number: The number of each test of the tree, by its id.
    """

    everything: int
    leaves: Sequence[Rails] | Mapping[int, Rails]
    number: Mapping[int, int]

    def test(self, test: Test) -> Rails:
        """As the filling has it."""
        return self.leaves[self.number[id(test)]]

    def negate(self, value: Rails) -> Rails:
        """True where it can be false."""
        return Rails(value.false, value.true)

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, Rails]], *, exactly: bool = False
    ) -> Rails:
        """True where the largest sum reaches the threshold, false where the smallest does not."""
        if items and not exactly:
            if threshold == 1:
                return _any_of([rails for _, rails in items])
            if threshold == sum([weight for weight, _ in items]):
                return _all_of([rails for _, rails in items])
        count = _Count(items, self.everything)
        true, false = count.most(threshold), self.everything ^ count.least(threshold)
        if exactly:
            true &= ~count.least(threshold + 1)
            false |= count.most(threshold + 1)
        return Rails(true, false)


def _any_of(items: Sequence[Rails]) -> Rails:
    """Where one of *items* can be true, and where all can be false."""
    true, false = 0, -1
    for each in items:
        true |= each.true
        false &= each.false
    return Rails(true, false)


def _all_of(items: Sequence[Rails]) -> Rails:
    """Where all of *items* can be true, and where one can be false."""
    true, false = -1, 0
    for each in items:
        true &= each.true
        false |= each.false
    return Rails(true, false)


class _Count:
    """The smallest and the largest sums of a list."""

    def __init__(self, items: Sequence[tuple[int, Rails]], everything: int) -> None:
        self.items, self.everything = items, everything
        self._can = [(weight, rails.true) for weight, rails in items]
        self._must = [(weight, everything ^ rails.false) for weight, rails in items]

    def most(self, threshold: int) -> int:
        """Where the largest sum reaches *threshold*."""
        return bits.at_least(threshold, self._can, self.everything)

    def least(self, threshold: int) -> int:
        """Where the smallest sum reaches *threshold*."""
        return bits.at_least(threshold, self._must, self.everything)

    def others(self, threshold: int) -> list[int]:
        """For each item, where the sum of the others can be just short of *threshold* for it.

        That is: below the threshold, and at or above it with the item's weight added.
        """
        can, must = bits.sums(self._can), bits.sums(self._must)
        above = {
            weight: (
                bits.reaching(threshold - weight, can, self.everything),
                bits.reaching(threshold + weight, must, self.everything),
            )
            for weight in {weight for weight, _ in self.items}
        }
        most = bits.reaching(threshold, can, self.everything)
        least = bits.reaching(threshold, must, self.everything)
        found = []
        for weight, rails in self.items:
            enough, too_much = above[weight]
            reach = most | (enough & ~rails.true)
            short = self.everything ^ (too_much | (least & rails.false))
            found.append(reach & short)
        return found


def turning(node: AtLeast, below: Sequence[Rails], everything: int) -> tuple[list[int], bool]:
    """For each item of *node*, the fillings in which the others leave the outcome to it.

    Returns:
        The fillings, and whether they are exact: the sums of a very long list of
        points are not all looked at.
    """
    items = [(item.weight, rails) for item, rails in zip(node.items, below, strict=True)]
    if node.threshold == sum(item.weight for item in node.items) and not node.exactly:
        return _unanimous([rails.true for rails in below], everything), True
    if node.threshold == 1 and not node.exactly:
        return _unanimous([rails.false for rails in below], everything), True
    weights = {item.weight for item in node.items}
    if len(weights) == 1:
        found = _Count(items, everything).others(node.threshold)
        if node.exactly:
            beyond = _Count(items, everything).others(node.threshold + 1)
            found = [one | other for one, other in zip(found, beyond, strict=True)]
        return found, True
    if not is_short(len(items), node.threshold, everything):
        return _Count(items, everything).others(node.threshold), False
    return [_short(items, place, node.threshold, everything) for place in range(len(items))], True


def _unanimous(agreeing: Sequence[int], everything: int) -> list[int]:
    """For each place, the fillings in which all the other *agreeing* sets hold."""
    before = [everything]
    for bits_ in agreeing[:-1]:
        before.append(before[-1] & bits_)
    found, after = [0] * len(agreeing), everything
    for place in reversed(range(len(agreeing))):
        found[place] = before[place] & after
        after &= agreeing[place]
    return found


def _short(items: Sequence[tuple[int, Rails]], place: int, threshold: int, everything: int) -> int:
    """Where the sum of all items but one can be short of *threshold* by at most its weight."""
    sums = sums_of([*items[:place], *items[place + 1 :]], threshold, everything)
    weight = items[place][0]
    found = 0
    for total, where in sums.items():
        if threshold - weight <= total < threshold:
            found |= where
    return found


def sums_of(items: Sequence[tuple[int, Rails]], most: int, everything: int) -> dict[int, int]:
    """Every sum that the items can make, up to *most* and beyond as one, and where."""
    sums = {0: everything}
    for weight, rails in items:
        reached: dict[int, int] = {}
        for total, where in sums.items():
            for added, allowed in ((weight, rails.true), (0, rails.false)):
                both = where & allowed
                if both:
                    key = min(total + added, most)
                    reached[key] = reached.get(key, 0) | both
        sums = reached
    return sums
