"""CR402: a condition that can never hold, or always holds.

What it does: looks for a sentence whose fact has no value that makes it come out
otherwise, such as `followers is at least -5`.

Why it is bad: the sentence says nothing, so something else was meant.

Use instead: a value that some contacts reach and others don't.
"""

from collections.abc import Iterator

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.exact.analysis import Analyser
from connectrules.resolve.comparing import called
from connectrules.rules.tree import Subject


def check(analyser: Analyser) -> Iterator[Diagnostic]:
    """A warning for each sentence about one fact that comes out one way alone."""
    for number, test in enumerate(analyser.tests):
        variable = analyser.variables[analyser.variable_of[number]]
        if variable.subject is None:
            continue
        alone = analyser.cells(variable, (number,))
        if alone.size == 1 and test.source and test.span:
            holds = bool(alone.columns[0]) is not test.denied
            yield Diagnostic(
                "CR402",
                f"`{test.sentence}` {'always holds' if holds else 'can never hold'}",
                test.source,
                test.span,
                help=(_help(variable.subject),),
                severity=Severity.WARNING,
            )


def _help(subject: Subject) -> str:
    kind = called(subject.type)
    return f"`{subject.name}` is {kind}; compare it with a value that some reach and others do not"
