"""Mutants of a policy of 50 conditions over 1,000 cases, beside one of them judged over."""

import datetime
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random

import attrs
import pytest
from racing import Race, Row

from connectrules import Contact, Policy
from connectrules.outcome import Expected
from connectrules.testing.cases import Case, Trial, Tried, tried_examples
from connectrules.testing.mutants import Mutants
from connectrules.testing.mutants.refolding import Refolding
from connectrules.testing.mutants.settling import is_noticed
from connectrules.testing.mutation import Mutation, mutate

_CASES = 1_000
_A_SECOND = 5_000
"""How many mutants a second there should be."""

_YES_NO = [f"would like {chr(ord('a') + n)}" for n in range(20)]
_COUNTS = [f"score {chr(ord('a') + n)}" for n in range(15)]
_TEXTS = [f"remark {chr(ord('a') + n)}" for n in range(8)]
_DATES = [f"met for {chr(ord('a') + n)}" for n in range(4)]
_LISTS = [f"tags of {chr(ord('a') + n)}" for n in range(3)]


def _policy() -> Policy[Contact]:
    said = [
        *_YES_NO,
        *(f"{name} is at least {10 + n}" for n, name in enumerate(_COUNTS)),
        *(f'{name} mentions any of "craft", "care"' for name in _TEXTS),
        *(f"{name} is after 2024-05-0{n + 1}" for n, name in enumerate(_DATES)),
        *(f'{name} include at least 1 of "a", "b"' for name in _LISTS),
    ]
    Random(0).shuffle(said)  # noqa: S311 - nothing secret
    kinds = [("yes/no", _YES_NO), ("count", _COUNTS), ("text", _TEXTS), ("date", _DATES)]
    facts = [f"FACT {name}: {kind}" for kind, names in kinds for name in names]
    facts += [f"FACT {name}: list of text" for name in _LISTS]
    rules = [
        'CONNECT "first" WHEN ALL OF',
        *(
            f"    - {one} OR NOT {other}"
            for one, other in zip(said[:15:2], said[1:15:2], strict=False)
        ),
        'CONNECT "second" WHEN AT LEAST 3 OF',
        *(f"    - {each}" for each in said[15:25]),
        'REVIEW "third" WHEN ANY OF',
        *(f"    - {' AND '.join(said[n : n + 3])}" for n in range(25, 37, 3)),
        'DECLINE "fourth" WHEN AT LEAST 9 POINTS FROM',
        *(f"    - {1 + n % 3} FOR {each}" for n, each in enumerate(said[37:])),
        "OTHERWISE DECLINE",
    ]
    return Policy.parse("\n".join([*facts, *rules]))


def _policy_of_linked(*, assuming: bool = True) -> Policy[Contact]:
    """Each fact is tested twice, and two are assumed if *assuming*."""
    said = [
        *(name for name in _YES_NO[:9] for _ in range(2)),
        *(f"{name} is {said}" for name in _COUNTS[:8] for said in ("at least 12", "less than 22")),
        *(f"{name} {said}" for name in _TEXTS[:4] for said in ('mentions "care"', 'contains "a"')),
        *(f"{name} is {said} 2024-05-04" for name in _DATES for said in ("after", "before")),
    ]
    Random(1).shuffle(said)  # noqa: S311 - nothing secret
    kinds = [("yes/no", _YES_NO), ("count", _COUNTS), ("text", _TEXTS), ("date", _DATES)]
    rules = [
        *(f"FACT {name}: {kind}" for kind, names in kinds for name in names),
        *((f"ASSUME {_YES_NO[0]}: no", f"ASSUME {_COUNTS[0]}: 5") if assuming else ()),
        'CONNECT "first" WHEN ALL OF',
        *(
            f"    - {one} OR NOT {other}"
            for one, other in zip(said[:16:2], said[1:16:2], strict=True)
        ),
        'CONNECT "second" WHEN AT LEAST 3 OF',
        *(f"    - {each}" for each in said[16:26]),
        'REVIEW "third" WHEN ANY OF',
        *(f"    - {' AND '.join(said[n : n + 3])}" for n in range(26, 38, 3)),
        'DECLINE "fourth" WHEN AT LEAST 9 POINTS FROM',
        *(f"    - {1 + n % 3} FOR {each}" for n, each in enumerate(said[38:])),
        "OTHERWISE DECLINE",
    ]
    return Policy.parse("\n".join(rules))


def _tried(policy: Policy[Contact], *, asking: bool = False) -> list[Tried]:
    """Cases that expect what comes of them, by the rules that decide, *asking* if they do."""
    draw, trial = Random(0), Trial(policy)  # noqa: S311 - nothing secret
    pools = {
        "yes/no": (True, False),
        "count": (*range(5, 30),),
        "text": ("craft first", "aircraft", "care and craft", "Leeds"),
        "date": tuple(datetime.date(2024, 5, day) for day in range(1, 8)),
        "list of text": ((), ("a",), ("a", "b"), ("c",)),
    }
    found = []
    for number in range(_CASES):
        facts = {
            fact: draw.choice(pools[fact.type.name]) for fact in policy.facts if draw.random() < 0.9
        }
        tried = trial.tried(Case(str(number), facts))
        verdict = tried.verdict
        ask = verdict.ask or None if asking else None
        expected = Expected(verdict.decision, verdict.rules or None, ask)
        found.append(attrs.evolve(tried, case=attrs.evolve(tried.case, expected=expected)))
    return found


def _noticed(mutants: Mutants, tried: Sequence[Tried]) -> list[bool]:
    """Which mutants the cases notice: each is asked about once, and all is made ready anew."""
    refolding = Refolding(mutants, tried)
    return [refolding.notices(each.change) for each in mutants.mutants]


def test_mutants(race: Race) -> None:
    """Folding anew what a change has above it beats judging the cases once more, by far."""
    policy = _policy()
    mutants, tried = Mutants(policy), _tried(policy)
    changes = [each.change for each in mutants.mutants]

    def ours() -> list[bool]:
        return _noticed(mutants, tried)

    def other() -> list[Tried]:
        trial = Trial(mutants.mutated(changes[0]))
        return [trial.tried(each.case) for each in tried]

    assert ours()[0] is any(
        again.verdict.decision is not each.verdict.decision
        for again, each in zip(other(), tried, strict=True)
    )

    what = f"{len(changes)} mutants over 1,000 cases"
    target = f"{_A_SECOND:,} a second"
    race(ours, other, Row(what, len(changes), "one of them judged over", target), rounds=5)


@pytest.mark.parametrize(
    ("what", "policy", "asking"),
    [
        ("facts tested twice", partial(_policy_of_linked, assuming=False), False),
        ("facts tested twice and assumed", _policy_of_linked, False),
        ("EXAMPLEs with ASKING", _policy, True),
    ],
)
def test_harder_mutants(
    race: Race, what: str, policy: Callable[[], Policy[Contact]], *, asking: bool
) -> None:
    """Where facts are unknown and hang together, there are more bits, and some verdicts."""
    mutants = Mutants(policy())
    tried = _tried(mutants.policy, asking=asking)
    changes = [each.change for each in mutants.mutants]

    def ours() -> list[bool]:
        return _noticed(mutants, tried)

    def other() -> list[Tried]:
        trial = Trial(mutants.mutated(changes[0]))
        return [trial.tried(each.case) for each in tried]

    target = f"{_A_SECOND:,} a second"
    row = Row(f"{len(changes)} mutants, {what}", len(changes), "one of them judged over", target)
    race(ours, other, row, rounds=5)


def test_mutants_of_examples(race: Race) -> None:
    """The policies of `examples/`, by their own EXAMPLEs: few, and all are made ready anew."""
    folder = Path(__file__).parents[1] / "examples"
    policies = [Policy.load(path) for path in sorted(folder.glob("*.policy"))]
    mutants = [Mutants(each) for each in policies]
    tried = [tried_examples(each) for each in policies]
    size = sum(len(each.mutants) for each in mutants)

    def ours() -> list[bool]:
        pairs = zip(mutants, tried, strict=True)
        return [found for of, cases in pairs for found in _noticed(of, cases)]

    def other() -> list[bool]:
        return [
            is_noticed(of.mutated(each.change), cases)
            for of, cases in zip(mutants, tried, strict=True)
            for each in of.mutants
        ]

    assert ours() == other()

    row = Row(f"{size} mutants of `examples/`, their EXAMPLEs", size, "each of them judged over")
    race(ours, other, row, rounds=1)


def test_mutating_examples(race: Race) -> None:
    """The same with all else that is done: mutants are made, EXAMPLEs judged, equal ones found."""
    folder = Path(__file__).parents[1] / "examples"
    policies = [Policy.load(path) for path in sorted(folder.glob("*.policy"))]

    def ours() -> list[Mutation]:
        return [mutate(each, propose=False) for each in policies]

    def other() -> list[tuple[Tried, ...]]:
        return [tried_examples(each) for each in policies]

    found = ours()
    size = sum(len([*each.killed, *each.survivors, *each.equivalent]) for each in found)
    row = Row(f"{size} mutants of `examples/`, all told", size, "their EXAMPLEs judged once")
    race(ours, other, row, rounds=3)
