"""The fewest changes of yes/no facts, held against a search through all sets of changes."""

import itertools
import random

import pytest

from connectrules import Contact, Decision, Policy
from connectrules.explain import planner, why_not
from connectrules.explain.least import search
from connectrules.explain.least.subsets import subsets
from connectrules.explanation import WhyNot

FACTS = tuple(f"is q{number}" for number in range(7))
DECISIONS = (Decision.CONNECT, Decision.DECLINE, Decision.REVIEW)
Facts = dict[str, bool]


def policy(draw: random.Random, facts: list[str]) -> Policy[Contact]:
    """A policy about *facts*, of which it takes the next one wherever it speaks of one."""
    declared = "\n".join(f"FACT {name}: yes/no" for name in FACTS)
    rules = [
        f"{draw.choice(('CONNECT', 'DECLINE', 'REVIEW'))} WHEN {condition(draw, facts, 2)}"
        for _ in range(3)
        if facts
    ]
    return Policy.parse(f"{declared}\n" + "\n".join(rules) + "\nOTHERWISE DECLINE")


def condition(draw: random.Random, facts: list[str], depth: int) -> str:
    """A condition about the next of *facts*."""
    size = draw.randrange(2, 4)
    if not depth or len(facts) <= size or draw.random() < 0.2:
        return ("NOT " if draw.random() < 0.3 else "") + facts.pop()
    items = [condition(draw, facts, depth - 1) for _ in range(size) if facts]
    number = draw.randrange(1, len(items) + 1)
    match draw.randrange(5):
        case 0:
            return f"ALL OF ({'; '.join(items)})"
        case 1:
            return f"ANY OF ({'; '.join(items)})"
        case 2:
            return f"AT LEAST {number} OF ({'; '.join(items)})"
        case 3:
            return f"EXACTLY {number} OF ({'; '.join(items)})"
        case _:
            points = "; ".join(f"{draw.randrange(1, 4)} FOR {item}" for item in items)
            return f"AT LEAST {number} POINTS FROM ({points})"


def drawn(seed: int, *, shared: bool) -> tuple[Policy[Contact], Facts]:
    """A policy and what is known of a contact; each fact in one place where none is *shared*."""
    draw = random.Random(seed)  # noqa: S311 - nothing secret
    pool = [draw.choice(FACTS) for _ in range(14)] if shared else draw.sample(FACTS, len(FACTS))
    return policy(draw, pool), {name: draw.random() < 0.5 for name in FACTS if draw.random() < 0.6}


def smallest(made: Policy[Contact], facts: Facts, decision: Decision) -> set[frozenset[str]]:
    """The smallest sets of facts that can be changed so that *decision* is made."""
    for size in range(len(FACTS) + 1):
        found = {
            frozenset(chosen)
            for chosen in itertools.combinations(FACTS, size)
            for values in itertools.product((True, False), repeat=size)
            if made.decide(contact({**facts, **dict(zip(chosen, values, strict=True))})) is decision
        }
        if found:
            return found
    return set()


def contact(facts: Facts) -> Contact:
    """A contact of whom *facts* are known."""
    return Contact(key="ada", other=dict(facts))


def told(made: Policy[Contact], facts: Facts, decision: Decision) -> WhyNot:
    """What is told for *decision*, whose changes bring it."""
    found = made.explain(contact(facts)).why_not(decision)
    for way in found.ways:
        after = facts | {change.fact: bool(change.after) for change in way}
        assert made.decide(contact(after)) is decision
    return found


SEEDS = [*range(4), *(pytest.param(seed, marks=pytest.mark.once) for seed in range(4, 40))]


@pytest.fixture
def _all_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """All ways are told, not eight."""
    monkeypatch.setattr(why_not, "_MOST_WAYS", 10_000)
    monkeypatch.setattr(planner, "_MANY", 10_000)
    monkeypatch.setattr(planner, "_FEW", 10_000)


@pytest.mark.usefixtures("_all_told")
@pytest.mark.parametrize("shared", [False, True], ids=["each once", "shared"])
@pytest.mark.parametrize("seed", SEEDS)
def test_all_of_the_fewest(seed: int, *, shared: bool) -> None:
    """All smallest sets are found, by the tree alone and where facts are shared."""
    made, facts = drawn(seed, shared=shared)

    for decision in DECISIONS:
        found = told(made, facts, decision)
        assert found.fewest
        names = {frozenset(change.fact for change in way) for way in found.ways}
        assert names == smallest(made, facts, decision)


@pytest.mark.usefixtures("_all_told")
@pytest.mark.parametrize("seed", SEEDS)
def test_no_more_than_few_at_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where few sets can be tried at once, the smallest number is the same."""
    monkeypatch.setattr(search, "_MOST_WORLDS", 20)
    made, facts = drawn(seed, shared=True)

    for decision in DECISIONS:
        found = told(made, facts, decision)
        wanted = smallest(made, facts, decision)
        assert found.fewest
        names = {frozenset(change.fact for change in way) for way in found.ways}
        assert names <= wanted
        assert bool(names) is bool(wanted)


@pytest.mark.parametrize("seed", SEEDS)
def test_giving_up_is_told(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where proof is given up, what is told brings the decision; it is not called the fewest."""
    monkeypatch.setattr(search, "_MOST_WORK", -1)
    monkeypatch.setattr(search, "_FEW_STEPS", 0)
    made, facts = drawn(seed, shared=True)

    for decision in DECISIONS:
        found = told(made, facts, decision)
        wanted = smallest(made, facts, decision)
        least = min(map(len, wanted), default=0)
        if found.fewest:
            assert {len(way) for way in found.ways} == ({least} if wanted else set())
        assert all(len(way) >= least for way in found.ways)


def test_large_policies_are_answered() -> None:
    """Where very many facts are shared, a way is told all the same."""
    draw = random.Random(1)  # noqa: S311 - nothing secret
    names = [f"is q{number}" for number in range(60)]

    def rule(kind: str) -> str:
        parts = [
            " OR ".join(draw.choice(("", "NOT ")) + draw.choice(names) for _ in range(3))
            for _ in range(4)
        ]
        return f"{kind} WHEN " + " AND ".join(f"({part})" for part in parts)

    kinds = ("DECLINE", "REVIEW", "CONNECT", "CONNECT") * 8
    text = "\n".join([*(f"FACT {name}: yes/no" for name in names), *map(rule, kinds)])
    made = Policy.parse(f"{text}\nOTHERWISE DECLINE")
    facts = {name: draw.random() < 0.5 for name in names[::2]}

    found = told(made, facts, Decision.CONNECT)

    assert found.ways


@pytest.mark.parametrize(("things", "chosen"), [(5, 0), (5, 2), (6, 3), (6, 5), (4, 4), (3, 4)])
def test_all_subsets_in_their_order(things: int, chosen: int) -> None:
    """A world for each set, those of the first things first."""
    masks, size = subsets(things, chosen)

    worlds = [
        tuple(thing for thing, mask in enumerate(masks) if mask >> place & 1)
        for place in range(size)
    ]
    assert worlds == [*itertools.combinations(range(things), chosen)]


@pytest.mark.once
def test_more_facts_than_a_call_may_nest() -> None:
    """Policies that share over a thousand facts are answered like small ones."""
    names = [f"is q{number}" for number in range(1_100)]
    text = "\n".join(
        [
            "FACT is g: yes/no",
            *(f"FACT {name}: yes/no" for name in names),
            f"CONNECT WHEN {' OR '.join(names)}",
            f"DECLINE WHEN {' OR '.join(f'({name} AND is g)' for name in names)}",
            "OTHERWISE REVIEW",
        ]
    )
    facts = {**dict.fromkeys(names, False), "is g": False}

    found = told(Policy.parse(text), facts, Decision.CONNECT)

    assert {len(way) for way in found.ways} == {1}
    assert found.fewest
