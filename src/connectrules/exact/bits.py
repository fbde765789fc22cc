"""Bit sets over fillings: one whole number, a bit for each way to fill in what is unknown."""

from collections.abc import Iterable, Sequence


def full(size: int) -> int:
    """The set of all *size* fillings."""
    return (1 << size) - 1


def packed(truths: Iterable[bool]) -> int:
    """The set of the places in *truths* that are true."""
    digits = "".join("1" if truth else "0" for truth in truths)
    return int(digits[::-1] or "0", 2)


def unpacked(bits: int, size: int) -> str:
    """*bits* as *size* digits, the first filling first."""
    return f"{bits:0{size}b}"[::-1]


def spread(truths: Sequence[bool], stride: int, size: int) -> int:
    """The fillings of *size* for whose digit of weight *stride* the place in *truths* is true."""
    digits = "".join(("1" if truth else "0") * stride for truth in reversed(truths))
    return int(digits, 2) * (full(size) // full(len(digits)))


def at_least(threshold: int, items: Sequence[tuple[int, int]], everything: int) -> int:
    """The fillings in which the weights of the items that hold sum up to *threshold*.

    Args:
        threshold: What must be reached.
        items: ``(weight, bits)`` of each item.
        everything: All fillings.
    """
    if threshold <= 0:
        return everything
    if threshold == 1:
        found = 0
        for _, bits in items:
            found |= bits
        return found
    if threshold >= (total := sum(weight for weight, _ in items)):
        found = everything if threshold == total else 0
        for _, bits in items:
            found &= bits
        return found
    return _reaching(threshold, _planes(items), everything)


def _planes(items: Iterable[tuple[int, int]]) -> list[int]:
    """The sums of all fillings side by side: plane p holds bit p of each."""
    planes: list[int] = []
    for weight, bits in items:
        for place in range(weight.bit_length()):
            if weight >> place & 1:
                _carry(planes, place, bits)
    return planes


def _carry(planes: list[int], place: int, bits: int) -> None:
    while bits:
        while place >= len(planes):
            planes.append(0)
        planes[place], bits = planes[place] ^ bits, planes[place] & bits
        place += 1


def _reaching(threshold: int, planes: Sequence[int], everything: int) -> int:
    if threshold >> len(planes):
        return 0
    reached = everything
    for place, plane in enumerate(planes):
        reached = plane & reached if threshold >> place & 1 else plane | reached
    return reached
