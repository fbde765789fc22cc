"""Why a verdict is as it is, with the values that were seen and where they came from."""

from collections.abc import Mapping

import attrs

from connectrules.explain.account import ContactAccount
from connectrules.explain.held import held
from connectrules.explain.plan import Plan, planned
from connectrules.explain.telling import SeenAt, seen, with_values
from connectrules.explanation import Explanation, Seen, Why
from connectrules.program import Answered, Program, Settled
from connectrules.reading import Reading, apart


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
    found, slots = held(program, record, known.verdict), program.slots

    def seen_at(place: int) -> Seen:
        return found.seen(slots[place], place)

    return _filled(plan, seen_at, ContactAccount(program, found, mine, name), contact)


def explain(
    program: Program, settled: Settled, mine: Mapping[str, Reading], contact: str, name: str
) -> Explanation:
    """What made *settled*; see `explained` for the other arguments."""
    slots, readings = program.slots, [apart(each) for each in settled.readings]
    settled = attrs.evolve(settled, readings=readings)

    def seen_at(place: int) -> Seen:
        return seen(slots[place].subject.name, readings[place])

    account = ContactAccount(program, settled, mine, name)
    return _filled(planned(program, settled), seen_at, account, contact)


def _filled(plan: Plan, seen_at: SeenAt, account: ContactAccount, contact: str) -> Explanation:
    """*plan* with the values of one contact."""
    name = account.name
    return Explanation(
        contact,
        plan.verdict,
        Why(with_values(plan.why, seen_at, account.mine), account),
        tuple([each and each.replace("{name}", name) for each in plan.questions]),
        account,
    )
