"""One policy in many threads at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from connectrules import Contact, Policy, Verdict

pytestmark = pytest.mark.once
_TEXT = """\
CONNECT "near" WHEN country is my country AND last active on is within the last 6 months
REVIEW WHEN values include at least 2 of my values OR followers is more than 500
OTHERWISE DECLINE
"""
_COUNTRIES = ("UK", "Ireland", None)
_TODAY = date(2026, 11, 22)


def contact(number: int) -> Contact:
    """One of a few dozen contacts of every kind."""
    return Contact(
        key=f"test:{number}",
        country=_COUNTRIES[number % 3],
        last_active_on=None if number % 5 == 0 else _TODAY - timedelta(40 * (number % 11)),
        values=None if number % 7 == 0 else ("craft", "tea", "trees")[: number % 4],
        followers=None if number % 2 else 100 * number,
    )


def test_many_threads() -> None:
    """For each owner and day all threads get the verdicts that one gets alone."""
    contacts = [contact(number) for number in range(24)]
    contexts = [
        (Contact(key="me", country=country, values=("tea", "craft")), _TODAY + timedelta(shift))
        for country in _COUNTRIES
        for shift in range(0, 240, 30)
    ]
    alone = [
        [Policy.parse(_TEXT).judge(each, me=me, today=today) for each in contacts]
        for me, today in contexts
    ]
    shared = Policy.parse(_TEXT)

    def work(place: int) -> bool:
        me, today = contexts[place % len(contexts)]
        wanted = alone[place % len(contexts)]
        found: list[object] = [*shared.judge_all(contacts, me=me, today=today)]
        decide = shared.decider(me=me, today=today)
        for each, verdict in zip(contacts, wanted, strict=True):
            found.append(shared.explain(each, me=me, today=today).verdict)
            assert decide(each) is verdict.decision
            assert shared.decide(each, me=me, today=today) is verdict.decision
        return found == [*wanted, *wanted]

    with ThreadPoolExecutor(8) as pool:
        results = [*pool.map(work, range(3 * len(contexts)))]

    assert all(results)
    assert all(isinstance(each, Verdict) for row in alone for each in row)
    assert len({each.decision for row in alone for each in row}) == 4
