"""What to ask next, held against the slow evaluator and against asking it."""

import importlib.util
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any

import attrs
import pytest
from hypothesis import assume, note, reject
from hypothesis import given as drawn
from hypothesis import strategies as st

from connectrules import ContactError, Decision, Policy
from connectrules.explanation import Explanation, Lead
from tests.property import enumerate as slow
from tests.property import meaning
from tests.property.domains import virtual
from tests.property.model import Case, Fact, Kind, Odd, others
from tests.property.printing import declarations
from tests.property.running import parsed, tried
from tests.property.strategies import HELD, case
from tests.property.universe import FACTS, FIELDS, VOCABULARY, given, record

_REAL = (Kind.YES_NO, Kind.PHRASE, Kind.COUNT, Kind.NUMBER, Kind.ONE_OF, Kind.DATE)
"""The kinds whose tests come out together in no way but those that a value brings."""

PLAIN = tuple(fact for fact in FACTS if fact.kind in _REAL)

MOST_LEFT = 150
"""The most ways to stand among answers that are looked at."""


def explained(policy: Policy[Any], each: Case) -> Explanation:
    """What is said of the contact of *each*."""
    contact, context = given(each)
    try:
        return policy.explain(contact, **context)
    except ContactError:
        reject()


def answered(each: Case, fact: Fact, value: object) -> Case:
    """*each* with *fact* answered."""
    return attrs.evolve(
        each, contact={**each.contact, fact.name: value}, answered=each.answered | {fact.name}
    )


def asked(each: Case, explanation: Explanation) -> list[Fact]:
    """The facts of the contact that are asked for."""
    named = {fact.name: fact for fact in each.rules.facts()}
    return [named[q.fact] for q in explanation.what_next if q.fact in named]


@tried(60)
@drawn(case(), st.data())
def test_leads_are_true(each: Case, data: st.DataObject) -> None:
    """An answer brings what its lead says: that decision, or that question first."""
    policy = parsed(each)
    explanation = explained(policy, each)
    facts = asked(each, explanation)
    assume(facts)
    fact = data.draw(st.sampled_from(facts))
    value = data.draw(st.sampled_from(HELD[fact.kind]))
    (question,) = (q for q in explanation.what_next if q.fact == fact.name)
    note(f"{fact.name} is {value!r}: {question}")
    assume(question.leads)  # there are none where a text is tested in very many ways

    after = explained(policy, answered(each, fact, value))
    first = next(iter(after.what_next), None)
    decided = after.verdict.decision if first is None else None
    end = decided, None if first is None else first.fact

    leads = [lead for lead in question.leads if fits(each, fact, lead, question.leads, value)]
    assert [(lead.decision, lead.ask) for lead in leads] == [end]


def fits(each: Case, fact: Fact, lead: Lead, leads: Sequence[Lead], value: object) -> bool:
    """Whether *value* is the answer of *lead*, read as a policy would read it."""
    if lead.answer == "anything":
        return True
    if lead.answer == "anything else":
        return not any(fits(each, fact, o, leads, value) for o in leads if o is not lead)
    if lead.answer.startswith("anything else, "):
        tail = lead.answer.removeprefix("anything else")
        alike = [o for o in leads if o is not lead and o.answer.endswith(tail)]
        compared = attrs.evolve(lead, answer=tail.removeprefix(", "))
        return fits(each, fact, compared, (), value) and not any(
            fits(each, fact, other, leads, value) for other in alike
        )
    if fact.kind in {Kind.YES_NO, Kind.PHRASE}:
        return lead.answer == ("yes" if value else "no")
    whole = frozenset(test.sentence for test in parsed(each)._binding.tests)
    condition = " OR ".join(
        f"({' AND '.join(_sentence(fact, said, whole) for said in re.split(' AND |, ', part))})"
        if fact.kind not in {Kind.TEXT, Kind.LIST}
        else f"({' AND '.join(_sentence(fact, said, whole) for said in part.split(' AND '))})"
        for part in lead.answer.split(" OR ")
    )
    text = "\n".join([*declarations(each.rules, FIELDS), f"CONNECT WHEN {condition}"])
    note(condition)
    policy = Policy.parse(f"{text} OTHERWISE DECLINE", vocabulary=VOCABULARY)
    held = {**each.contact, fact.name: value}
    found = policy.decide(
        record("test:x", {name: v for name, v in held.items() if v is not Odd.RAISES}),
        me=record("test:me", each.me),
        today=each.today,
    )
    assert found is not Decision.UNDECIDED
    return found is Decision.CONNECT


def _sentence(fact: Fact, said: str, whole: frozenset[str]) -> str:
    """*said* of *fact*, as a sentence of the policy language: one of the *whole* ones, or part."""
    negation = "NOT " if said.startswith("NOT ") else ""
    said = said.removeprefix("NOT ")
    if said in whole or said.startswith("has "):
        return f"{negation}{said}"
    if fact.kind in {Kind.COUNT, Kind.NUMBER, Kind.DATE}:
        between = re.fullmatch(r"(\S+) to (\S+)", said)
        later = re.fullmatch(r"(\S+) or later", said)
        if between:
            said = f"between {between[1]} and {between[2]}"
        elif later:
            return f"NOT {fact.name} is before {later[1]}"
        elif fact.kind is Kind.DATE and re.fullmatch(r"[-0-9]+", said):
            said = f"on {said}"
        return " AND ".join(f"{fact.name} is {each}" for each in _bounds(said))
    if re.match(r'"|not |my |one of ', said):
        several = '" or "' in said
        said = said.replace('" or "', '", "')
        return f"{negation}{fact.name} is {'one of ' if several else ''}{said}"
    return f"{negation}{fact.name} {said}"


def _bounds(said: str) -> list[str]:
    return said.split(" and ") if re.match("at least|more than", said) else [said]


def ways(each: Case) -> dict[Fact, list[object]]:
    """For each fact, a value for each way its sentences can come out."""
    found = {}
    for fact in each.rules.facts():
        said = [sentence for sentence in each.rules.sentences() if sentence.fact == fact]
        values = {
            tuple(meaning.holds(sentence, value, each.today) for sentence in said): value
            for value in virtual(fact, said, each.today)
        }
        found[fact] = [*values.values()]
    return found


@tried(60)
@drawn(case(PLAIN, strange=True))
def test_expected_numbers_are_the_fewest(each: Case) -> None:
    """They are what the slow evaluator finds by trying all orders, and what asking takes."""
    assume(not any(others(sentence) for sentence in each.rules.sentences()))
    policy = parsed(each)
    explanation = explained(policy, each)
    facts = asked(each, explanation)
    values = ways(each)
    assume(len(facts) > 1)
    assume(math.prod(1 + len(values[fact]) for fact in facts) <= MOST_LEFT)

    @cache
    def fewest(answers: frozenset[tuple[Fact, object]]) -> float:
        known = each
        for fact, value in answers:
            known = answered(known, fact, value)
        ask = slow.judge(known).ask
        return min((first(answers, fact) for fact in facts if fact.name in ask), default=0.0)

    def first(answers: frozenset[tuple[Fact, object]], fact: Fact) -> float:
        return 1 + mean(fewest(answers | {(fact, value)}) for value in values[fact])

    def taken(known: Case) -> float:
        found = asked(known, explained(policy, known))
        if not found:
            return 0.0
        return 1 + mean(taken(answered(known, found[0], value)) for value in values[found[0]])

    numbers = {question.fact: question.expected for question in explanation.what_next}
    note(f"{numbers}")
    assert numbers == {fact.name: pytest.approx(first(frozenset(), fact)) for fact in facts}
    assert taken(each) == pytest.approx(explanation.what_next[0].expected)
    ranks = [(round(q.expected or 0, 9), -q.influence, q.fact) for q in explanation.what_next]
    assert ranks == sorted(ranks)


@tried(100)
@drawn(case())
def test_what_cannot_matter(each: Case) -> None:
    """No two fillings that differ in such a fact alone decide differently; all such are told."""
    explanation = explained(parsed(each), each)
    read = slow.readings(each)
    try:
        matter = _matter(each, read, frozenset({"known", "assumed"}))
        released = _matter(each, read, frozenset({"known"}))
    except slow.TooMany:
        reject()
    matter |= {name for name in released if read[name].state == "assumed"}
    unknown = {name for name, reading in read.items() if reading.state != "known"}

    assert sorted(explanation.cannot_matter) == sorted(unknown - matter)
    assert {q.fact for q in explanation.what_next} == {*explanation.verdict.ask}


def _matter(
    each: Case, read: Mapping[str, slow.Reading], held: frozenset[slow.State]
) -> frozenset[str]:
    table = slow.Table(each, read, held)
    assume(table.fillings <= slow.LIMIT)
    return table.matter(table.outcomes(each.rules))


@tried(60)
@drawn(case(strange=True), st.data())
def test_answers_never_bring_new_questions(each: Case, data: st.DataObject) -> None:
    """What is left to ask after an answer was there before; what could not matter cannot later."""
    assume(not each.rules.assumes)
    policy = parsed(each)
    before = explained(policy, each)
    facts = asked(each, before)
    assume(facts)
    fact = data.draw(st.sampled_from(facts))

    after = explained(policy, answered(each, fact, data.draw(st.sampled_from(HELD[fact.kind]))))

    assert {q.fact for q in after.what_next} <= {q.fact for q in before.what_next} - {fact.name}
    assert {*after.cannot_matter} >= {*before.cannot_matter}


def _asking() -> Any:  # noqa: ANN401 - a module
    path = Path(__file__).parents[2] / "benchmarks" / "asking.py"
    spec = importlib.util.spec_from_file_location("asking", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(("number", "policies"), [(6, 6), (7, 5), (8, 3), (11, 1)])
def test_no_more_questions_than_there_must_be(number: int, policies: int) -> None:
    """Up to twelve unknown facts none more at all."""
    asking = _asking()
    draw = Random(number)  # noqa: S311 - nothing secret
    rows = [asking.compared(asking.drawn(draw, number), number) for _ in range(policies)]
    best, ours, influence, file = map(mean, zip(*rows, strict=True))

    assert ours == pytest.approx(best)
    assert all(one <= other + 1e-9 for one, other in pairwise((best, ours, influence, file)))
