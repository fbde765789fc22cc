"""A verdict that is found again is the one that would be worked out."""

import datetime
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import UNSURE, Contact, ContactError, Policy, Verdict
from connectrules.backends.compiled import recalling
from tests.property.running import tried

SENTENCES = [
    *(f"followers are {how} {n}" for how in ("more than", "less than") for n in (4, 5, 6)),
    *(f"has at {how} {n} followers" for how in ("least", "most") for n in (4, 5, 6)),
    *(f"followers is {n}" for n in (4, 5, 6)),
    *(f"connected on is {how} 2026-01-0{n}" for how in ("before", "after") for n in (4, 5, 6)),
    "followers are between 4 and 6",
    'country is "UK"',
    'country is "Ireland"',
    'country is "Straße"',
    'country is one of "UK", "Straße"',
    'NOT country is "Ireland"',
    'country contains "uk"',
    'country mentions "press"',
    'country starts with "press"',
    'values include "uk"',
    'values include at least 2 of "uk", "Ireland", "press"',
    "has fewer than 2 values",
    "has more than 0 values",
    "has more than 1 values",
    "has more than 2 values",
    "is a bot",
    "met in person",
    "NOT would recommend",
    "follows me",
]
"""Facts that are tested in many ways, so that several tests of one become a search."""

_ODD = ("yes", -1, 5.5, ("uk", 1), UNSURE)
VALUES: dict[str, tuple[Any, ...]] = {
    "followers": (None, *range(9), 2**30, 2**53, 5.0, *_ODD),
    "connected_on": (None, *(datetime.date(2026, 1, day) for day in range(1, 9)), *_ODD),
    "country": (None, "uk", "UK", "Ireland", "press, uk", "STRASSE", "Straße", *_ODD),
    "values": (None, [], ["uk"], ("UK", "Ireland"), frozenset("abc"), ["uk"] * 3, *_ODD),
    "is_a_bot": (None, True, False, 1, *_ODD),
    "met_in_person": (None, True, False, *_ODD),
    "would_recommend": (None, True, False, *_ODD),
    "follows_me": (None, True, False, 0, *_ODD),
}

contacts = st.builds(
    Contact, key=st.just("x"), **{name: st.sampled_from(each) for name, each in VALUES.items()}
)


def policy_of(sentences: Iterable[str]) -> Policy[Contact]:
    """A policy whose verdicts name those of *sentences* that hold."""
    rules = "".join(f'CONNECT "rule {n}" WHEN {each}\n' for n, each in enumerate(sentences))
    return Policy.parse(f"ASSUME follows me: no\n{rules}OTHERWISE DECLINE\n")


def worked_out(policy: Policy[Contact], contact: Contact) -> Verdict | ContactError:
    """What comes of *contact* where nothing was kept."""
    try:
        return policy._binding.bound(None, None, {}).program.settle(contact, {}).verdict
    except ContactError as error:
        return error


def told(results: Iterable[Verdict | ContactError]) -> list[object]:
    """*results*, errors by what they say."""
    return [str(each) if isinstance(each, ContactError) else each for each in results]


@tried(60)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, unique=True),
    st.lists(contacts, min_size=1, max_size=12),
)
def test_what_is_found_again_is_what_would_be_worked_out(
    sentences: list[str], people: list[Contact]
) -> None:
    """However many tests a policy has, of whatever values, the first time and the second."""
    policy = policy_of(sentences)

    wanted = told(worked_out(policy, each) for each in people)

    assert told(policy.judge_all(people)) == wanted
    assert told(policy.judge_all(people)) == wanted


ALIKE = [
    "followers are more than",
    "followers are less than",
    "has at least",
    "has at most",
    "followers is",
    "connected on is before",
    "connected on is after",
    "country is",
    "values",
    "has more than",
    "is a bot",
    "follows me",
]
"""How sentences begin that ask the same of one fact."""


@pytest.mark.parametrize("most", [0, 10**100], ids=["by a key", "by steps"])
@pytest.mark.parametrize("start", ALIKE)
def test_each_value_finds_its_own(monkeypatch: pytest.MonkeyPatch, start: str, most: int) -> None:
    """No two values of a fact are taken for one another, where tests of it are put together."""
    monkeypatch.setattr(recalling, "_MOST_WAYS", most)
    policy = policy_of(each for each in SENTENCES if each.startswith(start))
    (fact,) = policy.facts
    name = str(getattr(fact, "attribute", ""))
    people = [Contact(key="x", **{name: each}) for each in VALUES[name]]

    wanted = told(worked_out(policy, each) for each in people)

    assert told(policy.judge_all(people)) == wanted
    assert told(policy.judge_all(reversed(people))) == wanted[::-1]


@tried(40)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=2, max_size=5, unique=True),
    st.lists(contacts, min_size=1, max_size=12),
)
def test_a_few_facts_find_their_own(sentences: list[str], people: list[Contact]) -> None:
    """What one contact leaves behind, odd or not, leads no other astray."""
    policy = policy_of(["is a bot", "met in person", "NOT would recommend", *sentences])

    wanted = told(worked_out(policy, each) for each in people)

    assert told(policy.judge_all(people)) == wanted
    assert told(policy.judge_all(reversed(people))) == wanted[::-1]
