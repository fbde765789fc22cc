"""The exact step, beside a loop over the same fillings."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import attrs
import pytest
from racing import Race, Row

from connectrules import Contact, Decision, Policy

SIX = """
    CONNECT WHEN ANY OF
        - would recommend AND met in person AND follows me
        - NOT would recommend AND would have a drink with AND is a bot
        - NOT met in person AND has interacted AND NOT follows me
        - NOT would have a drink with AND NOT has interacted AND NOT is a bot
    OTHERWISE DECLINE
"""
OF_SIX = (
    "would recommend",
    "met in person",
    "follows me",
    "would have a drink with",
    "is a bot",
    "has interacted",
)


def six(recommend: bool, met: bool, follows: bool, drink: bool, bot: bool, been: bool) -> bool:
    """Whether to connect by `SIX`."""
    return (
        (recommend and met and follows)
        or (not recommend and drink and bot)
        or (not met and been and not follows)
        or (not drink and not been and not bot)
    )


OF_TEN = (
    *OF_SIX,
    "followed by me",
    "came with a note",
    "would do business with",
    "shares my values",
)
TEN = (
    "CONNECT WHEN ANY OF\n"
    + "".join(
        f"    - {one} AND NOT {other}\n"
        for one, other in zip(OF_TEN, OF_TEN[1:] + OF_TEN[:1], strict=True)
    )
    + "OTHERWISE DECLINE"
)


def ten(*facts: bool) -> bool:
    """Whether to connect by `TEN`."""
    return any(facts[n] and not facts[(n + 1) % 10] for n in range(10))


def tried(connects: Callable[..., bool], names: Sequence[str]) -> tuple[Decision, frozenset[str]]:
    """The decision when nothing is known, and the facts that can still change it."""
    found = {filling: connects(*filling) for filling in product((False, True), repeat=len(names))}
    if len({*found.values()}) == 1:
        return (Decision.CONNECT if found.popitem()[1] else Decision.DECLINE), frozenset()
    asked = set()
    for filling, connect in found.items():
        for place, name in enumerate(names):
            if name not in asked:
                turned = (*filling[:place], not filling[place], *filling[place + 1 :])
                if found[turned] is not connect:
                    asked.add(name)
    return Decision.UNDECIDED, frozenset(asked)


@attrs.frozen
class Case:
    """A policy, what decides alike, and its facts."""

    text: str
    connects: Callable[..., bool]
    names: Sequence[str]


@pytest.mark.parametrize(
    "case", [Case(SIX, six, OF_SIX), Case(TEN, ten, OF_TEN)], ids=["6 facts", "10 facts"]
)
def test_the_exact_step(benchmark: Any, race: Race, case: Case) -> None:  # noqa: ANN401 - a fixture
    """Nothing is known of the contact: all fillings are tried, and the same facts matter."""
    policy = Policy.parse(case.text)
    program = policy._binding.plain  # noqa: SLF001 - what it keeps is thrown away
    assert program
    contact = Contact(key="x")
    verdict = policy.judge(contact)
    assert (verdict.decision, frozenset(verdict.ask)) == tried(case.connects, case.names)

    def first() -> None:
        program._known.clear()  # noqa: SLF001 - as above
        program.analyser._known.clear()  # noqa: SLF001 - as above
        policy.judge(contact)

    benchmark.group = "the exact step"
    count = len(case.names)
    row = Row(
        f"the exact step, {count} unknown facts tested twice",
        beside=f"a loop over the {2**count:,} fillings",
    )
    race(first, lambda: tried(case.connects, case.names), row, rounds=100)
