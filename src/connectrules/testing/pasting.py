"""Records as EXAMPLEs, ready to be pasted into their policy."""

import datetime
import math
from collections.abc import Iterable
from enum import Enum
from typing import TypeVar

import attrs

from connectrules.binding import Answers
from connectrules.policy import Policy
from connectrules.reading import Reading, Slot, as_mine, called, read
from connectrules.resolve.resolved import BARE
from connectrules.rules.tree import Subject
from connectrules.schema.types import UNSURE, choice_text, shown
from connectrules.schema.vocabulary import Fact
from connectrules.source import Source
from connectrules.syntax.marks import invisible
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Kind
from connectrules.syntax.words import split
from connectrules.testing.cases import Case, Trial
from connectrules.testing.given import check_policy
from connectrules.testing.written import example_text, written

R = TypeVar("R")

BARE_HINT = (
    "a bare condition takes no EXAMPLE: write `CONNECT WHEN` before it, "
    "and `OTHERWISE DECLINE` after it"
)
"""What to do first where an EXAMPLE is to be pasted into a bare condition."""


def as_example(
    policy: Policy[R],
    contact: R,
    *,
    me: R | None = None,
    today: datetime.date | None = None,
    answers: Answers | None = None,
    name: str = "found by a test",
) -> str:
    """*contact* as an EXAMPLE that expects what *policy* says of it.

    It names the facts that the policy speaks of and that are known, the owner's too. A
    value that no policy can write, such as a text with a line break, is left out, and a
    comment says so.

    Args:
        policy: The policy.
        contact: A record of the policy's class.
        me: The owner's record; by default nothing is known of the owner.
        today: The day of judging, where the policy speaks of lengths of time.
        answers: Values that fill what the record leaves unknown.
        name: What to call the EXAMPLE.

    Raises:
        TypeError: Where *policy* is none, *contact* no record of its class, or *name* no text.
        ContactError: Where an answer contradicts a known value.
        ContextError: Where the policy needs *today* and has none.
    """
    check_policy(policy)
    if not isinstance(name, str):
        msg = f"an EXAMPLE is called by a text, and `{shown(name)}` is none"
        raise TypeError(msg)
    binding = policy._binding  # noqa: SLF001 - one library, and nobody else's business
    day = binding._day(today)  # noqa: SLF001 - as above
    given, own = binding.answered(answers or {})
    binding.describe(contact)
    readings = read(contact, binding.slots, given, contact=called(contact), assuming=False)
    facts, left_out = _facts(binding.slots, readings)
    mine: dict[Subject, object] = {}
    if me is not None and binding.mine:
        binding.describe(me)
        of_me = read(me, binding.mine, own, contact="me", assuming=False)
        mine, more = _facts(binding.mine, map(as_mine, of_me), "my ")
        left_out += more
    owner = {fact: value for fact, value in mine.items() if isinstance(fact, Fact)}
    verdict = Trial(policy).tried(Case(name, facts, owner, day)).verdict
    above = left_out
    if any(each.name == BARE for each in policy.rules):
        above = [BARE_HINT, *left_out]
        of_it = tuple("connect 1" if rule == BARE else rule for rule in verdict.rules)
        verdict = attrs.evolve(verdict, rules=of_it)
    return example_text(name, facts, verdict, mine=owner, today=day, above=above)


def _facts(
    slots: Iterable[Slot], readings: Iterable[Reading], whose: str = ""
) -> tuple[dict[Subject, object], list[str]]:
    """The values that can be written, and words about those that cannot."""
    facts: dict[Subject, object] = {}
    left_out = []
    for slot, reading in zip(slots, readings, strict=True):
        if reading.unsure:
            facts[slot.subject] = UNSURE
        elif reading.ready is not None:
            value = _plain(reading)
            if _can_be_written(value):
                facts[slot.subject] = value
            else:
                name = f"{whose}{slot.subject.name}"
                left_out.append(f"`{name}`: its value cannot be written in a policy")
        if reading.fault is not None:
            left_out.append(" ".join(reading.fault.message.split()))
    return facts, left_out


def _plain(reading: Reading) -> object:
    """A value as an EXAMPLE gives it."""
    match reading.raw:
        case Enum() as member:
            return choice_text(member)
        case bool() | str() | int() | float() | datetime.date() as value:
            return value
        case list() | tuple() as value:
            return tuple(value)
        case _ if isinstance(reading.ready, frozenset):
            return tuple(sorted(reading.ready))
        case _:
            return reading.ready


def _can_be_written(value: object) -> bool:
    match value:
        case str():
            return _is_one_text(written(value), value)
        case list() | tuple():
            return all(_is_one_text(written(each), each) for each in value)
        case float():
            return math.isfinite(value)
        case _:
            return True


def _is_one_text(quoted: str, text: str) -> bool:
    """Whether *quoted* is read as *text*."""
    if "\r" in text or invisible(Source("text", quoted)):
        return False
    try:
        tokens = split(quoted, 0)
    except Mistake:
        return False
    return [*tokens.kinds] == [Kind.TEXT]
