"""Values as a policy writes them: in ASSUME lines and in EXAMPLEs."""

from collections.abc import Callable, Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve.comparing import is_choice
from connectrules.resolve.names import key
from connectrules.resolve.words import whole, written
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import (
    UNSURE,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    Unfit,
    YesNo,
)
from connectrules.source import Source, Span
from connectrules.syntax import dates
from connectrules.syntax.mistakes import Mistake, full_stop, replacing
from connectrules.syntax.quotes import pairs
from connectrules.syntax.tokens import Kind, Token
from connectrules.syntax.tree import Sentence
from connectrules.syntax.words import split

_EXPECTED: dict[type, str] = {
    YesNo: "`yes` or `no`",
    CountType: "a whole number, 0 or more, such as `500`",
    Number: "a number, such as `2.5`",
    Text: 'a quoted text, such as `"UK"`',
    OneOf: "one of its choices in quotes",
    Date: "a date, such as `2026-01-31`",
    TextList: 'quoted texts, such as `"craft", "honesty"`, or `none`',
}
"""What a value of each type looks like."""

_YES_NO = {"yes": True, "no": False}
_ELSEWHERE = {"true": "yes", "false": "no", "y": "yes", "n": "no", "1": "yes", "0": "no"}
"""What yes and no are called elsewhere, and here."""


def value(source: Source, sentence: Sentence, kind: FactType, name: str, *, unsure: bool) -> object:
    """The value that *sentence* is for a fact of type *kind*, called *name*.

    Args:
        source: The text it stands in.
        sentence: The words after the colon.
        kind: The fact's type.
        name: The fact, for the message.
        unsure: Whether `unsure` is a value here.

    Raises:
        Mistake: CR101, CR106, CR107, CR301 or CR303 where it is none.
    """
    if unsure and key(sentence.tokens) == "unsure":
        return UNSURE
    found = _READERS[type(kind)](sentence.tokens)
    if found is None:
        raise _wrong(source, sentence, kind, name)
    if isinstance(kind, OneOf):
        check_choice(str(found), kind, name, sentence.span)
    try:
        kind.ready(found)
    except Unfit:
        raise _wrong(source, sentence, kind, name) from None
    return found


def check_choice(text: str, kind: OneOf, name: str, span: Span) -> None:
    """See that *text* is one of the choices of *name*, which is of type *kind*.

    Raises:
        Mistake: CR303 where it is none.
    """
    if is_choice(text, kind):
        return
    near = did_you_mean(text, kind.choices)
    raise Mistake(
        span,
        "CR303",
        f"`{text}` is none of the choices of `{name}`",
        help=(*near, f"`{name}` is {kind.name}"),
    )


def _yes_or_no(tokens: Sequence[Token]) -> object:
    return _YES_NO.get(key(tokens))


def _only(kind: Kind) -> Callable[[Sequence[Token]], object]:
    """What reads the value of one token of *kind*."""
    return lambda tokens: tokens[0].value if [each.kind for each in tokens] == [kind] else None


def _texts(tokens: Sequence[Token]) -> object:
    if key(tokens) == "none":
        return ()
    texts, commas = tokens[::2], tokens[1::2]
    is_list = (
        len(texts) > len(commas)
        and all(each.kind is Kind.TEXT for each in texts)
        and all(each.kind is Kind.COMMA for each in commas)
    )
    return tuple(each.value for each in texts) if is_list else None


_READERS: dict[type, Callable[[Sequence[Token]], object]] = {
    YesNo: _yes_or_no,
    CountType: _only(Kind.NUMBER),
    Number: _only(Kind.NUMBER),
    Text: _only(Kind.TEXT),
    OneOf: _only(Kind.TEXT),
    Date: _only(Kind.DATE),
    TextList: _texts,
}


def _wrong(source: Source, sentence: Sentence, kind: FactType, name: str) -> Mistake:
    """Why *sentence* is no value of *name*."""
    tokens = sentence.tokens
    quoted = single_quotes(tokens)
    if quoted is not None:
        return quoted
    end = sentence.span.end
    if _is_stopped(source, tokens, kind):
        return full_stop(Span(end - 1, end))
    if isinstance(kind, (Text, OneOf, TextList)) and tokens[0].kind is Kind.WORD:
        return bare_text(source, tokens)
    meant = _meant(source, tokens, kind)
    said = written(source, tokens)
    hint = f"`{name}` takes {_EXPECTED[type(kind)]}"
    if isinstance(kind, Date) and dates.meant(said):
        hint = dates.hint(said)
    return Mistake(
        sentence.span,
        "CR301",
        f"`{said}` is no value of `{name}`",
        help=() if meant else (hint,),
        fixes=replacing(f"write `{meant}`", sentence.span, meant) if meant else (),
    )


def _meant(source: Source, tokens: Sequence[Token], kind: FactType) -> str | None:
    """The value that *tokens* were certainly meant to be."""
    said = written(source, tokens)
    if isinstance(kind, YesNo):
        return _ELSEWHERE.get(key(tokens))
    if isinstance(kind, Date):
        days, in_words = dates.meant(said), dates.in_words(said)
        if in_words and said == said[in_words[0] : in_words[1]]:
            days = (in_words[2],)
        return str(days[0]) if len(days) == 1 else None
    return None


def _is_stopped(source: Source, tokens: Sequence[Token], kind: FactType) -> bool:
    """Whether *tokens* are a value but for a full stop at their end."""
    *before, last = tokens
    text = source.text[last.span.start : last.span.end]
    if last.kind is not Kind.WORD or not text.endswith("."):
        return False
    bare = [*before, *split(text[:-1], last.span.start)]
    return bool(bare) and _READERS[type(kind)](bare) is not None


def bare_text(source: Source, tokens: Sequence[Token]) -> Mistake:
    """The mistake of words, up to a comma, that stand where a quoted text belongs (CR107)."""
    run = []
    for token in tokens:
        if token.kind in {Kind.COMMA, Kind.TEXT}:
            break
        run.append(token)
    text = f'"{written(source, run)}"'
    return Mistake(
        tokens[0].span,
        "CR107",
        f"`{written(source, tokens[:1])}` stands where a quoted text belongs",
        fixes=replacing(f"write `{text}`", whole(run), text),
    )


def single_quotes(tokens: Sequence[Token]) -> Mistake | None:
    """The mistake of texts in single quotes, if *tokens* have any."""
    spans = [*pairs(tokens)]
    if not spans:
        return None
    edits = tuple(
        Edit(Span(place, place + 1), '"') for span in spans for place in (span.start, span.end - 1)
    )
    span = spans[0]
    return Mistake(
        Span(span.start, span.start + 1),
        "CR106",
        "a text stands in double quotes, and in no others",
        fixes=(Fix("write double quotes", edits),),
    )
