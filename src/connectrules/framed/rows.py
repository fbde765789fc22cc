"""Phrases row by row: Python answers for the record that a row makes."""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import narwhals as nw

from connectrules.framed.columns import Columns, warn, warn_of_misspelt
from connectrules.framed.facts import Facts
from connectrules.framed.records import Recipe, recipe
from connectrules.framed.table import Table
from connectrules.reading import Slot, judged, words_of
from connectrules.schema.types import YesNo, shown
from connectrules.schema.vocabulary import Fact, Vocabulary

_NO, _YES, _UNSURE, _FAULTY, _NO_RECORD = range(5)
"""What a phrase answers for a row, beside null where it does not know."""


def call(
    table: Table,
    columns: Columns,
    found: Facts,
    slots: Sequence[Slot],
    vocabulary: Vocabulary[Any],
) -> None:
    """Add to *found* what the phrases of *slots* answer for each row.

    A row of which no record can be made cannot be judged: there is no such contact.

    Warns:
        FrameWarning: Where there are such rows in an eager table, and where a column is
            called almost like a fact, which phrases may look at.
    """
    facts = vocabulary.facts.values()
    warn_of_misspelt(columns, [each for each in facts if not columns.has(each)], vocabulary)
    made, names = recipe(table, columns, vocabulary)
    calls = [slot.call for slot in slots if slot.call]
    caller, new = _Caller(made, calls), [table.name("answer") for _ in slots]
    table.change(lambda native: table.engine.answered(native, names, new, caller))
    for slot, name in zip(slots, new, strict=True):
        state = nw.col(name)
        found.values[slot.subject] = table.add(nw.when(state <= _YES).then(state == _YES), "phrase")
        found.faulty[slot.subject] = _is(table, state, _FAULTY)
        found.unsure[slot.subject] = _is(table, state, _UNSURE)
    refused = _is(table, nw.col(new[0]), _NO_RECORD)
    found.impossible.append(refused)
    if not table.is_lazy:
        _warn_of_refused(table, refused, caller)


def _is(table: Table, state: nw.Expr, number: int) -> nw.Expr:
    return table.add((state == number).fill_null(False), "state")  # noqa: FBT003 - a value


def _warn_of_refused(table: Table, refused: nw.Expr, caller: "_Caller") -> None:
    if caller.refusals:
        number = len(table.frame.filter(refused))
        warn(
            f"no `{caller.recipe.record.__name__}` can be made of {number:,} of "
            f"{len(table.frame):,} rows, so their decision is `error`; the first raised "
            f"{shown(caller.refusals[0])}"
        )


@attrs.frozen
class _Caller:
    """What calls phrases for a row; it may be sent to another process.

    Attributes:
        recipe: How a record is made of a row.
        calls: What answers the phrases for a record.
        refusals: What was raised for the first row of which none could be made.
    """

    recipe: Recipe
    calls: Sequence[Callable[[Any], object]]
    refusals: list[str] = attrs.field(factory=list)

    def __call__(self, row: Sequence[Any]) -> list[int | None]:
        """What each phrase answers for *row*."""
        try:
            record = self.recipe.made(row)
        except Exception as error:  # noqa: BLE001 - a class of one's own may raise anything
            if not self.refusals:
                self.refusals.append(words_of(error))
            return [_NO_RECORD] * len(self.calls)
        return [_state(each(record)) for each in self.calls]


_PHRASE = Fact("phrase", YesNo())


def _state(answer: object) -> int | None:
    """What *answer* is, as it is read of a contact."""
    reading = judged(_PHRASE, answer, None)
    if reading.fault is not None:
        return _FAULTY
    if reading.unsure:
        return _UNSURE
    return None if reading.ready is None else int(reading.ready)
