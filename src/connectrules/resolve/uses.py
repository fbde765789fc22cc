"""USE: the declarations of other files."""

import posixpath
from collections.abc import Callable, Iterator

import attrs

from connectrules.source import Source, Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.parser import parse
from connectrules.syntax.tree import (
    AskLine,
    AssumeLine,
    Broken,
    Define,
    Document,
    FactLine,
    Statement,
    Use,
)

Loader = Callable[[str], str]
"""What gives the text of a USE path, relative to the policy's folder, with `/` in it."""

DEEPEST = 16
"""How many files may USE one another in a row."""


@attrs.frozen
class Line:
    """A statement and the text it stands in."""

    source: Source
    statement: Statement
    own: bool


class Uses:
    """Follows USE lines from one document on.

    Args:
        document: The first file.
        loader: What gives the text of a path; None where no file may be read.
        tell: What to do with each mistake.
        tell_all: What to do with the diagnostics of another file's text.
    """

    def __init__(
        self,
        document: Document,
        loader: Loader | None,
        tell: Callable[[Source, Mistake], None],
        tell_all: Callable[[tuple[object, ...]], None],
    ) -> None:
        self.document, self.loader, self.tell, self.tell_all = document, loader, tell, tell_all
        self.texts: dict[str, str] = {}

    def lines(self) -> Iterator[Line]:
        """The statements of the first file and the declarations it USEs."""
        first = posixpath.basename(self.document.source.name)
        yield from self._lines(self.document, (first,), own=True)

    def _lines(self, document: Document, path: tuple[str, ...], *, own: bool) -> Iterator[Line]:
        for statement in document.statements:
            if isinstance(statement, Use):
                yield from self._used(document.source, statement, path)
            elif own or isinstance(statement, (FactLine, AskLine, AssumeLine, Define, Broken)):
                yield Line(document.source, statement, own)

    def _used(self, source: Source, use: Use, path: tuple[str, ...]) -> Iterator[Line]:
        try:
            name = _place(use, path[-1] if len(path) > 1 else "")
            if name in path:
                circle = " uses ".join(f"`{each}`" for each in (*path[path.index(name) :], name))
                raise Mistake(
                    use.path.span,
                    "CR203",
                    f"USE goes in a circle: {circle}",
                    help=("leave out one of these lines",),
                )
            if name in self.texts:
                return
            if len(path) > DEEPEST:
                raise Mistake(
                    use.path.span,
                    "CR110",
                    f"files USE one another {len(path)} deep, and {DEEPEST} is the most",
                    help=("move declarations up into fewer files",),
                )
            text = self._text(name, use.path.span)
        except Mistake as mistake:
            self.tell(source, mistake)
            return
        self.texts[name] = text
        document, diagnostics = parse(Source(name, text))
        self.tell_all(diagnostics)
        if document.bare is not None:
            self.tell(source, _no_file(use.path.span, f"`{name}` declares nothing: it is one condition"))
        yield from self._lines(document, (*path, name), own=False)

    def _text(self, name: str, span: Span) -> str:
        if self.loader is None:
            raise _no_file(span, f"`{name}` cannot be read: this policy was given as a text alone")
        try:
            text = self.loader(name)
        except (OSError, KeyError, UnicodeDecodeError, ValueError) as error:
            why = f" ({error.strerror.lower()})" if isinstance(error, OSError) and error.strerror else ""
            raise _no_file(span, f"there is no file `{name}` that can be read{why}") from error
        return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _place(use: Use, below: str) -> str:
    """The path of *use*, relative to the first file's folder."""
    written = use.path.text
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(below), written))
    outside = joined.startswith(("../", "/")) or joined in {"..", "."} or "\\" in written
    if outside or posixpath.isabs(written) or ":" in written or not written.strip():
        raise Mistake(
            use.path.span,
            "CR202",
            f"`{written}` does not lie in the policy's folder or below it",
            help=("write a path relative to this file, with `/` between its parts",),
        )
    return joined


def _no_file(span: Span, message: str) -> Mistake:
    return Mistake(
        span, "CR202", message, help=("name a file in the policy's folder or below it",)
    )
