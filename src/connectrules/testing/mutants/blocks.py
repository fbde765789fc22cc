"""Cases as bits: one for each, or one for each way to fill in what is not known of it.

Facts that are unknown and tested more than once are filled in, as for a verdict; so how
a condition comes out for the fillings of a case says all that a verdict hangs on. Where a
case says what is asked for, all that is unknown is: what decides alike in each filling asks
for the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from math import prod

import attrs

from connectrules.backends.compiled.functions import compile_tests
from connectrules.exact import bits
from connectrules.exact.fillings import Pattern, filled_in
from connectrules.exact.reach import Rails, Reach
from connectrules.exact.variables import BoundRule, Variable, Variables
from connectrules.program import Program
from connectrules.rules.tree import Test, any_of, children, fold_over, postorder
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
        is_loose: Whether they would be too many: something more that is not known is free
            in each then.
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


class Groups:
    """Makes cases bits, for the tests of some rules and of their mutants.

    Args:
        rules: The policy's rules.
        others: The tests that mutants have and the rules have not.
    """

    def __init__(self, rules: Sequence[BoundRule], others: Sequence[Test]) -> None:
        self._rules, self._others = rules, others
        self._groups: dict[int, _Group] = {}
        tests = [*others]
        for rule in rules:
            tests += (node for node in postorder(rule.condition) if isinstance(node, Test))
        self.tests = tuple(dict.fromkeys(map(id, tests)))
        """All tests, by their ids."""

    def blocks(self, tried: Sequence[Tried]) -> Blocks:
        """The cases *tried* as bits."""
        return _Making(self, tried).made()

    def group(self, program: Program) -> "_Group":
        """What is alike for all cases of one owner and one day."""
        if id(program) not in self._groups:
            self._groups[id(program)] = _Group(program, self._rules, self._others)
        return self._groups[id(program)]


class _Making:
    def __init__(self, groups: Groups, tried: Sequence[Tried]) -> None:
        self._groups, self._tried = groups, tried
        self._size = 0
        self._blocks: dict[int, Block] = {}
        self._true: dict[int, list[int]] = {test: [] for test in groups.tests}
        self._false: dict[int, list[int]] = {test: [] for test in groups.tests}
        self._sizes: list[int] = []
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
            {test: self._rails(test) for test in self._true},
            {test: frozenset(cases) for test, cases in self._doubtful.items()},
        )

    def _add(self, cases: Sequence[int]) -> None:
        """Add *cases*, which are of one owner and one day."""
        group = self._groups.group(self._tried[cases[0]].program)
        plain: list[tuple[int, bool]] = []
        patterns: list[Pattern] = []
        for case in cases:
            readings = self._tried[case].settled.readings
            pattern = group.outcomes([reading.ready for reading in readings])
            expected = self._tried[case].case.expected
            is_asking = expected is not None and expected.ask is not None
            split = group.split(pattern, whole=is_asking)
            for test in group.doubtful(pattern):
                self._doubtful.setdefault(test, set()).add(case)
            filled = group.few(split, pattern)
            if filled:
                self._fill(case, group, pattern, filled, is_loose=len(filled) < len(split))
            else:
                plain.append((case, bool(split)))
                patterns.append(pattern)
        for place, (case, is_loose) in enumerate(plain):
            self._blocks[case] = Block(case, self._size + place, 1, is_loose)
        if plain:
            for number, column in enumerate(zip(*patterns, strict=True)):
                can = group.can(number) if None in column else _EITHER
                self._put(group, number, _rails(column, can))
            self._end(len(plain))

    def _fill(
        self,
        case: int,
        group: "_Group",
        pattern: Pattern,
        split: Sequence[Variable],
        *,
        is_loose: bool,
    ) -> None:
        """Add *case*, with *split* filled in."""
        of = group.of
        size, filled = filled_in((each.tests, of.cells(each)) for each in split)
        self._blocks[case] = Block(case, self._size, size, is_loose)
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
        self._end(size)

    def _put(self, group: "_Group", number: int, rails: Rails) -> None:
        for test in group.ids[number]:
            self._true[test].append(rails.true)
            self._false[test].append(rails.false)

    def _rails(self, test: int) -> Rails:
        sizes = self._sizes
        return Rails(_one_by_one(self._true[test], sizes), _one_by_one(self._false[test], sizes))

    def _end(self, size: int) -> None:
        """So many bits have been put for each test."""
        self._sizes.append(size)
        self._size += size


def _one_by_one(parts: Sequence[int], sizes: Sequence[int]) -> int:
    """Bits that follow one another, each of its size; by halves, so that few are moved."""
    while len(parts) > 1:
        pairs = zip_longest(parts[::2], sizes[::2], parts[1::2], fillvalue=0)
        parts = [first | second << size for first, size, second in pairs]
        sizes = [sum(sizes[n : n + 2]) for n in range(0, len(sizes), 2)]
    return parts[0] if parts else 0


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
        self._rules = rules
        self.of = Variables([*rules, *more], program.analyser.default, program.context)
        self.program = program
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

    def split(self, pattern: Pattern, *, whole: bool) -> list[Variable]:
        """What is filled in: all that is not known, or what is tested more than once of it."""
        chosen = self.of.variables if whole else self._split
        return [each for each in chosen if pattern[each.tests[0]] is None]

    def few(self, split: Sequence[Variable], pattern: Pattern) -> Sequence[Variable]:
        """As many of *split* as make no more than so many fillings.

        Those come first that the policy's own rules hang on, and of these those of few cells.
        """
        sizes = {each.tests: self.of.cells(each).size or _MOST_FILLINGS + 1 for each in split}
        if prod(sizes.values()) <= _MOST_FILLINGS:
            return split
        open_ = self._open(pattern)
        found, size = [], 1
        for each in sorted(split, key=lambda one: (open_.isdisjoint(one.tests), sizes[one.tests])):
            size *= sizes[each.tests]
            if size > _MOST_FILLINGS:
                break
            found.append(each)
        return found

    def _open(self, pattern: Pattern) -> set[int]:
        """The tests, by their number, below nothing that is settled without them."""
        own = [rule.condition for rule in self._rules]
        leaves = [_EITHER if each is None else Rails(each, not each) for each in pattern]
        values: dict[int, Rails] = {}
        for each in own:
            nodes = postorder(each, known=values)
            fold_over(nodes, Reach(1, leaves, self.of.number), values)
        found, seen, stack = set[int](), set[int](), own
        while stack:
            node = stack.pop()
            if id(node) in seen or values[id(node)] != _EITHER:
                continue
            seen.add(id(node))
            if isinstance(node, Test):
                found.add(self.of.number[id(node)])
            stack += children(node)
        return found

    def doubtful(self, pattern: Pattern) -> Iterator[int]:
        """The comparisons of mutants that are not known, by id: they may stand there twice."""
        return (
            test for number in self._unsure if pattern[number] is None for test in self.ids[number]
        )
