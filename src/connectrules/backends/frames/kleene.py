"""Strong Kleene logic in columns: null is "not known"."""

from collections.abc import Callable, Mapping, Sequence
from operator import add, and_, or_

import attrs
import narwhals as nw

from connectrules.rules.tree import Test

Truth = nw.Expr | bool | None
"""Of each row: a column of yes, no and null, or the same for all rows."""

_Join = Callable[[nw.Expr, nw.Expr], nw.Expr]


def negated(truth: Truth) -> Truth:
    """True where *truth* is false."""
    if truth is None or isinstance(truth, bool):
        return None if truth is None else not truth
    return ~truth


def counted(threshold: int, items: Sequence[tuple[int, Truth]], *, exactly: bool = False) -> Truth:
    """True where the weights of the true *items* reach *threshold*; see `Logic.at_least`."""
    if exactly:
        reached, passed = counted(threshold, items), counted(threshold + 1, items)
        return counted(2, [(1, reached), (1, negated(passed))])
    threshold -= sum(weight for weight, truth in items if truth is True)
    open_items = [(weight, truth) for weight, truth in items if not isinstance(truth, bool)]
    total = sum(weight for weight, _ in open_items)
    if threshold <= 0 or threshold > total:
        return threshold <= 0
    least = min(weight for weight, _ in open_items)
    truths = [truth for _, truth in open_items]
    if threshold <= least:
        return _joined(truths, or_, unknown_unless=True)
    if threshold > total - least:
        return _joined(truths, and_, unknown_unless=False)
    return _summed(threshold, open_items)


def _together(columns: Sequence[nw.Expr], join: _Join) -> nw.Expr:
    """All of *columns* joined, in a tree as low as can be: planners go down them step by step."""
    if len(columns) == 1:
        return columns[0]
    half = len(columns) // 2
    return join(_together(columns[:half], join), _together(columns[half:], join))


def _joined(truths: Sequence[Truth], join: _Join, *, unknown_unless: bool) -> Truth:
    """All of *truths* joined by OR or AND; *unknown_unless* is what settles it alone."""
    columns = [truth for truth in truths if isinstance(truth, nw.Expr)]
    if not columns:
        return None
    joined = _together(columns, join)
    if len(columns) == len(truths):
        return joined
    settled = joined if unknown_unless else ~joined
    return nw.when(settled).then(nw.lit(unknown_unless))


def _summed(threshold: int, items: Sequence[tuple[int, Truth]]) -> Truth:
    total = sum(weight for weight, _ in items)
    columns = [(weight, truth) for weight, truth in items if isinstance(truth, nw.Expr)]
    if not columns:
        return None
    surely = [_weighed(truth, weight) for weight, truth in columns]
    surely_not = [_weighed(~truth, weight) for weight, truth in columns]
    reached = _together(surely, add) >= threshold
    missed = _together(surely_not, add) > total - threshold
    return nw.when(reached).then(nw.lit(True)).when(missed).then(nw.lit(False))  # noqa: FBT003 - values


def _weighed(truth: nw.Expr, weight: int) -> nw.Expr:
    return truth.fill_null(False).cast(nw.Int64) * weight  # noqa: FBT003 - a value


@attrs.frozen
class Kleene:
    """How truths join, where each test of the policy has a column, or is the same for all rows.

    Attributes:
        tests: The truth of each distinct test.
        number: The number of each test of the tree, by its id.
    """

    tests: Sequence[Truth]
    number: Mapping[int, int]

    def test(self, test: Test) -> Truth:
        """The truth of one test."""
        return self.tests[self.number[id(test)]]

    def negate(self, value: Truth) -> Truth:
        """True where *value* is false."""
        return negated(value)

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, Truth]], *, exactly: bool = False
    ) -> Truth:
        """True where the known true suffice, false where those not known false don't."""
        return counted(threshold, items, exactly=exactly)
