"""All fillings of the unknown facts at once, and what comes of them."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import compress, product
from math import prod

import attrs

from connectrules.exact import bits
from connectrules.exact.cells import Cells
from connectrules.exact.influence import influences
from connectrules.exact.pairs import Pair, Pairs
from connectrules.exact.steps import Steps
from connectrules.exact.variables import ORDER, Variable, Variables
from connectrules.rules.tree import fold_over, mentions
from connectrules.verdict import Decision

Pattern = tuple[bool | None, ...]
"""How a policy's distinct tests come out for a contact; None where it is not known."""


@attrs.frozen
class Analysis:
    """What can come of a pattern.

    Attributes:
        decisions: The decisions some filling brings.
        must: The rules that hold in every filling, by their number.
        may: The rules that hold in some filling.
        default: Whether some filling reaches OTHERWISE.
        critical: The variables that can still change the decision, by their
            number, each with the chance that it turns the decision.
        exact: Whether the fillings were all tried, with nothing taken to be
            independent that might not be.
        sharp: Whether those facts alone are critical that are: it is not so past a limit.
    """

    decisions: frozenset[Decision]
    must: tuple[int, ...]
    may: tuple[int, ...]
    default: bool
    critical: tuple[tuple[int, float], ...]
    exact: bool
    sharp: bool = True


def filled_in(split: Iterable[tuple[Sequence[int], Cells]]) -> tuple[int, dict[int, int]]:
    """Every way to fill in what is *split*.

    Args:
        split: The tests of each variable, by their number, and its cells.

    Returns:
        How many fillings there are, and for each test those in which it is true. In
        the first one, each variable is in its first cell.
    """
    # The one with most cells first: it is the one that is spread with the least work.
    parts = sorted(split, key=lambda each: each[1].size, reverse=True)
    size = prod(cells.size for _, cells in parts)
    found = {}
    stride = 1
    for numbers, cells in parts:
        for number, column in zip(numbers, cells.columns, strict=True):
            found[number] = bits.spread(column, cells.size, stride, size)
        stride *= cells.size
    return size, found


@attrs.frozen(slots=False)
class Fillings:
    """All fillings of one pattern at once.

    Attributes:
        of: The policy's variables.
        steps: Its rules, as steps.
        pattern: How the tests come out as far as they are known.
        split: The variables that are filled in, by their number.
    """

    of: Variables
    steps: Steps
    pattern: Pattern
    split: tuple[int, ...]

    @cached_property
    def everything(self) -> int:
        """All fillings."""
        return bits.full(self._all[0])

    @cached_property
    def _all(self) -> tuple[int, dict[int, int]]:
        """How many fillings there are, and for each test filled in those where it is true."""
        variables = [self.of.variables[v] for v in self.split]
        return filled_in((each.tests, self.of.cells(each)) for each in variables)

    @cached_property
    def rails(self) -> list[int]:
        """The fillings in which each node can come out so."""
        everything, filled = self.everything, self._all[1]
        leaves: list[int] = []
        for number, truth in enumerate(self.pattern):
            if truth is not None:
                leaves += (everything, 0) if truth else (0, everything)
            elif number in filled:
                leaves += (filled[number], everything ^ filled[number])
            else:
                leaves += (everything, everything)
        return self.steps.up(leaves, everything)

    @cached_property
    def _can(self) -> dict[Decision, int]:
        """For each decision that can be had, the fillings in which it can."""
        return self.steps.decisions(self.rails, self.everything)

    def analysis(self, unknown: Sequence[int], *, past: bool) -> Analysis:
        """What can come of the pattern, with the *unknown* variables, *past* the limit or not."""
        rails, decisions = self.rails, frozenset(self._can)
        left = self.everything
        for _, rail in self.steps.kinds:
            left &= rails[rail ^ 1]
        if len(decisions) == 1:
            must = tuple(n for n, rail in enumerate(self.steps.rules) if not rails[rail ^ 1])
            may = tuple(n for n, rail in enumerate(self.steps.rules) if rails[rail])
            return Analysis(decisions, must, may, bool(left), (), exact=True)
        critical, sure = self._critical(unknown)
        independent = any(self._linked(self.of.variables[v]) for v in critical)
        return Analysis(
            decisions,
            (),
            (),
            bool(left),
            self._ranked(critical),
            exact=sure and not past and not independent,
            sharp=sure and not past,
        )

    def _linked(self, variable: Variable) -> bool:
        """Whether *variable* might hang together with what it is taken to be independent of."""
        if variable.subject is not None:
            return self.of.cells(variable).linked
        spoken = [*mentions(self.of.tests[variable.tests[0]])]
        elsewhere = {
            s for each in self.of.variables if each is not variable for s in each.speaks_of
        }
        return len({*spoken}) < len(spoken) or not elsewhere.isdisjoint(spoken)

    def _critical(self, unknown: Sequence[int]) -> tuple[list[int], bool]:
        """The variables that can still change the decision, and whether it is just these."""
        turned, exact = self.steps.down(self.rails, self.everything)
        critical = []
        for v in unknown:
            if v in self._strides:
                matters, sure = self._matters(v)
                exact = exact and sure
            else:
                tests = self.of.variables[v].tests
                matters = any(turned[n] for n in tests if self.pattern[n] is None)
            if matters:
                critical.append(v)
        return critical, exact

    @cached_property
    def _strides(self) -> dict[int, int]:
        """How far apart the fillings are in which a variable is in one cell, and in the next."""
        sizes = {v: self.of.cells(self.of.variables[v]).size for v in self.split}
        found, stride = {}, 1
        for v in sorted(self.split, key=sizes.__getitem__, reverse=True):  # as `filled_in` does
            found[v] = stride
            stride *= sizes[v]
        return found

    def _matters(self, v: int) -> tuple[bool, bool]:
        """Whether two values of variable *v* can decide differently, and whether that is sure."""
        stride, size = self._strides[v], self.of.cells(self.of.variables[v]).size
        first = bits.spread(1, size, stride, self._all[0])
        for where in self._can.values():
            if any((where ^ where >> cell * stride) & first for cell in range(1, size)):
                return True, True
        if sum(where.bit_count() for where in self._can.values()) == self._all[0]:
            return False, True
        return self._matters_beside(v)

    def _matters_beside(self, v: int) -> tuple[bool, bool]:
        """The same, where it hangs on facts that are not filled in."""
        tests = set(self.of.variables[v].tests)
        logic = Pairs(
            self.everything,
            [self._pair(number, turned=number in tests) for number in range(len(self.pattern))],
            self.of.number,
        )
        values: dict[int, Pair] = {}
        fold_over(self.of.nodes, logic, values)
        kinds = [kind for kind in ORDER if kind in self.of.roots]
        pairs = [values[id(self.of.roots[kind])] for kind in kinds]
        for ways in product(*(pair.ways() for pair in pairs)):
            first = next(compress(kinds, (one for one, _, _ in ways)), self.of.default)
            second = next(compress(kinds, (other for _, other, _ in ways)), self.of.default)
            if first is second:
                continue
            where = self.everything
            for _, _, each in ways:
                where &= each
            if where:
                return True, not logic.rough
        return False, not logic.rough

    def _pair(self, number: int, *, turned: bool) -> Pair:
        true, false = self.rails[2 * number : 2 * number + 2]
        if not turned or self.pattern[number] is not None:
            return Pair(true, 0, 0, false)
        if true & 1:
            return Pair(true, 0, false, 0)
        return Pair(0, true, 0, false)

    def _ranked(self, critical: Sequence[int]) -> tuple[tuple[int, float], ...]:
        """*critical* with the chance that each turns the decision."""
        if len(critical) == 1:
            return ((critical[0], 1.0),)
        turned = influences(self.steps, self.pattern)
        return tuple(
            (v, sum(turned[number] for number in self.of.variables[v].tests)) for v in critical
        )
