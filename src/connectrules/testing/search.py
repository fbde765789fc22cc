"""Searches for somebody for whom conditions come out as wanted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import chain, combinations, islice

import attrs

from connectrules.rules.tree import AtLeast, Condition, Not, Subject, Test, Weighted
from connectrules.testing.domains import Domains


@attrs.frozen
class Need:
    """That a condition holds, or does not.

    Attributes:
        condition: The condition.
        holds: Whether it is to hold.
    """

    condition: Condition
    holds: bool


@attrs.frozen
class Left:
    """That a list is left to one of its items: it holds where that does, and only there.

    Attributes:
        count: The list.
        item: The place of the item.
    """

    count: AtLeast
    item: int


class Failure(Enum):
    """Why nobody was found."""

    NOBODY = "nobody"
    """There can be nobody: everything was tried."""
    NOT_FOUND = "not found"
    """Not everything was tried."""


Found = Mapping[Subject, object]
"""Somebody: values for the facts that matter."""

_Masks = tuple[int, ...]
"""For each domain the ways that are still open."""
_Agenda = tuple["Need | Left", "_Agenda"] | None
"""What is still to be seen to."""

_MOST_STEPS = 20_000


class Finder:
    """Finds values of facts for which conditions come out as wanted, few facts and simple values.

    Args:
        domains: The ways in which the facts can be.
    """

    def __init__(self, domains: Domains) -> None:
        self.domains = domains
        """The ways in which the facts can be."""
        self._full = tuple(each.everything for each in domains.domains)
        self.steps = 0
        """How many steps the last search took."""
        self._touched: set[int] = set()

    def find(self, needs: Sequence[Need | Left]) -> Found | Failure:
        """Somebody for whom *needs* are met, and are known to be, or why there is none."""
        masks = self._search(needs)
        if isinstance(masks, Failure):
            return masks
        found: dict[Subject, object] = {}
        for place in sorted(self._touched):
            domain, mask = self.domains.domains[place], masks[place]
            way = domain.ways[(mask & -mask).bit_length() - 1]
            found.update(zip(domain.subjects, way, strict=True))
        return found

    def _search(self, needs: Sequence[Need | Left]) -> _Masks | Failure:
        """Depth first, with a stack of its own; what leaves no choice is seen to at once."""
        self.steps = 0
        self._touched = set()
        agenda: _Agenda = None
        for need in reversed(needs):
            agenda = (need, agenda)
        stack: list[tuple[_Masks, Iterator[tuple[Need, ...]], _Agenda]] = [
            (self._full, iter([()]), agenda)
        ]
        while stack:
            masks, choices, after = stack[-1]
            try:
                chosen = next(choices, None)
            except _TooMany:
                return Failure.NOT_FOUND
            if chosen is None:
                stack.pop()
                continue
            self.steps += 1
            if self.steps > _MOST_STEPS:
                return Failure.NOT_FOUND
            reached = self._settled(masks, chosen, after)
            if reached is None:
                continue
            masks, waiting = reached
            if waiting is None:
                return masks
            need, after = waiting
            stack.append((masks, self._choices(need, masks), after))
        known = all(self.domains.domains[each].complete for each in self._touched)
        return Failure.NOBODY if known else Failure.NOT_FOUND

    def _settled(
        self, masks: _Masks, chosen: Sequence[Need], after: _Agenda
    ) -> tuple[_Masks, _Agenda] | None:
        """See to all that leaves no choice; None where it cannot be met.

        Returns:
            The ways left open, and what is still to be chosen.
        """
        todo: list[Need | Left] = [*reversed([*_listed(after)]), *reversed(chosen)]
        left: list[Need | Left] = []
        open_ = [*masks]
        while todo:
            need = todo.pop()
            if isinstance(need, Need) and isinstance(need.condition, Test):
                place, mask = self._where(need.condition, holds=need.holds)
                self._touched.add(place)
                open_[place] &= mask
                if not open_[place]:
                    return None
            elif (parts := _forced(need)) is None:
                left.append(need)
            else:
                todo += reversed(parts)
        agenda: _Agenda = None
        for need in reversed(left):
            agenda = (need, agenda)
        return tuple(open_), agenda

    def _where(self, test: Test, *, holds: bool) -> tuple[int, int]:
        """The place of the domain of *test*, and the ways for which it holds, or does not."""
        number = self.domains.number[id(test)]
        place = self.domains.domain_of[number]
        domain = self.domains.domains[place]
        column = domain.columns[number]
        return place, column if holds else domain.everything ^ column

    def _choices(self, need: Need | Left, masks: _Masks) -> Iterator[tuple[Need, ...]]:
        """The ways to meet *need*, those first for which nothing more need be settled."""
        if isinstance(need, Left):
            yield from _ways_to_leave(need)
            return
        assert isinstance(need.condition, AtLeast)  # noqa: S101 - else there is no choice
        others: list[tuple[Need, ...]] = []
        for way in _ways(need.condition, holds=need.holds):
            if len(others) < _MOST_SORTED and not all(self._truth(each, masks) for each in way):
                others.append(way)
            else:
                yield way
        yield from others

    def _truth(self, need: Need, masks: _Masks) -> bool:
        """Whether *need* is met in all ways that are open."""
        match need.condition:
            case Test():
                place, mask = self._where(need.condition, holds=need.holds)
                return not masks[place] & ~mask
            case Not(operand):
                return self._truth(Need(operand, not need.holds), masks)
            case AtLeast(threshold, items, exactly):
                sure = sum(
                    each.weight
                    for each in items
                    if self._truth(Need(each.condition, need.holds), masks)
                )
                total = sum(each.weight for each in items)
                if exactly:
                    return False
                return sure >= threshold if need.holds else total - sure < threshold


_MOST_SORTED = 50
"""Of how many choices those come first that settle nothing more."""

_MOST_CHOICES = 50_000
"""How many sets of a list's items are looked at."""


class _TooMany(Exception):  # noqa: N818 - a finding, caught where it is raised
    """A list has more sets of items than are looked at."""


def _listed(agenda: _Agenda) -> Iterator[Need | Left]:
    while agenda is not None:
        need, agenda = agenda
        yield need


def _needs(items: Iterable[tuple[Condition, bool]]) -> tuple[Need, ...]:
    return tuple(Need(condition, holds) for condition, holds in items)


def _forced(need: Need | Left) -> tuple[Need, ...] | None:
    """What *need* comes down to; None where there is a choice."""
    match need:
        case Left(count, item):
            others = [each for place, each in enumerate(count.items) if place != item]
            return _forced_items(count, others, holds=None)
        case Need(Not(operand), holds):
            return (Need(operand, not holds),)
        case Need(AtLeast() as count, holds):
            return _forced_items(count, count.items, holds=holds)
        case _:
            return None


def _forced_items(
    count: AtLeast, items: Sequence[Weighted], *, holds: bool | None
) -> tuple[Need, ...] | None:
    """What must be so of *items* of *count* where it *holds*, or is left to one beside them.

    Returns:
        Nothing where there is a choice.
    """
    if not items:
        return ()
    least = min(each.weight for each in count.items)
    is_all = sum(each.weight for each in count.items) - least < count.threshold
    is_any = least >= count.threshold
    if count.exactly:
        return None
    if is_all and holds is not False:
        return _needs((each.condition, True) for each in items)
    if is_any and holds is not True:
        return _needs((each.condition, False) for each in items)
    return None


def _sets(items: Sequence[Weighted], sizes: Iterable[int]) -> Iterator[tuple[int, ...]]:
    """The sets of so many of *items*, by place."""
    every = chain.from_iterable(combinations(range(len(items)), size) for size in sizes)
    yield from islice(every, _MOST_CHOICES)
    if next(every, None) is not None:
        raise _TooMany


def _fewest(items: Sequence[Weighted], wanted: int) -> int:
    """How many of *items* it takes at least to weigh so much."""
    weights = sorted((each.weight for each in items), reverse=True)
    return next((n for n in range(len(weights)) if sum(weights[:n]) >= wanted), len(weights))


def _weight(items: Sequence[Weighted], chosen: Iterable[int]) -> int:
    return sum(items[place].weight for place in chosen)


def _ways(count: AtLeast, *, holds: bool) -> Iterator[tuple[Need, ...]]:
    """The ways in which *count* can hold, or fail to: few items first."""
    items, threshold = count.items, count.threshold
    if count.exactly:
        sizes = [size for size in range(len(items) + 1) if (size == threshold) is holds]
        for chosen in _sets(items, sizes):
            yield _needs((each.condition, n in chosen) for n, each in enumerate(items))
        return
    wanted = threshold if holds else _weight(items, range(len(items))) - threshold + 1
    for chosen in _sets(items, range(_fewest(items, wanted), len(items) + 1)):
        weight = _weight(items, chosen)
        if weight >= wanted > weight - min(items[place].weight for place in chosen):
            yield _needs((items[place].condition, holds) for place in chosen)


def _ways_to_leave(left: Left) -> Iterator[tuple[Need, ...]]:
    """The ways in which the other items of a list can leave it to one."""
    count = left.count
    weight = count.items[left.item].weight
    others = [each for place, each in enumerate(count.items) if place != left.item]
    fewest = _fewest(others, count.threshold - weight)
    for chosen in _sets(others, range(fewest, len(others) + 1)):
        if _is_left(_weight(others, chosen), weight, count):
            yield _needs((each.condition, n in chosen) for n, each in enumerate(others))


def _is_left(reached: int, weight: int, count: AtLeast) -> bool:
    """Whether an item of so much *weight* turns *count* where the others have *reached* so much."""
    if count.exactly:
        return (reached == count.threshold) is not (reached + weight == count.threshold)
    return reached < count.threshold <= reached + weight


def ways_down(root: Condition, node: Condition) -> Iterator[tuple[Left, ...]]:
    """The ways from *root* down to *node*, as what must be left to the next on the way."""
    stack: list[tuple[Condition, tuple[Left, ...]]] = [(root, ())]
    while stack:
        at, passed = stack.pop()
        if at is node:
            yield passed
            continue
        match at:
            case Not(operand):
                stack.append((operand, passed))
            case AtLeast(items=items):
                stack += [
                    (item.condition, (*passed, Left(at, place)))
                    for place, item in reversed([*enumerate(items)])
                ]
            case _:
                pass
