"""The right words with a wrong literal: CR301, CR303 and CR305."""

import re
from collections.abc import Iterator

from connectrules.diagnostics import Fix
from connectrules.resolve.comparing import called, is_comparable
from connectrules.resolve.holes import Filled
from connectrules.resolve.phrases import Match
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.values import check_choice
from connectrules.resolve.words import brief
from connectrules.rules.tree import Literal, Mine, Scaled
from connectrules.schema.phrase import Hole
from connectrules.schema.types import FactType, OneOf
from connectrules.schema.vocabulary import Fact
from connectrules.syntax import dates
from connectrules.syntax.mistakes import Mistake, replacing
from connectrules.syntax.tokens import Kind, Token
from connectrules.syntax.words import split

_LITERALS = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BAD_NUMBER, Kind.BAD_DATE})
_NUMBER = ("a number", "`500`")
_COUNT = ("a whole number", "`2`")
_TEXT = ("a quoted text", '`"UK"`')
_TEXTS = ("quoted texts", '`"UK", "Ireland"`')
_DATE = ("a date", "`2026-01-31`")
_TIME = ("a length of time", "`6 months`")
_WANTED = {
    "n": _NUMBER,
    "k": _COUNT,
    "x": _TEXT,
    "xs": _TEXTS,
    "d": _DATE,
    "g": _DATE,
    "time": _TIME,
    "last": _TIME,
    "text": _TEXT,
    "texts": _TEXTS,
    "number": _NUMBER,
    "count": _COUNT,
    "date": _DATE,
    "duration": _TIME,
}
"""What belongs in each kind of hole, and an example."""

_TIMES = frozenset({"time", "last", "duration"})
_LISTS = frozenset({"xs", "texts"})
_TEXTUAL = _LISTS | {"x", "text"}
_THOUSANDS = {"k": 1_000, "m": 1_000_000}
_SHORT_NUMBER = re.compile(r"([0-9]{1,6})([kKmM])")
_DECIMAL = re.compile(r"[0-9]+,[0-9]{1,2}")
_DOTTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def wrong_literal(unread: Unread) -> Mistake | None:
    """A literal, or a second fact, that does not fit its place."""
    for match in unread.sentence.matches():
        if match.fact is not None and match.is_of_type:
            found = _wrong_choice(unread, match.fact, match) or _wrong_fact(
                unread, match.fact, match
            )
            if found:
                return found
    for match in unread.sentence.matches(lambda hole, place: _any_literal(unread, hole, place)):
        for hole, filled in match.holes if match.is_of_type else ():
            if filled.operand is None:
                return _wrong_kind(unread, hole, _first_wrong(unread, hole, filled))
    return None


def _wrong_choice(unread: Unread, fact: Fact, match: Match) -> Mistake | None:
    """CR303: a text that is none of the fact's choices."""
    if isinstance(fact.type, OneOf):
        for _, filled in match.holes:
            for item in filled.items or (filled,):
                token = unread.tokens[item.start]
                if isinstance(item.operand, Literal) and token.kind is Kind.TEXT:
                    try:
                        check_choice(str(token.value), fact.type, fact.name, token.span)
                    except Mistake as mistake:
                        return mistake
    return None


def _wrong_fact(unread: Unread, fact: Fact, match: Match) -> Mistake | None:
    """CR305: a second fact that the first does not compare with."""
    for hole, filled in match.holes:
        for item in filled.items or (filled,):
            each = Hole("", "x") if filled.items else hole
            if not is_comparable(fact.type, each, item.operand):
                # Of `2 times G` the fact is `G`.
                start = item.start + (2 if isinstance(item.operand, Scaled) else 0)
                tokens = unread.tokens[start : item.end]
                other = _type_of(item)
                return Mistake(
                    tokens[0].span.to(tokens[-1].span),
                    "CR305",
                    f"`{fact.name}` is {called(fact.type)} and cannot be compared with "
                    f"`{unread.written(tokens)}`, which is {called(other)}",
                    help=("compare it with a fact of its own type, or with a value",),
                )
    return None


def _type_of(filled: Filled) -> FactType:
    """The type of the fact that fills a hole."""
    match filled.operand:
        case Fact(type=kind) | Mine(Fact(type=kind)):
            return kind
        case Scaled(_, Fact(type=kind) | Mine(Fact(type=kind))):
            return kind
        case _:
            msg = "only facts do not compare"
            raise TypeError(msg)


def _any_literal(unread: Unread, hole: Hole, place: int) -> Iterator[Filled]:
    """What may fill *hole* when any literal may, whatever its kind."""
    yield from unread.sentence.holes.fill(hole, place)
    if unread.tokens[place].kind not in _LITERALS:
        return
    end = place + 1
    fits = hole.kind in _TEXTUAL and unread.tokens[place].kind is Kind.TEXT
    if hole.kind in _TIMES:
        if (unread.word(end) or "").removesuffix("s") in {"day", "week", "month", "year"}:
            yield Filled(None, place, end + 1)
        return
    if not fits:
        yield Filled(None, place, end)
    while hole.kind in _LISTS:
        following = _after_joint(unread, end)
        if following is None:
            return
        end = following + 1
        fits = fits and unread.tokens[following].kind is Kind.TEXT
        if not fits:
            yield Filled(None, place, end)


def _after_joint(unread: Unread, place: int) -> int | None:
    """Where a literal stands after a comma, `or` or `and` at *place*."""
    holes = unread.sentence.holes
    after = place + holes.is_comma(place)
    after += holes.joins(after)
    is_literal = after < len(unread.tokens) and unread.tokens[after].kind in _LITERALS
    return after if after > place and is_literal else None


def _first_wrong(unread: Unread, hole: Hole, filled: Filled) -> Token:
    """The first token of *filled* that does not fit *hole*."""
    tokens = unread.tokens[filled.start : filled.end]
    literals = [token for token in tokens if token.kind in _LITERALS]
    if hole.kind in _LISTS:
        return next((each for each in literals if each.kind is not Kind.TEXT), literals[0])
    return literals[0]


def _wrong_kind(unread: Unread, hole: Hole, token: Token) -> Mistake:
    """CR301: a literal of the wrong kind."""
    written = brief(unread.written([token]))
    what, example = _WANTED[hole.kind]
    place = what if what is not _TEXTS[0] else _TEXT[0]
    message, hint = f"`{written}` stands where {place} belongs", f"write {what}, such as {example}"
    if token.kind is Kind.BAD_NUMBER:
        message = f"`{written}` is not a number as a policy writes it"
        hint = _number_help(written)
    elif token.kind is Kind.BAD_DATE:
        message = f"`{written}` is not a date as a policy writes it"
        if dates.is_impossible(written):
            message = f"there is no day `{written}`"
        hint = dates.hint(written)
    elif what is _DATE[0] and _YEAR.fullmatch(written):
        hint = f"write the whole date, such as `{written}-01-31`"
    fixes = _mended(token, written, hole)
    return Mistake(token.span, "CR301", message, help=() if fixes else (hint,), fixes=fixes)


def _number_help(written: str) -> str:
    digits = "".join(character for character in written if character.isdigit())
    if _DECIMAL.fullmatch(written):
        point = written.replace(",", ".")
        return f"is it `{point}`, with a point before its decimals, or `{int(digits):,}`?"
    if "," in written and set(written) <= set("0123456789,"):
        return f"in groups of three digits it is `{int(digits[:20]):,}`"
    return "write digits, with a point before decimals, such as `2.5`"


def _mended(token: Token, written: str, hole: Hole) -> tuple[Fix, ...]:
    """The fix, where it is certain what was meant."""
    what = _WANTED[hole.kind]
    text: str | None = None
    short, days = _SHORT_NUMBER.fullmatch(written), dates.meant(written)
    if what is _NUMBER and short:
        text = f"{int(short[1]) * _THOUSANDS[short[2].lower()]:,}"
    elif what is _NUMBER and _DOTTED.fullmatch(written):
        text = written.replace(".", ",")
    elif what is _NUMBER and _DECIMAL.fullmatch(written) and written[-2] == ",":
        text = written.replace(",", ".")
    elif what is _DATE and len(days) == 1:
        text = str(days[0])
    elif what in {_NUMBER, _DATE} and token.kind is Kind.TEXT:
        text = str(token.value)
    elif what in {_TEXT, _TEXTS} and token.kind in {Kind.NUMBER, Kind.DATE}:
        text = f'"{written}"'
    wanted = {_NUMBER: Kind.NUMBER, _DATE: Kind.DATE}.get(what, Kind.TEXT)
    if text is None or '"' in text[1:-1] or [each.kind for each in split(text, 0)] != [wanted]:
        return ()
    return replacing(f"write `{text}`", token.span, text)
