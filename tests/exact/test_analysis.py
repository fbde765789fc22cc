"""What can come of a contact, against a search through every value."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules import Decision
from connectrules.exact import analysis, cells, reach
from connectrules.exact.analysis import Analyser
from connectrules.exact.fillings import Analysis
from connectrules.rules.tree import AtLeast, Condition, Not, Weighted, all_of, any_of
from tests.exact.trees import DECISIONS, TESTS, Rules, knowledge, rules, said
from tests.property.running import tried

_TRIED = tried(150)


def critical(analyser: Analyser, found: Analysis) -> set[str]:
    """The names of the facts that *found* says can still change the decision."""
    subjects = (analyser.variables[number].subject for number, _ in found.critical)
    return {subject.name for subject in subjects if subject is not None}


@pytest.mark.once
@_TRIED
@given(rules(), knowledge())
def test_analysis_is_exact(each: Rules, known: dict[str, object]) -> None:
    """The decisions, the rules and the facts that matter are those that a search finds."""
    analyser = each.analyser()
    found = analyser.analyse(each.pattern(analyser, known))
    fillings = [*each.fillings(known)]
    decisions = {each.decide(values) for values in fillings}

    assert found.decisions == decisions
    assert critical(analyser, found) == each.critical(known)
    assert found.exact
    assert all(0 < chance <= 1 for _, chance in found.critical) or len(decisions) > 1
    if len(decisions) == 1:
        holding = [set(each.holding(values)) for values in fillings]
        assert set(found.must) == set.intersection(*holding)
        assert set(found.may) == set.union(*holding)


@pytest.mark.once
@_TRIED
@given(rules(TESTS[:4]), knowledge())
def test_repeated_yes_no_facts(each: Rules, known: dict[str, object]) -> None:
    """Where each fact comes again and again, too."""
    analyser = each.analyser()
    found = analyser.analyse(each.pattern(analyser, known))

    assert found.decisions == {each.decide(values) for values in each.fillings(known)}
    assert critical(analyser, found) == each.critical(known)


@pytest.mark.once
@pytest.mark.parametrize(
    ("where", "name", "value"),
    [
        ((reach,), "_MOST_STEPS", 0),
        ((analysis,), "LIMIT", 1),
        ((cells,), "LIMIT", 1),
    ],
    ids=["points", "fillings", "cells"],
)
def test_past_a_limit(
    where: tuple[object, ...], name: str, value: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Past each limit a decision is still right, and what is asked for is no less."""
    for module in where:
        monkeypatch.setattr(module, name, value)
    rough = []

    @_TRIED
    @given(rules(), knowledge())
    def hold(each: Rules, known: dict[str, object]) -> None:
        analyser = each.analyser()
        found = analyser.analyse(each.pattern(analyser, known))
        decisions = {each.decide(values) for values in each.fillings(known)}

        assert found.decisions >= decisions
        assert critical(analyser, found) >= each.critical(known) or len(found.decisions) == 1
        if found.exact:
            assert found.decisions == decisions
            assert critical(analyser, found) == each.critical(known)
        else:
            rough.append(each)
            assert len(found.decisions) > 1

    hold()

    assert rough


def test_a_chance_for_each_fact() -> None:
    """The first to ask for is the one that turns the decision most often."""
    each = Rules(
        ((Decision.CONNECT, all_of(said("a"), any_of(said("b"), said("c")))),), Decision.DECLINE
    )
    analyser = each.analyser()

    found = analyser.analyse((None, None, None))

    assert dict(found.critical) == {0: 0.75, 1: 0.25, 2: 0.25}


_WEIGHTS = st.lists(st.integers(1, 3), min_size=3, max_size=3)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(_WEIGHTS, st.integers(1, 9), st.booleans(), st.sampled_from(DECISIONS), knowledge())
def test_chances_by_counting(
    weights: list[int],
    threshold: int,
    exactly: bool,  # noqa: FBT001 - drawn
    default: Decision,
    known: dict[str, object],
) -> None:
    """Where no fact comes twice, the chance is what counting all coins gives."""
    if exactly:
        weights = [1, 1, 1]
    inner = any_of(said("c"), Not(said("d")))
    items: list[Condition] = [said("a"), Not(said("b")), inner]
    counted = AtLeast(
        min(threshold, sum(weights)),
        tuple(Weighted(weight, item) for weight, item in zip(weights, items, strict=True)),
        exactly,
    )
    each = Rules(((Decision.CONNECT, counted),), default)
    analyser = each.analyser()
    found = analyser.analyse(each.pattern(analyser, known))
    fillings = [*each.fillings(known)]

    for number, chance in found.critical:
        subject = analyser.variables[number].subject
        assert subject is not None
        name = subject.name
        turned = sum(
            each.decide(values) is not each.decide({**values, name: not values[name]})
            for values in fillings
        )
        wanted = 1.0 if len(found.critical) == 1 else turned / len(fillings)
        assert chance == pytest.approx(wanted)


def test_one_test_under_many_words() -> None:
    """Tests of one meaning are one test, so what they join has one outcome."""
    twice = any_of(said("a"), Not(said("a")))
    analyser = Rules(((Decision.CONNECT, twice),), Decision.DECLINE).analyser()

    assert len(analyser.tests) == 1
    assert analyser.fillings[0] == 2
    assert analyser.analyse((None,)).decisions == {Decision.CONNECT}


def test_patterns_are_remembered_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory does not grow without end."""
    monkeypatch.setattr(analysis, "_MOST_OUTCOMES", 1)
    analyser = Rules(((Decision.CONNECT, said("a")),), Decision.DECLINE).analyser()
    first = analyser.analyse((True,))

    assert analyser.analyse((True,)) is first
    assert analyser.analyse((False,)).decisions == {Decision.DECLINE}
    assert analyser.analyse((True,)) == first
    assert analyser.analyse((True,)) is not first
