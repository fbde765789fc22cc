"""How facts that are compared can lie to one another: several comparisons, all at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

import attrs

from connectrules.exact import bits
from connectrules.rules.meaning import Context, Form, form, primitives
from connectrules.rules.tree import Mine, Operand, Scaled, Subject, Test
from connectrules.schema.types import CountType, Date, Number, TextList
from connectrules.testing.linear import Inequality, is_possible
from connectrules.testing.values import DAY

_MOST_CHECKED = 1_000
"""How often it is found out at most whether some comparisons can come out together."""

_LEEWAY = Fraction(1, 1 << 50)
"""By what part of it a number times a factor is rounded, at most."""

Pair = tuple[Form, Form]
"""Two terms that are compared."""

_LESS, _ALIKE, _MORE = -1, 0, 1
"""How the first of two terms can lie to the second."""


@attrs.frozen(eq=False)
class Compared:
    """A test that hangs on how some terms lie to one another, and on nothing else.

    Attributes:
        its_form: What it comes down to.
        pairs: The terms that it compares.
    """

    its_form: Form
    pairs: tuple[Pair, ...]

    @property
    def subjects(self) -> frozenset[Subject]:
        """The facts, with those of the owner's as others."""
        return frozenset(each for pair in self.pairs for term in pair for each in _subjects(term))


def compared_by(test: Test) -> Compared | None:
    """What *test* compares; None where it hangs on anything else."""
    its_form = form(
        attrs.evolve(test, operands=tuple(map(_as_fact, test.operands))), Context({}, DAY)
    )
    pairs: dict[Pair, None] = {}
    for each in primitives(its_form):
        match each:
            case ("less", left, right) if left != right:
                pairs[_pair((left, right))] = None
            case ("equal", sides) if len(sides) > 1:
                pairs[_pair(sides)] = None
            case _:
                return None
    return Compared(its_form, tuple(pairs))


def _as_fact(operand: Operand) -> Operand:
    """A fact of the owner's as one like any other; lists are no terms of a comparison."""
    match operand:
        case Mine(fact) if not isinstance(fact.type, TextList):
            return attrs.evolve(fact, name=f"my {fact.name}")
        case Scaled(factor, Mine(fact)):
            return Scaled(factor, attrs.evolve(fact, name=f"my {fact.name}"))
        case _:
            return operand


def _pair(terms: Iterable[Form]) -> Pair:
    first, second = sorted(terms, key=repr)
    return first, second


def _subjects(term: Form) -> Iterator[Subject]:
    match term:
        case ("fact", subject) | ("scaled", _, ("fact", subject)):
            yield subject
        case _:
            pass


def columns_of(tests: Sequence[Compared]) -> tuple[list[int], int] | None:
    """Where each of *tests* holds among the ways in which they can come out together, as bits.

    More may be taken to be possible than is, and never less.

    Returns:
        The ways of each test, and how many ways there are; None where these are too many.
    """
    pairs = [*dict.fromkeys(pair for each in tests for pair in each.pairs)]
    ways = _ways(pairs)
    if ways is None:
        return None
    lyings = (dict(zip(pairs, way, strict=True)) for way in ways)
    truths = dict.fromkeys(tuple(_holds(each.its_form, way) for each in tests) for way in lyings)
    return [bits.packed(column) for column in zip(*truths, strict=True)], len(truths)


def _ways(pairs: Sequence[Pair]) -> list[tuple[int, ...]] | None:
    """How *pairs* can lie together; None where that takes too long to find out."""
    facts = dict.fromkeys(each for pair in pairs for term in pair for each in _subjects(term))
    counts = [each for each in facts if isinstance(each.type, CountType)]
    none_below = [Inequality({each: Fraction(-1)}, Fraction(0), strict=False) for each in counts]
    ways: list[tuple[tuple[int, ...], list[Inequality]]] = [((), none_below)]
    checked = 0
    for pair in pairs:
        longer = []
        for way, system in ways:
            for sign in (_LESS, _ALIKE, _MORE):
                checked += 1
                if checked > _MOST_CHECKED:
                    return None
                further = [*system, *_inequalities(pair, sign)]
                if is_possible(further):
                    longer.append(((*way, sign), further))
        ways = longer
    return [way for way, _ in ways]


def _holds(its_form: Form, lying: Mapping[Pair, int]) -> bool:
    match its_form:
        case ("not", below):
            return not _holds(below, lying)
        case ("at least", threshold, exactly, *items):
            reached: int = sum(weight for weight, below in items if _holds(below, lying))
            enough: bool = reached == threshold if exactly else reached >= threshold
            return enough
        case ("less", left, right):
            pair = _pair((left, right))
            return lying[pair] == (_LESS if pair[0] == left else _MORE)
        case ("equal", sides):
            return lying[_pair(sides)] == _ALIKE
        case _:
            raise AssertionError(its_form)


# As inequalities


def _inequalities(pair: Pair, sign: int) -> Iterator[Inequality]:
    """What must be so of numbers and dates that lie so; nothing is known of other terms."""
    first, second = pair
    if _is_open(first) or _is_open(second):
        return
    if sign != _MORE:
        yield _at_most(first, second, strict=sign == _LESS)
    if sign != _LESS:
        yield _at_most(second, first, strict=sign == _MORE)


def _is_open(term: Form) -> bool:
    """Whether nothing is known of how *term* lies to others.

    The dates that a policy names may stand for lengths of time, and so lie otherwise on
    another day.
    """
    match term:
        case ("literal", value):
            return isinstance(value, bool) or not isinstance(value, int | float)
        case ("fact", subject):
            return not isinstance(subject.type, CountType | Number | Date)
        case ("scaled", factor, ("fact", subject)):
            return not (isinstance(subject.type, CountType) and factor > 0)
        case _:
            return True


def _at_most(low: Form, high: Form, *, strict: bool) -> Inequality:
    """That *low* is at most *high*, or below it; with leeway where a factor is rounded."""
    factors: dict[Any, Fraction] = {}
    bound = Fraction(0)
    for term, sign in ((low, 1), (high, -1)):
        match term:
            case ("literal", value):
                bound -= sign * Fraction(value)
            case ("scaled", factor, ("fact", subject)):
                rounded = Fraction(factor) * (1 - sign * _LEEWAY)
                factors[subject] = factors.get(subject, Fraction(0)) + sign * rounded
            case (_, subject):
                factors[subject] = factors.get(subject, Fraction(0)) + sign
    factors = {each: factor for each, factor in factors.items() if factor}
    whole = all(factor.denominator == 1 for factor in factors.values())
    if whole and all(isinstance(each.type, CountType) for each in factors):
        bound, strict = Fraction(ceil(bound) - 1 if strict else floor(bound)), False
    return Inequality(factors, bound, strict)
