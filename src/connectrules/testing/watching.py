"""What a function does beside looking at what it is given: noted while it runs.

Calls of built-in functions are seen by Python's profiler, and files, programs and the
network by its audit events, which are kept from happening. What a module does while it is
being imported is let pass, and so are logs and warnings.
"""

import gc
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

import attrs

from connectrules.schema.types import shown
from connectrules.testing import deeds
from connectrules.testing.deeds import Deed


class Refused(Exception):  # noqa: N818 - it says what happened, not what went wrong
    """A file, a program or the network was kept from a function."""


_AUDITED = {
    "builtins.input": "asked at the keyboard",
    "glob": deeds.FILES,
    "msvcrt": "asked at the keyboard",
    "open": deeds.FILES,
    "os": deeds.FILES,
    "os.exec": deeds.PROGRAM,
    "os.fork": deeds.PROGRAM,
    "os.forkpty": deeds.PROGRAM,
    "os.posix_spawn": deeds.PROGRAM,
    "os.putenv": "set an environment variable",
    "os.spawn": deeds.PROGRAM,
    "os.system": deeds.PROGRAM,
    "os.unsetenv": "set an environment variable",
    "pathlib": deeds.FILES,
    "shutil": deeds.FILES,
    "socket": deeds.NETWORK,
    "sqlite3": deeds.FILES,
    "subprocess": deeds.PROGRAM,
    "tempfile": deeds.FILES,
    "urllib": deeds.NETWORK,
    "webbrowser": deeds.NETWORK,
    "winreg": deeds.MACHINE,
}
"""What audit events tell of, by their names or what comes before the dot."""

_LET_PASS = frozenset({"logging", "warnings"})


class _Local(threading.local):
    done: list[Deed] | None = None


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
    error: BaseException | None
    deeds: tuple[Deed, ...]


def watched(call: Callable[[], object]) -> Watched:
    """What comes of *call*, which is kept from files, programs and the network.

    The garbage collector rests meanwhile: what it calls is nothing that *call* does.
    """
    _install()
    done: list[Deed] = []
    own_lots: list[object] = []
    answer, error = None, None
    before, profiler, collects = _local.done, sys.getprofile(), gc.isenabled()

    def profile(frame: FrameType, event: str, what: Any) -> None:  # noqa: ANN401 - as Python calls it
        if what is sys.setprofile and frame.f_code is watched.__code__:
            return
        deed = None
        if event == "c_call":
            deed = deeds.called(what, frame, own_lots)
        elif event == "call":
            deed = deeds.entered(frame, own_lots)
        if deed is not None and not _is_let_pass(frame):
            done.append(deed)

    gc.disable()
    _local.done = done
    sys.setprofile(profile)
    try:
        answer = call()
    except KeyboardInterrupt:
        raise
    except BaseException as raised:  # noqa: BLE001 - a phrase may raise anything
        error = raised
    finally:
        last = sys.getprofile()
        sys.setprofile(profiler)
        _local.done = before
        if collects:
            gc.enable()
    # Python drops a profiler that runs out of stack; who else drops it was seen to do so.
    if last not in {profile, None}:
        done.append(Deed(deeds.WATCHER, "sys.setprofile"))
    return Watched(answer, error, tuple(done))


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
    done = _local.done
    if done is None:
        return
    what = _AUDITED.get(event) or _AUDITED.get(event.partition(".")[0])
    if what is None or _is_let_pass(sys._getframe(1)):  # noqa: SLF001 - there is no other way
        return
    about = f"({shown(arguments[0])})" if event == "open" and arguments else ""
    deed = Deed(what, f"{event}{about}")
    done.append(deed)
    raise Refused(str(deed))
