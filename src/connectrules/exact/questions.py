"""The best order to ask in, wherever one stands among the facts that are open."""

from array import array
from collections.abc import Mapping, Sequence
from math import comb, prod

import attrs

from connectrules.exact import bits
from connectrules.exact.blocks import Alike, Block, alike, block, settled_by
from connectrules.exact.game import Cell, Game
from connectrules.exact.numbers import numbers_of
from connectrules.exact.steps import Steps

MOST_STATES = 60_000
"""Of how many states the numbers are worked out."""

_SMALL = 90
"""Facts below one node are one block where these are the most states it could have."""

Standing = tuple[int, ...]
"""The state of each block."""


@attrs.frozen(eq=False)
class Questions:
    """The numbers of questions from wherever one can stand.

    Attributes:
        game: What is open.
        blocks: Its parts.
        numbers: The number from each standing.
    """

    game: Game
    blocks: tuple[Block, ...]
    numbers: Sequence[float]
    _strides: tuple[int, ...]
    _home: Mapping[int, tuple[int, int]]
    _turning: dict[int, tuple[int, int]] = attrs.field(factory=dict)

    @property
    def start(self) -> Standing:
        """Where nothing has been asked."""
        return (0,) * len(self.blocks)

    def number(self, at: Standing) -> float:
        """The fewest questions from *at*, on average."""
        return self.numbers[sum(map(int.__mul__, at, self._strides))]

    def expected(self, at: Standing, fact: int) -> float:
        """The same where *fact*, by its place, is asked first."""
        answers = [self.answered(at, fact, cell) for cell in self.answers(at, fact)]
        return 1 + sum(map(self.number, answers)) / len(answers)

    def settles(self, at: Standing, fact: int) -> tuple[int, ...]:
        """The digits that asking *fact* settles."""
        place, _ = self._home[fact]
        return settled_by(self.game, fact, self.blocks[place].states[at[place]].waiting)

    def answers(self, at: Standing, fact: int) -> list[Cell]:
        """The ways in which what *fact* settles can come out."""
        return [*self.game.cells(self.settles(at, fact))]

    def answered(self, at: Standing, fact: int, cell: Cell) -> Standing:
        """Where one stands when *fact* has been answered so."""
        place, group = self._home[fact]
        home = self.blocks[place]
        targets = home.moves[at[place]].get(group)
        if targets is None:
            return at
        number = 0
        for digit, each in zip(self.settles(at, fact), cell, strict=True):
            number = number * self.game.digits[digit].size + each
        if fact in home.groups[group].turned:
            number = len(targets) - 1 - number
        return (*at[:place], targets[number], *at[place + 1 :])

    def influence(self, fact: int, known: int = -1) -> float:
        """The chance, among the ways *known*, that the decision hangs on *fact*."""
        if fact not in self._turning:
            self._turning[fact] = self._turns(fact)
        turning, first = self._turning[fact]
        return (turning & known).bit_count() / ((first & known).bit_count() or 1)

    def _turns(self, fact: int) -> tuple[int, int]:
        """The ways in which the decision hangs on *fact*, and all; each once."""
        asked, first, tables = self.game.facts[fact], -1, [*self.game.ways.values()]
        for number in (*asked.own, *asked.shared):
            digit = self.game.digits[number]
            first &= self.game.firsts[number]
            for place, table in enumerate(tables):
                for cell in range(1, digit.size):
                    tables[place] |= table >> cell * digit.stride
        one = several = 0
        for table in tables:
            several |= one & table
            one |= table
        return several & first, first


def questions(game: Game, steps: Steps) -> Questions | None:
    """The numbers of questions of *game*; None where they are too many to work out."""
    blocks = []
    for groups in _parts(game, steps):
        found = block(game, groups)
        if found is None:
            return None
        blocks.append(found)
    sizes = [len(each.states) for each in blocks]
    if prod(sizes) > MOST_STATES:
        return None
    strides = tuple(prod(sizes[place + 1 :]) for place in range(len(sizes)))
    home = {
        fact: (place, group)
        for place, each in enumerate(blocks)
        for group, facts in enumerate(each.groups)
        for fact in facts.facts
    }
    numbers = array("d", numbers_of(game, blocks, strides))
    return Questions(game, tuple(blocks), numbers, strides, home)


def _parts(game: Game, steps: Steps) -> list[list[Alike]]:
    """The facts in parts that have few states each: those that stand together in the rules."""
    groups = alike(game)
    sizes = [_most_states(game, group) for group in groups]
    group_of = {fact: number for number, group in enumerate(groups) for fact in group.facts}
    parts = [1 << number for number in range(len(groups))]
    where = [0] * (steps.size // 2)
    for number, asked in enumerate(game.facts):
        for digit in (*asked.own, *asked.shared):
            for test in game.digits[digit].tests:
                where[test] |= 1 << group_of[number]
    for facts in game.sides.values():
        parts = _joined(parts, sum({1 << group_of[fact] for fact in facts}))
    for out, items, _, _ in steps.steps:
        below = 0
        for item in items:
            below |= where[item >> 1]
        where[out >> 1] = below
        together = _joined(parts, below)
        if below and prod(sizes[number] for number in bits.places(together[-1])) <= _SMALL:
            parts = together
    return [[groups[number] for number in bits.places(part)] for part in parts]


def _joined(parts: Sequence[int], chosen: int) -> list[int]:
    """*parts* with those that have any of *chosen* as one, the last."""
    apart = [part for part in parts if not part & chosen]
    return [*apart, sum(part for part in parts if part & chosen)] if chosen else apart


def _most_states(game: Game, group: Alike) -> int:
    """How many states the facts of *group* have at most."""
    if len(group.facts) > 1:
        return comb(len(group.facts) + 2, 2)
    (fact,) = group.facts
    return 1 + prod(game.digits[digit].size for digit in game.facts[fact].own)
