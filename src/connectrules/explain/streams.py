"""Sets of facts in order, the lightest first, each worked out when it is reached."""

import heapq
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, count

import attrs

Facts = tuple[int, int]
"""A set of facts: what it weighs, and the facts as bits."""

NOTHING: Facts = (0, 0)

_MOST_SUMS = 4_000
"""How many sums of a list of points are looked at."""


class Stream:
    """Sets of facts in order, the lightest first.

    Args:
        first: The lightest.
        rest: What gives all others in their order; None where there is no other.
    """

    __slots__ = ("_found", "_rest", "first")

    def __init__(self, first: Facts, rest: Callable[[], Iterator[Facts]] | None = None) -> None:
        self.first = first
        self._found = [first]
        self._rest: Callable[[], Iterator[Facts]] | Iterator[Facts] | None = rest

    def get(self, place: int) -> Facts | None:
        """The set at *place*; None beyond the last."""
        found = self._found
        while len(found) <= place:
            if self._rest is None:
                return None
            if not isinstance(self._rest, Iterator):
                self._rest = self._rest()
            more = next(self._rest, None)
            if more is None:
                self._rest = None
                return None
            found.append(more)
        return found[place]

    def __iter__(self) -> Iterator[Facts]:
        """The sets in their order."""
        for place in count():
            found = self.get(place)
            if found is None:
                return
            yield found

    @property
    def is_one(self) -> bool:
        """Whether there surely is no other than the first."""
        return self._rest is None and len(self._found) == 1


Item = tuple[int, Stream]
"""What an item of a gate weighs, and what settles it."""


def one_of(sets: Sequence[Facts]) -> Stream:
    """A stream of *sets*."""
    first, *others = sorted(sets)
    return Stream(first, (lambda: iter(others)) if others else None)


def gate(need: int, items: Sequence[Item]) -> tuple[Stream | None, bool]:
    """What settles as many of *items* as weigh *need*, each of them needed.

    Their facts are all different.

    Returns:
        The sets, None where all items are too few; and whether the order is certain:
        the sums of a very long list of points are not all looked at.
    """
    need -= sum(weight for weight, stream in items if stream.first == NOTHING)
    if need <= 0:
        return Stream(NOTHING), True
    items = [item for item in items if item[1].first != NOTHING]
    if sum(weight for weight, _ in items) < need:
        return None, True
    if len(items) == 1:
        return items[0][1], True
    weights = {weight for weight, _ in items}
    if len(weights) == 1:
        number = -(-need // weights.pop())
        return _several(number, [stream for _, stream in items]), True
    return _points(need, items)


def together(streams: Sequence[Stream]) -> Stream:
    """What settles all of *streams*."""
    return _several(len(streams), streams)


def _several(number: int, streams: Sequence[Stream]) -> Stream:
    """What settles *number* of *streams*."""
    weight = facts = 0
    if number == len(streams):
        for each in streams:
            weight += each.first[0]
            facts |= each.first[1]
        several = [each for each in streams if not each.is_one]
        if not several:
            return Stream((weight, facts))
        alone = [each.first for each in streams if each.is_one]
        fixed = Stream((sum(each[0] for each in alone), sum(each[1] for each in alone)))
        parts = [(1, each) for each in (*several, fixed)]
        return _after((weight, facts), lambda: _in_order(len(parts), parts))
    ranked = sorted(streams, key=lambda each: each.first)
    for each in ranked[:number]:
        weight += each.first[0]
        facts |= each.first[1]
    items = [(1, each) for each in ranked]
    return _after((weight, facts), lambda: _in_order(number, items))


def _points(need: int, items: Sequence[Item]) -> tuple[Stream | None, bool]:
    ranked = sorted(items, key=lambda each: (-each[0], each[1].first))
    least = _least(need, ranked)
    if least is not None:
        first = least[0][need]
        return _after(first, lambda: _in_order(need, ranked, least)), True
    # Too many sums: the cheapest points first, less those that turn out not to be needed.
    chosen: list[Item] = []
    missing = need
    for weight, stream in sorted(items, key=lambda each: (each[1].first[0] / each[0], each[0])):
        if missing > 0:
            chosen.append((weight, stream))
            missing -= weight
    for item in sorted(chosen, key=lambda each: -each[1].first[0]):
        if missing + item[0] <= 0:
            chosen.remove(item)
            missing += item[0]
    weight = sum(stream.first[0] for _, stream in chosen)
    facts = sum(stream.first[1] for _, stream in chosen)
    first = (weight, facts)
    return _after(first, lambda: _in_order(need, ranked, ())), False


_Least = Sequence[dict[int, Facts]]
"""For each place in a list, and each sum still missing there, the lightest that reaches it."""


def _least(need: int, items: Sequence[Item]) -> _Least | None:
    """See `_Least`; None where these are too many."""
    missing: list[set[int]] = [{need}]
    total = 0
    for weight, _ in items:
        now = missing[-1]
        total += len(now)
        if total > _MOST_SUMS:
            return None
        missing.append({left for each in now for left in (each, each - weight) if left > 0})
    found: list[dict[int, Facts]] = [{}]
    for place in reversed(range(len(items))):
        weight, stream = items[place]
        mine, facts = stream.first
        here: dict[int, Facts] = {}
        for left in missing[place]:
            options = []
            if left in found[-1]:
                options.append(found[-1][left])
            if left <= weight:
                options.append((mine, facts))
            elif left - weight in found[-1]:
                then = found[-1][left - weight]
                options.append((mine + then[0], facts | then[1]))
            if options:
                here[left] = min(options)
        found.append(here)
    found.reverse()
    return found


def _after(first: Facts, found: Callable[[], Iterator[Facts]]) -> Stream:
    """*first*, then all others that are *found*: it may come later where the order is lost."""
    return Stream(first, lambda: (each for each in found() if each != first))


@attrs.frozen(eq=False)
class _List:
    """A list's items, and what it costs at least to reach a sum with some of them.

    The items stand in falling order of weight, those of one weight in rising order of
    what they cost.

    Attributes:
        items: The items.
        least: What reaches each sum; None where all items weigh 1; empty where nothing
            is known, and the cost is taken to be nothing.
        costs: What the items before each place cost together.
        weights: What they weigh together.
    """

    items: Sequence[Item]
    least: _Least | None
    costs: Sequence[int]
    weights: Sequence[int]

    def completed(self, place: int, left: int) -> int | None:
        """What it costs at least to reach *left* from *place* on; None if too few are left."""
        if left <= 0:
            return 0
        if self.least is None:
            end = place + left
            return self.costs[end] - self.costs[place] if end <= len(self.items) else None
        if not self.least:
            return 0 if self.weights[-1] - self.weights[place] >= left else None
        found = self.least[place].get(left)
        return None if found is None else found[0]


def _in_order(need: int, items: Sequence[Item], least: _Least | None = None) -> Iterator[Facts]:
    """All sets of items that reach *need*, each of them needed, with all that settles them.

    Whatever is taken up can be completed, at a cost that is known before, so that the
    lightest comes first.

    Args:
        need: What must be reached.
        items: The items; see `_List` for their order.
        least: See `_List`.
    """
    costs = [0, *accumulate(stream.first[0] for _, stream in items)]
    of = _List(items, least, costs, [0, *accumulate(weight for weight, _ in items)])
    ties = count()
    heap = [(of.completed(0, need) or 0, next(ties), (0, need, 0, 0, -1))]
    while heap:
        _, _, state = heapq.heappop(heap)
        if state[1] <= 0:
            yield state[2], state[3]
            continue
        for bound, following in _following(of, state):
            heapq.heappush(heap, (bound, next(ties), following))


_State = tuple[int, int, int, int, int]
"""The next item, what is missing, what is chosen so far as weight and facts, and the first
of the item's sets that may be taken; -1 where it may be left out as well."""


def _following(of: _List, state: _State) -> Iterator[tuple[int, _State]]:
    """What can be done with the next item, and what each costs in the end at least."""
    place, left, weight, facts, variant = state
    points, stream = of.items[place]
    without, then = of.completed(place + 1, left), of.completed(place + 1, left - points)
    if variant < 0 and without is not None:
        yield weight + without, (place + 1, left, weight, facts, -1)
    if then is None:
        return
    if variant < 0:
        yield weight + stream.first[0] + then, (place, left, weight, facts, 0)
        return
    taken = stream.get(variant)
    if taken is None:
        return
    chosen = (place + 1, left - points, weight + taken[0], facts | taken[1], -1)
    yield weight + taken[0] + then, chosen
    other = stream.get(variant + 1)
    if other is not None:
        yield weight + other[0] + then, (place, left, weight, facts, variant + 1)
