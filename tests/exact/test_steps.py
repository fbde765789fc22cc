"""The rules as steps, against a search through every value."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectrules import Decision
from connectrules.exact import influence, steps
from connectrules.exact.influence import influences
from connectrules.rules.tree import AtLeast, Condition, Not, Weighted, any_of
from tests.exact.trees import DECISIONS, Rules, knowledge, said

_WEIGHTS = st.lists(
    st.integers(1, 4) | st.sampled_from((50, 10**3, 10**12)), min_size=4, max_size=4
)


def points(weights: Sequence[int], share: float, default: Decision, *, exactly: bool) -> Rules:
    """A list of points of four facts, that must reach a share of all that can be had."""
    items: list[Condition] = [said("a"), Not(said("b")), said("c"), Not(said("d"))]
    weights = [1] * 4 if exactly else weights
    weighted = (Weighted(w, each) for w, each in zip(weights, items, strict=True))
    threshold = 1 + int(share * (sum(weights) - 1))
    return Rules(((Decision.CONNECT, AtLeast(threshold, tuple(weighted), exactly)),), default)


@pytest.mark.once
@pytest.mark.parametrize("most", [0, 10**6], ids=["rails", "sums"])
def test_points(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a list of points leaves open is what a search finds, however large the points."""
    monkeypatch.setattr(steps, "_MOST_WORK", most)

    @settings(max_examples=200, deadline=None, derandomize=True)
    @given(_WEIGHTS, st.floats(0, 1), st.sampled_from(DECISIONS), knowledge(), st.booleans())
    def hold(
        weights: list[int],
        share: float,
        default: Decision,
        known: dict[str, object],
        exactly: bool,  # noqa: FBT001 - drawn
    ) -> None:
        each = points(weights, share, default, exactly=exactly)
        analyser = each.analyser()
        found = analyser.analyse(each.pattern(analyser, known))
        fillings = [*each.fillings(known)]
        turned = {n: analyser.variables[n].subject for n, _ in found.critical}

        assert found.decisions == {each.decide(values) for values in fillings}
        assert {fact.name for fact in turned.values() if fact} == each.critical(known)
        for number, chance in found.critical if len(turned) > 1 else ():
            name = turned[number].name  # type: ignore[union-attr]
            ways = [
                each.decide(values) is not each.decide({**values, name: not values[name]})
                for values in fillings
            ]
            assert chance == pytest.approx(sum(ways) / len(ways))

    hold()


def test_very_many_different_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are not all looked at: the chances are about right."""
    each = points([3, 5, 8, 13], 0.4, Decision.DECLINE, exactly=False)
    analyser = each.analyser()
    right = influences(analyser.steps, (None,) * 4)

    monkeypatch.setattr(influence, "_MOST_SUMS", 3)
    found = influences(analyser.steps, (None,) * 4)

    assert found != right
    assert found == pytest.approx(right, abs=0.15)


@pytest.mark.once
def test_thirty_points_that_all_differ() -> None:
    """A thousand million sums take no time and no memory."""
    facts = [said(name) for name in "abcd"]
    items = tuple(
        Weighted(2**place, any_of(facts[place % 4], Not(facts[(place + 1) % 4])))
        for place in range(30)
    )
    each = Rules(((Decision.CONNECT, AtLeast(2**29, items)),), Decision.DECLINE)
    analyser = each.analyser()

    assert all(0 <= chance <= 8 for chance in influences(analyser.steps, (None,) * 4))


@pytest.mark.parametrize(
    ("default", "chances"),
    [
        (Decision.CONNECT, [1, 0.5, 0]),
        (Decision.REVIEW, [1, 0.25, 0.25]),
        (Decision.DECLINE, [0.75, 0.5, 0.25]),
    ],
)
def test_rules_of_three_kinds(default: Decision, chances: list[float]) -> None:
    """What a rule decides counts where no stronger one does, and where it makes a difference."""
    each = Rules(
        tuple((kind, said(name)) for kind, name in zip(DECISIONS, "abc", strict=True)), default
    )
    analyser = each.analyser()

    assert influences(analyser.steps, (None,) * 3) == chances
    found = {number for number, _ in analyser.analyse((None,) * 3).critical}
    assert found == {number for number, chance in enumerate(chances) if chance}
