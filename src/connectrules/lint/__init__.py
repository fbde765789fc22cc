"""What is allowed in a policy and probably not meant: one file a check."""

from collections.abc import Iterator, Sequence
from datetime import date

from connectrules.diagnostics import Diagnostic
from connectrules.exact.analysis import Analyser
from connectrules.exact.variables import BoundRule
from connectrules.lint import constant, covered, inexact, placeholders, repeated, thousands, unused
from connectrules.resolve.resolved import Resolved
from connectrules.rules.meaning import Context
from connectrules.verdict import Decision

_SOME_DAY = date(2000, 2, 29)
"""A day in whose place any other could stand: a warning hangs on no day."""


def check(resolved: Resolved, rules: Sequence[BoundRule]) -> Iterator[Diagnostic]:
    """The warnings about a policy without errors; none about the files that it USEs.

    Args:
        resolved: What the policy means.
        rules: Its rules, ready for analysis.
    """
    default = Decision.DECLINE if resolved.default is None else resolved.default
    context = Context(today=_SOME_DAY)
    analyser = Analyser(rules, default, context)
    told = (*constant.check(analyser),)
    warnings = (
        *told,
        *covered.check(resolved, analyser, told),
        *repeated.check(resolved, analyser.tests, context),
        *unused.check(resolved),
        *inexact.check(resolved, analyser),
        *placeholders.check(resolved.source),
        *thousands.check(analyser.tests),
    )
    return (each for each in warnings if each.source == resolved.source)
