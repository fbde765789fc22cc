"""Runs of words, texts, numbers and dates, split into tokens."""

import datetime
import math
import re
import unicodedata
from collections.abc import Callable, Sequence
from itertools import islice

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import canonical, shown
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.reserved import RESERVED
from connectrules.syntax.tokens import Kind, Token, Tokens, Value

LONGEST_TEXT = 10_000
"""How many characters a quoted text may have."""

Made = tuple[Kind, str, Value]
"""What a token is, what it says and what it stands for."""

_PIECE = re.compile(
    r"""
    (?P<text>"(?:\\[^\n]|[^"\n])*+"?)
  | (?P<symbol>[<>=!]++)
  | (?P<comma>,)
  # Digits keep the commas that more digits follow at once, where all of it may be a number.
  | (?P<figure>[+\-]?\.?[0-9](?:
      [0-9.]*+(?:,[0-9][0-9.]*+)*+[kKmM]?%*+(?![^\s"()\[\]{};:,<>=!]|,[0-9])
    | [^\s"()\[\]{};:,<>=!]*+))
  # Words with one blank between them are one piece.
  | (?P<words>[^\s"()\[\]{};:,<>=!]++(?:[ ](?![+\-]?\.?[0-9])[^\s"()\[\]{};:,<>=!]++)*+)
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
_SINGLE = "'`\N{ACUTE ACCENT}\N{LEFT SINGLE QUOTATION MARK}"


def split(text: str, start: int) -> Tokens:
    """The tokens of a run.

    Args:
        text: The run, without reserved words, comments or other marks.
        start: Where it begins in its source.

    Raises:
        Mistake: CR106 for faulty quotes, CR110 for a text that is too long.
    """
    kinds: list[Kind] = []
    texts: list[str] = []
    values: list[Value] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in _PIECE.finditer(text):
        written, piece, place = match[0], match.lastgroup, start + match.start()
        if piece != "words":
            kind, said, value = _MAKERS[piece](written, place)
            kinds.append(kind)
            texts.append(said)
            values.append(value)
            starts.append(place)
            ends.append(place + len(written))
            continue
        words = written.split(" ")
        if written.isascii():
            texts += written.lower().split(" ")
        else:
            _refuse_curly(text, start, match.span())
            texts += map(canonical, words)
        kinds += [Kind.WORD] * len(words)
        values += [None] * len(words)
        for word in words:
            starts.append(place)
            place += len(word)
            ends.append(place)
            place += 1
    return Tokens(tuple(kinds), tuple(texts), tuple(values), tuple(starts), tuple(ends))


def sentence(text: str) -> Tokens | None:
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
        if word.text.endswith(tuple(_SINGLE)) and (word is not first or len(word.text) > 1):
            return first.span.to(word.span)
    return None


def _said(word: str) -> str:
    """*word* as names are compared."""
    return word.lower() if word.isascii() else canonical(word)


def _mark(kind: Kind) -> Callable[[str, int], Made]:
    """What makes a token of *kind* that stands for nothing but itself."""
    return lambda written, _: (kind, written, None)


def _figure(written: str, _: int) -> Made:
    """The number, date or word that begins with a digit."""
    if _NUMBER.fullmatch(written):
        number = float(written.rstrip("%").replace(",", ""))
        if math.isinf(number):
            return Kind.BAD_NUMBER, written, None
        if written.endswith("%"):
            return Kind.NUMBER, written, number / 100
        return Kind.NUMBER, written, int(number) if number.is_integer() else number
    if _DATE.fullmatch(written):
        try:
            return Kind.DATE, written, datetime.date.fromisoformat(written)
        except ValueError:
            return Kind.BAD_DATE, written, None
    if _ALMOST_DATE.fullmatch(written):
        return Kind.BAD_DATE, written, None
    # A number at a sentence's end may have its full stop, which is no part of it.
    if _ALMOST_NUMBER.fullmatch(written) and not _NUMBER.fullmatch(written.removesuffix(".")):
        return Kind.BAD_NUMBER, written, None
    return Kind.WORD, _said(written), None


def _text(written: str, start: int) -> Made:
    """A quoted text."""
    inner, span = written[1:-1], Span(start, start + len(written))
    if not _CLOSED.fullmatch(written):
        written = written.rstrip()
        raise Mistake(
            Span(span.start, span.start + len(written)),
            "CR106",
            f"the quotes opened at `{shown(written)}` are not closed on their line",
            help=() if _CURLY.search(written) else ("close the text with a straight quote",),
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
    return Kind.TEXT, written, text


def _closing(written: str, span: Span) -> tuple[Fix, ...]:
    """The fix for a text that a curly quote was to close."""
    curly = _CURLY.search(written)
    if curly is None:
        return ()
    place = Span(span.start + curly.start(), span.start + curly.end())
    return (Fix("close with a straight quote", (Edit(place, '"'),)),)


def _refuse_curly(text: str, start: int, word: tuple[int, int]) -> None:
    """Raise CR106 where a curly quote stands in *word*, a stretch of the run *text*."""
    quote = _CURLY.search(text, *word)
    if quote is None:
        return
    pair = [quote, *islice(_CURLY.finditer(text, quote.end()), 1)]
    spans = [Span(start + each.start(), start + each.end()) for each in pair]
    edits = tuple(Edit(span, '"') for span in spans)
    raise Mistake(
        spans[0],
        "CR106",
        f"`{quote[0]}` is not a quote that policies know",
        help=('put texts in straight quotes, as in `"UK"`',),
        fixes=(Fix("use straight quotes", edits),) if len(edits) == 2 else (),  # noqa: PLR2004 - a pair
    )


# What makes the token of each piece that is no word.
_MAKERS: dict[str | None, Callable[[str, int], Made]] = {
    "text": _text,
    "symbol": _mark(Kind.SYMBOL),
    "comma": _mark(Kind.COMMA),
    "figure": _figure,
}
