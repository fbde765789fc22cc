"""Where keys and lines come from: a pipe, and what stands in for a keyboard."""

import sys
from contextlib import AbstractContextManager, nullcontext
from io import BytesIO
from typing import BinaryIO, Protocol

from connectrules.cli.console import is_terminal

END = ""
"""What is read where no more keys come."""
LONGEST = 65_536
"""How many bytes of a line are read: a pipe may never end one."""
_BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LEADS = ((3, 0xF0), (2, 0xE0), (1, 0xC0))
"""How many bytes of a character in UTF-8 follow one that is at least this."""


class Unended(Exception):  # noqa: N818 - how a line came, and no error in itself
    """The input ended within a line, which may be half of what was meant.

    Attributes:
        typed: What there is of it.
    """

    def __init__(self, typed: str) -> None:
        self.typed = typed
        super().__init__(typed)


class TooLong(Exception):  # noqa: N818 - how a line came, and no error in itself
    """A line is longer than what reads it can take, and its end is lost.

    Attributes:
        most: How many bytes it may have.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        super().__init__(most)


class Keyboard(Protocol):
    """Where keys and lines come from."""

    @property
    def patient(self) -> bool:
        """Whether somebody sits there who can be asked again."""

    @property
    def echoes(self) -> bool:
        """Whether the screen shows what is typed on a line by itself."""

    @property
    def where(self) -> str | None:
        """The place of what was read last, where it has one."""

    def ready(self) -> AbstractContextManager[object]:
        """Keys can be read inside it; afterwards all is as it was."""

    def fresh(self) -> None:
        """Drop the keys that somebody pressed before they could see what is asked."""

    def key(self) -> str:
        """The next key, as a character; `END` where no more come."""

    def line(self) -> str | None:
        """The next line, without its end; None where no more come.

        Raises:
            Unended: Where the input ends within the line.
            TooLong: Where the end of the line is lost.
        """


def keyboard() -> Keyboard:
    """What standard input is."""
    if sys.stdin is None:
        return Stream(BytesIO())
    if not is_terminal(sys.stdin):
        return Stream(sys.stdin.buffer)
    from connectrules.cli.asking import terminal  # noqa: PLC0415 - seldom a terminal in scripts

    return terminal.found(sys.stdin) or Stream(sys.stdin.buffer, patient=True)


def bytes_after(first: int) -> int:
    """How many bytes of a character in UTF-8 follow its *first*."""
    return next((count for count, lead in _LEADS if first >= lead), 0)


class Stream:
    """Keys and lines through a pipe, or each with Enter after it; white space is no key."""

    def __init__(self, stream: BinaryIO, *, patient: bool = False) -> None:
        """Read *stream*; *patient* as in `Keyboard`."""
        self.patient = patient
        self.echoes = patient
        self._stream = stream
        self._at = self._line = 1

    @property
    def where(self) -> str | None:
        """See `Keyboard`."""
        return None if self.patient else f"standard input:{self._at}"

    def ready(self) -> AbstractContextManager[object]:
        """See `Keyboard`."""
        return nullcontext()

    def fresh(self) -> None:
        """See `Keyboard`; what comes through a pipe is all meant."""

    def key(self) -> str:
        """See `Keyboard`."""
        while (char := self._char()).isspace() or char == _BYTE_ORDER_MARK:
            self._line += char == "\n"
        self._at = self._line
        return char

    def line(self) -> str | None:
        """See `Keyboard`: what is left of the line that is read, else the next with words."""
        first = self.key()
        if first == END:
            return None
        rest = self._stream.readline(LONGEST)
        self._line += rest.endswith(b"\n")
        line = (first + rest.decode(errors="replace")).strip()
        if len(rest) < LONGEST and not rest.endswith(b"\n"):
            raise Unended(line)
        return line

    def _char(self) -> str:
        read = self._stream.read(1)
        if read:
            read += self._stream.read(bytes_after(read[0]))
        return read.decode(errors="replace")
