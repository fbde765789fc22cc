"""The sides of the comparisons in what a test comes down to."""

import pytest

from connectrules import Policy
from connectrules.rules.meaning import Context, compared, form


@pytest.mark.parametrize(
    ("condition", "sides"),
    [
        ("followers is at least 5", ["followers 5"]),
        ("followers is more than 5", ["5 followers"]),
        ("followers is between 3 and 5", ["5 followers", "followers 3"]),
        ("followers is at least 2 times following", ["followers 2*following"]),
        ("has more than 3 values", ["3 #values"]),
        ('values include "craft"', []),
        ('bio mentions "craft"', []),
        ("is a bot", []),
    ],
)
def test_compared(condition: str, sides: list[str]) -> None:
    """Each comparison once, whatever it is denied or counted by."""
    (test,) = Policy.parse(condition)._binding.tests

    found = [f"{_said(left)} {_said(right)}" for left, right in compared(form(test, Context()))]

    assert sorted(found) == sides


@pytest.mark.parametrize(
    ("condition", "sides"),
    [
        ("followers is not 5", ["5", "followers"]),
        ("followers is posts", ["followers", "posts"]),
        ("followers is followers", ["followers", "followers"]),
    ],
)
def test_what_is_the_same(condition: str, sides: list[str]) -> None:
    """In no order; a fact that is compared with itself is both sides."""
    (test,) = Policy.parse(condition)._binding.tests

    (found,) = compared(form(test, Context()))

    assert sorted(map(_said, found)) == sides


def _said(side: tuple[object, ...]) -> str:
    match side:
        case ("fact", fact):
            return str(getattr(fact, "name", fact))
        case ("literal", value):
            return str(value)
        case ("scaled", factor, tuple(below)):
            return f"{factor:g}*{_said(below)}"
        case ("length", tuple(below)):
            return f"#{_said(below)}"
    raise AssertionError(side)
