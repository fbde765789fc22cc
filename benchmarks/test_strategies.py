"""Contacts and policies as hypothesis draws them, beside as many bytes that it draws alone.

What hypothesis takes for a test that does nothing is most of it, and is in both.
"""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from racing import Race, Row

from connectrules import Contact, Policy, Vocabulary
from connectrules.testing.strategies import answers, contacts, me_and_today, policies

_CALLS = 300
_CONTACTS, _POLICIES = 800, 200
"""How many a second there should be."""

_POLICY = Policy.parse(
    """
    ASSUME is a bot: no
    DEFINE a proven contact AS met in person OR has at least 10 mutual connections
    CONNECT "three rules" WHEN
        would have a drink with
        AND would recommend
        AND (followers > 500 OR country is one of "UK", "Ireland")
    UNLESS is a bot
    CONNECT "trusted circle" WHEN ALL OF
        - a proven contact
        - AT LEAST 2 OF
            - values include at least 2 of my values
            - country is "UK"
            - connected on is within the last 6 months
    REVIEW WHEN position mentions any of "editor", "journalist"
    DECLINE WHEN following is more than 5,000 AND NOT follows me
    OTHERWISE DECLINE
    """
)
_ME = Contact(key="me", values=("craft", "wit"))
_TODAY = datetime.date(2026, 11, 22)


def _drawing(strategy: SearchStrategy[Any]) -> Callable[[], None]:
    """A test that draws from *strategy* and does nothing."""

    @settings(
        max_examples=_CALLS,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(strategy)
    def draw(_: object) -> None:
        pass

    return draw


@pytest.mark.parametrize(
    ("what", "strategy", "rate"),
    [
        ("a contact", contacts(_POLICY), _CONTACTS),
        ("a contact, for one owner and day", contacts(_POLICY, me=_ME, today=_TODAY), _CONTACTS),
        ("a contact, all facts", contacts(Vocabulary.of(Contact)), _CONTACTS),
        ("answers", answers(_POLICY), _CONTACTS),
        ("an owner and a day", me_and_today(_POLICY), _CONTACTS),
        ("a policy", policies(), _POLICIES),
        ("a policy of 4 conditions at most", policies(max_conditions=4), _POLICIES),
    ],
)
def test_draws(race: Race, what: str, strategy: SearchStrategy[Any], rate: int) -> None:
    """As many a second as a test needs."""
    row = Row(f"draw {what}", _CALLS, "hypothesis alone", f"{rate:,} a second")
    race(_drawing(strategy), _drawing(st.binary(min_size=20, max_size=20)), row, rounds=4)
