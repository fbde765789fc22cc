"""Searching for people of whom a law does not hold, and telling of them."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from connectrules.resolve.resolved import BARE
from connectrules.testing.given import check_settings
from connectrules.testing.law_broken import LawBroken
from connectrules.testing.pasting import BARE_HINT
from connectrules.testing.people import NAME, Judge, Person, key_of
from connectrules.testing.written import example_text
from connectrules.verdict import Verdict

Drawn = TypeVar("Drawn")

_TIMES = 5
"""How many people are looked at for each example that the profile asks for: they cost little."""

_LONGER = 10
"""How much longer it is to be looked where nobody is found."""


def hold(
    law: str,
    drawn: st.SearchStrategy[Drawn],
    broken: Callable[[Drawn], str | None],
    chosen: settings | None,
) -> None:
    """Look for somebody of whom *law* does not hold.

    Args:
        law: What it says.
        drawn: What draws people.
        broken: What there is to tell of somebody of whom it does not hold.
        chosen: How long to look.

    Raises:
        LawBroken: Where there is somebody, with the smallest found.
        TypeError: Where *chosen* is something else.
    """
    __tracebackhide__ = True
    check_settings(chosen)
    usual = _usual(chosen)
    found: list[str] = []

    def look(each: Drawn) -> None:
        told = broken(each)
        if told is not None:
            found.append(told)
            raise LawBroken(told, law)

    look.__name__ = re.sub(r"\W+", "_", f"law {law}")  # hypothesis keeps what failed by the name
    search = settings(
        usual,
        deadline=None,
        report_multiple_bugs=False,
        phases=[each for each in usual.phases if each is not Phase.explain],
        suppress_health_check=list(HealthCheck),
    )(given(drawn)(look))
    with suppress(LawBroken, Flaky):
        search()
    if found:
        msg = f"the policy breaks a law: {law}\n\n{found[-1]}"
        raise LawBroken(msg, law)


def _usual(chosen: settings | None) -> settings:
    return chosen or settings(max_examples=settings().max_examples * _TIMES)


def looked_longer(chosen: settings | None) -> str:
    """What to do where *chosen*, or what is usual, was too short to find anybody."""
    number = _usual(chosen).max_examples * _LONGER
    return f"a longer search may tell, as with `settings=settings(max_examples={number})`"


def outcome(verdict: Verdict) -> str:
    """What *verdict* is, in words."""
    rules = ", ".join(f"`{name}`" for name in verdict.rules)
    return f"{verdict.decision.name} by {rules}" if rules else verdict.decision.name


def example(
    judges: Sequence[Judge],
    person: Person,
    verdict: Verdict,
    above: Sequence[str],
    name: str = NAME,
) -> str:
    """*person* as an EXAMPLE, with the facts that any of *judges* speaks of."""
    cases = [judge.case(person) for judge in judges]
    if any(each.name == BARE for each in judges[0].policy.rules):
        above = [BARE_HINT, *above]
    facts = {key_of(each): (each, value) for case in cases for each, value in case.facts.items()}
    return example_text(
        name,
        dict(facts.values()),
        verdict,
        mine={fact: value for case in cases for fact, value in case.mine.items()},
        today=next((case.today for case in cases if case.today), None),
        above=above,
    )
