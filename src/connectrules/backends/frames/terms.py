"""The tests of a policy as column expressions."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import cast

import attrs
import narwhals as nw

from connectrules.backends.frames.kleene import Truth, counted, negated
from connectrules.rules.parts import PARTS
from connectrules.rules.tree import Literal, Subject, Value

Term = nw.Expr | Value | tuple[str, ...] | None
"""A value of each row: a column, one value for all rows, or None where no row has one."""


@attrs.frozen
class Expressions:
    """The algebra whose truths are columns.

    Attributes:
        facts: The column of each fact in the form tests compare, null where it is not
            known; None where no row has it.
    """

    facts: Mapping[Subject, nw.Expr | None]

    # Values

    def fact(self, subject: Subject) -> Term:
        """Its column."""
        return self.facts[subject]

    def literal(self, literal: Literal) -> Term:
        """The same for all rows."""
        return literal.value

    def scaled(self, factor: float, term: Term) -> Term:
        """A product of doubles."""
        if isinstance(term, nw.Expr):
            return term.cast(nw.Float64) * nw.lit(float(factor))
        return None if term is None else factor * term  # type: ignore[operator]

    def length(self, term: Term) -> Term:
        """The number of items of a list, which has each once."""
        return term.list.len().cast(nw.Int64) if isinstance(term, nw.Expr) else _length(term)

    # Tests

    def holds(self, term: Term) -> Truth:
        """The column itself."""
        return cast("Truth", term)

    def less(self, left: Term, right: Term) -> Truth:
        """By the engine's order of numbers and of days."""
        if left is None or right is None:
            return None
        if not isinstance(left, nw.Expr) and not isinstance(right, nw.Expr):
            return left < right  # type: ignore[operator]
        one, other = _column(left), _column(right)
        return one < other

    def equal(self, left: Term, right: Term) -> Truth:
        """By the engine's equality."""
        if left is None or right is None:
            return None
        if not isinstance(left, nw.Expr) and not isinstance(right, nw.Expr):
            return left == right
        one, other = _column(left), _column(right)
        return one == other

    def contains(self, text: Term, part: Term) -> Truth:
        """By a search for the very letters."""
        return _part(
            "contains", text, part, lambda column, it: column.str.contains(it, literal=True)
        )

    def mentions(self, text: Term, part: Term) -> Truth:
        """By a search for the part with no letter or digit beside it."""
        return _part("mentions", text, part, lambda column, it: column.str.contains(word(it)))

    def starts(self, text: Term, part: Term) -> Truth:
        """By the first letters."""
        return _part("starts", text, part, lambda column, it: column.str.starts_with(it))

    def ends(self, text: Term, part: Term) -> Truth:
        """By the last letters."""
        return _part("ends", text, part, lambda column, it: column.str.ends_with(it))

    def member(self, item: Term, texts: Term) -> Truth:
        """By a search in each list."""
        if item is None or texts is None:
            return None
        if isinstance(texts, nw.Expr):
            return texts.list.contains(item)  # type: ignore[arg-type]
        return item in texts  # type: ignore[operator]

    def negate(self, value: Truth) -> Truth:
        """True where *value* is false."""
        return negated(value)

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, Truth]], *, exactly: bool = False
    ) -> Truth:
        """By counting, null being neither."""
        return counted(threshold, items, exactly=exactly)


def _column(term: Term) -> nw.Expr:
    return term if isinstance(term, nw.Expr) else nw.lit(term)


def _length(term: Term) -> Term:
    return None if term is None else len(cast("Sequence[str]", term))


def _part(
    primitive: str, text: Term, part: Term, search: Callable[[nw.Expr, str], nw.Expr]
) -> Truth:
    """A test of *text* for *part*, which the policy or the owner's record names."""
    if text is None or part is None:
        return None
    if isinstance(text, nw.Expr):
        return search(text, str(part))
    return PARTS[primitive](str(text), str(part))


def word(part: str) -> str:
    """A regular expression for *part* with no letter or digit beside it, for any engine."""
    literal = re.sub(r"[\\.^$|?*+()\[\]{}\-#&~/]", lambda mark: f"\\{mark[0]}", part)
    return rf"(?:\A|[^\p{{L}}\p{{N}}]){literal}(?:[^\p{{L}}\p{{N}}]|\z)"
