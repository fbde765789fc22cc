"""What is open about a contact: facts that may be asked, and what their answers settle.

All ways in which the open variables can come out stand side by side as the bits of
whole numbers, with the decision that each way brings.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import prod

import attrs

from connectrules.exact import bits
from connectrules.exact.fillings import Pattern
from connectrules.exact.steps import Steps
from connectrules.exact.variables import Variable, Variables
from connectrules.rules.tree import Mine, Subject
from connectrules.verdict import Decision

MOST_WAYS = 1 << 17
"""The most ways that are looked at."""

Cell = tuple[int, ...]
"""How each of the variables that an answer settles comes out."""


@attrs.frozen
class Digit:
    """A variable's place in the number of a way.

    Attributes:
        variable: The variable's number.
        tests: The tests it settles, by their number.
        size: In how many ways it can come out.
        stride: How far apart the ways are in which it comes out one way, and the next.
    """

    variable: int
    tests: tuple[int, ...]
    size: int
    stride: int


@attrs.frozen
class Asked:
    """A fact that may be asked.

    Attributes:
        subject: The fact.
        own: The digits that its answer settles by itself.
        shared: The digits, comparisons, that it settles when their other facts have
            been asked, by their place.
    """

    subject: Subject | Mine
    own: tuple[int, ...]
    shared: tuple[int, ...]

    @property
    def is_mine(self) -> bool:
        """Whether it is a fact of the owner's, who is not asked along the way."""
        return isinstance(self.subject, Mine)


@attrs.frozen(eq=False, slots=False)
class Game:
    """What is open about a contact.

    Attributes:
        facts: The facts that may be asked.
        digits: The variables that can still change the decision.
        sides: For each digit that is a comparison of facts to be asked, these facts
            by their place.
        ways: For each decision that can be had, the ways that bring it.
    """

    facts: tuple[Asked, ...]
    digits: tuple[Digit, ...]
    sides: Mapping[int, frozenset[int]]
    ways: Mapping[Decision, int]

    @cached_property
    def size(self) -> int:
        """How many ways there are."""
        return prod(digit.size for digit in self.digits)

    @cached_property
    def tables(self) -> tuple[int, ...]:
        """The ways of all decisions but one, which has the rest."""
        return tuple(self.ways.values())[1:]

    @cached_property
    def beside(self) -> tuple[int, ...]:
        """The digits that no answer settles."""
        settled = {digit for fact in self.facts for digit in (*fact.own, *fact.shared)}
        return tuple(digit for digit in range(len(self.digits)) if digit not in settled)

    @cached_property
    def firsts(self) -> tuple[int, ...]:
        """For each digit, the ways in which it is 0."""
        return tuple(bits.spread(1, digit.size, digit.stride, self.size) for digit in self.digits)

    @cached_property
    def _shifts(self) -> tuple[tuple[int, ...], ...]:
        """For each digit, how far its first way is from each of the others."""
        return tuple(
            tuple(cell * digit.stride for cell in range(1, digit.size)) for digit in self.digits
        )

    def at(self, digit: int, cell: int) -> int:
        """The ways in which *digit* is *cell*."""
        return self.firsts[digit] << cell * self.digits[digit].stride

    def turns(self, ways: Iterable[int], digit: int) -> bool:
        """Whether some of *ways* are not alike for all that *digit* can be."""
        first, shifts = self.firsts[digit], self._shifts[digit]
        for each in ways:
            for shift in shifts:
                if (each ^ each >> shift) & first:
                    return True
        return False

    def cells(self, settled: Sequence[int]) -> Iterator[Cell]:
        """In how many ways the digits *settled* can come out."""
        return product(*(range(self.digits[digit].size) for digit in settled))


def game(
    of: Variables,
    steps: Steps,
    pattern: Pattern,
    critical: Iterable[int],
    ask: Sequence[Subject | Mine],
    unsure: Iterable[Subject | Mine],
) -> Game | None:
    """What is open where tests come out as *pattern*; None where that is too much.

    Args:
        of: The policy's variables.
        steps: Its rules.
        pattern: How its tests come out.
        critical: The variables that can still change the decision.
        ask: The facts that may be asked.
        unsure: Those that were asked, and nobody could say.
    """
    place = {subject: number for number, subject in enumerate(ask)}
    never = {*unsure}
    own: list[list[int]] = [[] for _ in ask]
    sides: dict[int, frozenset[int]] = {}
    free = []
    for v in critical:
        spoken = {each for each in of.variables[v].speaks_of if each in place or each in never}
        if not spoken.isdisjoint(never):
            free.append(v)
        elif len(spoken) == 1:
            own[place[spoken.pop()]].append(v)
        else:
            sides[v] = frozenset(place[each] for each in spoken)
    order = [*(v for numbers in own for v in numbers), *sides, *free]
    digits, stride = [], 1
    for v in order:
        variable = of.variables[v]
        digits.append(Digit(v, variable.tests, size_of(of, variable), stride))
        stride *= digits[-1].size
        if stride > MOST_WAYS:
            return None
    by_variable = {digit.variable: number for number, digit in enumerate(digits)}
    facts = tuple(
        Asked(
            subject,
            tuple(by_variable[v] for v in own[number]),
            tuple(by_variable[v] for v, who in sides.items() if number in who),
        )
        for subject, number in place.items()
    )
    return Game(
        facts,
        tuple(digits),
        {by_variable[v]: who for v, who in sides.items()},
        _ways(of, steps, pattern, digits, stride),
    )


def size_of(of: Variables, variable: Variable) -> int:
    """In how many ways *variable* can come out.

    Where its cells are too many, a lone test still comes out in two; several, in more ways
    than are looked at.
    """
    return of.cells(variable).size or (2 if len(variable.tests) == 1 else MOST_WAYS + 1)


def columns_of(of: Variables, variable: Variable) -> Sequence[int]:
    """For each test of *variable*, the ways of it in which that is true."""
    cells = of.cells(variable)
    return cells.columns if cells.size else (0b10,)


def _ways(
    of: Variables, steps: Steps, pattern: Pattern, digits: Sequence[Digit], size: int
) -> dict[Decision, int]:
    """The ways that bring each decision."""
    everything = bits.full(size)
    true = [everything if truth else 0 for truth in pattern]
    for v in {of.variable_of[n] for n, truth in enumerate(pattern) if truth is None}:
        # Those that cannot change the decision come out in some way that they can.
        variable = of.variables[v]
        for number, column in zip(variable.tests, columns_of(of, variable), strict=True):
            true[number] = everything * (column & 1)
    for digit in digits:
        variable = of.variables[digit.variable]
        for number, column in zip(variable.tests, columns_of(of, variable), strict=True):
            true[number] = bits.spread(column, digit.size, digit.stride, size)
    rails = [rail for each in true for rail in (each, everything ^ each)]
    return steps.decisions(steps.up(rails, everything), everything)
