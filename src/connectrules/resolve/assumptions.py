"""ASSUME lines: what an unknown fact is taken to be."""

from collections.abc import Iterable

from connectrules.resolve.conditions import Conditions
from connectrules.resolve.resolved import Declared
from connectrules.resolve.scope import Scope
from connectrules.resolve.subjects import subject
from connectrules.resolve.uses import Line
from connectrules.resolve.values import value
from connectrules.resolve.words import whole, written
from connectrules.rules.tree import Subject
from connectrules.source import Source
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import AssumeLine


def _at(declared: Declared, source: Source) -> str:
    line = declared.source.location(declared.span.start).line
    return f"on line {line}" if declared.source is source else f"at {declared.source.name}:{line}"


class Assumptions:
    """Reads the ASSUME lines of a policy.

    Args:
        scope: What they are read against.

    Attributes:
        assumed: What unknown facts are taken to be, in the form tests compare.
        lines: The line that says so of each.
    """

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.assumed: dict[Subject, object] = {}
        self.lines: dict[Subject, Declared] = {}

    def read(self, lines: Iterable[Line]) -> None:
        """Take in the ASSUME lines among *lines*."""
        for line in lines:
            if isinstance(line.statement, AssumeLine):
                try:
                    self._line(line.source, line.statement)
                except Mistake as mistake:
                    self._scope.report.tell(line.source, mistake)

    def _line(self, source: Source, line: AssumeLine) -> None:
        about = subject(Conditions(source, self._scope), line.name, "ASSUME")
        if about is None:
            return
        if about in self.lines:
            raise Mistake(
                line.name.span,
                "CR201",
                f"what `{about.name}` is assumed to be is said already, "
                f"{_at(self.lines[about], source)}",
                help=("leave one of the two out",),
            )
        name = written(source, line.name.tokens)
        self.lines[about] = Declared("ASSUME", name, source, whole(line.name.tokens))
        found = value(source, line.value, about.type, about.name, unsure=False)
        self.assumed[about] = about.type.ready(found)
