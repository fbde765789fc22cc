"""Deciding and judging one contact, beside a three-valued function written by hand.

Run it with::

    uv run pytest benchmarks
"""

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from connectrules import Contact, Decision, Policy

ANSWERS = (True, False, None)

THREE = Policy.parse("would have a drink with AND would recommend AND would do business with")
EIGHT = Policy.parse("""
    DECLINE "spam" WHEN following is more than 5,000 AND NOT follows me
    CONNECT "near" WHEN has at least 500 followers AND country is one of "UK", "Ireland"
        AND headline contains "press" UNLESS is a bot
    CONNECT "known" WHEN would recommend AND met in person
    OTHERWISE DECLINE
""")
CROSSED = Policy.parse("""
    CONNECT WHEN ANY OF
        - would recommend AND met in person AND follows me
        - NOT would recommend AND would have a drink with AND is a bot
        - NOT met in person AND has interacted AND NOT follows me
        - NOT would have a drink with AND NOT has interacted AND NOT is a bot
    OTHERWISE DECLINE
""")


def three_by_hand(contact: Contact) -> Decision:
    """The three rules, as one would write them."""
    drink, recommend = contact.would_have_a_drink_with, contact.would_recommend
    business = contact.would_do_business_with
    if drink is False or recommend is False or business is False:
        return Decision.DECLINE
    if drink is None or recommend is None or business is None:
        return Decision.UNDECIDED
    return Decision.CONNECT


def both(one: bool | None, other: bool | None) -> bool | None:
    """AND of three values."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def eight_by_hand(contact: Any) -> Decision:  # noqa: ANN401 - as short as one would write it
    """The eight conditions, as one would write them with a helper for AND."""
    following, followers = contact.following, contact.followers
    many = None if following is None else following > 5_000
    follows = contact.follows_me
    spam = both(many, None if follows is None else not follows)
    if spam is True:
        return Decision.DECLINE
    enough = None if followers is None else followers >= 500
    country, headline = contact.country, contact.headline
    near = None if country is None else country.lower() in {"uk", "ireland"}
    press = None if headline is None else "press" in headline.lower()
    bot = contact.is_a_bot
    first = both(both(enough, near), both(press, None if bot is None else not bot))
    second = both(contact.would_recommend, contact.met_in_person)
    if first is True or second is True:
        return Decision.CONNECT if spam is False else Decision.UNDECIDED
    if first is None or second is None:
        return Decision.UNDECIDED
    return Decision.DECLINE


CONTACTS_OF_THREE = [
    Contact(key="x", would_have_a_drink_with=a, would_recommend=b, would_do_business_with=c)
    for a, b, c in product(ANSWERS, repeat=3)
]
CONTACTS_OF_EIGHT = [
    Contact(
        key="x",
        following=following,
        follows_me=follows,
        followers=followers,
        country=country,
        headline="Head of Press",
        is_a_bot=bot,
        would_recommend=recommend,
        met_in_person=True,
    )
    for following, follows, followers, country, bot, recommend in product(
        (10, 6_000, None), ANSWERS, (10, 600), ("UK", "Spain"), (False, None), ANSWERS
    )
]
CASES: list[tuple[str, Policy[Contact], Callable[[Any], Decision], list[Contact]]] = [
    ("3 conditions", THREE, three_by_hand, CONTACTS_OF_THREE),
    ("8 conditions", EIGHT, eight_by_hand, CONTACTS_OF_EIGHT),
]


def each(function: Callable[[Any], object], contacts: list[Contact]) -> None:
    """Call *function* on each of *contacts*."""
    for contact in contacts:
        function(contact)


@pytest.mark.parametrize(
    ("name", "policy", "by_hand", "contacts"), CASES, ids=lambda c: c if isinstance(c, str) else ""
)
@pytest.mark.parametrize("way", ["by hand", "decider", "decide", "judge"])
def test_judging(
    benchmark: Any,  # noqa: ANN401 - pytest-benchmark's fixture
    name: str,
    policy: Policy[Contact],
    by_hand: Callable[[Any], Decision],
    contacts: list[Contact],
    way: str,
) -> None:
    """Each way gives the same decisions."""
    ways: dict[str, Callable[[Any], object]] = {
        "by hand": by_hand,
        "decider": policy.decider(),
        "decide": policy.decide,
        "judge": policy.judge,
    }
    assert [policy.decide(contact) for contact in contacts] == [by_hand(c) for c in contacts]
    benchmark.group = name
    benchmark(each, ways[way], contacts)


def test_the_exact_step(benchmark: Any) -> None:  # noqa: ANN401 - pytest-benchmark's fixture
    """Six facts tested more than once, all unknown: the first time such a pattern is met."""

    def first_time() -> object:
        return Policy.parse(CROSSED.source.text).judge(Contact(key="x"))

    benchmark.group = "the exact step, with its parse"
    benchmark(first_time)
