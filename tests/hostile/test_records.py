"""Whatever a record holds, it gets a verdict or a ContactError."""

import datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import AnswerError, Contact, ContactError, Policy, Vocabulary, phrase
from connectrules.verdict import Verdict
from tests.hostile import scaled
from tests.hostile.values import ODD, odd

FIELDS = [
    *("name", "company", "country", "headline", "emails", "values", "follows_me", "followers"),
    *("following", "posts", "connected_on", "last_active_on", "is_a_bot", "met_in_person"),
    *("key", "note", "origins", "other"),
]
POLICY = Policy.parse(
    "FACT rate: number\n"
    'FACT relationship: one of "client", "peer"\n'
    "FACT likes tea: yes/no\n"
    'CONNECT WHEN country is one of "UK", my country OR headline mentions any of "a", "b"\n'
    "  OR followers is more than 2 times my followers OR following is between 1 and posts\n"
    'REVIEW WHEN values include at least 2 of my values OR has at least 2 values OR name is "ß"\n'
    "  OR connected on is within the last 6 months OR last active on is after my connected on\n"
    'DECLINE WHEN is a bot AND (rate is at most 0.5 OR relationship is "peer" OR likes tea)\n'
    'UNLESS met in person OR emails include "a" OR company is my company\n'
    "OTHERWISE REVIEW\n"
)
TODAY = datetime.date(2026, 11, 22)


def settle(contact: Any, me: Any, answers: Any) -> Verdict | ContactError | AnswerError:  # noqa: ANN401
    """What becomes of *contact*, on every path alike."""
    found: list[Verdict | ContactError | AnswerError] = []
    for judge in (POLICY.judge, POLICY.explain):
        try:
            made = judge(contact, me=me, today=TODAY, answers=answers)
            str(made)
            found.append(made if isinstance(made, Verdict) else made.verdict)
        except (ContactError, AnswerError) as error:
            found.append(error)
    judged, explained = found
    assert 0 < len(str(judged)) < 5_000
    assert type(judged) is type(explained)
    if isinstance(judged, Verdict):
        assert explained == judged
        assert POLICY.decide(contact, me=me, today=TODAY, answers=answers) is judged.decision
    else:
        assert str(explained) == str(judged)
    return judged


@pytest.mark.once
@scaled(300)
@given(
    st.dictionaries(st.sampled_from(FIELDS[:-4]), odd, max_size=5),
    st.dictionaries(st.sampled_from(["rate", "relationship", "likes tea", "x"]), odd, max_size=3),
    st.dictionaries(st.sampled_from(FIELDS[:-4]), odd, max_size=3),
    st.dictionaries(st.sampled_from(["rate", "likes tea", "is a bot", "values"]), odd, max_size=2),
)
def test_any_values(
    fields: dict[str, Any], other: dict[str, Any], mine: dict[str, Any], answers: dict[str, Any]
) -> None:
    """All paths agree, and none raises anything else."""
    settle(Contact(key="a", other=other, **fields), Contact(key="me", **mine), answers)


@pytest.mark.once
@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_each_odd_value_in_each_field(value: Any) -> None:  # noqa: ANN401 - odd
    """A value that no fact can have is a fault, not an error of another kind."""
    for field in FIELDS[:-4]:
        settle(Contact(**{"key": "a", field: value}), Contact(key="me"), {})
        settle(Contact(key="a"), Contact(**{"key": "me", field: value}), {})
    for name in ("rate", "relationship", "likes tea"):
        settle(Contact(key="a", other={name: value}), Contact(key="me"), {})
        settle(Contact(key="a"), Contact(key="me"), {name: value})


@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_what_a_phrase_gives_back(value: object) -> None:
    """A phrase that answers neither yes, no nor unknown is a fault."""

    @phrase("is as it should be")
    def odd_phrase(_contact: Contact) -> Any:  # noqa: ANN401 - the point of the test
        return value

    policy = Policy.parse(
        "is as it should be", vocabulary=Vocabulary.of(Contact, phrases=[odd_phrase])
    )
    try:
        assert isinstance(policy.judge(Contact(key="a")), Verdict)
    except ContactError as error:
        assert error.code == "CR501"  # noqa: PT017 - either is fine


@attrs.frozen
class Lead:
    """A record of another class."""

    key: Any = "a"
    name: Any = None
    tall: bool | None = None
    origins: Any = None
    other: Any = None


@pytest.mark.once
@pytest.mark.parametrize("value", ODD, ids=range(len(ODD)))
def test_what_belongs_to_no_fact(value: Any) -> None:  # noqa: ANN401 - odd
    """A key, a name or origins of any kind do no harm."""
    policy = Policy.parse("tall", vocabulary=Vocabulary.of(Lead))
    for field in ("key", "name", "origins", "other"):
        for tall in (True, "x", None):
            lead = Lead(**{"tall": tall, field: value})
            for result in policy.judge_all([lead], answers={"a": {"tall": True}}):
                assert isinstance(result, (Verdict, ContactError))
                str(result)
            try:
                str(policy.explain(lead))
            except ContactError as error:
                assert str(error)  # noqa: PT017 - either is fine
