"""A policy's text read once more, in the order of its tree, with the comments between its words."""

import re

from connectrules.source import Source, Span
from connectrules.syntax.formatting.pieces import Atom, Comment, Comments

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_GAP = re.compile(r"(?:\s++|#[^\r\n]*+)*+")
_IN_GAP = re.compile(r"(?P<line>\r\n|\n|\r)|#[^\r\n]*+")
_SEPARATED = 2
"""How many line breaks have an empty line between them."""


class Astray(Exception):  # noqa: N818 - a finding about the formatter, not about a text
    """The text does not say what its tree does: a mistake of the formatter."""


class Cursor:
    """A place in a text that moves on over its words, and gathers the comments it passes.

    Comments gather until somebody takes them. A word that is passed `loose` may be moved or
    left out: a comment behind it counts as standing behind the word before.

    Attributes:
        spaced: Whether an empty line stands before the word passed last.
        column: Where the word passed last began in its line, from 0.
    """

    def __init__(self, source: Source) -> None:
        self._text = source.text
        self._at = 1 if self._text.startswith(_BOM) else 0
        self._line_start = self._at
        self._breaks = 0
        self._same_line = False
        self._gathered: list[Comment] = []
        self._next_start = self._next_column = -1
        self.spaced = False
        self.column = 0

    def pass_word(self, word: str, *, loose: bool = False) -> str:
        """Move over *word*, which must come next."""
        start = self._next()
        return self.pass_span(Span(start, start + len(word)), word, loose=loose)

    def pass_span(self, span: Span, word: str | None = None, *, loose: bool = False) -> str:
        """Move over what stands at *span*, which must come next; the text there."""
        self._gather(span.start)
        text = self._text[span.start : span.end]
        if word is not None and text != word:
            raise Astray(word)
        self.spaced = self._breaks >= _SEPARATED
        self.column = span.start - self._line_start
        self._at = span.end
        self._breaks = 0
        self._same_line = self._same_line or not loose
        return text

    def pass_up_to(self, end: int) -> str:
        """Move over what comes next, up to *end*."""
        return self.pass_span(Span(self._next(), end))

    def atom(self, word: str) -> Atom:
        """Move over *word*, and take the comments before it."""
        return Atom(self.pass_word(word), self.take())

    def atom_at(self, span: Span) -> Atom:
        """Move over what stands at *span*, and take the comments before it."""
        return Atom(self.pass_span(span), self.take())

    def take(self) -> Comments:
        """The comments that were passed and not yet taken."""
        taken = tuple(self._gathered)
        self._gathered.clear()
        return taken

    def close(self) -> None:
        """Move over a loose `)`; a comment behind it stands behind what it closes."""
        self.pass_word(")", loose=True)
        self._same_line = self._same_line or not self._gathered

    def comes(self, mark: str) -> bool:
        """Whether *mark* comes next, after comments."""
        return self._text.startswith(mark, self._next())

    def take_deeper(self, column: int) -> Comments:
        """The comments that come next and stand as deep as the items of a list at *column*.

        A comment as deep as the words after it belongs to them.
        """
        following = self._next()
        deep = max(column, self._next_column + 1)
        end, line_start = self._at, None
        for match in _IN_GAP.finditer(self._text, self._at, following):
            if match["line"]:
                line_start = match.end()
            elif line_start is None:  # it stands behind the last word
                continue
            elif match.start() - line_start < deep:
                break
            else:
                end = match.end()
        if end == self._at:
            return ()
        self._gather(end)
        self._at = end
        return self.take()

    def finish(self) -> Comments:
        """Move to the end of the text, and take the comments before it."""
        end = self._next()
        if end != len(self._text):
            raise Astray(self._text[end:])
        self._gather(end)
        return self.take()

    def _next(self) -> int:
        """Where the next word begins; `_next_column` is then its column, where a line begins."""
        if self._at > self._next_start:
            gap = _GAP.match(self._text, self._at)
            self._next_start = gap.end() if gap else self._at
            line = max(self._text.rfind(each, self._at, self._next_start) for each in "\r\n")
            ended = line < 0 or self._next_start == len(self._text)
            self._next_column = -1 if ended else self._next_start - line - 1
        return self._next_start

    def _gather(self, end: int) -> None:
        """Gather the comments up to *end*, between which nothing else may stand."""
        gap = _GAP.fullmatch(self._text, self._at, end)
        if gap is None:
            raise Astray(self._text[self._at : end])
        for match in _IN_GAP.finditer(self._text, self._at, end):
            if match["line"]:
                self._line_start = match.end()
                self._same_line = False
                self._breaks += 1
                continue
            self._gathered.append(
                Comment(
                    match[0].rstrip(),
                    column=match.start() - self._line_start,
                    room=match.start() - self._at,
                    trailing=self._same_line,
                    spaced=self._breaks >= _SEPARATED,
                )
            )
            self._breaks = 0
