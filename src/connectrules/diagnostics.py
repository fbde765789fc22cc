"""What is wrong with a policy, as data; `render` shows it."""

from enum import Enum

import attrs

from connectrules.source import Location, Source, Span


class Severity(Enum):
    """How much a diagnostic weighs: an error stops a policy, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@attrs.frozen
class Edit:
    """A stretch of the source, and the *text* to put in its place."""

    span: Span
    text: str


@attrs.frozen
class Fix:
    """A change that mends a mistake for certain.

    Attributes:
        title: What it does, in the imperative.
        edits: The changes it is made of, which do not overlap.
    """

    title: str
    edits: tuple[Edit, ...]


@attrs.frozen
class Diagnostic:
    """One mistake: what it is, where it is, and what to do about it.

    Attributes:
        code: What kind of mistake, such as ``CR102``.
        message: One sentence, lower case, no full stop, the reader's own text
            in backticks.
        source: The text it is in.
        span: The stretch of that text it is about.
        help: What to do, a sentence or a line to paste each.
        fixes: Edits that mend it, where that is certain.
        severity: Error or warning.
    """

    code: str
    message: str
    source: Source
    span: Span
    help: tuple[str, ...] = ()
    fixes: tuple[Fix, ...] = ()
    severity: Severity = Severity.ERROR

    @property
    def start(self) -> Location:
        """Where its stretch begins."""
        return self.source.location(self.span.start)

    @property
    def end(self) -> Location:
        """Just after its stretch."""
        return self.source.location(self.span.end)
