"""The lines of a layout as they are written."""

import attrs

from connectrules.syntax.formatting.pieces import Comment, Comments

WIDTH = 88
"""How many columns a line should have at most, the comment behind it left out."""
NARROWEST = 40
"""How many columns the words of a line may take however deep it is."""
_ROOM = 2
"""How many spaces part a comment from the words before it, at least."""


@attrs.define
class Line:
    """A line.

    Attributes:
        indent: How many spaces it begins with.
        parts: The texts on it, which stand side by side.
        comment: What stands behind them, if anything does.
    """

    indent: int
    parts: list[str]
    comment: Comment | None = None

    @property
    def text(self) -> str:
        """The line without the comment behind its words."""
        return " " * self.indent + "".join(self.parts) if self.parts else ""


class Page:
    """Takes down the lines of a layout.

    Attributes:
        column: How many columns the line that is written now has so far.
    """

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._open = False
        self.column = 0

    @property
    def fresh(self) -> bool:
        """Whether nothing stands yet on the line that is written now."""
        return not self._lines[-1].parts

    @property
    def limit(self) -> int:
        """How many columns the line that is written now should have at most."""
        return limit(self._lines[-1].indent)

    def write(self, text: str) -> None:
        """Write *text* on the line."""
        self._lines[-1].parts.append(text)
        self.column += len(text)

    def fits(self, text: str | None) -> bool:
        """Whether *text* can stand on the rest of the line."""
        return text is not None and self.column + len(text) <= self.limit

    def line(self, indent: int, *, spaced: bool = False) -> None:
        """Begin a line of words, perhaps after an empty one."""
        self._begin(indent, spaced=spaced)
        self._open = True

    def comments(self, comments: Comments, indent: int, *, spaces: bool = False) -> None:
        """Write *comments*, the first of them behind the words on the line where it stood so.

        Args:
            comments: The comments.
            indent: Where those begin that have a line of their own.
            spaces: Whether the empty lines before them stay.
        """
        for comment in comments:
            if comment.trailing and self._open:
                self._lines[-1].comment = comment
            else:
                self._begin(indent, spaced=spaces and comment.spaced)
                self.write(comment.text)
            self._open = False

    def text(self) -> str:
        """All that was written."""
        lines: list[str] = []
        start = 0
        for index, line in enumerate(self._lines):
            if not line.parts:
                lines.extend(_aligned(self._lines[start:index]))
                lines.append("")
                start = index + 1
        lines.extend(_aligned(self._lines[start:]))
        return "".join(f"{line}\n" for line in lines)

    def _begin(self, indent: int, *, spaced: bool) -> None:
        if spaced and self._lines:
            self._lines.append(Line(0, []))
        self._lines.append(Line(indent, []))
        self.column = indent


def limit(indent: int) -> int:
    """How many columns a line that begins at *indent* should have at most."""
    return max(WIDTH, indent + NARROWEST)


def _aligned(lines: list[Line]) -> list[str]:
    """The texts of *lines* with their comments, those in one column where they stood so before."""
    texts = [line.text for line in lines]
    columns: dict[int, list[tuple[int, Comment]]] = {}
    for index, line in enumerate(lines):
        if line.comment is not None:
            columns.setdefault(line.comment.column, []).append((index, line.comment))
    for column, members in columns.items():
        target = max(column, *(len(texts[index]) + _ROOM for index, _ in members))
        meant = len(members) > 1 and any(comment.room > _ROOM for _, comment in members)
        for index, comment in members:
            width = target if meant and target <= WIDTH else len(texts[index]) + _ROOM
            texts[index] = texts[index].ljust(width) + comment.text
    return texts
