"""The facts that the property tests speak of, and how a case reaches the library."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from connectrules import UNSURE, Contact, Duration, Vocabulary, phrase
from tests.property.model import Case, Fact, Kind, Odd

KEY = "test:ada-example"
ORIGIN = "contacts.csv:7"

_ANSWER = "answer to "


def _answer(contact: Contact, sentence: str) -> bool | None:
    """What *contact* holds for a phrase, or an error where that is what it holds."""
    answer = contact.other.get((_ANSWER + sentence).lower())
    if answer is Odd.RAISES:
        msg = "no answer today"
        raise LookupError(msg)
    return None if answer is None else bool(answer)


@phrase("worked at {company:text} for {time:duration}")
def worked_at(contact: Contact, company: str, time: Duration) -> bool | None:
    """Whether the contact did."""
    return _answer(contact, f'worked at "{company}" for {time}')


@phrase("speaks {languages:texts}")
def speaks(contact: Contact, languages: tuple[str, ...]) -> bool | None:
    """Whether the contact does."""
    quoted = ", ".join(f'"{each}"' for each in languages)
    return _answer(contact, f"speaks {quoted}")


@phrase("was around before {day:date}")
def was_around(contact: Contact, day: date) -> bool | None:
    """Whether the contact was."""
    return _answer(contact, f"was around before {day.isoformat()}")


@phrase("scores over {points:number} with {people:count} judges")
def scores(contact: Contact, points: float, people: int) -> bool | None:
    """Whether the contact does."""
    return _answer(contact, f"scores over {points} with {people} judges")


VOCABULARY = Vocabulary.of(Contact, phrases=[worked_at, speaks, was_around, scores])

PHRASES = tuple(
    Fact(name, Kind.PHRASE)
    for name in (
        'worked at "Acme" for 3 years',
        'worked at "Bolt" for 6 months',
        'speaks "Dutch", "Irish"',
        "was around before 2020-02-29",
        "scores over 2.5 with 3 judges",
    )
)
FACTS = (
    Fact("met in person", Kind.YES_NO),
    Fact("would recommend", Kind.YES_NO),
    Fact("would trade with", Kind.YES_NO),
    Fact("is a recruiter", Kind.YES_NO),
    Fact("followers", Kind.COUNT),
    Fact("following", Kind.COUNT),
    Fact("posts", Kind.COUNT),
    Fact("response rate", Kind.NUMBER),
    Fact("stars", Kind.NUMBER),
    Fact("country", Kind.TEXT),
    Fact("headline", Kind.TEXT),
    Fact("relationship", Kind.ONE_OF, ("client", "Journalist", "peer")),
    Fact("last active on", Kind.DATE),
    Fact("met on", Kind.DATE),
    Fact("values", Kind.LIST),
    Fact("skills", Kind.LIST),
    *PHRASES,
)
_SAID = frozenset(fact.name for fact in PHRASES)
NAMED: Mapping[str, Fact] = {fact.name: fact for fact in FACTS}

FIELDS = frozenset(
    {
        "met in person",
        "would recommend",
        "followers",
        "following",
        "posts",
        "country",
        "headline",
        "last active on",
        "values",
    }
)
"""The facts that the record has fields for."""


def record(key: str, values: Mapping[str, object], origin: str | None = None) -> Contact:
    """A contact that holds *values*."""
    held: dict[str, Any] = {
        name: UNSURE if value is Odd.UNSURE else value for name, value in values.items()
    }
    fields = {name.replace(" ", "_"): held[name] for name in held if name in FIELDS}
    other = {
        _ANSWER + name if name in _SAID else name: value
        for name, value in held.items()
        if name not in FIELDS
    }
    fields |= {} if origin is None else {"origins": dict.fromkeys(set(held) - _SAID, origin)}
    return Contact(key=key, other=other, **fields)


def given(case: Case) -> tuple[Contact, dict[str, Any]]:
    """The contact of *case*, and what else `judge` takes."""
    answered = {name for name in case.answered if case.contact.get(name) is not None}
    rest = {name: value for name, value in case.contact.items() if name not in answered}
    answers = {
        name: UNSURE if case.contact[name] is Odd.UNSURE else case.contact[name]
        for name in sorted(answered)
    }
    context: dict[str, Any] = {"me": record("test:me", case.me), "today": case.today}
    if answers:
        context["answers"] = answers
    return record(KEY, rest, ORIGIN), context
