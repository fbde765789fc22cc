"""The rule tree and its one interpreter."""

from collections.abc import Sequence

import attrs
import pytest

from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Literal,
    Mine,
    Not,
    Scaled,
    Spoken,
    Texts,
    Weighted,
    Window,
    all_of,
    any_of,
    children,
    depth,
    fold,
    mentions,
    occurrences,
    postorder,
    subjects,
    tallied,
)
from connectrules.rules.tree import (
    Test as Sentence,
)
from connectrules.schema.phrase import phrase
from connectrules.schema.types import Duration, Number, Text, YesNo
from connectrules.schema.vocabulary import Fact

_HOLDS, _EQUALS = PHRASE_BOOK[:2]


def yes(name: str) -> Sentence:
    """The test of a yes/no fact."""
    return Sentence(_HOLDS, (Fact(name, YesNo()),), name)


A, B, C = map(yes, "abc")


@attrs.frozen
class Truth:
    """Two-valued logic that counts its work."""

    true: frozenset[str]
    folded: list[str] = attrs.field(factory=list)

    def test(self, test: Sentence) -> bool:
        """Whether it is among the true ones."""
        self.folded.append(test.sentence)
        return test.sentence in self.true

    def negate(self, value: bool) -> bool:  # noqa: FBT001 - a truth is its argument
        """The opposite."""
        self.folded.append("not")
        return not value

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, bool]], *, exactly: bool = False
    ) -> bool:
        """Whether the weights reach the threshold."""
        self.folded.append("at least")
        total = sum(weight for weight, truth in items if truth)
        return total == threshold if exactly else total >= threshold


@pytest.mark.parametrize(
    ("condition", "true", "expected"),
    [
        (A, "a", True),
        (Not(A), "a", False),
        (all_of(A, B), "a", False),
        (all_of(A, B), "ab", True),
        (any_of(A, B), "b", True),
        (any_of(A, B), "c", False),
        (AtLeast(3, (Weighted(2, A), Weighted(1, B), Weighted(1, C))), "bc", False),
        (AtLeast(3, (Weighted(2, A), Weighted(1, B), Weighted(1, C))), "ac", True),
        (AtLeast(1, (Weighted(1, A), Weighted(1, B)), exactly=True), "ab", False),
        (AtLeast(1, (Weighted(1, A), Weighted(1, B)), exactly=True), "b", True),
    ],
)
def test_fold(condition: Condition, true: str, *, expected: bool) -> None:
    """Three nodes say all there is."""
    assert fold(condition, Truth(frozenset(true))) is expected


def test_one_of_one() -> None:
    """A list of one is its item."""
    assert all_of(A) is A
    assert any_of(A) is A


@pytest.mark.once
def test_a_deep_chain() -> None:
    """A tree may be deeper than Python's stack."""
    condition: Condition = A
    for _ in range(10_000):
        condition = Not(any_of(condition, B))
    logic = Truth(frozenset("a"))

    assert fold(condition, logic) is True
    assert logic.folded.count("not") == 10_000
    assert depth(condition) == 20_001
    assert sum(1 for _ in occurrences(condition)) == 10_001


def test_tallied() -> None:
    """Every test is named once, in its order, with how often it is tested."""
    shared = all_of(A, Not(B))

    assert tallied([]) == []
    assert tallied([any_of(shared, C), Not(shared), shared]) == [(A, 3), (B, 3), (C, 1)]


def test_shared_nodes() -> None:
    """What a tree shares is folded once, though it doubles its occurrences at each step."""
    condition: Condition = A
    for _ in range(100):
        condition = all_of(condition, condition)
    logic = Truth(frozenset("a"))
    values: dict[int, bool] = {}

    assert fold(condition, logic, values=values) is True
    assert logic.folded == ["a", *["at least"] * 100]
    assert depth(condition) == 101
    assert len(list(postorder(condition))) == len(values) == 101

    assert fold(Not(condition), logic, values=values) is False
    assert logic.folded[101:] == ["not"]


def test_orders() -> None:
    """Nodes come after those below them; tests as often as the text has them."""
    condition = all_of(A, Not(any_of(B, A)), C)

    assert [each.sentence for each in occurrences(condition)] == ["a", "b", "a", "c"]
    assert [type(each).__name__ for each in postorder(condition)] == [
        *("Test", "Test", "AtLeast", "Not", "Test", "AtLeast"),
    ]
    assert children(condition) == (A, Not(any_of(B, A)), C)
    assert children(A) == ()


def test_equality() -> None:
    """Trees compare by what they mean: words and places make no difference."""
    assert attrs.evolve(A, sentence="other words", denied=True) == A
    assert A != B
    assert Not(A) == Not(attrs.evolve(A, sentence=""))


@phrase("is known to {who:text}")
def known_to(_record: object, who: str) -> bool | None:
    """Whether they are."""
    return who == ""


def test_mentions() -> None:
    """Every fact that a test speaks of, the owner's too, as often as it does."""
    number, text = Fact("n", Number()), Fact("t", Text())
    spoken = Spoken('is known to "x"', known_to, (("who", "x"),))

    def spoken_of(*operands: object) -> tuple[list[object], tuple[object, ...]]:
        test = Sentence(_EQUALS, operands)  # type: ignore[arg-type]
        return [*mentions(test)], subjects(test)

    assert spoken_of(number, Scaled(2.0, number)) == ([number, number], (number,))
    assert spoken_of(number, Literal(5), 3) == ([number], (number,))
    assert spoken_of(text, Texts((Literal("x"), Mine(text)))) == (
        [text, Mine(text)],
        (text, Mine(text)),
    )
    assert spoken_of(spoken, Window(Duration(1, "day"))) == ([spoken], (spoken,))
    assert (spoken.type, spoken.key) == (YesNo(), 'is known to "x"')
    assert Mine(text).name == "my t"
