"""Judging a table: its facts, the tests, Kleene logic, and what that leaves open by patterns."""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_

import narwhals as nw

from connectrules.backends.frames.kleene import Truth
from connectrules.backends.frames.terms import Expressions
from connectrules.framed import plain
from connectrules.framed.columns import RESULTS
from connectrules.framed.compared import freedom
from connectrules.framed.facts import Facts
from connectrules.framed.hanging import Hanging
from connectrules.framed.outcomes import CANNOT_BE_JUDGED, Outcome, compared
from connectrules.framed.patterns import look_up, settle
from connectrules.framed.table import Table
from connectrules.program import Program
from connectrules.rules.tree import Subject


def judge(table: Table, program: Program, found: Facts) -> None:
    """Add the columns of the result to *table*, whose facts are *found*."""
    expressions = Expressions(found.values, table.search)
    tests = tests_of(table, program, expressions)
    place, outcomes, names = _outcomes(
        table, program, tests, hanging_of(program, expressions, tests, found)
    )
    if found.impossible:
        error = nw.lit(len(outcomes), nw.Int32)
        outcomes.append(CANNOT_BE_JUDGED)
        place = nw.when(reduce(or_, found.impossible)).then(error).otherwise(place)
    _write(table, place, outcomes, names)


def _outcomes(
    table: Table, program: Program, tests: Sequence[Truth], hanging: Hanging
) -> tuple[nw.Expr, list[Outcome], Mapping[int, nw.Expr]]:
    """The place of each row's outcome, the outcomes, and the names of rules by row; see `Plain`."""
    if at_once := look_up(table, program, hanging):
        return at_once[0], [*at_once[1]], {}
    decided = plain.decide(table, program, tests)
    outcomes = [*decided.outcomes]
    if decided.place is None:
        place, others = settle(table, program, hanging, nw.lit(True))  # noqa: FBT003 - a value
        return place, others, decided.names
    place = table.add(decided.place, "plainly")
    if decided.is_open:
        rest, others = settle(table, program, hanging, place.is_null())
        place = nw.when(place.is_null()).then(rest + len(outcomes)).otherwise(place)
        outcomes += others
    return place, outcomes, decided.names


def tests_of(table: Table, program: Program, expressions: Expressions) -> list[Truth]:
    """How the tests of the policy come out, each in a column of its own."""
    truths = [expressions.truth(test, program.context) for test in program.analyser.tests]
    table.find()
    columns = {str(n): truth for n, truth in enumerate(truths) if isinstance(truth, nw.Expr)}
    added = table.add_all(columns)
    return [added.get(str(n), truth) for n, truth in enumerate(truths)]


def hanging_of(
    program: Program,
    expressions: Expressions,
    tests: Sequence[Truth],
    found: Facts,
) -> Hanging:
    """What the verdict in a row of *found* facts and *tests* hangs on."""
    known: dict[Subject, nw.Expr | bool] = {}
    free: dict[int, nw.Expr | bool] = {}
    for variable, subjects in compared(program):
        for subject in subjects:
            value = expressions.column(subject)
            known[subject] = False if value is None else ~value.is_null()
        free[variable.tests[0]] = freedom(program, variable, expressions)
    return Hanging(tests, known, found.faulty, found.unsure, free)


def _write(
    table: Table, place: nw.Expr, outcomes: Sequence[Outcome], names: Mapping[int, nw.Expr]
) -> None:
    place = table.add(place, "outcome") if names else place
    columns = {each: [getattr(outcome, each) for outcome in outcomes] for each in RESULTS}
    is_always_exact = all(columns["exact"])
    table.look_up(
        place,
        {
            each: (its, "yes/no" if each == "exact" else "text")
            for each, its in columns.items()
            if each != "exact" or not is_always_exact
        },
    )
    if is_always_exact:
        table.frame = table.frame.with_columns(exact=nw.lit(True))  # noqa: FBT003 - a value
    for outcome, its in names.items():
        named = nw.when(place == outcome).then(its).otherwise(nw.col("rule"))
        table.frame = table.frame.with_columns(rule=named)
    table.finish(RESULTS)
