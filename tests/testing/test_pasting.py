"""Records as EXAMPLEs, ready to be pasted into their policy."""

import datetime
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import (
    UNSURE,
    Contact,
    ContactError,
    ContextError,
    Decision,
    Policy,
    PolicyError,
    Vocabulary,
)
from connectrules.testing import run_examples
from connectrules.testing.pasting import BARE_HINT, as_example
from connectrules.testing.strategies import answers, contacts, me_and_today, policies
from tests.property.running import tried
from tests.testing.people import LEADS, Lead, Scored, Trade

POLICY = Policy.parse(
    """
    FACT rating: number
    FACT tie: one of "client", "peer"
    CONNECT "near" WHEN ANY OF
        - followers is at least 5,000
        - rating is more than 2.5
        - tie is "client"
        - values include any of my values
        - connected on is within the last 6 months
    REVIEW WHEN bio mentions "press" AND NOT is a bot
    OTHERWISE DECLINE
    """
)
TODAY = datetime.date(2026, 11, 22)


def test_every_kind_of_value() -> None:
    """Values are written as the language writes them; what nothing speaks of is left out."""
    contact = Contact(
        key="ada",
        company="Bramley & Co",
        followers=12_000,
        values=["craft", 'the "old" way'],
        connected_on=datetime.datetime(2026, 1, 5, 23, 59, tzinfo=datetime.UTC),
        bio="Press \\ office",
        is_a_bot=UNSURE,
        other={"rating": -0.125, "tie": "Client"},
    )
    me = Contact(key="me", values=(), bio="private")

    text = as_example(POLICY, contact, me=me, today=TODAY, name="ada")

    assert text.splitlines() == [
        'EXAMPLE "ada" TODAY 2026-11-22 EXPECT UNDECIDED',
        "    - followers: 12,000",
        "    - rating: -0.125",
        '    - tie: "Client"',
        '    - values: "craft", "the \\"old\\" way"',
        "    - connected on: 2026-01-05",
        '    - bio: "Press \\\\ office"',
        "    - is a bot: unsure",
        "    - my values: none",
    ]


def test_answers() -> None:
    """What is answered is known; an answer that contradicts the record is an error."""
    known = Contact(key="ada", followers=5)

    text = as_example(POLICY, known, today=TODAY, answers={"rating": 3, "bio": "baker"})

    assert text.splitlines() == [
        'EXAMPLE "found by a test" TODAY 2026-11-22 EXPECT CONNECT BECAUSE OF "near"',
        "    - followers: 5",
        "    - rating: 3",
        '    - bio: "baker"',
    ]
    with pytest.raises(ContactError):
        as_example(POLICY, known, today=TODAY, answers={"followers": 6})


def test_without_a_day() -> None:
    """A policy that speaks of lengths of time needs one, as where it judges."""
    with pytest.raises(ContextError):
        as_example(POLICY, Contact(key="ada"))


def test_another_record() -> None:
    """Only records of the policy's class have facts that it speaks of."""
    other: Any = "ada"

    with pytest.raises(TypeError, match="this policy judges records of `Contact`"):
        as_example(POLICY, other, today=TODAY)


def test_values_that_no_policy_can_write() -> None:
    """Line breaks, invisible characters and faulty values are left out, and said to be."""
    policy = Policy.parse('bio mentions "x" OR url is "y" OR values include "z" OR followers > 3')
    contact = Contact(
        key="ada",
        bio="two\nlines",
        url="zero\N{ZERO WIDTH SPACE}width",
        values=["a\rb"],
        followers=-1,
    )

    assert as_example(policy, contact).splitlines() == [
        f"# {BARE_HINT}",
        "# `bio`: its value cannot be written in a policy",
        "# `url`: its value cannot be written in a policy",
        "# `values`: its value cannot be written in a policy",
        "# `followers`: `-1` is not a whole number, 0 or more",
        'EXAMPLE "found by a test" EXPECT UNDECIDED',
    ]


def test_an_owners_values_that_no_policy_can_write() -> None:
    """They are said to be the owner's."""
    policy = Policy.parse("CONNECT WHEN bio is my bio AND followers > my posts\nOTHERWISE DECLINE")
    me = Contact(key="me", bio="two\nlines", posts=-1)

    assert as_example(policy, Contact(key="ada"), me=me).splitlines()[:2] == [
        "# `my bio`: its value cannot be written in a policy",
        "# `my posts`: `-1` is not a whole number, 0 or more",
    ]


def test_a_bare_condition() -> None:
    """Its EXAMPLE stands after the rule that it says to write."""
    text = as_example(Policy.parse("is a bot"), Contact(key="ada", is_a_bot=True))

    again = Policy.parse(f"CONNECT WHEN is a bot\nOTHERWISE DECLINE\n{text}")

    assert [each.passed for each in run_examples(again)] == [True]


def test_a_class_of_ones_own() -> None:
    """Members of an Enum are called as policies call them, and phrases have answers."""
    policy = Policy.parse(
        'CONNECT WHEN trade is "smith" AND likes include "tea" AND came with a "hat"\n'
        "OTHERWISE DECLINE",
        vocabulary=LEADS,
    )
    lead = Lead(name="Ada", trade=Trade.SMITH, likes={"Tea", "cake"}, tags=("hat",))

    assert as_example(policy, lead).splitlines() == [
        'EXAMPLE "found by a test" EXPECT CONNECT BECAUSE OF "connect 1"',
        '    - trade: "smith"',
        '    - likes: "cake", "tea"',
        '    - came with a "hat": yes',
    ]


@pytest.mark.once
def test_it_parses_back_to_the_same() -> None:
    """Whatever policy, contact, owner, day and answers: the EXAMPLE passes where it is pasted."""
    seen = set()

    @tried(80)
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        policy = data.draw(policies())
        beside = data.draw(me_and_today(policy))
        contact = data.draw(contacts(policy, **beside))
        given_ = data.draw(answers(policy, contact))
        text = as_example(policy, contact, answers=given_, **beside)
        if "OTHERWISE" in policy.source.text:
            again = Policy.parse(f"{policy.source.text}\n{text}")
            (result,) = run_examples(again)
            assert result.passed
            decision = policy.decide(contact, answers=given_, **beside)
            assert result.expected.decision is decision
            seen.add(decision)

    holds()

    assert seen == {*Decision}


def test_any_text_can_be_shown() -> None:
    """A text of any characters is written so that it is read as the same, or is left out."""
    policy = Policy.parse('CONNECT WHEN bio is "x"\nOTHERWISE DECLINE')
    written: list[object] = []

    @tried(80)
    @given(st.text(max_size=8))
    def holds(bio: str) -> None:
        text = as_example(policy, Contact(key="ada", bio=bio))
        (example,) = Policy.parse(f"{policy.source.text}\n{text}").examples
        written.extend(example.facts.values())
        if not text.startswith("#"):
            assert policy.vocabulary.facts["bio"].type.ready(example.facts["bio"]) == (
                policy.vocabulary.facts["bio"].type.ready(bio)
            )

    holds()

    assert len(written) > 10


def test_numbers_that_classes_of_others_make() -> None:
    """A number of another class is written as what it is to tests."""
    policy = Policy.parse(
        "CONNECT WHEN score > 1\nOTHERWISE DECLINE", vocabulary=Vocabulary.of(Scored)
    )
    scored: Any = Decimal("1.25")

    assert as_example(policy, Scored(scored)).splitlines()[1:] == ["    - score: 1.25"]


def test_no_policy_error_is_hidden() -> None:
    """A bare condition with an EXAMPLE below it is an error, as the comment says."""
    text = as_example(Policy.parse("is a bot"), Contact(key="ada", is_a_bot=True))

    with pytest.raises(PolicyError):
        Policy.parse(f"is a bot\n{text}")


def test_a_policy_without_any_rule_takes_an_example() -> None:
    """It speaks of nothing, and there is nothing to say."""
    policy = Policy.parse("OTHERWISE DECLINE")

    assert as_example(policy, Contact(key="ada")) == (
        'EXAMPLE "found by a test" EXPECT DECLINE BECAUSE OF "otherwise"'
    )


@pytest.mark.parametrize("kind", [list, set, tuple, frozenset])
def test_an_owner_whose_lists_are_of_any_kind(kind: Callable[[Iterable[str]], Any]) -> None:
    """A record may hold a list in any collection, the owner's too."""
    policy = Policy.parse("CONNECT WHEN values include any of my values\nOTHERWISE DECLINE")
    me = Contact(key="me", values=kind(["craft"]))

    assert as_example(policy, Contact(key="ada", values=kind(["Craft"])), me=me).splitlines()[
        0
    ] == ('EXAMPLE "found by a test" EXPECT CONNECT BECAUSE OF "connect 1"')
