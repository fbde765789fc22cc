"""Values that bytes stand for: one draw gives those of all facts."""

from collections.abc import Iterator, Sequence
from numbers import Real

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from connectrules.schema.types import UNSURE, shown

_MOST_OF_A_BYTE = 100
"""Among so many values one byte chooses; the more there are, the less evenly it does."""
_LARGEST = 3
"""How many bytes a value has at most."""


@attrs.frozen
class Drawn:
    """A value that bytes stand for, smaller ones for simpler values.

    Attributes:
        size: How many bytes.
        gap: Below it numbers stand for what is not known.
        unsure: Below the gap, from it on they stand for `UNSURE`.
        values: The values, the simplest first.
    """

    size: int
    gap: int
    unsure: int
    values: Sequence[object]

    def value(self, number: int) -> object:
        """The value that *number* stands for."""
        if number < self.gap:
            return UNSURE if number >= self.unsure else None
        return self.values[(number - self.gap) * len(self.values) // (256**self.size - self.gap)]


def drawn(values: Sequence[object], unknown: float, unsure: float) -> Drawn:
    """One of *values*, unless it is not known.

    Args:
        values: The values, the simplest first.
        unknown: How likely it is not known.
        unsure: How likely it is `UNSURE` then.
    """
    # Numbers above the gap stand for values, and each value needs some of them.
    known = _MOST_OF_A_BYTE / 256 * (1 - unknown)
    size = next((n for n in range(1, _LARGEST) if len(values) <= known * 256**n), _LARGEST)
    gap = round(unknown * 256**size)
    return Drawn(size, gap, gap - round(gap * unsure), values)


def numbers_for(all_drawn: Sequence[Drawn]) -> SearchStrategy[bytes]:
    """What draws the bytes of *all_drawn*."""
    size = sum(each.size for each in all_drawn)
    return st.binary(min_size=size, max_size=size)


def values_of(all_drawn: Sequence[Drawn], numbers: bytes) -> Iterator[object]:
    """The values that *numbers* stand for."""
    place = 0
    for each in all_drawn:
        end = place + each.size
        yield each.value(int.from_bytes(numbers[place:end]))
        place = end


def share(name: str, value: float) -> float:
    """*value*, which is a share.

    Raises:
        TypeError: Where it is no number.
        ValueError: Where it is not from 0 to 1.
    """
    msg = f"`{name}` is a share from 0 to 1, and `{shown(value)}` is none"
    if not isinstance(value, Real):
        raise TypeError(msg)
    if not 0 <= value <= 1:
        raise ValueError(msg)
    return value
