"""Needs: that conditions hold, or do not; and the ways in which a list meets one."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, combinations, islice

import attrs

from connectrules.rules.tree import AtLeast, Condition, Not, Weighted

_MOST_CHOICES = 50_000
"""How many sets of a list's items are looked at."""


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


class TooManyError(Exception):
    """A list has more sets of items than are looked at."""


def _needs(items: Iterable[tuple[Condition, bool]]) -> tuple[Need, ...]:
    return tuple(Need(condition, holds) for condition, holds in items)


def forced(need: Need | Left) -> tuple[Need, ...] | None:
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
        raise TooManyError


def _fewest(items: Sequence[Weighted], wanted: int) -> int:
    """How many of *items* it takes at least to weigh so much."""
    weights = sorted((each.weight for each in items), reverse=True)
    return next((n for n in range(len(weights)) if sum(weights[:n]) >= wanted), len(weights))


def _most(items: Sequence[Weighted], wanted: int) -> int:
    """How many of *items* it takes at most to weigh so much, where it takes each of them."""
    weights = sorted(each.weight for each in items)
    return next((n for n in range(len(weights)) if sum(weights[:n]) >= wanted), len(weights))


def _weight(items: Sequence[Weighted], chosen: Iterable[int]) -> int:
    return sum(items[place].weight for place in chosen)


def ways(count: AtLeast, *, holds: bool) -> Iterator[tuple[Need, ...]]:
    """The ways in which *count* can hold, or fail to: few items first."""
    items, threshold = count.items, count.threshold
    if count.exactly:
        sizes = [size for size in range(len(items) + 1) if (size == threshold) is holds]
        for chosen in _sets(items, sizes):
            yield _needs((each.condition, n in chosen) for n, each in enumerate(items))
        return
    wanted = threshold if holds else _weight(items, range(len(items))) - threshold + 1
    for chosen in _sets(items, range(_fewest(items, wanted), _most(items, wanted) + 1)):
        weight = _weight(items, chosen)
        if weight >= wanted > weight - min(items[place].weight for place in chosen):
            yield _needs((items[place].condition, holds) for place in chosen)


def ways_to_leave(left: Left) -> Iterator[tuple[Need, ...]]:
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
