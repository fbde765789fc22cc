"""Nobody can show what is said to be impossible, for whatever owner and on whatever day."""

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Any

import pytest
from hypothesis import given, note
from hypothesis import strategies as st

from connectrules import Policy
from connectrules.rules.meaning import Context
from connectrules.schema.types import OneOf
from connectrules.schema.vocabulary import Fact
from connectrules.testing.cases import Case, Trial
from connectrules.testing.coverage import measure_coverage
from connectrules.testing.goals import Shown
from connectrules.testing.report.lines import Gap, gap_of
from connectrules.testing.values import DAY, Boundaries
from tests.property.printing import policy_text
from tests.property.running import tried
from tests.property.strategies import case
from tests.property.test_examples import SILENT
from tests.property.universe import FIELDS
from tests.testing.test_proposing import alone, closed, pasted

_MOST = 1_000

_OWN: Mapping[str, tuple[object, ...]] = {
    "yes/no": (False, True),
    "count": (0, 1, 500, 10**6),
    "number": (-1, 0, 0.5, 10**6),
    "text": ("Leeds", "UK", "other"),
    "date": (DAY, datetime.date(2024, 2, 29)),
    "list of text": ((), ("craft",), ("craft", "care", "wit", "luck")),
}
"""Values of the owner's facts, by their kind."""

_DAYS = [
    datetime.date(*each)
    for each in ((2026, 1, 31), (2026, 3, 15), (2024, 3, 1), (2026, 11, 22), (1999, 12, 31))
]


_ABOUT_ME = (
    "followers are more than my followers",
    "followers are less than 2 times my followers",
    "followers are less than my followers",
    "followers are less than 400",
    "followers are at least 500",
    "values include any of my values",
    "values include at least 3 of my values",
    'values include "craft"',
    "country is my country",
    'country is "UK"',
)
_ABOUT_TIME = (
    "last active on is within the last 30 days",
    "last active on is within the last month",
    "last active on is within the last 3 years",
    "last active on is before 2024-02-29",
    "last active on is after 2025-12-31",
    "last active on is within the last 31 days",
)

_SEVERAL = (
    "followers are less than following",
    "following are less than 50% of followers",
    "following are less than my posts",
    "followers are more than my posts",
    "followers is at least 10",
    "following is less than 10",
)


def texts_of(sentences: Sequence[str]) -> st.SearchStrategy[str]:
    """Policies of two rules that say some of *sentences*."""
    terms = st.tuples(st.sampled_from(("", "NOT ")), st.sampled_from(sentences)).map("".join)
    rule = st.lists(terms, min_size=2, max_size=3).flatmap(
        lambda each: st.sampled_from((" AND ", " OR ")).map(lambda word: word.join(each))
    )
    return st.tuples(rule, rule).map(
        lambda two: f"CONNECT WHEN {two[0]}\nDECLINE WHEN {two[1]}\nOTHERWISE REVIEW"
    )


_DRAWN = {
    "all": case().map(lambda drawn: policy_text(drawn.rules, FIELDS)),
    "me": texts_of(_ABOUT_ME),
    "time": texts_of(_ABOUT_TIME),
    "several": texts_of(_SEVERAL),
}


def owners_of(policy: Policy[Any]) -> st.SearchStrategy[Mapping[Fact, object]]:
    """Owners of whom something is known, nothing or all."""
    binding = policy._binding
    boundaries = Boundaries(binding.tests, Context({}, DAY))
    near: dict[str, tuple[object, ...]] = dict(_OWN)
    for slot in binding.slots:
        kind = slot.subject.type.name
        near[kind] = (*near.get(kind, ()), *boundaries.values(slot.subject))
    own = [each.subject for each in binding.mine if isinstance(each.subject, Fact)]
    values = {
        each: each.type.choices if isinstance(each.type, OneOf) else near[each.type.name]
        for each in own
    }
    drawn = {each: st.sampled_from(values[each]) for each in own}
    return st.fixed_dictionaries({}, optional=drawn)


@pytest.mark.once
@pytest.mark.parametrize("about", _DRAWN)
def test_what_nobody_can_show_is_shown_by_nobody(about: str) -> None:
    """Neither by anybody at the policy's boundaries, for any owner and on any day."""
    gaps: Counter[Gap | None] = Counter()

    @tried(20)
    @given(_DRAWN[about], st.data(), st.lists(st.sampled_from(_DAYS), min_size=1, max_size=3))
    def agree(text: str, data: st.DataObject, days: list[datetime.date]) -> None:
        policy = Policy.parse(text, vocabulary=SILENT)
        found, trial = measure_coverage(policy), Trial(policy)
        people: list[Case] = []
        for today in days:
            mine = data.draw(owners_of(policy))
            people += _everybody(policy, mine, today)
        shown = Shown([trial.tried(each) for each in people])
        for each in found.findings:
            gaps[gap_of(each)] += 1
            if gap_of(each) is Gap.IMPOSSIBLE:
                note(f"{each.goal}: {shown.cases(each.goal)}")
                assert not all(shown.cases(each.goal))

    agree()

    assert gaps[Gap.IMPOSSIBLE] > 20


def _everybody(
    policy: Policy[Any], mine: Mapping[Fact, object], today: datetime.date
) -> Iterator[Case]:
    """Everybody at the boundaries of *policy*, of whom all or some is known, if they are few."""
    program = Trial(policy).tried(Case("", {}, mine, today)).program
    boundaries = Boundaries(program.analyser.tests, program.context)
    subjects = [slot.subject for slot in program.slots]
    pools = [(None, *boundaries.values(each)) for each in subjects]
    if prod(map(len, pools)) > _MOST:
        return
    for way in product(*pools):
        facts = {
            each: value for each, value in zip(subjects, way, strict=True) if value is not None
        }
        yield Case("", facts, mine, today)


@pytest.mark.parametrize(
    "condition",
    [
        "followers are more than my followers AND followers are less than 400",
        "followers are at least 2 times my followers AND followers are less than 3",
        "followers are less than my followers AND followers are at least 100,000",
        """followers are more than my followers AND following are less than my following
        AND followers are less than 9 AND following are more than 9,000""",
        "values include at least 3 of my values",
        'values include at least 3 of my values AND NOT values include any of "craft", "care"',
        'country is my country AND country is "Ireland"',
        "last active on is within the last 3 years AND last active on is before 2020-01-01",
        "last active on is within the last month AND NOT last active on is within the last 30 days",
        "last active on is within the last 30 days AND NOT last active on is within the last month",
    ],
)
def test_other_owners_and_days_than_usual(condition: str) -> None:
    """Somebody is found for some owner on some day, whom the EXAMPLE names."""
    before, after = pasted(f"CONNECT WHEN {condition}\nOTHERWISE DECLINE")

    assert closed(before, after)[Gap.NOT_FOUND] == 0
    assert (before.percent, after.percent) == (0, 100)
    assert after.missing == ()


@pytest.mark.parametrize(
    "condition",
    [
        "followers are more than my followers AND followers are less than my followers",
        """last active on is within the last 30 days
        AND NOT last active on is within the last 60 days""",
    ],
)
def test_what_no_owner_and_no_day_can_change(condition: str) -> None:
    """It is proved to be impossible, for them all."""
    found = alone(f"CONNECT WHEN {condition}\nOTHERWISE DECLINE")

    assert {*found.values()} == {Gap.IMPOSSIBLE}


def test_one_place_of_several_proves_nothing() -> None:
    """What a definition decides nowhere in one place, it may decide in another."""
    found = alone(
        """
        DEFINE bad AS is a bot
        CONNECT WHEN (bad AND followers is more than 5 AND followers is less than 3)
            OR (bad AND followers are at least 2 times my followers AND followers are less than 3)
        OTHERWISE DECLINE
        """
    )

    assert found["is a bot"] is Gap.PROPOSED


def test_nothing_is_known_of_the_owner_either() -> None:
    """What is compared with a fact of theirs is not known then, even if it is assumed."""
    text = """
    ASSUME followers: 3
    CONNECT WHEN followers are more than my followers
    OTHERWISE DECLINE
    """

    before, after = pasted(text)

    assert after.missing == ()
    assert closed(before, after)[Gap.IMPOSSIBLE] == 0
