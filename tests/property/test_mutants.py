"""Mutants are what their text says, and EXAMPLEs notice them as a real run would."""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise, product
from random import Random
from typing import Any

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import note
from hypothesis import strategies as st

from connectrules import UNSURE, ContactError, Decision, Policy
from connectrules.outcome import Expected
from connectrules.rules.tree import Subject
from connectrules.schema.types import Unfit
from connectrules.schema.vocabulary import Fact
from connectrules.testing.cases import Case as Person
from connectrules.testing.cases import Trial, Tried
from connectrules.testing.mutants import Assumed, Kind, Mutant, Mutants, unknowns
from connectrules.testing.mutants.equal import Equal
from connectrules.testing.mutants.killing import Killing
from connectrules.testing.mutants.refolding import Refolding
from connectrules.testing.mutants.settling import is_noticed
from connectrules.testing.values import Boundaries
from tests.property.model import Case, Odd
from tests.property.running import EXAMPLES, parsed, tried
from tests.property.strategies import case
from tests.property.universe import VOCABULARY

_MOST = 12
"""How many people each equal mutant is tried on."""


@tried(25)
@drawn(case(named=True))
def test_a_mutant_is_what_its_text_says(each: Case) -> None:
    """Parsed, the changed text has the changed rules; the places mean what the rules do."""
    policy = parsed(each)
    mutants = Mutants(policy)

    assert [rule.condition for rule in mutants.rules] == [rule.condition for rule in policy.rules]
    for mutant in mutants.mutants:
        note(f"{mutant.kind}: {mutant.edits}")
        spans = [edit.span for edit in mutant.edits]
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert _said(mutants.mutated(mutant.change)) == _said(
            Policy.parse(mutant.text, vocabulary=VOCABULARY)
        )
        assert _said(mutants.mutated(mutant.change)) != _said(policy)


def _said(policy: Policy[Any]) -> object:
    """What a policy comes down to."""
    binding = policy._binding
    rules = [(rule.decision, rule.condition) for rule in policy.rules]
    return rules, binding.default, binding.resolved.assumed


@pytest.mark.parametrize(
    ("few", "most", "usual"), [((0, 3, 5, 7, 9), 14, 30), ((0, 1), 14, 12), ((0,), 2, 12)]
)
def test_examples_notice_what_a_real_run_does(
    monkeypatch: pytest.MonkeyPatch, few: tuple[int, ...], most: int, usual: int
) -> None:
    """Bits say of every mutant what judging the EXAMPLEs again says, or that they don't know.

    So it is too where there are too few bits for most of them.
    """
    monkeypatch.setattr(unknowns, "_DIGITS", few)
    monkeypatch.setattr(unknowns, "_MOST_WHOLE", most)
    seen: Counter[object] = Counter()

    @tried(usual)
    @drawn(case(named=True))
    def agree(each: Case) -> None:
        policy = parsed(each)
        people = [*_people(policy, each)]
        mutants = Mutants(policy)
        refolding = Refolding(mutants, people)
        for mutant in mutants.mutants:
            note(f"{mutant.kind}: {mutant.edits}")
            found, other = refolding.kills(mutant.change), mutants.mutated(mutant.change)
            seen[mutant.kind] += 1
            seen[found] += 1
            noticed = is_noticed(other, people)
            if found is None:
                found = is_noticed(other, refolding.doubtful(mutant.change))
                seen["doubt", found] += 1

            note(f"{found}, and in a real run {noticed}")
            assert found is noticed

    agree()

    if EXAMPLES:
        return  # with other examples, not each kind need be drawn
    assert usual < 30 or {*Kind} - {*seen} == set()
    assert {True, False} <= {*seen}
    assert most == 14 or {None, ("doubt", True), ("doubt", False)} <= {*seen}


_SAID = ("is a bot", "follows me", "met in person", "would recommend")

_CONDITIONS = st.recursive(
    st.sampled_from(_SAID),
    lambda inner: st.builds(
        "({} {} {})".format, inner, st.sampled_from(("AND", "OR", "AND NOT", "OR NOT")), inner
    ),
    max_leaves=6,
)


def test_what_is_assumed_of_one_is_noticed_as_in_a_real_run() -> None:
    """Though somebody was asked and could not say: then nobody asks for it again.

    Each is an EXAMPLE alone, as another that notices would hide what is said of this one.
    """
    seen: Counter[bool] = Counter()

    @tried(25)
    @drawn(_CONDITIONS, _CONDITIONS, st.sampled_from(("yes", "no")))
    def agree(one: str, other: str, value: str) -> None:
        rules = f"CONNECT WHEN {one}\nREVIEW WHEN {other}\nOTHERWISE DECLINE\n"
        assumed = [f"ASSUME {each}: {value}\n" for each in _SAID[:2] if each in rules]
        note("".join([*assumed, rules]))
        mutants = Mutants(Policy.parse("".join([*assumed, rules])))
        changes = [each.change for each in mutants.mutants if isinstance(each.change, Assumed)]
        refolding = Refolding(mutants, [])
        for person in _unsure(mutants.policy):
            note(f"{person.case.facts} {person.case.expected}")
            alone = refolding.with_people([person])
            for change in changes:
                noticed = is_noticed(mutants.mutated(change), [person])
                seen[noticed] += 1

                note(f"{change}: {noticed} in a real run")
                assert alone.notices(change) is noticed

    agree()

    if EXAMPLES:
        return  # as above
    assert min(seen[True], seen[False]) > 20


def _unsure(policy: Policy[Any]) -> Iterator[Tried]:
    """Whoever is unsure of something that is assumed, where it hangs on more what is decided.

    As EXAMPLEs they say what is asked for.
    """
    trial, assumed = Trial(policy), policy._binding.resolved.assumed
    pools = [(None, UNSURE, *((True, False) if each in assumed else ())) for each in policy.facts]
    for values in product(*pools):
        said = zip(policy.facts, values, strict=True)
        person = Person("", {fact: value for fact, value in said if value is not None})
        found = trial.tried(person)
        ask = found.verdict.ask
        if ask and any(each.assumed and each.unsure for each in found.settled.readings):
            expected = Expected(found.verdict.decision, None, ask)
            yield attrs.evolve(found, case=attrs.evolve(person, expected=expected))


def _people(policy: Policy[Any], each: Case) -> Iterator[Tried]:
    """The contact of *each*, as an EXAMPLE, whole and without each of its facts."""
    trial = Trial(policy)
    facts = {subject: each.contact.get(subject.name) for subject in policy.facts}
    own = {slot.subject: each.me.get(slot.subject.name) for slot in policy._binding.mine}
    mine = {
        fact: value
        for fact, value in _fitting(own).items()
        if isinstance(fact, Fact)  # an owner has no phrases
    }
    known = _fitting(facts)
    for number, left_out in enumerate([None, *known]):
        some = {subject: value for subject, value in known.items() if subject != left_out}
        person = Person(str(number), some, mine, each.today)
        found = trial.tried(person)
        # Not all EXAMPLEs say all there is to say.
        verdict, whole = found.verdict, number % 3
        expected = Expected(
            verdict.decision,
            verdict.rules if verdict.rules and whole else None,
            verdict.ask if verdict.ask and whole == 1 else None,
        )
        yield attrs.evolve(found, case=attrs.evolve(person, expected=expected))


def _fitting(values: Mapping[Subject, object]) -> dict[Subject, object]:
    return {
        subject: UNSURE if value is Odd.UNSURE else value
        for subject, value in values.items()
        if value is Odd.UNSURE or _fits(subject, value)
    }


def _fits(subject: Subject, value: object) -> bool:
    if value is None or value is Odd.RAISES:
        return False
    try:
        return subject.type.ready(value) is not None
    except Unfit:
        return False


def test_equal_mutants_are_equal_for_anybody() -> None:
    """Nobody at a boundary is decided about otherwise; and where some are, somebody is found."""
    seen: Counter[object] = Counter()

    @tried(15)
    @drawn(case(named=True))
    def hold(each: Case) -> None:
        policy = parsed(each)
        mutants = Mutants(policy)
        equal = Equal(mutants)
        killing = Killing(mutants, [mutant.change for mutant in mutants.mutants])
        for mutant in mutants.mutants:
            found = equal.is_equal(mutant.change)
            sought = killing.sought(mutant.change).tried
            seen[found, sought is not None] += 1
            note(f"{mutant.kind}: {mutant.edits}: {found}")
            if found:
                assert sought is None
                _hold_equal(mutants, mutant, each)

    hold()

    if EXAMPLES:
        return  # as above
    found, missed = seen[False, True], seen[False, False]
    assert seen[True, False] > 10
    assert found > 10 * missed


def _hold_equal(mutants: Mutants, mutant: Mutant, each: Case) -> None:
    """See that people at the boundaries are decided about alike."""
    policy, other = mutants.policy, mutants.mutated(mutant.change)
    one, two = Trial(policy), Trial(other)
    tests = [*policy._binding.tests, *other._binding.tests]
    (first, *_) = _people(policy, each)
    boundaries = Boundaries(tests, first.program.context)
    pools = [(None, *boundaries.values(subject)) for subject in policy.facts]
    draw = Random(0)  # noqa: S311 - nothing secret
    for _ in range(_MOST):
        pairs = zip(policy.facts, map(draw.choice, pools), strict=True)
        facts = {subject: value for subject, value in pairs if value is not None}
        person = Person("", facts, first.case.mine, each.today)

        assert _decided(one, person) == _decided(two, person)


def _decided(trial: Trial, person: Person) -> tuple[Decision, frozenset[str]] | str:
    try:
        verdict = trial.tried(person).verdict
    except ContactError as error:
        return str(error)
    return verdict.decision, frozenset(verdict.rules)
