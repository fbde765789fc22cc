"""What a function does beside looking at its record is seen, and kept from happening."""

import _thread
import cProfile
import datetime
import gc
import io
import logging
import os
import random
import secrets
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from connectrules.testing.watching import watched

LOTS = random.Random(7)  # noqa: S311 - it is no secret
BASE = sqlite3.connect(":memory:")
TEXT = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - open for all tests
ENDS = socket.socketpair()

DEEDS: dict[str, tuple[Callable[[], object], str]] = {
    "time": (time.time, "asked for the time (`time.time`)"),
    "a clock": (time.monotonic_ns, "asked for the time (`time.monotonic_ns`)"),
    "today": (datetime.date.today, "asked for the time (`date.today`)"),
    "now": (
        lambda: datetime.datetime.now(tz=datetime.UTC),
        "asked for the time (`datetime.now`)",
    ),
    "chance": (lambda: random.choice("ab"), "drew a random number (`random.getrandbits`)"),  # noqa: S311
    "secrets": (secrets.token_hex, "drew a random number (`os.urandom`)"),
    "an id": (uuid.uuid4, "drew a random number (`os.urandom`)"),
    "a file": (
        lambda: Path("a.txt").read_text(encoding="utf-8"),
        "went to the files (`open(a.txt)`)",
    ),
    "whether there is a file": (lambda: Path("a.txt").exists(), "went to the files (`os.stat`)"),
    "a folder": (os.listdir, "went to the files (`os.listdir`)"),
    "the network": (
        lambda: socket.create_connection(("example.org", 80)),
        "went to the network (`socket.getaddrinfo`)",
    ),
    "a program": (
        lambda: subprocess.run(["true"], check=False),  # noqa: S607
        "went to another program (`subprocess.Popen`)",
    ),
    "a shell": (lambda: os.system("true"), "went to another program (`os.system`)"),  # noqa: S605, S607
    "a variable": (lambda: os.environ.get("HOME"), "read an environment variable (`os.environ`)"),
    "a variable, by the other way": (
        lambda: os.getenv("HOME"),
        "read an environment variable (`os.environ`)",
    ),
    "a thread": (
        lambda: _thread.start_new_thread(int, ()),
        "started a thread (`_thread.start_new_thread`)",
    ),
    "where it runs": (os.getcwd, "asked about the machine (`os.getcwd`)"),
    "this year": (lambda: time.strftime("%Y"), "asked for the time (`time.strftime`)"),
    "here and now": (lambda: time.localtime(), "asked for the time (`time.localtime`)"),  # noqa: PLW0108
    "the time zone": (
        lambda: datetime.datetime(2026, 1, 31).astimezone(),
        "asked about the machine (`datetime.astimezone`)",
    ),
    "chance of its own": (
        lambda: random.Random().random(),  # noqa: S311 - it is no secret
        "drew a random number (`random.seed`)",
    ),
    "chance made before": (LOTS.random, "drew a random number (`random.random`)"),
    "a database opened before": (
        lambda: BASE.execute("SELECT 1").fetchone(),
        "went to a database (`Connection.execute`)",
    ),
    "a text opened before": (TEXT.readline, "went to the files (`TextIOWrapper.readline`)"),
    "a connection made before": (
        lambda: ENDS[0].send(b"here"),
        "went to the network (`socket.send`)",
    ),
    "another who watches": (
        cProfile.Profile().enable,
        "switched off what watches it (`Profile.enable`)",
    ),
    "looking away": (
        lambda: sys.setprofile(None),
        "switched off what watches it (`sys.setprofile`)",
    ),
}


@pytest.mark.parametrize(("call", "deed"), DEEDS.values(), ids=DEEDS)
def test_a_deed_is_seen(call: Callable[[], object], deed: str) -> None:
    """The first thing it did is told, with the function it was done by."""
    found = watched(call)

    assert str(found.deeds[0]) == deed


def test_folders_are_not_looked_into() -> None:
    """By which function pathlib does it is another in other Pythons."""
    (deed, *_) = watched(lambda: [*Path().iterdir()]).deeds

    assert str(deed).startswith("went to the files (`os.")


def test_files_are_not_touched(tmp_path: Path) -> None:
    """What is kept from it raises, and is told even where the function takes that calmly."""

    def write() -> str:
        try:
            (tmp_path / "a.txt").write_text("here", encoding="utf-8")
        except Exception:  # noqa: BLE001 - it takes anything calmly
            return "never mind"
        return "written"

    found = watched(write)

    assert (found.answer, len(found.deeds)) == ("never mind", 1)
    assert not [*tmp_path.iterdir()]


def test_what_only_counts_is_no_deed() -> None:
    """Sums, days, seeded lots and texts are worked out from what is given."""

    def work() -> object:
        lots = random.Random(7)  # noqa: S311 - it is no secret
        day = datetime.date(2026, 1, 31) - datetime.timedelta(days=3)
        known = datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC).astimezone(datetime.UTC)
        read = datetime.datetime.strptime("2026-01-31", "%Y-%m-%d")  # noqa: DTZ007
        times = (
            time.gmtime(0),
            time.ctime(0),
            time.localtime(0),
            time.strftime("%Y", time.gmtime(0)),
        )
        text = io.StringIO("here").readline(), io.TextIOWrapper(io.BytesIO(b"here")).read()
        sys.stdout.write("asked")
        return sorted([lots.random(), day.toordinal()]), day.isoformat(), known, read, times, text

    found = watched(work)

    assert (found.deeds, found.error) == ((), None)


def test_what_the_garbage_collector_calls_is_no_deed() -> None:
    """It may run at any time, and clear away what others left."""

    class Others:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            time.time()

    def work() -> int:
        return len([[each] for each in range(20_000)])

    for _ in range(50):
        Others()
    found = watched(work)

    assert (found.answer, found.deeds) == (20_000, ())
    assert gc.isenabled()


def test_who_switched_it_off_leaves_it_so() -> None:
    """The garbage collector is as it was."""
    gc.disable()
    try:
        watched(lambda: 1)
        assert not gc.isenabled()
    finally:
        gc.enable()


@pytest.mark.parametrize("error", [SystemExit, GeneratorExit, BaseException])
def test_what_ends_a_program_is_an_error_like_any(error: type[BaseException]) -> None:
    """It does not end the search."""

    def leave() -> None:
        raise error

    assert isinstance(watched(leave).error, error)


def test_running_out_of_stack_is_an_error_alone() -> None:
    """Python takes the profiler away then; that is nothing the function did."""

    def again() -> object:
        return again()

    found = watched(again)

    assert (type(found.error), found.deeds) == (RecursionError, ())


def test_who_interrupts_is_heard() -> None:
    """Ctrl-C comes from outside; all is as it was after it."""

    def wait() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watched(wait)

    assert gc.isenabled()
    assert Path(__file__).exists()


def test_imports_logs_and_warnings_are_let_pass(caplog: pytest.LogCaptureFixture) -> None:
    """They go to the files and ask for the time, and that is nobody's verdict."""
    sys.modules.pop("this", None)
    sys.modules.pop("colorsys", None)

    def work() -> object:
        import colorsys  # noqa: PLC0415 - the point of it

        logging.getLogger("phrases").warning("asked")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.warn("asked", stacklevel=1)
        return colorsys.rgb_to_hls(1, 1, 1)

    found = watched(work)

    assert (found.deeds, found.error) == ((), None)
    assert caplog.messages == ["asked"]


def test_nothing_is_seen_before_and_after(tmp_path: Path) -> None:
    """Whoever calls may do all that, and a profiler of theirs goes on."""
    called: list[str] = []

    def profile(_frame: object, event: str, _what: object) -> None:
        called.append(event)

    sys.setprofile(profile)
    try:
        watched(lambda: 1)
        assert sys.getprofile() is profile
    finally:
        sys.setprofile(None)

    assert called
    (tmp_path / "a.txt").write_text("here", encoding="utf-8")
