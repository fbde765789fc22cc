"""A few fillings drawn at random, in which most conditions that can differ do."""

from operator import itemgetter
from random import Random

from connectrules.exact import bits
from connectrules.exact.reach import Rails, Reach
from connectrules.exact.variables import Variables
from connectrules.rules.tree import fold_over


def sampled(of: Variables, size: int) -> dict[int, Rails]:
    """The rails of each node of the rules, by its id, in *size* fillings: always the same ones.

    Args:
        of: The rules.
        size: How many fillings to draw; 2 at least.
    """
    draw = Random(0)  # noqa: S311 - nothing secret
    everything = bits.full(size)
    leaves = {}
    for variable in of.variables:
        cells = of.cells(variable)
        if not cells.size:
            leaves.update(dict.fromkeys(variable.tests, Rails(everything, everything)))
            continue
        pick = itemgetter(*draw.choices(range(cells.size), k=size))
        for number, column in zip(variable.tests, cells.columns, strict=True):
            true = int("".join(pick(f"{column:0{cells.size}b}")), 2)
            leaves[number] = Rails(true, everything ^ true)
    values: dict[int, Rails] = {}
    fold_over(of.nodes, Reach(everything, leaves, of.number), values)
    return values
