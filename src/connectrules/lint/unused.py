"""CR404: a DEFINE, FACT, ASK or ASSUME that nothing uses.

What it does: looks for declared names that no rule, definition, assumption or example
speaks of, and for assumptions about what no rule or definition tests.

Why it is bad: a rule was forgotten, or its words differ from the declared ones.

Use instead: a rule that speaks of it, or no line.
"""

from collections.abc import Iterator

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.resolve.resolved import Resolved


def check(resolved: Resolved) -> Iterator[Diagnostic]:
    """A warning for each line of a policy that nothing uses; a library's lines are for others."""
    if resolved.default is None:
        return
    for declared in resolved.unused:
        yield Diagnostic(
            "CR404",
            f"nothing uses `{declared.name}`",
            declared.source,
            declared.span,
            help=(f"speak of it in a rule, or leave the {declared.word} line out",),
            severity=Severity.WARNING,
        )
