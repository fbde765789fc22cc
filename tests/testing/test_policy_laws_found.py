"""People whom a law does not hold of are found where few are just so."""

import pytest
from hypothesis import settings

from connectrules import Contact, Policy
from connectrules.testing import LawBroken, assert_never


def found(policy: Policy[Contact], law: str) -> list[str]:
    """What is told of somebody of whom *law* does not hold, line by line."""
    with pytest.raises(LawBroken) as caught:
        assert_never(policy, law, settings=settings(max_examples=60, derandomize=True))
    return str(caught.value).splitlines()


@pytest.mark.once
@pytest.mark.parametrize(
    ("rule", "law", "shown"),
    [
        (
            "followers is less than my followers AND followers is at least 20,000",
            "followers is 20,001",
            ["followers: 20,001", "my followers: 20,002"],
        ),
        (
            "country is my country",
            'country is "Atlantis"',
            ['country: "Atlantis"', 'my country: "Atlantis"'],
        ),
        (
            "values include at least 4 of my values",
            "values include at least 4 of my values",
            [
                'values: "craft", "honesty", "kindness", "other"',
                'my values: "craft", "honesty", "kindness", "other"',
            ],
        ),
        (
            "connected on is before my connected on AND connected on is after 2031-05-05",
            "connected on is on 2031-05-06",
            ["connected on: 2031-05-06", "my connected on: 2031-05-07"],
        ),
    ],
)
def test_the_owners_values_lie_around_what_they_are_compared_with(
    rule: str, law: str, shown: list[str]
) -> None:
    """Whom the policy connects with is found, and the law that there is nobody is broken."""
    policy = Policy.parse(f"CONNECT WHEN {rule}\nOTHERWISE DECLINE")

    lines = found(policy, f"CONNECT WHEN {law}")

    assert lines[-2:] == [f"    - {each}" for each in shown]


def test_facts_that_hang_together_are_found_together() -> None:
    """Each has to be just above a multiple of the next."""
    policy = Policy.parse(
        "CONNECT WHEN followers is more than 2 times following AND following is more than 2 times "
        "posts AND posts is more than mutual connections AND mutual connections is at least 5\n"
        "OTHERWISE DECLINE"
    )

    lines = found(policy, "CONNECT WHEN mutual connections is 5")

    assert lines[-4:] == [
        "    - followers: 27",
        "    - following: 13",
        "    - posts: 6",
        "    - mutual connections: 5",
    ]
