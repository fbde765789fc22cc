"""What may be possible for some owner on some day: what is not in these domains cannot be."""

from collections.abc import Iterator, Sequence

import attrs

from connectrules.exact.variables import BoundRule, Variables
from connectrules.rules.meaning import Context, Form, form
from connectrules.rules.tree import Mine, Operand, Scaled, Test, mentions, tallied
from connectrules.schema.types import TextList
from connectrules.testing.domains import Domain, Domains, together
from connectrules.testing.timed import timed
from connectrules.testing.values import DAY, compared
from connectrules.verdict import Decision

_BELOW, _ALIKE, _ABOVE = 0b001, 0b010, 0b100
"""How two values can lie to one another, as bits."""
_EITHER = _BELOW | _ALIKE | _ABOVE
_TWO = 2


def possible(rules: Sequence[BoundRule], default: Decision) -> Domains:
    """Domains without values for the facts of *rules*, whoever the owner is and on whatever day.

    More may be possible in them than is, and never less. Comparisons of two facts, or
    with one of the owner's, are taken to be independent of the facts' other tests, and so
    are tests of a fact that come out together otherwise on another day.
    """
    of = Variables(rules, default, Context({}, DAY))
    tests = [test for test, _ in tallied([each.condition for each in rules])]
    free = timed(tests)
    number = dict(of.number)
    told: dict[object, int] = {}
    for test in tests:
        if not free.isdisjoint(mentions(test)):
            said = test.operator.name, test.operands
            number[id(test)] = told.setdefault(said, len(of.tests) + len(told))
    made = [*_of_facts(of, free), *_of_pairs(of, free), *map(_either, told.values())]
    return together(number, made)


def _either(number: int) -> Domain:
    """A test that can hold and fail, whatever others do."""
    return Domain((), ((),) * 2, {number: 0b10}, complete=True)


def _of_facts(of: Variables, free: frozenset[object]) -> Iterator[Domain]:
    """How the tests of each fact come out together."""
    for variable in of.variables:
        if variable.subject is None or variable.subject in free:
            continue
        known = of.cells(variable)
        if known.size:
            columns = dict(zip(variable.tests, known.columns, strict=True))
            yield Domain((), ((),) * known.size, columns, complete=True)
        else:
            yield from map(_either, variable.tests)


def _of_pairs(of: Variables, free: frozenset[object]) -> Iterator[Domain]:
    """How comparisons of the same two terms come out together."""
    found: dict[frozenset[Form], dict[int, int]] = {}
    for variable in of.variables:
        for number in variable.tests if variable.subject is None else ():
            test = of.tests[number]
            if not free.isdisjoint(mentions(test)):
                continue
            pair = _pair(test)
            if pair is None:
                yield _either(number)
            else:
                terms, truths = pair
                found.setdefault(terms, {})[number] = truths
    for columns in found.values():
        yield Domain((), ((),) * 3, columns, complete=True)


def _pair(test: Test) -> tuple[frozenset[Form], int] | None:
    """The two terms that *test* compares, if it does, and how they lie where it holds."""
    its_form = form(attrs.evolve(test, operands=tuple(map(_as_fact, test.operands))), Context())
    terms = {side for sides in compared(its_form) for side in sides}
    if len(terms) != _TWO:
        return None
    truths = _truths(its_form, min(terms, key=repr))
    return None if truths is None else (frozenset(terms), truths)


def _as_fact(operand: Operand) -> Operand:
    """A fact of the owner's as one like any other; lists are no terms of a comparison."""
    match operand:
        case Mine(fact) if not isinstance(fact.type, TextList):
            return attrs.evolve(fact, name=f"my {fact.name}")
        case Scaled(factor, Mine(fact)):
            return Scaled(factor, attrs.evolve(fact, name=f"my {fact.name}"))
        case _:
            return operand


def _truths(its_form: Form, low: Form) -> int | None:
    """How *low* can lie to the other term where *its_form* holds; None where that is not all."""
    match its_form:
        case ("less", left, _):
            return _BELOW if left == low else _ABOVE
        case ("equal", _):
            return _ALIKE
        case ("not", below):
            truths = _truths(below, low)
            return None if truths is None else _EITHER ^ truths
        case _:
            return None
