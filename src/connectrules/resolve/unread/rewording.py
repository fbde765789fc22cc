"""Single changes that may make a sentence of what was written, the likeliest first."""

import re
from collections.abc import Iterator

import attrs

from connectrules.resolve import book
from connectrules.resolve.unread.polarity import denies, is_prefixed
from connectrules.resolve.unread.sayings import (
    COMPARING,
    DETERMINERS,
    OBJECTS,
    SAYINGS,
    SUBJECTS,
    SYMBOLS,
)
from connectrules.resolve.unread.sentence import Unread
from connectrules.schema.suggestions import nearest
from connectrules.syntax.figures import FIGURES
from connectrules.syntax.tokens import Kind

_GROUPED = re.compile(r"[0-9]{1,3}(?:['\N{RIGHT SINGLE QUOTATION MARK}._][0-9]{3})+")
_RANGE = re.compile(r"([0-9][0-9,]*)[-\N{EN DASH}\N{EM DASH}]([0-9][0-9,]*)")
_OR_MORE = re.compile(r"([0-9][0-9,]*)\+")
_GROUP = 3
"""The digits of a group of thousands."""
_AMOUNT_WORDS = frozenset({"at", "more", "fewer", "less", "exactly", "over", "under", "no", "up"})


@attrs.frozen
class Change:
    """Tokens from *start* to *end*, and the text to put in their place.

    Attributes:
        start: The first of them; where the text goes where there are none.
        end: The token after the last.
        text: What stands there afterwards.
        spelling: Whether letters alone are changed.
    """

    start: int
    end: int
    text: str
    spelling: bool = False


def changes(unread: Unread) -> Iterator[Change]:
    """The changes that may mend *unread*."""
    yield from _symbols(unread)
    yield from _lasts(unread)
    yield from _numbers(unread)
    yield from _ranges(unread)
    yield from _names(unread)
    yield from _sayings(unread)
    yield from _left_out(unread)
    yield from _too_many(unread)
    yield from _misspelled(unread)
    yield from _plurals(unread)
    if unread.word(0) is not None:
        yield Change(0, 0, "is")
        yield Change(0, 0, "has")


def _symbols(unread: Unread) -> Iterator[Change]:
    """Symbols in another form, which may be tight against what follows, or apart."""
    tokens = unread.tokens
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.kind is Kind.SYMBOL and after is not None and after.kind is Kind.SYMBOL:
            joined = token.text + after.text
            yield Change(place, place + 2, SYMBOLS.get(joined, joined))
        elif token.text in SYMBOLS:
            yield Change(place, place + 1, SYMBOLS[token.text])
        elif token.kind is Kind.WORD and token.text[0] in SYMBOLS:
            yield Change(place, place + 1, f"{SYMBOLS[token.text[0]]} {token.text[1:]}")


def _lasts(unread: Unread) -> Iterator[Change]:
    """An `and` before the last of several texts where `or` belongs, or the other way round."""
    for match in unread.sentence.matches():
        if match.is_of_type and match.wrong_last is not None:
            token, wanted = match.wrong_last
            place = unread.tokens.index(token)
            yield Change(place, place + 1, wanted)
            return


def _numbers(unread: Unread) -> Iterator[Change]:
    """Numbers in words, or with other marks between their thousands."""
    tokens = unread.tokens
    for place, token in enumerate(tokens):
        if token.kind is Kind.WORD and token.text in FIGURES:
            yield Change(place, place + 1, FIGURES[token.text])
        written = unread.written([token])
        if token.kind is not Kind.TEXT and _GROUPED.fullmatch(written):
            yield Change(
                place, place + 1, re.sub(r"['\N{RIGHT SINGLE QUOTATION MARK}._]", ",", written)
            )
        end = place + 1
        while end < len(tokens) and _is_group(unread, end):
            end += 1
        if end > place + 1 and token.kind is Kind.NUMBER and token.text.isdigit():
            yield Change(place, end, ",".join(unread.written([t]) for t in tokens[place:end]))
        if token.kind is Kind.NUMBER and unread.word(end) in {"percent", "%", "pct"}:
            yield Change(place, end + 1, f"{written}%")
        if token.kind is Kind.WORD and (more := _OR_MORE.fullmatch(written)):
            yield Change(place, place + 1, f"at least {more[1]}")


def _is_group(unread: Unread, place: int) -> bool:
    token = unread.tokens[place]
    return token.kind is Kind.NUMBER and token.text.isdigit() and len(token.text) == _GROUP


def _ranges(unread: Unread) -> Iterator[Change]:
    """Two bounds, which `between` and `and` belong before and between."""
    tokens = unread.tokens
    for place, token in enumerate(tokens):
        first = place - (unread.word(place - 1) in {"from", "between"})
        tight = _RANGE.fullmatch(unread.written([token])) if token.kind is Kind.WORD else None
        if tight:
            yield Change(first, place + 1, f"between {tight[1]} and {tight[2]}")
        literal = {Kind.NUMBER, Kind.DATE}
        if token.kind in literal and [each.kind for each in tokens[place + 2 : place + 3]] == [
            token.kind
        ]:
            joint = unread.written([tokens[place + 1]]).lower()
            if joint in {"to", "-", "\N{EN DASH}", "\N{EM DASH}", "and", "until", ","}:
                low, high = unread.written([token]), unread.written([tokens[place + 2]])
                yield Change(first, place + 3, f"between {low} and {high}")


def _names(unread: Unread) -> Iterator[Change]:
    """Names as programs write them."""
    for place, token in enumerate(unread.tokens):
        if token.kind is not Kind.WORD:
            continue
        bare = token.text.rpartition(".")[2] or token.text.rstrip(".")
        plain = " ".join(bare.replace("_", " ").replace("-", " ").split())
        if plain and plain != token.text and unread.sentence.names.words.issuperset(plain.split()):
            yield Change(place, place + 1, plain)


def _sayings(unread: Unread) -> Iterator[Change]:
    texts = unread.sentence.holes.texts
    for start in range(len(texts)):
        for words, others in SAYINGS.items():
            end = start + len(words)
            if tuple(texts[start:end]) == words and unread.tokens[start].kind is not Kind.TEXT:
                for instead in others:
                    if start or instead:
                        yield Change(start, end, instead)


def _left_out(unread: Unread) -> Iterator[Change]:
    """An `is` or a `has` that was left out."""
    texts = unread.sentence.holes.texts
    for _, end in unread.sentence.names.at(texts, 0):
        if end < len(texts) and texts[end] in COMPARING:
            yield Change(end, end, "is")
    if texts[0] in _AMOUNT_WORDS:
        yield Change(0, 0, "has")


def _too_many(unread: Unread) -> Iterator[Change]:
    """Words that go without saying."""
    texts, last = unread.sentence.holes.texts, len(unread.tokens) - 1
    for end in range(1, last + 1):
        if unread.word(end - 1) is None or texts[end - 1] not in SUBJECTS:
            break
        yield Change(0, end, "")
    if last and texts[last] in OBJECTS:
        yield Change(last, last + 1, "")
    for place in range(1, last):
        if texts[place] in DETERMINERS:
            yield Change(place, place + 1, "")


def _misspelled(unread: Unread) -> Iterator[Change]:
    """Wrong words, each with those that it comes near to."""
    known = book.words() | unread.sentence.names.words
    for place, token in enumerate(unread.tokens):
        if token.kind is Kind.WORD and token.text not in known:
            near = nearest(token.text, known)
            if any(is_prefixed(token.text, each) for each in near):
                continue  # the opposite is no misspelling
            for each in near:
                if denies(each) is denies(token.text):
                    yield Change(place, place + 1, each, spelling=True)


def _plurals(unread: Unread) -> Iterator[Change]:
    """One for several, and several for one."""
    texts = unread.sentence.holes.texts
    for start in range(len(unread.tokens)):
        for fact, end in unread.sentence.names.one_at(texts, start):
            yield Change(start, end, fact.name)
    for place, text in enumerate(texts):
        for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
            single = text.removesuffix(ending) + instead
            if text.endswith(ending) and single in unread.sentence.names.words:
                yield Change(place, place + 1, single)
