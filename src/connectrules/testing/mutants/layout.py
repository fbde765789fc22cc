"""Cases side by side as bits, with one bit for each way to fill in what is not known of them.

Cases with as many digits to fill in lie together: the first filling of each, then the
second of each, and so on. Whether something is so somewhere in a case is then found for all
cases at once, by laying one half of the fillings over the other until one is left.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby

import attrs

from connectrules.exact import bits
from connectrules.exact.reach import Rails
from connectrules.testing.mutants.unknowns import Filled, Unknowns


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
    def _times(self) -> int:
        """What a bit for each case is to be multiplied by, to be all its bits."""
        return self._everything // self._each

    @cached_property
    def _halves(self) -> Sequence[int]:
        """By how much the fillings are moved to lay one half over the other, again and again."""
        return [len(self.cases) << digit for digit in reversed(range(self.digits))]

    def bits_of(self, cases: int) -> int:
        """All bits of *cases*."""
        return (cases >> self.first & self._each) * self._times << self.start

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

    def leaves(self) -> Iterator[tuple[int, Rails]]:
        """The rails of each test, by its id; those for cases of one owner and day at a time."""
        place = 0
        for _, group in groupby(self.cases, key=lambda each: id(each.of)):
            cases = [*group]
            yield from self._leaves_of(cases[0].of, cases, place)
            place += len(cases)

    def _leaves_of(
        self, of: Unknowns, cases: Sequence[Filled], place: int
    ) -> Iterator[tuple[int, Rails]]:
        filled: dict[int, dict[int, int]] = {}
        for number, each in enumerate(cases, start=place):
            for variable, digit in each.facts:
                found = of.tests.cells(variable)
                for test, column in zip(variable.tests, found.columns, strict=True):
                    said, base = _in_digits(column, found.size)
                    fillings = bits.spread(said, base, 1 << digit, 1 << self.digits)
                    where = filled.setdefault(test, {})
                    where[fillings] = where.get(fillings, 0) | 1 << number
        columns = zip(*(each.pattern for each in cases), strict=True)
        rails = [of.rails(number, column) for number, column in enumerate(columns)]
        whole = [self._put(each, place, filled.get(n, {})) for n, each in enumerate(rails)]
        for test, number in of.tests.number.items():
            yield test, whole[number]

    def _put(self, rails: Rails, place: int, filled: dict[int, int]) -> Rails:
        """The rails of a test: *rails* of cases from *place*, but where it is *filled* in."""
        true, false = rails.true << place, rails.false << place
        but = sum(filled.values())
        true, false = (true & ~but) * self._times, (false & ~but) * self._times
        zeros = "0" * len(self.cases)
        for fillings, cases in filled.items():
            ones = f"{cases:0{len(self.cases)}b}"
            text = f"{fillings:0{1 << self.digits}b}".replace("0", zeros).replace("1", ones)
            holds = int(text, 2)
            true |= holds
            false |= holds ^ cases * self._times
        return Rails(true << self.start, false << self.start)


def _in_digits(column: int, size: int) -> tuple[int, int]:
    """A test over the cells of a fact, and over what is written in digits for them."""
    base = 1 << (size - 1).bit_length()
    if column >> size - 1:
        column |= bits.full(base) ^ bits.full(size)
    return column, base


@attrs.frozen(eq=False, slots=False)
class Layout:
    """Cases as bits.

    Attributes:
        cases: The cases in their order.
        stacks: Those with as many digits together.
    """

    cases: tuple[Filled, ...]
    stacks: tuple[Stack, ...]

    @property
    def size(self) -> int:
        """How many bits there are."""
        return sum(each.size for each in self.stacks)

    def bits_of(self, cases: int) -> int:
        """All bits of *cases*."""
        found = 0
        for each in self.stacks:
            found |= each.bits_of(cases)
        return found

    def somewhere(self, where: int) -> int:
        """The cases of which some bit is in *where*."""
        found = 0
        for each in self.stacks:
            found |= each.somewhere(where)
        return found

    @cached_property
    def leaves(self) -> dict[int, Rails]:
        """The rails of each test, by its id."""
        found: dict[int, Rails] = {}
        for stack in self.stacks:
            for test, rails in stack.leaves():
                so_far = found.get(test, _NONE)
                found[test] = Rails(so_far.true | rails.true, so_far.false | rails.false)
        return found


_NONE = Rails(0, 0)


def laid_out(cases: Iterable[Filled]) -> Layout:
    """*cases* as bits; those of fewest digits come first."""
    order = sorted(cases, key=lambda each: (each.digits, id(each.of)))
    stacks = []
    start = first = 0
    for digits, group in groupby(order, key=lambda each: each.digits):
        stacks.append(Stack(tuple(group), digits, start, first))
        start += stacks[-1].size
        first += len(stacks[-1].cases)
    return Layout(tuple(order), tuple(stacks))
