"""Mutants: each small change that is made of a policy, and how it is shown."""

import pytest

from connectrules.testing.mutants import Kind
from tests.testing.mutants import FACTS, mutants


def of_condition(condition: str) -> list[tuple[Kind, str]]:
    """The changes of a condition, each with the condition then."""
    found = mutants(f"CONNECT WHEN {condition}\nOTHERWISE DECLINE\n")
    changes: list[tuple[Kind, str]] = []
    for each in found.mutants:
        if each.kind in {Kind.RULE_DROPPED, Kind.DECISION, Kind.DEFAULT}:
            continue
        line = each.text.removeprefix(FACTS + "CONNECT WHEN ").removesuffix("OTHERWISE DECLINE\n")
        changes.append((each.kind, line.removesuffix("\n")))
    return changes


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("is a recruiter", []),
        ("is not a recruiter", [(Kind.NOT_DROPPED, "is a recruiter")]),
        ("NOT is a recruiter", [(Kind.NOT_DROPPED, "is a recruiter")]),
        (
            "followers is at least 500",
            [
                (Kind.OPPOSITE, "followers is less than 500"),
                (Kind.BOUNDARY, "followers is more than 500"),
                (Kind.THRESHOLD, "followers is at least 499"),
                (Kind.THRESHOLD, "followers is at least 501"),
            ],
        ),
        (
            "followers <= 5,000",
            [
                (Kind.OPPOSITE, "followers > 5,000"),
                (Kind.BOUNDARY, "followers < 5,000"),
                (Kind.THRESHOLD, "followers <= 4,999"),
                (Kind.THRESHOLD, "followers <= 5,001"),
            ],
        ),
        (
            "has at least 1 follower",
            [
                (Kind.OPPOSITE, "has fewer than 1 follower"),
                (Kind.BOUNDARY, "has more than 1 follower"),
                (Kind.THRESHOLD, "has at least 0 followers"),
                (Kind.THRESHOLD, "has at least 2 followers"),
            ],
        ),
        (
            "response rate is more than 2.50",
            [
                (Kind.OPPOSITE, "response rate is at most 2.50"),
                (Kind.BOUNDARY, "response rate is at least 2.50"),
                (Kind.THRESHOLD, "response rate is more than 2.49"),
                (Kind.THRESHOLD, "response rate is more than 2.51"),
            ],
        ),
        (
            "followers is between 0 and 10",
            [
                (Kind.THRESHOLD, "followers is between 1 and 10"),
                (Kind.THRESHOLD, "followers is between 0 and 9"),
                (Kind.THRESHOLD, "followers is between 0 and 11"),
            ],
        ),
        (
            "following is under 20% of followers",
            [
                (Kind.OPPOSITE, "following is at least 20% of followers"),
                (Kind.BOUNDARY, "following is at most 20% of followers"),
                (Kind.THRESHOLD, "following is under 19% of followers"),
                (Kind.THRESHOLD, "following is under 21% of followers"),
            ],
        ),
        (
            "following is at least 2 times followers",
            [
                (Kind.OPPOSITE, "following is less than 2 times followers"),
                (Kind.BOUNDARY, "following is more than 2 times followers"),
                (Kind.THRESHOLD, "following is at least 1 times followers"),
                (Kind.THRESHOLD, "following is at least 3 times followers"),
            ],
        ),
        (
            'country is not "UK"',
            [(Kind.NOT_DROPPED, 'country is "UK"')],
        ),
        (
            'country is one of "UK", "Ireland" or "Malta"',
            [
                (Kind.OPPOSITE, 'country is not one of "UK", "Ireland" or "Malta"'),
                (Kind.TEXT_DROPPED, 'country is one of "Ireland" or "Malta"'),
                (Kind.TEXT_DROPPED, 'country is one of "UK" or "Malta"'),
                (Kind.TEXT_DROPPED, 'country is one of "UK" or "Ireland"'),
            ],
        ),
        (
            'country mentions any of "UK", "Ireland"',
            [
                (Kind.OPPOSITE, 'country mentions none of "UK", "Ireland"'),
                (Kind.JOINED_OTHERWISE, 'country mentions all of "UK", "Ireland"'),
                (Kind.TEXT_DROPPED, 'country mentions any of "Ireland"'),
                (Kind.TEXT_DROPPED, 'country mentions any of "UK"'),
            ],
        ),
        (
            'country mentions all of "UK" and "Ireland"',
            [
                (Kind.JOINED_OTHERWISE, 'country mentions any of "UK" or "Ireland"'),
                (Kind.TEXT_DROPPED, 'country mentions all of "Ireland"'),
                (Kind.TEXT_DROPPED, 'country mentions all of "UK"'),
            ],
        ),
        (
            'values include any of "a", "b" or "c"',
            [
                (Kind.OPPOSITE, 'values include none of "a", "b" or "c"'),
                (Kind.JOINED_OTHERWISE, 'values include all of "a", "b" and "c"'),
                (Kind.TEXT_DROPPED, 'values include any of "b" or "c"'),
                (Kind.TEXT_DROPPED, 'values include any of "a" or "c"'),
                (Kind.TEXT_DROPPED, 'values include any of "a" or "b"'),
            ],
        ),
        ("has no followers", [(Kind.OPPOSITE, "has at least 1 followers")]),
        ("has no values", [(Kind.OPPOSITE, "has at least 1 values")]),
        ("met on is after my met on", [(Kind.OPPOSITE, "met on is before my met on")]),
        ("met on is before seen on", [(Kind.OPPOSITE, "met on is after seen on")]),
        (
            'values include at least 2 of "a", "b", my country',
            [
                (Kind.NUMBER_OF_ITEMS, 'values include at least 1 of "a", "b", my country'),
                (Kind.NUMBER_OF_ITEMS, 'values include at least 3 of "a", "b", my country'),
                (Kind.TEXT_DROPPED, 'values include at least 2 of "b", my country'),
                (Kind.TEXT_DROPPED, 'values include at least 2 of "a", my country'),
                (Kind.TEXT_DROPPED, 'values include at least 2 of "a", "b"'),
            ],
        ),
        (
            "met on is after 2024-03-01",
            [
                (Kind.THRESHOLD, "met on is after 2024-02-29"),
                (Kind.THRESHOLD, "met on is after 2024-03-02"),
            ],
        ),
        ("met on is before 0001-01-01", [(Kind.THRESHOLD, "met on is before 0001-01-02")]),
        (
            "met on is within the last 2 months",
            [
                (Kind.THRESHOLD, "met on is within the last 1 month"),
                (Kind.THRESHOLD, "met on is within the last 3 months"),
            ],
        ),
        (
            "met on is within the last year",
            [
                (Kind.THRESHOLD, "met on is within the last 0 years"),
                (Kind.THRESHOLD, "met on is within the last 2 years"),
            ],
        ),
    ],
)
def test_sentences(condition: str, changes: list[tuple[Kind, str]]) -> None:
    """Each sentence is changed in the ways that its words allow, and in no other."""
    assert sorted(of_condition(condition), key=str) == sorted(changes, key=str)


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        (
            "is a recruiter AND follows me AND is a bot",
            [
                (Kind.JOINED_OTHERWISE, "is a recruiter OR follows me OR is a bot"),
                (Kind.CONDITION_DROPPED, "follows me AND is a bot"),
                (Kind.CONDITION_DROPPED, "is a recruiter AND is a bot"),
                (Kind.CONDITION_DROPPED, "is a recruiter AND follows me"),
            ],
        ),
        (
            "is a recruiter OR (follows me AND is a bot)",
            [
                (Kind.JOINED_OTHERWISE, "is a recruiter AND (follows me AND is a bot)"),
                (Kind.CONDITION_DROPPED, "(follows me AND is a bot)"),
                (Kind.CONDITION_DROPPED, "is a recruiter"),
                (Kind.JOINED_OTHERWISE, "is a recruiter OR (follows me OR is a bot)"),
                (Kind.CONDITION_DROPPED, "is a recruiter OR (is a bot)"),
                (Kind.CONDITION_DROPPED, "is a recruiter OR (follows me)"),
            ],
        ),
        (
            "ALL OF (is a bot; follows me)",
            [
                (Kind.JOINED_OTHERWISE, "ANY OF (is a bot; follows me)"),
                (Kind.CONDITION_DROPPED, "ALL OF (follows me)"),
                (Kind.CONDITION_DROPPED, "ALL OF (is a bot)"),
            ],
        ),
        (
            "NONE OF\n  - is a bot  # no\n  - follows me",
            [
                (Kind.NOT_DROPPED, "ANY OF\n  - is a bot  # no\n  - follows me"),
                (Kind.CONDITION_DROPPED, "NONE OF\n  - follows me"),
                (Kind.CONDITION_DROPPED, "NONE OF\n  - is a bot"),
            ],
        ),
        (
            "AT LEAST 2 OF (is a bot; follows me)",
            [(Kind.NUMBER_OF_ITEMS, "AT LEAST 1 OF (is a bot; follows me)")],
        ),
        (
            "AT MOST 1 OF (is a bot; follows me)",
            [(Kind.NUMBER_OF_ITEMS, "AT MOST 0 OF (is a bot; follows me)")],
        ),
        (
            "EXACTLY 1 OF (is a bot; follows me)",
            [
                (Kind.NUMBER_OF_ITEMS, "EXACTLY 0 OF (is a bot; follows me)"),
                (Kind.NUMBER_OF_ITEMS, "EXACTLY 2 OF (is a bot; follows me)"),
                (Kind.CONDITION_DROPPED, "EXACTLY 1 OF (follows me)"),
                (Kind.CONDITION_DROPPED, "EXACTLY 1 OF (is a bot)"),
            ],
        ),
        (
            "AT LEAST 2 POINTS FROM (1 FOR is a bot; 2 FOR follows me)",
            [
                (
                    Kind.NUMBER_OF_ITEMS,
                    "AT LEAST 1 POINTS FROM (1 FOR is a bot; 2 FOR follows me)",
                ),
                (
                    Kind.NUMBER_OF_ITEMS,
                    "AT LEAST 3 POINTS FROM (1 FOR is a bot; 2 FOR follows me)",
                ),
                (Kind.POINTS, "AT LEAST 2 POINTS FROM (2 FOR is a bot; 2 FOR follows me)"),
                (Kind.POINTS, "AT LEAST 2 POINTS FROM (1 FOR is a bot; 1 FOR follows me)"),
                (Kind.POINTS, "AT LEAST 2 POINTS FROM (1 FOR is a bot; 3 FOR follows me)"),
                (Kind.CONDITION_DROPPED, "AT LEAST 2 POINTS FROM (2 FOR follows me)"),
            ],
        ),
    ],
)
def test_joints(condition: str, changes: list[tuple[Kind, str]]) -> None:
    """AND, OR, NOT and lists are changed; what would be a mistake is not made."""
    assert sorted(of_condition(condition), key=str) == sorted(changes, key=str)
