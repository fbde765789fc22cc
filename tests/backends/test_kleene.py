"""Counting in columns, where some of what is counted is the same in all rows."""

from collections.abc import Sequence
from itertools import product

import narwhals as nw
import polars as pl
import pytest

from connectrules.backends.frames.kleene import Truth, counted, negated

_THREE = (True, False, None)
_TWO_COLUMNS = {
    "a": [one for one, _ in product(_THREE, repeat=2)],
    "b": [other for _, other in product(_THREE, repeat=2)],
}
_SAME: Sequence[Sequence[bool | None]] = [
    *((), (True,), (False,), (None,), (True, False), (None, True)),
]


def _wanted(
    weights: Sequence[int], truths: Sequence[bool | None], threshold: int, *, exactly: bool
) -> bool | None:
    """What comes of counting, by every way in which the unknown could be."""
    ways = product(*((True, False) if truth is None else (truth,) for truth in truths))
    found = set()
    for way in ways:
        total = sum(weight for weight, truth in zip(weights, way, strict=True) if truth)
        found.add(total == threshold if exactly else total >= threshold)
    return found.pop() if len(found) == 1 else None


@pytest.mark.parametrize("same", _SAME, ids=str)
@pytest.mark.parametrize("weight", [1, 2])
def test_counting(same: Sequence[bool | None], weight: int) -> None:
    """It comes to yes or no just where all ways to fill in what is unknown do."""
    weights = [weight, 1, *(1 for _ in same)]
    items: list[tuple[int, Truth]] = [*zip(weights, (nw.col("a"), nw.col("b"), *same), strict=True)]
    frame = nw.from_native(pl.DataFrame(_TWO_COLUMNS))
    rows = [*zip(*_TWO_COLUMNS.values(), strict=True)]

    for threshold in range(sum(weights) + 2):
        truth = counted(threshold, items)
        wanted = [_wanted(weights, (*row, *same), threshold, exactly=False) for row in rows]

        assert _values(frame, truth) == wanted, threshold
        assert _values(frame, negated(truth)) == [
            None if each is None else not each for each in wanted
        ]


@pytest.mark.parametrize("same", _SAME, ids=str)
def test_counting_exactly(same: Sequence[bool | None]) -> None:
    """No fewer, and no more; where too many may hold, it is not known."""
    items: list[tuple[int, Truth]] = [(1, each) for each in (nw.col("a"), nw.col("b"), *same)]
    frame = nw.from_native(pl.DataFrame(_TWO_COLUMNS))
    rows = [*zip(*_TWO_COLUMNS.values(), strict=True)]

    for threshold in range(len(items) + 1):
        truth = counted(threshold, items, exactly=True)

        assert _values(frame, truth) == [
            _wanted([1 for _ in items], (*row, *same), threshold, exactly=True) for row in rows
        ], threshold


def _values(frame: nw.DataFrame[pl.DataFrame], truth: Truth) -> list[bool | None]:
    if not isinstance(truth, nw.Expr):
        return [truth] * len(frame)
    found: list[bool | None] = frame.select(found=truth)["found"].to_list()
    return found
