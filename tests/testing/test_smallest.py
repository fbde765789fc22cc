"""The fewest EXAMPLEs that show all there is to be shown, as found by trying out all others."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from connectrules import Policy
from connectrules.testing.cases import Case, Trial, Tried, tried_examples
from connectrules.testing.coverage import Coverage, coverage_of
from connectrules.testing.everybody import Everybody
from connectrules.testing.goals import Aspect, Goal, Shown, goals_of
from connectrules.testing.parting import Parting
from connectrules.testing.smallest import at_least, fewest, narrowed
from connectrules.testing.somebody import Looking, Somebody
from connectrules.testing.values import Boundaries
from tests.property.printing import policy_text
from tests.property.running import tried
from tests.property.strategies import case
from tests.property.test_examples import SILENT
from tests.property.universe import FIELDS

ASPECTS = (Aspect.DECIDES, Aspect.ALONE)
FOLDER = Path(__file__).parents[2] / "examples"
SMALLEST = {
    "follow-back": 3,
    "journalist": 4,
    "large-network": 3,
    "mastodon-admin": 6,
    "no-consensual-spam": 5,
    "phd-student": 5,
    "picky": 7,
    "quality-circle": 7,
    "recruiter": 5,
    "salesperson": 4,
    "three-rules": 4,
}
_MOST_PEOPLE = 400
_MOST_STAGES = 3_000


def common(sets: Sequence[int], number: int) -> bool:
    """Whether so many members can be taken that each of *sets* has one of them."""
    members = range(max(map(int.bit_length, sets)))
    return any(
        all(any(each >> place & 1 for place in chosen) for each in sets)
        for chosen in combinations(members, number)
    )


def do(sets: Sequence[int], groups: Sequence[int]) -> bool:
    """Whether anyone of each group will do: each set has all of a group."""
    return all(groups) and all(any(not group & ~each for group in groups) for each in sets)


_MEMBERS = 9


def _sets() -> st.SearchStrategy[list[int]]:
    """Sets of two or three members: the hardest ones."""
    members = st.sets(st.integers(0, _MEMBERS - 1), min_size=2, max_size=3)
    one = members.map(lambda each: sum(1 << place for place in each))
    return st.lists(one, min_size=1, max_size=14)


_SETS = _sets()


@pytest.mark.once
@tried(300)
@given(_SETS)
def test_no_fewer_do(sets: Sequence[int]) -> None:
    """The groups do, and one less would not, whatever is taken."""
    groups = fewest(sets)

    assert do(sets, groups)
    assert not common(sets, len(groups) - 1)
    assert at_least(sets) == len(groups)
    assert fewest(sets, len(groups)) == groups


@tried(200)
@given(_SETS, st.integers(0, 200))
def test_where_not_all_is_compared(sets: Sequence[int], most: int) -> None:
    """The groups do all the same, and no more are said to be needed than are."""
    assert do(sets, fewest(sets, most=most))
    assert at_least(sets, most) <= at_least(sets)


@pytest.mark.once
@tried(200)
@given(_SETS, st.data())
def test_better_members(sets: Sequence[int], data: st.DataObject) -> None:
    """They are taken where that needs no more groups, and as many as asked for if all can be."""
    better = [each & data.draw(st.integers(0, 2**_MEMBERS - 1)) for each in sets]
    before = fewest(sets)

    groups = narrowed(sets, better, before)

    assert len(groups) <= len(before)
    assert do(sets, groups)
    wanted = [some or each for some, each in zip(better, sets, strict=True)]
    if len(fewest(wanted)) == len(before):
        assert do(wanted, groups)


def test_the_first_try_is_not_the_best() -> None:
    """What is taken set by set, or by what is in most of them, is one more here than it takes."""
    names = [{2, 5}, {3, 4}, {4, 6}, {4, 7}, {6, 7}, {2, 6}, {1, 3, 7}]
    sets = [sum(1 << each for each in members) for members in names]

    assert len(fewest(sets)) == 3
    assert len(fewest(sets, most=0)) == 4


def test_nothing_is_wanted() -> None:
    """It takes nobody."""
    assert fewest([]) == ()
    assert narrowed([], [], ()) == ()
    assert at_least([]) == 0


# People


def sides(policy: Policy[Any]) -> list[tuple[Goal, int]]:
    """What is to be shown."""
    goals = [goal for goal in goals_of(policy) if goal.aspect in ASPECTS]
    return [(goal, side) for goal in goals for side in range(goal.sides)]


def smallest_of(policy: Policy[Any], people: Sequence[Tried], there: Sequence[Tried]) -> int | None:
    """How many of *people* it takes, beside those who are there, to show what all of them do."""
    shown, before = Shown(people), Shown(there)
    kinds: dict[int, None] = {}
    wanted = [
        (goal, side)
        for goal, side in sides(policy)
        if all(shown.cases(goal)) and not before.cases(goal)[side]
    ]
    for place in range(len(people)):
        kinds[
            sum(
                (shown.cases(goal)[side] >> place & 1) << number
                for number, (goal, side) in enumerate(wanted)
            )
        ] = None
    stages, number = {0}, 0
    while (1 << len(wanted)) - 1 not in stages:
        number += 1
        further = {stage | kind for stage in stages for kind in kinds}
        stages = {
            each
            for each in further
            if not any(each != other and each & other == each for other in further)
        }
        if len(stages) > _MOST_STAGES:
            return None
    return number


def everybody(policy: Policy[Any]) -> list[Tried]:
    """Everybody at the boundaries of *policy*, of whom all or some is known, if they are few."""
    trial = Trial(policy)
    program = trial.tried(Case("", {})).program
    boundaries = Boundaries(program.analyser.tests, program.context)
    subjects = [slot.subject for slot in program.slots]
    pools = [(None, *boundaries.values(each)) for each in subjects]
    if prod(map(len, pools)) > _MOST_PEOPLE:
        return []
    return [
        trial.tried(Case("", {k: v for k, v in zip(subjects, way, strict=True) if v is not None}))
        for way in product(*pools)
    ]


_TERMS = (
    "would recommend",
    "is a bot",
    "met in person",
    "followers is at least 10",
    "followers is less than 20",
    'values include "craft"',
)
_JOINED = (
    "{} AND {} AND {}",
    "{} OR {} OR {}",
    "{} AND ({} OR {})",
    "{} OR ({} AND {})",
    "AT LEAST 2 OF ({}; {}; {})",
    "{} AND {} UNLESS {}",
)


def _conditions() -> st.SearchStrategy[str]:
    """Conditions of three sentences."""
    terms = st.builds("{}{}".format, st.sampled_from(("", "NOT ")), st.sampled_from(_TERMS))
    three = st.lists(terms, min_size=3, max_size=3)
    return st.builds(lambda form, terms: form.format(*terms), st.sampled_from(_JOINED), three)


def _policies() -> st.SearchStrategy[str]:
    """Policies of two or three rules."""
    rules = st.tuples(st.sampled_from(("CONNECT", "DECLINE", "REVIEW")), _conditions())
    lines = st.lists(rules.map(" WHEN ".join), min_size=2, max_size=3)
    return lines.map(lambda each: "\n".join((*each, "OTHERWISE DECLINE")))


_DRAWN = st.one_of(case().map(lambda drawn: policy_text(drawn.rules, FIELDS)), _policies())


@pytest.mark.once
def test_no_fewer_people_do() -> None:
    """Neither of whom all is known nor of whom some is, beside EXAMPLEs that are there."""
    seen: Counter[str] = Counter()

    @tried(60)
    @given(_DRAWN, st.data())
    def agree(text: str, data: st.DataObject) -> None:
        policy = Policy.parse(text, vocabulary=SILENT)
        people = [] if policy.needs_me or policy.needs_today else everybody(policy)
        if not people:
            return
        there = data.draw(st.lists(st.sampled_from(people), max_size=2))
        number = smallest_of(policy, people, there)
        if number is None:
            return
        found = coverage_of(policy, there, aspects=ASPECTS)
        note(f"{text}: {number}, and {[each.text for each in found.proposed]}")
        assert found.at_least <= number <= len(found.proposed)
        if found.is_smallest:
            assert len(found.proposed) == number
        seen["proved" if found.is_smallest else "open"] += 1
        seen["several"] += number > 2

    agree()

    assert seen["proved"] > 20 * seen["open"]
    assert seen["several"] > 10


@pytest.mark.once
def test_everybody_is_as_each_is_alone() -> None:
    """Who shows what is the same for all at once as for each of them."""
    shown = 0

    @tried(40)
    @given(_DRAWN, st.data())
    def agree(text: str, data: st.DataObject) -> None:
        nonlocal shown
        policy = Policy.parse(text, vocabulary=SILENT)
        looking = Looking(policy)
        standing = data.draw(st.sampled_from(looking.standings))
        all_of_them = Everybody(looking.domains(standing), looking.conditions)
        if not all_of_them.are_few:
            return
        bit = data.draw(st.integers(0, all_of_them.size - 1))
        alone = Shown([looking.tried(Somebody(all_of_them.person(bit), standing))])
        for goal in goals_of(policy):
            at_once = all_of_them.showing(goal, policy.rules)
            assert tuple(each >> bit & 1 for each in at_once) == alone.cases(goal)
            shown += any(alone.cases(goal))

    agree()

    assert shown > 100


def _found_apart(policy: Policy[Any]) -> None:
    """Where two things are said to be apart, nobody shows both."""
    looking = Looking(policy)
    all_of_them = Everybody(looking.doubter.domains, looking.conditions)
    if not all_of_them.are_few:
        return
    can_be = [
        (goal, side)
        for goal, side in sides(policy)
        if all_of_them.showing(goal, policy.rules)[side]
    ]
    apart, number = Parting(looking, Shown([]), can_be).found(policy.rules)
    shown = [all_of_them.showing(goal, policy.rules)[side] for goal, side in apart]
    for one, other in combinations(shown, 2):
        assert not one & other
    every = [all_of_them.showing(goal, policy.rules)[side] for goal, side in can_be]
    decisions = {rule.name: rule.decision for rule in policy.rules}
    decided = {decisions.get(goal.rule) for goal, _ in can_be if goal.aspect is Aspect.DECIDES}
    assert max(len(decided), len(apart)) <= number <= len(fewest(every))


@pytest.mark.once
@tried(40)
@given(_policies())
def test_what_nobody_shows_at_once(text: str) -> None:
    """Of a policy that is too large it is found out pair by pair, as for all at once."""
    _found_apart(Policy.parse(text, vocabulary=SILENT))


def test_too_large_to_look_at_everybody() -> None:
    """What is found for one rule is shown by those found for another, and fewer cannot do."""
    rules = {"CONNECT": "abcdefghijk", "DECLINE": "lmnopqrstuv"}
    facts = [f"FACT sign {each}: yes/no" for letters in rules.values() for each in letters]
    lines = [
        f"{decision} WHEN {' AND '.join(f'sign {each}' for each in letters)}"
        for decision, letters in rules.items()
    ]
    policy = Policy.parse("\n".join((*facts, *lines, "OTHERWISE REVIEW")))

    found = coverage_of(policy, (), aspects=ASPECTS)

    looking = Looking(policy)
    assert not Everybody(looking.doubter.domains, looking.conditions).are_few
    assert (len(found.proposed), found.at_least) == (12, 12)


def examples_of(path: Path, *, afresh: bool) -> Coverage:
    """What `connectrules examples` proposes."""
    policy = Policy.load(path)
    return coverage_of(policy, () if afresh else tried_examples(policy), aspects=ASPECTS)


@pytest.mark.once
@pytest.mark.parametrize("name", SMALLEST)
def test_policies_that_ship(name: str) -> None:
    """The smallest set of each is found, and proved to be."""
    found = examples_of(FOLDER / f"{name}.policy", afresh=True)

    assert found.is_smallest
    assert len(found.proposed) == SMALLEST[name]
    assert all(each.verdict.decision.value != "undecided" for each in found.proposed)


def test_all_policies_that_ship_are_there() -> None:
    """None is forgotten."""
    assert {each.stem for each in FOLDER.glob("*.policy")} == SMALLEST.keys()
