"""Random policies and contacts, drawn from so few values that they often meet."""

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import cast, get_args

from hypothesis import strategies as st

from tests.property import meaning
from tests.property.model import (
    Amounts,
    Case,
    Condition,
    Decided,
    Defined,
    Fact,
    Join,
    Kind,
    Not,
    Odd,
    Points,
    Quantified,
    Rule,
    Rules,
    Sentence,
)
from tests.property.sentences import DAYS, TEXTS, sentences, wide
from tests.property.universe import FACTS

TODAYS = DAYS[3:]

HELD: Mapping[Kind, Sequence[object]] = {
    Kind.YES_NO: (True, False),
    Kind.PHRASE: (True, False),
    Kind.COUNT: (0, 1, 2, 3, 4, 5, 6, 10, 500.0, 5_000, 2**53),
    Kind.NUMBER: (0, 1, 2.5, 2.25, -1, 5, 10, -3.5, 7, 100),
    Kind.TEXT: (
        *TEXTS,
        "uk",
        "Head of PR, Leeds",
        "The head of PRs",
        "",
        "E\N{COMBINING ACUTE ACCENT}IRE",
        "PRs and pr",
    ),
    Kind.ONE_OF: ("client", "Client", "journalist", "peer"),
    Kind.DATE: (
        *DAYS,
        datetime.date(2024, 4, 30),
        datetime.date(2026, 2, 28),
        datetime.date(2026, 5, 21),
        datetime.date(2026, 12, 1),
        datetime.datetime(2026, 5, 22, 23, 59),  # noqa: DTZ001 - a record may hold one
    ),
    Kind.LIST: (
        (),
        ("honesty",),
        ["craft", "CRAFT"],
        ("Honesty", "kindness", "wit"),
        frozenset({"craft", "wit"}),
    ),
}
"""Values that fit, by kind."""

UNFIT: Mapping[Kind, Sequence[object]] = {
    Kind.YES_NO: (1, "yes"),
    Kind.PHRASE: (Odd.RAISES,),
    Kind.COUNT: (-1, 2.5, True, float("inf"), "many", 2**53 + 1),
    Kind.NUMBER: (True, float("-inf"), "2.5"),
    Kind.TEXT: (5, True, ["UK"]),
    Kind.ONE_OF: ("enemy", 5),
    Kind.DATE: ("2024-05-01", 20240501),
    Kind.LIST: ("craft", ["craft", 5], 3),
}
"""Values that do not, by kind."""


def case(
    pool: Sequence[Fact] = FACTS, *, named: bool = False, wider: bool = False, strange: bool = False
) -> st.SearchStrategy[Case]:
    """Policies about a few facts of *pool*, each with a contact.

    Args:
        pool: The facts.
        named: Whether all rules have names.
        wider: Whether sentences stand there that nobody counts.
        strange: Whether little is known of the contact, so that there is much to ask.
    """
    held = _little if strange else _held
    return st.lists(st.sampled_from(pool), min_size=1 + strange, max_size=4, unique=True).flatmap(
        lambda facts: _cases(tuple(facts), held, named=named, wider=wider)
    )


_Holding = Callable[[Fact], st.SearchStrategy[object]]


@st.composite
def _cases(
    draw: st.DrawFn, facts: tuple[Fact, ...], held: _Holding, *, named: bool, wider: bool
) -> Case:
    rules = draw(_rules(facts, named=named, wider=wider))
    spoken = rules.facts()
    contact = {fact.name: draw(held(fact)) for fact in spoken}
    sure_to_answer = {
        fact.name
        for fact in spoken
        if fact.kind is Kind.PHRASE and contact[fact.name] is Odd.UNSURE
    }
    fit = [fact.name for fact in spoken if not _unfit(fact, contact[fact.name])]
    answered = draw(st.sets(st.sampled_from(fit), max_size=2)) if fit else set()
    me = {fact.name: draw(st.none() | _fitting(fact)) for fact in rules.mine()}
    return Case(
        rules,
        {name: value for name, value in contact.items() if value is not None},
        {name: value for name, value in me.items() if value is not None},
        draw(st.sampled_from(TODAYS)),
        frozenset(answered | sure_to_answer),
    )


def _unfit(fact: Fact, value: object) -> bool:
    if value is Odd.RAISES:
        return True
    try:
        meaning.known(fact, value)
    except meaning.Unfit:
        return True
    return value != value  # noqa: PLR0124 - NaN is no answer


@functools.cache
def _fitting(fact: Fact) -> st.SearchStrategy[object]:
    return st.sampled_from(HELD[fact.kind])


@functools.cache
def _held(fact: Fact) -> st.SearchStrategy[object]:
    odd = [None, None, Odd.UNSURE, *UNFIT[fact.kind]]
    if fact.kind in {Kind.COUNT, Kind.NUMBER}:
        odd.append(float("nan"))
    return st.one_of(st.none(), _fitting(fact), _fitting(fact), st.sampled_from(odd))


@functools.cache
def _little(fact: Fact) -> st.SearchStrategy[object]:
    return st.one_of(st.none(), st.none(), st.none(), _held(fact))


@st.composite
def _rules(draw: st.DrawFn, facts: tuple[Fact, ...], *, named: bool, wider: bool) -> Rules:
    leaves = _leaves(facts, wider=wider)
    defined = (
        Defined("a fine contact", _condition(draw, leaves, 2, None)) if draw(_RARELY) else None
    )

    def some() -> Condition:
        return _condition(draw, leaves, 2, defined)

    rules = []
    for number in range(draw(_FEW)):
        name = f"rule {'abc'[number]}" if named or draw(_EVEN) else None
        unless = some() if draw(_EVEN) else None
        rules.append(Rule(draw(_DECISIONS), some(), unless, name))
    assumes = [
        (fact, draw(_ASSUMED[fact.kind]))
        for fact in facts
        if fact.kind in _ASSUMED and draw(_RARELY)
    ]
    return Rules(tuple(rules), draw(_DECISIONS), tuple(assumes))


_EVEN = st.booleans()
_RARELY = st.integers(0, 3).map(lambda number: number == 3)
_FEW = st.integers(1, 3)
_DECISIONS: st.SearchStrategy[Decided] = st.sampled_from(
    cast("tuple[Decided, ...]", ("connect", "decline", "review"))
)
_ASSUMED: Mapping[Kind, st.SearchStrategy[object]] = {
    Kind.YES_NO: st.sampled_from((True, False)),
    Kind.COUNT: st.sampled_from((0, 5)),
    Kind.NUMBER: st.sampled_from((2.5, -1)),
    Kind.TEXT: st.sampled_from(("UK", "")),
    Kind.ONE_OF: st.sampled_from(("client", "peer")),
    Kind.DATE: st.sampled_from(DAYS),
    Kind.LIST: st.sampled_from(((), ("honesty", "craft"))),
}

_SHAPES = st.sampled_from(("leaf", "leaf", "AND", "OR", "not", "list", "points", "defined"))
_AMOUNTS: st.SearchStrategy[Amounts] = st.sampled_from(get_args(Amounts))
_WEIGHTS = st.sampled_from(("1", "2", "0.1", "0.2", "0.5"))


_Leaves = st.SearchStrategy[st.SearchStrategy[Sentence]]
"""Draws a fact, of which a sentence is then drawn."""


@functools.cache
def _leaves(facts: tuple[Fact, ...], *, wider: bool) -> _Leaves:
    return st.sampled_from(
        [sentences(fact) | wide(fact) if wider else sentences(fact) for fact in facts]
    )


def _condition(draw: st.DrawFn, leaves: _Leaves, depth: int, defined: Defined | None) -> Condition:
    """A condition no deeper than *depth* of *leaves*, or of what is *defined*."""
    shape = draw(_SHAPES) if depth else "leaf"
    if shape == "defined" and defined is not None:
        return defined
    if shape in {"leaf", "defined"}:
        return draw(draw(leaves))
    if shape == "not":
        return Not(_condition(draw, leaves, depth - 1, defined))
    items = tuple(
        _condition(draw, leaves, depth - 1, defined) for _ in range(1 + draw(st.integers(1, 2)))
    )
    if shape == "points":
        weights = [draw(_WEIGHTS) for _ in items]
        total = sum(map(Fraction, weights))
        reachable = [each for each in ("0.1", "0.3", "1", "1.5") if Fraction(each) <= total]
        number = draw(st.sampled_from(reachable))
        return Points(number, tuple(zip(weights, items, strict=True)), draw(_EVEN))
    if shape == "list":
        words = draw(_AMOUNTS)
        low, high = _COUNTS.get(words, (0, 0))
        return Quantified(words, draw(st.integers(low, len(items) + high)), items, draw(_EVEN))
    return Join("AND" if shape == "AND" else "OR", items)


_COUNTS: Mapping[str, tuple[int, int]] = {
    "AT LEAST": (1, 0),
    "AT MOST": (0, -1),
    "EXACTLY": (0, 0),
}
"""The least number a list takes, and by how much the most passes its number of items."""
