"""Many worlds decided about at once, held against one pattern after the other."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules import Decision
from connectrules.exact.analysis import Analyser
from connectrules.exact.bits import full
from connectrules.exact.fillings import Pattern, filled_in
from connectrules.exact.variables import BoundRule
from connectrules.exact.worlds import Worlds
from connectrules.rules import tree
from connectrules.rules.meaning import Context
from connectrules.rules.tree import AtLeast, Condition, Weighted
from tests.exact.trees import Rules, Values, knowledge, rules, said

A, B, C, D = (said(name) for name in "abcd")


def counted(threshold: int, *items: tuple[int, Condition], exactly: bool = False) -> AtLeast:
    """A list of points."""
    return AtLeast(threshold, tuple(Weighted(*each) for each in items), exactly)


def rails(analyser: Analyser, pattern: Pattern) -> tuple[list[int], list[int], int]:
    """Where each test can be true and false, in all fillings of a pattern, and how many."""
    unknown = {analyser.variable_of[n] for n, truth in enumerate(pattern) if truth is None}
    split = [analyser.variables[v] for v in sorted(unknown)]
    split = [each for each in split if analyser.is_split(each)]
    size, where = filled_in((each.tests, analyser.cells(each)) for each in split)
    everything = full(size)
    true, false = [], []
    for number, truth in enumerate(pattern):
        if truth is None and number in where:
            true.append(where[number])
            false.append(everything ^ where[number])
        else:
            true.append(0 if truth is False else everything)
            false.append(0 if truth is True else everything)
    return true, false, size


@pytest.mark.once
@settings(deadline=None, derandomize=True)
@given(rules(), st.lists(knowledge(), min_size=1, max_size=4))
def test_each_world_is_decided_as_by_itself(of: Rules, contacts: list[Values]) -> None:
    """The worlds of several contacts side by side can be decided as each contact's alone."""
    analyser = of.analyser()
    patterns = [of.pattern(analyser, known) for known in contacts]
    true, false = [0] * len(analyser.tests), [0] * len(analyser.tests)
    blocks = []
    start = 0
    for pattern in patterns:
        its_true, its_false, size = rails(analyser, pattern)
        for number in range(len(analyser.tests)):
            true[number] |= its_true[number] << start
            false[number] |= its_false[number] << start
        blocks.append(full(size) << start)
        start += size

    found = Worlds(analyser).decisions(true, false, full(start))

    assert [{each for each, where in found.items() if where & block} for block in blocks] == [
        analyser.analyse(pattern).decisions for pattern in patterns
    ]


def decided(condition: Condition, tests: tuple[tree.Test, ...]) -> list[bool]:
    """Whether *condition* can only hold, for every way *tests* can come out."""
    rule = BoundRule("rule", Decision.CONNECT, None, condition)
    analyser = Analyser([rule], Decision.DECLINE, Context())
    worlds = 1 << len(tests)
    true = [0] * len(analyser.tests)
    for place, test in enumerate(tests):
        true[analyser.number[id(test)]] = sum(1 << w for w in range(worlds) if w >> place & 1)
    false = [full(worlds) ^ each for each in true]
    found = Worlds(analyser).decisions(true, false, full(worlds))
    return [bool(found.get(Decision.CONNECT, 0) >> w & 1) for w in range(worlds)]


def test_lists_are_counted() -> None:
    """However a list counts, in each world its items are counted as by hand."""
    tests = (A, B, C, D)
    ways = [[bool(w >> place & 1) for place in range(4)] for w in range(16)]
    for weights in ((1, 1, 1, 1), (2, 2, 2, 2), (1, 2, 3, 5), (4, 1, 1, 1)):
        for threshold in range(1, sum(weights) + 1):
            list_ = counted(threshold, *zip(weights, tests, strict=True))
            totals = [
                sum(w for w, holds in zip(weights, way, strict=True) if holds) for way in ways
            ]

            assert decided(list_, tests) == [total >= threshold for total in totals]
    for number in range(5):
        list_ = counted(number, *((1, each) for each in tests), exactly=True)

        assert decided(list_, tests) == [sum(way) == number for way in ways]


def test_long_lists_are_counted() -> None:
    """Python refuses expressions that nest too deeply, so a long list is many lines."""
    wide = AtLeast(300, tuple(Weighted(1, each) for each in (A, B, C) * 100))
    deep = AtLeast(1, tuple(Weighted(1, each) for each in (A, B, C) * 100))

    assert decided(wide, (A, B, C)) == [w == 7 for w in range(8)]
    assert decided(deep, (A, B, C)) == [w != 0 for w in range(8)]
