"""CR405: too many facts are tested twice for every verdict to be exact.

What it does: counts the fillings that would have to be tried for a contact about
whom nothing is known.

Why it is bad: past the limit a contact may stay undecided that could be decided.

Use instead: rules that test each fact once, for example with DEFINE and lists.
"""

from collections.abc import Iterator

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.exact.analysis import Analyser
from connectrules.exact.cells import LIMIT
from connectrules.source import Span

_SHOWN = 5


def check(analyser: Analyser) -> Iterator[Diagnostic]:
    """A warning where a contact may need more fillings than are tried."""
    fillings, split = analyser.fillings
    if fillings <= LIMIT:
        return
    first = next(test for test in analyser.tests if test.source is not None)
    if first.source is None:
        return
    names = [variable.speaks_of[0].name for variable in split]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    said = ", ".join(f"`{name}`" for name in names[:_SHOWN]) + more
    many = f"{fillings:,}" if fillings < 10**12 else "over a million million"
    yield Diagnostic(
        "CR405",
        f"facts tested more than once can be filled in in {many} ways, and {LIMIT:,} are tried",
        first.source,
        first.span or Span(0, 0),
        help=(
            f"these are {said}",
            "a contact of whom most of them are unknown may stay undecided: test each once",
        ),
        severity=Severity.WARNING,
    )
