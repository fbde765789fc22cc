"""Past the limit Kleene logic answers: never wrong, and no fact that matters is left out."""

import pytest
from hypothesis import given as drawn
from hypothesis import reject

from connectrules import Contact, ContactError, Decision
from tests.property.enumerate import LIMIT, TooMany, fillings, judge, readings
from tests.property.kleene import guess
from tests.property.model import (
    Case,
    Condition,
    Fact,
    Join,
    Kind,
    Not,
    Quantified,
    Rule,
    Rules,
    Said,
)
from tests.property.running import judged, parsed, tried
from tests.property.strategies import case
from tests.property.universe import given

FACTS = tuple(Fact(f"fact {letter}", Kind.YES_NO) for letter in "abcdefghijklmnopq")
NAMES = [fact.name for fact in FACTS]
TRUE = tuple(Join("OR", (Said(fact), Not(Said(fact)))) for fact in FACTS)
"""Conditions that hold for anyone, which Kleene logic does not see."""

FALSE = tuple(Join("AND", (Said(fact), Not(Said(fact)))) for fact in FACTS)
"""Conditions that hold for nobody, which Kleene logic does not see."""


def connect_when(*items: Condition, assumes: tuple[tuple[Fact, object], ...] = ()) -> Rules:
    """A policy that connects where all *items* hold."""
    return Rules((Rule("connect", Quantified("ALL", 0, items)),), "decline", assumes)


def test_just_within() -> None:
    """As many fillings as the limit allows are tried."""
    each = Case(connect_when(*TRUE[:16]))
    verdict = parsed(each).judge(*_contact(each))

    assert fillings(each) == LIMIT
    assert (verdict.decision, verdict.exact, verdict.ask) == (Decision.CONNECT, True, ())


def test_just_past() -> None:
    """One fact more, and the verdict is open and says that it may not be exact."""
    each = Case(connect_when(*TRUE))
    verdict = parsed(each).judge(*_contact(each))

    assert (verdict.decision, verdict.exact) == (Decision.UNDECIDED, False)
    assert sorted(verdict.ask) == NAMES


@pytest.mark.parametrize("name", ["fact a", "fact q"])
def test_a_fact_more_brings_it_back(name: str) -> None:
    """The limit is about the facts that this contact leaves unknown."""
    each = Case(connect_when(*TRUE), {name: False})
    verdict = parsed(each).judge(*_contact(each))

    assert (verdict.decision, verdict.exact) == (Decision.CONNECT, True)


def test_facts_tested_once_do_not_count() -> None:
    """A fact that is tested once takes no fillings."""
    once = Said(Fact("is kind", Kind.YES_NO))
    each = Case(connect_when(*TRUE[:16], once))
    verdict = parsed(each).judge(*_contact(each))

    assert (verdict.decision, verdict.exact) == (Decision.UNDECIDED, True)
    assert verdict.ask == ("is kind",)


def test_decided_past_the_limit() -> None:
    """A decision is exact however it came about."""
    once = Said(Fact("is kind", Kind.YES_NO))
    each = Case(connect_when(*TRUE, once), {"is kind": False})
    verdict = parsed(each).judge(*_contact(each))

    assert (verdict.decision, verdict.exact) == (Decision.DECLINE, True)


def test_the_order_does_not_matter() -> None:
    """The limit is a matter of policy and contact, not of the order of operands."""
    one, two = Case(connect_when(*TRUE)), Case(connect_when(*reversed(TRUE)))
    first, second = parsed(one).judge(*_contact(one)), parsed(two).judge(*_contact(two))

    assert (first.decision, set(first.ask)) == (second.decision, set(second.ask))


def test_assumptions_are_known() -> None:
    """Assumed facts take no fillings, and past the limit none that matters is left out."""
    once = Said(Fact("is kind", Kind.YES_NO))
    assumes = tuple((fact, True) for fact in (*FACTS, once.fact))
    each = Case(connect_when(*TRUE, once, assumes=assumes))
    verdict = parsed(each).judge(*_contact(each))

    assert (verdict.decision, verdict.exact) == (Decision.CONNECT, True)
    assert "is kind" in verdict.assumed


def _contact(each: Case) -> tuple[Contact]:
    return (given(each)[0],)


def test_random_cases_past_the_limit() -> None:
    """With too many fillings beside it, a policy is judged as Kleene logic judges it."""
    seen: set[str] = set()

    @tried(60)
    @drawn(case())
    def agree(each: Case) -> None:
        seen.add(_agreement(each))

    agree()

    assert seen == {"error", "decided", "undecided"}


def _agreement(plain: Case) -> str:
    """Hold the library against Kleene logic on *plain* with a rule that never holds beside it."""
    rider = Rule("connect", Quantified("ANY", 0, FALSE), name="nobody")
    rules = Rules((*plain.rules.rules, rider), plain.rules.otherwise, plain.rules.assumes)
    each = Case(rules, plain.contact, plain.me, plain.today, plain.answered)
    try:
        exact = judge(plain)
    except TooMany:
        reject()
    guessed = guess(each)
    read = readings(each)
    verdict = judged(parsed(each), each)

    if isinstance(verdict, ContactError):
        assert guessed.decision == "undecided"
        assert read[verdict.fact].state == "faulty"
        assert verdict.fact in guessed.open
        return "error"
    assert not exact.errors
    assert verdict.decision is Decision(guessed.decision)
    if verdict.decision is not Decision.UNDECIDED:
        assert verdict.decision is Decision(exact.decision)
        assert verdict.exact
        assert set(verdict.assumed) >= exact.assumed
        return "decided"
    assert not verdict.exact
    assert set(verdict.ask) >= exact.ask
    assert set(verdict.unsure) >= exact.unsure
    assert set(verdict.ask) == {name for name in guessed.open if read[name].state == "unknown"}
    assert set(verdict.unsure) == {name for name in guessed.open if read[name].state == "unsure"}
    return "undecided"
