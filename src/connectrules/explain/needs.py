"""What must hold for a decision, taken apart: needs, and the needs below them.

A decision is settled where some conditions surely hold and others surely do not: the
conjuncts. Each is a tree of needs: a gate needs as many of those below it as weigh
enough, and at the bottom a test needs to be known. In a tree that tests no fact twice
that is all there is to it (Kleene logic is exact there), and parts of it that share no
fact with anything else can be looked at by themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import prod

import attrs

from connectrules.exact.cells import LIMIT
from connectrules.exact.variables import ORDER, Variable
from connectrules.program import Program
from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Mine,
    Not,
    Test,
    all_of,
    any_of,
    children,
    subjects,
    tallied,
)
from connectrules.verdict import Decision

_HIGHEST = 40
"""Parts nested deeper are not looked at by themselves: sets of facts are made of sets."""


@attrs.frozen(eq=False)
class Need:
    """Something that must surely be so.

    Attributes:
        test: The test that must be known, by its number; None for a gate.
        wanted: How the test must come out.
        need: What those below must weigh together; for a gate that counts exactly
            (``exactly``) all of them are needed, and so many true.
        below: The needs below, by their number, and what each weighs.
        exactly: How many of the conditions must hold; None for all other gates. Each
            is below twice then, as true and as false.
        alone: Whether no fact below it is tested anywhere else.
    """

    test: int | None
    wanted: bool
    need: int = 0
    below: tuple[tuple[int, int], ...] = ()
    exactly: int | None = None
    alone: bool = False
    height: int = 0


@attrs.frozen(eq=False)
class Conjunct:
    """A condition that must surely hold, or surely not.

    Attributes:
        condition: The condition.
        wanted: Whether it must hold.
        root: Its need, by its number.
        needs: The needs below it and its own, by their number, each after those below it.
        tests: The tests below it, by their number.
        torn: The variables below it, by their number, that are tested more than once and
            have no value that meets none of the needs: whatever they are, some are met.
            Where there are none, Kleene logic is exact.
        worst: How the tests of the other variables come out that are tested more than
            once, where none of the needs are met, and tests that always come out alike.
    """

    condition: Condition
    wanted: bool
    root: int
    needs: tuple[int, ...]
    tests: tuple[int, ...]
    torn: tuple[int, ...]
    worst: Mapping[int, bool]


class Layout:
    """What of a policy is the same for all contacts.

    Args:
        program: The policy for an owner and a day.
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.analyser = analyser = program.analyser
        place = program.place
        self.facts_of = tuple(
            tuple(sorted(place[s] for s in subjects(test) if not isinstance(s, Mine)))
            for test in analyser.tests
        )
        """The facts of the contact that each test speaks of, by their slots."""
        names = [(slot.subject.name, slot.subject.key) for slot in program.slots]
        order = sorted(range(len(names)), key=names.__getitem__)
        self.rank = {place: rank for rank, place in enumerate(order)}
        """The place of each slot in the order of names."""
        self._cases: dict[Decision, Case] = {}

    @cached_property
    def weights(self) -> tuple[tuple[int, int], ...]:
        """What each fact weighs, known and assumed.

        A set of fewer facts weighs less than any of more; of as many, one with fewer
        assumed facts; and of these the first by the names. No two weigh the same.
        """
        count = len(self.rank)
        assumed = 1 << count
        one = 1 << (count + count.bit_length() + 1)
        return tuple(
            (one - (assumed >> (self.rank[n] + 1)), one + assumed - (assumed >> (self.rank[n] + 1)))
            for n in range(count)
        )

    @cached_property
    def may_pass(self) -> bool:
        """Whether some contact can have too many fillings, so that Kleene logic answers."""
        return self.analyser.fillings[0] > LIMIT

    @cached_property
    def split(self) -> tuple[tuple[Variable, int], ...]:
        """The variables that are filled in where they are unknown, each with its cells."""
        return tuple(
            (each, self.analyser.cells(each).size or LIMIT + 1)
            for each in self.analyser.fillings[1]
        )

    def is_past(self, truths: Sequence[bool | None]) -> bool:
        """Whether a contact whose tests come out as *truths* has too many fillings."""
        return (
            prod(size for each, size in self.split if any(truths[n] is None for n in each.tests))
            > LIMIT
        )

    @cached_property
    def constant(self) -> Mapping[int, bool]:
        """The tests that come out the same for any value, by their number."""
        found = {}
        for variable in self.analyser.variables:
            cells = self.analyser.cells(variable)
            full = (1 << cells.size) - 1
            for number, column in zip(variable.tests, cells.columns, strict=False):
                if variable.subject is not None and column in {0, full}:
                    found[number] = column != 0
        return found

    def case(self, decision: Decision) -> "Case":
        """What *decision* needs."""
        if decision not in self._cases:
            self._cases[decision] = Case(self, decision)
        return self._cases[decision]


class Case:
    """What one decision of a policy needs.

    Args:
        layout: The policy.
        decision: The decision.
    """

    def __init__(self, layout: Layout, decision: Decision) -> None:
        self.layout = layout
        parts = list(dict.fromkeys(_Part(c, w) for c, w in _apart(_required(layout, decision))))
        tallies = [self._tally(part.condition) for part in parts]
        times: dict[int, int] = {}
        for tally in tallies:
            for variable, number in tally.items():
                times[variable] = times.get(variable, 0) + number
        self.tested_once = self._alone(times)
        self.needs: list[Need] = []
        self._number: dict[tuple[int, bool], int] = {}
        self._kept: list[Condition] = []
        self.conjuncts = tuple(
            self._conjunct(part, tally) for part, tally in zip(parts, tallies, strict=True)
        )
        self.parents = [0] * len(self.needs)
        """How many gates that share a fact with something else each need is directly below."""
        for need in self.needs:
            if not need.alone:
                for each in {each for _, each in need.below}:
                    self.parents[each] += 1

    def _tally(self, condition: Condition) -> dict[int, int]:
        """How often each variable is tested in *condition*."""
        analyser = self.layout.analyser
        found: dict[int, int] = {}
        for test, times in tallied([condition]):
            variable = analyser.variable_of[analyser.number[id(test)]]
            found[variable] = found.get(variable, 0) + times
        return found

    def _alone(self, times: Mapping[int, int]) -> frozenset[int]:
        """The tests whose facts are tested once for this decision."""
        layout, variables = self.layout, self.layout.analyser.variables
        spoken: dict[int, int] = {}
        for variable, number in times.items():
            facts = {fact for test in variables[variable].tests for fact in layout.facts_of[test]}
            for fact in facts:
                spoken[fact] = spoken.get(fact, 0) + number
        return frozenset(
            test
            for variable, number in times.items()
            if number == 1
            for test in variables[variable].tests
            if all(spoken[fact] == 1 for fact in layout.facts_of[test])
            and not (layout.may_pass and test in layout.constant)
        )

    def _conjunct(self, part: "_Part", tally: Mapping[int, int]) -> Conjunct:
        layout = self.layout
        root = self._needed(part.condition, part.wanted)
        needs = self._below(root)
        met: dict[int, dict[int, set[bool]]] = {}
        for need in (self.needs[n] for n in needs):
            if need.test is not None:
                variable = layout.analyser.variable_of[need.test]
                met.setdefault(variable, {}).setdefault(need.test, set()).add(need.wanted)
        torn, worst = [], dict[int, bool]()
        for variable, wanted in met.items():
            constant = any(test in layout.constant for test in wanted)
            if tally[variable] > 1 or (constant and layout.may_pass):
                found = self._worst(variable, wanted)
                if found is None:
                    torn.append(variable)
                else:
                    worst |= found
        tests = tuple(sorted(test for wanted in met.values() for test in wanted))
        if not layout.may_pass:
            worst |= {test: layout.constant[test] for test in tests if test in layout.constant}
        return Conjunct(part.condition, part.wanted, root, needs, tests, tuple(torn), worst)

    def _worst(self, variable: int, wanted: Mapping[int, set[bool]]) -> dict[int, bool] | None:
        """How the tests of a variable come out where none is as *wanted*; None if one always is."""
        if any(len(truths) > 1 for truths in wanted.values()):
            return None
        layout, numbers = self.layout, tuple(wanted)
        cells = layout.analyser.cells(layout.analyser.variables[variable], numbers)
        left = (1 << cells.size) - 1
        for test, column in zip(numbers, cells.columns, strict=False):
            (truth,) = wanted[test]
            if layout.may_pass or test not in layout.constant:
                left &= ~column if truth else column
        if not left:
            return None
        fixed: Mapping[int, bool] = {} if layout.may_pass else layout.constant
        return {test: fixed.get(test, True not in wanted[test]) for test in numbers}

    def _below(self, root: int) -> tuple[int, ...]:
        found: set[int] = set()
        stack = [root]
        while stack:
            number = stack.pop()
            if number not in found:
                found.add(number)
                stack += [below for _, below in self.needs[number].below]
        return tuple(sorted(found))

    # From conditions to needs

    def _needed(self, root: Condition, wanted: bool) -> int:  # noqa: FBT001 - a truth
        """The number of the need that *root* comes out as *wanted*."""
        stack = [(root, wanted)]
        while stack:
            node, truth = stack[-1]
            if (id(node), truth) in self._number:
                stack.pop()
                continue
            open_ = [each for each in _under(node, truth) if self._key(each) not in self._number]
            if open_:
                stack += open_
            else:
                self._number[id(node), truth] = self._made(node, truth)
                self._kept.append(node)
                stack.pop()
        return self._number[id(root), wanted]

    def _key(self, each: tuple[Condition, bool]) -> tuple[int, bool]:
        return id(each[0]), each[1]

    def _made(self, node: Condition, wanted: bool) -> int:  # noqa: FBT001 - a truth
        match node:
            case Test():
                number = self.layout.analyser.number[id(node)]
                alone = number in self.tested_once
                return self._add(Need(number, wanted, alone=alone))
            case Not(operand):
                return self._number[id(operand), not wanted]
            case AtLeast(threshold, items, exactly=False):
                total = sum(item.weight for item in items)
                need = threshold if wanted else total - threshold + 1
                return self._gate(need, self._items(node, wanted))
            case AtLeast(threshold, items):
                true, false = self._items(node, True), self._items(node, False)  # noqa: FBT003
                if wanted:
                    return self._gate(len(items), (*true, *false), threshold)
                more = self._gate(threshold + 1, true)
                fewer = self._gate(len(items) - threshold + 1, false)
                return self._gate(1, ((1, more), (1, fewer)))

    def _items(self, node: AtLeast, wanted: bool) -> tuple[tuple[int, int], ...]:  # noqa: FBT001
        return tuple((item.weight, self._number[id(item.condition), wanted]) for item in node.items)

    def _gate(self, need: int, below: Iterable[tuple[int, int]], exactly: int | None = None) -> int:
        below = tuple(below)
        height = 1 + max((self.needs[each].height for _, each in below), default=0)
        alone = height <= _HIGHEST and all(self.needs[each].alone for _, each in below)
        return self._add(Need(None, True, need, below, exactly, alone, height))  # noqa: FBT003

    def _add(self, need: Need) -> int:
        self.needs.append(need)
        return len(self.needs) - 1


@attrs.frozen(eq=False)
class _Part:
    condition: Condition
    wanted: bool

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, _Part)
            and self.condition is other.condition
            and self.wanted is other.wanted
        )

    def __hash__(self) -> int:
        return hash((id(self.condition), self.wanted))


def _required(layout: Layout, decision: Decision) -> list[tuple[Condition, bool]]:
    """Conditions that all must hold, or not hold, for *decision*."""
    roots = layout.analyser.roots
    stronger = ORDER[: ORDER.index(decision)]
    weaker = [roots[kind] for kind in ORDER[len(stronger) + 1 :] if kind in roots]
    found = [(roots[kind], False) for kind in stronger if kind in roots]
    if decision is not layout.program.default:
        return [*found, (roots[decision], True)]
    if decision not in roots:
        return [*found, *((each, False) for each in weaker)]
    if weaker:
        none_weaker = all_of(*(Not(each) for each in weaker))
        found.append((any_of(roots[decision], none_weaker), True))
    return found


def _apart(required: Iterable[tuple[Condition, bool]]) -> Iterable[tuple[Condition, bool]]:
    """*required* taken apart as far as all parts are required themselves."""
    stack = [*reversed([*required])]
    while stack:
        node, wanted = stack.pop()
        match node:
            case Not(operand):
                stack.append((operand, not wanted))
            case AtLeast(items=items, exactly=False) if _needs_all(node, wanted=wanted):
                stack += [(item.condition, wanted) for item in reversed(items)]
            case _:
                yield node, wanted


def _needs_all(node: AtLeast, *, wanted: bool) -> bool:
    total = sum(item.weight for item in node.items)
    need = node.threshold if wanted else total - node.threshold + 1
    return need > total - min(item.weight for item in node.items)


def _under(node: Condition, wanted: bool) -> list[tuple[Condition, bool]]:  # noqa: FBT001
    """What the need that *node* comes out as *wanted* is made of."""
    match node:
        case Test():
            return []
        case Not(operand):
            return [(operand, not wanted)]
        case AtLeast(exactly=False):
            return [(each, wanted) for each in children(node)]
        case AtLeast():
            return [(each, truth) for each in children(node) for truth in (True, False)]
