"""What is kept of a contact to say more of its verdict later: never the contact itself."""

from collections.abc import Mapping, Sequence

import attrs

from connectrules.explanation import Seen
from connectrules.program import Program, Settled
from connectrules.reading import Slot, copied, origins_of, reading_of
from connectrules.verdict import Verdict


@attrs.frozen(eq=False)
class Held:
    """The values of the facts that a policy speaks of, all of which are as they should be.

    Attributes:
        verdict: The verdict.
        values: The values, by slot.
        origins: Where they came from; empty where the contact says nothing of it.
    """

    verdict: Verdict
    values: Sequence[object]
    origins: Sequence[str | None]

    def seen(self, slot: Slot, place: int) -> Seen:
        """The fact of *slot*, which is at *place*, its value and where that came from."""
        value, name = self.values[place], slot.subject.name
        if value is not None:
            return name, value, self.origins[place] if self.origins else None
        return (name, None, None) if slot.assumed is None else (name, slot.assumed, "assumed")

    def settled(self, program: Program) -> Settled:
        """The verdict, and what it was made from."""
        origins = self.origins or [None] * len(self.values)
        readings = [
            reading_of(slot, value, where)
            for slot, value, where in zip(program.slots, self.values, origins, strict=True)
        ]
        return Settled(self.verdict, readings, program.tests([each.ready for each in readings]))


def held(program: Program, record: object, verdict: Verdict) -> Held:
    """What is kept of *record*, of which *program* has *verdict*, and no value does not fit."""
    values = [copied(slot.value(record)) for slot in program.slots]
    origins: Mapping[str, str] = origins_of(record)
    if not origins:
        return Held(verdict, values, ())
    return Held(verdict, values, [slot.origin(origins) for slot in program.slots])
