"""Lines come out whole, and soon."""

import signal
import sys

import click
import pytest

from connectrules.cli import console
from connectrules.cli.progress import Working


def test_lines_are_held_only_for_a_moment(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many, long or old ones are written at once; the rest when asked for."""
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    lines = console.Lines()

    lines.add("one")
    early = capsys.readouterr().out
    now = 1.0
    lines.add("two")
    late = capsys.readouterr().out
    lines.add("x" * 40_000)
    long = capsys.readouterr().out
    lines.add("three")
    lines.flush()
    lines.flush()

    assert (early, late, len(long)) == ("", "one\ntwo\n", 40_001)
    assert capsys.readouterr().out == "three\n"


def test_ctrl_c_waits_for_the_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pressed while a line is written, it works once it is."""
    echo = click.echo

    def interrupted(text: str) -> None:
        signal.raise_signal(signal.SIGINT)
        echo(text)

    monkeypatch.setattr(click, "echo", interrupted)
    lines = console.Lines()
    lines.add("whole")

    with pytest.raises(KeyboardInterrupt):
        lines.flush()

    assert capsys.readouterr().out == "whole\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_ctrl_c_twice_breaks_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nobody waits for a reader that never reads."""

    def stuck(_text: str) -> None:
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        pytest.fail("the second one came through")

    monkeypatch.setattr(click, "echo", stuck)
    lines = console.Lines()
    lines.add("never")

    with pytest.raises(KeyboardInterrupt):
        lines.flush()


def test_without_streams_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program may be started with both closed."""
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)

    console.prepare()

    assert not console.is_terminal(sys.stdout)
    assert console.width(sys.stdout) == 80


def test_no_sign_of_life_without_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """Not even after a while."""
    with Working() as working:
        working.count()
        working.before_output()

    assert capsys.readouterr() == ("", "")
