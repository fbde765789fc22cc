"""The fewest of many that do: of each of some sets one is taken, and one may be in several.

Sets that have a member in common are put into one group, for which that member is taken:
the question is how few groups do. Sets of which no two have a member in common need a
group each, which says how many it takes at least. With one group less than before it is
tried each time, depth first, until it does not go: that is a proof then.
Comparisons are counted, and not time, so that the answer is the same each time.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_

from connectrules.exact import bits

_MOST_COMPARED = 1_000_000
"""How many sets of few members are compared, at most."""

_QUICK = 1 << 13
"""Up to so many members, sets are compared as quickly as smaller ones."""

_MOST_NARROWED = 64
"""How often better members are tried."""

_MOST_PAIRS = 1_000_000
"""How many pairs of sets are looked at, at most, to try better members."""

_MOST_BEGUN = 30
"""From how many sets others are looked for that have no member in common."""

Groups = tuple[int, ...]
"""The members that all sets of a group have in common, as bits, for each group."""
_Left = list[tuple[int, int]]
"""Sets that are in no group, each with the places of the groups that it may go into, as bits."""
_Stage = tuple[Groups, _Left]
"""The groups so far, and the sets that are in none."""


def at_least(sets: Sequence[int], most: int = _MOST_COMPARED) -> int:
    """How many groups *sets* have to be put into at least.

    Args:
        sets: The members of each set, as bits; none is empty.
        most: How often two sets may be compared, if they have few members.
    """
    needed = _needed(sets)
    if not needed:
        return 0
    search = _Search(needed, most)
    many = search.apart
    while search.within(many) is None and not search.is_spent:
        many += 1
    return many


def fewest(
    sets: Sequence[int], enough: int = 0, most: int = _MOST_COMPARED, first: Sequence[int] = ()
) -> Groups:
    """The fewest groups that *sets* can be put into, or few.

    Args:
        sets: The members of each set, as bits; none is empty.
        enough: How many groups are few enough.
        most: How often two sets may be compared, if they have few members.
        first: Members, as bits, that are in many sets together.
    """
    needed = _needed(sets)
    if not needed:
        return ()
    search = _Search(needed, most)
    found = _by_worth(needed, first) if first else needed
    if not first or len(found) > enough:
        found = search.fewer(search.within(len(found)) or found, enough)
    if len(found) <= enough or max(map(int.bit_length, needed)) > _QUICK:
        return found
    others = _by_worth(needed)
    return _Search(needed, most).fewer(others, enough) if len(others) < len(found) else found


def narrowed(
    sets: Sequence[int], better: Sequence[int], groups: Groups, most: int = _MOST_COMPARED
) -> Groups:
    """No more groups than there are, of sets that have *better* members where that can be.

    Args:
        sets: The members of each set.
        better: The members of each set that one would rather take; of some none.
        groups: The groups that there are.
        most: How often two sets may be compared, if they have few members.
    """
    now = [*sets]
    first = [place for place, each in enumerate(sets) if each & better[place] not in {0, each}]
    waiting = [first] if first else []
    tries = min(_MOST_NARROWED, _MOST_PAIRS // (len(sets) + 1) ** 2 + 1)
    while waiting and tries:
        tries -= 1
        together = waiting.pop()
        trying = [*now]
        for place in together:
            trying[place] &= better[place]
        found = _Search(_needed(trying), most // _MOST_NARROWED).within(len(groups))
        if found is not None:
            now, groups = trying, found
        elif len(together) > 1:
            half = len(together) // 2
            waiting += [together[half:], together[:half]]
    return groups


def _by_worth(sets: Sequence[int], first: Sequence[int] = ()) -> Groups:
    """A member of each of *sets*, few in all: who is in many, and in sets of few.

    Args:
        sets: The members of each set, as bits.
        first: Members to begin with, as bits.
    """
    members = [*bits.places(reduce(or_, sets))]
    chosen = [*first]
    left = [each for each in sets if not each & sum(first)]
    while left:
        worth = {each: 1 / each.bit_count() for each in left}
        best = max(
            members, key=lambda place: sum(worth[each] for each in left if each >> place & 1)
        )
        chosen.append(1 << best)
        left = [each for each in left if not each >> best & 1]
    for each in [*chosen]:
        others = sum(chosen) - each
        if all(members & others for members in sets):
            chosen.remove(each)
    return tuple(chosen)


def _needed(sets: Sequence[int]) -> tuple[int, ...]:
    """*sets* without those that have all the members of another, the smallest first."""
    found: list[int] = []
    for each in sorted(dict.fromkeys(sets), key=int.bit_count):
        if all(other & ~each for other in found):
            found.append(each)
    return tuple(found)


def _apart(sets: Sequence[int]) -> Groups:
    """Many of *sets* of which no two have a member in common."""
    beside = [bits.packed(not each & other for other in sets) for each in sets]
    best: tuple[int, ...] = ()
    begun = sorted(range(len(sets)), key=lambda place: -beside[place].bit_count())
    for first in begun[:_MOST_BEGUN]:
        chosen, left = [first], beside[first]
        while left:
            after = left
            following = max(
                bits.places(left), key=lambda place: (beside[place] & after).bit_count()
            )
            chosen.append(following)
            left &= beside[following]
        best = max(best, tuple(chosen), key=len)
    return tuple(sets[place] for place in best)


class _Search:
    """Tries to put sets into so many groups.

    Args:
        sets: The sets.
        most: How often two sets may be compared, if they have few members.
    """

    def __init__(self, sets: Sequence[int], most: int) -> None:
        self._sets = tuple(sets)
        self._price = max(map(int.bit_length, sets)) // _QUICK + 1
        self._left = most
        self._apart = _apart(sets)

    @property
    def apart(self) -> int:
        """How many of the sets were found of which no two have a member in common."""
        return len(self._apart)

    @property
    def is_spent(self) -> bool:
        """Whether nothing more is compared, so that what was not found may be there."""
        return self._left <= 0

    def fewer(self, groups: Groups, enough: int) -> Groups:
        """Fewer than *groups*, or these; not fewer than are *enough*."""
        while len(groups) > enough:
            found = self.within(len(groups) - 1)
            if found is None:
                break
            groups = found
        return groups

    def within(self, many: int) -> Groups | None:
        """Groups of the sets, no more than so *many*, if these are found."""
        if len(self._apart) > many:
            return None
        left = [(each, 0) for each in self._sets]
        for place, group in enumerate(self._apart):
            left = _beside(group, place, left)
        stack: list[Iterator[_Stage]] = [iter([(self._apart, left)])]
        while stack and not self.is_spent:
            stage = next(stack[-1], None)
            if stage is None:
                stack.pop()
                continue
            groups, left = stage
            if not left:
                return groups
            self._left -= len(left) * (len(groups) + 1) * self._price
            stack.append(_choices(groups, left, many))
        return None


def _choices(groups: Groups, left: _Left, many: int) -> Iterator[_Stage]:
    """The groups that the set may go into that has the fewest to choose from."""
    each, fits = min(left, key=_choice)
    for place, group in enumerate(groups):
        if fits >> place & 1:
            both = group & each
            yield (*groups[:place], both, *groups[place + 1 :]), _beside(both, place, left)
    if len(groups) < many:
        yield (*groups, each), _beside(each, len(groups), left)


def _choice(left: tuple[int, int]) -> int:
    """Into how many groups a set may go."""
    _, fits = left
    return fits.bit_count()


def _beside(group: int, place: int, left: _Left) -> _Left:
    """Those *left* that are not in *group*, once it is what stands at its *place*."""
    bit = 1 << place
    return [
        (each, fits | bit if common else fits & ~bit)
        for each, fits in left
        if (common := each & group) != group
    ]
