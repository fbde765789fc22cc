"""The values that the code of a function names: its boundaries are around them."""

import datetime
import inspect
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType
from typing import Any

_DEEPEST = 3
"""How far calls of other functions of the same module are followed."""


def constants(function: Callable[..., Any]) -> tuple[object, ...]:
    """Numbers, texts and days that the code of *function* names, each once, in its order."""
    called: Any = function if inspect.isroutine(function) else type(function).__call__
    inner = inspect.unwrap(called)
    found = _of_function(inner, _DEEPEST) if isinstance(inner, FunctionType) else ()
    return tuple({(type(each), each): each for each in found}.values())


def _of_function(function: FunctionType, deepest: int) -> Iterator[object]:
    for code in _codes(function.__code__):
        yield from _plain(each for each in code.co_consts if each != function.__doc__)
        for name in code.co_names:
            value = function.__globals__.get(name)
            if isinstance(value, FunctionType):
                if deepest and value.__module__ == function.__module__:
                    yield from _of_function(value, deepest - 1)
            else:
                yield from _plain((value,))


def _codes(code: CodeType) -> Iterator[CodeType]:
    """*code*, and that of the functions and comprehensions inside it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _plain(values: Iterable[object]) -> Iterator[object]:
    for value in values:
        match value:
            case bool():
                continue
            case int() | float() | str() | datetime.date():
                yield value
            case tuple() | frozenset() | list() | set():
                yield from _plain(value)
            case _:
                continue
