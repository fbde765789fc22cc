"""Conditions: the rule tree that each makes."""

import pytest

from connectrules.rules.tree import AtLeast, Condition, Not, Weighted
from tests.resolve.reading import condition, resolved

KEEN, WITTY, FOLLOWS = condition("keen"), condition("witty"), condition("follows me")


def counted(threshold: int, *items: Condition, exactly: bool = False) -> AtLeast:
    """A count of *items* that weigh 1 each."""
    return AtLeast(threshold, tuple(Weighted(1, each) for each in items), exactly)


CONDITIONS: dict[str, Condition] = {
    "keen AND witty AND follows me": counted(3, KEEN, WITTY, FOLLOWS),
    "keen OR witty": counted(1, KEEN, WITTY),
    "NOT (keen OR (witty))": Not(counted(1, KEEN, WITTY)),
    "ALL OF (keen; witty)": counted(2, KEEN, WITTY),
    "ANY OF (keen; witty)": counted(1, KEEN, WITTY),
    "NONE OF (keen; witty)": Not(counted(1, KEEN, WITTY)),
    "ANY OF (keen)": KEEN,
    "AT LEAST 2 OF (keen; witty; follows me)": counted(2, KEEN, WITTY, FOLLOWS),
    "AT MOST 1 OF (keen; witty)": Not(counted(2, KEEN, WITTY)),
    "EXACTLY 1 OF (keen; witty)": counted(1, KEEN, WITTY, exactly=True),
    "EXACTLY 0 OF (keen; witty)": counted(0, KEEN, WITTY, exactly=True),
    "AT LEAST 2.5 POINTS FROM (1.5 FOR keen; 1 FOR witty; 0.5 FOR follows me)": AtLeast(
        5, (Weighted(3, KEEN), Weighted(2, WITTY), Weighted(1, FOLLOWS))
    ),
    "AT LEAST 5 POINTS FROM (4 FOR keen; 2 FOR witty)": AtLeast(
        3, (Weighted(2, KEEN), Weighted(1, WITTY))
    ),
}


@pytest.mark.parametrize("text", CONDITIONS)
def test_condition(text: str) -> None:
    """Lists and operators are counts; points become whole numbers."""
    assert condition(text) == CONDITIONS[text]


def test_unless_is_and_not() -> None:
    """A rule applies unless its exception does."""
    (rule,) = resolved('CONNECT WHEN keen UNLESS witty BECAUSE "x"\nOTHERWISE REVIEW\n').rules

    assert rule.condition == counted(2, KEEN, Not(WITTY))
    assert (rule.name, rule.because) == ("connect 1", "x")


def test_rules_without_a_name_are_counted_by_kind() -> None:
    """Named ones count too."""
    found = resolved(
        'CONNECT WHEN keen\nDECLINE WHEN keen\nCONNECT "x" WHEN keen\nCONNECT WHEN witty\n'
        'OTHERWISE REVIEW BECAUSE "y"\n'
    )

    assert [rule.name for rule in found.rules] == ["connect 1", "decline 1", "x", "connect 3"]
    assert found.because == "y"


def test_what_a_file_says_of_itself() -> None:
    """Its title and what it is about."""
    found = resolved('LANGUAGE 1\nPOLICY "Title"\nABOUT "x"\nOTHERWISE DECLINE\n')

    assert (found.title, found.about) == ("Title", "x")


def test_examples() -> None:
    """The contact, the owner and the verdict that an EXAMPLE names."""
    (example,) = resolved(
        'CONNECT "x" WHEN values include at least 1 of my values AND followers is 5\n'
        "OTHERWISE DECLINE\n"
        'EXAMPLE "e" TODAY 2024-05-01 EXPECT CONNECT BECAUSE OF "X" ASKING keen; my values\n'
        '  - values: "craft", "speed"\n'
        '  - my values: "craft"\n'
        "  - keen: unsure\n"
        '  - knows "Ada": yes\n'
    ).examples

    assert (example.name, str(example.today), example.because_of) == ("e", "2024-05-01", ("x",))
    assert example.asking == ("keen", "my values")
    assert example.mine == {"values": ("craft", "speed")[:1]}
    assert [*example.facts] == ["values", "keen", 'knows "Ada"']
