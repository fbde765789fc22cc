"""Who shows much at once, found one by one: for policies with too many people to look at all."""

from collections.abc import Iterator, Sequence

import attrs

from connectrules.testing.goals import Aspect, Shown
from connectrules.testing.search import Failure
from connectrules.testing.somebody import Looking, Needs, Side, Somebody, shows

_MOST_STEPS = 200
"""How many steps are taken for two things to be shown at once."""

_MOST_ASKED = 2_000
"""How often it is asked whether somebody can show two things."""

_MOST_MERGED = 1_000
"""How often somebody is looked for who shows one thing more."""

_MOST_BEGUN = 10
"""From how many things others are looked for that nobody shows beside them."""


@attrs.frozen(eq=False)
class _Group:
    """What one person shows.

    Attributes:
        needs: What must be so of them.
        sides: What they show.
        somebody: Them.
    """

    needs: Needs
    sides: tuple[Side, ...]
    somebody: Somebody | None


class Merging:
    """Finds who shows much at once.

    Args:
        looking: What finds somebody.
        pool: People who were found.
        wanted: What is to be shown.
    """

    def __init__(self, looking: Looking, pool: Shown, wanted: Sequence[Side]) -> None:
        self._looking = looking
        self._where = {
            side: pool.cases(side[0])[side[1]]
            for side in wanted
            if side[0].aspect is not Aspect.UNKNOWN
        }
        self._needs = {side: looking.needs(side) for side in self._where}
        self._apart: dict[frozenset[Side], bool] = {}

    def apart(self) -> tuple[Side, ...]:
        """Many things of which nobody shows two, whoever the owner is and on whatever day."""
        rare = sorted(self._where, key=lambda side: self._where[side].bit_count())
        best: tuple[Side, ...] = ()
        for first in rare[:: len(rare) // _MOST_BEGUN + 1]:
            chosen: tuple[Side, ...] = (first,)
            for side in rare:
                if all(self._are_apart(side, each) for each in chosen):
                    chosen = (*chosen, side)
            best = max(best, chosen, key=len)
        return best

    def _are_apart(self, one: Side, other: Side) -> bool:
        """Whether nobody shows both; what is not known is taken for no."""
        if one == other or self._where[one] & self._where[other]:
            return False
        both = frozenset((one, other))
        if both not in self._apart:
            if len(self._apart) >= _MOST_ASKED:
                return False
            needs = [*self._needs[one], *self._needs[other]]
            found = self._looking.doubter.find(needs, _MOST_STEPS)
            self._apart[both] = found is Failure.NOBODY
        return self._apart[both]

    def merged(self, apart: Sequence[Side]) -> Iterator[Somebody]:
        """People who show much at once.

        Args:
            apart: Things that take somebody each.
        """
        groups = [_Group(self._needs[side], (side,), None) for side in apart]
        left = _MOST_MERGED
        for side in sorted(self._where, key=lambda side: self._where[side].bit_count()):
            if any(side in group.sides for group in groups):
                continue
            for place, group in enumerate(groups):
                left -= 1
                fuller = self._fuller(group, side) if left > 0 else None
                if fuller is not None:
                    groups[place] = fuller
                    break
            else:
                groups.append(_Group(self._needs[side], (side,), None))
        return (each.somebody for each in groups if each.somebody is not None)

    def _fuller(self, group: _Group, side: Side) -> _Group | None:
        """*group* with one thing more to show, if somebody is found who does."""
        needs = [*group.needs, *self._needs[side]]
        usual = self._looking.usual
        facts = self._looking.finder(usual).find(needs, _MOST_STEPS)
        if isinstance(facts, Failure):
            return None
        somebody = Somebody(facts, usual)
        shown = Shown([self._looking.tried(somebody)])
        sides = (*group.sides, side)
        return _Group(needs, sides, somebody) if all(shows(shown, each) for each in sides) else None
