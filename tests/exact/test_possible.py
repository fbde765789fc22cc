"""Whether conditions can hold for anybody, against a search through every value."""

import pytest
from hypothesis import given

from connectrules import Decision
from connectrules.exact.possible import Possible
from connectrules.exact.samples import sampled
from connectrules.rules.tree import (
    Condition,
    Literal,
    Not,
    all_of,
    any_of,
    postorder,
    tallied,
)
from tests.exact.trees import Rules, holds, rules, said
from tests.property.running import tried

_TRIED = tried(150)


@pytest.mark.once
@_TRIED
@given(rules())
def test_possible(each: Rules) -> None:
    """A condition made of the rules' own can hold just where some value makes it."""
    analyser = each.analyser()
    possible = Possible(analyser)
    fillings = [*each.fillings({})]

    for _, one in each.rules:
        for _, other in each.rules:
            made = all_of(one, Not(other))
            wanted = any(holds(made, values) for values in fillings)
            assert possible([*postorder(made)], _times(analyser.number, made)) is wanted


@pytest.mark.parametrize(
    ("condition", "wanted"),
    [
        (said("kind", "is", Literal("w")), False),
        (Not(said("kind", "is", Literal("w"))), True),
        (said("n", "less than", Literal(0)), False),
        (said("n", "less than", Literal(1)), True),
        (any_of(said("kind", "is", Literal("w")), said("a")), True),
        (all_of(said("kind", "is", Literal("w")), said("a")), False),
    ],
)
def test_a_test_that_can_never_hold(condition: Condition, wanted: bool) -> None:  # noqa: FBT001 - as drawn
    """It is so where it stands once, too."""
    analyser = Rules(((Decision.CONNECT, condition),), Decision.DECLINE).analyser()
    possible = Possible(analyser)

    assert possible([*postorder(condition)], _times(analyser.number, condition)) is wanted


def _times(number: dict[int, int], condition: Condition) -> dict[int, int]:
    found: dict[int, int] = {}
    for test, times in tallied([condition]):
        found[number[id(test)]] = found.get(number[id(test)], 0) + times
    return found


@pytest.mark.once
@_TRIED
@given(rules())
def test_samples(each: Rules) -> None:
    """What differs in a sample differs for some values; the samples are the same every time."""
    analyser = each.analyser()
    samples = sampled(analyser, 16)
    fillings = [*each.fillings({})]

    assert sampled(analyser, 16) == samples
    for _, one in each.rules:
        rails = samples[id(one)]
        assert rails.surely_true | rails.surely_false == (1 << 16) - 1
        for _, other in each.rules:
            if rails.surely_true & samples[id(other)].surely_false:
                assert any(holds(one, v) and not holds(other, v) for v in fillings)
