"""What is not known of cases, and what of it the rules hang on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod

import attrs

from connectrules.exact import bits
from connectrules.exact.cells import LIMIT
from connectrules.exact.reach import Rails, Reach
from connectrules.exact.variables import ORDER, BoundRule, Variable, Variables
from connectrules.program import Program
from connectrules.reading import Reading
from connectrules.rules.tree import Condition, Test, any_of, children, fold_over
from connectrules.testing.cases import Tried
from connectrules.testing.mutants.changes import Assumed
from connectrules.testing.mutants.lazily import Lazily
from connectrules.testing.mutants.truths import UNKNOWN, Columns, Row, Truths, columns_of
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
        row: What of it is known, and how tests come out.
        facts: What is filled in, each with its first digit.
        digits: How many digits there are; the last ones may stand for nothing.
        is_exact: Whether all that matters is filled in: then just what seems possible is.
            Else it is at most that.
    """

    tried: Tried
    of: "Unknowns"
    row: Row
    facts: _Facts
    digits: int
    is_exact: bool


class Unknowns:
    """The tests of a policy and of its mutants, for one owner and one day.

    Args:
        program: The policy.
        rules: Its rules.
        nodes: The nodes of the rules, each after those below it.
        others: The tests that mutants have and the rules have not.
    """

    def __init__(
        self,
        program: Program,
        rules: Sequence[BoundRule],
        nodes: Sequence[Condition],
        others: Sequence[Test],
    ) -> None:
        more = [BoundRule("", Decision.CONNECT, None, any_of(*others))] if others else []
        self._rules, self._nodes = rules, nodes
        self.program = program
        self.tests = Variables([*rules, *more], program.analyser.default, program.context)
        own = program.analyser
        repeated = {each.subject: each.repeated for each in own.variables if each.subject}
        compared = {own.forms[each.tests[0]]: each.repeated for each in own.variables}
        new = {self.tests.number[id(each)] for each in others}
        self._split: list[int] = []
        for number, each in enumerate(self.tests.variables):
            if each.subject is not None:
                is_split = repeated.get(each.subject, True)
            else:
                # A comparison that a mutant has may stand there twice then.
                is_split = compared.get(self.tests.forms[each.tests[0]], False)
                is_split = is_split or each.tests[0] in new
            if is_split:
                self._split.append(number)
        self._can = Lazily(self._can_be)
        self._sizes = Lazily(self._size)
        facts = [slot.subject for slot in program.slots]
        self._truths = Truths(self.tests.tests, facts, program.context)

    def rows(self, known: Iterable[Sequence[Reading]]) -> list[Row]:
        """The rows of cases of whom so much is *known*."""
        return self._truths.rows([[each.ready for each in readings] for readings in known])

    def said(self, number: int, columns: Columns) -> str:
        """A character for each case of such *columns*, that says how a test comes out."""
        return self._truths.said(number, columns)

    def rails(self, number: int, said: str) -> Rails:
        """The rails of a test that comes out as is *said*."""
        everything = bits.full(len(said))
        if UNKNOWN not in said:
            true = int(said, 2)
            return Rails(true, everything ^ true)
        can = self._can[number]
        true = int(said.replace(UNKNOWN, str(can.true)), 2)
        not_false = int(said.replace(UNKNOWN, str(1 - can.false)), 2)
        return Rails(true, everything ^ not_false)

    def _can_be(self, number: int) -> Rails:
        """Whether a test can be true, and can be false, where its fact is not known: 1 or 0."""
        variable = self.tests.variables[self.tests.variable_of[number]]
        found = self.tests.cells(variable, (number,))
        (column,) = found.columns if found.size == 1 else (0b10,)
        return Rails(int(column > 0), int(column != 1))

    def _size(self, variable: int) -> int:
        """How many cells a variable has."""
        return self.tests.cells(self.tests.variables[variable]).size or LIMIT + 1

    def filled(self, tried: Sequence[Tried], *, whole: bool = False) -> Iterator[Filled]:
        """Cases, of this owner and day, with that filled in which the rules hang on.

        Args:
            tried: The cases.
            whole: Whether to fill in as well what a mutant may hang on.
        """
        rows, size = self.rows(each.settled.readings for each in tried), len(tried)
        columns = columns_of(rows)
        said = Lazily(lambda number: self.said(number, columns))
        first = [each.tests[0] for each in self.tests.variables]
        unknown = Lazily(lambda variable: unknown_in(said[first[variable]]))
        among = dict.fromkeys(range(len(first)), bits.packed(map(_is_asking, tried)))
        among.update(dict.fromkeys(self._split, bits.full(size)))
        open_ = self._hanging(Lazily(lambda number: self.rails(number, said[number])), size)
        wanted = {each: where & open_.get(each, 0) for each, where in among.items()}
        more = dict[int, int]()
        if whole:
            more = {each: among[each] & unknown[each] & ~wanted[each] for each in among}
        split = {each: unknown[each] for each in self._split}
        parts = [_for_each(part) for part in (wanted, more, split)]
        for place, (each, row) in enumerate(zip(tried, rows, strict=True)):
            if place in parts[0] or place in parts[1]:
                of = [part.get(place, ()) for part in parts]
                yield Filled(each, self, row, *self._counted(*of, whole=whole))
            else:
                yield Filled(each, self, row, (), 0, place not in parts[2])

    def _counted(
        self, wanted: Sequence[int], more: Sequence[int], split: Sequence[int], *, whole: bool
    ) -> tuple[_Facts, int, bool]:
        """Those of some unknown variables that are filled in, each with its first digit.

        With them come how many digits there are, and whether all that matters is there.

        Args:
            wanted: Those that the rules hang on, or else what is asked for.
            more: Those that a mutant may hang on, too.
            split: All that stand for facts that are tested more than once.
            whole: Whether this is for one case alone.
        """
        most = _MOST_WHOLE if whole else _DIGITS[-1]
        if prod(self._sizes[each] for each in split) > LIMIT:
            most = -1  # a verdict fills in nothing then
        wanted = [*sorted(wanted, key=self._digits), *sorted(more, key=self._digits)]
        found, digits = dict[int, int](), 0
        for each in wanted:
            width = self._digits(each)
            if digits + width <= most:
                found[each] = digits
                digits += width
        if not whole:
            digits = min(each for each in _DIGITS if each >= digits)
        is_exact = len(found) == len(wanted) and found.keys() >= {*split}
        facts = tuple((self.tests.variables[each], digit) for each, digit in found.items())
        return facts, digits, is_exact

    def _digits(self, variable: int) -> int:
        """How many digits a variable is written in."""
        return (self._sizes[variable] - 1).bit_length()

    def _hanging(self, leaves: Mapping[int, Rails], size: int) -> Mapping[int, int]:
        """For each variable the cases in which a test of it is below nothing that is settled."""
        found: dict[int, int] = {}
        for test, where in self._open(Reach(bits.full(size), leaves, self.tests.number)):
            variable = self.tests.variable_of[self.tests.number[id(test)]]
            found[variable] = found.get(variable, 0) | where
        return found

    def _open(self, logic: Reach) -> Iterator[tuple[Test, int]]:
        """The rules' tests, each with the cases in which it is below nothing that is settled."""
        values: dict[int, Rails] = {}
        fold_over(self._nodes, logic, values)
        unsettled = {key: rails.true & rails.false for key, rails in values.items()}
        is_open = dict.fromkeys(values, 0)
        left = logic.everything
        for kind in ORDER:
            conditions = [id(rule.condition) for rule in self._rules if rule.decision is kind]
            for each in conditions:
                is_open[each] |= left & unsettled[each]
            for each in conditions:
                left &= values[each].false
        for node in reversed(self._nodes):
            for below in map(id, children(node)):
                is_open[below] |= is_open[id(node)] & unsettled[below]
            if isinstance(node, Test):
                yield node, is_open[id(node)]


def unknown_in(said: str) -> int:
    """The cases for which a test that comes out as is *said* is not known."""
    if UNKNOWN not in said:
        return 0
    return int(said.replace("1", "0").replace(UNKNOWN, "1"), 2)


def _for_each(found: Mapping[int, int]) -> Mapping[int, Sequence[int]]:
    """For each case those of which it is among the cases *found*; none for most."""
    lists: dict[int, list[int]] = {}
    for each, where in sorted(found.items()):
        for place in bits.places(where):
            lists.setdefault(place, []).append(each)
    return lists


def is_assumed(tried: Tried, change: Assumed) -> bool:
    """Whether the fact of *change* is assumed of a case."""
    return tried.settled.readings[tried.program.place[change.subject]].assumed


def assuming(tried: Tried, change: Assumed) -> list[Reading]:
    """What is known of a case with *change* made."""
    place, readings = tried.program.place[change.subject], tried.settled.readings
    turned = Reading(change.value, unsure=readings[place].unsure)
    return [*readings[:place], turned, *readings[place + 1 :]]


def _is_asking(tried: Tried) -> bool:
    """Whether a case says what is asked for: then all that is unknown may matter."""
    expected = tried.case.expected
    return expected is not None and expected.ask is not None
