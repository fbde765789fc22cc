"""Lists that a fact could be: with named items gained or lost, and with more or fewer others."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import prod

import attrs

from connectrules.explain.changing.moves import UNKNOWN_TO_VALUE, Move
from connectrules.explain.changing.ordered import Stretch
from connectrules.schema.types import folded

_FEW = 6
"""Of so many items all sets are tried, of more those that count for the tests."""
_PAIR = 2
_MOST_SETS, _MOST_NEAR = 1_024, 256
_MOST_MADE_UP = 100_000
"""A list of more items is not made up."""


@attrs.frozen
class Listing:
    """What the tests of one list compare it with.

    Attributes:
        groups: The items, those together that the tests cannot tell apart.
        lengths: The stretches of lengths that the tests tell apart; none where they do
            not ask for it.
        counts: The numbers of items of one group that matter, beside none and all.
        written: How a policy writes an item, by how tests compare it.
    """

    groups: tuple[tuple[str, ...], ...]
    lengths: tuple[Stretch, ...]
    counts: frozenset[int]
    written: Mapping[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether all sets of items that count are tried, and all lengths."""
        if any(each.low > _MOST_MADE_UP for each in self.lengths):
            return False
        return prod(self._ways(group) for group in self.groups) <= _MOST_SETS

    def _ways(self, group: Sequence[str]) -> int:
        """How many sets of *group* are tried at most."""
        pairs = 1 << len(group) if len(group) <= _PAIR else 0
        return pairs or min(len(group) + 1, 3 + 2 * len(self.counts))

    def moves(self, ready: frozenset[str] | None, raw: object) -> Iterator[Move]:
        """Lists that it could be instead of *ready*, which was found as *raw*."""
        present = ready or frozenset()
        named = frozenset(item for group in self.groups for item in group)
        others = sorted(present - named)
        spelled = {folded(item): item for item in raw} if isinstance(raw, Collection) else {}
        most = _MOST_SETS if ready is None else _MOST_NEAR
        for items in islice(self._sets(present & named), most):
            for count in self._others(len(items), len(others)):
                kept = others[:count]
                more = _made_up(count - len(kept), {*present, *named})
                after = [*sorted(present & items), *kept, *sorted(items - present), *more]
                words = tuple(spelled.get(each, self.written.get(each, each)) for each in after)
                compared = frozenset(after)
                if ready is None:
                    yield Move(compared, words, UNKNOWN_TO_VALUE)
                    continue
                gains = tuple(sorted(self.written.get(each, each) for each in items - present))
                loses = tuple(sorted(spelled.get(each, each) for each in present & named - items))
                by = count - len(others)
                far = len(gains) + len(loses) + abs(by)
                yield Move(compared, words, float(far), by or None, gains, loses)

    def _sets(self, present: frozenset[str]) -> Iterator[frozenset[str]]:
        """Sets of named items to have."""
        found = [frozenset[str]()]
        for group in self.groups:
            ways = [*_some_of(group, present, self.counts)]
            found = [one | other for one in found for other in ways][:_MOST_SETS]
        yield from sorted(found, key=lambda items: (len(items ^ present), sorted(items)))

    def _others(self, named: int, others: int) -> Iterator[int]:
        """How many items without a name there could be beside so many *named* ones."""
        if not self.lengths:
            yield others
        for each in self.lengths:
            count = min(max(others, each.low - named), each.high - named)
            if 0 <= count <= _MOST_MADE_UP:
                yield count


def _some_of(
    group: Sequence[str], present: frozenset[str], counts: frozenset[int]
) -> Iterator[frozenset[str]]:
    """Sets of items of *group*, which the tests cannot tell apart: one of each number."""
    own = [item for item in group if item in present]
    rest = [item for item in group if item not in present]
    if len(group) <= _PAIR:
        for size in range(len(group) + 1):
            yield from map(frozenset, combinations(group, size))
        return
    near = {0, len(group), len(own), *counts, *(count - 1 for count in counts)}
    near |= set(range(len(group) + 1)) if len(group) <= _FEW else set()
    for size in sorted(near):
        if 0 <= size <= len(group):
            yield frozenset((own + rest)[:size])


def _made_up(count: int, taken: Collection[str]) -> list[str]:
    """So many items that are none of those *taken*."""
    found: list[str] = []
    number = 0
    while len(found) < count:
        number += 1
        name = f"another {number}" if number > 1 else "another"
        if name not in taken:
            found.append(name)
    return found
