"""Why not, at 50 conditions: the fewest changes that bring another decision."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from racing import Race, Row

from connectrules import Contact, Decision, Policy
from connectrules.explain.planner import Planner
from connectrules.explain.why_not import why_not

_KINDS = ("DECLINE", "REVIEW", "CONNECT", "CONNECT", "CONNECT")
_DECISIONS = (Decision.CONNECT, Decision.DECLINE, Decision.REVIEW)
_TARGET = "≤ 5 ms"


@attrs.frozen
class Shape:
    """A policy of 50 conditions.

    Attributes:
        name: What kind it is.
        text: The policy.
        facts: Its facts.
        value: A value of a fact, drawn at random.
    """

    name: str
    text: str
    facts: tuple[str, ...]
    value: Callable[[random.Random], object]


def _yes_no(draw: random.Random) -> object:
    return draw.random() < 0.5


def _policy(facts: tuple[str, ...], kind: str, rules: list[str]) -> str:
    declared = [f"FACT {name}: {kind}" for name in facts]
    return "\n".join([*declared, *rules, "OTHERWISE DECLINE"])


def _each_once() -> Shape:
    """Each fact in one condition, three kinds of rules."""
    facts = tuple(f"is q{number}" for number in range(50))
    left = iter(facts)

    def joined(word: str, count: int) -> str:
        return "(" + f" {word} ".join(next(left) for _ in range(count)) + ")"

    rules = [
        "DECLINE WHEN " + " OR ".join(joined("AND", 2) for _ in range(5)),
        "REVIEW WHEN " + " OR ".join(joined("AND", 3) for _ in range(4)),
        "CONNECT WHEN " + " AND ".join(joined("OR", 2) for _ in range(7)),
        "CONNECT WHEN " + joined("AND", 14),
    ]
    return Shape("each fact once", _policy(facts, "yes/no", rules), facts, _yes_no)


def _lists() -> Shape:
    """Lists of AT LEAST k."""
    facts = tuple(f"is q{number}" for number in range(50))
    one, two, three = ("; ".join(facts[a:b]) for a, b in ((0, 25), (25, 40), (40, 50)))
    rules = [
        f"CONNECT WHEN AT LEAST 10 OF ({one})",
        f"CONNECT WHEN AT LEAST 8 OF ({two}) UNLESS AT LEAST 3 OF ({three})",
    ]
    return Shape("lists of AT LEAST k", _policy(facts, "yes/no", rules), facts, _yes_no)


def _shared(count: int) -> Shape:
    """Facts that several rules share."""
    draw = random.Random(count)  # noqa: S311 - nothing secret
    facts = tuple(f"is q{number}" for number in range(count))

    def literal() -> str:
        return ("NOT " if draw.random() < 0.3 else "") + draw.choice(facts)

    rules = []
    for kind in _KINDS:
        parts = [" OR ".join(literal() for _ in range(draw.choice((2, 3)))) for _ in range(4)]
        rules.append(f"{kind} WHEN " + " AND ".join(f"({part})" for part in parts))
    return Shape(f"{count} facts shared", _policy(facts, "yes/no", rules), facts, _yes_no)


def _thresholds() -> Shape:
    """Many thresholds of few counts."""
    draw = random.Random(3)  # noqa: S311 - nothing secret
    facts = tuple(f"visits to q{number}" for number in range(10))

    def literal() -> str:
        words = draw.choice(("more", "less"))
        return f"{draw.choice(facts)} is {words} than {draw.randrange(10, 1_000)}"

    rules = [
        f"{kind} WHEN " + " AND ".join(f"({literal()} OR {literal()})" for _ in range(5))
        for kind in _KINDS
    ]
    return Shape(
        "thresholds of 10 counts",
        _policy(facts, "count", rules),
        facts,
        lambda each: each.randrange(1_000),
    )


_SHAPES = (_each_once(), _lists(), _shared(20), _shared(35), _thresholds())


def _contacts(shape: Shape, unknown: float, count: int) -> Iterator[Contact]:
    draw = random.Random(5)  # noqa: S311 - nothing secret
    for number in range(count):
        known = [name for name in shape.facts if draw.random() >= unknown]
        yield Contact(key=str(number), other={name: shape.value(draw) for name in known})


@pytest.mark.parametrize("unknown", [0.0, 0.5])
@pytest.mark.parametrize("shape", _SHAPES, ids=lambda shape: shape.name)
def test_why_not(benchmark: Any, race: Race, shape: Shape, unknown: float) -> None:  # noqa: ANN401 - a fixture
    """Nobody alike was asked about before; deciding about the same contacts beside it."""
    policy = Policy.parse(shape.text)
    program = policy._binding.plain  # noqa: SLF001 - what it keeps is thrown away
    assert program
    contacts = [*_contacts(shape, unknown, 12)]
    asked = [
        (program.settle(contact, {}), decision)
        for contact in contacts
        for decision in _DECISIONS
        if decision is not policy.decide(contact)
    ]
    assert all(why_not(program, settled, decision).fewest for settled, decision in asked)
    planner = program.kept(Planner)

    def first() -> None:
        planner.forget()
        for settled, decision in asked:
            why_not(program, settled, decision)

    def decide() -> None:
        for contact in contacts:
            policy.decide(contact)

    benchmark.group = "why not"
    said = f"why not, 50 conditions, {shape.name}, {unknown:.0%} unknown"
    race(first, decide, Row(said, len(asked), "deciding", _TARGET), rounds=5)
