"""Bit sets over fillings: one whole number, a bit for each way to fill in what is unknown."""

from collections.abc import Iterable, Iterator, Sequence


def full(size: int) -> int:
    """The set of all *size* fillings."""
    return (1 << size) - 1


def packed(truths: Iterable[bool]) -> int:
    """The set of the places in *truths* that are true."""
    digits = "".join("1" if truth else "0" for truth in truths)
    return int(digits[::-1] or "0", 2)


def places(bits: int) -> Iterator[int]:
    """The places in *bits*, the last first."""
    while bits:
        place = bits.bit_length() - 1
        yield place
        bits ^= 1 << place


def spread(digits: int, base: int, stride: int, size: int) -> int:
    """The fillings of *size* for whose digit of weight *stride* that place in *digits* is true.

    Args:
        digits: The values of the digit, as a set.
        base: How many values the digit has.
        stride: What the digit weighs in a filling's number.
        size: How many fillings there are.
    """
    if base == size:
        return digits
    if stride > 1:
        text = f"{digits:0{base}b}".replace("0", "0" * stride).replace("1", "1" * stride)
        digits = int(text, 2)
    length = base * stride
    while length < size:
        digits |= digits << length
        length *= 2
    return digits & full(size)


def distinct(columns: Sequence[int], size: int, most: int) -> tuple[list[int], int]:
    """*columns* over those of their *size* rows that differ from all before them.

    Rows that follow one another are supposed to be much alike.

    Returns:
        The columns, and how many rows there are; 0 where these are more than *most*.
    """
    changes = {0: 0}
    for number, column in enumerate(columns):
        for place in places((column ^ column << 1) & full(size)):
            changes[place] = changes.get(place, 0) | 1 << number
    row, rows = 0, dict[int, None]()
    for place in sorted(changes):
        row ^= changes[place]
        rows[row] = None
        if len(rows) > most:
            return [], 0
    if len(rows) == size:
        return [*columns], size
    return _turned(rows, len(columns)), len(rows)


def _turned(rows: Iterable[int], width: int) -> list[int]:
    """The columns of *rows*."""
    pool = [*rows]
    everything = full(len(pool))
    columns = [0] * width
    before = 0
    for place, row in enumerate(pool):
        for number in places(row ^ before):
            columns[number] ^= everything ^ full(place)
        before = row
    return columns


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
    return reaching(threshold, sums(items), everything)


def sums(items: Iterable[tuple[int, int]]) -> list[int]:
    """What the items that hold weigh together, in all fillings: plane p holds bit p of each sum."""
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


def reaching(threshold: int, planes: Sequence[int], everything: int) -> int:
    """The fillings whose sums, by their *planes*, reach *threshold*."""
    if threshold <= 0:
        return everything
    if threshold >> len(planes):
        return 0
    reached = everything
    for place, plane in enumerate(planes):
        reached = plane & reached if threshold >> place & 1 else plane | reached
    return reached
