"""Who shows much at once, found one by one: for policies with too many people to look at all."""

from collections.abc import Iterator, Sequence

import attrs

from connectrules.testing.goals import Shown
from connectrules.testing.search import Failure, State
from connectrules.testing.somebody import Looking, Side, Somebody

_MOST_STEPS = 200
"""How many steps are taken for things to be shown at once."""

_MOST_TRIED = 10_000
"""How often it is tried whether somebody shows one thing more."""

_MOST_ROUNDS = 4
"""How often all is put together anew, with what was left over before as the first."""


@attrs.define(eq=False)
class _Group:
    """What one person shows.

    Attributes:
        sides: What they show.
        must: What must be so of them.
        is_so: What is so of them, by which they show it all.
    """

    sides: list[Side]
    must: State
    is_so: State


class Merging:
    """Finds who shows much at once, for the usual owner and day.

    Args:
        looking: What finds somebody.
        pool: People who were found.
        wanted: What is to be shown.
    """

    def __init__(self, looking: Looking, pool: Shown, wanted: Sequence[Side]) -> None:
        self._looking = looking
        self._finder = looking.finder(looking.usual)
        ways = {side: looking.way(side) for side in wanted}
        self._needs = {side: way for side, way in ways.items() if way is not None}
        self._order = sorted(
            self._needs,
            key=lambda side: (side[0].test is not None, pool.cases(side[0])[side[1]].bit_count()),
        )
        self._left = _MOST_TRIED

    def merged(self, apart: Sequence[Side], enough: int) -> Iterator[Somebody]:
        """People who show much at once.

        Args:
            apart: Things that take somebody each.
            enough: How few people are few enough.
        """
        first = [side for side in apart if side in self._needs]
        best = groups = self._groups(first)
        for _ in range(_MOST_ROUNDS):
            if len(best) <= enough or self._left <= 0:
                break
            # What had to stand alone last time is the hardest to place, and comes first.
            first = [side for group in reversed(groups) for side in group.sides[:1]]
            groups = self._groups(first)
            best = min(best, groups, key=len)
        for group in best:
            yield Somebody(self._finder.somebody(group.is_so), self._looking.usual)

    def _groups(self, first: Sequence[Side]) -> list[_Group]:
        """All that is wanted in groups that somebody shows, from those of what comes *first*."""
        groups: list[_Group] = []
        for side in dict.fromkeys((*first, *self._order)):
            if not any(self._added(group, side) for group in groups):
                alone = self._finder.settled(self._finder.anybody, self._needs[side])
                found = None if alone is None else self._finder.finished(alone, (), _MOST_STEPS)
                if alone is not None and isinstance(found, State):
                    groups.append(_Group([side], alone, found))
        return groups

    def _added(self, group: _Group, side: Side) -> bool:
        """Whether somebody is found who shows *side* and all of *group*; it is added then."""
        needs = self._needs[side]
        self._left -= 1
        if self._left < 0:
            return False
        must = self._finder.settled(group.must, needs)
        if must is None:
            return False
        found = self._finder.finished(group.is_so, needs, _MOST_STEPS)
        if isinstance(found, Failure):
            found = self._finder.finished(must, (), _MOST_STEPS)
        if isinstance(found, Failure):
            return False
        group.sides.append(side)
        group.must, group.is_so = must, found
        return True
