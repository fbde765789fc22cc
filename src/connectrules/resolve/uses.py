"""USE: the declarations of other files."""

import posixpath
from collections.abc import Callable, Iterator, Sequence

import attrs

from connectrules.resolve.report import Report
from connectrules.schema.types import shown
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
MOST_TEXT = 4 * 2**20
"""How many characters the files that a policy USEs may have together."""


@attrs.frozen
class Line:
    """A statement and the text it stands in.

    Attributes:
        source: The text.
        statement: The statement.
        own: Whether the text is the first file, not one that it USEs.
    """

    source: Source
    statement: Statement
    own: bool


class Uses:
    """Follows USE lines from one document on.

    Args:
        document: The first file.
        loader: What gives the text of a path; None where no file may be read.
        report: Where mistakes go.
    """

    def __init__(self, document: Document, loader: Loader | None, report: Report) -> None:
        self.document, self.loader, self.report = document, loader, report
        self.texts: dict[str, str] = {}
        """The texts of the files that were found, by path."""
        self.size = 0
        """How many characters the texts of other files have so far."""
        self.is_partial = False
        """Whether a file was not found, goes in a circle, or is too much."""

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
            if name not in self.texts or name in path:
                _check_path(use, path, name)
                text = self._text(name, use.path.span)
        except Mistake as mistake:
            self.report.tell(source, mistake)
            self.is_partial = True
            return
        if name in self.texts:
            return
        self.size += len(text)
        if self.size > MOST_TEXT:
            self.is_partial = True
            if self.size - len(text) <= MOST_TEXT:
                self.report.tell(source, _too_much(use.path.span, self.size))
            return
        self.texts[name] = text
        document, diagnostics = parse(Source(name, text))
        self.report.tell_all(diagnostics)
        if document.bare is not None:
            message = f"`{name}` declares nothing: it is one condition"
            hint = "USE brings FACT, ASK, ASSUME and DEFINE lines"
            self.report.tell(source, Mistake(use.path.span, "CR202", message, help=(hint,)))
        yield from self._lines(document, (*path, name), own=False)

    def _text(self, name: str, span: Span) -> str:
        if self.loader is None:
            raise _no_file(span, f"`{name}` cannot be read: this policy was given as a text alone")
        try:
            text = self.loader(name)
        except UnicodeDecodeError as error:
            raise _no_file(span, f"`{name}` is not UTF-8 text") from error
        except (OSError, KeyError, ValueError) as error:
            strerror = error.strerror if isinstance(error, OSError) else None
            is_missing = isinstance(error, (FileNotFoundError, KeyError))
            why = f" ({strerror.lower()})" if strerror and not is_missing else ""
            that = "" if is_missing else " that can be read"
            raise _no_file(span, f"there is no file `{name}`{that}{why}") from error
        except Exception as error:
            said = shown(" ".join(str(error).split()))
            raise _unloaded(span, name, f"failed ({said})" if said else "failed") from error
        if not isinstance(text, str):
            raise _unloaded(span, name, "gave no text for it")
        return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")


def _check_path(use: Use, path: Sequence[str], name: str) -> None:
    """See that the file *name* neither is one of those that lead to it nor comes too deep."""
    if name in path:
        circle = ", which uses ".join(f"`{each}`" for each in (*path[path.index(name) :], name))
        raise Mistake(
            use.path.span,
            "CR203",
            f"USE goes in a circle: {circle}",
            help=("leave out one of these lines",),
        )
    if len(path) > DEEPEST:
        raise Mistake(
            use.path.span,
            "CR110",
            f"files USE one another {len(path)} deep, and {DEEPEST} is the most",
            help=("move declarations up into fewer files",),
        )


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


def _too_much(span: Span, size: int) -> Mistake:
    return Mistake(
        span,
        "CR110",
        f"with this file the files used have {size:,} characters, {size - MOST_TEXT:,} more than "
        f"the {MOST_TEXT:,} allowed together",
        help=("use fewer or shorter files",),
    )


def _unloaded(span: Span, name: str, why: str) -> Mistake:
    return Mistake(
        span,
        "CR202",
        f"`{name}` cannot be read: what loads files {why}",
        help=("this is to be mended in the program that reads the policy",),
    )


def _no_file(span: Span, message: str) -> Mistake:
    return Mistake(span, "CR202", message, help=("name a file in the policy's folder or below it",))
