"""Records made of the rows of a table, as far as they can be."""

import dataclasses
import datetime
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import attrs
import narwhals as nw

from connectrules.framed.columns import Column, Columns, names_of
from connectrules.framed.table import Table
from connectrules.schema.types import Date, Unsure, choice_text, folded
from connectrules.schema.vocabulary import BESIDE, Vocabulary
from connectrules.schema.vocabulary import slot as known

Make = Callable[[Any], Any]


@attrs.frozen
class Cell:
    """What a field, or a fact that has none, takes of a row.

    Attributes:
        name: The argument that the record class takes, or the fact's name in ``other``.
        place: Which of the row's values.
        make: What makes of it what the record class has there.
    """

    name: str
    place: int
    make: Make | None = None

    def value(self, row: Sequence[Any]) -> Any:  # noqa: ANN401 - a field's value
        """Its value in *row*."""
        value = row[self.place]
        return value if value is None or self.make is None else self.make(value)


@attrs.frozen
class Recipe:
    """How a record is made of a row.

    Attributes:
        record: The record class.
        fields: Its fields that have a column.
        gaps: Those that have none.
        others: The facts without a field, which go into ``other``; None where it has none.
    """

    record: type
    fields: tuple[Cell, ...]
    gaps: tuple[str, ...]
    others: tuple[Cell, ...] | None

    def made(self, row: Sequence[Any]) -> Any:  # noqa: ANN401 - a record
        """The record of *row*; it raises what the record class does."""
        values = dict.fromkeys(self.gaps)
        for cell in self.fields:
            values[cell.name] = cell.value(row)
        if self.others is not None:
            others = ((cell.name, cell.value(row)) for cell in self.others)
            values["other"] = {name: value for name, value in others if value is not None}
        return self.record(**values)


def seen_by_phrases(vocabulary: Vocabulary[Any]) -> set[str]:
    """How columns are called that phrases may look at, as names are compared."""
    facts = {name for fact in vocabulary.facts.values() for name in names_of(fact)}
    return {*facts, *vocabulary.hidden, *(known(f.name) for f in _fields(vocabulary.record))}


def recipe(table: Table, columns: Columns, vocabulary: Vocabulary[Any]) -> tuple[Recipe, list[str]]:
    """How records are made of the rows of *table*, and of which of its columns.

    A fact without a column is None, whatever the record class would have it be; a field
    that is no fact is what the class says, else None.
    """
    reader = _Reader(table, columns)
    facts = {fact.attribute: fact for fact in vocabulary.facts.values()}
    cells, gaps = [], []
    for field in _fields(vocabulary.record):
        fact = facts.get(field.name)
        if fact is None and field.name in BESIDE and (field.has_default or field.name == "other"):
            continue
        names = [known(field.name)] if fact is None else names_of(fact)
        column = columns.find(field.name if fact is None else fact.name, names)
        if column is not None:
            cells.append(reader.cell(field.argument, column, field.annotation))
        elif fact is not None or not field.has_default:
            gaps.append(field.argument)
    others = None
    if vocabulary.keeps_other:
        others = tuple(
            reader.cell(fact.slot, column, datetime.date if fact.type == Date() else None)
            for fact in vocabulary.facts.values()
            if fact.attribute is None
            and (column := columns.find(fact.name, names_of(fact))) is not None
        )
    # A table without any of them has rows all the same.
    taken = reader.taken or [*columns.schema][:1]
    return Recipe(vocabulary.record, tuple(cells), tuple(gaps), others), taken


@attrs.frozen
class _Reader:
    """What finds out which values of a row are wanted.

    Attributes:
        table: The table; the days of dates with times are added to it.
        columns: Its columns.
        taken: The names of the columns that are wanted.
    """

    table: Table
    columns: Columns
    taken: list[str] = attrs.field(factory=list)

    def cell(self, name: str, column: Column, annotation: object) -> Cell:
        """What is taken of *column* for *name*, which is annotated so."""
        taken = column.name
        if isinstance(column.dtype, nw.Datetime) and _is_day(annotation):
            taken = self.table.name("day")
            day = nw.col(column.name).dt.date()
            self.table.frame = self.table.frame.with_columns(**{taken: day})
        self.taken.append(taken)
        return Cell(name, len(self.taken) - 1, _maker(annotation))


@attrs.frozen
class _Field:
    """A field of a record class.

    Attributes:
        name: What it is called.
        argument: What its argument is called.
        has_default: Whether it may be left out.
        annotation: Its type.
    """

    name: str
    argument: str
    has_default: bool
    annotation: object


def _fields(record: Any) -> Iterator[_Field]:  # noqa: ANN401 - an attrs class or a dataclass
    hints = typing.get_type_hints(record)
    if attrs.has(record):
        for each in attrs.fields(record):
            if each.init:
                has_default = each.default is not attrs.NOTHING
                yield _Field(each.name, each.alias, has_default, hints.get(each.name))
        return
    for each in dataclasses.fields(record):
        if each.init:
            defaults = (each.default, each.default_factory)
            has_default = any(default is not dataclasses.MISSING for default in defaults)
            yield _Field(each.name, each.name, has_default, hints.get(each.name))


def _kinds(annotation: object) -> list[Any]:
    """The classes that *annotation* names, but not what they hold."""
    ways = typing.get_args(annotation) if typing.get_origin(annotation) in _EITHER else ()
    return [typing.get_origin(way) or way for way in ways or (annotation,)]


_EITHER = frozenset({typing.Union, type(int | str)})


def _is_day(annotation: object) -> bool:
    kinds = _kinds(annotation)
    return datetime.date in kinds and datetime.datetime not in kinds


def _maker(annotation: object) -> Make | None:
    """What makes of a table's value what a field annotated so has; what does not fit stays."""
    for kind in _kinds(annotation):
        if kind in {tuple, set, frozenset}:
            return _Listed(kind)
        if isinstance(kind, type) and issubclass(kind, Enum) and kind is not Unsure:
            return _Chosen({folded(choice_text(each)): each for each in kind})
    return None


@attrs.frozen
class _Listed:
    """From lists, as tables have them, to another *kind* of list."""

    kind: Callable[[list[Any]], Any]

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - any cell's
        return self.kind(value) if isinstance(value, list) else value


@attrs.frozen
class _Chosen:
    """From texts to the members of an Enum."""

    members: Mapping[str, Enum]

    def __call__(self, value: Any) -> Any:  # noqa: ANN401 - any cell's
        return self.members.get(folded(value), value) if isinstance(value, str) else value
