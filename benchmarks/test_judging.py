"""Deciding and judging, beside a three-valued function written by hand."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import attrs
import by_hand
import contacts
import pytest
import two_hundred
from racing import Race, Row

from connectrules import Contact, Decision, Policy


@attrs.frozen
class Case:
    """A policy, what decides alike, and whom."""

    name: str
    text: str
    by_hand: Callable[[Contact], Decision]
    contacts: Sequence[Contact]
    target: float


CASES = [
    Case("3 conditions", by_hand.THREE, by_hand.three, contacts.OF_THREE, 1.2),
    Case("8 conditions", by_hand.EIGHT, by_hand.eight, contacts.OF_EIGHT, 1.3),
    Case(
        "200 conditions",
        two_hundred.POLICY,
        two_hundred.decide,
        contacts.of_two_hundred(unknown=0.02),
        1.3,
    ),
]


def each(function: Callable[[Any], object], contacts: Sequence[Contact]) -> None:
    """Call *function* on each of *contacts*."""
    for contact in contacts:
        function(contact)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("way", ["decide", "decider", "judge"])
def test_judging(benchmark: Any, race: Race, case: Case, way: str) -> None:  # noqa: ANN401 - a fixture
    """Each way gives the same decisions."""
    policy = Policy.parse(case.text)
    ways: dict[str, Callable[[Contact], object]] = {
        "decide": policy.decide,
        "decider": policy.decider(),
        "judge": policy.judge,
    }
    by_hand = [case.by_hand(contact) for contact in case.contacts]
    assert [policy.decide(contact) for contact in case.contacts] == by_hand
    assert [policy.decider()(contact) for contact in case.contacts] == by_hand
    assert [policy.judge(contact).decision for contact in case.contacts] == by_hand
    assert len(Counter(by_hand)) > 1
    benchmark.group = way
    race(
        partial(each, ways[way], case.contacts),
        partial(each, case.by_hand, case.contacts),
        Row(
            f"{way}, {case.name}",
            len(case.contacts),
            target=3 if way == "judge" else case.target,
        ),
    )
