"""Cases as bits: one for each, or one for each way to fill in what is not known of it.

Facts that are unknown and tested more than once are filled in, as for a verdict; so how
a condition comes out for the fillings of a case says all that a verdict hangs on.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import prod

import attrs

from connectrules.backends.compiled.functions import compile_tests
from connectrules.exact import bits
from connectrules.exact.fillings import Pattern, filled_in
from connectrules.exact.reach import Rails
from connectrules.exact.variables import BoundRule, Variable, Variables
from connectrules.program import Program
from connectrules.rules.tree import Test, any_of, postorder
from connectrules.testing.cases import Tried
from connectrules.verdict import Decision

_MOST_FILLINGS = 4_096
"""Up to how many fillings of one case are bits."""


@attrs.frozen
class Block:
    """The bits of a case.

    Attributes:
        case: Its place among the cases.
        start: Its first bit.
        size: How many there are.
        is_loose: Whether they are too many: one stands for all then, in which all that is
            not known is free.
    """

    case: int
    start: int
    size: int
    is_loose: bool = False

    @property
    def mask(self) -> int:
        """Its bits."""
        return bits.full(self.size) << self.start


@attrs.frozen(eq=False)
class Blocks:
    """How tests come out for cases.

    Attributes:
        blocks: The bits of each case, in the order of the cases.
        size: How many bits there are.
        leaves: The rails of each test, by its id.
        doubtful: For some tests of mutants, by their id, the cases for which it takes a
            verdict to say what comes of them.
    """

    blocks: tuple[Block, ...]
    size: int
    leaves: Mapping[int, Rails]
    doubtful: Mapping[int, frozenset[int]]


def blocks_of(tried: Sequence[Tried], rules: Sequence[BoundRule], others: Sequence[Test]) -> Blocks:
    """The cases *tried* as bits.

    Args:
        tried: The cases.
        rules: The policy's rules.
        others: The tests that mutants have and the rules have not.
    """
    return _Making(tried, rules, others).made()


class _Making:
    def __init__(
        self, tried: Sequence[Tried], rules: Sequence[BoundRule], others: Sequence[Test]
    ) -> None:
        self._tried, self._rules = tried, rules
        self._others = others
        self._size = 0
        self._blocks: dict[int, Block] = {}
        tests = [*others]
        for rule in rules:
            tests += (node for node in postorder(rule.condition) if isinstance(node, Test))
        self._true = dict.fromkeys(map(id, tests), 0)
        self._false = dict(self._true)
        self._doubtful: dict[int, set[int]] = {}

    def made(self) -> Blocks:
        groups: dict[int, list[int]] = {}
        for case, each in enumerate(self._tried):
            groups.setdefault(id(each.program), []).append(case)
        for cases in groups.values():
            self._add(cases)
        return Blocks(
            tuple(self._blocks[case] for case in range(len(self._tried))),
            self._size,
            {test: Rails(self._true[test], self._false[test]) for test in self._true},
            {test: frozenset(cases) for test, cases in self._doubtful.items()},
        )

    def _add(self, cases: Sequence[int]) -> None:
        """Add *cases*, which are of one owner and one day."""
        program = self._tried[cases[0]].program
        group = _Group(program, self._rules, self._others)
        plain: list[tuple[int, bool]] = []
        patterns: list[Pattern] = []
        for case in cases:
            readings = self._tried[case].settled.readings
            pattern = group.outcomes([reading.ready for reading in readings])
            split = group.split(pattern)
            for test in group.doubtful(pattern):
                self._doubtful.setdefault(test, set()).add(case)
            size = prod(group.of.cells(each).size or _MOST_FILLINGS + 1 for each in split)
            if split and size <= _MOST_FILLINGS:
                self._fill(case, group, pattern, split)
            else:
                plain.append((case, bool(split)))
                patterns.append(pattern)
        for place, (case, is_loose) in enumerate(plain):
            self._blocks[case] = Block(case, self._size + place, 1, is_loose)
        for number, column in enumerate(zip(*patterns, strict=True)):
            self._put(
                group, number, _rails(column, group.can(number) if None in column else _EITHER)
            )
        self._size += len(plain)

    def _fill(
        self, case: int, group: "_Group", pattern: Pattern, split: Sequence[Variable]
    ) -> None:
        """Add *case*, with *split* filled in."""
        of = group.of
        size, filled = filled_in((each.tests, of.cells(each)) for each in split)
        self._blocks[case] = Block(case, self._size, size)
        everything = bits.full(size)
        for number, truth in enumerate(pattern):
            if number in filled:
                rails = Rails(filled[number], everything ^ filled[number])
            elif truth is None:
                can = group.can(number)
                rails = Rails(everything * can.true, everything * can.false)
            else:
                rails = Rails(everything * truth, everything * (not truth))
            self._put(group, number, rails)
        self._size += size

    def _put(self, group: "_Group", number: int, rails: Rails) -> None:
        for test in group.ids[number]:
            self._true[test] |= rails.true << self._size
            self._false[test] |= rails.false << self._size


_CHARACTERS: Mapping[bool | None, str] = {True: "1", False: "0", None: "2"}
_TURNED = str.maketrans("01", "10")
_EITHER = Rails(1, 1)


def _rails(column: Sequence[bool | None], unknown: Rails) -> Rails:
    """The rails of a test for cases, from how it comes out, or *can* where that is not known."""
    text = "".join(map(_CHARACTERS.__getitem__, reversed(column)))
    true = int(text.replace("2", str(unknown.true)), 2)
    false = int(text.translate(_TURNED).replace("2", str(unknown.false)), 2)
    return Rails(true, false)


class _Group:
    """The tests of a policy and of its mutants, for one owner and one day."""

    def __init__(
        self, program: Program, rules: Sequence[BoundRule], others: Sequence[Test]
    ) -> None:
        more = [BoundRule("", Decision.CONNECT, None, any_of(*others))] if others else []
        self.of = Variables([*rules, *more], program.analyser.default, program.context)
        own = program.analyser
        repeated = {each.subject: each.repeated for each in own.variables if each.subject}
        compared = {own.forms[each.tests[0]]: each.repeated for each in own.variables}
        self.ids: list[list[int]] = [[] for _ in self.of.tests]
        for test, number in self.of.number.items():
            self.ids[number].append(test)
        new = {self.of.number[id(each)] for each in others}
        self._split: list[Variable] = []
        self._unsure: list[int] = []
        for each in self.of.variables:
            if each.subject is not None:
                is_split = repeated.get(each.subject, True)
            else:
                is_split = compared.get(self.of.forms[each.tests[0]], False)
                if not is_split and each.tests[0] in new:
                    self._unsure.append(each.tests[0])
            if is_split:
                self._split.append(each)
        self._known: dict[int, Rails] = {}
        subjects = [slot.subject for slot in program.slots]
        self.outcomes = compile_tests(self.of.tests, subjects, program.context)

    def can(self, number: int) -> Rails:
        """Whether a test can be true, and can be false, where its fact is not known: 1 or 0."""
        if number not in self._known:
            variable = self.of.variables[self.of.variable_of[number]]
            found = self.of.cells(variable, (number,))
            (column,) = found.columns if found.size == 1 else (0b10,)
            self._known[number] = Rails(int(column > 0), int(column != 1))
        return self._known[number]

    def split(self, pattern: Pattern) -> list[Variable]:
        """What is filled in."""
        return [each for each in self._split if pattern[each.tests[0]] is None]

    def doubtful(self, pattern: Pattern) -> Iterator[int]:
        """The comparisons of mutants that are not known, by id: they may stand there twice."""
        return (
            test for number in self._unsure if pattern[number] is None for test in self.ids[number]
        )
