"""Tokens as they are written."""

from collections.abc import Sequence

from connectrules.source import Source, Span
from connectrules.syntax.tokens import Kind, Token, Tokens


def written(source: Source, tokens: Sequence[Token]) -> str:
    """*tokens* as they stand in *source*, with single spaces."""
    text, columns = source.text, Tokens.of(tokens)
    parts = [text[start:end] for start, end in zip(columns.starts, columns.ends, strict=True)]
    if Kind.COMMA not in columns.kinds:
        return " ".join(parts)
    spaced = zip(columns.kinds, parts, strict=True)
    return "".join(said if kind is Kind.COMMA else f" {said}" for kind, said in spaced).lstrip(" ")


def whole(tokens: Sequence[Token]) -> Span:
    """The stretch that *tokens* take."""
    return Span(tokens[0].start, tokens[-1].end)


_LONGEST = 200
"""How many characters of a text a message shows."""


def brief(text: str) -> str:
    """*text* in a message, cut where it is long."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
