"""Small sets of EXAMPLEs for policies with too many people to look at all, and what is proved."""

from collections.abc import Sequence

import pytest

from connectrules import Contact, Policy
from connectrules.testing import parting
from connectrules.testing.cases import tried_examples
from connectrules.testing.coverage import Coverage, coverage_of
from connectrules.testing.goals import Aspect, Shown
from connectrules.testing.somebody import Looking

ASPECTS = (Aspect.DECIDES, Aspect.ALONE)
SIGNS = [f"sign {number}" for number in range(20)]
LIST = "; ".join(SIGNS)
TWO_LISTS = f"CONNECT WHEN AT LEAST 9 OF ({LIST})\nDECLINE WHEN AT LEAST 12 OF ({LIST})"


def parsed(rules: str, facts: Sequence[str]) -> Policy[Contact]:
    """The policy that *rules* are."""
    lines = [f"FACT {each}: yes/no" for each in facts]
    return Policy.parse("\n".join((*lines, rules, "OTHERWISE DECLINE")))


def proposed(rules: str, facts: Sequence[str] = SIGNS) -> Coverage:
    """What is proposed for *rules*."""
    return coverage_of(parsed(rules, facts), (), aspects=ASPECTS)


def numbers(found: Coverage) -> tuple[int, int]:
    """How many EXAMPLEs are proposed, and how many it takes at least."""
    return len(found.proposed), found.at_least


def test_half_of_a_list() -> None:
    """Two who have just ten signs show that each is needed, and two who have nine that it lacks."""
    assert numbers(proposed(f"CONNECT WHEN AT LEAST 10 OF ({LIST})")) == (4, 4)


def test_two_lists_of_the_same_items() -> None:
    """Nobody has eight signs and nine, or eleven, or twelve: three, two, three and two people."""
    assert numbers(proposed(TWO_LISTS)) == (10, 10)


@pytest.mark.once
def test_points() -> None:
    """Of lists with weights that share their items there are few, found in a moment."""
    facts = [f"sign {number}" for number in range(40)]
    rules = [
        f"{decision} WHEN AT LEAST 20 POINTS FROM ("
        + "; ".join(f"{1 + place * step % 5} FOR {facts[place]}" for place in range(first, 40, by))
        + ")"
        for decision, step, first, by in (("CONNECT", 3, 0, 1), ("DECLINE", 7, 3, 2))
    ]

    found = proposed("\n".join(rules), facts)

    assert all(each.proposals for each in found.missing)
    assert len(found.proposed) <= 16


@pytest.mark.once
def test_many_rules() -> None:
    """One for each decision, one for none and one more show forty rules of two conditions each."""
    facts = [f"sign {number}" for number in range(80)]
    rules = [
        f"{('CONNECT', 'REVIEW', 'DECLINE')[place % 3]} WHEN {facts[place]} "
        f"{('AND', 'OR')[place % 2]} {facts[place + 40]}"
        for place in range(40)
    ]

    assert numbers(proposed("\n".join(rules), facts)) == (5, 5)


def test_words_of_one_text() -> None:
    """They are found in all combinations."""
    rules = [
        f'{decision} WHEN headline mentions "{one}" AND headline mentions "{other}"'
        for decision, one, other in (
            ("DECLINE", "alpha", "beta"),
            ("DECLINE", "gamma", "delta"),
            ("DECLINE", "epsilon", "zeta"),
            ("DECLINE", "eta", "theta"),
            ("DECLINE", "iota", "kappa"),
        )
    ]

    assert numbers(proposed("\n".join(rules), ())) == (3, 3)


# What is said to be needed


@pytest.mark.parametrize("limit", ["_MOST_STEPS", "_MOST_ASKED"])
def test_what_is_not_found_out_is_no_proof(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the search is broken off, no more are said to be needed than are."""
    monkeypatch.setattr(parting, limit, 1)
    facts = [*SIGNS, "is kind", "is near"]
    rules = f"CONNECT WHEN AT LEAST 10 OF ({LIST}) UNLESS is kind\nREVIEW WHEN is kind OR is near"

    found = proposed(rules, facts)

    assert found.at_least <= 5
    assert len(found.proposed) <= 6


def test_a_definition_that_is_used_twice() -> None:
    """It decides in either place, so that it takes nobody besides those whom others take."""
    joined = " AND ".join(each for each in SIGNS if each != "sign 0")
    rules = f"""
    DEFINE it fits AS is kind
    CONNECT WHEN (it fits AND sign 0) OR (it fits AND NOT sign 0)
    DECLINE WHEN NOT sign 0 AND {joined}
    """
    policy = parsed(rules, [*SIGNS, "is kind"])
    found = coverage_of(policy, (), aspects=ASPECTS)
    sides = [
        (each.goal, side)
        for each in found.findings
        if not each.impossible
        for side in range(each.goal.sides)
    ]

    _, number = parting.Parting(Looking(policy), Shown([]), sides).found(policy.rules)

    assert numbers(found) == (21, 21)
    assert number <= 21


def test_another_owner() -> None:
    """For one who has no followers one person shows what takes two for others."""
    rules = """
    CONNECT WHEN followers are more than my followers AND would recommend
    CONNECT WHEN followers are less than 100 AND met in person
    """

    found = proposed(rules, ())

    assert numbers(found) == (3, 3)
    assert len({tuple(each.mine.values()) for each in found.proposed}) > 1


# What is claimed


def test_smallest_is_only_what_was_looked_for() -> None:
    """It is not said of nothing, unless nothing is missing."""
    text = "CONNECT WHEN would recommend\nOTHERWISE DECLINE"
    policy = Policy.parse(text)
    found = coverage_of(policy, (), aspects=ASPECTS)
    whole = Policy.parse("\n\n".join((text, *(each.text for each in found.proposed))))
    after = coverage_of(whole, tried_examples(whole), aspects=ASPECTS, propose=False)

    assert found.is_smallest
    assert not coverage_of(policy, (), aspects=ASPECTS, propose=False).is_smallest
    assert after.missing == ()
    assert after.is_smallest


def test_smallest_beside_what_nobody_can_show() -> None:
    """What nobody can show is not missing."""
    found = proposed("CONNECT WHEN would recommend OR (would recommend AND met in person)", ())

    assert any(each.impossible for each in found.findings)
    assert found.is_smallest


def test_conditions_that_turn_together() -> None:
    """It is not said what would be if one turned alone, which cannot be."""
    found = proposed(
        """
        CONNECT "quiet" WHEN followers is at least 5
        AND following is at least 20% of followers AND would recommend
        """,
        (),
    )

    said = {sentence for each in found.proposed for sentence in each.shows}
    assert 'Here `followers is at least 5` decides by itself whether "quiet" applies.' in said
    assert 'Were `would recommend` so, "quiet" would apply.' in said
    assert not any("Were `follow" in sentence for sentence in said)
