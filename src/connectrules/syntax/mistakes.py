"""A mistake in a text, on its way from where it was noticed to a diagnostic."""

import re
from collections.abc import Callable
from functools import cached_property

from connectrules.diagnostics import Diagnostic, Edit, Fix
from connectrules.source import Source, Span

_COMMENT = re.compile(r"(?<!\S)#[^\n\r]*[\n\r]")


class Unexpected(Exception):  # noqa: N818 - a finding about a text, not a failure
    """A mark that does not fit where it stands.

    Attributes:
        index: Which one; their number where the marks end too early.
    """

    def __init__(self, index: int, accepts: Callable[[], frozenset[str]]) -> None:
        """The mark at *index* does not fit; *accepts* finds out, slowly, which would have."""
        self.index, self._accepts = index, accepts
        super().__init__(index)

    @cached_property
    def accepts(self) -> frozenset[str]:
        """The terminals that would have fitted."""
        return self._accepts()


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
        """The diagnostic that says so, in *source*; a fix that loses a comment is told as help."""
        fixes = tuple(fix for fix in self.fixes if not _loses_comment(source.text, fix))
        told = tuple(
            fix.title
            for fix in self.fixes
            if fix not in fixes and not any(fix.title in each for each in self.help)
        )
        return Diagnostic(self.code, self.message, source, self.span, (*self.help, *told), fixes)


def _loses_comment(text: str, fix: Fix) -> bool:
    """Whether a comment stands in what *fix* takes out of *text*."""
    return any(_COMMENT.search(text, edit.span.start, edit.span.end) for edit in fix.edits)


def full_stop(span: Span) -> Mistake:
    """The mistake of a full stop after a statement."""
    return Mistake(
        span,
        "CR101",
        "no full stop was expected here",
        fixes=replacing("remove the full stop", span, ""),
    )


def replacing(title: str, span: Span, text: str) -> tuple[Fix, ...]:
    """The one fix that puts *text* in place of *span*."""
    return (Fix(title, (Edit(span, text),)),)
