"""Needs: that conditions hold, or do not; and what leaves no choice of how they are met."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from connectrules.rules.tree import AtLeast, Condition, Not, Weighted


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
