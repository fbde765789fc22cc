"""The fields of a record class, with what they may be where nothing is known."""

import dataclasses
import typing
from functools import cache
from typing import Annotated, Any, get_args, get_origin

import attrs

from connectrules.schema.types import UNSURE, Count, Unsure

_GAPS = (None, type(None), Unsure, UNSURE)


@attrs.frozen
class Field:
    """A field of a record class.

    Attributes:
        name: Its name.
        parameter: What the class calls it where an instance is made.
        annotation: The type of its known values.
        gaps: What it may be where it is not known: None, `UNSURE`, both or neither.
        default: Its value where none is given; `attrs.NOTHING` where it needs one.
    """

    name: str
    parameter: str
    annotation: object
    gaps: tuple[object, ...]
    default: object


def fields(record_class: type) -> tuple[Field, ...]:
    """The fields that instances of an attrs class or dataclass are made of."""
    hashable: Any = record_class
    return _fields(hashable)


@cache
def _fields(record_class: type) -> tuple[Field, ...]:
    hints = typing.get_type_hints(record_class, include_extras=True)
    made: Any = attrs.fields if attrs.has(record_class) else dataclasses.fields
    return tuple(
        Field(
            each.name,
            getattr(each, "alias", each.name),
            *_parted(hints.get(each.name, object)),
            default=_default(each),
        )
        for each in made(record_class)
        if each.init
    )


def _parted(annotation: object) -> tuple[object, tuple[object, ...]]:
    """*annotation* without what stands for "not known", and that."""
    if get_origin(annotation) is Annotated and annotation != Count:
        return _parted(get_args(annotation)[0])
    union = type(int | None)
    if get_origin(annotation) not in {typing.Union, union}:
        return annotation, ()
    parts = get_args(annotation)
    rest = tuple(each for each in parts if not any(each is gap for gap in _GAPS))
    known = typing.Union[rest] if rest else type(None)  # noqa: UP007 - put together
    unsure = Unsure in parts
    nothing = type(None) in parts
    return known, (*([None] * nothing), *([UNSURE] * unsure))


def _default(field: Any) -> object:  # noqa: ANN401 - of attrs or dataclasses
    factory = getattr(field, "default_factory", dataclasses.MISSING)
    if factory is not dataclasses.MISSING:
        return factory()
    if isinstance(field.default, attrs.Factory):  # type: ignore[arg-type]
        return attrs.NOTHING if field.default.takes_self else field.default.factory()
    return attrs.NOTHING if field.default is dataclasses.MISSING else field.default
