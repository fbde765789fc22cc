"""What laws of policies are handed: mistakes are told at once, and policies called apart."""

from collections.abc import Callable
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
NO_DAY = "`today` must be a date, and is `5`"
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
