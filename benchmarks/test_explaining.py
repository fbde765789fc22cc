"""Explaining a verdict, beside a function written by hand that only decides."""

from functools import partial
from typing import Any

import by_hand
import contacts
from racing import Race, Row
from test_judging import each

from connectrules import Policy


def test_explaining(benchmark: Any, race: Race) -> None:  # noqa: ANN401 - pytest-benchmark's fixture
    """An explanation is of the verdict, and says why."""
    policy = Policy.parse(by_hand.EIGHT)
    for contact in contacts.OF_EIGHT:
        explanation = policy.explain(contact)
        assert explanation.verdict == policy.judge(contact)
        assert explanation.why
    benchmark.group = "explain"
    race(
        partial(each, policy.explain, contacts.OF_EIGHT),
        partial(each, by_hand.eight, contacts.OF_EIGHT),
        Row("explain, 8 conditions", len(contacts.OF_EIGHT), "deciding by hand", "≤ 20 µs"),
    )


def test_explaining_what_is_new(benchmark: Any, race: Race) -> None:  # noqa: ANN401 - a fixture
    """The first explanation of what is known of a contact takes longer."""
    policy = Policy.parse(by_hand.EIGHT)
    program = policy._binding.plain  # noqa: SLF001 - what it keeps is thrown away
    assert program

    def first(contact: Any) -> None:  # noqa: ANN401 - as `each` has it
        program._known.clear()  # noqa: SLF001 - as above
        program.analyser._known.clear()  # noqa: SLF001 - as above
        policy.explain(contact)

    benchmark.group = "explain"
    few = contacts.OF_EIGHT[::9]
    row = Row("explain, 8 conditions, nobody alike before", len(few), "deciding by hand")
    race(partial(each, first, few), partial(each, by_hand.eight, few), row, rounds=100)
