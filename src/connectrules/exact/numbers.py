"""How many questions it takes until no answer can change the decision, in the best order.

A fact's answers are as likely as one another, and facts independent. The fewest
questions on average, from where nothing asked can change the decision any more, back
to the beginning (dynamic programming over what is left of the rules):

    N = 0 where no answer can change the decision, else
    N = 1 + the least, over the facts left, of the average of N over its answers
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product
from math import inf, prod

from connectrules.exact.blocks import Block, State
from connectrules.exact.game import Game

_Even = tuple[tuple[int, int], ...]
"""For each question with two answers, how far on these lead."""

_Uneven = tuple[tuple[tuple[float, int], ...], ...]
"""For each other question, how likely its answers are, and how far on they lead."""

_Row = tuple[tuple[int, ...], _Even, _Uneven, State]
"""What there is to ask in one state of a block: the first question, and all."""

_End = tuple[tuple[int, ...], tuple[int, ...]]
"""What is left of the rules: the ways that bring each decision, and the digits that turn them."""


def _row(game: Game, block: Block, number: int, stride: int) -> _Row:
    first: tuple[int, ...] = ()
    evens, unevens = [], []
    for group, targets in block.moves[number].items():
        if game.facts[block.groups[group].facts[0]].is_mine:
            continue
        far = [(target - number) * stride for target in targets]
        first = first or tuple(far)
        if len(far) == len(("yes", "no")):
            evens.append((far[0], far[1]))
        else:
            times = Counter(far)
            unevens.append(tuple((2 * n / len(far), each) for each, n in times.items()))
    return first, tuple(evens), tuple(unevens), block.states[number]


def numbers_of(game: Game, blocks: Sequence[Block], strides: Sequence[int]) -> list[float]:
    """The numbers from all standings, the last block's state turning fastest."""
    rows = [
        [_row(game, each, number, stride) for number in range(len(each.states))]
        for each, stride in zip(blocks, strides, strict=True)
    ]
    size = prod(map(len, rows))
    numbers, ends = [0.0] * size, [-1] * size
    known: dict[_End, int] = {}
    turning: list[tuple[int, ...]] = []
    backwards = product(*(row[::-1] for row in rows))
    for here, standing in zip(reversed(range(size)), backwards, strict=True):
        for first, _, _, _ in standing:
            if first:
                break
        else:
            left = _end(game, blocks, [state for _, _, _, state in standing])
            ends[here] = known.setdefault(left, len(known))
            if len(known) > len(turning):
                turning.append(left[1])
            continue
        end = ends[here + first[0]]
        if end >= 0 and all(ends[here + far] == end for far in first):
            open_ = turning[end]
            if not open_ or not any(_waits(game, state, open_) for _, _, _, state in standing):
                ends[here] = end
                continue
        numbers[here] = 1 + _least(numbers, here, standing) / 2
    return numbers


def _least(numbers: Sequence[float], here: int, standing: Iterable[_Row]) -> float:
    """The least that two answers of a question come to together."""
    best = inf
    for _, evens, unevens, _ in standing:
        for one, other in evens:
            total = numbers[here + one] + numbers[here + other]
            if total < best:  # noqa: PLR1730 - `min` takes twice as long
                best = total
        for answers in unevens:
            total = 0.0
            for likely, far in answers:
                total += likely * numbers[here + far]
            best = min(best, total)
    return best


def _waits(game: Game, state: State, turning: Sequence[int]) -> bool:
    """Whether one of the *turning* comparisons, with a fact of the owner's, waits for a fact."""
    return any(
        digit in game.sides
        and not all(fact in state.waiting or game.facts[fact].is_mine for fact in game.sides[digit])
        for digit in turning
        if digit in state.digits
    )


def _end(game: Game, blocks: Sequence[Block], states: Sequence[State]) -> _End:
    """What is left of the rules where nothing more can be asked: equal where the same is."""
    offset, left, open_ = 0, -1, [*game.beside]
    for each, state in zip(blocks, states, strict=True):
        offset += state.offset
        open_ += state.digits
        for digit in each.digits:
            if digit not in state.digits:
                left &= game.firsts[digit]
    tables = tuple(table >> offset & left for table in game.tables)
    turning = []
    for digit in open_:
        if game.turns(tables, digit):
            turning.append(digit)
        else:
            tables = tuple(table & game.firsts[digit] for table in tables)
    return tables, tuple(turning)
