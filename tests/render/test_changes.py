"""What would bring another decision reads as a person would say it."""

import datetime
import math

import pytest

from connectrules.explanation import Change, WhyNot
from connectrules.render.changes import way_text, why_not_text
from connectrules.verdict import Decision

EDITOR = 'position mentions "editor"'


@pytest.mark.parametrize(
    ("way", "text"),
    [
        ([Change("would recommend", before=False, after=True)], "if `would recommend` were yes"),
        ([Change("is a bot", before=None, after=False)], "if `is a bot` were no"),
        ([Change("followers", 462, 500, by=38)], "with 38 more followers"),
        ([Change("followers", 499, 500, by=1)], "with 1 more follower"),
        ([Change("mutual connections", 12, 9, by=-3)], "with 3 fewer mutual connections"),
        ([Change("messages sent", 1500, 1, by=-1499)], "with 1,499 fewer messages sent"),
        ([Change("years of experience", 2, 3, by=1)], "with 1 more year of experience"),
        ([Change("companies", 2, 3, by=1)], "with 1 more company"),
        ([Change("posts per week", 2, 4, by=2)], "with 2 more posts per week"),
        ([Change("following", 6000, 5000, by=-1000)], "if `following` were 5,000 (1,000 less)"),
        ([Change("age", 12, 18, by=6)], "if `age` were 18 (6 more)"),
        ([Change("business", 1, 2, by=1)], "if `business` were 2 (1 more)"),
        ([Change("response rate", 0.2, 0.5, by=0.3)], "if `response rate` were 0.5 (0.3 more)"),
        (
            [Change("response rate", 0.75, math.nextafter(0.5, 0), by=-0.25)],
            "if `response rate` were just under 0.5 (0.25 less)",
        ),
        (
            [Change("response rate", 0.25, math.nextafter(0.5, 1), by=0.25)],
            "if `response rate` were just over 0.5 (0.25 more)",
        ),
        (
            [Change("met on", datetime.date(2026, 5, 1), datetime.date(2026, 5, 22), by=21)],
            "if `met on` were 2026-05-22 (21 days later)",
        ),
        (
            [Change("met on", datetime.date(2026, 5, 2), datetime.date(2026, 5, 1), by=-1)],
            "if `met on` were 2026-05-01 (1 day earlier)",
        ),
        (
            [Change("position", "Joiner", "Joiner editor", gains=("editor",), says=(EDITOR,))],
            f"if `{EDITOR}` held",
        ),
        (
            [Change("followers", None, 500, says=("has at least 500 followers",))],
            "if `has at least 500 followers` held",
        ),
        ([Change("country", "France", "UK")], 'if `country` were "UK"'),
        (
            [Change("followers", None, 499, says=("NOT has at least 500 followers",))],
            "if `has at least 500 followers` did not hold",
        ),
        (
            [Change("role", "peer", "guest", says=('NOT role is not "guest"',))],
            'if `role` were "guest"',
        ),
        (
            [Change("role", "guest", "peer", says=('role is not "guest"',))],
            'if `role is not "guest"` held',
        ),
        (
            [Change("values", ("a",), ("a", "another", "another 2"), by=2)],
            "if `values` had 2 more items",
        ),
        ([Change("values", ("a", "b"), ("a",), by=-1)], "if `values` had 1 fewer item"),
        (
            [Change("values", (), ("c", "another"), by=1, gains=("c",))],
            'if `values` also had "c" and `values` had 1 other item',
        ),
        (
            [Change("values", ("a", "b"), ("b", "c", "d"), gains=("c", "d"), loses=("a",))],
            'if `values` also had "c" and "d" and `values` had no "a"',
        ),
    ],
)
def test_a_change_is_said_in_words(way: list[Change], text: str) -> None:
    """Counts of things go by how many more, other values by what they would be."""
    assert way_text(Decision.CONNECT, way) == f"would connect {text}"


def test_what_would_be_so_comes_before_how_many_more() -> None:
    """Several changes make one sentence."""
    way = [
        Change("followers", 462, 500, by=38),
        Change("would recommend", before=False, after=True),
        Change("posts", 5, 3, by=-2),
        Change("is a bot", before=True, after=False),
    ]

    assert way_text(Decision.REVIEW, way) == (
        "would review if `would recommend` were yes and `is a bot` were no "
        "with 38 more followers and 2 fewer posts"
    )


def test_what_is_so_already_says_so() -> None:
    """A decision that the contact has needs no change."""
    assert why_not_text(WhyNot(Decision.REVIEW, ((),))) == ["it is review already"]


def test_a_sentence_of_two_facts_is_said_once() -> None:
    """Two facts that change together for one sentence repeat nothing."""
    says = ("following is more than 2 times followers",)
    way = [Change("followers", None, 1, says=says), Change("following", None, 3, says=says)]

    assert way_text(Decision.REVIEW, way) == f"would review if `{says[0]}` held"


def test_facts_of_one_answer_stand_together() -> None:
    """Three facts that would be yes make one clause."""
    yes = [Change(name, before=None, after=True) for name in ("a", "b", "c")]
    no = [Change("d", before=True, after=False)]

    assert way_text(Decision.CONNECT, [*yes[:2], *no, *yes[2:]]) == (
        "would connect if `a`, `b` and `c` were yes and `d` were no"
    )


def test_each_way_is_a_line() -> None:
    """The nearest way comes first; a doubt about it comes last."""
    ways = (
        (Change("would recommend", before=False, after=True, asked=True),),
        (Change("followers", 462, 500, by=38),),
    )

    assert why_not_text(WhyNot(Decision.CONNECT, ways, fewest=False)) == [
        "would connect if `would recommend` were yes",
        "would connect with 38 more followers",
        "there may be a way with fewer changes: not all could be tried",
    ]


def test_what_nothing_could_bring_says_so() -> None:
    """No way is no silence."""
    assert why_not_text(WhyNot(Decision.REVIEW, ())) == [
        "no change of the contact's facts could bring it"
    ]
    assert why_not_text(WhyNot(Decision.REVIEW, ()), is_said=False) == ["no rule says review"]
    assert why_not_text(WhyNot(Decision.REVIEW, (), fewest=False)) == [
        "no way was found that brings it: not all could be tried"
    ]


def test_a_hostile_sentence_is_shown_harmless() -> None:
    """Characters that act are shown, not sent."""
    change = Change("x", None, "\x1b[2J", says=('x contains "\x1b[2J"',))

    assert way_text(Decision.CONNECT, [change]) == 'would connect if `x contains "␛[2J"` held'
