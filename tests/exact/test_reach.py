"""What can turn a count, against a search through all that its items could be."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules.exact.reach import Rails, turning
from connectrules.rules.tree import AtLeast, Weighted
from tests.exact.trees import said

_COULD_BE = st.sampled_from([(True,), (False,), (False, True)])
"""What an item could be, in one filling."""


@st.composite
def _counts(draw: st.DrawFn) -> tuple[AtLeast, list[tuple[tuple[bool, ...], ...]]]:
    """A count, and for some fillings what each of its items could be."""
    weight = st.integers(1, 3)
    one_weight = st.just(draw(weight)) if draw(st.booleans()) else weight
    weights = draw(st.lists(one_weight, min_size=1, max_size=4))
    exactly = draw(st.booleans()) and {*weights} == {1}
    threshold = draw(st.integers(1, sum(weights)))
    items = tuple(Weighted(weight, said("a")) for weight in weights)
    fillings = st.lists(st.tuples(*(_COULD_BE for _ in weights)), min_size=1, max_size=3)
    return AtLeast(threshold, items, exactly), draw(fillings)


@pytest.mark.once
@settings(max_examples=200, deadline=None, derandomize=True)
@given(_counts())
def test_items_that_turn_a_count(
    drawn: tuple[AtLeast, list[tuple[tuple[bool, ...], ...]]],
) -> None:
    """An item turns it where the others can be such that it comes out by that item alone."""
    count, fillings = drawn
    below = [
        Rails(
            sum((True in each[item]) << number for number, each in enumerate(fillings)),
            sum((False in each[item]) << number for number, each in enumerate(fillings)),
        )
        for item in range(len(count.items))
    ]

    found, exact = turning(count, below, (1 << len(fillings)) - 1)

    assert exact
    assert found == [
        sum(_turns(count, each, item) << number for number, each in enumerate(fillings))
        for item in range(len(count.items))
    ]


def _turns(count: AtLeast, could_be: Sequence[tuple[bool, ...]], item: int) -> bool:
    others = [(False,) if place == item else truths for place, truths in enumerate(could_be)]
    return any(
        _holds(count, [*truths[:item], False, *truths[item + 1 :]])
        != _holds(count, [*truths[:item], True, *truths[item + 1 :]])
        for truths in product(*others)
    )


def _holds(count: AtLeast, truths: Sequence[bool]) -> bool:
    total = sum(item.weight for item, truth in zip(count.items, truths, strict=True) if truth)
    return total == count.threshold if count.exactly else total >= count.threshold
