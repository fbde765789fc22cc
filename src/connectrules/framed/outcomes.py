"""What a row can come to, each worked out once, by the code that judges single contacts."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import attrs

from connectrules.errors import ContactError
from connectrules.exact.fillings import Pattern
from connectrules.exact.variables import Variable
from connectrules.program import Program
from connectrules.reading import Reading
from connectrules.rules.tree import Mine, Subject
from connectrules.verdict import Decision, Fault, Verdict

ERROR = "error"
"""The decision in a row that cannot be judged."""

TOGETHER = "; "
"""What stands between the names of rules that decide together."""


class Outcome(NamedTuple):
    """The columns of a row.

    Attributes:
        decision: The decision, or `ERROR`.
        rule: The names of the rules that decided.
        ask: The fact to ask first.
        exact: Whether the verdict is exact.
    """

    decision: str
    rule: str | None = None
    ask: str | None = None
    exact: bool | None = None


CANNOT_BE_JUDGED = Outcome(ERROR)


def outcome_of(verdict: Verdict) -> Outcome:
    """The columns of a row with *verdict*."""
    return Outcome(
        verdict.decision.value,
        TOGETHER.join(verdict.rules) or None,
        verdict.ask[0] if verdict.ask else None,
        verdict.exact,
    )


def decided(decision: Decision, rules: Iterable[str]) -> Outcome:
    """The columns of a row where *rules* made *decision*."""
    return Outcome(decision.value, TOGETHER.join(rules), None, exact=True)


@attrs.frozen
class Situation:
    """All that a verdict hangs on.

    Attributes:
        pattern: How the tests come out.
        known: Of the facts that are compared with each other, whether they are known.
        faulty: The facts with a value that does not fit.
        unsure: The facts that somebody was asked about and could not say.
        free: The comparisons of two facts, by their test, that can come out both ways by
            themselves.
    """

    pattern: Pattern
    known: Mapping[Subject, bool]
    faulty: frozenset[Subject]
    unsure: frozenset[Subject]
    free: frozenset[int]


def settled(program: Program, situation: Situation) -> Outcome:
    """What a row comes to in *situation*."""
    known = _known(program, situation)
    readings = [_reading(slot.subject, situation, known) for slot in program.slots]
    try:
        verdict = program.judged(
            situation.pattern,
            readings,
            "contact",
            lambda variable: variable.tests[0] in situation.free,
        )
    except ContactError:
        return CANNOT_BE_JUDGED
    return outcome_of(verdict)


def _known(program: Program, situation: Situation) -> dict[Subject, bool]:
    """Of each fact that some test speaks of alone, or that is compared, whether it is known."""
    found: dict[Subject, bool] = {}
    for variable in program.analyser.variables:
        if variable.subject is not None:
            truths = [situation.pattern[number] for number in variable.tests]
            found[variable.subject] = any(truth is not None for truth in truths)
    return {**found, **situation.known}


def _reading(subject: Subject, situation: Situation, known: Mapping[Subject, bool]) -> Reading:
    if subject in situation.faulty:
        return Reading(fault=Fault(subject.name, "CR501", ""))
    return Reading(True if known.get(subject) else None, unsure=subject in situation.unsure)


def compared(program: Program) -> list[tuple[Variable, tuple[Subject, ...]]]:
    """The comparisons of two facts, and the contact's facts that each speaks of."""
    return [
        (each, tuple(subject for subject in each.speaks_of if not isinstance(subject, Mine)))
        for each in program.analyser.variables
        if each.subject is None
    ]
