"""The library says what the slow evaluator says, of every operator and every kind of gap."""

import pytest
from hypothesis import given as drawn
from hypothesis import reject

from connectrules import ContactError, Decision
from tests.property import perfect
from tests.property.enumerate import Judgement, TooMany, judge
from tests.property.model import Case
from tests.property.printing import because
from tests.property.reach import everything, features
from tests.property.running import judged, parsed, tried
from tests.property.strategies import case
from tests.property.universe import KEY, ORIGIN, given

_EXACTNESS = {"decided", "undecided, exact", "undecided, exact, linked", "undecided, not exact"}


def test_random_cases() -> None:
    """The library agrees with the slow evaluator, and the cases reach all there is."""
    seen: set[str] = set()

    @tried(1200)
    @drawn(case())
    def agree(each: Case) -> None:
        seen.update(_agreement(each))

    agree()

    assert sorted((everything() | _EXACTNESS) - seen) == []


def _agreement(each: Case) -> set[str]:
    """Hold the library against the slow evaluator; what the case was an instance of."""
    policy = parsed(each)
    contact, context = given(each)
    try:
        wanted = judge(each)
    except TooMany:
        reject()
    verdict = judged(policy, each)
    reached = set(features(each, wanted))

    if isinstance(verdict, ContactError):
        assert (verdict.fact, verdict.code) in wanted.errors
        assert (verdict.contact, verdict.where) == (KEY, _origin(each, verdict))
        with pytest.raises(ContactError) as raised:
            policy.decide(contact, **context)
        assert str(raised.value) == str(verdict)
        return reached

    assert not wanted.errors
    assert verdict.decision is Decision(wanted.decision)
    assert sorted(verdict.rules) == sorted(wanted.rules)
    assert sorted(verdict.ask) == sorted(wanted.ask)
    assert sorted(verdict.unsure) == sorted(wanted.unsure)
    assert sorted(verdict.assumed) == sorted(wanted.assumed)
    assert sorted((fault.fact, fault.code) for fault in verdict.faults) == sorted(wanted.faults)
    given_names = {rule.name for rule in each.rules.rules if rule.name}
    assert verdict.because == tuple(because(name) for name in verdict.rules if name in given_names)
    assert policy.decide(contact, **context) is verdict.decision
    answers = context.pop("answers", None)
    if answers is None:
        assert policy.decider(**context)(contact) is verdict.decision
    else:
        context["answers"] = {KEY: answers}
    assert list(policy.judge_all([contact], **context)) == [verdict]
    return reached | _exactness(each, wanted, exact=verdict.exact)


def _origin(each: Case, error: ContactError) -> str | None:
    """Where the value that *error* is about came from: answers and phrases don't say."""
    return ORIGIN if error.code == "CR501" and error.fact not in each.answered else None


def _exactness(each: Case, wanted: Judgement, *, exact: bool) -> set[str]:
    """Hold what the library says of being exact against a perfect reasoner."""
    if wanted.decision != "undecided":
        assert exact
        return {"decided"}
    if not exact:
        assert wanted.linked
        return {"undecided, not exact"}
    try:
        assert len(perfect.decisions(each)) > 1
    except TooMany:
        return {"undecided, exact"}
    return {"undecided, exact", "undecided, exact, linked" if wanted.linked else "undecided"}
