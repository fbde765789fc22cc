"""Conditions come out for all cases at once as they do for each alone."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import Policy
from connectrules.rules import tree
from connectrules.testing.cases import Case, Trial, Tried
from connectrules.testing.goals import Aspect, Shown, goals_of
from connectrules.testing.seen import seen
from connectrules.testing.seen import tests_of as conditions_of
from connectrules.testing.values import Boundaries
from tests.property.model import Case as Drawn
from tests.property.running import parsed, tried
from tests.property.strategies import case

Truths = Mapping[int, bool | None]


def kleene(node: tree.Condition, truths: Truths) -> bool | None:
    """What *node* comes to, written down once more: every way to fill in what is unknown."""
    match node:
        case tree.Test():
            return truths[id(node)]
        case tree.Not(operand):
            below = kleene(operand, truths)
            return None if below is None else not below
        case tree.AtLeast(threshold, items, exactly):
            sums = {0}
            for item in items:
                truth = kleene(item.condition, truths)
                adds = {0, item.weight} if truth is None else {item.weight * truth}
                sums = {total + each for total in sums for each in adds}
            found = {each == threshold if exactly else each >= threshold for each in sums}
            return found.pop() if len(found) == 1 else None


def cases(policy: Policy[Any], seed: int, size: int) -> list[Tried]:
    """People of whom some facts are known, around the policy's boundaries."""
    draw = Random(seed)  # noqa: S311 - nothing secret
    trial = Trial(policy)
    first = trial.tried(Case("", {}))
    boundaries = Boundaries(first.program.analyser.tests, first.program.context)
    subjects = [slot.subject for slot in first.program.slots]
    return [
        trial.tried(
            Case(
                f"{number}",
                {
                    each: draw.choice(boundaries.values(each))
                    for each in subjects
                    if draw.random() < draw.choice((0.3, 1))
                },
            )
        )
        for number in range(size)
    ]


def drawn_policy(drawn: Drawn) -> Policy[Any] | None:
    """The policy, where it needs neither an owner nor a day."""
    policy = parsed(drawn)
    return None if policy.needs_me or policy.needs_today else policy


@pytest.mark.once
def test_each_case_is_as_it_is_alone() -> None:
    """The bit of a case says what its rules and conditions come to, and what turns them."""
    turned = 0

    @tried(80)
    @given(case(), st.integers(0, 2**32))
    def agree(drawn: Drawn, seed: int) -> None:
        nonlocal turned
        policy = drawn_policy(drawn)
        if policy is None:
            return
        found = cases(policy, seed, 7)
        table = seen(found)
        for place, each in enumerate(found):
            number, pattern = each.program.analyser.number, each.settled.pattern
            for rule in policy.rules:
                truths = {
                    id(test): pattern[number[id(test)]] for test in conditions_of(rule.condition)
                }
                rails = table.rails(rule.condition)
                truth = kleene(rule.condition, truths)
                assert bool(rails.true >> place & 1) is (truth is not False)
                assert bool(rails.false >> place & 1) is (truth is not True)
                for test in [*conditions_of(rule.condition)][:4]:
                    both = [
                        kleene(rule.condition, {**truths, id(test): value})
                        for value in (True, False)
                    ]
                    turns = None not in both and both[0] is not both[1]
                    assert bool(table.turning(rule.condition, test) >> place & 1) is turns
                    turned += turns

    agree()

    assert turned > 100


def shows(text: str, examples: str) -> dict[tuple[Aspect, str], tuple[tuple[str, ...], ...]]:
    """Which EXAMPLEs show what of a policy's conditions."""
    policy: Policy[Any] = Policy.parse(f"{text}\nOTHERWISE DECLINE\n{examples}")
    trial = Trial(policy)
    found = [trial.tried(trial.case(each)) for each in policy.examples]
    shown = Shown(found)
    return {
        (goal.aspect, goal.test.sentence if goal.test else goal.rule): tuple(
            tuple(each.case.name for place, each in enumerate(found) if bits >> place & 1)
            for bits in shown.cases(goal)
        )
        for goal in goals_of(policy)
    }


def test_what_shows_a_condition_deciding() -> None:
    """It takes a pair, in both of which the rule would be otherwise if that alone were turned."""
    found = shows(
        'CONNECT "x" WHEN would recommend AND met in person',
        """
        EXAMPLE "both" EXPECT CONNECT
            - would recommend: yes
            - met in person: yes
        EXAMPLE "not met" EXPECT DECLINE
            - would recommend: yes
            - met in person: no
        EXAMPLE "neither" EXPECT DECLINE
            - would recommend: no
            - met in person: no
        EXAMPLE "half known" EXPECT UNDECIDED
            - would recommend: yes
        """,
    )

    assert found[Aspect.ALONE, "met in person"] == (("both",), ("not met",))
    assert found[Aspect.ALONE, "would recommend"] == (("both",), ())
    assert found[Aspect.UNKNOWN, "met in person"] == (("half known",),)
    assert found[Aspect.HOLDS, "would recommend"] == (("both", "not met", "half known"),)
    assert found[Aspect.DECIDES, "x"] == (("both",),)
    assert found[Aspect.DECIDES, "otherwise"] == (("not met", "neither"),)


def test_what_is_unknown_besides() -> None:
    """It does not matter where the rule is known both ways without it."""
    found = shows(
        'CONNECT "x" WHEN would recommend AND (met in person OR has interacted)',
        """
        EXAMPLE "yes" EXPECT CONNECT
            - would recommend: yes
            - met in person: yes
        EXAMPLE "no" EXPECT DECLINE
            - would recommend: no
            - met in person: yes
        """,
    )

    assert found[Aspect.ALONE, "would recommend"] == (("yes",), ("no",))
    assert found[Aspect.ALONE, "met in person"] == ((), ())


def test_a_sentence_that_denies() -> None:
    """What counts is whether the sentence holds, not the fact in it."""
    found = shows(
        'CONNECT "x" WHEN is not a bot',
        """
        EXAMPLE "somebody" EXPECT CONNECT
            - is a bot: no
        EXAMPLE "a bot" EXPECT DECLINE
            - is a bot: yes
        """.replace("EXAMPLE", "FACT is a bot: yes/no\n        EXAMPLE", 1),
    )

    assert found[Aspect.HOLDS, "is not a bot"] == (("somebody",),)
    assert found[Aspect.FAILS, "is not a bot"] == (("a bot",),)
    assert found[Aspect.ALONE, "is not a bot"] == (("somebody",), ("a bot",))


def test_a_rule_of_which_it_is_not_known_whether_it_applies() -> None:
    """It does not decide, though one of two does that decide alike."""
    found = shows(
        'CONNECT "x" WHEN met in person\nCONNECT "y" WHEN NOT met in person',
        """
        EXAMPLE "nothing" EXPECT CONNECT BECAUSE OF "x", "y"
        EXAMPLE "met" EXPECT CONNECT
            - met in person: yes
        """,
    )

    assert found[Aspect.DECIDES, "x"] == (("met",),)
    assert found[Aspect.DECIDES, "y"] == ((),)
