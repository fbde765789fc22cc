"""Parts of what is open, each with the states it can be in as its facts are asked.

What is left of the rules once some facts of a block are known is a state: however it
came about, the same is left to ask. Facts that can change places are asked in one
order only. So few states stand for very many ways to ask.
"""

from collections.abc import Iterator, Mapping, Sequence

import attrs

from connectrules.exact.game import Game

_MOST_STATES = 1_500
"""Of how many states a block may have."""


@attrs.frozen
class Alike:
    """Facts that can change places with one another.

    Attributes:
        facts: The facts, by their place.
        turned: Those whose yes changes places with the others' no.
    """

    facts: tuple[int, ...]
    turned: frozenset[int]


@attrs.frozen(cache_hash=True)
class State:
    """What is left of the rules once some facts of a block are known.

    Attributes:
        tables: The ways that bring each decision, as far as these facts leave them.
        waiting: Facts that were asked and whose comparisons wait for others.
        digits: The block's digits that can still change the decision.
        offset: Where its ways begin.
    """

    tables: tuple[int, ...]
    waiting: frozenset[int]
    digits: tuple[int, ...]
    offset: int = attrs.field(eq=False)


Targets = tuple[int, ...]
"""The states, by number, to which the answers of a fact lead."""


@attrs.frozen(eq=False)
class Block:
    """A part of what is open.

    Attributes:
        groups: Its facts, those together that are alike.
        digits: Its digits.
        states: Its states, each before those that its answers lead to.
        moves: For each state, where the answers of the next of a group lead, by the
            group's place. Those of no consequence are left out.
    """

    groups: tuple[Alike, ...]
    digits: tuple[int, ...]
    states: tuple[State, ...]
    moves: tuple[Mapping[int, Targets], ...]


def block(game: Game, groups: Sequence[Alike]) -> Block | None:
    """The block of the facts of *groups*; None where it has too many states."""
    return _Growing(game, tuple(groups)).grown()


class _Growing:
    def __init__(self, game: Game, groups: tuple[Alike, ...]) -> None:
        self.game, self.groups = game, groups
        facts = [game.facts[number] for each in groups for number in each.facts]
        found = dict.fromkeys(digit for fact in facts for digit in (*fact.own, *fact.shared))
        self.digits = tuple(found)

    def grown(self) -> Block | None:
        first = self._state(self.game.tables, frozenset(), self.digits, 0)
        moves: dict[State, dict[int, tuple[State, ...]]] = {}
        stack = [first]
        while stack:
            state = stack.pop()
            if state in moves:
                continue
            if len(moves) == _MOST_STATES:
                return None
            moves[state] = {
                number: tuple(self._answered(state, fact, turned=fact in group.turned))
                for number, group in enumerate(self.groups)
                if (fact := self._next(state, group)) is not None
            }
            stack += (target for targets in moves[state].values() for target in targets)
        states = sorted(moves, key=lambda each: (len(each.digits), -len(each.waiting)))[::-1]
        number = {state: place for place, state in enumerate(states)}
        return Block(
            self.groups,
            self.digits,
            tuple(states),
            tuple(
                {
                    group: tuple(number[target] for target in targets)
                    for group, targets in moves[state].items()
                }
                for state in states
            ),
        )

    def _state(
        self, tables: tuple[int, ...], waiting: frozenset[int], digits: Sequence[int], offset: int
    ) -> State:
        left = []
        for digit in digits:
            if self.game.turns(tables, digit):
                left.append(digit)
            else:
                first = self.game.firsts[digit]
                tables = tuple(table & first for table in tables)
        open_ = {digit for digit in left if digit in self.game.sides}
        still = [fact for fact in waiting if not open_.isdisjoint(self.game.facts[fact].shared)]
        return State(tables, frozenset(still), tuple(left), offset)

    def _next(self, state: State, group: Alike) -> int | None:
        """The next fact of *group* to ask; None where nothing hangs on them."""
        for fact in group.facts:
            asked = self.game.facts[fact]
            if not {*asked.own}.isdisjoint(state.digits):
                return fact
            if fact not in state.waiting and not {*asked.shared}.isdisjoint(state.digits):
                return fact
        return None

    def _answered(self, state: State, fact: int, *, turned: bool) -> Iterator[State]:
        """What is left after each answer."""
        settled = settled_by(self.game, fact, state.waiting)
        cells = [*self.game.cells(settled)]
        for cell in reversed(cells) if turned else cells:
            shift = 0
            first = -1
            for digit, number in zip(settled, cell, strict=True):
                if digit in state.digits:
                    shift += number * self.game.digits[digit].stride
                    first &= self.game.firsts[digit]
            tables = tuple(table >> shift & first for table in state.tables)
            digits = [digit for digit in state.digits if digit not in settled]
            yield self._state(tables, state.waiting | {fact}, digits, state.offset + shift)


def settled_by(game: Game, fact: int, waiting: frozenset[int]) -> tuple[int, ...]:
    """The digits that asking *fact* settles when the facts *waiting* have been asked."""
    asked = game.facts[fact]
    done = (digit for digit in asked.shared if game.sides[digit] <= waiting | {fact})
    return (*asked.own, *done)


def alike(game: Game) -> list[Alike]:
    """The facts, those together that can change places."""
    found: list[Alike] = []
    for number in range(len(game.facts)):
        for place, group in enumerate(found if _is_plain(game, number) else ()):
            other = group.facts[0]
            if not _is_plain(game, other):
                continue
            for turned in (False, True):
                if _swap(game, number, other, turned=turned):
                    facts = frozenset({number}) if turned else frozenset[int]()
                    found[place] = Alike((*group.facts, number), group.turned | facts)
                    break
            else:
                continue
            break
        else:
            found.append(Alike((number,), frozenset()))
    return found


def _is_plain(game: Game, number: int) -> bool:
    """Whether a fact has two answers, and settles nothing else."""
    fact = game.facts[number]
    sizes = [game.digits[digit].size for digit in fact.own]
    return sizes == [2] and not fact.shared and not fact.is_mine


def _swap(game: Game, one: int, other: int, *, turned: bool) -> bool:
    """Whether the two facts can change places; *turned*, the yes of one with the other's no."""
    (first,), (second,) = game.facts[one].own, game.facts[other].own
    left, right = game.digits[first].stride, game.digits[second].stride
    here = game.firsts[first] & game.firsts[second]
    if turned:
        return not any((table ^ table >> left + right) & here for table in game.tables)
    return not any((table >> left ^ table >> right) & here for table in game.tables)
