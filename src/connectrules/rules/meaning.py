"""What a test means once the owner's record and the day are known."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import attrs

from connectrules.rules.algebra import Algebra
from connectrules.rules.tree import (
    Literal,
    Mine,
    Operand,
    Scaled,
    Subject,
    Test,
    Texts,
    Window,
)
from connectrules.schema.vocabulary import Fact

V = TypeVar("V")

Form = tuple[Any, ...]
"""What a test comes down to in primitives; equal forms are the same test."""


@attrs.frozen
class Context:
    """What is the same for all contacts that are judged together.

    Attributes:
        mine: The known facts of the owner's record, in the form tests compare,
            by their name as names are compared.
        today: The day of judging; None where the policy does not need it.
    """

    mine: Mapping[str, Any] = attrs.field(factory=dict)
    today: datetime.date | None = None


class _Open(Exception):  # noqa: N818 - a finding, caught where it is raised
    """A fact of the owner's is unknown."""


def meaning(test: Test, algebra: Algebra[V, Any], context: Context) -> V | None:
    """The truth of *test* to *algebra*; None where it speaks of an unknown ``my G``."""
    try:
        terms = [_term(operand, algebra, context) for operand in test.operands]
    except _Open:
        return None
    truth: V = test.operator.meaning(algebra, *terms)
    return truth


def _term(operand: Operand, algebra: Algebra[Any, Any], context: Context) -> Any:  # noqa: ANN401 - T, or several
    match operand:
        case Literal():
            return algebra.literal(operand)
        case Mine(fact):
            return _mine(fact, algebra, context)
        case Scaled(factor, term):
            return algebra.scaled(factor, _term(term, algebra, context))
        case Texts(items):
            return tuple(_term(item, algebra, context) for item in items)
        case Window(duration):
            if context.today is None:
                msg = "a length of time without a day"
                raise AssertionError(msg)
            since = duration.before(context.today)
            return tuple(algebra.literal(Literal(day)) for day in (since, context.today))
        case int():
            return operand
        case _:
            return algebra.fact(operand)


def _mine(fact: Fact, algebra: Algebra[Any, Any], context: Context) -> Any:  # noqa: ANN401 - T, or several
    value = context.mine.get(fact.key)
    match value:
        case None:
            raise _Open
        case frozenset():
            return tuple(algebra.literal(Literal(item)) for item in sorted(value))
        case _:
            return algebra.literal(Literal(value))


class _Forms:
    """The algebra whose truths are forms."""

    def fact(self, subject: Subject) -> Form:
        return ("fact", subject)

    def literal(self, literal: Literal) -> Form:
        return ("literal", literal.value)

    def scaled(self, factor: float, term: Form) -> Form:
        match term:
            case ("literal", value):
                return ("literal", factor * value)
            case _:
                return ("scaled", factor, term)

    def length(self, term: Form) -> Form:
        return ("length", term)

    def holds(self, term: Form) -> Form:
        return ("holds", term)

    def less(self, left: Form, right: Form) -> Form:
        return ("less", left, right)

    def equal(self, left: Form, right: Form) -> Form:
        return ("equal", frozenset({left, right}))

    def contains(self, text: Form, part: Form) -> Form:
        return ("contains", text, part)

    def mentions(self, text: Form, part: Form) -> Form:
        return ("mentions", text, part)

    def starts(self, text: Form, part: Form) -> Form:
        return ("starts", text, part)

    def ends(self, text: Form, part: Form) -> Form:
        return ("ends", text, part)

    def member(self, item: Form, texts: Form) -> Form:
        return ("member", item, texts)

    def negate(self, value: Form) -> Form:
        return ("not", value)

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, Form]], *, exactly: bool = False
    ) -> Form:
        return ("at least", threshold, exactly, *sorted(items, key=repr))


def form(test: Test, context: Context) -> Form:
    """What *test* comes down to in primitives; tests of equal form are one test."""
    found = meaning(test, _Forms(), context)
    return ("open", test.operator.name, test.operands) if found is None else found


def primitives(its_form: Form) -> Iterator[Form]:
    """What stands below the denials and the counts of a form."""
    stack = [its_form]
    while stack:
        match stack.pop():
            case ("not", below):
                stack.append(below)
            case ("at least", _, _, *items):
                stack += [below for _, below in items]
            case found:
                yield found


def compared(its_form: Form) -> Iterator[tuple[Form, Form]]:
    """The two sides of each comparison in a form; where one is all there is, it is both."""
    for each in primitives(its_form):
        match each:
            case ("less", left, right):
                yield left, right
            case ("equal", sides):
                first, *others = sides
                yield first, others[0] if others else first
            case _:
                pass
