"""How facts that are compared lie to one another: all that can be is there, and no more."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import Policy
from connectrules.rules.tree import Subject
from connectrules.testing import linear
from connectrules.testing.cases import Case, Trial
from connectrules.testing.linear import Inequality, is_possible
from connectrules.testing.lying import Compared, columns_of, compared_by
from connectrules.testing.seen import tests_of as conditions_of
from tests.property.running import tried
from tests.property.test_examples import SILENT

_PLAIN = (
    "followers are less than following",
    "following are at most posts",
    "posts are more than followers",
    "followers are following",
    "posts are following",
    "followers is at least 3",
    "followers is between 1 and 2",
    "following is less than 2",
    "posts are 0",
)
_SCALED = (
    "followers are less than 2 times following",
    "following are more than 30% of posts",
    "following are less than 10% of posts",
    "posts are at least 3 times followers",
    "posts are less than 110% of followers",
)
_FACTS = ("followers", "following", "posts")


class Said:
    """Some sentences, and what comes of them."""

    def __init__(self, sentences: Sequence[str]) -> None:
        text = f"CONNECT WHEN {' OR '.join(sentences)}\nOTHERWISE DECLINE"
        policy = Policy.parse(text, vocabulary=SILENT)
        self._tests = [*conditions_of(policy.rules[0].condition)]
        self._trial = Trial(policy)
        self._facts: list[Subject] = [slot.subject for slot in policy._binding.slots]

    @property
    def compared(self) -> list[Compared]:
        """The sentences, as comparisons."""
        return [each for test in self._tests if (each := compared_by(test)) is not None]

    def ways(self) -> set[tuple[bool, ...]]:
        """How they can come out together."""
        found = columns_of(self.compared)
        assert found is not None
        columns, size = found
        return {tuple(bool(each >> place & 1) for each in columns) for place in range(size)}

    def way(self, values: Sequence[int]) -> tuple[bool | None, ...]:
        """How they come out for somebody."""
        known = dict(zip(_FACTS, values, strict=True))
        facts = {each: known[each.name] for each in self._facts}
        found = self._trial.tried(Case("", facts))
        number = found.program.analyser.number
        return tuple(found.settled.pattern[number[id(test)]] for test in self._tests)


def said(sentences: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """Some of *sentences*."""
    return st.lists(st.sampled_from(sentences), min_size=1, max_size=5, unique=True)


@pytest.mark.once
@tried(60)
@given(said((*_PLAIN, *_SCALED)), st.data())
def test_nothing_that_can_be_is_missing(sentences: list[str], data: st.DataObject) -> None:
    """Whatever the numbers are, and however a multiple is rounded."""
    these = Said(sentences)
    ways = these.ways()
    number = st.one_of(st.integers(0, 40), st.integers(0, 2**53), st.sampled_from((10, 11, 100)))

    for _ in range(10):
        assert these.way([data.draw(number) for _ in _FACTS]) in ways


@pytest.mark.once
@tried(60)
@given(said(_PLAIN))
def test_nothing_is_there_that_cannot_be(sentences: list[str]) -> None:
    """Of whole numbers that are compared with one another there are just the ways there are."""
    these = Said(sentences)

    assert these.ways() == {these.way(values) for values in product(range(7), repeat=3)}


def test_a_multiple_that_is_rounded() -> None:
    """0.3 times 10 is 3 when people are judged, though 0.3 is a little less than 3 of 10."""
    these = Said(
        (
            "followers are at most 30% of following",
            "followers is at least 3",
            "following is at most 10",
        )
    )

    # Each is asked as what it denies: more than 30%, less than 3, more than 10.
    assert these.way((3, 10, 0)) == (False, False, False)
    assert (False, False, False) in these.ways()


def test_a_multiple_below_nothing() -> None:
    """It is rounded the other way: -0.3 times 10 is -3 when people are judged."""
    text = (
        "FACT balance: number\nCONNECT WHEN balance is at least -0.3 times posts "
        "OR balance is at most -0.3 times posts OR posts is at least 10\nOTHERWISE DECLINE"
    )
    policy = Policy.parse(text)
    tests = [*conditions_of(policy.rules[0].condition)]
    values = {"balance": -3, "posts": 10}
    facts = {slot.subject: values[slot.subject.name] for slot in policy._binding.slots}
    found = Trial(policy).tried(Case("", facts))
    way = [found.settled.pattern[found.program.analyser.number[id(test)]] for test in tests]

    ways = columns_of([each for test in tests if (each := compared_by(test)) is not None])

    assert ways is not None
    columns, size = ways
    assert way in [[bool(each >> place & 1) for each in columns] for place in range(size)]


@pytest.mark.parametrize("sentence", ["met in person", 'values include "craft"'])
def test_what_is_no_comparison(sentence: str) -> None:
    """It is left to others."""
    assert Said([sentence]).compared == []


@pytest.mark.once
def test_too_many_to_tell_apart() -> None:
    """Nothing is said then."""
    numbers = [f"followers is at least {number}" for number in range(0, 800, 2)]

    assert columns_of(Said(numbers).compared) is None


# Inequalities


def below(**factors: int) -> Inequality:
    """That a sum is below 0."""
    return Inequality({k: Fraction(v) for k, v in factors.items()}, Fraction(0), strict=True)


def _circle(size: int) -> Iterator[Inequality]:
    """That each number is below the next, and the last below the first."""
    for place in range(size):
        yield below(**{f"n{place}": 1, f"n{(place + 1) % size}": -1})


@pytest.mark.parametrize("size", [2, 3, 6])
def test_a_circle_is_not_possible(size: int) -> None:
    """Without its last step it is."""
    circle = [*_circle(size)]

    assert not is_possible(circle)
    assert is_possible(circle[:-1])


def test_a_bound_that_is_met() -> None:
    """At most 0 and at least 0 is possible, below 0 and at least 0 is not."""
    at_least = Inequality({"n": Fraction(-1)}, Fraction(0), strict=False)
    at_most = Inequality({"n": Fraction(1)}, Fraction(0), strict=False)

    assert is_possible([at_least, at_most])
    assert not is_possible([at_least, below(n=1)])


def test_fractions() -> None:
    """Half of a number is below 1/3: a seventh of it may be 1/11, and never 2/21."""
    half = Inequality({"n": Fraction(1, 2)}, Fraction(1, 3), strict=True)
    seventh = Inequality({"n": Fraction(-1, 7)}, Fraction(-2, 21), strict=False)
    less = Inequality({"n": Fraction(-1, 7)}, Fraction(-2, 22), strict=False)

    assert not is_possible([half, seventh])
    assert is_possible([half, less])


def test_too_many_inequalities(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not said that they are impossible."""
    monkeypatch.setattr(linear, "_MOST", 2)

    assert is_possible(_circle(3))
