"""What calls of built-in functions do beside working on what they are given."""

import _random
import _thread
import datetime
import dis
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

import attrs

TIME = "asked for the time"
CHANCE = "drew a random number"
MACHINE = "asked about the machine"
VARIABLE = "read an environment variable"
FILES = "went to the files"
NETWORK = "went to the network"
PROGRAM = "went to another program"
DATABASE = "went to a database"
WATCHER = "switched off what watches it"


@attrs.frozen
class Deed:
    """Something that was done and has nothing to do with the record.

    Attributes:
        what: What it was, such as ``asked for the time``.
        by: The function it was done by.
    """

    what: str
    by: str

    def __str__(self) -> str:
        """In words."""
        return f"{self.what} (`{self.by}`)"


_CLOCKS = (
    "monotonic monotonic_ns perf_counter perf_counter_ns process_time process_time_ns "
    "thread_time thread_time_ns time time_ns"
)
_ABOUT_THE_MACHINE = "cpu_count getcwd getlogin getpid getppid times uname"
_ABOUT_FILES = "access lstat read readlink stat"


def _functions(module: Any, names: str, what: str) -> dict[Callable[..., Any], str]:  # noqa: ANN401
    found = (getattr(module, name, None) for name in names.split())
    return {each: what for each in found if each is not None}


_ALWAYS: dict[Callable[..., Any], str] = {
    **_functions(time, _CLOCKS, TIME),
    **_functions(os, _ABOUT_THE_MACHINE, MACHINE),
    **_functions(os, _ABOUT_FILES, FILES),
    **_functions(_thread, "start_joinable_thread start_new_thread", "started a thread"),
    os.urandom: CHANCE,
    sys.setprofile: WATCHER,
}
_OF_NOW: dict[Callable[..., Any], int] = {
    time.ctime: 0,
    time.gmtime: 0,
    time.localtime: 0,
    time.asctime: 0,
    time.strftime: 1,
}
"""What tells of the time as it is now, if it is given that many arguments and no more."""
_MODULES = {
    "sqlite3": DATABASE,
    "_socket": NETWORK,
    "socket": NETWORK,
    "_ssl": NETWORK,
    "_lsprof": WATCHER,
    "mmap": FILES,
}
"""Where classes are from that stand for something beside the record."""


def called(function: Any, frame: FrameType, own_lots: list[object]) -> Deed | None:  # noqa: ANN401
    """What a call of the built-in *function* from *frame* does; None where it only counts.

    Args:
        function: The function, or the method of an object.
        frame: What calls it.
        own_lots: The generators of random numbers that were made while it is watched.
    """
    owner = getattr(function, "__self__", None)
    if owner is None or isinstance(owner, type(sys)):
        return _of_function(function, frame)
    name = function.__name__
    match owner:
        case type():
            is_clock = issubclass(owner, datetime.date) and name in {"now", "today", "utcnow"}
            return Deed(TIME, f"{owner.__name__}.{name}") if is_clock else None
        case datetime.datetime():
            is_local = owner.tzinfo is None or _argument_count(frame) == 0
            return Deed(MACHINE, f"datetime.{name}") if name == "astimezone" and is_local else None
        case _random.Random():
            is_own = any(each is owner for each in own_lots)
            return None if is_own else Deed(CHANCE, f"random.{name}")
        case _:
            what = _of_object(owner)
            return Deed(what, f"{type(owner).__name__}.{name}") if what else None


def _of_function(function: Any, frame: FrameType) -> Deed | None:  # noqa: ANN401
    try:
        what = _ALWAYS.get(function)
        few = _OF_NOW.get(function)
    except TypeError:  # it cannot be hashed
        return None
    if few is not None and _argument_count(frame) == few:
        what = TIME
    if what is None:
        return None
    return Deed(what, f"{function.__module__}.{function.__name__}".replace("posix.", "os."))


def _of_object(owner: Any) -> str | None:  # noqa: ANN401 - anything that has methods
    """What working with *owner* is, where it stands for something beside the record."""
    if owner is sys.stdout or owner is sys.stderr:
        return None
    for each in type(owner).__mro__:
        module = each.__module__
        if module in _MODULES:
            return _MODULES[module]
        if module in {"_io", "io"}:
            return FILES if _is_of_files(owner) else None
    return None


def _is_of_files(stream: Any) -> bool:  # noqa: ANN401 - of any class of `io`
    """Whether *stream* is open to something outside of memory."""
    try:
        stream.fileno()
    except Exception:  # noqa: BLE001 - a class of one's own may raise anything
        return False
    return True


def _argument_count(frame: FrameType) -> int | None:
    """How many arguments the call that *frame* is at hands over; None if that cannot be told."""
    code = frame.f_code.co_code
    name = dis.opname[code[frame.f_lasti]]
    return code[frame.f_lasti + 1] if name in {"CALL", "PRECALL"} else None


# Functions of Python


def _code(owner: type, name: str) -> object:
    return vars(owner)[name].__code__


_VARIABLES = frozenset(
    _code(type(os.environ), name) for name in ("__getitem__", "__iter__", "__len__")
)
_LOTS = _code(random.Random, "__init__")
_SEED = _code(random.Random, "seed")
_WATCHERS = frozenset({threading.setprofile.__code__})


def entered(frame: FrameType, own_lots: list[object]) -> Deed | None:
    """What a function of Python does, as *frame* of it begins.

    Args:
        frame: Its frame.
        own_lots: Where generators of random numbers are kept that it makes.
    """
    code = frame.f_code
    if code in _VARIABLES:
        return Deed(VARIABLE, "os.environ")
    if code in _WATCHERS:
        return Deed(WATCHER, "threading.setprofile")
    if code is _LOTS:
        own_lots.append(frame.f_locals["self"])
    if code is _SEED and frame.f_locals["a"] is None:
        return Deed(CHANCE, "random.seed")
    return None
