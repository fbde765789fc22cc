"""Somebody is found for whom conditions come out as wanted, wherever there is anybody."""

from collections import Counter
from collections.abc import Iterator
from itertools import product
from math import prod

import pytest
from hypothesis import given

from connectrules import Policy
from connectrules.rules.tree import Condition
from connectrules.testing.cases import Case, Trial
from connectrules.testing.domains import domains
from connectrules.testing.possible import possible
from connectrules.testing.search import Failure, Finder
from connectrules.testing.seen import tests_of as conditions_of
from connectrules.testing.ways import Need, ways_down
from tests.property.model import Case as Drawn
from tests.property.running import tried
from tests.property.strategies import case
from tests.testing.test_seen import drawn_policy, kleene

_MOST = 3_000


def wanted(policy: Policy[object]) -> Iterator[list[Need]]:
    """Rules and conditions that are to hold, or not."""
    conditions: list[Condition] = [rule.condition for rule in policy.rules]
    for rule in conditions:
        yield [Need(each, holds=each is rule) for each in conditions]
        yield [Need(each, holds=each is not rule) for each in conditions]
        for test in conditions_of(rule):
            yield [Need(test, holds=True), Need(rule, holds=False)]


@pytest.mark.once
def test_random_policies() -> None:
    """Whoever is found meets what is wanted, and where nobody is, nobody does."""
    outcomes: Counter[object] = Counter()

    @tried(60)
    @given(case())
    def agree(drawn: Drawn) -> None:
        policy = drawn_policy(drawn)
        if policy is None:
            return
        program = Trial(policy).tried(Case("", {})).program
        these = domains(program.analyser)
        if prod(len(each.ways) for each in these.domains) > _MOST:
            return
        finder, doubter = Finder(these), Finder(possible(policy.rules, program.analyser.default))
        people = [
            dict(
                pair
                for domain, way in zip(these.domains, ways, strict=True)
                for pair in zip(domain.subjects, way, strict=True)
            )
            for ways in product(*(each.ways for each in these.domains))
        ]
        patterns = [Trial(policy).tried(Case("", each)).settled.pattern for each in people[:_MOST]]
        number = program.analyser.number

        def is_met(needs: list[Need], pattern: tuple[bool | None, ...]) -> bool:
            truths = {test: pattern[place] for test, place in number.items()}
            return all(kleene(each.condition, truths) is each.holds for each in needs)

        for needs in wanted(policy):
            found = finder.find(needs)
            there_is = any(is_met(needs, pattern) for pattern in patterns)
            if isinstance(found, Failure):
                assert not there_is
            else:
                tried_ = Trial(policy).tried(Case("", found))
                assert is_met(needs, tried_.settled.pattern)
            if doubter.find(needs) is Failure.NOBODY:
                assert not there_is
            outcomes[found if isinstance(found, Failure) else "found"] += 1

    agree()

    assert outcomes["found"] > 100
    assert outcomes[Failure.NOBODY] > 20


def needed(text: str) -> tuple[Finder, list[Need]]:
    """That the first rule of a policy holds, and the others do not, and what finds out."""
    policy = Policy.parse(text)
    program = Trial(policy).tried(Case("", {})).program
    first, *others = (rule.condition for rule in policy.rules)
    finder = Finder(possible(policy.rules, program.analyser.default))
    return finder, [Need(first, holds=True), *(Need(each, holds=False) for each in others)]


def test_lists_too_long_to_look_through() -> None:
    """Where there are too many ways to meet a list, it is said that nobody was found."""
    even = "; ".join(f'{number} FOR values include "{number}"' for number in range(2, 42, 2))
    finder, needs = needed(
        f"CONNECT WHEN AT LEAST 101 POINTS FROM ({even})\n"
        f"DECLINE WHEN AT LEAST 102 POINTS FROM ({even}; 1 FOR would recommend)\n"
        "OTHERWISE DECLINE"
    )

    assert finder.find(needs, 1_000) is Failure.NOT_FOUND
    assert finder.steps == 1_001


def test_two_lists_of_the_same_items() -> None:
    """What they may weigh is seen together: nobody has just twenty and fewer than twenty."""
    items = "; ".join(f'values include "{number}"' for number in range(40))
    finder, needs = needed(
        f"CONNECT WHEN EXACTLY 20 OF ({items})\n"
        f"DECLINE WHEN AT LEAST 20 OF ({items})\nOTHERWISE DECLINE"
    )

    assert finder.find(needs) is Failure.NOBODY
    assert finder.steps < 5


@pytest.mark.parametrize("times", [1, 2])
def test_the_ways_down(times: int) -> None:
    """A condition that stands in a rule twice can be come to in two ways."""
    policy = Policy.parse(
        "DEFINE a friend AS would recommend\n"
        f"CONNECT WHEN met in person AND {' AND '.join(['a friend'] * times)}\nOTHERWISE DECLINE"
    )
    rule = policy.rules[0].condition
    test = next(each for each in conditions_of(rule) if each.sentence == "would recommend")

    assert [len(way) for way in ways_down(rule, test)] == [1] * times


def test_how_a_list_is_met_is_chosen_once() -> None:
    """Though it is never certain that a list has exactly so many."""
    policy = Policy.parse(
        """
        DECLINE WHEN EXACTLY 1 OF (is a bot; met in person; follows me)
            AND NOT (is a bot AND met in person)
        OTHERWISE REVIEW
        """
    )
    (rule,) = policy.rules
    finder = Finder(domains(Trial(policy).tried(Case("", {})).program.analyser))

    found = finder.find([Need(rule.condition, holds=False)])

    assert not isinstance(found, Failure)
    assert finder.steps < 10
