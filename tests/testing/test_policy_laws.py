"""Policies are held to laws, and where one is broken somebody is shown, as an EXAMPLE."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import settings

from connectrules import (
    AnswerError,
    Contact,
    Decision,
    Policy,
    PolicyError,
    Vocabulary,
    phrase,
)
from connectrules.testing import (
    LawBroken,
    assert_always,
    assert_connects_no_more_than,
    assert_monotone,
    assert_never,
    run_examples,
)
from connectrules.testing.pasting import BARE_HINT

ALIKE = settings(max_examples=60, derandomize=True)
"""The same people each time."""
TODAY = date(2026, 11, 22)

RULES = """\
ASK would recommend: "Would you recommend {name}?"
FACT is a recruiter: yes/no
ASSUME is a recruiter: no
DEFINE known to me AS would recommend

CONNECT "friends" WHEN known to me AND followers is at least 500 UNLESS is a recruiter
CONNECT "peers" WHEN values include at least 2 of my values
REVIEW "new" WHEN connected on is within the last month
DECLINE "bots" WHEN is a bot AND following is more than 100
OTHERWISE DECLINE
"""
POLICY = Policy.parse(RULES)
FEWER = """\
CONNECT "friends" WHEN would recommend AND followers is at least 500
DECLINE "bots" WHEN is a bot AND following is more than 100
OTHERWISE DECLINE
"""
PLAIN = Policy.parse(FEWER)
Law = Callable[..., None]


def told(law: Law, *said: Any, policy: Policy[Any] = POLICY, **given: Any) -> str:  # noqa: ANN401
    """What is told where *law* is broken."""
    with pytest.raises(LawBroken) as caught:
        law(policy, *said, settings=ALIKE, **given)
    return str(caught.value)


@pytest.mark.once
@pytest.mark.parametrize(
    "law",
    [
        "DECLINE WHEN is a bot AND following is more than 100",
        'DECLINE WHEN is a bot AND following is at least 101 UNLESS country is "UK"',
        "REVIEW WHEN connected on is less than 2 weeks ago AND following is 7",
    ],
)
def test_what_always_holds_passes(law: str) -> None:
    """It may be said in other words than the policy's."""
    assert_always(POLICY, law, settings=ALIKE)


def test_what_does_not_always_hold_is_shown() -> None:
    """The EXAMPLE names what is known, expects what the law says, and tells what came of it."""
    shown = told(assert_always, "DECLINE WHEN  is a bot", policy=PLAIN)

    assert (
        shown
        == """\
the policy breaks a law: always DECLINE WHEN is a bot

# comes out as CONNECT by `friends`
EXAMPLE "a counterexample" EXPECT DECLINE
    - would recommend: yes
    - followers: 500
    - is a bot: yes
    - following: 0"""
    )


def test_what_never_holds_passes() -> None:
    """Nobody is connected with of whom it is certain."""
    assert_never(POLICY, "CONNECT WHEN is a bot AND following is 101", settings=ALIKE)
    assert_never(
        POLICY, "REVIEW WHEN connected on is before 2000-01-01", settings=ALIKE, today=TODAY
    )


def test_what_is_not_never_so_is_shown() -> None:
    """What it should be is for a person to say; the law's name for it is not what it is."""
    shown = told(assert_never, "CONNECT WHEN is a bot", policy=PLAIN)

    assert (
        shown
        == """\
the policy breaks a law: never CONNECT WHEN is a bot

# comes out as CONNECT by `friends`: write what it should be
EXAMPLE "a counterexample" EXPECT CONNECT BECAUSE OF "friends"
    - would recommend: yes
    - followers: 500
    - is a bot: yes
    - following: 0"""
    )


@pytest.mark.once
@pytest.mark.parametrize(
    ("law", "said"),
    [
        (assert_always, "DECLINE WHEN is a bot"),
        (assert_never, "CONNECT WHEN is a bot"),
        (assert_never, "CONNECT WHEN values include any of my values"),
    ],
)
def test_the_example_can_be_pasted(law: Law, said: str) -> None:
    """It comes out as told; where it is expected otherwise, it fails until that is mended."""
    example = told(law, said).partition("\n\n")[2]

    (result,) = run_examples(Policy.parse(f"{RULES}\n{example}"))

    assert result.passed is (law is assert_never)


def test_assumptions_are_the_policys_and_not_the_laws() -> None:
    """A law is about those of whom it is certain; nobody is taken for what is only assumed."""
    policy = Policy.parse(
        "ASSUME is a bot: no\nREVIEW WHEN NOT is a bot AND followers is 5\nOTHERWISE CONNECT"
    )

    example = told(assert_never, "REVIEW WHEN NOT is a bot", policy=policy)

    assert example.endswith("    - is a bot: no\n    - followers: 5")


def test_a_law_about_nobody_is_refused() -> None:
    """It would hold of anything."""
    with pytest.raises(ValueError, match="nobody") as caught:
        assert_never(POLICY, "CONNECT WHEN followers is 5 AND followers is 6", settings=ALIKE)

    assert str(caught.value) == (
        "nobody was found whom the law is about, `CONNECT WHEN followers is 5 AND followers is 6`:"
        " can it be about anybody? a longer search may tell, as with "
        "`settings=settings(max_examples=600)`"
    )


def test_undecided_breaks_no_law() -> None:
    """Facts are missing, and whoever fills them in gets the decision or breaks the law."""
    policy = Policy.parse("CONNECT WHEN would recommend\nOTHERWISE DECLINE")

    assert_always(policy, "CONNECT WHEN would recommend", settings=ALIKE)
    assert told(assert_always, "CONNECT WHEN followers is at least 10", policy=policy).endswith(
        """\
# comes out as DECLINE by `otherwise`
EXAMPLE "a counterexample" EXPECT CONNECT
    - would recommend: no
    - followers: 10"""
    )


# What is said wrongly


def test_mistakes_in_a_law_are_told_as_in_a_policy() -> None:
    """With the line, and what to write instead."""
    with pytest.raises(PolicyError) as caught:
        assert_never(POLICY, "CONNECT WHEN is a bott")

    assert [each.code for each in caught.value.diagnostics] == ["CR102"]
    assert " --> the law:1:14\n" in str(caught.value)
    with pytest.raises(PolicyError, match="CR101"):
        assert_never(POLICY, "CONNECT WHEN (is a bot")


@pytest.mark.parametrize(
    "said", ["is a bot", "OTHERWISE DECLINE", "CONNECT WHEN is a bot\nDECLINE WHEN is a bot", ""]
)
def test_a_law_is_one_rule(said: str) -> None:
    """A condition alone says no decision, and two rules are two laws."""
    with pytest.raises(ValueError, match="a law is said as one rule, such as `DECLINE WHEN is a b"):
        assert_never(POLICY, said)


def test_a_law_is_a_text() -> None:
    """So is a fact."""
    nothing: Any = None
    with pytest.raises(TypeError) as caught:
        assert_always(POLICY, nothing)
    assert str(caught.value) == (
        "a law is a text, such as `DECLINE WHEN is a bot`, and `None` is none"
    )
    with pytest.raises(TypeError) as caught:
        assert_monotone(POLICY, nothing)
    assert str(caught.value) == "a fact is said in words, such as `followers`, and `None` is none"


# Two policies


def test_a_stricter_policy_connects_no_more() -> None:
    """The other way round, somebody is shown."""
    text = "CONNECT WHEN would recommend AND followers is at least 500\nOTHERWISE DECLINE"
    policy, looser = Policy.parse(text), Policy.parse(text.replace("500", "400"), name="looser")

    assert_connects_no_more_than(policy, looser, settings=ALIKE)
    shown = told(assert_connects_no_more_than, policy, policy=looser)

    assert (
        shown
        == """\
the policy breaks a law: whoever `looser` connects with, `policy` connects with

# comes out as DECLINE by `otherwise`, in `policy`
EXAMPLE "a counterexample" EXPECT CONNECT BECAUSE OF "connect 1"
    - would recommend: yes
    - followers: 400"""
    )


def test_facts_are_the_same_where_they_are_called_alike() -> None:
    """Those of one policy alone count as well; of two types they cannot be compared."""
    one = Policy.parse("FACT is kind: yes/no\nCONNECT WHEN is kind\nOTHERWISE DECLINE")
    other = Policy.parse(
        'ASK is kind: "Is it?"\nCONNECT WHEN is kind OR is a bot\nOTHERWISE REVIEW'
    )
    third = Policy.parse("FACT is kind: count\nCONNECT WHEN is kind is 3\nOTHERWISE REVIEW")

    assert_connects_no_more_than(one, other, settings=ALIKE)
    assert told(assert_connects_no_more_than, one, policy=other).endswith("    - is a bot: yes")
    with pytest.raises(ValueError, match="`is kind` is yes/no in one policy, and count in the oth"):
        assert_connects_no_more_than(one, third)


# More and less


@pytest.mark.once
@pytest.mark.parametrize("fact", ["followers", "values", "would_recommend"])
def test_more_may_help(fact: str) -> None:
    """A number, a list, a yes: more of it makes no decision worse."""
    assert_monotone(POLICY, fact, settings=ALIKE)


@pytest.mark.once
@pytest.mark.parametrize("fact", ["following", "is a bot", "is a recruiter"])
def test_more_may_hurt(fact: str) -> None:
    """More of it makes no decision better."""
    assert_monotone(POLICY, fact, more="hurts", settings=ALIKE)


def test_where_more_hurts_and_should_not_two_are_shown() -> None:
    """They differ in that fact alone."""
    shown = told(assert_monotone, "following", policy=PLAIN)

    assert (
        shown
        == """\
the policy breaks a law: more of `following` never makes it worse

EXAMPLE "a counterexample, with less" EXPECT CONNECT BECAUSE OF "friends"
    - would recommend: yes
    - followers: 500
    - is a bot: yes
    - following: 0

EXAMPLE "a counterexample, with more" EXPECT DECLINE BECAUSE OF "bots"
    - would recommend: yes
    - followers: 500
    - is a bot: yes
    - following: 101"""
    )


@pytest.mark.once
def test_later_days_are_more() -> None:
    """And within the last month is between two days, so neither helps nor hurts."""
    first = told(assert_monotone, "connected on", today=TODAY)
    second = told(assert_monotone, "connected on", more="hurts", today=TODAY)

    assert "never makes it worse" in first
    assert "never makes it better" in second


@pytest.mark.parametrize(
    ("fact", "error", "message"),
    [
        ("country", ValueError, "there is no more and less of `country`"),
        ("my values", ValueError, "there is no more and less of `my values`"),
        ("posts", ValueError, "the policy does not speak of `posts`"),
        ("folowers", AnswerError, "no fact is called `folowers`; did you mean `followers`?"),
    ],
)
def test_some_facts_have_no_more_and_less(fact: str, error: type[Exception], message: str) -> None:
    """It is said so, and nothing is looked for."""
    with pytest.raises(error) as caught:
        assert_monotone(POLICY, fact)

    assert str(caught.value).startswith(message)


def test_more_helps_or_hurts() -> None:
    """There is no third way."""
    with pytest.raises(ValueError, match="`more` helps or hurts, and `better` is neither"):
        assert_monotone(POLICY, "followers", more="better")  # type: ignore[arg-type]


# Owners, days, and records of one's own


def test_the_owner_can_be_given() -> None:
    """Then the law is looked at for them alone."""
    nobody = Contact(key="me", values=())
    somebody = Contact(key="me", values=("Craft", "care"))
    law = "CONNECT WHEN values include any of my values"

    with pytest.raises(ValueError, match="nobody was found"):
        assert_never(POLICY, law, me=nobody, settings=ALIKE)
    assert '    - my values: "care", "craft"' in told(assert_never, law, me=somebody)


@dataclass(frozen=True)
class Lead:
    """A record of one's own."""

    revenue: float | None = None


@phrase("worked at {company:text}")
def worked_at(_lead: Lead, company: str) -> bool | None:
    """It is not called: it may be anything."""
    raise AssertionError(company)


def test_phrases_are_facts_like_others() -> None:
    """They are not called, and the law may speak of others than the policy."""
    policy = Policy.parse(
        'CONNECT WHEN worked at "Acme" AND revenue is more than 10\nOTHERWISE DECLINE',
        vocabulary=Vocabulary.of(Lead, phrases=[worked_at]),
    )

    assert_never(policy, 'CONNECT WHEN NOT worked at "Acme"', settings=ALIKE)
    assert_monotone(policy, 'worked at "Acme"', settings=ALIKE)
    assert told(assert_never, 'CONNECT WHEN worked at "Bourne Bank"', policy=policy).endswith("""\
    - worked at "Acme": yes
    - revenue: 11
    - worked at "Bourne Bank": yes""")


@pytest.mark.once
def test_a_decision_is_looked_for_where_it_is_rare() -> None:
    """Of ten facts each has to be just so, and somebody is found all the same."""
    numbers = " AND ".join(
        f"{name} is {place}"
        for place, name in enumerate(("followers", "following", "posts", "messages sent"), 400)
    )
    policy = Policy.parse(f"REVIEW WHEN {numbers}\nOTHERWISE DECLINE")

    assert "EXPECT REVIEW" in told(assert_never, "REVIEW WHEN posts is at least 3", policy=policy)
    assert policy.decide(Contact(key="nobody")) is Decision.UNDECIDED


def test_a_bare_condition_takes_no_example() -> None:
    """It is said what to do first; a policy without any rule takes one."""
    shown = told(assert_never, "CONNECT WHEN is a bot", policy=Policy.parse("is a bot"))

    assert shown.splitlines()[2:4] == [
        f"# {BARE_HINT}",
        "# comes out as CONNECT by `policy`: write what it should be",
    ]
    assert_never(Policy.parse("OTHERWISE DECLINE"), "CONNECT WHEN is a bot", settings=ALIKE)
