"""The rows that strong Kleene logic decides, and by which rules."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add, and_

import attrs
import narwhals as nw

from connectrules.backends.frames.kleene import Kleene, Truth, counted
from connectrules.framed.outcomes import TOGETHER, Outcome, decided
from connectrules.framed.table import Table
from connectrules.program import OTHERWISE, Program
from connectrules.rules.tree import Condition, fold, tallied
from connectrules.verdict import Decision

_MOST_TOGETHER = 8
"""Of how many rules of one kind each set that can decide together has an outcome of its own."""


@attrs.frozen
class Plain:
    """What Kleene logic decides.

    Attributes:
        place: The place of a row's outcome among *outcomes*; null where it stays open.
        outcomes: The outcomes.
        names: By the place of an outcome whose rules are too many for one of each set of them
            the names of those that decided.
        is_open: Whether some row may stay open.
    """

    place: nw.Expr | None
    outcomes: tuple[Outcome, ...]
    names: dict[int, nw.Expr]
    is_open: bool


def hidden(program: Program) -> Mapping[Decision, Sequence[bool]]:
    """Of each rule, by kind, whether it may hold for certain where Kleene logic does not know it.

    That is where a fact stands in it twice, or in a test that holds of all its values.
    """
    return program.kept(_hidden)


def _hidden(program: Program) -> Mapping[Decision, Sequence[bool]]:
    return {
        kind: [len(conditions) > 1 and _is_hidden(program, each) for each in conditions]
        for kind, conditions in program.analyser.by_kind.items()
    }


def _is_hidden(program: Program, condition: Condition) -> bool:
    analyser = program.analyser
    met: set[int] = set()
    for test, times in tallied([condition]):
        number = analyser.number[id(test)]
        variable = analyser.variable_of[number]
        if times > 1 or variable in met:
            return True
        met.add(variable)
        if analyser.cells(analyser.variables[variable], (number,)).size != len((True, False)):
            return True
    return False


def decide(table: Table, program: Program, tests: Sequence[Truth]) -> Plain:
    """What Kleene logic decides of the rows whose *tests* come out so."""
    return _Deciding(table, program, Kleene(tests, program.analyser.number)).run()


@attrs.define
class _Deciding:
    table: Table
    program: Program
    logic: Kleene
    outcomes: list[Outcome] = attrs.field(factory=list)
    cases: list[tuple[nw.Expr, nw.Expr]] = attrs.field(factory=list)
    names: dict[int, nw.Expr] = attrs.field(factory=dict)
    is_open: bool = False

    def run(self) -> Plain:
        values: dict[int, Truth] = {}
        last: nw.Expr | None = None
        for kind, conditions in self.program.analyser.by_kind.items():
            rules = [rule.name for rule in self.program.rules if rule.decision is kind]
            truths = self._columns([fold(each, self.logic, values=values) for each in conditions])
            (holds,) = self._columns([self._holds(truths, hidden(self.program)[kind])])
            if holds is None:
                self.is_open = True
                break
            if holds is True:
                last = self._place(kind, rules, truths)
                break
            if isinstance(holds, nw.Expr):
                self.is_open = True
                self.cases.append((holds, self._place(kind, rules, truths)))
                self.cases.append((holds.is_null(), nw.lit(None, nw.Int32)))
        else:
            self.outcomes.append(decided(self.program.default, [OTHERWISE]))
            last = nw.lit(len(self.outcomes) - 1, nw.Int32)
        place = _chosen(self.cases, last)
        return Plain(place, tuple(self.outcomes), self.names, self.is_open)

    def _holds(self, truths: Sequence[Truth], are_hidden: Sequence[bool]) -> Truth:
        """Where some rule holds, and it is known which."""
        holds = counted(1, [(1, truth) for truth in truths])
        pairs = zip(truths, are_hidden, strict=True)
        unknown = [truth for truth, is_hidden in pairs if is_hidden and not isinstance(truth, bool)]
        if holds is None or holds is False or not unknown:
            return holds
        columns = [truth for truth in unknown if isinstance(truth, nw.Expr)]
        if len(columns) < len(unknown):
            return None
        are_known = reduce(and_, (~column.is_null() for column in columns))
        return nw.when(are_known).then(nw.lit(True) if holds is True else holds)  # noqa: FBT003 - a value

    def _columns(self, truths: Sequence[Truth]) -> list[Truth]:
        columns = {
            f"truth {n}": truth for n, truth in enumerate(truths) if isinstance(truth, nw.Expr)
        }
        added = self.table.add_all(columns)
        return [added.get(f"truth {n}", truth) for n, truth in enumerate(truths)]

    def _place(self, kind: Decision, rules: Sequence[str], truths: Sequence[Truth]) -> nw.Expr:
        """The place of the outcome where those of *rules* decided whose *truths* hold."""
        start = len(self.outcomes)
        always = [name for name, truth in zip(rules, truths, strict=True) if truth is True]
        columns = {n: truth for n, truth in enumerate(truths) if isinstance(truth, nw.Expr)}
        if not columns or len(rules) == 1:
            self.outcomes.append(decided(kind, always or rules))
            return nw.lit(start, nw.Int32)
        if len(columns) > _MOST_TOGETHER:
            return self._named(kind, rules, truths)
        for together in range(1 << len(columns)):
            found = {n for bit, n in enumerate(columns) if together >> bit & 1}
            names = [name for n, name in enumerate(rules) if n in found or truths[n] is True]
            self.outcomes.append(decided(kind, names))
        bits = [_bit(truth, 1 << bit) for bit, truth in enumerate(columns.values())]
        return reduce(add, bits) + start

    def _named(self, kind: Decision, rules: Sequence[str], truths: Sequence[Truth]) -> nw.Expr:
        """The place of an outcome without names, which are put together for each row."""
        self.outcomes.append(decided(kind, []))
        place = len(self.outcomes) - 1
        said = [
            nw.lit(name) if truth is True else nw.when(truth).then(nw.lit(name))
            for name, truth in zip(rules, truths, strict=True)
            if truth is True or isinstance(truth, nw.Expr)
        ]
        self.names[place] = nw.concat_str(said, separator=TOGETHER, ignore_nulls=True)
        return nw.lit(place, nw.Int32)


def _bit(truth: nw.Expr, value: int) -> nw.Expr:
    return truth.fill_null(False).cast(nw.Int32) * value  # noqa: FBT003 - a value


def _chosen(cases: Sequence[tuple[nw.Expr, nw.Expr]], otherwise: nw.Expr | None) -> nw.Expr | None:
    """The value of the first of *cases* that is so."""
    if not cases:
        return otherwise
    (first, value), *rest = cases
    chosen = nw.when(first).then(value)
    for condition, each in rest:
        chosen = chosen.when(condition).then(each)
    return chosen if otherwise is None else chosen.otherwise(otherwise)
