"""Policies as they are drawn: over every sentence there is, and no larger than asked."""

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import Contact, Policy, PolicyError, Vocabulary, phrase
from connectrules.exact.variables import BoundRule
from connectrules.formatting import format_policy
from connectrules.resolve import book
from connectrules.rules.entry import Operator, Sample
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import occurrences
from connectrules.schema.types import (
    CountType,
    Date,
    Duration,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)
from connectrules.schema.vocabulary import Fact
from connectrules.testing.strategies import policies
from connectrules.testing.strategies import sentences as said
from connectrules.testing.strategies.policies import _DEFINED, _Draft, _groups
from connectrules.testing.strategies.sentences import Sentences, templates
from tests.property.running import tried
from tests.testing.people import GUESTS, LEADS, Lead, Odd, Taken, came_with

KINDS: tuple[FactType, ...] = (
    YesNo(),
    CountType(),
    Number(),
    Text(),
    OneOf(("gold", "silver", "bronze")),
    Date(),
    TextList(),
)
FACTS = [
    Fact(f"{name} {place}", kind)
    for place, kind in enumerate(KINDS)
    for name in ("is good", "other fact")
]
BYTES = (0, 60, 128, 190, 255)


def all_sentences(subjects: list[said.Subject]) -> list[str]:
    """Every way to say something of each of *subjects*, with several things in the holes."""
    return [
        Sentences([subject, *subjects]).sentence(bytes((0, how, one, other)))
        for subject in subjects
        for how in range(0, 256, 2)
        for one in BYTES[:: 1 + how % 2]
        for other in BYTES[:: 1 + how % 3]
    ]


@pytest.mark.once
def test_every_sentence() -> None:
    """All that can be said of two facts of each type is read."""
    lines = [f"FACT {each.name}: {each.type.name}" for each in FACTS]
    found = [*dict.fromkeys(all_sentences([*FACTS]))]
    for start in range(0, len(found), 900):
        items = "".join(f"\n    - {each}" for each in found[start : start + 900])
        lines.append(f"CONNECT WHEN ANY OF{items}")
    lines.append("OTHERWISE DECLINE")

    policy = Policy.parse("\n".join(lines))

    tested = [test for rule in policy.rules for test in occurrences(rule.condition)]
    assert {test.operator.name for test in tested} == {each.name for each in PHRASE_BOOK}
    assert len(found) > 1_000


def test_every_spelling() -> None:
    """Each spelling and each opposite of the phrase book is said."""
    for operator in PHRASE_BOOK:
        for kind in (each for each in KINDS if isinstance(each, operator.types)):
            words = {_words(each.parts) for each in templates(Fact("it", kind))}
            for spelling in (*operator.spellings, *operator.opposites):
                assert _words(tuple(each.split("|")[0] for each in spelling.split())) in words


def _words(parts: tuple[Any, ...]) -> str:
    """A spelling's words; its holes as they are written there."""
    return " ".join(each if isinstance(each, str) else f"{{{each.kind}}}" for each in parts)


def test_a_new_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added to the phrase book is drawn, with nothing else changed."""
    added = Operator(
        name="on or after",
        types=(Date,),
        spellings=("{F} is|are on or after {g}",),
        meaning=lambda a, f, d: a.negate(a.less(f, d)),
        reads="is on or after {}",
        samples=(Sample("F is on or after 2024-05-01", date(2024, 5, 1), holds=True),),
    )
    for module in (book, said):
        monkeypatch.setattr(module, "PHRASE_BOOK", (*PHRASE_BOOK, added))
    book.phrase_book.cache_clear()
    said._templates.cache_clear()
    try:
        found = all_sentences([Fact("born on", Date())])
    finally:
        monkeypatch.undo()
        book.phrase_book.cache_clear()
        said._templates.cache_clear()

    words = {each.partition("or after ")[2] for each in found if " on or after " in each}
    assert words >= {"2026-01-31", "my born on"}


def test_phrases() -> None:
    """Registered phrases are said with literals in their holes."""
    assert {*all_sentences([came_with])} >= {'came with a "craft"', 'came with a "uk"'}


def test_each_kind_of_hole() -> None:
    """A phrase may have holes of every kind."""

    @phrase("a {a:text} b {b:texts} c {c:number} d {d:count} e {e:date} f {f:duration}")
    def long_one(
        _: Contact, a: str, b: tuple[str, ...], c: float, d: int, e: date, f: Duration
    ) -> bool | None:
        return bool(a and b and c and d and f) and e.year > 0

    vocabulary = Vocabulary.of(Contact, phrases=[long_one])
    found = all_sentences([long_one])

    assert found[0] == 'a "craft" b "craft" c 1 d 1 e 2026-01-31 f 6 months'
    assert Policy.parse(found[-1], vocabulary=vocabulary).facts


def some_texts(number: int, most: int = 12) -> list[str]:
    """Texts of policies, each drawn for itself, always the same."""
    bytes_ = Random(0)  # noqa: S311 - nothing secret
    groups = _groups(Vocabulary.of(Contact), ())
    return [
        _Draft(lambda _: bytes_.randbytes(9), groups, _DEFINED, most).text() for _ in range(number)
    ]


def test_statements() -> None:
    """Everything a policy can say is drawn."""
    texts = some_texts(2_000)

    everything = "\n".join(texts)
    assert [word for word in _WORDS if word not in everything] == []
    assert any("WHEN" not in text for text in texts)


@pytest.mark.once
def test_layout() -> None:
    """What is drawn says the same when it is laid out anew."""

    @tried(60)
    @given(policies())
    def draw(policy: Policy[Contact]) -> None:
        again = Policy.parse(format_policy(policy.source.text))
        assert [*map(_tests, again.rules)] == [*map(_tests, policy.rules)]

    draw()


def _tests(rule: BoundRule) -> list[Any]:
    return [*occurrences(rule.condition)]


_WORDS = (
    *(
        "POLICY",
        "ABOUT",
        "FACT",
        "ASK",
        "ASSUME",
        "DEFINE",
        "UNLESS",
        "BECAUSE",
        'CONNECT "rule 1"',
    ),
    *("CONNECT WHEN", "REVIEW WHEN", "DECLINE WHEN", "OTHERWISE CONNECT", "OTHERWISE REVIEW"),
    *(" AND ", " OR ", "NOT ", "ALL OF", "ANY OF", "NONE OF", "AT LEAST 2 OF", "AT MOST 1 OF"),
    *("EXACTLY 1 OF", "POINTS FROM", " FOR ", "\n    - ", " my ", "a fine contact", "20% of"),
)


@pytest.mark.once
@pytest.mark.parametrize("most", [1, 2, 5])
def test_no_more_conditions(most: int) -> None:
    """A policy has no more sentences than asked, and at times as many."""
    sizes = {_size(Policy.parse(text)) for text in some_texts(150, most)}

    assert sizes == {*range(1, most + 1)}


def _size(policy: Policy[Contact]) -> int:
    """How many sentences the rules of a policy have."""
    return len({test.span for rule in policy.rules for test in _tests(rule)})


def test_no_conditions() -> None:
    """A policy cannot have none."""
    with pytest.raises(ValueError, match="a policy has 1 condition or more, and `max_"):
        policies(max_conditions=0)


def test_no_vocabulary() -> None:
    """A record class has a vocabulary, and is none."""
    record: Any = Lead

    with pytest.raises(
        TypeError, match="policies are drawn for a vocabulary, and a `type` is none"
    ):
        policies(record)


def test_names_that_are_taken() -> None:
    """What policies declare and define themselves is never called like a fact or a phrase."""

    @phrase("an odd fellow")
    def odd(_: Taken) -> bool | None:
        return None

    @tried(60)
    @given(policies(Vocabulary.of(Taken, phrases=[odd])))
    def draw(policy: Policy[Taken]) -> None:
        assert "DEFINE" not in policy.source.text
        assert "FACT badges" not in policy.source.text

    draw()


def test_a_vocabulary_of_ones_own() -> None:
    """Policies speak of the fields of a user's class and of its phrases, and of no others."""
    seen: set[str] = set()

    @tried(60)
    @given(policies(LEADS))
    def draw(policy: Policy[Lead]) -> None:
        seen.update(each.name for each in policy.facts)

    draw()

    assert any(each.startswith("came with a ") for each in seen)
    assert {"followers", "secret"}.isdisjoint(seen)


def test_another_class() -> None:
    """Facts of a record without a mapping `other` can be declared all the same."""

    @tried(20)
    @given(policies(GUESTS), st.booleans())
    def draw(policy: Policy[Any], _: object) -> None:
        assert policy.base is GUESTS

    draw()


def test_two_readings() -> None:
    """Sentences that could be read in two ways are left out, and nothing fails."""
    vocabulary = Vocabulary.of(Odd)
    with pytest.raises(PolicyError, match="CR104"):
        Policy.parse("friends is at least 5", vocabulary=vocabulary)

    @tried(30)
    @given(policies(vocabulary))
    def draw(policy: Policy[Any]) -> None:
        assert policy.rules

    draw()
