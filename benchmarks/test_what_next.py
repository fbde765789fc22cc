"""What to ask next, of policies of 50 conditions, and what an answer changes."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from racing import Race, Row

from connectrules import Contact, Decision, Policy
from connectrules.explain.prospects import Prospects
from connectrules.program import Program

NAMES = [f"would do {chr(ord('a') + n % 26)}{n}" for n in range(50)]


def _rules(tests: list[str]) -> str:
    """Three kinds of rules of 50 *tests*."""
    pairs = zip(tests[:20:2], tests[1:20:2], strict=True)
    review = zip(tests[20:35:3], tests[21:35:3], tests[22:35:3], strict=True)
    decline = zip(tests[35:50:3], tests[36:50:3], tests[37:50:3], strict=True)
    return "\n".join(
        [
            "CONNECT WHEN ALL OF",
            *(f"    - {one} OR NOT {other}" for one, other in pairs),
            "REVIEW WHEN ANY OF",
            *(f"    - {' AND '.join(each)}" for each in review),
            "DECLINE WHEN ANY OF",
            *(f"    - {' AND '.join(each)}" for each in decline),
            "OTHERWISE DECLINE",
        ]
    )


def _counts(tests: list[str]) -> str:
    """Lists of which some must hold, and points."""
    fives = ("; ".join(tests[start : start + 5]) for start in range(0, 30, 5))
    points = (f"    - {1 + place % 3} FOR {test}" for place, test in enumerate(tests[40:]))
    return "\n".join(
        [
            "CONNECT WHEN ALL OF",
            *(f"    - AT LEAST 2 OF ({five})" for five in fives),
            "REVIEW WHEN AT LEAST 3 OF",
            *(f"    - {test}" for test in tests[30:40]),
            "DECLINE WHEN AT LEAST 4 POINTS FROM",
            *points,
            "OTHERWISE DECLINE",
        ]
    )


def _declared(names: list[str], kind: str) -> str:
    return "".join(f"FACT {name}: {kind}\n" for name in names)


SCORES = [f"score {chr(ord('a') + n)}" for n in range(17)]
THRESHOLDS = [
    f"{name} is at least {bound + n}" for bound in (5, 15, 25) for n, name in enumerate(SCORES)
]
SHAPES: Mapping[str, str] = {
    "each fact tested once": _declared(NAMES, "yes/no") + _rules(NAMES),
    "lists and points": _declared(NAMES, "yes/no") + _counts(NAMES),
    "10 of 40 facts tested twice": _declared(NAMES[:40], "yes/no")
    + _rules(NAMES[:40] + NAMES[:10]),
    "17 numbers, 3 thresholds each": _declared(SCORES, "count") + _rules(THRESHOLDS[:50]),
}


def _contact(policy: Policy[Contact], unknown: int) -> Contact:
    """A contact of whom about so many facts are unknown that matter."""
    draw = Random(unknown)  # noqa: S311 - nothing secret
    names = [fact.name for fact in policy.facts]
    best, most = Contact(key="x"), 0
    for _ in range(2_000 if unknown < len(names) else 0):
        known = draw.sample(names, len(names) - unknown)
        values: dict[str, Any] = {
            name: draw.random() < 0.5 if name in NAMES else draw.randrange(40) for name in known
        }
        found = Contact(key="x", other=values)
        asked = len(policy.judge(found).ask)
        if asked > most:
            best, most = found, asked
    return best


def _program(policy: Policy[Contact]) -> Program:
    program = policy._binding.plain  # noqa: SLF001 - what it keeps is thrown away
    assert program
    return program


def _forget(program: Program, *, plans: bool = True) -> None:
    """Throw away what is kept of contacts, the plans of what to ask or all but these."""
    program._known.clear()  # noqa: SLF001 - as above
    program.analyser._known.clear()  # noqa: SLF001 - as above
    kept = program.kept(Prospects)
    kept._kept.clear()  # noqa: SLF001 - as above
    if plans:
        kept._plans = ()  # noqa: SLF001 - as above


@pytest.mark.parametrize("unknown", [50, 10], ids=["all unknown", "10 unknown"])
@pytest.mark.parametrize("shape", SHAPES)
def test_what_next(
    benchmark: Any,  # noqa: ANN401 - pytest-benchmark's fixture
    race: Race,
    shape: str,
    unknown: int,
) -> None:
    """The questions come with their numbers up to twelve unknown facts, and in order beyond."""
    policy = Policy.parse(SHAPES[shape])
    program = _program(policy)
    contact = _contact(policy, unknown)
    verdict = policy.judge(contact)
    assert verdict.decision is Decision.UNDECIDED
    assert {each.fact for each in policy.explain(contact).what_next} == {*verdict.ask}
    first = policy.explain(contact)

    def ask() -> None:
        _forget(program)
        [*policy.explain(contact).what_next[0].leads]

    def explain() -> None:
        _forget(program)
        policy.explain(contact)

    benchmark.group = "what next"
    matter = len(first.what_next)
    row = Row(f"what next, {shape}, {matter} that matter", 1, "explaining alone", "≤ 5 ms more")
    race(ask, explain, row, rounds=50)


@pytest.mark.parametrize("shape", SHAPES)
def test_an_answer(benchmark: Any, race: Race, shape: str) -> None:  # noqa: ANN401 - a fixture
    """After an answer the next question is known at once."""
    policy = Policy.parse(SHAPES[shape])
    program = _program(policy)
    contact = _contact(policy, 10)
    first = policy.explain(contact).what_next[0].fact
    answers = {first: True if first in NAMES else 30}

    def answer() -> None:
        _forget(program, plans=False)
        policy.explain(contact, answers=answers).what_next  # noqa: B018 - it is worked out

    def judge() -> None:
        _forget(program, plans=False)
        policy.judge(contact)

    benchmark.group = "what next"
    row = Row(f"an answer more, {shape}", 1, "judging anew", "≤ 1 ms")
    race(answer, judge, row, rounds=50)
