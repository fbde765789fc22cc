"""What EXAMPLEs expect, as bits."""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from operator import itemgetter, or_

import attrs

from connectrules.exact.reach import Rails
from connectrules.exact.variables import ORDER
from connectrules.program import OTHERWISE
from connectrules.testing.cases import Tried
from connectrules.testing.mutants.blocks import Block
from connectrules.verdict import Decision


@attrs.frozen(eq=False, slots=False)
class Outcome:
    """What comes of rules.

    Attributes:
        rails: Where each rule can hold, and can fail to.
        decisions: What each of them decides.
        names: What each of them is called.
        default: What OTHERWISE decides.
        everything: All bits.
        touched: Where something may come out otherwise than of the policy's own rules.
        stirred: Where something may even be made of other facts: elsewhere what is
            changed is known, and as before.
    """

    rails: Sequence[Rails]
    decisions: Sequence[Decision]
    names: Sequence[str]
    default: Decision
    everything: int
    touched: int
    stirred: int

    @cached_property
    def _can(self) -> tuple[Mapping[Decision, int], int]:
        left, found = self.everything, dict[Decision, int]()
        for kind in ORDER:
            holds, fails = 0, self.everything
            for each, decision in zip(self.rails, self.decisions, strict=True):
                if decision is kind:
                    holds |= each.true
                    fails &= each.false
            found[kind] = left & holds
            left &= fails
        found[self.default] |= left
        return found, left

    @property
    def can(self) -> Mapping[Decision, int]:
        """Where each decision can be had."""
        return self._can[0]

    @property
    def otherwise(self) -> int:
        """Where OTHERWISE can be reached."""
        return self._can[1]

    def kinds_in(self, block: int) -> list[Decision]:
        """The decisions that can be had in *block*."""
        return [kind for kind, can in self.can.items() if can & block]

    def surely_in(self, block: int) -> list[Decision]:
        """The decisions that are the only ones to be had somewhere in *block*."""
        can = {kind: can & block for kind, can in self.can.items() if can & block}
        once = twice = 0
        for each in can.values():
            twice |= once & each
            once |= each
        return [kind for kind, each in can.items() if each & ~twice]

    def deciding(self, kind: Decision) -> Mapping[str, int]:
        """Where each rule is named as deciding, if *kind* is decided there."""
        rules = [
            (name, each)
            for name, each, decision in zip(self.names, self.rails, self.decisions, strict=True)
            if decision is kind
        ]
        sure = 0
        for _, each in rules:
            sure |= each.surely_true
        found = {name: each.surely_true | (each.true & ~sure) for name, each in rules}
        if kind is self.default:
            found[OTHERWISE] = self.otherwise & ~sure
        return found

    def names_in(self, kind: Decision, block: int) -> set[str]:
        """The rules that are named as deciding *kind* over all of *block*."""
        must, may = self._holding(kind, block)
        found = must or may
        if not must and kind is self.default and self.otherwise & block:
            found = {*found, OTHERWISE}
        return found

    def surely_names(self, kind: Decision, block: int, names: set[str]) -> bool:
        """Whether just *names* decide, even if less is possible than there is in *block*."""
        must, may = self._holding(kind, block)
        return must == may and names == (must or {OTHERWISE})

    def _holding(self, kind: Decision, block: int) -> tuple[set[str], set[str]]:
        """The rules that decide *kind* and hold in all of *block*, and those that do in some."""
        rules = [
            (name, each)
            for name, each, decision in zip(self.names, self.rails, self.decisions, strict=True)
            if decision is kind
        ]
        must = {name for name, each in rules if not each.false & block}
        return must, {name for name, each in rules if each.true & block}


class Expecting:
    """What cases expect, so that all are held against an outcome at once.

    Args:
        blocks: The bits of each case.
        tried: The cases, each with its expectation.
    """

    def __init__(self, blocks: Sequence[Block], tried: Sequence[Tried]) -> None:
        self.asking: set[int] = set()
        """The cases that say what is asked for: bits say no more than whether that may change."""
        self.loose: set[int] = set()
        """The cases of which one bit stands for many."""
        self._cases = [*zip(blocks, tried, strict=True)]
        self._decided = dict.fromkeys(ORDER, 0)
        self._undecided = 0
        self._undecided_blocks: dict[int, int] = {}
        self._named = dict.fromkeys(ORDER, 0)
        self._rules: dict[str, int] = {}
        self._named_blocks: dict[int, tuple[Decision, int, set[str]]] = {}
        for block, each in self._cases:
            self._add(block, each)
        self._wide = sorted((each.start, each.case) for each in blocks if each.size > 1)
        self._wide_bits = reduce(or_, (each.mask for each in blocks if each.size > 1), 0)

    def _touched(self, outcome: Outcome) -> Iterator[int]:
        """The cases of more bits than one for which something may come out otherwise."""
        left = outcome.touched & self._wide_bits
        while left:
            first = (left & -left).bit_length() - 1
            _, case = self._wide[bisect_right(self._wide, first, key=itemgetter(0)) - 1]
            yield case
            block = self._cases[case][0]
            end = block.start + block.size
            left = left >> end << end

    def _add(self, block: Block, tried: Tried) -> None:
        expected, mask = tried.case.expected, block.mask
        if expected is None:
            return
        if expected.ask is not None:
            self.asking.add(block.case)
        if block.is_loose:
            self.loose.add(block.case)
        elif expected.decision is not Decision.UNDECIDED:
            self._decided[expected.decision] |= mask
            if expected.rules is not None:
                self._name(expected.decision, block, expected.rules)
        elif block.size == 1:
            self._undecided |= mask
        else:
            self._undecided_blocks[block.case] = mask

    def _name(self, decision: Decision, block: Block, rules: Sequence[str]) -> None:
        """Take in that *rules* are to decide."""
        if block.size == 1:
            self._named[decision] |= block.mask
            for name in rules:
                self._rules[name] = self._rules.get(name, 0) | block.mask
        else:
            self._named_blocks[block.case] = decision, block.mask, {*rules}

    def fails(self, outcome: Outcome, loose: Collection[int]) -> bool:
        """Whether a case, other than those *loose*, does not come out as expected.

        All come out as expected of the policy's own rules.
        """
        but = reduce(or_, (self._cases[case][0].mask for case in loose), 0)
        if self._decides_otherwise(outcome, ~but) or self._names_others(outcome, ~but):
            return True
        touched = [case for case in self._touched(outcome) if case not in loose]
        return any(self._is_decided(outcome, case) for case in touched) or any(
            self._is_named_otherwise(outcome, case) for case in touched
        )

    def _decides_otherwise(self, outcome: Outcome, where: int) -> bool:
        once = twice = 0
        for kind, can in outcome.can.items():
            if any(can & where & self._decided[other] for other in ORDER if other is not kind):
                return True
            twice |= once & can
            once |= can
        return bool(self._undecided & where & ~twice)

    def _names_others(self, outcome: Outcome, where: int) -> bool:
        for kind, bits in self._named.items():
            if bits & where & outcome.touched:
                named = outcome.deciding(kind)
                for name in self._rules.keys() | named.keys():
                    if (self._rules.get(name, 0) ^ named.get(name, 0)) & bits & where:
                        return True
        return False

    def _is_decided(self, outcome: Outcome, case: int) -> bool:
        """Whether a *case* of several bits that is to be undecided is not."""
        block = self._undecided_blocks.get(case)
        return block is not None and len(outcome.kinds_in(block)) == 1

    def _is_named_otherwise(self, outcome: Outcome, case: int) -> bool:
        """Whether other rules decide about a *case* of several bits than are to."""
        if case not in self._named_blocks:
            return False
        kind, block, names = self._named_blocks[case]
        return outcome.names_in(kind, block) != names

    def is_unsettled(self, outcome: Outcome, case: int) -> bool:
        """Whether the bits of a *case* don't say that it comes out as expected, nor that not."""
        block, tried = self._cases[case]
        if not block.is_loose:
            return bool(outcome.touched & block.mask)
        if not outcome.stirred & block.mask and tried.verdict.exact:
            return False
        return case in self.asking or self.comes_out(outcome, case) is None

    def comes_out(self, outcome: Outcome, case: int) -> bool | None:
        """Whether a *case* of which not all bits are there comes out as expected, if that is sure.

        More may seem possible than is, and never less.
        """
        block, tried = self._cases[case]
        expected = tried.case.expected
        if expected is None:
            return True
        kinds = outcome.kinds_in(block.mask)
        if expected.decision is Decision.UNDECIDED:
            if len(kinds) == 1:
                return False
            return True if len(outcome.surely_in(block.mask)) > 1 else None
        if expected.decision not in kinds:
            return False
        if len(kinds) > 1:
            return None
        if expected.rules is None:
            return True
        sure = outcome.surely_names(expected.decision, block.mask, {*expected.rules})
        return True if sure else None
