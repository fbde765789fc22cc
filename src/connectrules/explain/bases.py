"""The smallest sets of facts that settle a decision alone, with what they settle."""

from collections.abc import Iterator, Mapping

from connectrules.exact.bits import places
from connectrules.explain.needs import Layout
from connectrules.explain.plan import told
from connectrules.explain.smallest import smallest
from connectrules.explain.telling import seen, with_values
from connectrules.explanation import Basis, Seen
from connectrules.program import Program, Settled
from connectrules.reading import Reading
from connectrules.verdict import Decision


def bases(program: Program, settled: Settled, mine: Mapping[str, Reading]) -> Iterator[Basis]:
    """All smallest sets of facts that settle the decision alone, the smallest first.

    Each is worked out when it is reached. The owner's facts are taken for given.

    Args:
        program: The policy for an owner and a day.
        settled: The verdict, and what it was made from; there is no set for UNDECIDED.
        mine: The owner's facts, by their keys.
    """
    if settled.verdict.decision is Decision.UNDECIDED:
        return
    rank, slots = program.kept(Layout).rank, program.slots

    def seen_at(place: int) -> Seen:
        return seen(slots[place].subject.name, settled.readings[place])

    for facts, sure in smallest(program, settled):
        chosen = sorted(places(facts), key=rank.__getitem__)
        reasons = with_values(told(program, settled, facts), seen_at, mine)
        yield Basis(tuple(map(seen_at, chosen)), reasons, smallest=sure)
