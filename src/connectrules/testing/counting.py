"""Lists that are still to be met: what their items may weigh together, and ways to meet them."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

import attrs

from connectrules.rules.tree import AtLeast

Truths = Sequence[bool | None]
"""How the items of a list come out; None where that is open."""

Range = tuple[int, int]
"""The least and the most that items may weigh together."""

Choice = tuple[tuple[int, bool], ...]
"""How some items of a list are to come out, by their places."""


@attrs.frozen(eq=False)
class Counted:
    """That a list holds, does not, or is left to one of its items.

    Attributes:
        count: The list.
        holds: Whether it is to hold, where it is not left to an item.
        item: The place of the item that it is left to, if it is.
        domains: What its items hang on, as bits.
        alike: What lists of the same items have in common, and no others.
    """

    count: AtLeast
    holds: bool
    item: int | None
    domains: int
    alike: object

    @property
    def _weight(self) -> int:
        """The weight of the item that it is left to."""
        return 0 if self.item is None else self.count.items[self.item].weight

    def range(self, truths: Truths) -> Range:
        """What all items that hold may weigh together."""
        threshold, exactly = self.count.threshold, self.count.exactly
        if self.item is None:
            if self.holds:
                return threshold, threshold if exactly else self.total
            return 0, self.total if exactly else threshold - 1
        low = threshold - self._weight
        high = threshold if exactly else threshold - 1
        itself = truths[self.item]
        return (
            low + (self._weight if itself else 0),
            high + (0 if itself is False else self._weight),
        )

    @property
    def total(self) -> int:
        """What all items weigh together."""
        return sum(each.weight for each in self.count.items)

    def reach(self, truths: Truths) -> Range:
        """What the items that hold weigh together at least, and at most."""
        low = high = 0
        for item, truth in zip(self.count.items, truths, strict=True):
            if truth is not False:
                high += item.weight
                low += item.weight if truth else 0
        return low, high

    def is_met(self, truths: Truths) -> bool:
        """Whether it is as wanted, whatever the items are that are open."""
        low, high = self.reach(truths)
        threshold = self.count.threshold
        if self.item is not None:
            low -= self._weight if truths[self.item] else 0
            high -= 0 if truths[self.item] is False else self._weight
            if self.count.exactly:
                return low == high and low in {threshold - self._weight, threshold}
            return threshold - self._weight <= low and high < threshold
        if self.count.exactly:
            return (low == high == threshold) if self.holds else not low <= threshold <= high
        return low >= threshold if self.holds else high < threshold

    def is_settled(self, truths: Truths) -> bool:
        """Whether no item is open on which it hangs."""
        return all(each is not None or place == self.item for place, each in enumerate(truths))

    def forced(self, truths: Truths, within: Range) -> Choice:
        """How open items must come out for all together to weigh so much."""
        low, high = self.reach(truths)
        least, most = within
        return tuple(
            (place, high - item.weight < least)
            for place, (item, truth) in enumerate(zip(self.count.items, truths, strict=True))
            if truth is None and (high - item.weight < least or low + item.weight > most)
        )

    def choices(self, certain: Truths, known: Truths) -> Iterator[Choice | None]:
        """The ways to meet it, few items first; None for each step in between.

        Args:
            certain: How items come out in all ways that are open.
            known: The same, of items that are settled anyway.
        """
        if self.item is None and not self.count.exactly:
            return self._reaching(certain, known)
        return self._weighing(certain)

    def _reaching(self, certain: Truths, known: Truths) -> Iterator[Choice | None]:
        """The ways in which enough items come out so that the list does, and no more than that."""
        items, holds = self.count.items, self.holds
        wanted = self.count.threshold if holds else self.total - self.count.threshold + 1
        places = range(len(items))
        wanted -= sum(items[place].weight for place in places if known[place] is holds)
        left = [place for place in places if certain[place] is not (not holds)]
        left = [place for place in left if known[place] is not holds]
        sure: list[int] = []
        for place in left:
            if certain[place] is holds and sum(items[each].weight for each in sure) < wanted:
                sure.append(place)
        if sum(items[each].weight for each in sure) >= wanted:
            yield tuple((place, holds) for place in sure)
            return  # what narrows no other choice is as good as any
        weights = [items[place].weight for place in left]
        for chosen in sets(weights, wanted, sum(weights), barely=True):
            yield None if chosen is None else tuple((left[place], holds) for place in chosen)

    def _weighing(self, certain: Truths) -> Iterator[Choice | None]:
        """The ways in which all items that it hangs on can come out."""
        places = [place for place in range(len(certain)) if place != self.item]
        left = [place for place in places if certain[place] is None]
        settled = [(place, bool(certain[place])) for place in places if place not in {*left}]
        items = self.count.items
        weights = [items[place].weight for place in left]
        reached = sum(items[place].weight for place, truth in settled if truth)
        for low, high in self._wanted():
            for chosen in sets(weights, low - reached, high - reached):
                if chosen is None:
                    yield None
                else:
                    taken = {left[place] for place in chosen}
                    yield (*settled, *((place, place in taken) for place in left))

    def _wanted(self) -> Sequence[Range]:
        """What the items that it hangs on may weigh together."""
        threshold, low = self.count.threshold, self.count.threshold - self._weight
        if not self.count.exactly:
            return [(low, threshold - 1)]
        if self.item is not None:
            return [(low, low), (threshold, threshold)]
        if self.holds:
            return [(threshold, threshold)]
        return [(0, threshold - 1), (threshold + 1, self.total)]


def sets(
    weights: Sequence[int], low: int, high: int, *, barely: bool = False
) -> Iterator[tuple[int, ...] | None]:
    """The places of those whose *weights* sum up to *low* at least and *high* at most, few first.

    Args:
        weights: The weights.
        low: What they weigh at least.
        high: What they weigh at most.
        barely: Whether each of them is needed to weigh so much.

    Yields:
        Sets of places, and None for each step that led to none.
    """
    lightest = [0, *accumulate(sorted(weights))]
    heaviest = [0, *accumulate(sorted(weights, reverse=True))]
    for size in range(len(weights) + 1):
        if heaviest[size] < low or lightest[size] > high:
            continue
        chosen: list[int] = []
        reached, following = 0, 0
        while True:
            more = size - len(chosen)
            fits = low <= reached + heaviest[more] and reached + lightest[more] <= high
            if fits and barely and chosen:
                fits = reached - min(weights[place] for place in chosen) < low
            if fits and not more:
                yield tuple(chosen)
            elif not fits:
                yield None
            if fits and more and following + more <= len(weights):
                chosen.append(following)
                reached += weights[following]
                following += 1
                continue
            if not chosen:
                break
            last = chosen.pop()
            reached -= weights[last]
            following = last + 1
