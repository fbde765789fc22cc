"""A policy for one owner and one day: what decides and judges contacts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import attrs

from connectrules.backends.compiled.functions import Inputs, compile_decider, compile_tests
from connectrules.backends.compiled.recalling import (
    Key,
    Memory,
    compile_recall,
    compile_recall_each,
)
from connectrules.errors import ContactError
from connectrules.exact.analysis import Analyser
from connectrules.exact.cells import cells
from connectrules.exact.fillings import Analysis, Pattern
from connectrules.exact.variables import BoundRule, Variable
from connectrules.reading import Reading, Slot, read
from connectrules.rules.meaning import Context, form
from connectrules.rules.tree import Literal, Mine, Operand, Scaled, Subject, Test, mentions
from connectrules.schema.types import CountType, Date, Number, OneOf, Text
from connectrules.schema.vocabulary import Fact
from connectrules.verdict import Decision, Fault, Verdict

Answered = Mapping[str, tuple[object, str | None]]
"""Values of facts and where they came from, by the fact's key."""

OTHERWISE = "otherwise"

T = TypeVar("T")

_MOST_OUTCOMES = 400_000
"""Of how many tests' outcomes the verdicts are kept; they hold nothing of any contact."""


@attrs.frozen
class Settled:
    """A verdict and what it was made from.

    Attributes:
        verdict: The verdict.
        readings: The facts of the contact, by slot.
        pattern: How the tests came out.
    """

    verdict: Verdict
    readings: Sequence[Reading]
    pattern: tuple[bool | None, ...]


@attrs.define(eq=False)
class Known:
    """What is known of all contacts of whom the same is known; it holds nothing else of any.

    Attributes:
        verdict: The verdict on them.
        plan: Its explanation but for the values, once there is one; whoever explains
            keeps it here.
        settled: The verdict with what it was made from, where that is one contact's own.
    """

    verdict: Verdict
    plan: object = None
    settled: Settled | None = None


@attrs.frozen(eq=False, slots=False)
class Program:
    """A policy bound to an owner and a day.

    Attributes:
        rules: The rules.
        default: What OTHERWISE decides.
        because: The reason OTHERWISE gives, if any.
        slots: Where each fact is found.
        mine: What is known of the owner's facts that the rules speak of.
        context: The owner's known facts, and the day.
        record: The class of the contacts.
        describe: What a contact is called in an error; raises where a value is no
            contact at all.
        again: What makes the same program in another process; None where nothing can.
    """

    rules: tuple[BoundRule, ...]
    default: Decision
    because: str | None
    slots: tuple[Slot, ...]
    mine: Mapping[str, Reading]
    context: Context
    record: type
    describe: Callable[[object], str]
    again: Callable[[], "Program"] | None = None
    _known: Memory[Known] = attrs.field(factory=Memory, init=False)
    _kept: dict[Callable[..., object], object] = attrs.field(factory=dict, init=False)

    @cached_property
    def analyser(self) -> Analyser:
        """What works out what can still come of a contact."""
        return Analyser(self.rules, self.default, self.context)

    def kept(self, make: Callable[["Program"], T]) -> T:
        """What *make* makes of the program, made once and kept with it."""
        found = self._kept.get(make)
        if found is None:
            found = self._kept.setdefault(make, make(self))
        return found  # type: ignore[return-value]

    @cached_property
    def place(self) -> dict[Subject, int]:
        """The number of each fact's slot."""
        return {slot.subject: place for place, slot in enumerate(self.slots)}

    @cached_property
    def _inputs(self) -> Inputs:
        return Inputs(self.record, self.slots, self.context)

    @cached_property
    def tests(self) -> Callable[[Sequence[object]], tuple[bool | None, ...]]:
        """From the values of the facts to how the tests come out."""
        subjects = [slot.subject for slot in self.slots]
        return compile_tests(self.analyser.tests, subjects, self.context)

    @cached_property
    def decide(self) -> Callable[[Any], Decision]:
        """From a contact to its decision, by the fast path."""
        return compile_decider(
            self.analyser.by_kind,
            self.default,
            self._inputs,
            lambda contact: self.judge(contact).decision,
            kleene_is_exact=not self.analyser.fillings[1] and not self._mine_at_fault,
        )

    @cached_property
    def has_phrases(self) -> bool:
        """Whether it calls phrases, which may take their time, or say something else then."""
        return any(slot.call is not None for slot in self.slots)

    @property
    def _mine_at_fault(self) -> bool:
        return any(reading.fault for reading in self.mine.values())

    def judge(self, contact: object) -> Verdict:
        """The verdict on *contact*.

        Raises:
            ContactError: See `settle`.
        """
        return self.recall(contact).verdict

    @cached_property
    def recall(self) -> Callable[[Any], Known]:
        """From a contact to what is known of those like it; it raises ContactError as `settle`."""
        if self._is_compared or self._mine_at_fault:
            return self._work_out
        return compile_recall(self.analyser.tests, self._inputs, self._known, self._work_out)

    @cached_property
    def judge_each(self) -> Callable[[Iterator[Any]], Iterator[Verdict | ContactError]]:
        """From contacts to the verdict on each, or what is wrong with it, one by one."""
        if self._is_compared or self._mine_at_fault:
            return lambda contacts: (self.tried(contact) for contact in contacts)
        return compile_recall_each(
            self.analyser.tests, self._inputs, self._known, "verdict", self.tried
        )

    def tried(self, contact: object, key: Key | None = None) -> Verdict | ContactError:
        """The verdict on *contact*, or what is wrong with it; *key* as for `_work_out`."""
        try:
            return self._work_out(contact, key).verdict
        except ContactError as error:
            return error

    @property
    def _is_compared(self) -> bool:
        """Whether two facts are compared: which of the two is unknown is asked for then."""
        return any(variable.subject is None for variable in self.analyser.variables)

    def _work_out(self, contact: object, key: Key | None = None) -> Known:
        """What there is to know of *contact*, kept by *key* where there is one."""
        settled = self.settle(contact, {})
        if key is None:
            return Known(settled.verdict, settled=settled)
        if (len(self._known) + 1) * len(settled.pattern) > _MOST_OUTCOMES:
            self._known.clear()
        found = Known(settled.verdict)
        self._known.keep(key, found)
        return found

    # The whole way

    def settle(self, record: object, answers: Answered) -> Settled:
        """The verdict on *record*, with *answers* in its gaps.

        Raises:
            ContactError: Where a value that does not fit could change the decision,
                or an answer contradicts a known value.
        """
        contact = self.describe(record)
        readings = read(record, self.slots, answers, contact=contact)
        pattern = self.tests([reading.ready for reading in readings])
        verdict = self.judged(
            pattern, readings, contact, lambda variable: self._is_free(variable, readings)
        )
        return Settled(verdict, readings, pattern)

    def judged(
        self,
        pattern: Pattern,
        readings: Sequence[Reading],
        contact: str,
        is_free: Callable[[Variable], bool],
        released: Pattern | None = None,
    ) -> Verdict:
        """The verdict where tests come out as *pattern*: all that it hangs on is given.

        Args:
            pattern: How the tests come out.
            readings: What is known of each slot; of a known value no more is looked at
                than whether it was assumed.
            contact: What to call the contact in an error.
            is_free: Whether a comparison of two facts that is not known can come out
                both ways by itself.
            released: How the tests come out where nothing is assumed, if that is known.

        Raises:
            ContactError: Where a value that does not fit could change the decision.
        """
        analysis = self.analyser.analyse(pattern)
        if len(analysis.decisions) == 1:
            return self._decided(analysis, readings, released)
        verdict = self._undecided(analysis, readings, self._faults(readings), contact)
        free = verdict.exact and all(map(is_free, self._compared(analysis)))
        return verdict if free is verdict.exact else attrs.evolve(verdict, exact=free)

    def _faults(self, readings: Iterable[Reading]) -> tuple[Fault, ...]:
        found = [reading.fault for reading in readings if reading.fault is not None]
        found += [reading.fault for reading in self.mine.values() if reading.fault is not None]
        return tuple(found)

    def _decided(
        self, analysis: Analysis, readings: Sequence[Reading], released: Pattern | None
    ) -> Verdict:
        (decision,) = analysis.decisions
        must = [n for n in analysis.must if self.rules[n].decision is decision]
        may = [n for n in analysis.may if self.rules[n].decision is decision]
        deciding = [self.rules[n] for n in must or may]
        names = [rule.name for rule in deciding]
        because = [rule.because for rule in deciding if rule.because is not None]
        if not must and analysis.default and decision is self.default:
            names.append(OTHERWISE)
            because += [self.because] if self.because is not None else []
        return Verdict(
            decision,
            rules=tuple(names),
            because=tuple(because),
            assumed=self._assumed(readings, released),
            faults=self._faults(readings),
        )

    def _assumed(self, readings: Sequence[Reading], pattern: Pattern | None) -> tuple[str, ...]:
        """The assumed facts that could still change the decision."""
        if not any(reading.assumed for reading in readings):
            return ()
        known = [None if reading.assumed else reading.ready for reading in readings]
        released = self.analyser.analyse(self.tests(known) if pattern is None else pattern)
        if len(released.decisions) == 1:
            return ()
        critical = self._facts(released, lambda place: known[place] is None)
        return tuple(
            subject.name
            for subject, _ in critical
            if not isinstance(subject, Mine) and readings[self.place[subject]].assumed
        )

    def _undecided(
        self,
        analysis: Analysis,
        readings: Sequence[Reading],
        faults: tuple[Fault, ...],
        contact: str,
    ) -> Verdict:
        ask: list[str] = []
        unsure: list[str] = []
        for subject, _ in self._facts(analysis, lambda place: readings[place].ready is None):
            if isinstance(subject, Mine):
                reading = self.mine[subject.fact.key]
            else:
                reading = readings[self.place[subject]]
            if reading.fault is not None:
                raise contact_error(reading.fault, contact)
            (unsure if reading.unsure else ask).append(subject.name)
        return Verdict(
            Decision.UNDECIDED,
            ask=tuple(ask),
            unsure=tuple(unsure),
            exact=analysis.exact,
            faults=faults,
        )

    def _facts(
        self, analysis: Analysis, is_unknown: Callable[[int], bool]
    ) -> list[tuple[Subject | Mine, float]]:
        """The unknown facts behind the critical variables, the likeliest to turn first."""
        found: dict[Subject | Mine, float] = {}
        for number, chance in analysis.critical:
            for subject in self._unknown_of(self.analyser.variables[number], is_unknown):
                found[subject] = found.get(subject, 0.0) + chance
        return sorted(found.items(), key=lambda each: (-round(each[1], 9), each[0].name))

    def _unknown_of(
        self, variable: Variable, is_unknown: Callable[[int], bool]
    ) -> list[Subject | Mine]:
        if variable.subject is not None:
            return [variable.subject]
        return [
            subject
            for subject in variable.speaks_of
            if (
                self.mine[subject.fact.key].ready is None
                if isinstance(subject, Mine)
                else is_unknown(self.place[subject])
            )
        ]

    # Comparisons of two facts, one of them known

    def _compared(self, analysis: Analysis) -> Iterator[Variable]:
        """The comparisons of two facts that can still change the decision."""
        variables = (self.analyser.variables[number] for number, _ in analysis.critical)
        return (variable for variable in variables if variable.subject is None)

    def _is_free(self, variable: Variable, readings: Sequence[Reading]) -> bool:
        """Whether *variable*, a comparison of two facts, can come out both ways by itself."""
        test = self.analyser.tests[variable.tests[0]]
        unknown = self._unknown_of(variable, lambda place: readings[place].ready is None)
        if len(unknown) == len([*mentions(test)]):
            return all(map(varies, test.operands))
        if len(unknown) > 1:
            return False
        subject = unknown[0].fact if isinstance(unknown[0], Mine) else unknown[0]
        if not isinstance(subject.type, (CountType, Number, Date, Text)):
            return False
        operands = tuple(self._filled(operand, readings) for operand in test.operands)
        alone = Test(test.operator, operands)
        if any(map(_is_no_value, operands)):
            return False
        return form(alone, self.context)[0] in {"equal", "less"} and (
            cells(subject, [alone], self.context).size == len((True, False))
        )

    def _filled(self, operand: Operand, readings: Sequence[Reading]) -> Operand:
        """*operand* with its value where it is known, and an unknown ``my G`` as the fact G."""
        match operand:
            case Mine(fact):
                return fact
            case Scaled(factor, term) if not isinstance(term, Mine) and (
                readings[self.place[term]].ready is not None
            ):
                return Literal(factor * readings[self.place[term]].ready)
            case Scaled() | int() | Literal():
                return operand
            case _ if operand in self.place:
                ready = readings[self.place[operand]].ready
                return operand if ready is None else Literal(ready)
            case _:
                return operand


def _is_no_value(operand: Operand) -> bool:
    """Whether *operand* cannot be compared as it stands: a multiple, or a list by its length."""
    match operand:
        case Scaled() | Literal(frozenset()):
            return True
        case _:
            return False


def varies(operand: Operand) -> bool:
    """Whether an unknown *operand* can be more than one value, as large as any other."""
    match operand:
        case Scaled(factor, _):
            return factor > 0
        case Mine(Fact(type=OneOf(choices))) | Fact(type=OneOf(choices)):
            return len(choices) > 1
        case _:
            return True


def contact_error(fault: Fault, contact: str) -> ContactError:
    """The error that a fault becomes where it could change the decision."""
    return ContactError(
        fault.message, contact=contact, code=fault.code, fact=fault.fact, where=fault.where
    )
