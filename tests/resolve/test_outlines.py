"""Sentences of one outline are read once, and each as if it were read by itself."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules import phrase
from connectrules.resolve.book import of_phrases
from connectrules.resolve.names import Names
from connectrules.resolve.outlines import Outlines
from connectrules.resolve.phrases import Sentence
from connectrules.schema.types import CountType, Date, Number, OneOf, Text, TextList, YesNo
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.words import sentence


@phrase("paid {many:count} times since {day:date}")
def paid(_record: object, many: int, day: datetime.date) -> bool:
    """Whether somebody paid so often; nobody did."""
    return many > 5 and day.year > 2020


FACTS = [
    Fact("followers", CountType()),
    Fact("share", Number()),
    Fact("country", Text()),
    Fact("kind", OneOf(("client", "peer"))),
    Fact("met on", Date()),
    Fact("values", TextList()),
    Fact("is keen", YesNo()),
]
FIGURED = [*FACTS, Fact("top 5", CountType()), Fact("2024-05-01 talks", CountType())]
PHRASES = of_phrases([paid])

NUMBERS = st.sampled_from(["1", "5", "2.5", "0", "-1", "1%", "100%", "1.0", "2"])
TEXTS = st.sampled_from(['"client"', '"other"', '"5"', '"PEER"'])
DATES = st.sampled_from(["2024-05-01", "2025-01-31"])
SHAPES = st.sampled_from(
    """
    followers is {n} / has at least {n} followers / has exactly {n} follower / is keen
    followers is between {n} and {n} / followers > {n} times share / share is {n} of share
    kind is {x} / kind is one of {x}, {x} / country is one of {x} or {x} / is not keen
    values include at least {n} of {x}, {x} / values include any of my values, {x}
    met on is after {d} / met on is between {d} and {d} / met on is within the last {n} months
    paid {n} times since {d} / has {n} followers / has at least {n} top {n} / kind is {d}
    has more than {n} {d} talks / top {n} is {n} / country is my country / nothing {n}
    """.strip()
    .replace("\n", "/")
    .split("/")
)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence with a literal in each hole."""
    said = draw(SHAPES)
    for hole, literals in (("{n}", NUMBERS), ("{x}", TEXTS), ("{d}", DATES)):
        while hole in said:
            said = said.replace(hole, draw(literals), 1)
    return said


@settings(deadline=None)
@given(st.sampled_from([FACTS, FIGURED]), st.lists(sentences(), min_size=1, max_size=12))
def test_each_sentence_is_read_as_if_by_itself(facts: list[Fact], said: list[str]) -> None:
    """What was read before changes no reading, though literals decide some."""
    names = Names({fact.key: fact for fact in facts}, {})
    outlines = Outlines(names, PHRASES)
    for each in said:
        read = Sentence(sentence(each) or (), names, PHRASES)

        assert outlines.exact(read) == list(read.exact())


def test_names_with_figures_are_read() -> None:
    """A number that may be a word of a name is no mere literal."""
    names = Names({fact.key: fact for fact in FIGURED}, {})
    outlines = Outlines(names, PHRASES)
    said = [sentence(f"top {n} is 3") or () for n in (4, 5, 6)]

    assert [len(outlines.exact(Sentence(each, names, PHRASES))) for each in said] == [0, 1, 0]
