"""A record to speak of, and short ways to write down what is told about a text."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Literal

import attrs

from connectrules import Vocabulary, phrase
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.policy import check
from connectrules.resolve.resolved import Resolved
from connectrules.resolve.resolver import resolve
from connectrules.rules.tree import Condition
from connectrules.schema.types import Count, Duration
from connectrules.schema.vocabulary import fact
from connectrules.source import Source
from connectrules.syntax.parser import parse


@attrs.frozen
class Person:
    """Somebody, with a fact of every type."""

    keen: bool | None = None
    witty: bool | None = None
    is_a_recruiter: bool | None = None
    follows_me: bool | None = None
    met_in_person: bool | None = attrs.field(default=None, metadata=fact(asked=True))
    bed_and_breakfast: bool | None = None
    followers: Count | None = None
    following: Count | None = None
    replies: Count | None = None
    boxes: Count | None = None
    score: float | None = None
    country: str | None = None
    position: str | None = None
    relationship: Literal["client", "peer"] | None = None
    rank: Literal["client", "lead"] | None = None
    met_on: datetime.date | None = None
    joined_on: datetime.date | None = None
    values: list[str] | None = None
    topics: list[str] | None = None
    secret_note: str | None = attrs.field(default=None, metadata=fact(hidden=True))
    shoes: object = None


@phrase("worked at {company:text} for {time:duration}")
def worked(_person: Person, company: str, time: Duration) -> bool | None:
    """Whether somebody did; nobody knows."""
    return None if company and time.count else False


@phrase("knows {names:texts}")
def knows(_person: Person, names: tuple[str, ...]) -> bool | None:
    """Whether somebody does."""
    return "Ada" in names


@phrase("wrote {number:count} letters since {day:date}")
def wrote(_person: Person, number: int, day: datetime.date) -> bool | None:
    """Whether somebody did."""
    return number > 0 and day.year > 0


@phrase("scores {share:number}")
def scores(_person: Person, share: float) -> bool | None:
    """Whether somebody does."""
    return share > 0


@phrase("has manners")
def mannered(_person: Person) -> bool | None:
    """Whether somebody does."""
    return True


VOCABULARY = Vocabulary.of(Person, phrases=[worked, knows, wrote, scores, mannered])


def told(
    text: str,
    *,
    files: Mapping[str, str] | None = None,
    severities: Sequence[Severity] = (Severity.ERROR,),
) -> list[str]:
    """All that is told about *text*, with its help, and the text that each fix makes."""
    found = check(
        Source("x.policy", text),
        loader=None if files is None else files.__getitem__,
        vocabulary=VOCABULARY,
    )
    return [line for each in found if each.severity in severities for line in _lines(each)]


def _lines(diagnostic: Diagnostic) -> list[str]:
    start, end, source = diagnostic.start, diagnostic.end, diagnostic.source
    name = "" if source.name == "x.policy" else f"{source.name}:"
    lines = [
        (
            f"{name}{start.line}:{start.column} to {end.line}:{end.column} "
            f"{diagnostic.code} {diagnostic.message}"
        )
    ]
    lines += [f"help: {each}" for each in diagnostic.help]
    for fix in diagnostic.fixes:
        mended = source.text
        for edit in sorted(fix.edits, key=lambda each: each.span, reverse=True):
            mended = mended[: edit.span.start] + edit.text + mended[edit.span.end :]
        before = source.text.splitlines()
        changed = [line for line in mended.splitlines() if line not in before]
        lines += [f"fix: {fix.title}", *(f"     {line}".rstrip() for line in changed)]
    return lines


def resolved(text: str, files: Mapping[str, str] | None = None) -> Resolved:
    """What a text without mistakes means."""
    document, mistakes = parse(Source("x.policy", text))
    loader = None if files is None else files.__getitem__
    found, more = resolve(document, VOCABULARY, loader)
    assert (*mistakes, *more) == ()
    return found


def condition(text: str) -> Condition:
    """What a bare condition without mistakes means."""
    (rule,) = resolved(text).rules
    return rule.condition
