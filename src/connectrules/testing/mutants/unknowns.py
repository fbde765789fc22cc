"""What is not known of cases, and what of it the rules hang on."""

from collections.abc import Callable, Iterator, Sequence
from math import prod

import attrs

from connectrules.backends.compiled.functions import compile_tests
from connectrules.exact import bits
from connectrules.exact.cells import LIMIT
from connectrules.exact.fillings import Pattern
from connectrules.exact.reach import Rails, Reach
from connectrules.exact.variables import ORDER, BoundRule, Variable, Variables
from connectrules.program import Program
from connectrules.reading import Reading
from connectrules.rules.tree import (
    Condition,
    Test,
    any_of,
    children,
    fold_over,
    postorder,
    subjects,
)
from connectrules.testing.cases import Tried
from connectrules.testing.mutants.changes import Assumed
from connectrules.verdict import Decision

_DIGITS = (0, 3, 5, 7, 9)
"""In how many digits the facts are filled in that the rules hang on, of many cases at once.

With few different numbers of digits, many cases have the same one.
"""

_MOST_WHOLE = 14
"""In how many digits all facts of one case are."""

_Facts = tuple[tuple[Variable, int], ...]


@attrs.frozen(eq=False)
class Filled:
    """A case, with facts filled in that are not known of it.

    A fact of s cells is written in as few binary digits as it takes to count to s; of
    numbers that are left over each stands for the last cell.

    Attributes:
        tried: The case.
        of: The tests, and what they hang on.
        pattern: How they come out for it.
        facts: What is filled in, each with its first digit.
        digits: How many digits there are; the last ones may stand for nothing.
        is_exact: Whether all that matters is filled in: then just what seems possible is.
            Else it is at most that.
    """

    tried: Tried
    of: "Unknowns"
    pattern: Pattern
    facts: _Facts
    digits: int
    is_exact: bool


class Unknowns:
    """The tests of a policy and of its mutants, for one owner and one day.

    Args:
        program: The policy.
        rules: Its rules.
        others: The tests that mutants have and the rules have not.
    """

    def __init__(
        self, program: Program, rules: Sequence[BoundRule], others: Sequence[Test]
    ) -> None:
        more = [BoundRule("", Decision.CONNECT, None, any_of(*others))] if others else []
        self._rules = rules
        self.program = program
        self.tests = Variables([*rules, *more], program.analyser.default, program.context)
        own = program.analyser
        repeated = {each.subject: each.repeated for each in own.variables if each.subject}
        compared = {own.forms[each.tests[0]]: each.repeated for each in own.variables}
        new = {self.tests.number[id(each)] for each in others}
        self._split: list[Variable] = []
        for each in self.tests.variables:
            if each.subject is not None:
                is_split = repeated.get(each.subject, True)
            else:
                # A comparison that a mutant has may stand there twice then.
                is_split = compared.get(self.tests.forms[each.tests[0]], False)
                is_split = is_split or each.tests[0] in new
            if is_split:
                self._split.append(each)
        self._split_tests = {number for each in self._split for number in each.tests}
        self._can: dict[int, Rails] = {}
        self._turned: dict[int, tuple[_Outcomes, _Truths | None]] = {}
        self._subjects = [slot.subject for slot in program.slots]
        self.outcomes = compile_tests(self.tests.tests, self._subjects, program.context)
        """From the values of the facts to how the tests come out."""

    def outcomes_of(
        self, tests: Sequence[Test], tried: Tried, change: Assumed
    ) -> tuple[bool | None, ...]:
        """How *tests*, which speak of the fact of *change*, come out for a case with it made."""
        if id(change) not in self._turned:
            subject, context = change.subject, self.program.context
            alone = all(subjects(each) == (subject,) for each in tests)
            facts = [subject] if alone else self._subjects
            outcomes = compile_tests(tests, facts, context)
            self._turned[id(change)] = outcomes, outcomes([change.value]) if alone else None
        outcomes, truths = self._turned[id(change)]
        if truths is None:
            truths = outcomes([each.ready for each in assuming(tried, change)])
        return truths

    def is_split(self, number: int) -> bool:
        """Whether a test is of a fact that is tested more than once."""
        return number in self._split_tests

    def can(self, number: int) -> Rails:
        """Whether a test can be true, and can be false, where its fact is not known: 1 or 0."""
        if number not in self._can:
            variable = self.tests.variables[self.tests.variable_of[number]]
            found = self.tests.cells(variable, (number,))
            (column,) = found.columns if found.size == 1 else (0b10,)
            self._can[number] = Rails(int(column > 0), int(column != 1))
        return self._can[number]

    def rails(self, number: int, column: Sequence[bool | None]) -> Rails:
        """The rails of a test for cases, from how it comes out."""
        unknown = self.can(number) if None in column else Rails(1, 1)
        text = "".join(map(_CHARACTERS.__getitem__, reversed(column)))
        true = int(text.replace("2", str(unknown.true)), 2)
        false = int(text.translate(_TURNED).replace("2", str(unknown.false)), 2)
        return Rails(true, false)

    def filled(self, tried: Sequence[Tried], *, whole: bool = False) -> Iterator[Filled]:
        """Cases, of this owner and day, with that filled in which the rules hang on.

        Args:
            tried: The cases.
            whole: Whether to fill in as well what a mutant may hang on.
        """
        patterns = [self._pattern(each) for each in tried]
        for each, pattern, open_ in zip(tried, patterns, self._hanging(patterns), strict=True):
            split = self._unknown(self._split, pattern)
            among = self.tests.variables if _is_asking(each) else split
            wanted = [one for one in among if one.tests in open_]
            more = [one for one in self._unknown(among, pattern) if one.tests not in open_]
            wanted = sorted(wanted, key=self._digits)
            if whole:
                wanted += sorted(more, key=self._digits)
            sizes = (self.tests.cells(one).size or LIMIT + 1 for one in split)
            most = _MOST_WHOLE if whole else _DIGITS[-1]
            if prod(sizes) > LIMIT:
                most = -1  # a verdict fills in nothing then
            facts, digits = self._counted(wanted, most)
            if not whole:
                digits = min(each for each in _DIGITS if each >= digits)
            known = {one.tests for one, _ in facts}
            is_exact = len(facts) == len(wanted) and all(one.tests in known for one in split)
            yield Filled(each, self, pattern, facts, digits, is_exact)

    def _pattern(self, tried: Tried) -> Pattern:
        return self.outcomes([reading.ready for reading in tried.settled.readings])

    @staticmethod
    def _unknown(among: Sequence[Variable], pattern: Pattern) -> list[Variable]:
        return [each for each in among if pattern[each.tests[0]] is None]

    def _digits(self, variable: Variable) -> int:
        """How many digits a fact is written in."""
        return ((self.tests.cells(variable).size or LIMIT + 1) - 1).bit_length()

    def _counted(self, wanted: Sequence[Variable], most: int) -> tuple[_Facts, int]:
        """Those of *wanted* that fit into so many digits, each with its first; and these."""
        found, digits = [], 0
        for each in wanted:
            more = self._digits(each)
            if digits + more <= most:
                found.append((each, digits))
                digits += more
        return tuple(found), digits

    def _hanging(self, patterns: Sequence[Pattern]) -> list[set[tuple[int, ...]]]:
        """For each case, the tests of each fact below nothing that is settled without it."""
        found: list[set[tuple[int, ...]]] = [set() for _ in patterns]
        columns = zip(*patterns, strict=True)
        leaves = [self.rails(number, column) for number, column in enumerate(columns)]
        cases: dict[int, int] = {}
        for test, where in self._open(Reach(bits.full(len(patterns)), leaves, self.tests.number)):
            variable = self.tests.variable_of[self.tests.number[id(test)]]
            cases[variable] = cases.get(variable, 0) | where
        for variable, where in cases.items():
            for case in bits.places(where):
                found[case].add(self.tests.variables[variable].tests)
        return found

    def _open(self, logic: Reach) -> Iterator[tuple[Test, int]]:
        """The rules' tests, each with the cases in which it is below nothing that is settled."""
        values: dict[int, Rails] = {}
        nodes: list[Condition] = []
        for rule in self._rules:
            new = [*postorder(rule.condition, known=values)]
            fold_over(new, logic, values)
            nodes += new
        unsettled = {key: rails.true & rails.false for key, rails in values.items()}
        is_open = dict.fromkeys(values, 0)
        left = logic.everything
        for kind in ORDER:
            conditions = [id(rule.condition) for rule in self._rules if rule.decision is kind]
            for each in conditions:
                is_open[each] |= left & unsettled[each]
            for each in conditions:
                left &= values[each].false
        for node in reversed(nodes):
            for below in map(id, children(node)):
                is_open[below] |= is_open[id(node)] & unsettled[below]
            if isinstance(node, Test):
                yield node, is_open[id(node)]


def is_assumed(tried: Tried, change: Assumed) -> bool:
    """Whether the fact of *change* is assumed of a case."""
    return tried.settled.readings[tried.program.place[change.subject]].assumed


def assuming(tried: Tried, change: Assumed) -> list[Reading]:
    """What is known of a case with *change* made."""
    place, readings = tried.program.place[change.subject], tried.settled.readings
    return [*readings[:place], Reading(change.value), *readings[place + 1 :]]


def _is_asking(tried: Tried) -> bool:
    """Whether a case says what is asked for: then all that is unknown may matter."""
    expected = tried.case.expected
    return expected is not None and expected.ask is not None


_Truths = tuple[bool | None, ...]
_Outcomes = Callable[[Sequence[object]], _Truths]

_CHARACTERS = {True: "1", False: "0", None: "2"}
_TURNED = str.maketrans("01", "10")
