"""Every row of the phrase book, and what fills its holes."""

import datetime
from collections.abc import Iterator
from itertools import product

import pytest

from connectrules.resolve.book import phrase_book, said
from connectrules.rules import tree
from connectrules.rules.entry import Operator
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import Literal, Mine, Not, Scaled, Spoken, Texts, Window
from connectrules.schema.types import CountType, Duration, Number, OneOf, Text, YesNo
from connectrules.schema.vocabulary import Fact
from tests.resolve.reading import VOCABULARY, condition, told

NAMES = {
    "yes/no": "keen",
    "count": "followers",
    "number": "score",
    "text": "country",
    "one of": "relationship",
    "date": "met on",
    "list of text": "values",
}


def fact(name: str) -> Fact:
    """The fact of the record that is called *name*."""
    return VOCABULARY.facts[name]


def _rows() -> Iterator[object]:
    """Each spelling in each of its variants, for a fact of each of its types."""
    for operator in PHRASE_BOOK:
        for denied, spellings in ((False, operator.spellings), (True, operator.opposites)):
            for spelling in spellings:
                choices = [part.split("|") for part in spelling.split()]
                for parts in product(*choices):
                    for kind in operator.types:
                        yield _row(operator, kind, " ".join(parts), denied=denied)


def _row(operator: Operator, kind: type, spelling: str, *, denied: bool) -> object:
    name = next(fact.name for fact in VOCABULARY.facts.values() if isinstance(fact.type, kind))
    sentence = said(spelling, name)
    if kind is OneOf:
        sentence = sentence.replace('"…", "…"', '"client", "peer"').replace('"…"', '"client"')
    return pytest.param(sentence, operator, denied, id=sentence)


@pytest.mark.parametrize(("sentence", "operator", "denied"), [*_rows()])
def test_each_row_is_read(sentence: str, operator: Operator, denied: bool) -> None:  # noqa: FBT001
    """A sentence of a row is a test by that row, denied where the words say the opposite."""
    found = condition(sentence)

    test = found.operand if isinstance(found, Not) else found
    assert isinstance(test, tree.Test)
    assert (test.operator, test.denied, isinstance(found, Not)) == (operator, denied, denied)
    assert test.sentence == sentence


def test_the_tree_of_spellings_is_built_once() -> None:
    """All policies share it."""
    assert phrase_book() is phrase_book()


def operands(sentence: str) -> tuple[object, ...]:
    """What fills the holes of *sentence*, the fact it is about first."""
    found = condition(sentence)
    test = found.operand if isinstance(found, Not) else found
    assert isinstance(test, tree.Test)
    return test.operands


FOLLOWERS, SCORE, COUNTRY = fact("followers"), fact("score"), fact("country")
MET, VALUES = fact("met on"), fact("values")
HOLES = {
    "followers is 5,000": (FOLLOWERS, Literal(5000)),
    "followers = -2.5": (FOLLOWERS, Literal(-2.5)),
    "score is at most 20%": (SCORE, Literal(0.2)),
    "followers is more than following": (FOLLOWERS, fact("following")),
    "followers is more than my followers": (FOLLOWERS, Mine(FOLLOWERS)),
    "followers is at least 2 times following": (FOLLOWERS, Scaled(2.0, fact("following"))),
    "followers is at least 1.5 times my score": (FOLLOWERS, Scaled(1.5, Mine(SCORE))),
    "followers is at most 20% of following": (FOLLOWERS, Scaled(0.2, fact("following"))),
    "followers is between 5 and my followers": (FOLLOWERS, Literal(5), Mine(FOLLOWERS)),
    "has more than 20% of following followers": (FOLLOWERS, Scaled(0.2, fact("following"))),
    'country is "United Kingdom"': (COUNTRY, Literal("united kingdom")),
    "country is my country": (COUNTRY, Mine(COUNTRY)),
    "country is one of my values": (COUNTRY, Mine(VALUES)),
    'country is one of "UK", "France"': (COUNTRY, Texts((Literal("uk"), Literal("france")))),
    'country is one of "UK", "France", or "Spain"': (
        COUNTRY,
        Texts((Literal("uk"), Literal("france"), Literal("spain"))),
    ),
    'country is one of my country or "UK"': (COUNTRY, Texts((Mine(COUNTRY), Literal("uk")))),
    'position mentions none of "a" and "b"': (
        fact("position"),
        Texts((Literal("a"), Literal("b"))),
    ),
    "relationship is my relationship": (fact("relationship"), Mine(fact("relationship"))),
    "met on is before 2024-05-01": (MET, Literal(datetime.date(2024, 5, 1))),
    "met on is after joined on": (MET, fact("joined on")),
    "met on is after my met on": (MET, Mine(MET)),
    "met on is on my met on": (MET, Mine(MET)),
    "met on is within the last 6 months": (MET, Window(Duration(6, "month"))),
    "met on is within the last year": (MET, Window(Duration(1, "year"))),
    "met on is less than 1 week ago": (MET, Window(Duration(1, "week"))),
    "met on is more than 30 days ago": (MET, Window(Duration(30, "day"))),
    "values include my country": (VALUES, Mine(COUNTRY)),
    "values include any of my values": (VALUES, Mine(VALUES)),
    "values include at least 2 of my values": (VALUES, 2, Mine(VALUES)),
    'values include at least 1 of "a", "b"': (VALUES, 1, Texts((Literal("a"), Literal("b")))),
    "has at least 3 values": (VALUES, Literal(3)),
    "has at least 1 reply": (fact("replies"), Literal(1)),
    "has exactly 1 box": (fact("boxes"), Literal(1)),
    "has at most 1 follower": (FOLLOWERS, Literal(1)),
    "has more than 1 value": (VALUES, Literal(1)),
    "has at least 1 followers": (FOLLOWERS, Literal(1)),
    "HAS  At Least\n1 Followers": (FOLLOWERS, Literal(1)),
}


@pytest.mark.parametrize("sentence", HOLES)
def test_what_fills_a_hole(sentence: str) -> None:
    """Each kind of hole takes its literals, and facts where a value may stand."""
    assert operands(sentence) == HOLES[sentence]


PHRASES = {
    'worked at "Acme" for 3 years': {"company": "Acme", "time": Duration(3, "year")},
    'knows "Ada"': {"names": ("Ada",)},
    'knows "Ada", "Bob" and "Cem"': {"names": ("Ada", "Bob", "Cem")},
    'knows "Ada" or "Bob"': {"names": ("Ada", "Bob")},
    "wrote 5 letters since 2024-05-01": {"number": 5, "day": datetime.date(2024, 5, 1)},
    "scores 20%": {"share": 0.2},
    "has manners": {},
}


@pytest.mark.parametrize("sentence", PHRASES)
def test_a_registered_phrase(sentence: str) -> None:
    """The literals in its holes are what its function gets."""
    (spoken,) = operands(sentence)

    assert isinstance(spoken, Spoken)
    assert spoken.name == sentence
    assert dict(spoken.arguments) == PHRASES[sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "has at least 2 follower",
        "has at least 1 followe",
        "my followers is 5",
        "scores my score",
        "knows my country",
        'knows "Ada", my country',
        "met on is within the last months",
        "met on is less than month ago",
        'country is one of "UK",, "France"',
        'country is one of "UK" "France"',
        'country is one of "UK" or or "France"',
        'country is one of "UK" or "France", "Spain"',
        "followers is 20 of following",
        "followers is 20% times following",
    ],
)
def test_no_reading(sentence: str) -> None:
    """A sentence is matched as a whole: with a word too many, or too few, it is unknown."""
    assert [line.split(" CR")[1][:3] for line in told(sentence) if " CR" in line] == ["102"]


def test_every_type_has_a_row() -> None:
    """Of every fact something can be said."""
    covered = {kind for operator in PHRASE_BOOK for kind in operator.types}

    assert {type(fact(name).type) for name in NAMES.values()} == covered
    assert {YesNo, CountType, Number, Text} < covered
