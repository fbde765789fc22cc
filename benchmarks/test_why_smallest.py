"""Why, at 50 conditions: one smallest set of facts that settles a decision, and what it tells."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest
from racing import Race, Row
from test_judging import each

from connectrules import Contact, Decision, Policy
from connectrules.explain.bases import bases
from connectrules.explain.plan import planned
from connectrules.program import Program, Settled

KINDS = ("CONNECT", "DECLINE", "REVIEW")


def _facts(count: int) -> list[str]:
    return [f"is q{number:02}x" for number in range(count)]


def _policy(facts: Sequence[str], rules: Sequence[str], counts: Sequence[str] = ()) -> str:
    declared = [f"FACT {name}: yes/no" for name in facts]
    declared += [f"FACT {name}: count" for name in counts]
    return "\n".join([*declared, *rules, "OTHERWISE DECLINE"])


def _each_once() -> str:
    """Three kinds of rules; each fact stands in one."""
    facts = _facts(50)
    groups = [facts[start : start + 5] for start in range(0, 50, 5)]
    rules = [
        f"{KINDS[n % 3]} WHEN {' AND '.join(group[:4])} UNLESS {group[4]}"
        for n, group in enumerate(groups)
    ]
    return _policy(facts, rules)


def _shared() -> str:
    """25 facts in 50 conditions, some of them denied."""
    draw, facts = random.Random(1), _facts(25)  # noqa: S311 - as good as any
    rules = []
    for number in range(10):
        *three, one, other = draw.sample(facts, 5)
        said = [f"NOT {name}" if draw.random() < 0.3 else name for name in three]
        rules.append(f"{KINDS[number % 3]} WHEN {' AND '.join(said)} AND ({one} OR {other})")
    return _policy(facts, rules)


def _thresholds() -> str:
    """Ten numbers with three thresholds each."""
    draw, facts = random.Random(3), _facts(20)  # noqa: S311 - as above
    counts = [f"n{number}x" for number in range(10)]
    rules = [
        f"{KINDS[n % 3]} WHEN {counts[n]} > {draw.randint(1, 9)} "
        f"AND {counts[(n + 3) % 10]} < {draw.randint(4, 12)} "
        f"AND ({facts[2 * n]} OR {counts[(n + 5) % 10]} >= {draw.randint(2, 9)}) "
        f"AND NOT {facts[2 * n + 1]}"
        for n in range(10)
    ]
    return _policy(facts, rules, counts)


def _lists() -> str:
    """Five lists of which 4 to 6 items must hold."""
    facts = _facts(50)
    rules = [
        f"{KINDS[n % 3]} WHEN AT LEAST {4 + n % 3} OF ({'; '.join(facts[10 * n : 10 * n + 10])})"
        for n in range(5)
    ]
    return _policy(facts, rules)


def _one_kind() -> str:
    """Twelve rules that all connect, and share 20 facts."""
    draw, facts = random.Random(7), _facts(20)  # noqa: S311 - as above
    rules = []
    for _ in range(12):
        said = [f"NOT {name}" if draw.random() < 0.3 else name for name in draw.sample(facts, 4)]
        rules.append(f"CONNECT WHEN {' AND '.join(said)}")
    return _policy(facts, rules)


SHAPES: dict[str, Callable[[], str]] = {
    "each fact once": _each_once,
    "facts shared": _shared,
    "thresholds shared": _thresholds,
    "lists of AT LEAST": _lists,
    "rules of one kind": _one_kind,
}


def _settled(program: Program, policy: Policy[Contact]) -> list[Settled]:
    """Decisions on contacts of whom much or little is known."""
    draw, found = random.Random(0), []  # noqa: S311 - as above
    while len(found) < 40:
        unknown, yes = draw.choice((0.0, 0.1, 0.3)), draw.choice((0.3, 0.5, 0.7))
        values = {
            fact.name: draw.random() < yes if fact.name[:2] == "is" else draw.randint(0, 12)
            for fact in policy.facts
            if draw.random() >= unknown
        }
        settled = program.settle(Contact(key="x", other=values), {})
        if settled.verdict.decision is not Decision.UNDECIDED:
            found.append(settled)
    return found


def left_out(program: Program, settled: Settled) -> int:
    """A set of which nothing can be left out: one fact less, and one verdict, after the other."""
    values = [reading.ready for reading in settled.readings]
    for place in range(len(values)):
        kept, values[place] = values[place], None
        if kept is not None:
            program.analyser._known.clear()  # noqa: SLF001 - what it keeps is thrown away
            found = program.analyser.analyse(program.tests(values))
            if found.decisions != {settled.verdict.decision}:
                values[place] = kept
    return sum(value is not None for value in values)


@pytest.mark.parametrize("shape", SHAPES)
def test_one_smallest_reason(benchmark: Any, race: Race, shape: str) -> None:  # noqa: ANN401 - a fixture
    """The first basis is never larger than what leaving facts out one by one comes to."""
    policy = Policy.parse(SHAPES[shape]())
    program = policy._binding.plain  # noqa: SLF001 - to begin anew each time
    assert program
    cases = _settled(program, policy)
    for settled in cases:
        first = next(bases(program, settled, {}))
        assert first.smallest
        assert len(first.facts) <= left_out(program, settled)
    benchmark.group = "why"
    race(
        partial(each, partial(planned, program), cases),
        partial(each, partial(left_out, program), cases),
        Row(f"why, 50 conditions, {shape}", len(cases), "leaving out one by one", "≤ 1 ms"),
        rounds=10,
    )
