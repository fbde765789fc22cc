"""Ctrl-C and kills that can be heard, let in only while a key is waited for."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGQUIT", "SIGHUP")
_NUMBERS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""Windows has the first two."""


class Stopped(BaseException):
    """Somebody wants the program to end; no `except Exception` may keep it from it.

    Attributes:
        number: The signal.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)

    @property
    def is_hung_up(self) -> bool:
        """Whether the terminal is gone."""
        return self.number == getattr(signal, "SIGHUP", None)


class Stops:
    """Holds signals back while something is done that is better done whole."""

    def __init__(self) -> None:
        self._is_waiting = False
        self._pending: int | None = None

    def hear(self, number: int, _frame: FrameType | None) -> None:
        """A signal came; a second one breaks in at once."""
        if self._is_waiting or self._pending is not None:
            raise Stopped(number)
        self._pending = number

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let signals end this; `Stopped` at once where one came before."""
        self._is_waiting = True
        try:
            if self._pending is not None:
                raise Stopped(self._pending)
            yield
        finally:
            self._is_waiting = False


@contextmanager
def stops() -> Iterator[Stops]:
    """What hears signals meanwhile."""
    found = Stops()
    before = [signal.signal(number, found.hear) for number in _NUMBERS]
    try:
        yield found
    finally:
        for number, handler in zip(_NUMBERS, before, strict=True):
            signal.signal(number, handler)
