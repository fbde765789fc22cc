"""The laws of the language, tried on random policies and contacts."""

import random
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import attrs
from hypothesis import assume, note
from hypothesis import given as drawn
from hypothesis import strategies as st

from connectrules import ContactError, Decision, Policy, Verdict
from tests.property.model import (
    Among,
    Case,
    Condition,
    Defined,
    Includes,
    Join,
    Not,
    Odd,
    Part,
    Points,
    Quantified,
    Rules,
    Sentence,
)
from tests.property.printing import declarations, policy_text, statements
from tests.property.running import judged, parsed, tried
from tests.property.strategies import HELD, case
from tests.property.universe import FIELDS, VOCABULARY, given

T = TypeVar("T")


@tried(75)
@drawn(case(), st.data())
def test_new_facts_change_no_decision(each: Case, data: st.DataObject) -> None:
    """A decision that assumed nothing stands whatever is learned of the contact or the owner."""
    policy = parsed(each)
    verdict = judged(policy, each)
    assume(not isinstance(verdict, ContactError))
    assert isinstance(verdict, Verdict)
    assume(verdict.decision is not Decision.UNDECIDED and not verdict.assumed)

    faulty = {fault.fact for fault in verdict.faults}
    learned = {
        fact.name: data.draw(st.sampled_from(HELD[fact.kind]))
        for fact in each.rules.facts()
        if _open(each.contact.get(fact.name)) or fact.name in faulty
    }
    mine = {fact.name: data.draw(st.sampled_from(HELD[fact.kind])) for fact in each.rules.mine()}
    more = attrs.evolve(each, contact={**each.contact, **learned}, me={**mine, **each.me})

    assert _decision(judged(policy, more)) is verdict.decision


def _open(value: object) -> bool:
    return value is None or value is Odd.UNSURE or value != value  # noqa: PLR0124 - NaN is unknown


def _decision(verdict: Verdict | ContactError) -> Decision | None:
    return verdict.decision if isinstance(verdict, Verdict) else None


@tried(75)
@drawn(case(named=True), st.randoms(use_true_random=False))
def test_no_order_matters(each: Case, shuffler: random.Random) -> None:
    """No order of rules, operands, items or declarations changes a verdict."""
    verdict = judged(parsed(each), each)
    rules = turned(each.rules, shuffler)
    text = "\n".join(_shuffled([*declarations(rules, FIELDS), *statements(rules)], shuffler))
    note(f"turned:\n{text}")
    again = judged(Policy.parse(text, vocabulary=VOCABULARY), each)

    assert _sets(again) == _sets(verdict)


def turned(rules: Rules, shuffler: random.Random) -> Rules:
    """*rules* with all that has an order in another one."""
    return Rules(
        _shuffled(
            [
                attrs.evolve(
                    rule,
                    condition=_turned(rule.condition, shuffler),
                    unless=None if rule.unless is None else _turned(rule.unless, shuffler),
                )
                for rule in rules.rules
            ],
            shuffler,
        ),
        rules.otherwise,
        _shuffled(rules.assumes, shuffler),
    )


def _shuffled(items: Sequence[T], shuffler: random.Random) -> tuple[T, ...]:
    return tuple(shuffler.sample(list(items), len(items)))


def _turned(condition: Condition, shuffler: random.Random) -> Condition:
    """*condition* with operands, items and lists of texts in another order."""

    def turned(inner: Condition) -> Condition:
        return _turned(inner, shuffler)

    match condition:
        case Not(operand):
            return Not(turned(operand))
        case Join(word, operands):
            return Join(word, _shuffled([turned(each) for each in operands], shuffler))
        case Quantified(words, number, items, block):
            shuffled = _shuffled([turned(each) for each in items], shuffler)
            return Quantified(words, number, shuffled, block)
        case Points(number, weighted, block):
            moved = _shuffled([(weight, turned(each)) for weight, each in weighted], shuffler)
            return Points(number, moved, block)
        case Defined():
            return condition
        case _:
            return _turned_sentence(condition, shuffler)


def _turned_sentence(sentence: Sentence, shuffler: random.Random) -> Sentence:
    match sentence:
        case Among(values=tuple() as values) | Part(values=tuple() as values):
            return attrs.evolve(sentence, values=_shuffled(values, shuffler))
        case Includes(values=tuple() as values):
            return attrs.evolve(sentence, values=_shuffled(values, shuffler))
        case _:
            return sentence


def _sets(verdict: Verdict | ContactError) -> object:
    """What of *verdict* no order may change."""
    if isinstance(verdict, ContactError):
        return "error", verdict.contact
    faults = {(fault.fact, fault.code, fault.where) for fault in verdict.faults}
    return (
        verdict.decision,
        set(verdict.rules),
        set(verdict.because),
        set(verdict.ask),
        set(verdict.unsure),
        set(verdict.assumed),
        verdict.exact,
        faults,
    )


@tried(60)
@drawn(case(), case())
def test_a_verdict_is_a_function(each: Case, before: Case) -> None:
    """The same inputs give the same verdict, whatever was judged before."""
    policy = parsed(each)
    first = judged(policy, each)
    judged(policy, attrs.evolve(each, contact=before.contact, answered=frozenset()))
    again = judged(policy, each)
    anew = judged(Policy.parse(policy_text(each.rules, FIELDS), vocabulary=VOCABULARY), each)

    assert _all(first) == _all(again) == _all(anew)


def _all(verdict: Verdict | ContactError) -> object:
    if isinstance(verdict, Verdict):
        return verdict
    return str(verdict), verdict.code, verdict.fact, verdict.contact, verdict.where


@tried(75)
@drawn(case())
def test_an_explanation_is_enough(each: Case) -> None:
    """With the facts alone that an explanation shows, the decision is the same."""
    policy = parsed(each)
    verdict = judged(policy, each)
    assume(_decision(verdict) not in {None, Decision.UNDECIDED})
    assert isinstance(verdict, Verdict)
    contact, context = given(each)

    explanation = policy.explain(contact, **context)
    shown = {
        name
        for reason in explanation.why
        for evidence in reason.conditions
        for name, value, _ in evidence.values
        if value is not None
    }
    note(f"shown: {sorted(shown)}")
    less = attrs.evolve(
        each,
        contact=_only(each.contact, shown),
        me=_only(each.me, {name.removeprefix("my ") for name in shown if name[:3] == "my "}),
    )

    assert explanation.verdict == verdict
    assert _decision(judged(policy, less)) is verdict.decision


def _only(values: Mapping[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name in names}
