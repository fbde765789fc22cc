"""What others may build on, as text: `python -m tests.public_api` writes it down anew."""

import enum
import functools
import inspect
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import attrs

import connectrules
import connectrules.sources
import connectrules.store
import connectrules.testing
import connectrules.testing.strategies

WRITTEN = Path(__file__).with_suffix(".txt")
MODULES = (
    connectrules,
    connectrules.sources,
    connectrules.store,
    connectrules.testing,
    connectrules.testing.strategies,
)


def public_api() -> str:
    """Every public name with its signature, and those of its members."""
    return "\n".join(line for module in MODULES for line in _module(module)) + "\n"


def _module(module: ModuleType) -> Iterator[str]:
    yield f"# {module.__name__}"
    for name in sorted(module.__all__):
        yield from _named(name, getattr(module, name))
    yield ""


def _named(name: str, thing: object) -> Iterator[str]:
    if not isinstance(thing, type):
        yield f"{name}{_signature(thing)}" if inspect.isfunction(thing) else name
        return
    bases = ", ".join(base.__name__ for base in thing.__bases__ if base is not object)
    yield f"class {name}{f'({bases})' if bases else ''}"
    if issubclass(thing, enum.Enum):
        yield from (f"    {each.name} = {each.value!r}" for each in thing)
    elif "__init__" in vars(thing):
        yield f"    __init__{_signature(thing.__init__)}"
    fields = {each.name for each in attrs.fields(thing)} if attrs.has(thing) else set()
    for member, value in sorted(vars(thing).items()):
        if not member.startswith("_") and member not in fields:
            yield from _member(member, value)


def _member(name: str, value: object) -> Iterator[str]:
    match value:
        case property() | functools.cached_property():
            yield f"    {name}"
        case classmethod() | staticmethod():
            yield f"    {type(value).__name__} {name}{_signature(value.__func__)}"
        case _ if inspect.isfunction(value):
            yield f"    {name}{_signature(value)}"


def _signature(function: object) -> str:
    """Its parameters; what types they have, the type checkers test."""
    assert callable(function)
    signature = inspect.signature(function)
    plain = [each.replace(annotation=each.empty) for each in signature.parameters.values()]
    return str(inspect.Signature(plain))


if __name__ == "__main__":
    WRITTEN.write_text(public_api(), encoding="utf-8")
