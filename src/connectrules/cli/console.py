"""Standard output and error: encodings, colours, widths, whole lines."""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from types import FrameType
from typing import TextIO

import click

from connectrules.render.paint import Paint, Role, plain

_PIPED_WIDTH = 80
_NARROWEST = 40
_MOST_HELD = 32_768
_LONGEST_HELD = 0.25

_STYLES: dict[Role, dict[str, str | bool]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "help": {"fg": "cyan", "bold": True},
    "frame": {"dim": True},
    "title": {"bold": True},
    "connect": {"fg": "green", "bold": True},
    "decline": {"fg": "red"},
    "review": {"fg": "yellow", "bold": True},
    "undecided": {"fg": "cyan"},
    "added": {"fg": "green"},
    "removed": {"fg": "red"},
}


def prepare() -> None:
    """Make both streams take any text; files and pipes get UTF-8 and plain line feeds."""
    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        if stream.isatty():
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        else:
            stream.reconfigure(  # type: ignore[union-attr]
                encoding="utf-8", errors="backslashreplace", newline="\n"
            )


def abandon() -> None:
    """Give up both streams, so that what they still hold troubles nobody."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, AttributeError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def is_terminal(stream: TextIO | None) -> bool:
    """Whether *stream* is read by a person as it is written."""
    return stream is not None and stream.isatty()


def width(stream: TextIO | None) -> int:
    """How many columns *stream* has: those of its terminal, else 80."""
    if stream is None or not stream.isatty():
        return _PIPED_WIDTH
    with contextlib.suppress(OSError):
        return max(os.get_terminal_size(stream.fileno()).columns or _PIPED_WIDTH, _NARROWEST)
    return _PIPED_WIDTH


def paint(stream: TextIO | None) -> Paint:
    """Colours where *stream* is a terminal that wants them, see no-color.org."""
    if not is_terminal(stream) or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return plain
    return _colour


def _colour(role: Role, text: str) -> str:
    style = _STYLES[role]
    return click.style(
        text,
        fg=style.get("fg"),
        bold=True if style.get("bold") else None,
        dim=True if style.get("dim") else None,
    )


def note(text: str = "") -> None:
    """Say *text* on standard error."""
    click.echo(text, err=True)


class Lines:
    """Standard output in whole lines, held back only for a moment."""

    def __init__(self) -> None:
        self._held: list[str] = []
        self._size = 0
        self._since = time.monotonic()

    def add(self, line: str) -> None:
        """Write *line*, soon."""
        self._held.append(line)
        self._size += len(line)
        if self._size > _MOST_HELD or time.monotonic() - self._since > _LONGEST_HELD:
            self.flush()

    def flush(self) -> None:
        """Write what is held."""
        if self._held:
            with _unbroken():
                click.echo("\n".join(self._held))
        self._held.clear()
        self._size = 0
        self._since = time.monotonic()


@contextlib.contextmanager
def _unbroken() -> Iterator[None]:
    """Hold Ctrl-C back until a line is whole; pressed again, it breaks in at once."""
    pressed: list[int] = []

    def hold(number: int, _frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    before = signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if pressed:
        raise KeyboardInterrupt
