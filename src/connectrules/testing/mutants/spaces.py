"""All ways in which the facts that some conditions speak of can be, as bits."""

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property
from math import prod

import attrs

from connectrules.backends.compiled.functions import compile_tests
from connectrules.exact import bits
from connectrules.exact.fillings import filled_in
from connectrules.exact.reach import Rails, Reach
from connectrules.exact.variables import BoundRule, Variable, Variables
from connectrules.rules.meaning import Context
from connectrules.rules.tree import (
    Condition,
    Mine,
    Subject,
    Test,
    Window,
    fold_over,
    postorder,
    subjects,
)
from connectrules.verdict import Decision

MOST_FILLINGS = 1 << 20
"""Up to how many ways to fill in the facts are gone through."""

_DAY = datetime.date(2026, 1, 31)
"""Any day: where something hangs on which one it is, that is told."""


@attrs.frozen(eq=False, slots=False)
class Space:
    """All ways in which facts can be: those tested more than once are filled in.

    Nothing is known of the owner.

    Attributes:
        of: The conditions' tests, and the facts behind them.
        everything: All ways.
        leaves: The rails of each distinct test.
    """

    of: Variables
    everything: int
    leaves: Mapping[int, Rails]

    @cached_property
    def _values(self) -> dict[int, Rails]:
        found: dict[int, Rails] = {}
        fold_over(self.of.nodes, Reach(self.everything, self.leaves, self.of.number), found)
        return found

    def rails(self, condition: Condition) -> Rails:
        """In which ways one of the conditions can hold, and fail to."""
        return self._values[id(condition)]

    @cached_property
    def is_timed(self) -> bool:
        """Whether it may hang on the day how tests come out together."""
        return any(map(self._hangs_on_the_day, self.of.variables))

    def _hangs_on_the_day(self, variable: Variable) -> bool:
        """Whether lengths of time are told apart from dates, or months from days."""
        kinds = set()
        for number in variable.tests:
            windows = [each for each in self.of.tests[number].operands if isinstance(each, Window)]
            units = {each.duration.unit for each in windows}
            kinds.add("none" if not units else "months" if units <= {"month", "year"} else "days")
        return len(kinds) > 1

    def supposing(self, subject: Subject, value: object) -> "Space | None":
        """The same ways where *subject* is *value*, in the form tests compare.

        None where it is compared with another fact.
        """
        leaves = dict(self.leaves)
        for variable in self.of.variables:
            if subject not in variable.speaks_of:
                continue
            if variable.subject is None:
                return None
            tests = [self.of.tests[number] for number in variable.tests]
            outcomes = compile_tests(tests, [subject], self.of.context)([value])
            for number, truth in zip(variable.tests, outcomes, strict=True):
                can, cannot = (truth is not False), (truth is not True)
                leaves[number] = Rails(self.everything * can, self.everything * cannot)
        return Space(self.of, self.everything, leaves)


def space_of(conditions: Sequence[Condition]) -> Space | None:
    """The ways in which the facts that *conditions* speak of can be; None where these are too many.

    A condition that is there twice is filled in whole.
    """
    of = _variables(conditions)
    split = [each for each in of.variables if of.is_split(each)]
    if prod(of.cells(each).size or MOST_FILLINGS + 1 for each in split) > MOST_FILLINGS:
        return None
    size, filled = filled_in((each.tests, of.cells(each)) for each in split)
    everything = bits.full(size)
    leaves = {
        number: Rails(filled[number], everything ^ filled[number])
        if number in filled
        else Rails(everything, everything)
        for number in range(len(of.tests))
    }
    return Space(of, everything, leaves)


def together(conditions: Sequence[Condition], others: Sequence[Condition]) -> list[Condition]:
    """Those of *others* that speak of a fact that *conditions* speak of, or of one of their own."""
    linked = frozenset().union(*map(spoken_of, conditions))
    left, found = {id(each): (each, spoken_of(each)) for each in others}, set[int]()
    while True:
        new = {key: said for key, (_, said) in left.items() if not linked.isdisjoint(said)}
        if not new:
            return [each for each in others if id(each) in found]
        found |= new.keys()
        left = {key: each for key, each in left.items() if key not in new}
        linked = linked.union(*new.values())


def spoken_of(condition: Condition) -> frozenset[Subject | Mine]:
    """The facts that *condition* speaks of."""
    tests = (node for node in postorder(condition) if isinstance(node, Test))
    return frozenset(each for test in tests for each in subjects(test))


def _variables(conditions: Sequence[Condition]) -> Variables:
    rules = [BoundRule("", Decision.CONNECT, None, each) for each in conditions]
    return Variables(rules, Decision.DECLINE, Context({}, _DAY))
