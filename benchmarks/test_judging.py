"""Deciding and judging, beside a three-valued function written by hand."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import attrs
import by_hand
import contacts
import pytest
import two_hundred
from racing import Race, Row

from connectrules import Contact, Decision, Policy


@attrs.frozen
class Case:
    """A policy, what decides alike, and whom."""

    name: str
    text: str
    by_hand: Callable[[Contact], Decision]
    contacts: Sequence[Contact]
    target: float


CASES = [
    Case("3 conditions", by_hand.THREE, by_hand.three, contacts.OF_THREE, 1.2),
    Case("8 conditions", by_hand.EIGHT, by_hand.eight, contacts.OF_EIGHT, 1.3),
    Case(
        "200 conditions",
        two_hundred.POLICY,
        two_hundred.decide,
        contacts.of_two_hundred(unknown=0.02),
        1.3,
    ),
]


def each(function: Callable[[Any], object], contacts: Sequence[Contact]) -> None:
    """Call *function* on each of *contacts*."""
    for contact in contacts:
        function(contact)


def run_through(results: Iterable[object]) -> None:
    """Take each of *results*, and keep none."""
    deque(results, maxlen=0)


def coming(contacts: Sequence[Contact]) -> Iterator[Contact]:
    """*contacts*, one by one, as they come from a file."""
    yield from contacts


def decided(
    decide: Callable[[Contact], Decision], contacts: Iterable[Contact]
) -> Iterator[Decision]:
    """What one would write by hand for many contacts."""
    for contact in contacts:
        yield decide(contact)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("way", ["decide", "decider", "judge"])
def test_judging(benchmark: Any, race: Race, case: Case, way: str) -> None:  # noqa: ANN401 - a fixture
    """Each way gives the same decisions."""
    policy = Policy.parse(case.text)
    ways: dict[str, Callable[[Contact], object]] = {
        "decide": policy.decide,
        "decider": policy.decider(),
        "judge": policy.judge,
    }
    by_hand = [case.by_hand(contact) for contact in case.contacts]
    assert [policy.decide(contact) for contact in case.contacts] == by_hand
    assert [policy.decider()(contact) for contact in case.contacts] == by_hand
    assert [policy.judge(contact).decision for contact in case.contacts] == by_hand
    assert len(Counter(by_hand)) > 1
    benchmark.group = way
    race(
        partial(each, ways[way], case.contacts),
        partial(each, case.by_hand, case.contacts),
        Row(
            f"{way}, {case.name}",
            len(case.contacts),
            target=3 if way == "judge" else case.target,
        ),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_judging_all(benchmark: Any, race: Race, case: Case) -> None:  # noqa: ANN401 - a fixture
    """Verdicts beside the bare decisions of a generator by hand; both take contacts one by one."""
    policy = Policy.parse(case.text)
    verdicts = policy.judge_all(coming(case.contacts))
    assert [each.decision for each in verdicts] == [*map(case.by_hand, case.contacts)]
    benchmark.group = "judge_all"
    race(
        lambda: run_through(policy.judge_all(coming(case.contacts))),
        lambda: run_through(decided(case.by_hand, coming(case.contacts))),
        Row(
            f"judge_all, {case.name}",
            len(case.contacts),
            "a generator by hand",
            "≤ 2 µs" if case is CASES[0] else "",
        ),
    )


def test_the_least_that_judging_all_can_take(benchmark: Any, race: Race) -> None:  # noqa: ANN401 - a fixture
    """Beside a generator that looks at nothing and hands on one verdict for every contact."""
    policy, contacts = Policy.parse(by_hand.THREE), CASES[0].contacts
    (verdict,) = policy.judge_all(contacts[:1])
    benchmark.group = "judge_all"
    race(
        lambda: run_through(policy.judge_all(coming(contacts))),
        lambda: run_through(verdict for _ in coming(contacts)),
        Row("judge_all, 3 conditions", len(contacts), "handing on one verdict"),
    )


def test_contacts_that_are_made_as_they_are_judged(benchmark: Any, race: Race) -> None:  # noqa: ANN401 - a fixture
    """Beside making them, which takes most of it; half a million a second is wanted."""
    policy, alike = Policy.parse(by_hand.THREE), CASES[0].contacts
    known = [
        (each.would_have_a_drink_with, each.would_recommend, each.would_do_business_with)
        for each in alike
    ]

    def made() -> Iterator[Contact]:
        for drink, recommend, business in known:
            yield Contact(
                key="x",
                would_have_a_drink_with=drink,
                would_recommend=recommend,
                would_do_business_with=business,
            )

    assert [*policy.judge_all(made())] == [*policy.judge_all(alike)]
    benchmark.group = "judge_all"
    race(
        lambda: run_through(policy.judge_all(made())),
        lambda: run_through(made()),
        Row("judge_all, 3 conditions, and making them", len(alike), "making them", "≤ 2 µs"),
    )
