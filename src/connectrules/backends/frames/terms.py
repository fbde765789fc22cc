"""The tests of a policy as column expressions."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import cast

import attrs
import narwhals as nw

from connectrules.backends.frames.engines import How, Search
from connectrules.backends.frames.kleene import Truth, counted, negated
from connectrules.backends.frames.searching import asked
from connectrules.rules.meaning import Context, meaning
from connectrules.rules.parts import PARTS
from connectrules.rules.tree import Literal, Subject, Test, Value


@attrs.frozen(eq=False)
class Searched:
    """A fact's column of texts, or of lists of text, that the engine searches as it stands.

    Attributes:
        column: The column.
        fits: Where its value fits the fact; None where every value does.
    """

    column: str
    fits: nw.Expr | None = None


Column = nw.Expr | Searched

Term = Column | Value | tuple[str, ...] | None
"""A value of each row: a column, one value for all rows, or None where no row has one."""


@attrs.frozen
class Expressions:
    """The algebra whose truths are columns.

    Attributes:
        facts: The column of each fact, null where it is not known; None where no row has it.
        search: What gives the column that answers a search.
    """

    facts: Mapping[Subject, Column | None]
    search: Callable[[Search], nw.Expr]

    def column(self, subject: Subject) -> nw.Expr | None:
        """The column of a fact in the form tests compare; None where no row has it."""
        found = self.facts[subject]
        if isinstance(found, Searched):
            msg = f"`{subject.name}` is searched, and not compared"
            raise AssertionError(msg)  # noqa: TRY004 - a bug
        return found

    def truth(self, test: Test, context: Context) -> Truth:
        """How *test* comes out."""
        return self._expressed(meaning(test, self, context))

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
        if isinstance(term, nw.Expr):
            return term.list.len().cast(nw.Int64)
        return None if term is None else len(cast("Sequence[str]", term))

    # Tests

    def holds(self, term: Term) -> Truth:
        """The column itself."""
        return cast("Truth", term)

    def less(self, left: Term, right: Term) -> Truth:
        """By the engine's order of numbers and of days."""
        if left is None or right is None:
            return None
        if isinstance(left, nw.Expr):
            return left < _column(right)
        if isinstance(right, nw.Expr):  # the column first: Polars cuts `5 < column` of an
            return right > _column(left)  # assumed value, the same in all rows, to one row
        return left < right  # type: ignore[operator]

    def equal(self, left: Term, right: Term) -> "Truth | Choice":
        """By the engine's equality."""
        if left is None or right is None:
            return None
        if isinstance(left, Column) and isinstance(right, str):
            return Choice(left, "is", (right,))
        if isinstance(left, nw.Expr) or isinstance(right, nw.Expr):
            return _column(left) == _column(right)
        return left == right

    def contains(self, text: Term, part: Term) -> "Truth | Choice":
        """By a search for the very letters."""
        return _part("contains", text, part)

    def mentions(self, text: Term, part: Term) -> "Truth | Choice":
        """By a search for the part with no letter or digit beside it."""
        return _part("mentions", text, part)

    def starts(self, text: Term, part: Term) -> "Truth | Choice":
        """By the first letters."""
        return _part("starts", text, part)

    def ends(self, text: Term, part: Term) -> "Truth | Choice":
        """By the last letters."""
        return _part("ends", text, part)

    def member(self, item: Term, texts: Term) -> "Truth | Choice":
        """By a search in each list."""
        if item is None or texts is None:
            return None
        if isinstance(texts, Column):
            return Choice(texts, "includes", (str(item),))
        return item in texts  # type: ignore[operator]

    def negate(self, value: "Truth | Choice") -> Truth:
        """True where *value* is false."""
        return negated(self._expressed(value))

    def at_least(
        self,
        threshold: int,
        items: Sequence[tuple[int, "Truth | Choice"]],
        *,
        exactly: bool = False,
    ) -> "Truth | Choice":
        """By counting, null being neither; what asks for any of several is one search."""
        if threshold == 1 and not exactly:
            choice = Choice.of([truth for _, truth in items])
            if choice is not None:
                return choice
        truths = [(weight, self._expressed(truth)) for weight, truth in items]
        return counted(threshold, truths, exactly=exactly)

    def _expressed(self, truth: "Truth | Choice") -> Truth:
        if not isinstance(truth, Choice):
            return truth
        column, parts = truth.column, tuple(dict.fromkeys(truth.parts))
        if isinstance(column, nw.Expr):
            return asked(column, truth.how, parts)
        found = self.search(Search(column.column, truth.how, parts))
        return found if column.fits is None else nw.when(column.fits).then(found)


@attrs.frozen
class Choice:
    """Whether a text is, or has, any of several, or a list includes any of them.

    Attributes:
        column: The texts or lists.
        how: How they are searched.
        parts: What for.
    """

    column: Column = attrs.field(eq=id)
    how: How
    parts: tuple[str, ...]

    @classmethod
    def of(cls, truths: "Sequence[Truth | Choice]") -> "Choice | None":
        """The choice that any of *truths* holds, where that is one about the same column."""
        first = truths[0] if truths else None
        if not isinstance(first, Choice):
            return None
        parts: list[str] = []
        for truth in truths:
            if not isinstance(truth, Choice) or attrs.evolve(truth, parts=first.parts) != first:
                return None
            parts += truth.parts
        return attrs.evolve(first, parts=tuple(parts))


def _column(term: Term) -> nw.Expr:
    return term if isinstance(term, nw.Expr) else everywhere(cast("Value", term))


def everywhere(value: Value) -> nw.Expr:
    """A column that is *value* in all rows."""
    if isinstance(value, date) and value.year < _FIRST_YEAR:
        return nw.lit(value.isoformat()).str.to_date("%Y-%m-%d")
    return nw.lit(value)


_FIRST_YEAR = 1000
"""Of the dates before this year PySpark makes none of Spark's."""


def _part(how: How, text: Term, part: Term) -> Truth | Choice:
    """A test of *text* for *part*, which the policy or the owner's record names."""
    if text is None or part is None:
        return None
    if isinstance(text, Column):
        return Choice(text, how, (str(part),))
    return PARTS[how](str(text), str(part))
