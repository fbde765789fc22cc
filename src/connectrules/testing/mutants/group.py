"""How tests come out, as bits, for cases of one owner and day."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

import attrs

from connectrules.exact import bits
from connectrules.exact.reach import Rails
from connectrules.rules.tree import Subject
from connectrules.testing.mutants.changes import Assumed
from connectrules.testing.mutants.lazily import Lazily
from connectrules.testing.mutants.stack import Stack
from connectrules.testing.mutants.truths import Columns, columns_of
from connectrules.testing.mutants.unknowns import (
    Filled,
    Unknowns,
    assuming,
)


@attrs.frozen(eq=False, slots=False)
class Group:
    """Cases of one owner and day, in a stack.

    Attributes:
        stack: The stack.
        cases: The cases.
        place: The place of the first of them in it.
        columns: What is known of them, and how tests come out.
    """

    stack: Stack
    cases: tuple[Filled, ...]
    place: int
    columns: Columns

    @cached_property
    def of(self) -> Unknowns:
        """The tests."""
        return self.cases[0].of

    @cached_property
    def _filled(self) -> Mapping[int, Mapping[int, int]]:
        """For each variable and first digit the cases in which it is filled in there."""
        found: dict[int, dict[int, int]] = {}
        for place, each in enumerate(self.cases):
            for variable, digit in each.facts:
                where = found.setdefault(self.of.tests.variable_of[variable.tests[0]], {})
                where[digit] = where.get(digit, 0) | 1 << place
        return found

    @cached_property
    def rails(self) -> Mapping[int, Rails]:
        """The rails of each test, by its number."""
        return Lazily(self._rails)

    @cached_property
    def _plain(self) -> Mapping[str, Rails]:
        """The rails of tests that come out alike for all the cases, if no others are there."""
        size, all_ = len(self.cases), bits.full(self.stack.size) << self.stack.start
        if size < len(self.stack.cases):
            return {}
        return {"1" * size: Rails(all_, 0), "0" * size: Rails(0, all_)}

    def _rails(self, number: int) -> Rails:
        said = self.of.said(number, self.columns)
        if said in self._plain:
            return self._plain[said]
        rails, times = self.of.rails(number, said), self.stack.times
        true, false = (rails.true << self.place) * times, (rails.false << self.place) * times
        variable = self.of.tests.variable_of[number]
        if variable in self._filled:
            # With an assumption turned it is as unknown: what it is compared with is.
            table = self._table(variable, number)
            for digit, cases in self._filled[variable].items():
                where = (cases << self.place) * times
                stride = len(self.stack.cases) << digit
                holds = where & bits.spread(*table, stride, self.stack.size)
                true, false = true & ~where | holds, false & ~where | where ^ holds
        return Rails(true << self.stack.start, false << self.stack.start)

    def _table(self, variable: int, number: int) -> tuple[int, int]:
        """A test over what is written in digits for the cells of its variable; and of how many."""
        of = self.of.tests.variables[variable]
        found = self.of.tests.cells(of)
        column, base = found.columns[of.tests.index(number)], 1 << (found.size - 1).bit_length()
        if column >> found.size - 1:
            column |= bits.full(base) ^ bits.full(found.size)
        return column, base

    def assumed(self, subject: Subject) -> Sequence[int]:
        """The places of its cases for which *subject* is assumed."""
        slot = self.of.program.place[subject]
        readings = (each.tried.settled.readings for each in self.cases)
        return [place for place, each in enumerate(readings) if each[slot].assumed]

    def assuming(self, change: Assumed) -> "Group":
        """The same cases with *change* made."""
        places = self.assumed(change.subject)
        rows = self.of.rows(assuming(self.cases[place].tried, change) for place in places)

        def turned(column: int) -> str:
            characters = [*self.columns[column]]
            for place, row in zip(places, rows, strict=True):
                characters[-1 - place] = row[column]
            return "".join(characters)

        return attrs.evolve(self, columns=Lazily(turned))


def groups_of(stack: Stack) -> Iterator[Group]:
    """The cases of *stack*, those of one owner and day at a time."""
    place = 0
    for _, group in groupby(stack.cases, key=lambda each: id(each.of)):
        cases = tuple(group)
        yield Group(stack, cases, place, columns_of([each.row for each in cases]))
        place += len(cases)
