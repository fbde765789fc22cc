"""FACT and ASK lines: the facts that a policy declares."""

from collections.abc import Mapping, Sequence

from connectrules.resolve.values import single_quotes
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
    duplicates,
    folded,
)
from connectrules.schema.vocabulary import Fact
from connectrules.source import Source, Span
from connectrules.syntax.mistakes import Mistake, replacing
from connectrules.syntax.tree import AskLine, FactLine, Kind, Sentence, Token
from connectrules.syntax.words import single_quoted

_TYPES: dict[str, FactType] = {
    kind.name: kind for kind in (YesNo(), CountType(), Number(), Text(), Date(), TextList())
}
_ELSEWHERE = {
    "bool": "yes/no",
    "boolean": "yes/no",
    "yes / no": "yes/no",
    "yes or no": "yes/no",
    "yesno": "yes/no",
    "true/false": "yes/no",
    "int": "count",
    "integer": "count",
    "float": "number",
    "decimal": "number",
    "string": "text",
    "str": "text",
    "day": "date",
    "datetime": "date",
    "list": "list of text",
    "texts": "list of text",
    "list of texts": "list of text",
}
"""What types are called elsewhere, and here."""


def fact_line(line: FactLine, name: str, known: Fact | None, hidden: Mapping[str, str]) -> Fact:
    """The fact that a FACT line declares.

    Args:
        line: The line.
        name: The name it declares, as it is written.
        known: The record's fact of that name, if it has one.
        hidden: Fields that are no fact, and why.

    Raises:
        Mistake: Where its type is none, or is not the record's.
    """
    kind = read_type(line.type)
    _check_hidden(line.name, hidden)
    if known is None:
        return Fact(name, kind)
    agrees = kind == known.type or (isinstance(kind, Number) and isinstance(known.type, CountType))
    if isinstance(kind, OneOf) and isinstance(known.type, OneOf):
        agrees = {*map(folded, kind.choices)} == {*map(folded, known.type.choices)}
    if not agrees:
        raise Mistake(
            line.type.span,
            "CR304",
            f"`{known.name}` is {known.type.name} in the record, and {kind.name} here",
            help=(f"write `FACT {name}: {known.type.name}`, or leave the line out",),
        )
    return known


def ask_line(line: AskLine, name: str, known: Fact | None, hidden: Mapping[str, str]) -> Fact:
    """The fact that an ASK line declares; see `fact_line`."""
    _check_hidden(line.name, hidden)
    if known is None:
        return Fact(name, YesNo(), question=line.question.text, asked=True)
    if not isinstance(known.type, YesNo):
        raise Mistake(
            line.name.span,
            "CR304",
            f"`{known.name}` is {known.type.name} in the record, and ASK is for yes/no alone",
            help=("leave the line out, or ask for something else",),
        )
    return Fact(known.name, known.type, known.attribute, line.question.text, asked=True)


def _check_hidden(name: Sentence, hidden: Mapping[str, str]) -> None:
    key = " ".join(token.text for token in name.tokens)
    if key in hidden:
        raise Mistake(
            name.span,
            "CR304",
            f"{hidden[key]}, so no policy can ask for it",
            help=("give the fact another name",),
        )


def read_type(written: Sentence) -> FactType:
    """The type that the words after a FACT line's colon name.

    Raises:
        Mistake: Where they name none.
    """
    words = " ".join(token.text for token in written.tokens)
    if words in _TYPES:
        return _TYPES[words]
    if words.startswith("one of ") and len(written.tokens) > 2:
        return OneOf(_choices(written.tokens[2:]))
    instead = _ELSEWHERE.get(words)
    hints = (f"did you mean `{instead}`?",) if instead else did_you_mean(words, _TYPES)
    raise Mistake(
        written.span,
        "CR101",
        f"`{words}` is not a type of fact",
        help=(*hints, f'a type is {", ".join(_TYPES)} or one of "…", "…"'),
        fixes=replacing(f"write `{instead}`", written.span, instead) if instead else (),
    )


def _choices(tokens: Sequence[Token]) -> tuple[str, ...]:
    quoted = single_quoted(tokens)
    if quoted is not None:
        raise single_quotes(quoted)
    texts = []
    for place, token in enumerate(tokens):
        if place % 2 == 0 and token.kind is Kind.TEXT:
            texts.append(str(token.value))
        elif place % 2 == 0 and token.kind is Kind.WORD:
            raise Mistake(
                token.span,
                "CR107",
                f"`{token.text}` stands where a quoted text belongs",
                help=('write `one of "client", "peer"`',),
            )
        elif place % 2 == 0 or token.kind is not Kind.COMMA:
            raise _choice_expected(token)
    if len(tokens) % 2 == 0:
        raise _choice_expected(tokens[-1])
    repeated = duplicates(texts)
    if repeated:
        raise Mistake(
            tokens[0].span.to(tokens[-1].span),
            "CR201",
            f"the choice `{repeated[0]}` is given twice",
            help=("leave one of the two out",),
        )
    return tuple(texts)


def _choice_expected(token: Token) -> Mistake:
    return Mistake(
        token.span,
        "CR101",
        "quoted texts with commas between them were expected after `one of`",
        help=('write `one of "client", "peer"`',),
    )


def written(source: Source, tokens: Sequence[Token]) -> str:
    """*tokens* as they stand in *source*, with single spaces."""
    return " ".join(source.text[each.span.start : each.span.end] for each in tokens)


def whole(tokens: Sequence[Token]) -> Span:
    """The stretch that *tokens* take."""
    return tokens[0].span.to(tokens[-1].span)
