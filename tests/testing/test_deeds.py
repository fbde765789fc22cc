"""Single calls, told apart by what they do beside working on what they are given."""

import datetime
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

import pytest

from connectrules.testing.deeds import called, entered

NOW = datetime.datetime(2026, 1, 31, tzinfo=datetime.UTC)
LOTS = random.Random(7)  # noqa: S311 - it is no secret
FILE = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115 - open for all tests

CALLS: dict[str, tuple[Callable[..., Any], str | None]] = {
    "the time": (time.time, "asked for the time (`time.time`)"),
    "today": (datetime.date.today, "asked for the time (`date.today`)"),
    "now": (datetime.datetime.now, "asked for the time (`datetime.now`)"),
    "a day that is named": (datetime.date.fromisoformat, None),
    "here": (
        NOW.replace(tzinfo=None).astimezone,
        "asked about the machine (`datetime.astimezone`)",
    ),
    "a text of a time": (NOW.isoformat, None),
    "chance": (LOTS.getrandbits, "drew a random number (`random.getrandbits`)"),
    "a file": (FILE.buffer.read, "went to the files (`BufferedRandom.read`)"),
    "a text in memory": (io.StringIO("here").readline, None),
    "what is printed": (sys.stdout.write, None),
    "who asks": (os.getpid, "asked about the machine (`os.getpid`)"),
    "a length": (len, None),
    "a list": ([1, 2].append, None),
}


@pytest.mark.parametrize(("function", "deed"), CALLS.values(), ids=CALLS)
def test_what_a_call_does(function: Callable[..., Any], deed: str | None) -> None:
    """It is told in words with the function; what only works on its arguments is no deed."""
    found = called(function, sys._getframe(), [])

    assert (None if found is None else str(found)) == deed


def test_own_lots_are_no_chance() -> None:
    """A generator that was made while it is watched was given its seed."""
    assert called(LOTS.getrandbits, sys._getframe(), [LOTS]) is None


def test_what_cannot_be_hashed_does_nothing_known() -> None:
    """It is no function of Python's own."""

    class Odd(list[int]):
        """A list that can be called."""

        def __call__(self) -> None:
            """Do nothing."""

    assert called(Odd(), sys._getframe(), []) is None


def test_functions_of_python_are_told_by_their_code() -> None:
    """A variable of the environment is looked up by a function that is not built in."""
    found = []

    def profile(frame: Any, event: str, _: object) -> None:  # noqa: ANN401 - a frame
        if event == "call":
            found.append(frame)

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        os.environ.get("HOME")
    finally:
        sys.setprofile(before)

    deeds = [deed for frame in found if (deed := entered(frame, [])) is not None]
    assert [str(each) for each in deeds] == ["read an environment variable (`os.environ`)"]
