"""What can still come of a contact: the decisions, the rules, and the facts that matter.

The unknown facts are filled in in every way, all fillings at once: a bit set says
for each node of a rule in which fillings it can be true, and in which false. Only
facts tested more than once need filling in; for the rest each node is free of the
others, and "can be true" and "can be false" (strong Kleene logic) lose nothing.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import product
from math import prod

import attrs

from connectrules.exact import bits
from connectrules.exact.cells import LIMIT, Cells, cells
from connectrules.exact.influence import chances, influences
from connectrules.exact.pairs import Pair, Pairs
from connectrules.exact.reach import Rails, Reach, observed
from connectrules.rules.meaning import Context, Form, form
from connectrules.rules.tree import (
    Condition,
    Mine,
    Spoken,
    Subject,
    Test,
    any_of,
    fold_over,
    mentions,
    postorder,
    subjects,
    tallied,
)
from connectrules.schema.vocabulary import Fact
from connectrules.verdict import Decision

Pattern = tuple[bool | None, ...]
"""How a policy's distinct tests come out for a contact; None where it is not known."""

ORDER = (Decision.DECLINE, Decision.REVIEW, Decision.CONNECT)
"""The decisions a rule can make, the strongest first."""


@attrs.frozen
class BoundRule:
    """A rule, ready for analysis.

    Attributes:
        name: Its name.
        decision: What it decides.
        because: The reason it gives, if any.
        condition: When it applies; its exceptions are part of it.
    """

    name: str
    decision: Decision
    because: str | None
    condition: Condition


@attrs.frozen
class Variable:
    """Something unknown that fillings give a value.

    Attributes:
        tests: The distinct tests it settles, by their number.
        subject: The fact; None for a comparison of two facts, or with an unknown
            ``my G``, which is a variable of its own.
        speaks_of: All facts its tests speak of.
        repeated: Whether it is tested more than once.
    """

    tests: tuple[int, ...]
    subject: Subject | None
    speaks_of: tuple[Subject | Mine, ...]
    repeated: bool


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


class Analyser:
    """Analyses the patterns of one policy, for one owner and one day.

    Args:
        rules: The rules.
        default: What OTHERWISE decides.
        context: The owner's facts and the day.
    """

    def __init__(self, rules: Sequence[BoundRule], default: Decision, context: Context) -> None:
        self.rules, self.default, self.context = tuple(rules), default, context
        self.tests: list[Test] = []
        self.number: dict[int, int] = {}
        """The number of each test of the tree, by its id."""
        counts: list[int] = []
        by_form: dict[Form, int] = {}
        for test, times in tallied([rule.condition for rule in self.rules]):
            number = by_form.setdefault(form(test, context), len(self.tests))
            self.number[id(test)] = number
            if number == len(self.tests):
                self.tests.append(test)
                counts.append(0)
            counts[number] += times
        self.variables = tuple(self._variables(counts))
        self.variable_of = {n: v for v, each in enumerate(self.variables) for n in each.tests}
        self.by_kind = {
            kind: [rule.condition for rule in self.rules if rule.decision is kind]
            for kind in ORDER
            if any(rule.decision is kind for rule in self.rules)
        }
        """For each kind of rule there is, the strongest first, its conditions."""
        self.roots = {kind: any_of(*each) for kind, each in self.by_kind.items()}
        """For each kind of rule there is, the condition that some rule of it holds."""
        self._cells: dict[int, Cells] = {}
        self._known: dict[Pattern, Analysis] = {}

    def _variables(self, counts: Sequence[int]) -> Iterable[Variable]:
        groups: dict[Hashable, list[int]] = {}
        for number, test in enumerate(self.tests):
            subject = self._subject(test)
            groups.setdefault(number if subject is None else subject, []).append(number)
        for key, numbers in groups.items():
            yield Variable(
                tuple(numbers),
                None if isinstance(key, int) else key,  # type: ignore[arg-type]
                tuple(dict.fromkeys(s for n in numbers for s in subjects(self.tests[n]))),
                sum(counts[number] for number in numbers) > 1,
            )

    def _subject(self, test: Test) -> Subject | None:
        """The one fact that settles *test*; None where there is more than one."""
        spoken = [each for each in mentions(test) if not self._is_known(each)]
        match spoken:
            case [Fact() | Spoken() as subject]:
                return subject
            case _:
                return None

    def _is_known(self, subject: Subject | Mine) -> bool:
        return isinstance(subject, Mine) and self.context.mine.get(subject.fact.key) is not None

    def cells(self, variable: Variable) -> Cells:
        """The cells of *variable*; one for yes and one for no where it is no fact."""
        if variable.subject is None:
            return _EITHER
        number = variable.tests[0]
        if number not in self._cells:
            tests = [self.tests[each] for each in variable.tests]
            self._cells[number] = cells(variable.subject, tests, self.context)
        return self._cells[number]

    @cached_property
    def nodes(self) -> tuple[Condition, ...]:
        """Every node of the roots once, each after those below it."""
        found: dict[int, Condition] = {}
        for root in self.roots.values():
            for node in postorder(root, known=found):
                found[id(node)] = node
        return tuple(found.values())

    @cached_property
    def fillings(self) -> tuple[int, tuple[Variable, ...]]:
        """How many fillings there are when all is unknown, and what is filled in."""
        split = tuple(each for each in self.variables if self._is_split(each))
        return prod(len(self.cells(each).outcomes) or LIMIT + 1 for each in split), split

    def _is_split(self, variable: Variable) -> bool:
        return variable.repeated or len(self.cells(variable).outcomes) == 1

    def analyse(self, pattern: Pattern) -> Analysis:
        """What can come of *pattern*."""
        found = self._known.get(pattern)
        if found is None:
            if (len(self._known) + 1) * len(pattern) > _MOST_OUTCOMES:
                self._known.clear()
            found = self._known[pattern] = self._analysed(pattern)
        return found

    def _analysed(self, pattern: Pattern) -> Analysis:
        unknown = sorted({self.variable_of[n] for n, truth in enumerate(pattern) if truth is None})
        split = [v for v in unknown if self._is_split(self.variables[v])]
        sizes = [len(self.cells(self.variables[v]).outcomes) or LIMIT + 1 for v in split]
        past = prod(sizes) > LIMIT
        fillings = _Fillings(self, pattern, () if past else tuple(zip(split, sizes, strict=True)))
        return fillings.analysis(unknown, past=past)


@attrs.frozen
class _Fillings:
    """All fillings of one pattern at once.

    Attributes:
        of: The policy's analyser.
        pattern: How the tests come out as far as they are known.
        split: The variables that are filled in, and how many cells each has.
    """

    of: Analyser
    pattern: Pattern
    split: tuple[tuple[int, int], ...]
    values: dict[int, Rails] = attrs.field(factory=dict)

    @cached_property
    def everything(self) -> int:
        """All fillings."""
        return bits.full(self._size)

    @cached_property
    def _size(self) -> int:
        return prod(size for _, size in self.split)

    @cached_property
    def _filled(self) -> dict[int, tuple[int, bool]]:
        """For each test filled in: where it is true, and whether it is in the first cell."""
        filled = {}
        stride = 1
        for v, size in self.split:
            variable = self.of.variables[v]
            outcomes = self.of.cells(variable).outcomes
            for number, truths in zip(variable.tests, zip(*outcomes, strict=True), strict=True):
                filled[number] = bits.spread(truths, stride, self._size), truths[0]
            stride *= size
        return filled

    def _leaf(self, number: int) -> Rails:
        truth = self.pattern[number]
        if truth is not None:
            return Rails(self.everything, 0) if truth else Rails(0, self.everything)
        if number in self._filled:
            where, _ = self._filled[number]
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
        split = {v for v, _ in self.split}
        critical = []
        for v in unknown:
            if v in split:
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
        where, at_first = self._filled[number]
        if at_first:
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


_EITHER = Cells(((False,), (True,)), linked=False)
_MOST_OUTCOMES = 400_000
"""Of how many tests' outcomes the analyses are kept."""
