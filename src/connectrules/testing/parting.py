"""How many people it takes at least: things of which nobody shows two, and lists of things."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, product
from math import ceil

import attrs

from connectrules.exact.variables import ORDER, BoundRule
from connectrules.rules.tree import AtLeast, Condition, Not
from connectrules.testing.goals import Aspect, Shown
from connectrules.testing.search import Failure, State
from connectrules.testing.somebody import Looking, Side
from connectrules.testing.ways import Left

_MOST_STEPS = 20
"""How many steps are taken to find out whether somebody shows two things."""

_MOST_ASKED = 10_000
"""How many steps are taken for that in all."""

_MOST_BEGUN = 10
"""From how many things others are looked for that nobody shows beside them."""

_LONGEST = 60
"""How many things of a list are compared with those of another."""


@attrs.frozen(eq=False)
class _Kin:
    """Things of which somebody shows only so many at once.

    Attributes:
        sides: The things.
        number: How many people it takes to show all of them, at least.
    """

    sides: tuple[Side, ...]
    number: int


class Parting:
    """Finds out what nobody shows at once, whoever the owner is and on whatever day.

    Args:
        looking: What knows who there can be.
        pool: Some people.
        wanted: What is to be shown.
    """

    def __init__(self, looking: Looking, pool: Shown, wanted: Sequence[Side]) -> None:
        self._looking = looking
        self._where = {
            side: pool.cases(side[0])[side[1]]
            for side in wanted
            if side[0].aspect is not Aspect.UNKNOWN
        }
        self._states: dict[Side, State] = {}
        self._apart: dict[frozenset[Side], bool] = {}
        self._left = _MOST_ASKED

    def found(self, rules: Sequence[BoundRule]) -> tuple[tuple[Side, ...], int]:
        """Things of which nobody shows two, and how many people it takes at least for all.

        Args:
            rules: The policy's rules.
        """
        rare = sorted(self._where, key=lambda side: self._where[side].bit_count())
        alone = [_Kin((side,), 1) for side in rare]
        lists = sorted(self._lists(), key=lambda each: -each.number)
        deciding = [_Kin((side,), 1) for side in self._deciding(rules)]
        begun = [[*deciding, *lists], [*lists, *deciding]]
        begun += [[each] for each in alone[:: len(alone) // _MOST_BEGUN + 1]]
        best: list[_Kin] = []
        for first in begun:
            chosen: list[_Kin] = []
            for each in (*first, *alone):
                if all(self._are_kin_apart(each, other) for other in chosen):
                    chosen.append(each)
            best = max(best, chosen, key=_number)
        return tuple(each.sides[0] for each in best), _number(best)

    def _deciding(self, rules: Sequence[BoundRule]) -> Iterator[Side]:
        """That a rule decides, for one of each kind, and that none does."""
        kinds = {each.name: each.decision for each in rules}
        told = set[object]()
        those = (side for side in self._where if side[0].aspect is Aspect.DECIDES)
        for side in sorted(those, key=lambda side: ORDER.index(kinds.get(side[0].rule, ORDER[-1]))):
            kind = kinds.get(side[0].rule)
            if kind not in told:
                told.add(kind)
                yield side

    # Two things

    def _are_kin_apart(self, one: _Kin, other: _Kin) -> bool:
        """Whether nobody shows something of both."""
        if len(one.sides) > _LONGEST or len(other.sides) > _LONGEST:
            return False
        return all(self._are_apart(*each) for each in product(one.sides, other.sides))

    def _are_apart(self, one: Side, other: Side) -> bool:
        """Whether nobody shows both; what is not known is taken for no."""
        if one == other or self._where[one] & self._where[other]:
            return False
        both = frozenset((one, other))
        if both not in self._apart:
            if self._left <= 0:
                return False
            needs, finder = self._looking.needs(other), self._looking.doubter
            found = finder.finished(self._state(one), needs, _MOST_STEPS)
            self._left -= finder.steps
            self._apart[both] = found is Failure.NOBODY
        return self._apart[both]

    def _state(self, side: Side) -> State:
        """What is so of everybody who shows *side*."""
        if side not in self._states:
            finder = self._looking.doubter
            found = finder.settled(finder.anybody, self._looking.needs(side))
            self._states[side] = finder.anybody if found is None else found
        return self._states[side]

    # Lists

    def _lists(self) -> Iterator[_Kin]:
        """The conditions of each list that decide where they hold, and where they do not."""
        found: dict[tuple[int, bool], dict[int, Side]] = {}
        counts: dict[int, AtLeast] = {}
        for side in self._where:
            *lefts, itself = self._looking.needs(side)
            if isinstance(itself, Left) or not lefts or not isinstance(lefts[-1], Left):
                continue
            count, item = lefts[-1].count, lefts[-1].item
            if not count.exactly:
                holds = _comes_out(count.items[item].condition, holds=itself.holds)
                counts[id(count)] = count
                found.setdefault((id(count), holds), {}).setdefault(item, side)
        for (count_id, holds), sides in found.items():
            count = counts[count_id]
            most = _most_at_once(count, [count.items[item].weight for item in sides], holds=holds)
            if most < len(sides):
                yield _Kin(tuple(sides.values()), ceil(len(sides) / most))


def _comes_out(condition: Condition, *, holds: bool) -> bool:
    """Whether *condition* holds where what it denies, or does not, *holds*."""
    while isinstance(condition, Not):
        condition, holds = condition.operand, not holds
    return holds


def _most_at_once(count: AtLeast, weights: Sequence[int], *, holds: bool) -> int:
    """On how many items of such *weights* a list can hang at once where it *holds*, or does not.

    Where it holds, all of them but the lightest weigh less than it takes; where it does not,
    all but one of them could be added to those that hold, and it would still not.
    """
    total = sum(each.weight for each in count.items)
    most = count.threshold - 1 if holds else total - count.threshold
    return 1 + sum(reached <= most for reached in accumulate(sorted(weights)[1:]))


def _number(kin: Sequence[_Kin]) -> int:
    """How many people it takes for all of *kin*, of which nobody shows something of two."""
    return sum(each.number for each in kin)
