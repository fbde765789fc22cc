"""The facts of one policy, and what those of a contact could be instead."""

from collections.abc import Hashable, Mapping
from functools import cached_property

import attrs

from connectrules.exact.fillings import Pattern
from connectrules.explain.changing.compared import Compared, Together
from connectrules.explain.changing.moves import UNKNOWN_TO_VALUE
from connectrules.explain.changing.ranges import Range
from connectrules.explain.least.choices import Choice
from connectrules.program import Program, Settled
from connectrules.rules.tree import Mine, Test, mentions
from connectrules.schema.types import OneOf, YesNo
from connectrules.schema.vocabulary import Fact

_MOST_KEPT = 2_000
"""Of so many facts, as their tests come out, it is kept what they could be."""

_FEW = 2
"""Fewer changes than these are of one fact alone."""


@attrs.frozen
class Options:
    """What the facts of one contact could be that are compared with one another.

    Attributes:
        together: For each group of them the values, by the facts they change and a key.
        whole: Whether all values that matter were tried.
        winding: Whether values that serve may lie far from all that were tried.
        every: Whether values were found for each way the tests could come out.
    """

    together: Mapping[int, tuple[tuple[int, ...], Mapping[Hashable, Together]]]
    whole: bool = True
    winding: bool = False
    every: bool = True

    def are_fewest(self, changes: int) -> bool:
        """Whether fewer than so many *changes* do not, or nothing does where there are none.

        Of one fact alone, all values that matter are tried.
        """
        if not self.winding:
            return self.whole
        return self.whole and (self.every if changes == 0 else changes <= _FEW)

    def choices(self, pattern: Pattern) -> dict[int, list[Choice]]:
        """The choices of each group."""
        found: dict[int, list[Choice]] = {}
        for group, (tests, together) in self.together.items():
            for key, each in together.items():
                sets = tuple(
                    (number, truth)
                    for number, truth in zip(tests, each.outcomes, strict=True)
                    if truth is not None and pattern[number] is not truth
                )
                if sets:
                    found.setdefault(group, []).append(Choice(group, each.places, sets, key))
        return found


class ChangingFacts:
    """The facts of one policy, for one owner and one day.

    Args:
        program: The policy.
    """

    def __init__(self, program: Program) -> None:
        self.program, self.of = program, program.analyser
        self._ranges: dict[int, Range] = {}
        self._choices: dict[tuple[int, tuple[bool | None, ...]], list[Choice]] = {}

    @cached_property
    def _group(self) -> list[int]:
        """For each slot the first of the slots whose facts it is compared with."""
        found = list(range(len(self.program.slots)))
        for test in self._comparisons:
            places = self._places(test)
            roots = {found[place] for place in places}
            found = [min(roots) if each in roots else each for each in found]
        return found

    @cached_property
    def _comparisons(self) -> list[Test]:
        """The tests that compare facts of a contact."""
        found = []
        for variable in self.of.variables:
            test = self.of.tests[variable.tests[0]]
            is_open = self.of.forms[variable.tests[0]][0] == "open"
            if variable.subject is None and not is_open:
                found.append(test)
        return found

    def _places(self, test: Test) -> list[int]:
        return [self.program.place[each] for each in mentions(test) if not isinstance(each, Mine)]

    @cached_property
    def group_of(self) -> list[int]:
        """The group of each test, by its number."""
        return [self._group[self._places(test)[0]] for test in self.of.tests]

    @cached_property
    def compared(self) -> dict[int, tuple[tuple[int, ...], tuple[int, ...], Compared]]:
        """For each group of facts that are compared the facts, their tests, and their values."""
        groups = {self._group[place] for test in self._comparisons for place in self._places(test)}
        found = {}
        for group in sorted(groups):
            places = tuple(place for place, each in enumerate(self._group) if each == group)
            tests = tuple(number for number, each in enumerate(self.group_of) if each == group)
            found[group] = (
                places,
                tests,
                Compared(
                    [self.range_of(place) for place in places],
                    [self.of.tests[number] for number in tests],
                    [self.of.forms[number] for number in tests],
                    self.of.context,
                ),
            )
        return found

    @cached_property
    def alone(self) -> dict[int, tuple[int, ...]]:
        """The tests that each fact settles alone, by the number of its slot."""
        return {
            self.program.place[variable.subject]: variable.tests
            for variable in self.of.variables
            if variable.subject is not None
        }

    def range_of(self, place: int) -> Range:
        """What the fact in slot *place* could be, by the tests it settles alone."""
        found = self._ranges.get(place)
        if found is None:
            numbers = self.alone.get(place, ())
            found = self._ranges[place] = Range(
                self.program.slots[place].subject,
                [self.of.tests[number] for number in numbers],
                [self.of.forms[number] for number in numbers],
                self.of.context,
            )
        return found

    def is_asked(self, place: int) -> bool:
        """Whether the fact in slot *place* is one that a person answers."""
        subject = self.program.slots[place].subject
        return isinstance(subject, Fact) and subject.asked

    def distance(self, choice: Choice, pattern: Pattern) -> float:
        """How far *choice* is, as far as that hangs on how the tests come out alone."""
        known = pattern[choice.sets[0][0]] is not None
        return len(choice.facts) * (1.0 if known else UNKNOWN_TO_VALUE)

    def are_plain(self, pattern: Pattern) -> bool:
        """Whether how far each value is hangs on *pattern* alone."""
        return not self.compared and all(
            isinstance(self.program.slots[place].subject.type, (YesNo, OneOf))
            or pattern[tests[0]] is None
            for place, tests in self.alone.items()
        )

    @cached_property
    def precedence(self) -> list[int]:
        """For each slot a power of 2, the larger the earlier its fact's name comes."""
        names = [slot.subject.name for slot in self.program.slots]
        order = sorted(range(len(names)), key=names.__getitem__, reverse=True)
        return [1 << rank for _, rank in sorted((place, rank) for rank, place in enumerate(order))]

    @cached_property
    def are_all(self) -> bool:
        """Whether of each fact all ways in which its tests can come out were looked for."""
        return all(self.range_of(place).are_all for place in self.alone)

    def choices(self, pattern: Pattern) -> dict[int, list[Choice]]:
        """What each fact could be that is compared with none, but for how it is."""
        found = {}
        for place, numbers in self.alone.items():
            if self._group[place] not in self.compared:
                found[place] = self._choices_of(place, tuple(pattern[each] for each in numbers))
        return found

    def _choices_of(self, place: int, outcomes: tuple[bool | None, ...]) -> list[Choice]:
        """What the fact in slot *place* could be where its tests come out as *outcomes*."""
        key = place, outcomes
        found = self._choices.get(key)
        if found is None:
            if len(self._choices) >= _MOST_KEPT:
                self._choices.clear()
            found = self._choices[key] = []
            for vector in self.range_of(place).vectors:
                sets = tuple(
                    (number, truth)
                    for number, truth, now in zip(self.alone[place], vector, outcomes, strict=True)
                    if now is not truth
                )
                if sets:
                    found.append(Choice(place, (place,), sets, vector))
        return found

    @cached_property
    def largest(self) -> int:
        """How many facts are compared with one another at most; 1 where none are."""
        return max((len(places) for places, _, _ in self.compared.values()), default=1)

    def options(self, settled: Settled, most: int) -> Options:
        """What the facts of a contact could be that are compared, *most* of them changing."""
        together, whole, winding, every = {}, True, False, True
        for group, (places, tests, compared) in self.compared.items():
            readings = [settled.readings[place] for place in places]
            each, all_ = compared.together(readings, most)
            by_key: dict[Hashable, Together] = {}
            for one in each:
                chosen = tuple(places[place] for place in one.places)
                by_key[chosen, one.outcomes] = attrs.evolve(one, places=chosen)
            together[group] = tests, by_key
            whole = whole and all_
            if compared.is_winding:
                winding = True
                every = every and compared.are_all(one.outcomes for one in each)
        return Options(together, whole, winding, every)

    @cached_property
    def _said(self) -> dict[int, list[Test]]:
        """The tests of the rules, by their number."""
        found: dict[int, list[Test]] = {}
        for node in self.of.nodes:
            if isinstance(node, Test):
                found.setdefault(self.of.number[id(node)], []).append(node)
        return found

    def sentence(self, number: int, *, truth: bool) -> str:
        """What the policy says where test *number* comes out as *truth*."""
        said = sorted({test.sentence for test in self._said[number] if truth is not test.denied})
        if said:
            return said[0]
        return "NOT " + min(test.sentence for test in self._said[number])
