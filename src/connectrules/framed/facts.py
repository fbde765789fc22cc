"""The facts of a table's rows: its columns, then answers, then assumptions."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import narwhals as nw

from connectrules.backends.frames import facts
from connectrules.backends.frames.engines import Kind
from connectrules.backends.frames.facts import Given
from connectrules.framed.columns import Column
from connectrules.framed.table import Table
from connectrules.reading import Reading, Slot
from connectrules.rules.tree import Subject
from connectrules.schema.types import CountType, Date, FactType, Number, TextList, YesNo

Answered = Mapping[Subject, Mapping[str, Reading]]
"""The answers about facts, by the contact's key."""


@attrs.define
class Facts:
    """The facts of each row.

    Attributes:
        values: The value of each fact in the form tests compare, null where it is not
            known; None where it is known in no row.
        faulty: Where a fact has a value that does not fit, and no other.
        unsure: Where somebody was asked about a fact and could not say.
        contradicted: Where an answer contradicts what the table says.
    """

    values: dict[Subject, nw.Expr | None] = attrs.field(factory=dict)
    faulty: dict[Subject, nw.Expr] = attrs.field(factory=dict)
    unsure: dict[Subject, nw.Expr] = attrs.field(factory=dict)
    contradicted: list[nw.Expr] = attrs.field(factory=list)


def read(table: Table, slots: Sequence[Slot], columns: Sequence[Column | None]) -> Facts:
    """The facts that are in *columns*, those of *slots*."""
    found = Facts()
    folds = {
        slot.subject: (table.name("text"), column.name)
        for slot, column in zip(slots, columns, strict=True)
        if column is not None and facts.is_folded(slot.subject.type)
    }
    if folds:
        kinds = {new: (old, subject.type) for subject, (new, old) in folds.items()}
        table.change(lambda native: facts.with_folds(native, table.engine, kinds))
    for slot, column in zip(slots, columns, strict=True):
        subject = slot.subject
        if column is None:
            found.values[subject] = None
            continue
        fold = folds[subject][0] if subject in folds else column.name
        given = facts.given(subject.type, column.dtype, column.name, fold)
        _add(table, found, subject, given)
    return found


def _add(table: Table, found: Facts, subject: Subject, given: Given) -> None:
    found.values[subject] = table.add(given.value, "fact")
    if given.fault is not None:
        found.faulty[subject] = table.add(given.fault.fill_null(False), "fault")  # noqa: FBT003 - a value


def kind_of(kind: FactType) -> Kind:
    """What a small table is of that holds values of a fact of *kind*."""
    match kind:
        case YesNo():
            return "yes/no"
        case CountType() | Number():
            return "number"
        case Date():
            return "date"
        case TextList():
            return "list of text"
        case _:
            return "text"


def _plain(value: Any) -> Any:  # noqa: ANN401 - a value of a fact, in the form tests compare
    return tuple(sorted(value)) if isinstance(value, (frozenset, set)) else value


def assume(table: Table, found: Facts, slots: Sequence[Slot]) -> None:
    """Fill the gaps of facts with what is assumed; a value that does not fit leaves none."""
    for slot in slots:
        if slot.assumed is None:
            continue
        subject = slot.subject
        value, fault = found.values[subject], found.faulty.get(subject)
        assumed = _constant(table, slot)
        if value is not None:
            filled = nw.coalesce(_wide(subject, value), assumed)
            assumed = (
                filled
                if fault is None
                else nw.when(~fault).then(filled).otherwise(_wide(subject, value))
            )
        found.values[subject] = table.add(assumed, "fact")


def _wide(subject: Subject, value: nw.Expr) -> nw.Expr:
    """*value* in the type that small tables have."""
    is_number = isinstance(subject.type, (CountType, Number))
    return value.cast(nw.Float64) if is_number else value


def _constant(table: Table, slot: Slot) -> nw.Expr:
    """A column of what *slot* is assumed to be."""
    kind, value = slot.subject.type, _plain(slot.assumed)
    if isinstance(kind, TextList):
        name = table.name("assumed")
        table.look_up(nw.lit(0), {name: ([value], "list of text")})
        return nw.col(name)
    if isinstance(value, (bool, str, date)):
        return nw.lit(value)
    return nw.lit(float(value))


def answer(table: Table, found: Facts, answers: Answered, key: str, keys: Sequence[str]) -> None:
    """Fill the gaps of facts with *answers*.

    Args:
        table: The table.
        found: The facts.
        answers: The answers.
        key: The column that says whom a row is about.
        keys: The keys that there are answers about.
    """
    place = table.place(key, keys)
    for subject, readings in answers.items():
        name, states = table.name("answer"), table.name("state")
        told = [readings.get(each, _NONE) for each in keys]
        table.look_up(
            place,
            {
                name: ([_plain(each.ready) for each in told], kind_of(subject.type)),
                states: ([_state(each) for each in told], "place"),
            },
        )
        _merge(table, found, subject, nw.col(name), nw.col(states).fill_null(_NOTHING))


_NONE = Reading()
_NOTHING, _UNSURE, _FAULTY = range(3)


def _state(reading: Reading) -> int:
    if reading.fault is not None:
        return _FAULTY
    return _UNSURE if reading.unsure else _NOTHING


def _merge(table: Table, found: Facts, subject: Subject, answered: nw.Expr, state: nw.Expr) -> None:
    value, fault = found.values[subject], found.faulty.get(subject)
    no_fault = nw.lit(True) if fault is None else ~fault  # noqa: FBT003 - a value
    filled = answered
    if value is not None:
        sorts = isinstance(subject.type, TextList)
        one, other = (value.list.sort(), answered.list.sort()) if sorts else (value, answered)
        found.contradicted.append(table.add((one != other).fill_null(False), "conflict"))  # noqa: FBT003 - a value
        filled = nw.coalesce(_wide(subject, value), answered)
    filled = found.values[subject] = table.add(filled, "fact")
    gap = filled.is_null()
    faulty = (state == _FAULTY) & gap
    found.faulty[subject] = table.add(faulty if fault is None else faulty | (fault & gap), "fault")
    found.unsure[subject] = table.add((state == _UNSURE) & gap & no_fault, "unsure")
