"""The primitives that give a condition its meaning.

A backend picks what a truth (V) and a value (T) are to it, and says what each
primitive makes of them. Everything else is written in these.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from connectrules.rules.tree import Literal, Subject, Test

V = TypeVar("V")
T = TypeVar("T")
V_co = TypeVar("V_co", covariant=True)


class Logic(Protocol[V]):
    """How truths join; what a test is worth is the backend's own matter."""

    def test(self, test: "Test", /) -> V:
        """The truth of one test."""

    def negate(self, value: V, /) -> V:
        """True where *value* is false."""

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, V]], /, *, exactly: bool = False
    ) -> V:
        """True where the weights of the true items sum up to *threshold* or more.

        With *exactly*, where they sum up to just that.
        """


class Algebra(Protocol[V, T]):
    """The primitives that the meanings of operators are written in."""

    def fact(self, subject: "Subject", /) -> T:
        """The value of a fact."""

    def literal(self, literal: "Literal", /) -> T:
        """A value that the policy names."""

    def scaled(self, factor: float, term: T, /) -> T:
        """*factor* times *term*, in doubles."""

    def length(self, term: T, /) -> T:
        """How many distinct items a list has."""

    def holds(self, term: T, /) -> V:
        """True where a yes/no fact is yes."""

    def less(self, left: T, right: T, /) -> V:
        """True where *left* is less than, or before, *right*."""

    def equal(self, left: T, right: T, /) -> V:
        """True where both are the same."""

    def contains(self, text: T, part: T, /) -> V:
        """True where *part* stands anywhere in *text*."""

    def mentions(self, text: T, part: T, /) -> V:
        """True where *part* stands in *text* with no letter or digit next to it."""

    def starts(self, text: T, part: T, /) -> V:
        """True where *text* begins with *part*."""

    def ends(self, text: T, part: T, /) -> V:
        """True where *text* ends with *part*."""

    def member(self, item: T, texts: T, /) -> V:
        """True where *item* is one of the list *texts*."""

    def negate(self, value: V, /) -> V:
        """True where *value* is false."""

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, V]], /, *, exactly: bool = False
    ) -> V:
        """True where the weights of the true items sum up to *threshold* or more."""
