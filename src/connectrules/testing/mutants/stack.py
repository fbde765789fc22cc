"""Cases with as many digits to fill in, side by side as bits.

The first filling of each comes first, then the second of each, and so on. Whether something
is so somewhere in a case is then found for all cases at once, by laying one half of the
fillings over the other until one is left.
"""

from collections.abc import Sequence
from functools import cached_property

import attrs

from connectrules.exact import bits
from connectrules.testing.mutants.unknowns import Filled


@attrs.frozen(eq=False, slots=False)
class Stack:
    """Cases with as many digits.

    Attributes:
        cases: The cases, those of one owner and day together.
        digits: How many digits each has.
        start: The first bit.
        first: The place of the first case among all.
    """

    cases: tuple[Filled, ...]
    digits: int
    start: int
    first: int

    @cached_property
    def size(self) -> int:
        """How many bits there are."""
        return len(self.cases) << self.digits

    @cached_property
    def _everything(self) -> int:
        return bits.full(self.size)

    @cached_property
    def _each(self) -> int:
        """A bit for each case."""
        return bits.full(len(self.cases))

    @cached_property
    def places(self) -> int:
        """Its cases among all."""
        return self._each << self.first

    @cached_property
    def times(self) -> int:
        """What a bit for each case is to be multiplied by, to be all its bits."""
        return self._everything // self._each

    @cached_property
    def _halves(self) -> Sequence[int]:
        """By how much the fillings are moved to lay one half over the other, again and again."""
        return [len(self.cases) << digit for digit in reversed(range(self.digits))]

    def bits_of(self, cases: int) -> int:
        """All bits of *cases*."""
        return (cases >> self.first & self._each) * self.times << self.start

    def somewhere(self, where: int) -> int:
        """The cases of which some bit is in *where*."""
        part = where >> self.start & self._everything
        if not part:
            return 0
        for half in self._halves:
            part |= part >> half
        return (part & self._each) << self.first

    @cached_property
    def _lows(self) -> Sequence[tuple[int, int]]:
        """For each digit, how far apart its values are, and where it is 0."""
        steps = [len(self.cases) << digit for digit in range(self.digits)]
        return [
            (step, bits.full(step) * (self._everything // bits.full(2 * step))) for step in steps
        ]

    def turning(self, tables: Sequence[int]) -> list[int]:
        """For each digit, the cases in which another one is in another of *tables*.

        Each of their bits is in one of these.
        """
        parts = [each >> self.start & self._everything for each in tables]
        parts = [each for each in parts if each][1:]  # the first is what the others are not
        found = []
        for step, low in self._lows:
            apart = 0
            for part in parts:
                apart |= part ^ part >> step
            found.append(self.somewhere((apart & low) << self.start))
        return found
