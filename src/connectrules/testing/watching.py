"""What a function does beside looking at what it is given: noted while it runs.

Calls of built-in functions are seen by Python's profiler, and files, programs and the
network by its audit events, which are kept from happening. What a module does while it is
being imported is let pass, and so are logs and warnings.
"""

import _thread
import datetime
import os
import random
import sys
import threading
import time
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

import attrs

from connectrules.schema.types import shown


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


class Refused(Exception):  # noqa: N818 - it says what happened, not what went wrong
    """A file, a program or the network was kept from a function."""


_TIME = "asked for the time"
_CHANCE = "drew a random number"
_MACHINE = "asked about the machine"
_VARIABLE = "read an environment variable"
_FILES = "went to the files"
_NETWORK = "went to the network"
_PROGRAM = "went to another program"

_AUDITED = {
    "builtins.input": "asked at the keyboard",
    "glob": _FILES,
    "msvcrt": "asked at the keyboard",
    "open": _FILES,
    "os": _FILES,
    "os.exec": _PROGRAM,
    "os.fork": _PROGRAM,
    "os.forkpty": _PROGRAM,
    "os.posix_spawn": _PROGRAM,
    "os.putenv": "set an environment variable",
    "os.spawn": _PROGRAM,
    "os.system": _PROGRAM,
    "os.unsetenv": "set an environment variable",
    "pathlib": _FILES,
    "shutil": _FILES,
    "socket": _NETWORK,
    "sqlite3": _FILES,
    "subprocess": _PROGRAM,
    "tempfile": _FILES,
    "urllib": _NETWORK,
    "webbrowser": _NETWORK,
    "winreg": _MACHINE,
}
"""What audit events tell of, by their names or what comes before the dot."""

_CLOCKS = (
    "ctime gmtime localtime monotonic monotonic_ns perf_counter perf_counter_ns process_time "
    "process_time_ns thread_time thread_time_ns time time_ns"
)
_ABOUT_THE_MACHINE = "cpu_count getcwd getlogin getpid getppid times uname"
_ABOUT_FILES = "access lstat readlink stat"


def _functions(module: Any, names: str, what: str) -> dict[Callable[..., Any], str]:  # noqa: ANN401
    found = (getattr(module, name, None) for name in names.split())
    return {each: what for each in found if each is not None}


_BUILT_IN = {
    **_functions(time, _CLOCKS, _TIME),
    **_functions(os, _ABOUT_THE_MACHINE, _MACHINE),
    **_functions(os, _ABOUT_FILES, _FILES),
    **_functions(_thread, "start_joinable_thread start_new_thread", "started a thread"),
    os.urandom: _CHANCE,
}
_ENVIRONMENT = frozenset(
    vars(type(os.environ))[name].__code__ for name in ("__getitem__", "__iter__", "__len__")
)
_SHARED_CHANCE = random.random.__self__  # type: ignore[attr-defined]
_LET_PASS = frozenset({"logging", "warnings"})


class _Local(threading.local):
    deeds: list[Deed] | None = None


_local = _Local()


@attrs.frozen
class Watched:
    """What came of a call.

    Attributes:
        answer: What it gave; None where it raised.
        error: What it raised, if it did.
        deeds: What it did beside looking at what it was given.
    """

    answer: object
    error: Exception | None
    deeds: tuple[Deed, ...]


def watched(call: Callable[[], object]) -> Watched:
    """What comes of *call*, which is kept from files, programs and the network."""
    _install()
    deeds: list[Deed] = []
    answer, error = None, None
    before, profiler = _local.deeds, sys.getprofile()

    def profile(frame: FrameType, event: str, what: Any) -> None:  # noqa: ANN401 - as Python calls it
        deed = _called(what) if event == "c_call" else _entered(frame.f_code, event)
        if deed is not None and not _is_let_pass(frame):
            deeds.append(deed)

    _local.deeds = deeds
    sys.setprofile(profile)
    try:
        answer = call()
    except Exception as raised:  # noqa: BLE001 - a phrase may raise anything
        error = raised
    finally:
        _local.deeds = before
        sys.setprofile(profiler)
    return Watched(answer, error, tuple(deeds))


def _called(function: Any) -> Deed | None:  # noqa: ANN401 - a built-in function or method
    what = _BUILT_IN.get(function)
    if what is not None:
        return Deed(what, f"{function.__module__}.{function.__name__}".replace("posix.", "os."))
    owner = getattr(function, "__self__", None)
    name = function.__name__
    if owner is _SHARED_CHANCE:
        return Deed(_CHANCE, f"random.{name}")
    if isinstance(owner, type) and issubclass(owner, datetime.date):
        is_clock = name in {"now", "today", "utcnow"}
        return Deed(_TIME, f"{owner.__name__}.{name}") if is_clock else None
    return None


def _entered(code: CodeType, event: str) -> Deed | None:
    return Deed(_VARIABLE, "os.environ") if event == "call" and code in _ENVIRONMENT else None


def _is_let_pass(frame: FrameType | None) -> bool:
    """Whether a module is being imported, or a log or a warning written."""
    while frame is not None and frame.f_code is not watched.__code__:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        if frame.f_globals.get("__name__") in _LET_PASS:
            return True
        frame = frame.f_back
    return False


_installed = threading.Lock()


def _install() -> None:
    """Hear of audit events from now on: Python has no way to stop that again."""
    if _installed.acquire(blocking=False):
        sys.addaudithook(_heard)


def _heard(event: str, arguments: tuple[object, ...]) -> None:
    deeds = _local.deeds
    if deeds is None:
        return
    what = _AUDITED.get(event) or _AUDITED.get(event.partition(".")[0])
    if what is None or _is_let_pass(sys._getframe(1)):  # noqa: SLF001 - there is no other way
        return
    about = f"({shown(arguments[0])})" if event == "open" and arguments else ""
    deed = Deed(what, f"{event}{about}")
    deeds.append(deed)
    raise Refused(str(deed))
