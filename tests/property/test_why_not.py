"""The fewest changes that bring another decision, held against a search through all values."""

import contextlib
import datetime
import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import assume, event, note
from hypothesis import given as drawn
from hypothesis import strategies as st

from connectrules import Contact, ContactError, Decision, Policy, Verdict
from connectrules.explain.why_not import why_not
from connectrules.explanation import Change, WhyNot
from connectrules.program import Settled
from tests.property import enumerate as slow
from tests.property import meaning, perfect
from tests.property.model import Case, Fact, Part, others
from tests.property.running import judged, parsed, tried
from tests.property.strategies import case
from tests.property.test_laws import turned
from tests.property.universe import given

DECISIONS = (Decision.CONNECT, Decision.DECLINE, Decision.REVIEW)
MOST = 1_500
"""The most contacts that are judged to see that none has fewer changes."""


def explained(policy: Policy[Any], each: Case) -> tuple[Settled, Mapping[Decision, WhyNot]]:
    """The verdict on the contact of *each*, and what would bring the other decisions."""
    contact, context = given(each)
    answers = context.pop("answers", {})
    bound = policy._binding.bound(context["me"], context["today"], answers)
    try:
        settled = bound.program.settle(contact, bound.answers)
    except ContactError:
        assume(False)  # noqa: FBT003 - there is no verdict to explain
        raise
    found = {
        decision: why_not(bound.program, settled, decision)
        for decision in DECISIONS
        if decision is not settled.verdict.decision
    }
    note(f"verdict: {settled.verdict}")
    for each_found in found.values():
        note(f"found: {each_found}")
    return settled, found


def changed(each: Case, changes: Mapping[str, object]) -> Case:
    """*each* with other values in its record."""
    return attrs.evolve(
        each, contact={**each.contact, **changes}, answered=each.answered - changes.keys()
    )


def made(each: Case, way: Sequence[Change]) -> Case:
    """*each* with the changes of *way* made."""
    return changed(each, {change.fact: change.after for change in way})


def decision_of(policy: Policy[Any], each: Case) -> Decision | None:
    """What is decided of the contact of *each*; None for an error."""
    verdict = judged(policy, each)
    return verdict.decision if isinstance(verdict, Verdict) else None


@tried(75)
@drawn(case())
def test_the_changes_bring_the_decision(each: Case) -> None:
    """Making a way's changes gives the decision, by the slow evaluator as well; all are needed."""
    policy = parsed(each)
    _, found = explained(policy, each)

    for decision, why in found.items():
        assert why.decision is decision
        for way in why.ways:
            after = made(each, way)
            assert decision_of(policy, after) is decision
            with contextlib.suppress(slow.TooMany):
                assert slow.judge(after).decision == decision.value
            for left in range(len(way)):
                less = made(each, (*way[:left], *way[left + 1 :]))
                assert decision_of(policy, less) is not decision


@tried(75)
@drawn(case())
def test_no_fewer_changes_do(each: Case) -> None:
    """No fewer changes, tried over values around all that the policy names, bring it."""
    policy = parsed(each)
    _, found = explained(policy, each)
    pools = values(each)

    for decision, why in found.items():
        if not why.fewest:
            assert may_be_unsure(each)
            event("not certain to be the fewest")
            continue
        size = min(map(len, why.ways), default=len(pools) + 1)
        assert {len(way) for way in why.ways} <= {size}
        for chosen in subsets(pools, size):
            for other in product(pools, chosen):
                assert decision_of(policy, changed(each, other)) is not decision, other


def may_be_unsure(each: Case) -> bool:
    """Whether facts are compared with one another, or parts of one text may hang together."""
    said = [*each.rules.sentences()]
    return any(others(one) or isinstance(one, Part) for one in said)


@tried(75)
@drawn(case())
def test_no_nearer_value_does(each: Case) -> None:
    """Where one number or date moves, no value of it that is nearer brings the decision."""
    policy = parsed(each)
    _, found = explained(policy, each)
    pools = values(each)

    for decision, why in found.items():
        for way in why.ways:
            change = way[0]
            if len(way) > 1 or not change.by or isinstance(change.after, tuple):
                continue
            for value in pools[change.fact]:
                if far(change.before, value) < abs(change.by):
                    nearer = changed(each, {change.fact: value})
                    assert decision_of(policy, nearer) is not decision, value


@tried(75)
@drawn(
    st.lists(
        st.tuples(
            st.sampled_from(["is", "is not", "is at least", "is at most"]), st.integers(0, 12)
        ),
        min_size=2,
        max_size=3,
    ),
    st.integers(0, 12),
)
def test_of_several_boundaries_the_nearest(tests: list[tuple[str, int]], now: int) -> None:
    """Of all counts near by, none that is nearer brings it."""
    condition = " OR ".join(f"n {compared} {value}" for compared, value in tests)
    policy = Policy.parse(f"FACT n: count\nCONNECT WHEN {condition}\nOTHERWISE DECLINE")

    def brings(value: int) -> bool:
        contact = Contact(key="ada", other={"n": value})
        return policy.decide(contact) is Decision.CONNECT

    assume(not brings(now))
    why = policy.explain(Contact(key="ada", other={"n": now})).why_not(Decision.CONNECT)

    ((change,),) = why.ways
    assert isinstance(change.after, int)
    assert brings(change.after)
    assert abs(change.after - now) == min(abs(value - now) for value in range(30) if brings(value))


def far(one: Any, other: Any) -> float:  # noqa: ANN401 - numbers or dates
    """How far two numbers are apart, or two dates in days."""
    if isinstance(one, datetime.datetime):
        one = one.date()
    gap = one - other
    return float(abs(gap.days if isinstance(gap, datetime.timedelta) else gap))


@tried(60)
@drawn(case(named=True), st.randoms(use_true_random=False))
def test_no_order_changes_them(each: Case, shuffler: random.Random) -> None:
    """No order of rules, operands, items or declarations changes what is found.

    Sentences are told as they stand there, lists of texts in their order.
    """
    _, found = explained(parsed(each), each)
    rules = turned(each.rules, shuffler)
    _, again = explained(parsed(attrs.evolve(each, rules=rules)), each)

    assert unsaid(again) == unsaid(found)


def unsaid(found: Mapping[Decision, WhyNot]) -> dict[Decision, list[list[Change]]]:
    """What was *found* without the sentences."""
    return {
        decision: [[attrs.evolve(change, says=()) for change in way] for way in why.ways]
        for decision, why in found.items()
    }


def values(each: Case) -> dict[str, list[object]]:
    """Values of each fact: around what the sentences name and what the other facts have."""
    read = slow.readings(each)
    plain = [slow.grounded(said, read) for said in each.rules.sentences()]
    found: dict[str, list[object]] = {}
    for fact in each.rules.facts():
        tests = [said for said in plain if fact.name in perfect._names(said)]
        linked = perfect._linked(fact, plain)
        near = [said for said in plain if perfect._names(said) & linked]
        alone = not any(others(said) for said in tests)
        by_outcome: dict[object, object] = {}
        for value in _pool(fact, near, each):
            key = (
                tuple(meaning.holds(said, value, each.today) for said in tests) if alone else value
            )
            by_outcome.setdefault(key, value)
        found[fact.name] = [_raw(value) for value in by_outcome.values()]
    return found


def _pool(fact: Fact, near: Sequence[Any], each: Case) -> Iterator[object]:
    try:
        yield from perfect._values(fact, near, each)
    except slow.TooMany:
        assume(False)  # noqa: FBT003 - lists too long to try


def _raw(value: object) -> object:
    return tuple(sorted(value.members)) if isinstance(value, meaning.Group) else value


def subsets(pools: Mapping[str, Sequence[object]], below: int) -> Iterator[tuple[str, ...]]:
    """Sets of fewer than *below* facts, as long as there are not too many values to try."""
    left = MOST
    for size in range(1, min(below, len(pools) + 1)):
        for chosen in itertools.combinations(pools, size):
            left -= math.prod(len(pools[name]) for name in chosen)
            if left < 0:
                event("too many values to try them all")
                return
            yield chosen
    event("all values tried")


def product(
    pools: Mapping[str, Sequence[object]], chosen: Sequence[str]
) -> Iterator[dict[str, object]]:
    """Every way to give the facts *chosen* values."""
    for each in itertools.product(*(pools[name] for name in chosen)):
        yield dict(zip(chosen, each, strict=True))
