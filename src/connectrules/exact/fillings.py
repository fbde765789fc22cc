"""All fillings of the unknown facts at once, and what comes of them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import prod

import attrs

from connectrules.exact import bits
from connectrules.exact.cells import Cells
from connectrules.exact.influence import chances, influences
from connectrules.exact.pairs import Pair, Pairs
from connectrules.exact.reach import Rails, Reach, observed
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
    """

    decisions: frozenset[Decision]
    must: tuple[int, ...]
    may: tuple[int, ...]
    default: bool
    critical: tuple[tuple[int, float], ...]
    exact: bool


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


@attrs.frozen
class Fillings:
    """All fillings of one pattern at once.

    Attributes:
        of: The policy's variables.
        pattern: How the tests come out as far as they are known.
        split: The variables that are filled in, by their number.
    """

    of: Variables
    pattern: Pattern
    split: tuple[int, ...]
    values: dict[int, Rails] = attrs.field(factory=dict)

    @cached_property
    def everything(self) -> int:
        """All fillings."""
        return bits.full(self._all[0])

    @cached_property
    def _all(self) -> tuple[int, dict[int, int]]:
        """How many fillings there are, and for each test filled in those where it is true."""
        variables = [self.of.variables[v] for v in self.split]
        return filled_in((each.tests, self.of.cells(each)) for each in variables)

    def _leaf(self, number: int) -> Rails:
        truth = self.pattern[number]
        if truth is not None:
            return Rails(self.everything, 0) if truth else Rails(0, self.everything)
        where = self._all[1].get(number)
        if where is not None:
            return Rails(where, self.everything ^ where)
        return Rails(self.everything, self.everything)

    @cached_property
    def _leaves(self) -> list[Rails]:
        return [self._leaf(number) for number in range(len(self.pattern))]

    def analysis(self, unknown: Sequence[int], *, past: bool) -> Analysis:
        """What can come of the pattern, with the *unknown* variables, *past* the limit or not."""
        reach = Reach(self.everything, self._leaves, self.of.number)
        fold_over(self.of.nodes, reach, self.values)
        rails = [self.values[id(rule.condition)] for rule in self.of.rules]
        kinds = {kind: self.values[id(root)] for kind, root in self.of.roots.items()}
        left = self.everything
        decisions = set()
        for kind in ORDER:
            if kind in kinds:
                if left & kinds[kind].true:
                    decisions.add(kind)
                left &= kinds[kind].false
        if left:
            decisions.add(self.of.default)
        if len(decisions) == 1:
            must = tuple(n for n, each in enumerate(rails) if not each.false)
            may = tuple(n for n, each in enumerate(rails) if each.true)
            return Analysis(frozenset(decisions), must, may, bool(left), (), exact=True)
        critical, exact = self._critical(kinds, unknown)
        independent = any(self._linked(self.of.variables[v]) for v in critical)
        exact = exact and not past and not independent
        return Analysis(
            frozenset(decisions), (), (), bool(left), self._ranked(critical), exact=exact
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

    def _critical(
        self, kinds: Mapping[Decision, Rails], unknown: Sequence[int]
    ) -> tuple[list[int], bool]:
        """The variables that can still change the decision, and whether it is just these."""
        turned: dict[int, int] = {}
        exact = True
        for kind, root in self.of.roots.items():
            top = self._turns(kinds, kind)
            found, sure = observed(root, self.values, top, self.everything)
            exact = exact and sure
            for test, where in found.items():
                number = self.of.number[test]
                turned[number] = turned.get(number, 0) | where
        critical = []
        for v in unknown:
            if v in self.split:
                matters, sure = self._matters(v)
                exact = exact and sure
            else:
                tests = self.of.variables[v].tests
                matters = any(turned[n] for n in tests if self.pattern[n] is None)
            if matters:
                critical.append(v)
        return critical, exact

    def _turns(self, kinds: Mapping[Decision, Rails], kind: Decision) -> int:
        """The fillings in which the decision can hang on whether some rule of *kind* holds."""
        found = 0
        for ways in product((True, False), repeat=len(kinds)):
            truths = dict(zip(kinds, ways, strict=True))
            if not truths[kind] or self._decided(truths) is self._decided({**truths, kind: False}):
                continue
            where = self.everything
            for each, truth in truths.items():
                if each is not kind:
                    where &= kinds[each].true if truth else kinds[each].false
            found |= where
        return found

    def _decided(self, truths: Mapping[Decision, bool]) -> Decision:
        return next((kind for kind in ORDER if truths.get(kind)), self.of.default)

    def _matters(self, v: int) -> tuple[bool, bool]:
        """Whether two values of variable *v* can decide differently, and whether that is sure."""
        tests = set(self.of.variables[v].tests)
        logic = Pairs(
            self.everything,
            [self._pair(number, turned=number in tests) for number in range(len(self.pattern))],
            self.of.number,
        )
        values: dict[int, Pair] = {}
        fold_over(self.of.nodes, logic, values)
        kinds = {kind: values[id(root)] for kind, root in self.of.roots.items()}
        for ways in product(*(pair.ways() for pair in kinds.values())):
            first = dict(zip(kinds, (one for one, _, _ in ways), strict=True))
            second = dict(zip(kinds, (other for _, other, _ in ways), strict=True))
            if self._decided(first) is self._decided(second):
                continue
            where = self.everything
            for _, _, each in ways:
                where &= each
            if where:
                return True, not logic.rough
        return False, not logic.rough

    def _pair(self, number: int, *, turned: bool) -> Pair:
        leaf = self._leaves[number]
        if not turned or self.pattern[number] is not None:
            return Pair(leaf.true, 0, 0, leaf.false)
        where = self._all[1][number]
        if where & 1:
            return Pair(where, 0, self.everything ^ where, 0)
        return Pair(0, where, 0, self.everything ^ where)

    def _ranked(self, critical: Sequence[int]) -> tuple[tuple[int, float], ...]:
        """*critical* with the chance that each turns the decision."""
        if len(critical) == 1:
            return ((critical[0], 1.0),)
        leaves = [0.5 if truth is None else float(truth) for truth in self.pattern]
        roots = list(self.of.roots.values())
        likely = dict(zip(self.of.roots, chances(roots, leaves, self.of.number), strict=True))
        tops = [self._turn_chance(likely, kind) for kind in self.of.roots]
        turned = influences(roots, tops, leaves, self.of.number)
        return tuple(
            (v, sum(turned[number] for number in self.of.variables[v].tests)) for v in critical
        )

    def _turn_chance(self, likely: Mapping[Decision, float], kind: Decision) -> float:
        """The chance that the decision hangs on whether some rule of *kind* holds."""
        others = {each: chance for each, chance in likely.items() if each is not kind}
        total = 0.0
        for ways in product((True, False), repeat=len(others)):
            truths = dict(zip(others, ways, strict=True))
            if self._decided({**truths, kind: True}) is not self._decided(truths):
                total += prod(
                    likely[each] if truth else 1 - likely[each] for each, truth in truths.items()
                )
        return total
