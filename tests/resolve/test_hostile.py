"""Texts that are meant to take long, or to end in an error of Python's."""

import random
from itertools import pairwise

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules import Contact, Vocabulary
from connectrules.policy import check
from connectrules.resolve.definitions import components
from connectrules.schema.phrase import Phrase
from connectrules.source import Source
from tests.resolve.reading import VOCABULARY, told

END = "\nOTHERWISE DECLINE\n"


def codes(text: str) -> list[str]:
    """The codes of what is wrong with *text*, each once."""
    found = check(Source("x.policy", text), vocabulary=VOCABULARY)
    return [*dict.fromkeys(each.code for each in found)]


def _words(seed: int, count: int) -> list[str]:
    letters = random.Random(seed)  # noqa: S311 - not for secrets
    return ["".join(letters.choices("abcdefghij", k=6)) for _ in range(count)]


@pytest.mark.once
def test_thousands_of_unknown_sentences() -> None:
    """What was meant is looked for in the first of them alone."""
    text = "".join(f"CONNECT WHEN {word} {word}\n" for word in _words(1, 5_000))

    assert codes(text + END) == ["CR102", "CR110"]


def test_a_sentence_of_many_words() -> None:
    """The message shows its beginning."""
    lines = told("CONNECT WHEN " + " ".join(_words(2, 9_000)) + END)

    assert len(lines) == 1
    assert len(lines[0]) < 300


@pytest.mark.once
def test_definitions_in_a_chain() -> None:
    """They may nest deeper than Python's calls."""
    chain = "".join(f"DEFINE link {n} AS NOT link {n + 1}\n" for n in range(9_000))

    assert codes(f"{chain}DEFINE link 9000 AS keen\nCONNECT WHEN link 0{END}") == []


@pytest.mark.once
def test_definitions_in_one_circle_and_in_many() -> None:
    """Each circle is told once."""
    one = "".join(f"DEFINE link {n} AS link {(n + 1) % 9_000}\n" for n in range(9_000))
    many = "".join(f"DEFINE link {n} AS link {n}\n" for n in range(500))

    assert len(told(f"{one}CONNECT WHEN link 0{END}")) == 2
    assert len(told(f"{many}CONNECT WHEN link 0{END}")) == 1_000


@pytest.mark.once
def test_definitions_that_grow_with_every_step() -> None:
    """They are counted, never spelled out."""
    laughs = "".join(f"DEFINE ha {n} AS ha {n + 1} AND ha {n + 1}\n" for n in range(3_000))

    assert codes(f"{laughs}DEFINE ha 3000 AS keen\nCONNECT WHEN ha 0{END}") == ["CR110"]


def test_groups_come_after_those_they_speak_of() -> None:
    """A group is told as one."""
    spoken = {"a": ["b", "c"], "b": ["a", "c"], "c": ["d"], "d": [], "e": ["e", "a"]}

    assert [{*group} for group in components(spoken)] == [{"d"}, {"c"}, {"a", "b"}, {"e"}]


PIECES = [
    *("FACT", "ASK", "ASSUME", "DEFINE", "AS", "CONNECT", "DECLINE", "REVIEW", "WHEN", "UNLESS"),
    *("BECAUSE", "OTHERWISE", "AND", "OR", "NOT", "ALL OF", "ANY OF", "AT LEAST 2 OF", "USE"),
    *("AT LEAST 2 POINTS FROM", "2 FOR", "EXAMPLE", "EXPECT", "BECAUSE OF", "ASKING", "TODAY"),
    *("and", "or", "not", "but", "unless", "neither", "nor", "if", "because", "my", "isn't"),
    *("is", "are", "has", "at least", "one of", "any of", "all of", "times", "of", "between"),
    *("include", "mentions", "within the last", "months", "ago", "after", "before", "none"),
    *("keen", "is a recruiter", "followers", "country", "relationship", "met on", "values"),
    *("worked at", "for", "knows", "wrote", "letters since", "has manners", "secret note"),
    *('"x"', '"client"', '"', "5", "1", "0", "-2.5", "20%", "5,00", "2024-05-01", "2024-02-30"),
    *(">=", "=>", "≥", "<", ",", ".", ";", ":", "(", ")", "\n", "\n  - ", "'UK'", "“x”", "yes"),
    *("yes/no", "text", "count", "one of", "list of text", "tall", "good", "folowers", "unsure"),
]


@pytest.mark.once
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_no_text_raises(text: str) -> None:
    """Whatever pieces a text is made of, what is told of it lies within it."""
    for vocabulary in (VOCABULARY, None):
        for each in check(Source("x.policy", text), vocabulary=vocabulary):
            assert 0 <= each.span.start <= each.span.end <= len(text)
            assert each.message


@pytest.mark.once
@given(
    st.lists(
        st.sampled_from(
            ["keen", "CONNECT WHEN", "and", "followers", "is", "5", '"x"', "country", ",", "my"]
        ),
        max_size=12,
    ).map(" ".join)
)
@settings(max_examples=200, deadline=None)
def test_a_fix_can_be_applied(text: str) -> None:
    """Its edits lie within the text and do not overlap."""
    for each in check(Source("x.policy", text), vocabulary=VOCABULARY):
        for fix in each.fixes:
            spans = sorted(edit.span for edit in fix.edits)
            assert spans
            assert all(one.end <= other.start for one, other in pairwise(spans))


ODD = [
    "my",
    "is",
    "not",
    "has",
    "of",
    "at",
    "least",
    "include",
    "one",
    "5",
    "1",
    "times",
    ",",
    "and",
]


@attrs.frozen
class Odd:
    """Fields called as the language's own words are."""

    my: bool | None = None
    is_: bool | None = None
    not_: bool | None = None
    has: int | None = None
    of: str | None = None
    at_least: int | None = None
    include: list[str] | None = None
    one_of: str | None = None


@pytest.mark.once
@given(
    st.lists(
        st.sampled_from(
            [
                "my",
                "is",
                "not",
                "has",
                "of",
                "at",
                "least",
                "include",
                "one",
                "5",
                "1",
                "2",
                "times",
                ".",
                ",",
                "and",
            ]
        ),
        min_size=1,
        max_size=10,
    ).map(" ".join)
)
@settings(max_examples=200, deadline=None)
def test_fields_may_be_called_as_words_are(text: str) -> None:
    """Such a record makes no policy raise."""
    vocabulary = Vocabulary.of(Odd)

    assert check(Source("x.policy", text), vocabulary=vocabulary) is not None


def test_the_vocabularies_differ() -> None:
    """One of the two has phrases."""
    assert all(isinstance(each, Phrase) for each in VOCABULARY.phrases)
    assert Vocabulary.of(Contact).phrases == ()
