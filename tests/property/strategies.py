"""Random policies and contacts, drawn from so few values that they often meet."""

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import cast, get_args

from hypothesis import strategies as st

from tests.property import meaning
from tests.property.model import (
    Ago,
    Among,
    Amounts,
    Between,
    Case,
    Compare,
    Condition,
    Decided,
    Defined,
    Fact,
    Includes,
    Is,
    Join,
    Kind,
    Mine,
    Multiple,
    Not,
    Odd,
    Other,
    Part,
    Points,
    Quantified,
    Rule,
    Rules,
    Said,
    Sentence,
    Size,
    When,
)
from tests.property.universe import FACTS, NAMED

NUMBERS: tuple[float, ...] = (0, 1, 2, 3, 5, 10, 2.5, -1, 5_000)
TEXTS = ("UK", "Ireland", "PR", "head of", "head of PR", "\N{LATIN CAPITAL LETTER E WITH ACUTE}ire")
VALUES = ("honesty", "Craft", "kindness")
DAYS = tuple(
    datetime.date.fromisoformat(day)
    for day in ("2024-02-29", "2024-05-01", "2026-05-22", "2026-08-31", "2026-11-22")
)
TODAYS = DAYS[3:]
LENGTHS = ((1, "month"), (6, "month"), (2, "year"), (3, "week"), (1, "day"))

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


def case(pool: Sequence[Fact] = FACTS, *, named: bool = False) -> st.SearchStrategy[Case]:
    """Policies about a few facts of *pool*, each with a contact; *named* rules all have names."""
    return st.lists(st.sampled_from(pool), min_size=1, max_size=4, unique=True).flatmap(
        lambda facts: _cases(tuple(facts), named=named)
    )


@st.composite
def _cases(draw: st.DrawFn, facts: tuple[Fact, ...], *, named: bool) -> Case:
    rules = draw(_rules(facts, named=named))
    spoken = rules.facts()
    contact = {fact.name: draw(_held(fact)) for fact in spoken}
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


@st.composite
def _rules(draw: st.DrawFn, facts: tuple[Fact, ...], *, named: bool) -> Rules:
    defined = Defined("a fine contact", _condition(draw, facts, 2, None)) if draw(_RARELY) else None

    def some() -> Condition:
        return _condition(draw, facts, 2, defined)

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


def _condition(
    draw: st.DrawFn, facts: tuple[Fact, ...], depth: int, defined: Defined | None
) -> Condition:
    """A condition no deeper than *depth* about *facts*, or about what is *defined*."""
    shape = draw(_SHAPES) if depth else "leaf"
    if shape == "defined" and defined is not None:
        return defined
    if shape in {"leaf", "defined"}:
        return draw(sentences(facts[draw(st.integers(0, len(facts) - 1))]))
    if shape == "not":
        return Not(_condition(draw, facts, depth - 1, defined))
    items = tuple(
        _condition(draw, facts, depth - 1, defined) for _ in range(1 + draw(st.integers(1, 2)))
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


@functools.cache
def sentences(fact: Fact) -> st.SearchStrategy[Sentence]:
    """Every sentence of the phrase book about *fact*."""
    return _SENTENCES[fact.kind](fact)


def _others(fact: Fact, *kinds: Kind) -> st.SearchStrategy[Other]:
    same = [each for each in FACTS if each.kind in kinds]
    beside: list[Other] = [each for each in same if each != fact]
    return st.sampled_from([*beside, *map(Mine, same), *map(Mine, same)])


def _mine(*names: str) -> st.SearchStrategy[Mine]:
    return st.sampled_from([Mine(NAMED[name]) for name in names])


def _said(fact: Fact) -> st.SearchStrategy[Sentence]:
    if fact.name.split()[0] in {"is", "would"}:
        return st.builds(Said, st.just(fact), st.booleans())
    return st.just(Said(fact))


SPOKEN = tuple(words for words in meaning.COMPARISONS if not words.startswith("has "))
HAS = tuple(words for words in meaning.COMPARISONS if words.startswith("has "))


def _numeric(fact: Fact) -> st.SearchStrategy[Sentence]:
    same = st.just(fact)
    others = _others(fact, Kind.COUNT, Kind.NUMBER)
    times = st.builds(Multiple, st.sampled_from((2, 1.5, 3)), st.just(value=False), others)
    shares = st.builds(Multiple, st.sampled_from((20, 7, 150)), st.just(value=True), others)
    numbers = st.sampled_from(NUMBERS)
    return st.one_of(
        st.builds(Compare, same, st.sampled_from(SPOKEN), numbers),
        st.builds(Compare, same, st.sampled_from(SPOKEN), numbers),
        st.builds(Compare, same, st.sampled_from(HAS[:-1]), st.sampled_from(NUMBERS[:-2])),
        st.just(Compare(fact, "has no", 0)),
        st.builds(Compare, same, st.sampled_from(SPOKEN), st.one_of(others, times, shares)),
        st.tuples(numbers, numbers).map(lambda ends: Between(fact, min(ends), max(ends))),
    )


def _two(texts: Sequence[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(texts), min_size=2, max_size=most, unique=True).map(tuple)


def _one(texts: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.sampled_from(texts).map(lambda text: (text,))


def _textual(fact: Fact) -> st.SearchStrategy[Sentence]:
    same = st.just(fact)
    text = _mine("country", "headline")
    lists = _mine("values", "skills")
    amounts = st.sampled_from(("any", "all", "none"))
    verbs = st.sampled_from(("mentions", "contains", "starts with", "ends with"))
    return st.one_of(
        st.builds(Is, same, st.booleans(), st.sampled_from(TEXTS) | text),
        st.builds(Among, same, st.booleans(), _two(TEXTS) | lists),
        st.builds(Part, same, verbs, st.just("one"), _one(TEXTS) | text),
        st.builds(Part, same, st.just("mentions"), amounts, _two(TEXTS, 2) | lists),
    )


def _choice(fact: Fact) -> st.SearchStrategy[Sentence]:
    same, choices = st.just(fact), [fact.choices[0].upper(), *fact.choices[1:]]
    return st.one_of(
        st.builds(Is, same, st.booleans(), st.sampled_from(choices) | st.just(Mine(fact))),
        st.builds(Among, same, st.booleans(), _two(choices, 2)),
    )


def _dated(fact: Fact) -> st.SearchStrategy[Sentence]:
    same, days = st.just(fact), st.sampled_from(DAYS)
    words = st.sampled_from(("before", "after"))
    mine = _mine("met on", "last active on")
    return st.one_of(
        st.builds(When, same, words | st.just("on"), days | mine),
        st.builds(When, same, words, _others(fact, Kind.DATE)),
        st.tuples(days, days).map(lambda ends: Between(fact, min(ends), max(ends))),
        st.builds(
            lambda word, length: Ago(fact, word, *length),
            st.sampled_from(("within", "more than", "less than")),
            st.sampled_from(LENGTHS),
        ),
    )


def _listed(fact: Fact) -> st.SearchStrategy[Sentence]:
    same, lists = st.just(fact), _mine("values", "skills")
    amounts = st.sampled_from(("any", "all", "none", 2))
    return st.one_of(
        st.builds(Includes, same, st.sampled_from(("one", "not")), _one(VALUES) | _mine("country")),
        st.builds(Includes, same, amounts, _two(VALUES) | lists),
        st.builds(Size, same, st.sampled_from(HAS[:-1]), st.sampled_from((1, 2, 3))),
    )


_SENTENCES: Mapping[Kind, Callable[[Fact], st.SearchStrategy[Sentence]]] = {
    Kind.YES_NO: _said,
    Kind.PHRASE: _said,
    Kind.COUNT: _numeric,
    Kind.NUMBER: _numeric,
    Kind.TEXT: _textual,
    Kind.ONE_OF: _choice,
    Kind.DATE: _dated,
    Kind.LIST: _listed,
}
