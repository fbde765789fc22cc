"""The whole verdict on each row, as `judge` gives it: by a key for all that it hangs on."""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw

from connectrules.backends.frames.kleene import Truth
from connectrules.backends.frames.terms import Expressions
from connectrules.framed import facts
from connectrules.framed.columns import Columns, columns_of
from connectrules.framed.hanging import Hanging
from connectrules.framed.judging import hanging_of, tests_of
from connectrules.framed.keys import TRUTHS, Digit, Keys
from connectrules.framed.outcomes import verdict_in
from connectrules.framed.table import Table
from connectrules.program import Program
from connectrules.rules.tree import Subject, subjects
from connectrules.verdict import Verdict

if TYPE_CHECKING:
    from connectrules.binding import Binding


@attrs.frozen
class Whole:
    """A table with a key in each row, and what is decided where it stands.

    Attributes:
        frame: The table.
        key: What the column of keys is called.
    """

    frame: Any
    key: str
    _program: Program
    _hanging: Hanging
    _gaps: Mapping[Subject, nw.Expr | bool]
    _released: Mapping[int, Truth]
    _digits: tuple[int, Keys]

    def verdict(self, key: int | str) -> Verdict:
        """The verdict on the rows that have *key*.

        Raises:
            ContactError: Where they cannot be judged.
        """
        size, keys = self._digits
        values = keys.values(key) if keys.digits else []
        situation = self._hanging.situation(values[:size])
        rest = iter(values[size:])
        assumed = {
            subject
            for subject, gap in self._gaps.items()
            if (bool(next(rest)) if isinstance(gap, nw.Expr) else gap)
        }
        pattern = list(situation.pattern)
        for number, truth in self._released.items():
            pattern[number] = TRUTHS[next(rest)] if isinstance(truth, nw.Expr) else truth
        return verdict_in(self._program, situation, assumed, tuple(pattern))


def whole(binding: "Binding", frame: Any, me: object, today: datetime.date | None) -> Whole:  # noqa: ANN401 - any table
    """*frame*, a table of an engine, with keys that stand for whole verdicts.

    The policy calls no phrases, and there are no answers.

    Raises:
        ContextError: Where the policy needs *me* or *today* and has none.
        FrameError: Where a column does not fit its fact.
    """
    table, program = Table(frame), binding.bound(me, today, {}).program
    slots = program.slots
    columns = Columns(table.schema, table.engine.empty(table.native))
    by_slot = columns_of(columns, slots, binding.resolved.vocabulary)
    found = facts.read(table, slots, by_slot, facts.compared(program))
    gaps, before = facts.gaps(found, slots), dict(found.values)
    facts.assume(table, found, slots)
    expressions = Expressions(found.values, table.search)
    tests = tests_of(table, program, expressions)
    released = _released(table, program, [*gaps], Expressions(before, table.search))
    hanging = hanging_of(program, expressions, tests, found)
    digits = hanging.digits()
    size = len(digits)
    digits += [Digit(gap, 2) for gap in gaps.values() if isinstance(gap, nw.Expr)]
    digits += [Digit(each, 3) for each in released.values() if isinstance(each, nw.Expr)]
    keys, key = Keys(digits), table.name("key")
    expression = keys.expression() if digits else nw.lit(0, nw.Int32)
    table.frame = table.frame.with_columns(**{key: expression})
    return Whole(table.native, key, program, hanging, gaps, released, (size, keys))


def _released(
    table: Table, program: Program, assumed: Sequence[Subject], expressions: Expressions
) -> dict[int, Truth]:
    """How the tests of facts that may be *assumed* come out where they are not, by number."""
    truths = {
        number: expressions.truth(test, program.context)
        for number, test in enumerate(program.analyser.tests)
        if not set(assumed).isdisjoint(subjects(test))
    }
    table.find()
    columns = {str(n): truth for n, truth in truths.items() if isinstance(truth, nw.Expr)}
    added = table.add_all(columns)
    return {n: added.get(str(n), truth) for n, truth in truths.items()}
