"""Comparisons of two facts: whether one that is not known can come out both ways by itself.

Where one of the two is known, that hangs on its value: nobody has fewer followers than 0.
"""

import datetime
import sys
from functools import reduce
from operator import or_

import attrs
import narwhals as nw

from connectrules.backends.frames.kleene import Truth
from connectrules.backends.frames.terms import Expressions
from connectrules.exact.variables import Variable
from connectrules.program import Program, varies
from connectrules.rules.meaning import form
from connectrules.rules.tree import Literal, Mine, Operand, Scaled, Subject, Test, mentions
from connectrules.schema.types import (
    LARGEST_COUNT,
    CountType,
    Date,
    FactType,
    Number,
    Text,
    TextList,
)
from connectrules.schema.vocabulary import Fact


def freedom(program: Program, variable: Variable, expressions: Expressions) -> nw.Expr | bool:
    """Where *variable*, a comparison that is not known, can come out both ways by itself."""
    test = program.analyser.tests[variable.tests[0]]
    spoken = [*mentions(test)]
    sides = list(dict.fromkeys(spoken))
    all_unknown = all(map(varies, test.operands))
    if len(sides) == 1:
        return all_unknown
    cases = [_unknown(sides, expressions, but=None)] if all_unknown else []
    for side in sides if len(spoken) == len(sides) == len((True, False)) else ():
        reach = _reach(program, test, side, expressions)
        if reach is not None:
            cases.append(_both(_unknown([side], expressions, but=sides), reach))
    known = [case for case in cases if case is not False]
    if any(case is True for case in known):
        return True
    columns = [case.fill_null(False) for case in known if isinstance(case, nw.Expr)]  # noqa: FBT003 - a value
    return reduce(or_, columns) if columns else False


def _both(one: nw.Expr | bool, other: nw.Expr | bool) -> nw.Expr | bool:  # noqa: FBT001 - what columns may be
    """Where both are so."""
    if isinstance(one, bool):
        return one and other
    if isinstance(other, bool):
        return other and one
    return one & other


def _unknown(
    sides: list[Subject | Mine], expressions: Expressions, *, but: list[Subject | Mine] | None
) -> nw.Expr | bool:
    """Where all of *sides* are unknown, and of *but* no others."""
    found: nw.Expr | bool = True
    for side in but or sides:
        column = None if isinstance(side, Mine) else expressions.column(side)
        if column is None:
            if side not in sides:
                return False
            continue
        found = _both(found, column.is_null() if side in sides else ~column.is_null())
    return found


def _reach(
    program: Program, test: Test, side: Subject | Mine, expressions: Expressions
) -> nw.Expr | bool | None:
    """Where some value of *side*, and not every value, makes *test* hold; None for nowhere."""
    kind = side.fact.type if isinstance(side, Mine) else side.type
    if side not in test.operands or not isinstance(kind, (CountType, Number, Date, Text)):
        return None
    if any(isinstance(each, Fact) and isinstance(each.type, TextList) for each in test.operands):
        return None  # of how many items a list has, single contacts are not told either
    fact = side.fact if isinstance(side, Mine) else side
    alone = attrs.evolve(test, operands=tuple(_as_fact(each, side, fact) for each in test.operands))
    shape = form(alone, program.context)[0]
    if shape == "less":
        least, greatest = (
            expressions.truth(_with(test, side, end), program.context) for end in _ENDS[type(kind)]
        )
        return _differ(least, greatest)
    return _is_among(test, side, kind, expressions) if shape == "equal" else None


_ENDS: dict[type[FactType], tuple[Literal, Literal]] = {
    CountType: (Literal(0), Literal(LARGEST_COUNT)),
    Number: (Literal(-sys.float_info.max), Literal(sys.float_info.max)),
    Date: (Literal(datetime.date.min), Literal(datetime.date.max)),
}
"""The least and the greatest value of a kind."""


def _as_fact(operand: Operand, side: Subject | Mine, fact: Operand) -> Operand:
    return fact if operand == side else operand


def _with(test: Test, side: Subject | Mine, value: Literal) -> Test:
    operands = tuple(value if operand == side else operand for operand in test.operands)
    return attrs.evolve(test, operands=operands)


def _differ(one: Truth, other: Truth) -> nw.Expr | bool:
    if isinstance(one, nw.Expr) and isinstance(other, nw.Expr):
        return one != other
    if isinstance(one, nw.Expr) or isinstance(other, nw.Expr):
        column, constant = (one, other) if isinstance(one, nw.Expr) else (other, one)
        return ~column if constant else column  # type: ignore[operator, return-value]
    return one is not other


def _is_among(
    test: Test,
    side: Subject | Mine,
    kind: FactType,
    expressions: Expressions,
) -> nw.Expr | bool:
    """Where the value that *side* is compared with is one it may have."""
    if not isinstance(kind, CountType):
        return True
    (other,) = (operand for operand in test.operands if operand != side)
    value = _value(other, expressions)
    if value is None:
        return False
    real = value.cast(nw.Float64)
    return (real >= 0.0) & (real <= float(LARGEST_COUNT)) & (real == real.floor())


def _value(operand: Operand, expressions: Expressions) -> nw.Expr | None:
    match operand:
        case Scaled(factor, term) if not isinstance(term, Mine):
            column = expressions.column(term)
            return None if column is None else column.cast(nw.Float64) * factor
        case Fact():
            return expressions.column(operand)
        case _:
            return None
