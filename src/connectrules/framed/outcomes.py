"""What a row can come to, each worked out once, by the code that judges single contacts."""

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
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

NOT_SEEN = Outcome(Decision.UNDECIDED.value, exact=False)
"""What a row of a lazy table comes to that changed after the pass, in a way not seen there."""


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
        known: Those of the facts that are compared with each other which are known.
        faulty: The facts with a value that does not fit.
        unsure: The facts that somebody was asked about and could not say.
        free: The comparisons of two facts, by their test, that can come out both ways by
            themselves.
    """

    pattern: Pattern
    known: frozenset[Subject]
    faulty: frozenset[Subject]
    unsure: frozenset[Subject]
    free: frozenset[int]


@attrs.frozen
class Listed:
    """The outcomes of all keys.

    Attributes:
        places: The place of the outcome of each key, by the key; None where no row has it.
        outcomes: The outcomes.
    """

    places: Sequence[int | None]
    outcomes: Sequence[Outcome]


_MOST = 200_000
"""Of how many situations the outcomes are kept."""


@attrs.frozen
class Settled:
    """What was settled for a policy, an owner and a day; it holds nothing of any contact.

    Attributes:
        outcomes: What rows of eager tables come to, by their situation.
        beforehand: What rows of lazy tables of one kind can come to, by their key; None
            where there may be too many. What is told apart is which of their columns are there.
        listed: The same, where the outcomes of all keys were to be listed.
    """

    outcomes: dict[Situation, Outcome] = attrs.field(factory=dict)
    beforehand: dict[Hashable, Mapping[int, Outcome] | None] = attrs.field(factory=dict)
    listed: dict[Hashable, Listed | None] = attrs.field(factory=dict)

    @classmethod
    def of(cls, program: Program) -> "Settled":
        """What was settled for *program*, so far."""
        return program.kept(_none_yet)

    def outcome(self, program: Program, situation: Situation) -> Outcome:
        """What a row comes to in *situation*."""
        found = self.outcomes.get(situation)
        if found is None:
            if len(self.outcomes) >= _MOST:
                self.outcomes.clear()
            found = self.outcomes[situation] = settled(program, situation)
        return found


def _none_yet(_: Program) -> Settled:
    return Settled()


def settled(program: Program, situation: Situation) -> Outcome:
    """What a row comes to in *situation*, worked out anew."""
    try:
        return outcome_of(verdict_in(program, situation))
    except ContactError:
        return CANNOT_BE_JUDGED


def verdict_in(
    program: Program,
    situation: Situation,
    assumed: Container[Subject] = (),
    released: Pattern | None = None,
) -> Verdict:
    """The verdict on a row in *situation*.

    Args:
        program: The policy.
        situation: All that the verdict hangs on, but for what it says was assumed.
        assumed: The facts that are assumed in it.
        released: How the tests come out where nothing is assumed, if something is.

    Raises:
        ContactError: Where a value that does not fit could change the decision.
    """
    readings = [
        attrs.evolve(_reading(slot.subject, situation), assumed=True)
        if slot.subject in assumed
        else _reading(slot.subject, situation)
        for slot in program.slots
    ]
    return program.judged(
        situation.pattern,
        readings,
        "contact",
        lambda variable: variable.tests[0] in situation.free,
        released,
    )


def _reading(subject: Subject, situation: Situation) -> Reading:
    if subject in situation.faulty:
        return Reading(fault=Fault(subject.name, "CR501", ""))
    return Reading(True if subject in situation.known else None, unsure=subject in situation.unsure)


def compared(program: Program) -> list[tuple[Variable, tuple[Subject, ...]]]:
    """The comparisons of two facts, and the contact's facts that each speaks of."""
    return [
        (each, tuple(subject for subject in each.speaks_of if not isinstance(subject, Mine)))
        for each in program.analyser.variables
        if each.subject is None
    ]
