"""What is judged with beside a contact: the owner, the day, and answers."""

from collections.abc import Iterator
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from connectrules.policy import Policy
from connectrules.reading import called, read
from connectrules.rules.tree import Subject
from connectrules.testing.given import check_policy
from connectrules.testing.strategies.drawn import drawn, numbers_for, share, values_of
from connectrules.testing.strategies.mine import mine_of
from connectrules.testing.strategies.pools import days_of, pools
from connectrules.testing.strategies.records import Draft

R = TypeVar("R")


def me_and_today(policy: Policy[Any], *, unknown: float = 0.2) -> SearchStrategy[dict[str, Any]]:
    """What *policy* needs to be judged with: ``policy.judge(contact, **drawn)``.

    A mapping with the owner's record as ``me`` where the policy speaks of ``my …``, and a
    day as ``today`` where it speaks of lengths of time; empty where it needs neither.

    Args:
        policy: The policy.
        unknown: How likely a fact of the owner's is not known, from 0 to 1.

    Raises:
        TypeError: Where *policy* is none.
        ValueError: Where the share is not from 0 to 1.
        VocabularyError: As `contacts` does.
    """
    check_policy(policy)
    share("unknown", unknown)
    needed: dict[str, SearchStrategy[Any]] = {}
    if policy.needs_me:
        draft = Draft(policy.vocabulary)
        draft.fill(mine_of(policy), unknown, 0)
        needed["me"] = draft.strategy()
    if policy.needs_today:
        needed["today"] = st.sampled_from(days_of(policy))
    return st.fixed_dictionaries(needed)


def answers(
    policy: Policy[R], contact: R | None = None, *, unknown: float = 0.5, unsure: float = 0.1
) -> SearchStrategy[dict[str, Any]]:
    """Answers to facts that *policy* speaks of, by their sentence.

    Args:
        policy: The policy.
        contact: The record that is judged: what it says is not answered again, since an
            answer that contradicts a record is an error.
        unknown: How likely a fact is not answered, or answered `UNSURE`, from 0 to 1.
        unsure: How likely it is `UNSURE` then.

    Raises:
        TypeError: Where *policy* is none, or *contact* no record of its class.
        ValueError: Where a share is not from 0 to 1.
    """
    check_policy(policy)
    if contact is not None:
        policy._binding.describe(contact)  # noqa: SLF001 - one library, and nobody else's business
    share("unknown", unknown)
    share("unsure", unsure)
    of = pools(policy, None, None)
    asked = policy.facts if contact is None else [*_gaps(policy, contact)]
    names = [each.name for each in asked]
    all_drawn = [drawn(of.values(each), unknown, unsure) for each in asked]

    def given(numbers: bytes) -> dict[str, Any]:
        pairs = zip(names, values_of(all_drawn, numbers), strict=True)
        return {name: value for name, value in pairs if value is not None}

    return numbers_for(all_drawn).map(given)


def _gaps(policy: Policy[R], contact: R) -> Iterator[Subject]:
    """What *contact* leaves unknown of what *policy* speaks of."""
    slots = policy._binding.slots  # noqa: SLF001 - one library, and nobody else's business
    readings = read(contact, slots, {}, contact=called(contact), assuming=False)
    for slot, reading in zip(slots, readings, strict=True):
        if reading.ready is None and reading.fault is None and not reading.unsure:
            yield slot.subject
