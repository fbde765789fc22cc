"""A mistake in a text, on its way from where it was noticed to a diagnostic."""

from connectrules.diagnostics import Diagnostic, Edit, Fix
from connectrules.source import Source, Span


class Unexpected(Exception):  # noqa: N818 - a finding about a text, not a failure
    """A mark that does not fit where it stands.

    Attributes:
        index: Which one; their number where the marks end too early.
        accepts: The terminals that would have fitted.
    """

    def __init__(self, index: int, accepts: frozenset[str]) -> None:
        self.index, self.accepts = index, accepts
        super().__init__(index)


class Mistake(Exception):  # noqa: N818 - a finding about a text, not a failure
    """Something in a statement that keeps it from being read.

    Attributes:
        span: Where.
        code: What kind of mistake, such as ``CR101``.
        message: What is wrong, in a reader's words.
        help: What to do about it, a sentence or a line each.
        fixes: What mends it for certain.
    """

    def __init__(
        self,
        span: Span,
        code: str,
        message: str,
        *,
        help: tuple[str, ...] = (),  # noqa: A002 - what a diagnostic calls it
        fixes: tuple[Fix, ...] = (),
    ) -> None:
        self.code, self.message, self.span, self.help, self.fixes = code, message, span, help, fixes
        super().__init__(message)

    def diagnostic(self, source: Source) -> Diagnostic:
        """The diagnostic that says so, in *source*."""
        return Diagnostic(self.code, self.message, source, self.span, self.help, self.fixes)


def full_stop(span: Span) -> Mistake:
    """The mistake of a full stop after a statement."""
    return Mistake(
        span,
        "CR101",
        "no full stop was expected here",
        help=("leave it out",),
        fixes=replacing("remove the full stop", span, ""),
    )


def replacing(title: str, span: Span, text: str) -> tuple[Fix, ...]:
    """The one fix that puts *text* in place of *span*."""
    return (Fix(title, (Edit(span, text),)),)
