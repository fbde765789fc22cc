"""The facts of a table's rows: its columns, then answers, then assumptions."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import narwhals as nw

from connectrules.backends.frames import facts
from connectrules.backends.frames.engines import Kind, Search
from connectrules.backends.frames.facts import Given
from connectrules.backends.frames.terms import Column, Searched, everywhere
from connectrules.framed.columns import Column as Place
from connectrules.framed.outcomes import compared as comparisons
from connectrules.framed.table import Table
from connectrules.program import Program
from connectrules.reading import Reading, Slot
from connectrules.rules.tree import Subject
from connectrules.schema.types import CountType, Date, FactType, Number, OneOf, TextList, YesNo
from connectrules.schema.vocabulary import Fact

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
        impossible: Where a row cannot be judged whatever else it says: an answer contradicts
            it, or no record can be made of it for phrases to look at.
    """

    values: dict[Subject, Column | None] = attrs.field(factory=dict)
    faulty: dict[Subject, nw.Expr] = attrs.field(factory=dict)
    unsure: dict[Subject, nw.Expr] = attrs.field(factory=dict)
    impossible: list[nw.Expr] = attrs.field(factory=list)


def read(
    table: Table,
    slots: Sequence[Slot],
    columns: Sequence[Place | None],
    compared: Collection[Subject],
) -> Facts:
    """The facts that are in *columns*, those of *slots*.

    Args:
        table: The table.
        slots: Facts.
        columns: Where they are; None where they are nowhere.
        compared: Texts that are compared with what else is said of them, and lists of which
            it matters how many different items they have; all others are searched only.
    """
    found = Facts()
    folds: dict[Subject, tuple[str, str]] = {}
    for slot, column in zip(slots, columns, strict=True):
        if column is not None and facts.is_text(slot.subject.type) and slot.subject in compared:
            folds[slot.subject] = (table.name("text"), column.name)
    if folds:
        texts = {new: old for subject, (new, old) in folds.items() if not _is_list(subject)}
        lists = {new: old for subject, (new, old) in folds.items() if _is_list(subject)}
        table.change(lambda native: table.engine.folded(native, texts, lists))
    wide = {
        slot.subject: (table.name("number"), column.name)
        for slot, column in zip(slots, columns, strict=True)
        if column is not None and facts.is_wide(slot.subject.type, column.dtype)
    }
    if wide:
        numbers = dict(wide.values())
        table.change(lambda native: table.engine.doubles(native, numbers))
    folds |= wide
    as_given: dict[Subject, Given] = {}
    for slot, column in zip(slots, columns, strict=True):
        subject = slot.subject
        if column is None:
            found.values[subject] = None
        elif facts.is_text(subject.type) and subject not in folds:
            found.values[subject] = _searched(table, found, subject, column.name)
        else:
            fold = folds[subject][0] if subject in folds else column.name
            as_given[subject] = facts.given(subject.type, column.dtype, column.name, fold)
    _add(table, found, as_given)
    return found


def _is_list(subject: Subject) -> bool:
    return isinstance(subject.type, TextList)


def _searched(table: Table, found: Facts, subject: Subject, column: str) -> Searched:
    """The texts or lists in *column*, which are searched as they stand."""
    match subject.type:
        case OneOf() as kind:
            fits = table.search(Search(column, "is", tuple(sorted(kind.compared))))
            found.faulty[subject] = (~fits).fill_null(value=False)
            return Searched(column, fits)
        case TextList():
            found.faulty[subject] = table.search(Search(column, "gap")).fill_null(value=False)
    return Searched(column)


def compared(program: Program) -> frozenset[Subject]:
    """The facts that *program* compares with others, assumes, or counts the items of."""
    found = {slot.subject for slot in program.slots if slot.assumed is not None}
    for _, subjects in comparisons(program):
        found.update(subjects)
    forms: list[object] = list(program.analyser.forms)
    while forms:
        match forms.pop():
            case ("length", ("fact", Fact() as subject)):
                found.add(subject)
            case tuple() | frozenset() as parts:
                forms += parts
            case _:
                pass
    return frozenset(found)


def _add(table: Table, found: Facts, as_given: Mapping[Subject, Given]) -> None:
    columns = {f"fact {n}": each.value for n, each in enumerate(as_given.values())}
    for n, each in enumerate(as_given.values()):
        if each.fault is not None:
            columns[f"fault {n}"] = each.fault.fill_null(value=False)
    added = table.add_all(columns)
    for n, subject in enumerate(as_given):
        found.values[subject] = added[f"fact {n}"]
        if f"fault {n}" in added:
            found.faulty[subject] = added[f"fault {n}"]


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
    assumed = {slot.subject: slot.assumed for slot in slots if slot.assumed is not None}
    filled = {}
    for n, (subject, constant) in enumerate(_constants(table, assumed).items()):
        value, fault = _folded(found, subject), found.faulty.get(subject)
        filled[f"fact {n}"] = constant
        if value is not None:
            known = _wide(subject, value)
            column = nw.coalesce(known, constant)
            filled[f"fact {n}"] = (
                column if fault is None else nw.when(~fault).then(column).otherwise(known)
            )
    for subject, column in zip(assumed, table.add_all(filled).values(), strict=True):
        found.values[subject] = column
        found.unsure.pop(subject, None)  # nothing of it is open any longer


def gaps(found: Facts, slots: Sequence[Slot]) -> dict[Subject, nw.Expr | bool]:
    """Where each fact of *slots* that may be assumed is: before `assume`, where it is not known."""
    places: dict[Subject, nw.Expr | bool] = {}
    for slot in slots:
        if slot.assumed is not None:
            value, fault = _folded(found, slot.subject), found.faulty.get(slot.subject)
            gap = True if value is None else value.is_null()
            places[slot.subject] = gap if isinstance(gap, bool) or fault is None else gap & ~fault
    return places


def _folded(found: Facts, subject: Subject) -> nw.Expr | None:
    """The value of *subject*, which is one of those that are compared."""
    value = found.values[subject]
    if isinstance(value, Searched):
        msg = f"`{subject.name}` is searched, and not compared"
        raise AssertionError(msg)  # noqa: TRY004 - a bug
    return value


def _wide(subject: Subject, value: nw.Expr) -> nw.Expr:
    """*value* in the type that small tables have."""
    is_number = isinstance(subject.type, (CountType, Number))
    return value.cast(nw.Float64) if is_number else value


def _constants(table: Table, assumed: Mapping[Subject, object]) -> dict[Subject, nw.Expr]:
    """A column of what each fact is assumed to be."""
    lists = {subject: table.name("assumed") for subject in assumed if _is_list(subject)}
    if lists:
        values = {name: ([_plain(assumed[each])], _LISTS) for each, name in lists.items()}
        table.look_up(nw.lit(0), values)
    return {
        subject: nw.col(lists[subject]) if subject in lists else _constant(value)
        for subject, value in assumed.items()
    }


_LISTS: Kind = "list of text"


def _constant(value: Any) -> nw.Expr:  # noqa: ANN401 - a value of a fact
    return everywhere(value if isinstance(value, (bool, str, date)) else float(value))


def answer(table: Table, found: Facts, answers: Answered, key: str, keys: Sequence[str]) -> None:
    """Fill the gaps of facts with *answers*.

    Args:
        table: The table.
        found: The facts.
        answers: The answers.
        key: The column that says whom a row is about.
        keys: The keys that there are answers about.
    """
    told: dict[Subject, _Told] = {}
    tables: dict[str, tuple[Sequence[object], Kind]] = {}
    for subject, readings in answers.items():
        names = table.name("answer"), table.name("state")
        each = [readings.get(key, _NONE) for key in keys]
        tables[names[0]] = [_plain(reading.ready) for reading in each], kind_of(subject.type)
        tables[names[1]] = [*map(_state, each)], "place"
        told[subject] = _Told(nw.col(names[0]), nw.col(names[1]).fill_null(_NOTHING))
    table.match(key, keys, tables)
    _merge(table, found, told)


@attrs.frozen(eq=False)
class _Told:
    """The answers about a fact: their values, and which of them are no values."""

    value: nw.Expr
    state: nw.Expr


_NONE = Reading()
_NOTHING, _UNSURE, _FAULTY = range(3)


def _state(reading: Reading) -> int:
    if reading.fault is not None:
        return _FAULTY
    return _UNSURE if reading.unsure else _NOTHING


def _merge(table: Table, found: Facts, told: Mapping[Subject, _Told]) -> None:
    merged: dict[str, nw.Expr] = {}
    for n, (subject, answered) in enumerate(told.items()):
        merged[f"fact {n}"] = answered.value
        value = _folded(found, subject)
        if value is not None:
            is_list = isinstance(subject.type, TextList)
            unlike = table.unlike(value, answered.value) if is_list else value != answered.value
            merged[f"conflict {n}"] = unlike.fill_null(value=False)
            merged[f"fact {n}"] = nw.coalesce(_wide(subject, value), answered.value)
    columns = table.add_all(merged)
    found.impossible += [column for what, column in columns.items() if what.startswith("conflict")]
    gaps: dict[str, nw.Expr] = {}
    for n, (subject, answered) in enumerate(told.items()):
        found.values[subject] = columns[f"fact {n}"]
        gap = columns[f"fact {n}"].is_null()
        gaps[f"fault {n}"] = (answered.state == _FAULTY) & gap
        gaps[f"unsure {n}"] = (answered.state == _UNSURE) & gap
        if subject in found.unsure:
            was = found.unsure[subject] & (answered.state == _NOTHING)
            gaps[f"unsure {n}"] = (was | (answered.state == _UNSURE)) & gap
        if subject in found.faulty:
            gaps[f"fault {n}"] |= found.faulty[subject] & gap
            gaps[f"unsure {n}"] &= ~found.faulty[subject]
    columns = table.add_all(gaps)
    for n, subject in enumerate(told):
        found.faulty[subject] = columns[f"fault {n}"]
        found.unsure[subject] = columns[f"unsure {n}"]
