"""FACT and ASK lines: the facts that a policy declares."""

from collections.abc import Mapping

from connectrules.resolve.comparing import called, has_same_choices
from connectrules.resolve.names import key
from connectrules.resolve.values import bare_text, single_quotes
from connectrules.resolve.words import whole, written
from connectrules.schema.suggestions import did_you_mean, nearest
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
)
from connectrules.schema.vocabulary import Fact
from connectrules.source import Source, Span
from connectrules.syntax.mistakes import Mistake, full_stop, replacing
from connectrules.syntax.tokens import Kind, Token
from connectrules.syntax.tree import AskLine, FactLine, Sentence

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


def declared_fact(
    source: Source, line: FactLine | AskLine, known: Fact | None, hidden: Mapping[str, str]
) -> Fact:
    """The fact that a FACT or ASK line declares.

    Args:
        source: The text the line stands in.
        line: The line.
        known: The record's fact of that name, if it has one.
        hidden: Fields that are no fact, and why.

    Raises:
        Mistake: Where its type is none, or is not the record's.
    """
    _check_hidden(line.name, hidden)
    name = written(source, line.name.tokens)
    match line:
        case FactLine():
            return _fact(source, line, name, known)
        case AskLine():
            return _asked(line, name, known)


def _fact(source: Source, line: FactLine, name: str, known: Fact | None) -> Fact:
    kind = read_type(source, line.type)
    if known is None:
        return Fact(name, kind)
    if not _agrees(kind, known.type):
        raise Mistake(
            line.type.span,
            "CR304",
            f"`{known.name}` is {called(known.type)} in the record, and {called(kind)} here",
            help=(f"leave the line out, or write the record's type: `{known.type.name}`",),
        )
    return known


def _agrees(kind: FactType, recorded: FactType) -> bool:
    match kind, recorded:
        case OneOf(), OneOf():
            return has_same_choices(kind, recorded)
        case Number(), CountType():
            return True
        case _:
            return kind == recorded


def _asked(line: AskLine, name: str, known: Fact | None) -> Fact:
    if known is None:
        return Fact(name, YesNo(), question=line.question.text, asked=True)
    if not isinstance(known.type, YesNo):
        raise Mistake(
            line.name.span,
            "CR304",
            f"`{known.name}` is {called(known.type)} in the record, and ASK is for yes/no alone",
            help=("leave the line out, or ask for something else",),
        )
    return Fact(known.name, known.type, known.attribute, line.question.text, asked=True)


def _check_hidden(name: Sentence, hidden: Mapping[str, str]) -> None:
    why = hidden.get(key(name.tokens))
    if why is not None:
        raise Mistake(
            name.span,
            "CR304",
            f"{why}, so no policy can speak of it",
            help=("give the fact another name",),
        )


def is_type(sentence: Sentence) -> bool:
    """Whether *sentence*, on however many lines, names a type, or begins to list choices."""
    words = key(sentence.tokens)
    return words in _TYPES or words.startswith("one of ")


def read_type(source: Source, sentence: Sentence) -> FactType:
    """The type that *sentence*, the words after a FACT line's colon, names.

    Raises:
        Mistake: Where they name none.
    """
    words = key(sentence.tokens)
    if words in _TYPES:
        return _TYPES[words]
    if words.startswith("one of"):
        return OneOf(_choices(source, sentence))
    if words.rstrip(".") in _TYPES:
        raise full_stop(Span(sentence.span.end - 1, sentence.span.end))
    instead = _ELSEWHERE.get(words) or _listed(source, sentence)
    near = nearest(words, _TYPES)
    if instead is None and len(near) == 1:
        instead = near[0]
    all_types = f'a type is {", ".join(_TYPES)} or one of "…", "…"'
    hints = () if instead else (*_value(words), *did_you_mean(words, _TYPES), all_types)
    raise Mistake(
        sentence.span,
        "CR101",
        f"`{written(source, sentence.tokens)}` is not a type of fact",
        help=hints,
        fixes=replacing(f"write `{instead}`", sentence.span, instead) if instead else (),
    )


def _listed(source: Source, sentence: Sentence) -> str | None:
    """The choices that *sentence* lists without `one of` before them."""
    items: list[str] = []
    run: list[Token] = []
    for token in (*sentence.tokens, None):
        if token is not None and token.kind is not Kind.COMMA:
            run.append(token)
        elif run:
            bare = all(each.kind is Kind.WORD for each in run)
            if not bare and [each.kind for each in run] != [Kind.TEXT]:
                return None
            items.append(f'"{written(source, run)}"' if bare else written(source, run))
            run = []
    return f"one of {', '.join(items)}" if len(items) > 1 else None


def _value(words: str) -> tuple[str, ...]:
    """Help where a value stands in place of the type."""
    if words not in {"yes", "no", "true", "false"}:
        return ()
    return ("the type is `yes/no`; what an unknown fact is taken to be stands in an ASSUME line",)


def _choices(source: Source, sentence: Sentence) -> tuple[str, ...]:
    """The texts after `one of`."""
    tokens = sentence.tokens[_BEFORE_CHOICES:]
    quoted = single_quotes(tokens)
    if quoted is not None:
        raise quoted
    for place, token in enumerate(tokens):
        if place % 2 == 0 and token.kind is Kind.WORD:
            raise bare_text(source, tokens[place:])
        if token.kind is not (Kind.COMMA if place % 2 else Kind.TEXT):
            raise _choice_expected(token.span)
    if len(tokens) % 2 == 0:
        raise _choice_expected(Span(sentence.span.end, sentence.span.end))
    texts = tuple(str(token.value) for token in tokens[::2])
    for repeated in duplicates(texts):
        raise Mistake(
            whole(tokens),
            "CR201",
            f"the choice `{repeated}` is given twice",
            help=("leave one of the two out",),
        )
    return texts


_BEFORE_CHOICES = len(("one", "of"))


def _choice_expected(span: Span) -> Mistake:
    return Mistake(
        span,
        "CR101",
        "quoted texts with commas between them were expected after `one of`",
        help=('write `one of "client", "peer"`',),
    )
