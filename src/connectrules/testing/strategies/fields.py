"""How records of a class hold the values of facts."""

import collections.abc
import dataclasses
import datetime
import enum
import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Literal, get_args, get_origin

import attrs

from connectrules.schema.types import UNSURE, Count, Unsure, choice_text

_NOON = datetime.time(12)
_NAMED = {inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY}
"""Kinds of parameters that can be given by their names."""


@attrs.frozen
class Field:
    """A field of a record class.

    Attributes:
        name: Its name.
        parameter: What the class calls it where a record is made.
        is_required: Whether a record cannot be made without it.
        is_left_unknown: Whether it is None in a record that is made without it.
        may_be_unknown: Whether it may be None.
        may_be_unsure: Whether it may be `UNSURE`.
        annotation: The type of its known values.
    """

    name: str
    parameter: str
    is_required: bool
    is_left_unknown: bool
    may_be_unknown: bool
    may_be_unsure: bool
    annotation: object

    def held(self, values: Iterable[object]) -> tuple[object, ...]:
        """Those of *values* that the field can hold, as it holds them."""
        return tuple(_shaped(self.annotation, values))


@lru_cache(maxsize=64)
def fields_of(record_class: type) -> Mapping[str, Field]:
    """The fields that a record of an attrs class or dataclass is made of, by their name.

    What else the class has to be given, such as an ``InitVar`` without a default, is there too.
    """
    hints = typing.get_type_hints(record_class, include_extras=True)
    declared: Any = attrs.fields if attrs.has(record_class) else dataclasses.fields
    fields = {
        each.name: _field(each, hints.get(each.name, object))
        for each in declared(record_class)
        if each.init
    }
    parameters = {each.parameter for each in fields.values()}
    for each in inspect.signature(record_class).parameters.values():
        is_needed = each.default is each.empty and each.kind in _NAMED
        if is_needed and each.name not in parameters:
            fields[each.name] = _bare(each.name)
    return fields


def _bare(name: str) -> Field:
    """What a record cannot be made without, and does not keep."""
    return Field(
        name=name,
        parameter=name,
        is_required=True,
        is_left_unknown=False,
        may_be_unknown=False,
        may_be_unsure=False,
        annotation=object,
    )


def _field(declared: Any, annotation: object) -> Field:  # noqa: ANN401 - of attrs, or a dataclass
    known, gaps = _parted(annotation)
    factory = getattr(declared, "default_factory", dataclasses.MISSING)
    has_none = declared.default is attrs.NOTHING or declared.default is dataclasses.MISSING
    return Field(
        name=declared.name,
        parameter=getattr(declared, "alias", None) or declared.name,
        is_required=has_none and factory is dataclasses.MISSING,
        is_left_unknown=declared.default is None,
        may_be_unknown=any(each is None or each is type(None) for each in gaps),
        may_be_unsure=any(each is Unsure or each is UNSURE for each in gaps),
        annotation=known,
    )


def _parted(annotation: object) -> tuple[object, list[object]]:
    """*annotation* without what stands for a gap, and that."""
    if get_origin(annotation) is Annotated and annotation != Count:
        return _parted(get_args(annotation)[0])
    parts = get_args(annotation) if _is_union(annotation) else (annotation,)
    known: list[object] = []
    gaps: list[object] = []
    for part in parts:
        inside = get_args(part) if get_origin(part) is Literal else (part,)
        missing = [each for each in inside if _is_gap(each)]
        gaps += missing
        if len(missing) < len(inside):
            known.append(part)
    return known[0] if known else None, gaps


def _is_union(annotation: object) -> bool:
    return get_origin(annotation) in {typing.Union, type(int | None)}


def _is_gap(part: object) -> bool:
    return any(part is gap for gap in (None, type(None), Unsure, UNSURE))


_LISTS: dict[object, Callable[[Iterable[str]], object]] = {
    list: list,
    set: set,
    frozenset: frozenset,
    collections.abc.Set: frozenset,
}
"""How lists of text are held; else as a tuple."""


def _shaped(annotation: object, values: Iterable[object]) -> Iterable[object]:
    if annotation is int:
        return [each for each in values if isinstance(each, int)]
    if annotation is float:
        return [float(each) for each in values if isinstance(each, int | float)]
    if annotation is datetime.datetime:
        days = (each for each in values if isinstance(each, datetime.date))
        return [datetime.datetime.combine(each, _NOON) for each in days]
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        members = {choice_text(member): member for member in annotation}
        return [members[each] for each in values if isinstance(each, str)]
    made = _LISTS.get(get_origin(annotation))
    return values if made is None else [made(each) for each in values]  # type: ignore[arg-type]
