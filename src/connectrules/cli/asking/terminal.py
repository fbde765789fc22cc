"""Keys as they are pressed on a terminal."""

import os
import select
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import Any, TextIO

from connectrules.cli.asking.keys import (
    END,
    LONGEST,
    Keyboard,
    TooLong,
    Unended,
    bytes_after,
)
from connectrules.cli.asking.stopping import Stopped

_ESCAPE = "\x1b"
_INTERRUPT = "\x03"
_ENDS = frozenset({"\x04", "\x1a"})
"""Ctrl-D, and what Windows has for it."""
_BEGIN_SEQUENCE = frozenset({"[", "O"})
_LAST_OF_SEQUENCE = range(0x40, 0x7F)
_SOON = 0.05
"""Seconds within which the rest of what one key sends has come."""
_LOCAL_MODES = 3
_LONGEST_LINE = 4_095
"""How many bytes of a line a terminal keeps with its end; what is past them it drops unsaid."""


def found(stream: TextIO) -> Keyboard | None:
    """The keyboard of the terminal that is *stream*, where keys can be read without Enter."""
    with suppress(ModuleNotFoundError):
        return Terminal(stream.fileno())
    with suppress(ModuleNotFoundError):
        return Windows()
    return None


class Terminal:
    """A terminal whose keys are read as they are pressed."""

    patient = True
    echoes = True
    where = None

    def __init__(self, number: int) -> None:
        """The terminal that is file *number*."""
        import termios  # noqa: PLC0415 - Windows has none

        self._termios = termios
        self._number = number
        self._before: list[Any] = []
        self._is_typing = False

    @contextmanager
    def ready(self) -> Iterator[None]:
        """See `Keyboard`; keys are not shown."""
        self._before = self._termios.tcgetattr(self._number)
        # Ctrl-Z leaves the terminal to the shell, and `fg` brings it back as the shell had it.
        handler = signal.signal(signal.SIGCONT, lambda *_: self._come_back())
        self._hide()
        try:
            yield
        finally:
            signal.signal(signal.SIGCONT, handler)
            self._set(self._before)

    def fresh(self) -> None:
        """See `Keyboard`."""
        with suppress(self._termios.error):
            self._termios.tcflush(self._number, self._termios.TCIFLUSH)

    def key(self) -> str:
        """See `Keyboard`; arrows and their like are no keys."""
        while (char := self._char()) == _ESCAPE or char.isspace():
            if char == _ESCAPE:
                self._skip_sequence()
        return END if char in _ENDS else char

    def line(self) -> str | None:
        """See `Keyboard`; the terminal shows it, and lets it be corrected."""
        read = b""
        self._is_typing = True
        self._set(self._before)
        try:
            while not read.endswith(b"\n"):
                more = self._read(LONGEST)
                if not more:
                    break
                read += more
        finally:
            self._is_typing = False
            self._hide()
        line = read.decode(errors="replace").strip()
        if not read.endswith(b"\n"):
            if line:
                raise Unended(line)
            return None
        if len(read) > _LONGEST_LINE:
            raise TooLong(_LONGEST_LINE - 1)
        return line

    def _come_back(self) -> None:
        """Have the terminal as it was before a break."""
        if self._is_typing:
            self._set(self._before)
        else:
            self._hide()

    def _hide(self) -> None:
        """Read keys without waiting for Enter, and show none."""
        with suppress(self._termios.error):
            settings = self._termios.tcgetattr(self._number)
            settings[_LOCAL_MODES] &= ~(self._termios.ECHO | self._termios.ICANON)
            self._set(settings)

    def _set(self, settings: list[Any]) -> None:
        # A terminal that is gone has no settings.
        with suppress(self._termios.error):
            self._termios.tcsetattr(self._number, self._termios.TCSADRAIN, settings)

    def _read(self, most: int) -> bytes:
        try:
            return os.read(self._number, most)
        except OSError:
            return b""

    def _char(self) -> str:
        read = self._read(1)
        for _ in range(bytes_after(read[0]) if read else 0):
            read += self._read(1)
        return read.decode(errors="replace")

    def _skip_sequence(self) -> None:
        """Read what a key such as an arrow sends after the escape character."""
        if self._has_more() and self._char() in _BEGIN_SEQUENCE:
            while self._has_more() and ord(self._char() or "~") not in _LAST_OF_SEQUENCE:
                pass

    def _has_more(self) -> bool:
        return bool(select.select([self._number], [], [], _SOON)[0])


class Windows:
    """The keyboard of a Windows console."""

    patient = True
    echoes = True
    where = None

    _BEGIN_SEQUENCE = frozenset({"\x00", "\xe0"})

    def __init__(self) -> None:
        import msvcrt  # noqa: PLC0415 - Windows alone has it

        self._next: Callable[[], str] = msvcrt.getwch  # type: ignore[attr-defined]
        self._has_next: Callable[[], bool] = msvcrt.kbhit  # type: ignore[attr-defined]

    def ready(self) -> AbstractContextManager[object]:
        """See `Keyboard`."""
        return nullcontext()

    def fresh(self) -> None:
        """See `Keyboard`; Ctrl-C is heard all the same."""
        while self._has_next():
            if self._next() == _INTERRUPT:
                raise Stopped(signal.SIGINT)

    def key(self) -> str:
        """See `Keyboard`; arrows and their like are no keys."""
        while (char := self._next()) in self._BEGIN_SEQUENCE or char.isspace():
            if char in self._BEGIN_SEQUENCE:
                self._next()
        if char == _INTERRUPT:
            raise Stopped(signal.SIGINT)
        return END if char in _ENDS else char

    def line(self) -> str | None:
        """See `Keyboard`."""
        try:
            return input().strip()
        except EOFError:
            return None
