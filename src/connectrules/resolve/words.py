"""Tokens as they are written."""

from collections.abc import Sequence

from connectrules.source import Source, Span
from connectrules.syntax.tree import Kind, Token


def written(source: Source, tokens: Sequence[Token]) -> str:
    """*tokens* as they stand in *source*, with single spaces."""
    parts: list[str] = []
    for token in tokens:
        text = source.text[token.span.start : token.span.end]
        parts.append(text if token.kind is Kind.COMMA or not parts else f" {text}")
    return "".join(parts)


def whole(tokens: Sequence[Token]) -> Span:
    """The stretch that *tokens* take."""
    return tokens[0].span.to(tokens[-1].span)


_LONGEST = 200
"""How many characters of a text a message shows."""


def brief(text: str) -> str:
    """*text* in a message, cut where it is long."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
