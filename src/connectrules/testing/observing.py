"""Records that tell which of their fields somebody looked at."""

import copy
import dataclasses
from typing import Any

import attrs

from connectrules.reading import words_of


def field_names(record_class: type) -> tuple[str, ...]:
    """The fields of an attrs class or dataclass."""
    fields: Any = attrs.fields if attrs.has(record_class) else dataclasses.fields
    return tuple(each.name for each in fields(record_class))


def changed(record: Any, values: dict[str, object]) -> Any:  # noqa: ANN401 - a record of any class
    """*record* with other *values* of some fields; raises what its class does."""
    if attrs.has(type(record)):
        return attrs.evolve(record, **values)
    return dataclasses.replace(record, **values)


def twin(record: Any) -> Any:  # noqa: ANN401 - a record of any class
    """A copy of *record*, of all that it holds.

    Raises:
        ValueError: Where it holds something that cannot be copied.
    """
    try:
        return copy.deepcopy(record)
    except Exception as error:
        msg = (
            f"a `{type(record).__name__}` cannot be copied ({words_of(error)}): a phrase is tried "
            "on copies; say with `records=` how to make records that `copy.deepcopy` copies"
        )
        raise ValueError(msg) from error


class Observer:
    """Makes copies of records that tell what was looked at.

    Args:
        record_class: The class of the records.
    """

    def __init__(self, record_class: type) -> None:
        self.seen: set[str] = set()
        """The fields looked at; whoever asks anew empties it."""
        self.class_ = _observed(record_class, self.seen)

    def observed(self, record: Any) -> Any:  # noqa: ANN401 - a record of any class
        """A copy of *record* that adds the fields looked at to `seen`."""
        copied = twin(record)
        self.seen.clear()
        if self.class_ is None:
            self.seen.update(field_names(type(record)))
        else:
            object.__setattr__(copied, "__class__", self.class_)
        return copied


def _observed(record_class: type, seen: set[str]) -> type | None:
    """A class like *record_class* that tells; None where none can be derived from it."""
    names = frozenset(field_names(record_class))
    usual: Any = record_class.__getattribute__

    def look(self: object, name: str) -> object:
        if name in names:
            seen.add(name)
        elif name == "__dict__":
            seen.update(names)
        return usual(self, name)

    members = {
        "__slots__": (),
        "__getattribute__": look,
        "__module__": record_class.__module__,
        "__qualname__": record_class.__qualname__,
    }
    try:
        return type(record_class)(record_class.__name__, (record_class,), members)
    except TypeError:
        return None
