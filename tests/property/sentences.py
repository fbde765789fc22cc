"""Every sentence of the phrase book about a fact, from few values."""

import datetime
import functools
from collections.abc import Callable, Mapping, Sequence

from hypothesis import strategies as st

from tests.property import meaning
from tests.property.model import (
    Ago,
    Among,
    Between,
    Compare,
    Fact,
    Includes,
    Is,
    Kind,
    Mine,
    Multiple,
    Other,
    Part,
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
LENGTHS = ((1, "month"), (6, "month"), (2, "year"), (3, "week"), (1, "day"))


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


def _numbers_beside(fact: Fact) -> st.SearchStrategy[Other | Multiple]:
    others = _others(fact, Kind.COUNT, Kind.NUMBER)
    times = st.builds(Multiple, st.sampled_from((2, 1.5, 3)), st.just(value=False), others)
    shares = st.builds(Multiple, st.sampled_from((20, 7, 150)), st.just(value=True), others)
    return st.one_of(others, times, shares)


def _numeric(fact: Fact) -> st.SearchStrategy[Sentence]:
    same, numbers, others = st.just(fact), st.sampled_from(NUMBERS), _numbers_beside(fact)
    return st.one_of(
        st.builds(Compare, same, st.sampled_from(SPOKEN), numbers),
        st.builds(Compare, same, st.sampled_from(SPOKEN), numbers),
        st.builds(Compare, same, st.sampled_from(HAS[:-1]), st.sampled_from(NUMBERS[:-2])),
        st.just(Compare(fact, "has no", 0)),
        st.builds(Compare, same, st.sampled_from(SPOKEN), others),
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
        st.just(Size(fact, "has no", 0)),
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


@functools.cache
def wide(fact: Fact) -> st.SearchStrategy[Sentence]:
    """Sentences that the phrase book allows and nobody counts: another fact in any place."""
    same = st.just(fact)
    match fact.kind:
        case Kind.COUNT | Kind.NUMBER:
            beside = _numbers_beside(fact)
            ends = st.sampled_from(NUMBERS) | beside
            return st.one_of(
                st.builds(Compare, same, st.sampled_from(HAS[:-1]), _others(fact, Kind.COUNT)),
                st.builds(Between, same, ends, beside),
                st.builds(Between, same, beside, ends),
            )
        case Kind.DATE:
            days = _mine("met on", "last active on")
            return st.builds(Between, same, days | st.sampled_from(DAYS), days)
        case Kind.TEXT:
            texts = st.tuples(st.sampled_from(TEXTS), _mine("country", "headline"))
            return st.builds(Among, same, st.booleans(), texts)
        case Kind.LIST:
            counts = st.sampled_from([NAMED["posts"], Mine(NAMED["posts"])])
            return st.builds(Size, same, st.sampled_from(HAS[:-1]), counts)
        case _:
            return sentences(fact)
