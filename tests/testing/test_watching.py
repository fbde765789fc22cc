"""What a function does beside looking at its record is seen, and kept from happening."""

import _thread
import datetime
import logging
import os
import random
import secrets
import socket
import subprocess
import sys
import time
import uuid
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from connectrules.testing.watching import watched

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
    "a folder": (lambda: [*Path().iterdir()], "went to the files (`os.listdir`)"),
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
}


@pytest.mark.parametrize(("call", "deed"), DEEDS.values(), ids=DEEDS)
def test_a_deed_is_seen(call: Callable[[], object], deed: str) -> None:
    """The first thing it did is told, with the function it was done by."""
    found = watched(call)

    assert str(found.deeds[0]) == deed


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
        return sorted([lots.random(), day.toordinal()]), day.isoformat(), f"{day:%d}", {"a": 1}

    found = watched(work)

    assert (found.deeds, found.error) == ((), None)


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
