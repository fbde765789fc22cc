"""All choices of so many things, as worlds: for each thing, those in which it is chosen."""

from functools import lru_cache

from connectrules.exact import bits


@lru_cache(maxsize=128)
def subsets(things: int, chosen: int) -> tuple[tuple[int, ...], int]:
    """For each of *things* the worlds in which it is one of those *chosen*, and how many there are.

    The first worlds are those in which the first things are chosen.
    """
    if chosen == 0:
        return (0,) * things, 1
    if chosen > things:
        return (0,) * things, 0
    with_first, many = subsets(things - 1, chosen - 1)
    without, more = subsets(things - 1, chosen)
    rest = (one | other << many for one, other in zip(with_first, without, strict=True))
    return (bits.full(many), *rest), many + more
