"""Why a verdict is as it is, with the values that were seen and where they came from."""

from collections.abc import Callable, Mapping
from typing import Any

from connectrules.explain.plan import Line, Plan, planned
from connectrules.program import Answered, Program, Settled
from connectrules.reading import Reading, Slot, origins_of
from connectrules.rules.tree import Mine
from connectrules.schema.types import UNSURE
from connectrules.verdict import Evidence, Explanation, Reason

_Value = tuple[str, object, str | None]
_ValueOf = Callable[[int], _Value]
"""From a fact's slot to its name, its value and where that came from."""


def explained(
    program: Program,
    record: object,
    answers: Answered,
    mine: Mapping[str, Reading],
    contact: str,
    name: str,
) -> Explanation:
    """The verdict on *record*, and what made it.

    What is to be said hangs on how the tests come out, and serves all contacts of whom
    the same is known; only the values are this one's own.

    Args:
        program: The policy for the owner and the day.
        record: The contact.
        answers: What fills its gaps.
        mine: The owner's facts, by their keys.
        contact: What the contact is called.
        name: What a question calls the contact.

    Raises:
        ContactError: See `Program.settle`.
    """
    if answers or program.has_phrases:
        return explain(program, program.settle(record, answers), mine, contact, name)
    known = program.recall(record)
    if known.settled is not None:
        return explain(program, known.settled, mine, contact, name)
    plan = known.plan
    if not isinstance(plan, Plan):
        plan = known.plan = planned(program, program.settle(record, {}))
    slots, origins = program.slots, origins_of(record)

    def value(place: int) -> _Value:
        return _seen(slots[place], record, origins)

    return _filled(plan, value, mine, contact, name)


def explain(
    program: Program, settled: Settled, mine: Mapping[str, Reading], contact: str, name: str
) -> Explanation:
    """What made *settled*; see `explained` for the other arguments."""
    slots, readings = program.slots, settled.readings

    def value(place: int) -> _Value:
        return _read(slots[place].subject.name, readings[place])

    return _filled(planned(program, settled), value, mine, contact, name)


def _filled(
    plan: Plan, value: _ValueOf, mine: Mapping[str, Reading], contact: str, name: str
) -> Explanation:
    """*plan* with the values of one contact."""

    def evidence(line: Line) -> Evidence:
        values = [
            _read(fact.name, mine[fact.fact.key]) if isinstance(fact, Mine) else value(fact)
            for fact in line.facts
        ]
        return Evidence(line.sentence, line.holds, tuple(values), line.rule)

    return Explanation(
        contact,
        plan.verdict,
        tuple(
            [
                Reason(rule, because, tuple(map(evidence, lines)))
                for rule, because, lines in plan.why
            ]
        ),
        tuple([each and each.replace("{name}", name) for each in plan.questions]),
    )


def _read(name: str, reading: Reading) -> _Value:
    if reading.ready is None:
        return name, UNSURE if reading.unsure else None, reading.where
    return name, _copied(reading.raw), reading.where


def _seen(slot: Slot, record: object, origins: Mapping[str, str]) -> _Value:
    """The same, straight from a record whose values are as they should be."""
    found, name = slot.value(record), slot.subject.name
    if found is not None:
        return name, _copied(found), slot.origin(origins) if origins else None
    return (name, None, None) if slot.assumed is None else (name, slot.assumed, "assumed")


def _copied(value: Any) -> object:  # noqa: ANN401 - values are of any type
    """*value*, but nothing that is the contact's own and may change."""
    match value:
        case list():
            return tuple(value)
        case set():
            return frozenset(value)
        case _:
            return value
