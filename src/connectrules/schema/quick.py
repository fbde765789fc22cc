"""Making instances of a frozen class with many fields quickly."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import attrs

C = TypeVar("C", bound=type)


def quickly_made(cls: C) -> C:
    """*cls* with an ``__init__`` that takes a third of the time.

    attrs sets each field of a frozen class by a call. Here a new instance is, while its
    fields are set, one of a class with the same slots that is not frozen. Classes derived
    from *cls* are made as attrs makes them. The first instance has it written.

    Args:
        cls: A frozen attrs class with slots, all of whose fields are given by name; it
            has no validators, and what a factory makes needs no converter.
    """
    usual: Any = cls.__init__  # type: ignore[misc]

    @wraps(usual)
    def written_first(self: object, *args: object, **given: object) -> None:
        cls.__init__ = wraps(usual)(_init(cls, usual))  # type: ignore[misc]
        cls.__init__(self, *args, **given)  # type: ignore[misc]

    cls.__init__ = written_first  # type: ignore[misc]
    return cls


def _init(cls: type, usual: Callable[..., None]) -> Callable[..., None]:
    """The ``__init__`` that `quickly_made` promises; *usual* is that of attrs."""
    # Both back to those of `object`: then Python sets slots without calling anything.
    thawed = {
        "__slots__": (),
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
    }
    scope: dict[str, Any] = {
        "frozen": cls,
        "open": type(cls.__name__, (cls,), thawed),
        "become": object.__dict__["__class__"].__set__,
        "usual": usual,
        "NOTHING": attrs.NOTHING,
    }
    parameters, lines = [], []
    for field in attrs.fields(cls):
        name, value = field.name, field.name
        if field.converter is not None:
            scope[f"convert_{name}"] = field.converter
            value = f"convert_{name}({name})"
        if field.default is attrs.NOTHING:
            parameters.append(name)
        elif isinstance(field.default, attrs.Factory):  # type: ignore[arg-type]
            scope[f"make_{name}"] = field.default.factory
            parameters.append(f"{name}=NOTHING")
            value = f"make_{name}() if {name} is NOTHING else {value}"
        else:
            scope[f"default_{name}"] = field.default
            parameters.append(f"{name}=default_{name}")
        lines.append(f"    self.{name} = {value}")
    given = ", ".join(f"{field.name}={field.name}" for field in attrs.fields(cls))
    text = "\n".join(
        (
            f"def __init__(self, *, {', '.join(parameters)}):",
            f"    if self.__class__ is not frozen: return usual(self, {given})",
            "    become(self, open)",
            *lines,
            "    self.__class__ = frozen",
        )
    )
    exec(compile(text, "<connectrules quick>", "exec"), scope)  # noqa: S102 - our own code
    made: Callable[..., None] = scope["__init__"]
    return made
