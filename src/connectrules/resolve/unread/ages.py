"""Ages and amounts that are said in other words, and facts that are called nearly so."""

import re
from collections.abc import Iterator

from connectrules.resolve.unread.sentence import Unread
from connectrules.schema.types import CountType, Date, Number
from connectrules.syntax.figures import FIGURES
from connectrules.syntax.words import split

_AGE = re.compile(
    r"(?:(?:is|was|are)\s+)?(?P<how>older than|more than|over|at least|longer than|before|"
    r"newer than|younger than|less than|under|at most|within|in the last|in the past|up to|since)?"
    r"\s*(?:the\s+last\s+)?(?P<number>an?|[0-9,]+|[a-z]+)\s+(?P<unit>(?:day|week|month|year)s?)"
    r"(?:\s+(?:ago|old|back))?",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"(?:(?:is|was)\s+)?(?:since|from)\s+(?P<year>(?:19|20)[0-9]{2})", re.IGNORECASE
)
_LONG_AGO = frozenset({"older than", "more than", "over", "at least", "longer than", "before"})
_ALIKE = 5
"""How many letters two names begin with alike, at least, where one may be meant by the other."""
_MOST_WORDS = 3
_MOST = 2


def near(unread: Unread) -> tuple[str, ...]:
    """The sentences with the same number or age that *unread* was probably meant to be."""
    found = dict.fromkeys(said for said in _sentences(unread) if unread.reads(split(said, 0)))
    return (*found,)[:_MOST]


def _sentences(unread: Unread) -> Iterator[str]:
    for name, kind, end in _names(unread):
        rest = unread.written(unread.tokens[end:])
        dated = [*_dated(name, rest)] if isinstance(kind, Date) else []
        if dated:
            yield from dated
        elif end < len(unread.tokens) and unread.reads(split(f"{name} {rest}", 0)):
            yield f"{name} {rest}"
        else:
            yield f"{name} is {rest}"


def _names(unread: Unread) -> Iterator[tuple[str, object, int]]:
    """The facts that the sentence may begin with: their names, types, and where they end."""
    facts = unread.sentence.names.facts
    for end in range(min(_MOST_WORDS, len(unread.tokens) - 1), 0, -1):
        said = unread.written(unread.tokens[:end]).lower()
        for fact in facts.values():
            name = fact.name.lower()
            is_near = name == said or name.startswith(f"{said} ")
            if isinstance(fact.type, CountType | Number) and " " not in name + said:
                is_near = is_near or (name[:_ALIKE] == said[:_ALIKE] and len(said) >= _ALIKE)
            if is_near and isinstance(fact.type, CountType | Number | Date):
                yield fact.name, fact.type, end


def _dated(name: str, rest: str) -> Iterator[str]:
    """What may be said of the date *name* in place of *rest*."""
    since = _SINCE.fullmatch(rest)
    if since:
        yield f"{name} is after {int(since['year']) - 1}-12-31"
    age = _AGE.fullmatch(rest)
    if age is None:
        return
    number = age["number"].lower()
    number = "1" if number in {"a", "an"} else FIGURES.get(number, number)
    time = f"{number} {age['unit'].lower().rstrip('s')}{'' if number == '1' else 's'}"
    how = " ".join((age["how"] or "").lower().split())
    if not how or how in _LONG_AGO:
        yield f"{name} is more than {time} ago"
    if not how or how not in _LONG_AGO:
        yield f"{name} is within the last {time.removeprefix('1 ')}"
