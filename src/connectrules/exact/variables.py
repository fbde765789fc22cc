"""What the tests of rules are settled by: the facts, and comparisons of two facts."""

from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property

import attrs

from connectrules.exact.cells import Cells, cells
from connectrules.rules.meaning import Context, Form, form
from connectrules.rules.tree import (
    Condition,
    Mine,
    Spoken,
    Subject,
    Test,
    any_of,
    mentions,
    postorder,
    subjects,
    tallied,
)
from connectrules.schema.vocabulary import Fact
from connectrules.verdict import Decision

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


class Variables:
    """The tests of one policy's rules, for one owner and one day, and the variables behind them.

    Args:
        rules: The rules.
        default: What OTHERWISE decides.
        context: The owner's facts and the day.
    """

    def __init__(self, rules: Sequence[BoundRule], default: Decision, context: Context) -> None:
        self.rules, self.default, self.context = tuple(rules), default, context
        self.tests: list[Test] = []
        """The distinct tests."""
        self.forms: list[Form] = []
        """What each of them comes down to."""
        self.number: dict[int, int] = {}
        """The number of each test of the tree, by its id."""
        counts: list[int] = []
        by_form: dict[Form, int] = {}
        for test, times in tallied([rule.condition for rule in self.rules]):
            its_form = form(test, context)
            number = by_form.setdefault(its_form, len(self.tests))
            self.number[id(test)] = number
            if number == len(self.tests):
                self.tests.append(test)
                self.forms.append(its_form)
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
        self._cells: dict[int | tuple[int, ...], Cells] = {}

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

    def cells(self, variable: Variable, numbers: tuple[int, ...] | None = None) -> Cells:
        """The cells of *variable*; one for yes and one for no where it is no fact.

        Args:
            variable: The variable.
            numbers: Those of its tests that the cells are for; all by default.
        """
        if variable.subject is None:
            return _EITHER
        key = variable.tests[0] if numbers is None else numbers
        if key not in self._cells:
            chosen = variable.tests if numbers is None else numbers
            tests = [self.tests[each] for each in chosen]
            forms = [self.forms[each] for each in chosen]
            self._cells[key] = cells(variable.subject, tests, self.context, forms)
        return self._cells[key]

    @cached_property
    def nodes(self) -> tuple[Condition, ...]:
        """Every node of the roots once, each after those below it."""
        found: dict[int, Condition] = {}
        for root in self.roots.values():
            for node in postorder(root, known=found):
                found[id(node)] = node
        return tuple(found.values())

    def is_split(self, variable: Variable) -> bool:
        """Whether *variable* is filled in."""
        return variable.repeated or self.cells(variable).size == 1


_EITHER = Cells((0b10,), 2, linked=False)
