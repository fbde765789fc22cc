"""Whether a condition can hold for anybody: one of the rules' own, or made of them."""

from collections.abc import Sequence
from math import prod

from connectrules.exact import bits
from connectrules.exact.cells import LIMIT
from connectrules.exact.fillings import filled_in
from connectrules.exact.reach import Rails, Reach
from connectrules.exact.variables import Variables
from connectrules.rules.tree import Condition, fold_over


class Possible:
    """Finds out whether conditions can hold for anybody.

    Args:
        of: The rules whose tests the conditions are made of.
    """

    def __init__(self, of: Variables) -> None:
        self._of = of

    def __call__(self, nodes: Sequence[Condition], times: dict[int, int]) -> bool:
        """Whether a condition can hold; past the limit it may be said to where it cannot.

        Args:
            nodes: The condition and all nodes below it once, each after those below it.
            times: How often the condition tests each of its tests, by their number.
        """
        by_variable: dict[int, list[int]] = {}
        for number in sorted(times):
            by_variable.setdefault(self._of.variable_of[number], []).append(number)
        split = []
        for v, numbers in by_variable.items():
            found = self._of.cells(self._of.variables[v], tuple(numbers))
            if len(numbers) > 1 or times[numbers[0]] > 1 or found.size == 1:
                split.append((numbers, found))
        if prod(found.size or LIMIT + 1 for _, found in split) > LIMIT:
            split = []
        size, filled = filled_in(split)
        everything = bits.full(size)
        free = Rails(everything, everything)
        leaves = {
            number: Rails(filled[number], everything ^ filled[number]) if number in filled else free
            for number in times
        }
        values: dict[int, Rails] = {}
        fold_over(nodes, Reach(everything, leaves, self._of.number), values)
        return bool(values[id(nodes[-1])].true)
