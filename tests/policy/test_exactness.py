"""When a verdict claims that no better reasoner could settle it."""

from typing import Any

import pytest

from connectrules import Contact, Policy
from connectrules.schema.types import LARGEST_COUNT

_DECLARED = """\
FACT relationship: one of "client", "peer"
FACT rate: number
"""


@pytest.mark.parametrize(
    ("condition", "facts", "mine", "ask", "exact"),
    [
        # A comparison of two unknown facts may come out both ways.
        ("followers > following", {}, {}, ("followers", "following"), True),
        # So may one with a known side, if some value lies on either side of it.
        ("followers > following", {"following": 5}, {}, ("followers",), True),
        ("followers < following", {"following": 0}, {}, ("followers",), False),
        ("followers > following", {"following": LARGEST_COUNT}, {}, ("followers",), False),
        ("rate > followers", {"followers": 0}, {}, ("rate",), True),
        ("followers > 2 times following", {"following": 5}, {}, ("followers",), True),
        ("followers >= 2 times following", {"following": 0}, {}, ("followers",), False),
        # Which multiples there are is not looked into.
        ("followers > 2 times following", {"followers": 5}, {}, ("following",), False),
        ("country is my country", {"country": "x"}, {}, ("my country",), True),
        ("country is my country", {}, {}, ("country", "my country"), True),
        ("country is my country", {}, {"country": "x"}, ("country",), True),
        (
            "connected on is after my connected on",
            {},
            {},
            ("connected on", "my connected on"),
            True,
        ),
        # Nor are choices, and lists, and lists of the owner's.
        (
            "relationship is my relationship",
            {"other": {"relationship": "peer"}},
            {},
            ("my relationship",),
            False,
        ),
        ("values include any of my values", {"values": ("x",)}, {}, ("my values",), False),
        (
            'country is one of my name, my country, "x"',
            {"country": "z"},
            {},
            ("my country", "my name"),
            False,
        ),
        ('country is one of my name, "x"', {"country": "z"}, {}, ("my name",), False),
        # A fact that is tested elsewhere may link them; that it is known is not looked into.
        ("followers > following OR followers > 5", {}, {}, ("followers", "following"), False),
        (
            "followers > following OR posts > following",
            {"following": 3},
            {},
            ("followers", "posts"),
            False,
        ),
        # Parts of a text, and the length of a list beside its members.
        ('bio mentions "tea" OR bio contains "craft"', {}, {}, ("bio",), True),
        ('bio mentions "tea" AND bio contains "team"', {}, {}, ("bio",), False),
        ('values include "tea" AND has at least 2 values', {}, {}, ("values",), False),
    ],
)
def test_exactness(
    condition: str,
    facts: dict[str, Any],
    mine: dict[str, Any],
    ask: tuple[str, ...],
    *,
    exact: bool,
) -> None:
    """An undecided verdict is exact where each open test can come out both ways by itself."""
    policy = Policy.parse(f"{_DECLARED}CONNECT WHEN {condition}\nOTHERWISE DECLINE")

    verdict = policy.judge(Contact(key="ada", **facts), me=Contact(key="me", **mine))

    assert (tuple(sorted(verdict.ask)), verdict.exact) == (ask, exact)


def test_what_cannot_matter_does_not_make_it_inexact() -> None:
    """A test that another fact has made irrelevant is not looked at."""
    policy = Policy.parse(
        '(values include "tea" AND has at least 2 values) AND is a bot AND met in person'
    )

    verdict = policy.judge(Contact(key="ada", values=("tea", "craft"), is_a_bot=True))

    assert (verdict.ask, verdict.exact) == (("met in person",), True)
