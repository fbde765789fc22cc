"""A lexer for Pygments, found there by its entry point as `connectrules` or `policy`."""

from typing import ClassVar

from pygments.lexer import RegexLexer, bygroups
from pygments.token import Text, Whitespace, string_to_tokentype

from connectrules.highlight.pieces import PIECES, Piece


def _rule(piece: Piece) -> tuple[str, object]:
    """The lexer's rule for *piece*."""
    types = (string_to_tokentype(kind) if kind else Text for kind, _ in piece.kinds)
    return piece.pattern, bygroups(*types)  # type: ignore[no-untyped-call]


class PolicyLexer(RegexLexer):
    """Colours policies, as in ``CONNECT WHEN would recommend``."""

    name = "connectrules"
    aliases: ClassVar = ["connectrules", "policy"]
    filenames: ClassVar = ["*.policy"]
    mimetypes: ClassVar = ["text/x-connectrules"]
    tokens: ClassVar = {
        "root": [
            (r"\n", Whitespace),
            *(_rule(piece) for piece in PIECES),
            (r"[^\S\n]+", Whitespace),
        ]
    }
