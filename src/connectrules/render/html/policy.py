"""A policy's text as HTML: a line in a line, each piece by what it is."""

import re
from collections.abc import Iterator

from connectrules.highlight.pieces import PIECES
from connectrules.render.html.escaping import in_html
from connectrules.source import Source, Span

_CLASSES = {
    "Comment": "comment",
    "String": "text",
    "Operator.Word": "joining",
    "Keyword.Pseudo": "joining",
    "Keyword.Constant": "value",
    "Keyword": "word",
    "Literal": "value",
    "Number": "value",
}
"""What pieces are called here, by how their type begins; the first that does counts."""

_DECIDING = frozenset({"CONNECT", "DECLINE", "REVIEW", "UNDECIDED"})

_PIECE = re.compile("|".join(piece.pattern for piece in PIECES))
_KINDS = ("", *(kind for piece in PIECES for kind, _ in piece.kinds))
"""The type of each group of `_PIECE`, by its number."""


def lines_html(source: Source) -> Iterator[str]:
    """The lines of *source*, each in an element of its own."""
    for text in re.split(r"\r\n|\n|\r", source.text.rstrip()):
        yield f'<span class="line">{"".join(_pieces(text)) or " "}</span>'


def lines_of(source: Source, span: Span) -> tuple[int, int]:
    """The first and the last line that *span* of *source* lies on."""
    last = max(span.start, span.end - 1)
    return source.location(span.start).line, source.location(last).line


def _pieces(line: str) -> Iterator[str]:
    at = 0
    for found in _PIECE.finditer(line):
        yield _plain(line[at : found.start()])
        at = found.start()
        for group in range(1, len(_KINDS)):
            start, end = found.span(group)
            if end > start:
                yield _plain(line[at:start])
                yield _dressed(line[start:end], _KINDS[group])
                at = end
    yield _plain(line[at:])


def _dressed(text: str, kind: str) -> str:
    name = next((name for begins, name in _CLASSES.items() if kind.startswith(begins)), "")
    if text in _DECIDING and name:
        name = text.lower()
    return f'<span class="{name}">{_plain(text)}</span>' if name else _plain(text)


def _plain(text: str) -> str:
    return "\t".join(map(in_html, text.split("\t")))
