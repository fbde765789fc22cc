"""Runs of words, texts, numbers and dates, split into tokens."""

import datetime
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import canonical, shown
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.reserved import RESERVED
from connectrules.syntax.tree import Kind, Token

LONGEST_TEXT = 10_000
"""How many characters a quoted text may have."""

_PIECE = re.compile(
    r"""
    (?P<text>"(?:\\[^\n]|[^"\n])*+"?)
  | (?P<symbol>[<>=!]++)
  | (?P<comma>,)
  # Digits keep the commas that more digits follow at once.
  | (?P<figure>[+\-]?\.?[0-9][^\s"()\[\]{};:,<>=!]*+(?:,[0-9][^\s"()\[\]{};:,<>=!]*+)*+)
  | (?P<word>[^\s"()\[\]{};:,<>=!]++)
  | (?P<blank>\s++)
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(?:\.[0-9]++)?%?")
_ALMOST_NUMBER = re.compile(r"[+\-]?[0-9.,]++[kKmM]?%*+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_ALMOST_DATE = re.compile(
    r"[0-9]{4}([-/.])[0-9]{1,2}\1[0-9]{1,2}"
    r"|[0-9]{1,2}([-/.])[0-9]{1,2}\2[0-9]{4}"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}"
)
_CLOSED = re.compile(r'"(?:\\.|[^"\\])*+"', re.DOTALL)
_UNMARKED = re.compile(r'(?:"(?:\\[^\n]|[^"\n])*+"?|[^"()\[\]{};:]++)++')
_ESCAPE = re.compile(r"\\(.?)")
_CURLY = re.compile("[“”„‟«»]")
_SINGLE = "'\N{LEFT SINGLE QUOTATION MARK}"


def split(text: str, start: int) -> tuple[Token, ...]:
    """The tokens of a run.

    Args:
        text: The run, without reserved words, comments or other marks.
        start: Where it begins in its source.

    Raises:
        Mistake: CR106 for faulty quotes, CR110 for a text that is too long.
    """
    return tuple(_tokens(text, start))


def sentence(text: str) -> tuple[Token, ...] | None:
    """The tokens of *text*, with spans that count in it; None where it is not one sentence."""
    if not _UNMARKED.fullmatch(text):
        return None
    try:
        tokens = split(text, 0)
    except Mistake:
        return None
    words = (text[each.span.start : each.span.end] for each in tokens if each.kind is Kind.WORD)
    if any(word in RESERVED or word.startswith("#") for word in words):
        return None
    return tokens or None


def single_quoted(tokens: Sequence[Token]) -> Span | None:
    """Where words stand in single quotes, from quote to quote; None where none do."""
    words = [token for token in tokens if token.kind is Kind.WORD]
    first = next((word for word in words if word.text.startswith(tuple(_SINGLE))), None)
    if first is None:
        return None
    for word in words[words.index(first) :]:
        if word.text.endswith("'") and (word is not first or len(word.text) > 1):
            return first.span.to(word.span)
    return None


def _tokens(text: str, start: int) -> Iterator[Token]:
    position = 0
    while position < len(text):
        match = _PIECE.match(text, position)
        if match is None:  # a mark that no sentence has
            position += 1
            continue
        written, kind = match[0], match.lastgroup
        if kind == "figure" and "," in written and not _ALMOST_NUMBER.fullmatch(written):
            written = written[: written.index(",")]
        span = Span(start + position, start + position + len(written))
        position += len(written)
        if kind == "word":
            _refuse_curly(text, start, span)
        if kind in _MAKERS:
            yield _MAKERS[kind](written, span)


def _word(written: str, span: Span) -> Token:
    return Token(Kind.WORD, canonical(written), span=span)


def _mark(kind: Kind) -> Callable[[str, Span], Token]:
    """What makes a token of *kind* that stands for nothing but itself."""
    return lambda written, span: Token(kind, written, span=span)


def _figure(written: str, span: Span) -> Token:
    """The number, date or word that begins with a digit."""
    if _NUMBER.fullmatch(written):
        number = float(written.rstrip("%").replace(",", ""))
        if math.isinf(number):
            return Token(Kind.BAD_NUMBER, written, span=span)
        if written.endswith("%"):
            return Token(Kind.NUMBER, written, number / 100, percent=True, span=span)
        value = int(number) if number.is_integer() else number
        return Token(Kind.NUMBER, written, value, span=span)
    if _DATE.fullmatch(written):
        try:
            return Token(Kind.DATE, written, datetime.date.fromisoformat(written), span=span)
        except ValueError:
            return Token(Kind.BAD_DATE, written, span=span)
    if _ALMOST_DATE.fullmatch(written):
        return Token(Kind.BAD_DATE, written, span=span)
    # A number at a sentence's end may have its full stop, which is no part of it.
    if _ALMOST_NUMBER.fullmatch(written) and not _NUMBER.fullmatch(written.removesuffix(".")):
        return Token(Kind.BAD_NUMBER, written, span=span)
    return _word(written, span)


def _text(written: str, span: Span) -> Token:
    """A quoted text."""
    inner = written[1:-1]
    if not _CLOSED.fullmatch(written):
        written = written.rstrip()
        raise Mistake(
            Span(span.start, span.start + len(written)),
            "CR106",
            f"the quotes opened at `{shown(written)}` are not closed on their line",
            help=("close the text with a straight quote",),
            fixes=_closing(written, span),
        )
    for escaped in _ESCAPE.findall(inner):
        if escaped not in ('"', "\\"):
            raise Mistake(
                span,
                "CR106",
                f"`\\{escaped}` is no escape",
                help=('`\\"` stands for a quote and `\\\\` for a backslash; there are no others',),
            )
    if len(inner) > LONGEST_TEXT:
        raise Mistake(
            span,
            "CR110",
            f"a text of {len(inner):,} characters is longer than the {LONGEST_TEXT:,} allowed",
        )
    text = unicodedata.normalize("NFC", _ESCAPE.sub(r"\1", inner))
    return Token(Kind.TEXT, written, text, span=span)


def _closing(written: str, span: Span) -> tuple[Fix, ...]:
    """The fix for a text that a curly quote was to close."""
    curly = _CURLY.search(written)
    if curly is None:
        return ()
    place = Span(span.start + curly.start(), span.start + curly.end())
    return (Fix("close with a straight quote", (Edit(place, '"'),)),)


def _refuse_curly(text: str, start: int, word: Span) -> None:
    """Raise CR106 where a curly quote stands in a word of the run *text*."""
    quote = _CURLY.search(text, word.start - start, word.end - start)
    if quote is None:
        return
    pair = [quote, *_CURLY.finditer(text, quote.end())][:2]
    spans = [Span(start + each.start(), start + each.end()) for each in pair]
    edits = tuple(Edit(span, '"') for span in spans)
    raise Mistake(
        spans[0],
        "CR106",
        f"`{quote[0]}` is not a quote that policies know",
        help=('put texts in straight quotes, as in `"UK"`',),
        fixes=(Fix("use straight quotes", edits),) if len(edits) == 2 else (),  # noqa: PLR2004 - a pair
    )


# What makes the token of each piece; blanks make none.
_MAKERS: dict[str | None, Callable[[str, Span], Token]] = {
    "text": _text,
    "symbol": _mark(Kind.SYMBOL),
    "comma": _mark(Kind.COMMA),
    "figure": _figure,
    "word": _word,
}
