"""Conditions, drawn as trees and printed."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from connectrules.testing.strategies.sentences import Sentences, chosen

_SHAPES = (
    "leaf",
    "AND",
    "OR",
    "NOT",
    "AND",
    "OR",
    "list",
    "AND",
    "OR",
    "points",
    "defined",
    "list",
)
_DEEPEST = 3
_WEIGHTS = ("1", "2", "0.5")

BYTES: SearchStrategy[bytes] = st.binary(min_size=9, max_size=9)
"""All there is to draw: hypothesis also tries what it drew for one thing for another."""

Draw = Callable[[SearchStrategy[bytes]], bytes]


class Conditions:
    """What draws conditions.

    Args:
        draw: What draws.
        sentences: The sentences that they are made of.
    """

    def __init__(self, draw: Draw, sentences: Sentences) -> None:
        self._draw, self._sentences = draw, sentences
        self.left = 0
        """How many sentences the condition drawn last did not use of its share."""
        self._defined: Sequence[str] = ()

    def _take(self, number: int = 1) -> bool:
        """Whether there may be so many sentences more; they are sure to come then."""
        if number > self.left:
            return False
        self.left -= number
        return True

    def condition(self, share: int, defined: Sequence[str]) -> str:
        """A condition.

        Args:
            share: How many sentences it may have at most, beside one.
            defined: The definitions it may name.
        """
        self.left, self._defined = share, defined
        return self._node(_DEEPEST)[0]

    def _node(self, depth: int) -> tuple[str, bool]:
        """A condition no deeper than *depth*, and whether brackets keep it together."""
        shape_, number, amount, *rest = self._draw(BYTES)
        shape = chosen(_SHAPES, shape_) if depth else "leaf"
        size = 2 + number * 3 // 256
        match shape:
            case "defined" if self._defined:
                return chosen(self._defined, number), False
            case "NOT":
                operand = self._operand(depth)
                # NOT beside NOT is an error.
                return f"NOT {f'({operand})' if operand.startswith('NOT ') else operand}", False
            case "AND" | "OR" if self._take(size - 1):
                return f" {shape} ".join(self._operand(depth) for _ in range(size)), True
            case "list" if self._take(size - 1):
                dashes = depth == _DEEPEST and number % 2 == 1
                return self._list(depth, size, amount, dashes=dashes), False
            case "points" if self._take(size - 1):
                return self._points(depth, size, amount), False
            case _:
                return self._sentences.sentence(bytes(rest)), False

    def _operand(self, depth: int) -> str:
        text, is_open = self._node(depth - 1)
        return f"({text})" if is_open else text

    def _list(self, depth: int, size: int, amount: int, *, dashes: bool) -> str:
        heads = [
            "ALL OF",
            "ANY OF",
            "NONE OF",
            *(f"AT LEAST {number} OF" for number in (*range(1, size + 1), *range(2, size))),
            *(f"AT MOST {number} OF" for number in range(size)),
            *(f"EXACTLY {number} OF" for number in range(size + 1)),
        ]
        items = [self._node(depth - 1)[0] for _ in range(size)]
        if dashes:
            return "\n    - ".join((chosen(heads, amount), *items))
        return f"{chosen(heads, amount)} ({'; '.join(items)})"

    def _points(self, depth: int, size: int, amount: int) -> str:
        weights = [chosen(_WEIGHTS, amount * (place + 3) % 256) for place in range(size)]
        total = sum(map(Fraction, weights))
        needs = [each for each in ("1", "1.5", "2", "0.5", "3") if Fraction(each) <= total]
        items = (f"{weight} FOR {self._node(depth - 1)[0]}" for weight in weights)
        return f"AT LEAST {chosen(needs, amount)} POINTS FROM ({'; '.join(items)})"
