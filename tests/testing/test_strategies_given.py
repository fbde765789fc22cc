"""What strategies are handed: mistakes are told at once, and drawn ones when they are drawn."""

from collections.abc import Callable
from datetime import datetime
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import strategies as st

from connectrules import UNSURE, Policy, Vocabulary
from connectrules.testing.strategies import answers, contacts, me_and_today, policies
from tests.testing.test_strategies import drawn

POLICY = Policy.parse("CONNECT WHEN followers is at least 5 AND NOT is a bot\nOTHERWISE DECLINE")
OWN = Policy.parse("followers is at least my followers")
DATED = Policy.parse("connected on is within the last 6 months")
RATED = Policy.parse("FACT rating: number\nCONNECT WHEN rating is more than 2\nOTHERWISE DECLINE")
WRONG: Any = "ada"
NO_POLICY = "a Policy is wanted, and this is a `str`: see `Policy.parse`"
NO_RECORD = "this policy judges records of `Contact`, and was given a `str`"
NO_NAMES = (
    '`fixed` gives values by the names of facts, such as `{"is a bot": False}`, '
    "and this is a `list`"
)
NO_DAY = "`today` must be a date, and is `''`"
NO_DAY_AT_ALL: Any = ""
Call = Callable[[], object]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: contacts(POLICY, unknown=WRONG),
            "`unknown` is a share from 0 to 1, and `ada` is none",
        ),
        (
            lambda: contacts(POLICY, unsure=None),  # type: ignore[call-overload]
            "`unsure` is a share from 0 to 1, and `None` is none",
        ),
        (
            lambda: contacts(POLICY, fixed=["is a bot"]),  # type: ignore[call-overload]
            NO_NAMES,
        ),
        (
            lambda: contacts(POLICY, fixed=[]),  # type: ignore[call-overload]
            NO_NAMES,
        ),
        (
            lambda: contacts(POLICY, fixed={5: 1}),  # type: ignore[dict-item]
            "`fixed` gives values by the names of facts, and `5` is none",
        ),
        (lambda: contacts(OWN, me=WRONG), NO_RECORD),
        (lambda: contacts(DATED, today=NO_DAY_AT_ALL), NO_DAY),
        (lambda: me_and_today(WRONG), NO_POLICY),
        (
            lambda: me_and_today(OWN, unknown=WRONG),
            "`unknown` is a share from 0 to 1, and `ada` is none",
        ),
        (lambda: answers(WRONG), NO_POLICY),
        (lambda: answers(POLICY, WRONG), NO_RECORD),
        (
            lambda: answers(POLICY, unsure=WRONG),
            "`unsure` is a share from 0 to 1, and `ada` is none",
        ),
        (
            lambda: policies(max_conditions=WRONG),
            "`max_conditions` is a whole number, and `ada` is none",
        ),
    ],
)
def test_something_else_is_refused(call: Call, message: str) -> None:
    """It is said what is wanted, in words of the one who asks."""
    with pytest.raises(TypeError) as caught:
        call()

    assert str(caught.value) == message


def test_a_share_is_any_number() -> None:
    """As long as it is from 0 to 1."""
    one: Any = Fraction(1)

    assert {each.followers for each in drawn(contacts(POLICY, unknown=one, unsure=0), 20)} == {None}


def test_a_moment_is_its_day() -> None:
    """Contacts are drawn around the same days."""
    moment = datetime(2026, 1, 1, 5)  # noqa: DTZ001 - a day is wanted, wherever

    at, on = (drawn(contacts(DATED, today=each), 40) for each in (moment, moment.date()))

    assert at == on


# What is fixed


def test_a_drawn_value_that_cannot_be() -> None:
    """It is refused when it is drawn; what fits passes as it is."""
    with pytest.raises(ValueError, match="followers") as caught:
        drawn(contacts(POLICY, fixed={"followers": st.just("many")}), 5)

    assert str(caught.value) == (
        "`fixed` gives `followers` a value that it cannot have: "
        "`many` is not a whole number, 0 or more"
    )
    some = st.sampled_from([None, UNSURE, 7])
    found = {each.followers for each in drawn(contacts(POLICY, fixed={"followers": some}), 40)}
    assert found == {None, UNSURE, 7}


def test_a_drawn_value_in_no_field_of_its_own() -> None:
    """It is looked at as well."""
    with pytest.raises(ValueError, match="rating") as caught:
        drawn(contacts(RATED, fixed={"rating": st.just("high")}), 5)

    assert str(caught.value) == (
        "`fixed` gives `rating` a value that it cannot have: `high` is not a number"
    )


def test_facts_in_a_fixed_mapping() -> None:
    """They are fixed as well, in a mapping that is drawn too; what is no fact is let pass."""
    for other in ({"Rating": 7, "shoe size": 44}, {"rating": 7}):
        for fixed in (other, st.just(other)):
            found = drawn(contacts(RATED, unknown=0, fixed={"other": fixed}), 20)
            assert {each.other["rating"] for each in found} == {7}

    both = {"other": st.just({"rating": 7}), "rating": st.just(8)}
    assert {each.other["rating"] for each in drawn(contacts(RATED, fixed=both), 20)} == {8}


@pytest.mark.parametrize(
    ("fixed", "message"),
    [
        (
            {"other": 5},
            "`fixed` gives `other` a value that it cannot have: `5` is no mapping",
        ),
        (
            {"other": st.none()},
            "`fixed` gives `other` a value that it cannot have: `None` is no mapping",
        ),
        (
            {"other": {"Rating": "high"}},
            "`fixed` gives `Rating` a value that it cannot have: `high` is not a number",
        ),
        (
            {"rating": 1, "other": {"Rating": 1}},
            "`fixed` has `rating` and `Rating` in `other`, which are one: say it once",
        ),
    ],
)
def test_a_mapping_that_cannot_be(fixed: dict[str, object], message: str) -> None:
    """It is refused like any value."""
    with pytest.raises(ValueError, match="fixed") as caught:
        drawn(contacts(RATED, fixed=fixed), 5)

    assert str(caught.value) == message


@attrs.frozen
class Bare:
    """A record that may have nothing beside."""

    name: str | None = None
    other: dict[object, object] | None = None


def test_a_mapping_that_may_be_missing() -> None:
    """It is where it is fixed so, unless a value has to stand there."""
    vocabulary = Vocabulary.of(Bare)
    rated = Policy.parse(RATED.source.text, vocabulary=vocabulary)

    assert {each.other for each in drawn(contacts(vocabulary, fixed={"other": None}), 5)} == {None}
    for other, beside in ((None, {}), ({5: "of no name"}, {5: "of no name"})):
        (one, *_) = drawn(contacts(rated, unknown=0, fixed={"other": other}), 5)
        assert one.other.keys() == {"rating", *beside}


@pytest.mark.parametrize(
    "fixed",
    [
        {"is a bot": True, "is_a_bot": False},
        {"is a bot": True, "is_a_bot": True},
        {"is a bot": True, "is_a_bot": st.booleans()},
    ],
)
def test_a_fact_is_fixed_once(fixed: dict[str, object]) -> None:
    """Under one of its names: which one is meant cannot be known."""
    with pytest.raises(ValueError, match="is a bot") as caught:
        contacts(POLICY, fixed=fixed)

    assert str(caught.value) == "`fixed` has `is a bot` and `is_a_bot`, which are one: say it once"
