"""All choices of so many things, as worlds: for each thing, those in which it is chosen."""

from functools import lru_cache
from math import comb

from connectrules.exact import bits

Subsets = tuple[tuple[int, ...], int]
"""For each thing the worlds in which it is chosen, and how many worlds there are."""

_MOST_KEPT = 65_536
"""Of so many bits at most the worlds are kept."""


def subsets(things: int, chosen: int) -> Subsets:
    """For each of *things* the worlds in which it is one of those *chosen*, and how many there are.

    The first worlds are those in which the first things are chosen.
    """
    if comb(things, chosen) * things <= _MOST_KEPT:
        return _kept(things, chosen)
    return _made(things, chosen)


def _made(things: int, chosen: int) -> Subsets:
    if chosen > things:
        return (0,) * things, 0
    if chosen == things:
        return (1,) * things, 1
    # For each number that is chosen, the worlds of the last things, of more and more of them.
    last: dict[int, Subsets] = {0: ((), 1)}
    for size in range(1, things + 1):
        last = {
            some: _with_one_more(last, size, some)
            for some in range(max(chosen - things + size, 0), min(chosen, size) + 1)
        }
    return last[chosen]


def _with_one_more(last: dict[int, Subsets], size: int, some: int) -> Subsets:
    """The worlds of *size* things of which *some* are chosen, from those of one less."""
    if some == 0:
        return (0,) * size, 1
    with_first, many = last[some - 1]
    without, more = last.get(some, ((0,) * (size - 1), 0))
    rest = (one | other << many for one, other in zip(with_first, without, strict=True))
    return (bits.full(many), *rest), many + more


_kept = lru_cache(maxsize=128)(_made)
