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
from connectrules.resolve.resolved import Resolved
from connectrules.source import Span

_SHOWN = 5
"""How many of the facts are named."""


def check(resolved: Resolved, analyser: Analyser) -> Iterator[Diagnostic]:
    """A warning, at the first of its sentences, where a contact may need too many fillings."""
    fillings, split = analyser.fillings
    if fillings <= LIMIT:
        return
    places = [
        test.span
        for variable in split
        for test in (analyser.tests[number] for number in variable.tests)
        if test.source == resolved.source and test.span is not None
    ]
    names = [variable.speaks_of[0].name for variable in split]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    said = ", ".join(f"`{name}`" for name in names[:_SHOWN]) + more
    many = f"{fillings:,}" if fillings < 10**12 else "over a million million"
    yield Diagnostic(
        "CR405",
        f"facts tested more than once can be filled in in {many} ways, and {LIMIT:,} are tried",
        resolved.source,
        min(places, default=Span(0, 0)),
        help=(
            f"these are {said}",
            "a contact of whom most of them are unknown may stay undecided: test each once",
        ),
        severity=Severity.WARNING,
    )
