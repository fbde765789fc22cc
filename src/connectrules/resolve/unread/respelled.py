"""What a sentence was meant to be, where some of its words are wrong for certain."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

import attrs

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve import book
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.words import whole
from connectrules.schema.suggestions import nearest
from connectrules.source import Span
from connectrules.syntax.tree import Kind, Token
from connectrules.syntax.words import split

_SYMBOLS = {
    "=>": ">=",
    "=<": "<=",
    "==": "=",
    "===": "=",
    "<>": "!=",
    "=!": "!=",
    "!==": "!=",
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
}
"""Symbols as they are written elsewhere, and here."""

_SAYINGS: dict[tuple[str, ...], str] = {
    ("greater", "than"): "more than",
    ("bigger", "than"): "more than",
    ("larger", "than"): "more than",
    ("higher", "than"): "more than",
    ("above",): "over",
    ("fewer", "than"): "less than",
    ("smaller", "than"): "less than",
    ("lower", "than"): "less than",
    ("below",): "under",
    ("equal", "to"): "",
    ("equals",): "is",
    ("no", "more", "than"): "at most",
    ("not", "more", "than"): "at most",
    ("no", "less", "than"): "at least",
    ("no", "fewer", "than"): "at least",
    ("not", "less", "than"): "at least",
    ("up", "to"): "at most",
    ("over",): "more than",
    ("under",): "fewer than",
    ("in",): "one of",
    ("not", "in"): "not one of",
    ("begins", "with"): "starts with",
    ("contains", "any", "of"): "mentions any of",
    ("contains", "all", "of"): "mentions all of",
    ("one", "of"): "any of",
    ("within",): "within the last",
    ("in", "the", "last"): "within the last",
    ("past",): "last",
    ("older", "than"): "more than",
    ("newer", "than"): "less than",
}
"""Words for what the phrase book says otherwise."""

_DIGITS = "write the number in digits"
_NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "eleven": "11",
    "twelve": "12",
    "twenty": "20",
    "thirty": "30",
    "fifty": "50",
    "hundred": "100",
    "thousand": "1,000",
}

_MOST_TRIED = 30
"""How many ways to mend the spelling are tried."""


@attrs.frozen
class Respelled:
    """A sentence that has a reading, made from one that has none.

    Attributes:
        said: The sentence.
        fix: The change of the wrong words.
        note: What the mistake shows about the language, if anything.
    """

    said: str
    fix: Fix
    note: str = ""


@attrs.frozen
class _Change:
    """Tokens from *start* to *end*, and the text to put in their place."""

    start: int
    end: int
    text: str


def respelled(unread: Unread) -> Respelled | None:
    """The sentence that *unread* was meant to be; None where that is not certain."""
    for title, changes in _candidates(unread):
        if changes and unread.reads(_changed(unread.tokens, changes)):
            return _respelled(unread, title, changes)
    return None


def _candidates(unread: Unread) -> Iterator[tuple[str, Sequence[_Change]]]:
    yield "write the symbol in its form here", [*_symbols(unread.tokens)]
    yield "write the word that belongs there", [*_lasts(unread)]
    yield _DIGITS, [*_spelled_out(unread)]
    for start in range(len(unread.tokens)):
        for words, instead in _SAYINGS.items():
            end = start + len(words)
            is_there = tuple(unread.sentence.holes.texts[start:end]) == words
            if is_there and (start or instead):
                yield "write it in the phrase book's words", [_Change(start, end, instead)]
    for changes in islice(_misspelled(unread), _MOST_TRIED):
        yield "mend the spelling", changes
    for start in range(len(unread.tokens)):
        for fact, end in unread.sentence.names.one_at(unread.sentence.holes.texts, start):
            yield "write the plural", [_Change(start, end, fact.name)]


def _spelled_out(unread: Unread) -> Iterator[_Change]:
    """Numbers written as words."""
    for place, text in enumerate(unread.sentence.holes.texts):
        if text in _NUMBERS:
            yield _Change(place, place + 1, _NUMBERS[text])


def _symbols(tokens: Sequence[Token]) -> Iterator[_Change]:
    """Symbols in another form, which may be tight against what follows, or apart."""
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.kind is Kind.SYMBOL and after is not None and after.kind is Kind.SYMBOL:
            joined = token.text + after.text
            yield _Change(place, place + 2, _SYMBOLS.get(joined, joined))
        elif token.text in _SYMBOLS:
            yield _Change(place, place + 1, _SYMBOLS[token.text])
        elif token.kind is Kind.WORD and token.text[0] in _SYMBOLS:
            yield _Change(place, place + 1, f"{_SYMBOLS[token.text[0]]} {token.text[1:]}")


def _lasts(unread: Unread) -> Iterator[_Change]:
    """An `and` before the last of several texts where `or` belongs, or the other way round."""
    for match in unread.sentence.matches():
        if match.is_of_type and match.wrong_last is not None:
            token, wanted = match.wrong_last
            place = unread.tokens.index(token)
            yield _Change(place, place + 1, wanted)
            return


def _misspelled(unread: Unread) -> Iterator[Sequence[_Change]]:
    """Every wrong word with one that it comes near to, the nearest first; none if one has none."""
    known = book.words() | unread.sentence.names.words
    choices = [
        [_Change(place, place + 1, each) for each in nearest(token.text, known)]
        for place, token in enumerate(unread.tokens)
        if token.kind is Kind.WORD and token.text not in known
    ]
    return product(*choices)


def _changed(tokens: Sequence[Token], changes: Sequence[_Change]) -> list[Token]:
    changed: list[Token] = []
    place = 0
    for change in changes:
        changed += tokens[place : change.start]
        changed += split(change.text, tokens[change.start].span.start)
        place = change.end
    return [*changed, *tokens[place:]]


def _respelled(unread: Unread, title: str, changes: Sequence[_Change]) -> Respelled:
    edits = []
    parts = []
    place = 0
    for change in changes:
        span = whole(unread.tokens[change.start : change.end])
        if not change.text:  # with the blanks before it
            span = Span(unread.tokens[change.start - 1].span.end, span.end)
        edits.append(Edit(span, change.text))
        parts += [unread.written(unread.tokens[place : change.start]), change.text]
        place = change.end
    parts.append(unread.written(unread.tokens[place:]))
    said = " ".join(filter(None, parts)).replace(" ,", ",")
    note = "numbers are written in digits" if title == _DIGITS else ""
    return Respelled(said, Fix(title, tuple(edits)), note)
