"""What made a verdict, with the values of one contact."""

from collections.abc import Callable, Mapping, Sequence

import attrs

from connectrules.explanation import Evidence, Reason, Seen
from connectrules.reading import Reading, copied
from connectrules.rules.tree import Mine
from connectrules.schema.types import UNSURE

SeenAt = Callable[[int], Seen]
"""From a fact's slot to its name, its value and where that came from."""


@attrs.frozen
class Line:
    """One condition that played a part, without the values of a contact.

    Attributes:
        sentence: The condition as the policy says it.
        holds: Whether it holds; None where that is not known.
        facts: What it speaks of: facts of the contact by the number of their slot.
        rule: The rule it belongs to, where that is not the one it is listed under.
    """

    sentence: str
    holds: bool | None
    facts: tuple[int | Mine, ...]
    rule: str | None


Told = tuple[str, str | None, tuple[Line, ...]]
"""A rule's name, the reason it gives, and conditions."""


def with_values(
    told: Sequence[Told], seen_at: SeenAt, mine: Mapping[str, Reading]
) -> tuple[Reason, ...]:
    """The reasons *told*, with the values of one contact.

    Args:
        told: The reasons.
        seen_at: What gives the contact's values.
        mine: The owner's facts, by their keys.
    """

    def evidence(line: Line) -> Evidence:
        values = [
            seen(fact.name, mine[fact.fact.key]) if isinstance(fact, Mine) else seen_at(fact)
            for fact in line.facts
        ]
        return Evidence(line.sentence, line.holds, tuple(values), line.rule)

    return tuple(
        [Reason(rule, because, tuple(map(evidence, lines))) for rule, because, lines in told]
    )


def seen(name: str, reading: Reading) -> Seen:
    """The fact called *name*, its value and where that came from."""
    if reading.ready is None:
        return name, UNSURE if reading.unsure else None, reading.where
    return name, copied(reading.raw), reading.where
