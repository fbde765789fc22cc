"""Facts whose tests come out together in other ways on other days."""

import datetime
from collections.abc import Iterable

from connectrules.rules.tree import Spoken, Subject, Test, Window, mentions
from connectrules.schema.vocabulary import Fact
from connectrules.testing.values import DAY

_MONTHS = {"month", "year"}


def timed(tests: Iterable[Test]) -> frozenset[Subject]:
    """Facts of which it may hang on the day in which ways their tests can come out together.

    They are those that lengths of time and something else are told of, as dates, and
    those that days and months are: three years ago is before a date on one day, and
    after it on another.
    """
    kinds: dict[Subject, set[str]] = {}
    for test in tests:
        match [*dict.fromkeys(mentions(test))]:
            case [Fact() | Spoken() as subject]:
                kinds.setdefault(subject, set()).add(_kind(test))
    return frozenset(each for each, found in kinds.items() if "far" in found or len(found) > 1)


def _kind(test: Test) -> str:
    """What its lengths of time are counted in; nothing where it has none."""
    lengths = [each.duration for each in test.operands if isinstance(each, Window)]
    if any(each.before(DAY) == datetime.date.min for each in lengths):
        return "far"
    units = {each.unit for each in lengths}
    return "" if not units else "months" if units <= _MONTHS else "days"
