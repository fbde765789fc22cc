"""Sentences about facts, in every way that the phrase book and registered phrases say them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import attrs

from connectrules.resolve.book import Node, phrase_book
from connectrules.resolve.names import denied
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.reserved import RESERVED
from connectrules.testing.written import quoted, written

Subject = Fact | Phrase
"""What a sentence is about."""

SIZE = 4
"""From how many bytes a sentence is made: what it is about, how it is said, and two holes."""

TEXTS = ("craft", "Craft first", "uk", "air", "\N{LATIN CAPITAL LETTER E WITH ACUTE}ire")
COUNTS = ("1", "5", "500", "2", "5,000", "0")
NUMBERS = ("1", "2.5", "-1", "10", "20%", "0")
DAYS = ("2026-01-31", "2024-02-29", "2026-07-15")
LENGTHS = ("6 months", "1 month", "30 days", "2 weeks", "1 year")
UNITS = ("month", "week", "year")
_MULTIPLES = ("2 times", "20% of")

_Numeric = (CountType, Number)


def chosen(choices: Sequence[str], byte: int) -> str:
    """The one of *choices* that *byte* stands for, smaller ones for those in front."""
    return choices[byte * len(choices) // 256]


def said(fact: Fact) -> str:
    """How *fact* is called where none of its words may be a reserved one."""
    return fact.key if RESERVED.intersection(fact.name.split()) else fact.name


def ways_to_name(fact: Fact) -> tuple[str, ...]:
    """The words of which a sentence about *fact* has some."""
    opposite = denied(said(fact)) if isinstance(fact.type, YesNo) else None
    return (said(fact), opposite) if opposite else (said(fact),)


@attrs.frozen
class Template:
    """A way to say a sentence.

    Attributes:
        parts: Its words and holes.
        last: What may join the last of several texts, beside a comma.
    """

    parts: tuple[str | Hole, ...]
    last: str | None = None


@cache
def _templates(kind: type[FactType]) -> tuple[Template, ...]:
    """Every spelling of the phrase book for facts of type *kind*, in its order."""
    found: dict[str, list[Template]] = {each.name: [] for each in PHRASE_BOOK}
    for parts, node in _ways(phrase_book(), ()):
        for entry in node.entries:
            if entry.meaning in PHRASE_BOOK and kind in entry.meaning.types:
                found[entry.meaning.name].append(Template(parts, entry.last))
    return tuple(each for templates in found.values() for each in templates)


def _ways(
    node: Node, parts: tuple[str | Hole, ...]
) -> Iterator[tuple[tuple[str | Hole, ...], Node]]:
    """Every place of the tree of spellings, and the way there."""
    yield parts, node
    onwards: tuple[tuple[str | Hole, Node], ...] = (*node.words.items(), *node.holes.items())
    for part, below in onwards:
        yield from _ways(below, (*parts, part))


def templates(subject: Subject) -> tuple[Template, ...]:
    """Every way to say something of *subject*."""
    if isinstance(subject, Phrase):
        return (Template(subject.parts),)
    found = _templates(type(subject.type))  # type: ignore[arg-type] # a class is hashable
    return (*found, *(Template((each,)) for each in ways_to_name(subject)[1:]))


@attrs.frozen
class Sentences:
    """Sentences about a few facts, which are compared with one another.

    Attributes:
        subjects: The facts, and registered phrases.
    """

    subjects: Sequence[Subject]

    def sentence(self, numbers: bytes) -> str:
        """The sentence that `SIZE` bytes stand for."""
        subject = self.subjects[numbers[0] * len(self.subjects) // 256]
        ways = templates(subject)
        template = ways[numbers[1] * len(ways) // 256]
        return self._filled(subject, template, iter(numbers[2:]))

    def _filled(self, subject: Subject, template: Template, bytes_: Iterator[int]) -> str:
        words = []
        several = Hole("", "k") in template.parts
        for part in template.parts:
            match part:
                case str():
                    words.append(part)
                case Hole(kind="F") if isinstance(subject, Fact):
                    words.append(said(subject))
                case Hole(kind="xs" | "texts"):
                    options = self._lists(subject, template.last, several=several)
                    words.append(chosen(options, next(bytes_, 0)))
                case Hole(kind=kind):
                    words.append(chosen(_OPTIONS[kind](self, subject), next(bytes_, 0)))
        return " ".join(words)

    # What may fill a hole, the simplest first

    def numbers(self, subject: Subject) -> Sequence[str]:
        """Numbers, and numbers of other facts."""
        kind = subject.type if isinstance(subject, Fact) else Number()
        literals = NUMBERS if isinstance(kind, Number) else COUNTS
        if isinstance(kind, TextList):
            return literals[:2] + literals[3:4]
        others = [*self._names(subject, _Numeric), *self._mine(subject, _Numeric)]
        multiples = [f"{times} {other}" for times in _MULTIPLES for other in others]
        return (*literals, *others, *multiples)

    def texts(self, subject: Subject) -> Sequence[str]:
        """Texts, and texts of the owner's."""
        return (*map(quoted, _texts(subject)), *self._mine(subject, _alike(subject)))

    def days(self, subject: Subject) -> Sequence[str]:
        """Dates, and dates of the owner's."""
        return (*DAYS, *self._mine(subject, (Date,)))

    def days_or_facts(self, subject: Subject) -> Sequence[str]:
        """Dates, and dates of other facts."""
        return (*self.days(subject), *self._names(subject, (Date,)))

    def _lists(self, subject: Subject, last: str | None, *, several: bool) -> Sequence[str]:
        texts = self.texts(subject) if isinstance(subject, Fact) else [*map(quoted, TEXTS)]
        pairs = [", ".join(texts[start : start + 2]) for start in range(len(texts) - 1)]
        threes = [", ".join(texts[:3]), ", ".join(texts[-3:])] if len(texts) > 2 else []  # noqa: PLR2004 - three
        joined = [f"{texts[0]} {last} {texts[1]}"] if last and len(texts) > 1 else []
        ones = [] if several else [texts[0], texts[-1]]
        mine: list[str] = []
        if isinstance(subject, Fact) and not isinstance(subject.type, OneOf):
            mine = self._mine(subject, (TextList,))
        return (*ones, *pairs, *joined, *threes, *mine) or texts

    def _names(self, subject: Subject, kinds: tuple[type, ...]) -> list[str]:
        """The other facts of these *kinds*."""
        return [
            said(each)
            for each in self.subjects
            if isinstance(each, Fact) and each != subject and isinstance(each.type, kinds)
        ]

    def _mine(self, subject: Subject, kinds: tuple[type, ...]) -> list[str]:
        """The owner's facts of these *kinds*, that of *subject* first."""
        facts = [each for each in (subject, *self.subjects) if isinstance(each, Fact)]
        if isinstance(subject, Fact) and isinstance(subject.type, OneOf):
            facts = [each for each in facts if each.type == subject.type]
        return [
            *dict.fromkeys(f"my {said(each)}" for each in facts if isinstance(each.type, kinds))
        ]


def _texts(subject: Subject) -> Sequence[str]:
    if isinstance(subject, Fact) and isinstance(subject.type, OneOf):
        return subject.type.choices
    return TEXTS


def _alike(subject: Subject) -> tuple[type, ...]:
    is_choice = isinstance(subject, Fact) and isinstance(subject.type, OneOf)
    return (OneOf,) if is_choice else (Text,)


_OPTIONS: Mapping[str, Callable[[Sentences, Subject], Sequence[str]]] = {
    "n": Sentences.numbers,
    "k": lambda *_: ("1", "2"),
    "x": Sentences.texts,
    "d": Sentences.days,
    "g": Sentences.days_or_facts,
    "time": lambda *_: LENGTHS,
    "last": lambda *_: (*LENGTHS, *UNITS),
    "text": lambda *_: tuple(map(quoted, TEXTS)),
    "number": lambda *_: NUMBERS,
    "count": lambda *_: COUNTS,
    "date": lambda *_: DAYS,
    "duration": lambda *_: LENGTHS,
}
"""By the kind of hole, the phrase book's and then those of registered phrases."""

_ASSUMED: Mapping[type, tuple[object, ...]] = {
    CountType: (0, 5),
    Number: (0, 2.5),
    Text: ("", "craft"),
    TextList: ((), ("craft", "uk")),
}


def assumed(fact: Fact, byte: int) -> str:
    """A value that *fact* may be assumed to have."""
    match fact.type:
        case OneOf(choices):
            options: Sequence[str] = [*map(quoted, choices)]
        case Date():
            options = DAYS
        case kind:
            options = [*map(written, _ASSUMED.get(type(kind), (False, True)))]
    return chosen(options, byte)
