"""Values as a policy writes them: in ASSUME lines and in EXAMPLEs."""

from collections.abc import Sequence

from connectrules.diagnostics import Edit, Fix
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
    folded,
)
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import Kind, Sentence, Token
from connectrules.syntax.words import single_quoted

EXPECTED: dict[type, str] = {
    YesNo: "`yes` or `no`",
    CountType: "a whole number, 0 or more, such as `500`",
    Number: "a number, such as `2.5`",
    Text: 'a quoted text, such as `"UK"`',
    OneOf: "one of its choices in quotes",
    Date: "a date, such as `2026-01-31`",
    TextList: 'quoted texts, such as `"craft", "honesty"`, or `none`',
}
"""What a value of each type looks like."""


def value(written: Sentence, kind: FactType, name: str, *, unsure: bool) -> object:
    """The value that *written* is for a fact of type *kind*, called *name*.

    Args:
        written: The words after the colon.
        kind: The fact's type.
        name: The fact, for the message.
        unsure: Whether `unsure` is a value here.

    Raises:
        Mistake: CR301, CR303, CR106 or CR107 where it is not one.
    """
    tokens = written.tokens
    words = " ".join(token.text for token in tokens)
    if unsure and words == "unsure":
        return UNSURE
    found: object = None
    match kind:
        case YesNo():
            found = {"yes": True, "no": False}.get(words)
        case CountType() | Number():
            found = _only(tokens, Kind.NUMBER)
        case Date():
            found = _only(tokens, Kind.DATE)
        case Text() | OneOf():
            found = _only(tokens, Kind.TEXT)
        case TextList():
            found = () if words == "none" else _texts(tokens)
    if found is None:
        raise _wrong(written, kind, name)
    if isinstance(kind, OneOf):
        check_choice(str(found), kind, name, tokens[0].span)
    try:
        kind.ready(found)
    except Unfit:
        raise _wrong(written, kind, name) from None
    return found


def check_choice(text: str, kind: OneOf, name: str, span: Span) -> None:
    """Raise CR303 where *text* is none of the choices."""
    if folded(text) in map(folded, kind.choices):
        return
    raise Mistake(
        span,
        "CR303",
        f"`{text}` is none of the choices of `{name}`",
        help=(
            *did_you_mean(text, kind.choices),
            f"`{name}` is " + kind.name,
        ),
    )


def _only(tokens: Sequence[Token], kind: Kind) -> object:
    return tokens[0].value if len(tokens) == 1 and tokens[0].kind is kind else None


def _texts(tokens: Sequence[Token]) -> tuple[object, ...] | None:
    texts, commas = tokens[::2], tokens[1::2]
    if len(tokens) % 2 and all(each.kind is Kind.TEXT for each in texts):
        if all(each.kind is Kind.COMMA for each in commas):
            return tuple(each.value for each in texts)
    return None


def _wrong(written: Sentence, kind: FactType, name: str) -> Mistake:
    quoted = single_quoted(written.tokens)
    if quoted is not None:
        return single_quotes(quoted)
    first = written.tokens[0]
    if isinstance(kind, (Text, OneOf, TextList)) and first.kind is Kind.WORD:
        return Mistake(
            first.span,
            "CR107",
            f"`{first.text}` stands where a quoted text belongs",
            help=(f"`{name}` takes {EXPECTED[type(kind)]}",),
        )
    return Mistake(
        written.span,
        "CR301",
        f"`{' '.join(each.text for each in written.tokens)}` is no value of `{name}`",
        help=(f"`{name}` takes {EXPECTED[type(kind)]}",),
    )


def single_quotes(span: Span) -> Mistake:
    """The mistake of a text in single quotes."""
    return Mistake(
        Span(span.start, span.start + 1),
        "CR106",
        "a text stands in double quotes, and these are single",
        help=('write `"` before and after the text',),
        fixes=(
            Fix(
                "write double quotes",
                (
                    Edit(Span(span.start, span.start + 1), '"'),
                    Edit(Span(span.end - 1, span.end), '"'),
                ),
            ),
        ),
    )
