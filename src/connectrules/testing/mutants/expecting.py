"""What cases expect, as bits: one for each case."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import NamedTuple

from connectrules.exact import bits
from connectrules.exact.variables import ORDER
from connectrules.program import OTHERWISE
from connectrules.rules.tree import Mine, Subject
from connectrules.testing.mutants.layout import Layout
from connectrules.testing.mutants.lazily import Lazily
from connectrules.testing.mutants.outcome import Outcome, two_of
from connectrules.testing.mutants.unknowns import Filled
from connectrules.verdict import Decision

Naming = Callable[[str], Subject | Mine]
"""From what is said to the fact that it is."""


class Found(NamedTuple):
    """What was found of cases, a bit for each.

    Attributes:
        failing: Those that do not come out as expected.
        doubtful: Those of which too little is filled in to say so; empty where some fail.
    """

    failing: int
    doubtful: int


class _Holding(NamedTuple):
    """The cases of which it is sure how a rule holds, a bit for each.

    Attributes:
        always: Those in all of whose fillings it does.
        not_always: Those in some of whose fillings it does not.
        sometimes: Those in some of whose fillings it does.
        never: Those in none of whose fillings it does.
    """

    always: int
    not_always: int
    sometimes: int
    never: int


class Expecting:
    """What cases expect, so that all are held against an outcome at once.

    Args:
        layout: The cases.
        own: What comes of the policy's own rules, which is as expected; None where it is
            not known to be.
        named: From what is said to the fact that it is.
        is_rough: Whether a verdict may not tell exactly what is to be asked.
    """

    def __init__(
        self, layout: Layout, own: Outcome | None, named: Naming, *, is_rough: bool
    ) -> None:
        self._layout, self._own, self._is_rough = layout, own, is_rough
        self._fact = named
        expected = [each.tried.case.expected for each in layout.cases]
        self._asking = bits.packed(each is not None and each.ask is not None for each in expected)
        self._loose = bits.packed(not each.is_exact for each in layout.cases)
        self._expected = [
            bits.packed(each is not None and each.decision is kind for each in expected)
            for kind in (*ORDER, Decision.UNDECIDED)
        ]
        self._bits_of = Lazily(layout.bits_of)
        self._wanted = [layout.bits_of(each) for each in self._expected]
        naming = 0
        self._rules: dict[str, int] = {}
        for place, each in enumerate(expected):
            if each is not None and each.rules is not None:
                naming |= 1 << place
                for name in each.rules:
                    self._rules[name] = self._rules.get(name, 0) | 1 << place
        self._named = [each & naming for each in self._expected]

    def held(self, outcome: Outcome) -> Found:
        """What of the cases comes out otherwise than expected."""
        loose = self._loose | outcome.loosened
        where = outcome.touched
        if loose:
            where |= outcome.stirred & self._bits_of[loose]
        concerned = self._layout.somewhere(where)
        if not concerned:
            return Found(0, 0)
        failing, doubtful = self._decided(outcome, concerned, loose)
        if not failing:
            failing, unsure = self._by_rules(outcome, concerned & ~doubtful, loose)
            doubtful |= unsure
        if not failing:
            failing, unsure = self._by_questions(outcome, concerned & ~doubtful)
            doubtful |= unsure
        return Found(failing, 0 if failing else doubtful)

    def _decided(self, outcome: Outcome, concerned: int, loose: int) -> Found:
        """Whether other decisions are made."""
        somewhere, can = self._layout.somewhere, outcome.can
        wrong = 0
        for kind, wanted in enumerate(self._wanted[: len(ORDER)]):
            for other, where in enumerate(can):
                if other != kind:
                    wrong |= wanted & where
        doubtful = somewhere(wrong) & concerned
        failing = doubtful & ~loose
        if doubtful and not failing:
            # Where but one decision can be had in a filling, it can be had for certain.
            failing = doubtful & somewhere(wrong & ~outcome.open)
        if not failing:
            open_ = self._undecided(outcome, concerned & self._expected[-1], loose)
            failing, doubtful = open_.failing, doubtful | open_.doubtful
        return Found(failing, doubtful)

    def _undecided(self, outcome: Outcome, wanted: int, loose: int) -> Found:
        """Whether something is decided for cases for which nothing should be."""
        somewhere, here = self._layout.somewhere, self._wanted[-1]
        left = wanted and wanted & (loose | ~somewhere(outcome.open & here))
        if left:
            sure = here & ~outcome.open
            left &= ~two_of([somewhere(each & sure) for each in outcome.can])
        failing = left & ~loose
        if left and not failing:
            failing = left & ~two_of([somewhere(each & here) for each in outcome.can])
        return Found(failing, left)

    def _by_rules(self, outcome: Outcome, concerned: int, loose: int) -> Found:
        """Whether other rules decide."""
        failing = doubtful = 0
        for kind, named in zip(ORDER, self._named, strict=False):
            wanted = named & concerned
            if wanted:
                more = self._named_otherwise(kind, outcome, wanted, loose)
                failing, doubtful = failing | more.failing, doubtful | more.doubtful
        return Found(failing, doubtful)

    def _named_otherwise(self, kind: Decision, outcome: Outcome, wanted: int, loose: int) -> Found:
        """The same, of cases for which *kind* is decided.

        Rules that hold in all fillings decide; if there are none, those that do in some.
        """
        somewhere, where = self._layout.somewhere, self._layout.bits_of(wanted)
        rules: dict[str, _Holding] = {}
        some_must, none_must = 0, -1
        for name, each in outcome.of_kind(kind):
            fails = surely_fails = somewhere(each.false & where)
            holds = surely_holds = somewhere(each.true & where)
            if loose & fails & holds:
                sure = where & ~(each.false & each.true)
                surely_fails = somewhere(each.false & sure) | (fails & ~loose)
                surely_holds = somewhere(each.true & sure) | (holds & ~loose)
            rules[name] = _Holding(~fails, surely_fails, surely_holds, ~holds)
            some_must |= ~fails
            none_must &= surely_fails
        if kind is outcome.default:
            reached = somewhere(outcome.otherwise & where)
            surely = reached & ~loose
            if loose & reached:
                surely |= somewhere(outcome.surely_otherwise & where)
            rules[OTHERWISE] = _Holding(0, -1, surely, ~reached)
        failing, doubtful, left = 0, 0, dict(self._rules)
        for name, (always, not_always, sometimes, never) in rules.items():
            named = (some_must & always) | (none_must & sometimes)
            silent = never | (some_must & not_always)
            expected = left.pop(name, 0)
            failing |= wanted & ((expected & silent) | (named & ~expected))
            doubtful |= wanted & ~named & ~silent
        for expected in left.values():  # of rules that are gone, or decide otherwise
            failing |= wanted & expected
        return Found(failing, doubtful)

    def _by_questions(self, outcome: Outcome, concerned: int) -> Found:
        """Whether something else is asked for: all that the decision hangs on."""
        wanted = self._asking & concerned
        if not wanted:
            return Found(0, 0)
        doubtful = wanted
        if not self._is_rough:
            doubtful &= outcome.loosened | self._layout.somewhere(outcome.open)
        failing = 0
        for number, stack in enumerate(self._layout.stacks):
            here = wanted & ~doubtful & stack.places
            if not here:
                continue
            turning = stack.turning(outcome.can)
            before, unsure = self._before[number] if self._before else (turning, here)
            otherwise = here & unsure
            for one, other in zip(turning, before, strict=True):
                otherwise |= (one ^ other) & here
            for place in bits.places(otherwise):
                if not self._is_asked(self._layout.cases[place], turning, place):
                    failing |= 1 << place
        return Found(failing, doubtful)

    def _is_asked(self, case: Filled, turning: Sequence[int], place: int) -> bool:
        """Whether what a case expects is asked for where the decision turns so."""
        expected = case.tried.case.expected
        wanted = expected.ask if expected and expected.ask else ()
        return {*map(self._fact, _asked(case, turning, place))} == {*map(self._fact, wanted)}

    @cached_property
    def _before(self) -> list[tuple[list[int], int]]:
        """With which digits the own rules' decision turns, and the cases where more may."""
        own = self._own
        if own is None:
            return []
        return [(each.turning(own.can), each.somewhere(own.open)) for each in self._layout.stacks]


def _asked(case: Filled, turning: Sequence[int], place: int) -> set[str]:
    """What is asked for of a case where the decision turns with these digits.

    Args:
        case: The case.
        turning: For each digit, the cases in which the decision turns with it.
        place: The case's place among them.
    """
    program, readings = case.of.program, case.tried.settled.readings
    asked = set()
    ends = [*(digit for _, digit in case.facts[1:]), case.digits]
    for (variable, start), end in zip(case.facts, ends, strict=True):
        if not any(turning[digit] >> place & 1 for digit in range(start, end)):
            continue
        for subject in variable.speaks_of:
            if isinstance(subject, Mine):
                reading = program.mine[subject.fact.key]
            else:
                reading = readings[program.place[subject]]
            if reading.ready is None and not reading.unsure:
                asked.add(subject.name)
    return asked
