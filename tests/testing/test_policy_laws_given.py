"""What laws of policies are handed: mistakes are told at once, and policies called apart."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import settings

from connectrules import Contact, Policy
from connectrules.testing import (
    LawBroken,
    as_example,
    assert_always,
    assert_connects_no_more_than,
    assert_monotone,
    assert_never,
)

POLICY = Policy.parse("CONNECT WHEN followers is at least my followers\nOTHERWISE DECLINE")
STRICTER = Policy.parse("CONNECT WHEN followers is at least 9\nOTHERWISE DECLINE")
LOOSER = Policy.parse("CONNECT WHEN followers is at least 5\nOTHERWISE DECLINE")
ADA = Contact(key="ada")
LAW = "DECLINE WHEN followers is 3"
ALIKE = settings(max_examples=60, derandomize=True)
WRONG: Any = "CONNECT WHEN is a bot"
NO_POLICY = "a Policy is wanted, and this is a `str`: see `Policy.parse`"
NO_RECORD = "this policy judges records of `Contact`, and was given a `str`"
NO_SETTINGS = (
    "`settings=` are those of hypothesis, such as `settings(max_examples=1000)`, and this is a "
    "`str`"
)
NO_DAY = "`today` must be a date, and is `0`"
WRONG_DAY: Any = 0
DATED = Policy.parse("CONNECT WHEN connected on is within the last 2 years\nOTHERWISE DECLINE")
DATED_MORE = Policy.parse("CONNECT WHEN connected on is within the last 1 year\nOTHERWISE DECLINE")
RECENT = "CONNECT WHEN connected on is within the last 1 year"
MOMENT = datetime(2026, 1, 1, 5)  # noqa: DTZ001 - a day is wanted, wherever
Call = Callable[[], object]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: assert_always(WRONG, LAW), NO_POLICY),
        (lambda: assert_never(WRONG, LAW), NO_POLICY),
        (lambda: assert_monotone(WRONG, "followers"), NO_POLICY),
        (lambda: assert_connects_no_more_than(WRONG, POLICY), NO_POLICY),
        (lambda: assert_connects_no_more_than(POLICY, WRONG), NO_POLICY),
        (lambda: as_example(WRONG, ADA), NO_POLICY),
        (lambda: as_example(POLICY, WRONG), NO_RECORD),
        (lambda: as_example(POLICY, ADA, me=WRONG), NO_RECORD),
        (lambda: assert_always(POLICY, LAW, me=WRONG), NO_RECORD),
        (lambda: assert_monotone(POLICY, "followers", me=WRONG), NO_RECORD),
        (lambda: assert_connects_no_more_than(POLICY, LOOSER, me=WRONG), NO_RECORD),
        (lambda: assert_always(DATED, RECENT, today=WRONG_DAY), NO_DAY),
        (lambda: assert_never(DATED, RECENT, today=WRONG_DAY), NO_DAY),
        (lambda: assert_monotone(DATED, "connected on", today=WRONG_DAY), NO_DAY),
        (lambda: assert_connects_no_more_than(DATED, DATED, today=WRONG_DAY), NO_DAY),
        (lambda: assert_always(POLICY, LAW, settings=WRONG), NO_SETTINGS),
        (lambda: assert_never(POLICY, LAW, settings=WRONG), NO_SETTINGS),
        (lambda: assert_monotone(POLICY, "followers", settings=WRONG), NO_SETTINGS),
        (lambda: assert_connects_no_more_than(POLICY, LOOSER, settings=WRONG), NO_SETTINGS),
        (
            lambda: as_example(POLICY, ADA, name=5),  # type: ignore[arg-type]
            "an EXAMPLE is called by a text, and `5` is none",
        ),
    ],
)
def test_something_else_is_refused(call: Call, message: str) -> None:
    """It is said what is wanted; no text is taken for a policy."""
    with pytest.raises(TypeError) as caught:
        call()

    assert str(caught.value) == message


@pytest.mark.parametrize(
    "check",
    [
        lambda today: assert_always(DATED, RECENT, today=today, settings=ALIKE),
        lambda today: assert_never(DATED, RECENT, today=today, settings=ALIKE),
        lambda today: assert_monotone(DATED, "connected on", today=today, settings=ALIKE),
        lambda today: assert_connects_no_more_than(DATED, DATED_MORE, today=today, settings=ALIKE),
    ],
    ids=["always", "never", "monotone", "no more"],
)
def test_a_moment_is_its_day(check: Callable[[date], None]) -> None:
    """As where a contact is judged: what is found is the same, and on that day."""
    told = [_told(check, today) for today in (MOMENT, MOMENT.date())]

    assert told[0] == told[1]
    assert told[0] is None or " TODAY 2026-01-01 " in told[0]


def _told(check: Callable[[date], None], today: date) -> str | None:
    try:
        check(today)
    except LawBroken as error:
        return str(error)
    return None


def test_undecided_is_no_law() -> None:
    """It is told why, whatever it is about."""
    with pytest.raises(ValueError, match="UNDECIDED") as caught:
        assert_always(POLICY, "undecided WHEN\n  is a bot")

    assert str(caught.value) == (
        "`undecided WHEN is a bot` is no law: UNDECIDED says that facts are missing, and a law "
        "says CONNECT, REVIEW or DECLINE"
    )


@pytest.mark.once
def test_a_longer_search_is_ten_times_as_long() -> None:
    """Of what was asked for; or of what is usual, where nothing was."""
    law = "DECLINE WHEN followers is 3 AND followers is 4"
    with pytest.raises(ValueError, match=r"=settings\(max_examples=10\)`$"):
        assert_never(LOOSER, law, settings=settings(max_examples=1))

    usual = settings().max_examples * 50
    with pytest.raises(ValueError, match=rf"=settings\(max_examples={usual}\)`$"):
        assert_never(LOOSER, law)


def _titled(title: str, text: str, name: str = "policy") -> Policy[Any]:
    return Policy.parse(f"POLICY {title}\n{text}" if title else text, name=name)


@pytest.mark.parametrize(
    ("policies", "names"),
    [
        (("", "policy", "", "policy"), ("the first policy", "the second policy")),
        (("", "a.policy", "", "b.policy"), ("`a.policy`", "`b.policy`")),
        (('"Old"', "policy", '"New"', "policy"), ("`Old`", "`New`")),
        (('"Old"', "a.policy", '"Old"', "b.policy"), ("the first policy", "the second policy")),
    ],
)
def test_two_policies_are_called_apart(
    policies: tuple[str, str, str, str], names: tuple[str, str]
) -> None:
    """By their titles, or the names of their texts; else by which of them comes first."""
    title, name, other_title, other_name = policies
    looser = _titled(title, LOOSER.source.text, name)
    stricter = _titled(other_title, STRICTER.source.text, other_name)

    with pytest.raises(LawBroken) as caught:
        assert_connects_no_more_than(looser, stricter, settings=ALIKE)

    assert str(caught.value) == (
        f"the policy breaks a law: whoever {names[0]} connects with, {names[1]} connects with\n\n"
        f"# comes out as DECLINE by `otherwise`, in {names[1]}\n"
        'EXAMPLE "a counterexample" EXPECT CONNECT BECAUSE OF "connect 1"\n'
        "    - followers: 5"
    )


NEVER = Policy.parse("CONNECT WHEN followers is 5 AND followers is 6\nOTHERWISE DECLINE")


def test_what_holds_of_nobody_is_refused() -> None:
    """A policy that connects with nobody is stricter than any, and more never helps."""
    with pytest.raises(ValueError, match="nobody") as caught:
        assert_connects_no_more_than(NEVER, LOOSER, settings=ALIKE)
    assert str(caught.value) == (
        "nobody was found whom the first policy connects with: can it connect with anybody? "
        "a longer search may tell, as with `settings=settings(max_examples=600)`"
    )
    with pytest.raises(ValueError, match="alike") as caught:
        assert_monotone(NEVER, "followers", settings=ALIKE)
    assert str(caught.value) == (
        "all who were found come out alike: can more of `followers` make a difference? "
        "a longer search may tell, as with `settings=settings(max_examples=600)`"
    )
