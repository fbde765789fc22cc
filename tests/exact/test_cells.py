"""The cells of each type of fact, against the outcomes for many values."""

import datetime
import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules import Contact, Decision, Policy
from connectrules.exact.analysis import Analyser
from connectrules.exact.cells import LIMIT, Cells, cells
from connectrules.rules.meaning import Context
from connectrules.rules.parts import mentioned
from connectrules.rules.tree import occurrences

Holds = Callable[[Any], bool]
TODAY = date(2026, 11, 22)


@attrs.frozen
class Kind:
    """A type of fact.

    Attributes:
        declared: How it is declared.
        values: Values enough for all sentences, in the form tests compare.
        sentences: What may be said of it, and when that holds.
    """

    declared: str
    values: Sequence[Any]
    sentences: tuple[tuple[str, Holds], ...]


def _days(*days: date) -> list[date]:
    around = [day + datetime.timedelta(shift) for day in days for shift in (-1, 0, 1)]
    return [date.min, date.max, *around]


def _subsets(*items: str) -> list[frozenset[str]]:
    return [
        frozenset(chosen)
        for size in range(len(items) + 1)
        for chosen in itertools.combinations(items, size)
    ]


KINDS = {
    "yes/no": Kind("yes/no", (True, False), (("f", lambda v: v), ("NOT f", lambda v: v))),
    "count": Kind(
        "count",
        range(12),
        (
            ("f is at least 3", lambda v: v < 3),
            ("f is more than 7", lambda v: v > 7),
            ("f is 5", lambda v: v == 5),
            ("f is not 2.5", lambda v: v == 2.5),
            ("f is less than 2.5", lambda v: v < 2.5),
            ("f is less than 0", lambda v: v < 0),
            ("f is between 3 and 5", lambda v: 3 <= v <= 5),
            ("has no f", lambda v: v == 0),
        ),
    ),
    "number": Kind(
        "number",
        [
            -1e308,
            1e308,
            *(
                near
                for value in (0.0, -2.5, 7.0, 7.5)
                for near in (value, math.nextafter(value, -9), math.nextafter(value, 9))
            ),
        ],
        (
            ("f is at least -2.5", lambda v: v < -2.5),
            ("f is 0", lambda v: v == 0),
            ("f is over 7", lambda v: v > 7),
            ("f is at most 7.5", lambda v: v > 7.5),
            ("f is between 7 and 7.5", lambda v: 7 <= v <= 7.5),
        ),
    ),
    "text": Kind(
        "text",
        [
            "",
            "hull",
            "leeds",
            "leeds uk",
            "york",
            "xyorkx",
            "york and leeds uk",
            "xleeds ukx yorky",
        ],
        (
            ('f is "Leeds"', lambda v: v == "leeds"),
            ('f is "York"', lambda v: v == "york"),
            ('f is one of "York", "Hull"', lambda v: v in {"york", "hull"}),
            ('f contains "york"', lambda v: "york" in v),
            ('f mentions "leeds uk"', lambda v: mentioned(v, "leeds uk")),
        ),
    ),
    "one of": Kind(
        'one of "Client", "Peer", "Press"',
        ("client", "peer", "press"),
        (
            ('f is "client"', lambda v: v == "client"),
            ('f is not "PEER"', lambda v: v == "peer"),
            ('f is one of "peer", "press"', lambda v: v in {"peer", "press"}),
        ),
    ),
    "date": Kind(
        "date",
        _days(
            date(2024, 5, 1),
            date(2024, 6, 1),
            date(2026, 5, 22),
            date(2026, 11, 22),
            date(2024, 11, 22),
        ),
        (
            ("f is before 2024-05-01", lambda v: v < date(2024, 5, 1)),
            ("f is after 2024-06-01", lambda v: v > date(2024, 6, 1)),
            ("f is on 2024-05-01", lambda v: v == date(2024, 5, 1)),
            (
                "f is between 2024-05-01 and 2024-06-01",
                lambda v: date(2024, 5, 1) <= v <= date(2024, 6, 1),
            ),
            ("f is within the last 6 months", lambda v: date(2026, 5, 22) < v <= TODAY),
            ("f is more than 2 years ago", lambda v: v < date(2024, 11, 22)),
        ),
    ),
    "list of text": Kind(
        "list of text",
        _subsets("x", "y", "z", "other"),
        (
            ('f include "X"', lambda v: "x" in v),
            ('f do not include "y"', lambda v: "y" in v),
            ('f include any of "x", "z"', lambda v: bool({"x", "z"} & v)),
            ('f include all of "x", "y" and "z"', lambda v: v >= {"x", "y", "z"}),
            ('f include at least 2 of "x", "y", "z"', lambda v: len({"x", "y", "z"} & v) >= 2),
        ),
    ),
    "lengths": Kind(
        "list of text",
        _subsets("p", "q", "r", "s", "t"),
        (
            ("has at least 2 f", lambda v: len(v) < 2),
            ("has more than 3 f", lambda v: len(v) > 3),
            ("has exactly 2 f", lambda v: len(v) == 2),
            ("has no f", lambda v: not v),
        ),
    ),
}


def rows(each: Cells) -> list[tuple[bool, ...]]:
    """How the tests come out, a row for each cell."""
    return [tuple(bool(c >> n & 1) for c in each.columns) for n in range(each.size)]


def found(declared: str, sentences: Iterable[str]) -> Cells:
    """The cells of a fact of a type, over *sentences*."""
    condition = "; ".join(sentences)
    policy = Policy.parse(
        f"FACT f: {declared}\nCONNECT WHEN ANY OF ({condition}; is a bot)\nOTHERWISE DECLINE"
    )
    tests = [*occurrences(policy.rules[0].condition)][:-1]
    subject = next(each for each in policy.facts if each.name == "f")
    return cells(subject, tests, Context(today=TODAY))


@pytest.mark.once
@pytest.mark.parametrize("name", KINDS)
def test_outcomes(name: str) -> None:
    """The cells over any of the sentences are the outcomes that some value brings."""
    kind = KINDS[name]

    @settings(max_examples=60, deadline=None, derandomize=True)
    @given(st.lists(st.sampled_from(kind.sentences), min_size=1, max_size=5))
    def hold(chosen: list[tuple[str, Holds]]) -> None:
        outcomes = rows(found(kind.declared, [sentence for sentence, _ in chosen]))
        wanted = {tuple(holds(value) for _, holds in chosen) for value in kind.values}

        assert sorted(outcomes) == sorted(wanted)

    hold()


@pytest.mark.parametrize(
    ("declared", "sentences", "linked"),
    [
        ("text", ['f mentions "a"', 'f mentions "b"'], False),
        ("text", ['f mentions "a"', 'f mentions "ab"'], True),
        ("text", ['f starts with "a"', 'f starts with "b"'], True),
        ("text", ['f ends with "a"', 'f ends with "b"'], True),
        ("text", ['f starts with "a"', 'f ends with "b"'], False),
        ("text", ['f is "a"', 'f contains "b"'], False),
        ("list of text", ['f include "a"', 'f include "b"'], False),
        ("list of text", ['f include "a"', "has no f"], True),
        ("list of text", ["has no f", "has at least 2 f"], False),
        ("count", ["f is 5", "f is 6"], False),
    ],
)
def test_linked(declared: str, sentences: list[str], *, linked: bool) -> None:
    """It is told where tests that count as independent might hang together."""
    assert found(declared, sentences).linked is linked


def test_lengths_and_members_are_independent() -> None:
    """All combinations of the two count as possible."""
    outcomes = rows(found("list of text", ['f include "x"', "has no f"]))

    assert sorted(outcomes) == [(False, False), (False, True), (True, False), (True, True)]


def test_words_that_count_alike() -> None:
    """Of words that only ever count together, how many there are is all that matters."""
    words = ", ".join(f'"{chr(97 + place) * 3}"' for place in range(20))
    two = [f"f mentions any of {words}", f"f mentions all of {words.replace(', ', ' and ')}"]

    assert sorted(rows(found("text", [two[0]]))) == [(False,), (True,)]
    assert sorted(rows(found("text", [two[0], f"f mentions none of {words}"]))) == [
        (False, False),
        (True, True),
    ]
    lists = [f"f include any of {words}", f"f include at least 3 of {words}"]
    assert sorted(rows(found("list of text", lists))) == [
        (False, False),
        (True, False),
        (True, True),
    ]
    assert two[1].count("and") == 19


def test_too_many_cells() -> None:
    """Past the limit a fact has no cells, and Kleene logic answers."""
    words = [f'f contains "{place:05}"' for place in range(17)]

    assert 2 ** len(words) > LIMIT
    assert found("text", words).size == 0
    assert found("list of text", [each.replace("contains", "include") for each in words]).size == 0


def _words(first: int) -> str:
    return ", ".join(f'"w{place}x"' for place in range(first, first + 20))


def _items(item: str) -> str:
    return "; ".join(item.format(n=n, weight=1 + n % 7) for n in range(1_000))


_LARGE = {
    "two lists of 20 words": (
        f"headline mentions any of {_words(0)} OR headline mentions any of {_words(20)}"
    ),
    "1,000 items": "ANY OF (" + _items('values include "{n:04}" AND followers > {n}') + ")",
    "1,000 items with points": (
        f"AT LEAST 300 POINTS FROM ({_items('{weight} FOR posts is {n}')})"
    ),
}


def test_many_members_and_lengths() -> None:
    """All their combinations together count, before they are made."""
    members = [f'f include "{place}"' for place in range(15)]
    lengths = [f"has exactly {place} f" for place in range(400)]

    assert found("list of text", [*members, *lengths]).size == 0
    assert found("list of text", [*members, lengths[0]]).size == LIMIT


def test_very_many_thresholds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Past so many outcomes a number is not looked through."""
    sentences = [f"f is {place}" for place in range(10)]

    assert found("number", sentences).size == 11
    monkeypatch.setattr("connectrules.exact.cells._MOST_OUTCOMES", 100)
    assert found("number", sentences).size == 0


def test_each_outcome_once() -> None:
    """Cells differ from one another, whatever stands between them."""
    sentences = [f"f is {place}" for place in range(900)]
    counted = found("count", sentences)
    texts = found("text", ['f is "a"', 'f is "c"', 'f is one of "b", "d"', 'f mentions "b"'])

    assert counted.size == len({*rows(counted)}) == 901
    assert sorted(rows(texts)) == [
        (False, False, False, False),
        (False, False, False, True),
        (False, False, True, False),
        (False, False, True, True),
        (False, True, False, False),
        (True, False, False, False),
    ]


@pytest.mark.once
def test_a_thousand_texts_in_each_of_many_lists() -> None:
    """Long lists are looked through once, not once for each other text."""
    lists = [
        "f is one of " + ", ".join(f'"t{place} {item}"' for item in range(1_000))
        for place in range(20)
    ]

    assert found("text", lists).size == 21


@pytest.mark.once
@pytest.mark.parametrize("text", _LARGE.values(), ids=_LARGE)
def test_large_policies(text: str) -> None:
    """A large policy is judged, and what is asked for is one of its facts."""
    policy = Policy.parse(text)

    verdict = policy.judge(Contact(key="ada"))

    assert set(verdict.ask) <= {fact.name for fact in policy.facts}


def test_sixteen_split_facts() -> None:
    """As many yes/no facts as the limit has room for are still settled exactly."""
    names = [f"f{place}" for place in range(16)]
    lines = "\n".join(f"FACT {name}: yes/no" for name in names)
    once = " OR ".join(names)
    text = f"{lines}\nCONNECT WHEN ({once}) AND ({once})\nOTHERWISE DECLINE"
    policy = Policy.parse(text)

    verdict = policy.judge(Contact(key="ada"))

    assert Analyser(policy.rules, Decision.DECLINE, Context()).fillings[0] == LIMIT
    assert verdict.exact
    assert sorted(verdict.ask) == sorted(names)
