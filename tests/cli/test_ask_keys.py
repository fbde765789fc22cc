"""Keys come from pipes, terminals and consoles of every kind; signals wait for their turn."""

import os
import signal
import sys
from collections.abc import Iterator
from io import BytesIO, StringIO
from threading import Timer
from types import SimpleNamespace

import pytest

from connectrules.cli.asking import keys, stopping, terminal
from connectrules.cli.asking.keys import END, Stream, TooLong, Unended

pty = pytest.importorskip("pty")


def test_keys_through_a_pipe() -> None:
    """White space and a byte order mark are none; other characters are whole."""
    stream = Stream(BytesIO("\ufeffy\r\n n\té日\n".encode()))

    assert [stream.key() for _ in range(6)] == ["y", "n", "é", "日", END, END]
    assert stream.where == "standard input:3"


def test_lines_through_a_pipe() -> None:
    """What is left of a line, else the next with words on it; one without an end is none."""
    stream = Stream(BytesIO(b"y500\n\n  5,000 \r\ny\nlast"))

    assert stream.key() == "y"
    assert stream.line() == "500"
    assert stream.where == "standard input:1"
    assert stream.line() == "5,000"
    assert stream.where == "standard input:3"
    assert stream.key() == "y"
    with pytest.raises(Unended) as unended:
        stream.line()
    assert unended.value.typed == "last"
    assert stream.line() is None


def test_bytes_that_are_no_text_are_no_keys() -> None:
    """They are shown as what they are not, and a character cut short ends nothing early."""
    assert [Stream(BytesIO(each)).key() for each in (b"\xff", b"\xe6\x97")] == ["\ufffd", "\ufffd"]


def test_a_line_that_never_ends_is_cut() -> None:
    """Nobody types one, and a pipe may send it."""
    line = Stream(BytesIO(b"a" * 1_000_000)).line()

    assert line is not None
    assert len(line) == keys.LONGEST + 1


def test_without_standard_input_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """As for a program that is started without one."""
    monkeypatch.setattr(sys, "stdin", None)

    assert keys.keyboard().key() == END


class _Stdin(StringIO):
    """A terminal."""

    buffer = BytesIO(b"y\n")

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        return 0


def test_windows_has_keys_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Arrows send two, Ctrl-C is one, and so is the end of input."""
    pressed = iter("\xe0Hy\r\x00;\x1an\x03")
    monkeypatch.setattr(sys, "stdin", _Stdin("500 \n"))
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.setitem(
        sys.modules, "msvcrt", SimpleNamespace(getwch=lambda: next(pressed), kbhit=lambda: False)
    )

    console = keys.keyboard()

    assert isinstance(console, terminal.Windows)
    with console.ready():
        assert [console.key() for _ in range(3)] == ["y", END, "n"]
        with pytest.raises(stopping.Stopped) as stopped:
            console.key()
        assert [console.line(), console.line()] == ["500", None]
    assert stopped.value.number == signal.SIGINT


def test_where_no_key_can_be_read_alone_enter_follows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """And somebody sits there all the same."""
    monkeypatch.setattr(sys, "stdin", _Stdin())
    monkeypatch.setitem(sys.modules, "termios", None)
    monkeypatch.setitem(sys.modules, "msvcrt", None)

    found = keys.keyboard()

    assert (found.key(), found.patient, found.where) == ("y", True, None)


@pytest.fixture
def ends() -> Iterator[tuple[int, int]]:
    """The two ends of a terminal: who types, and who reads."""
    hand, program = pty.openpty()
    yield hand, program
    for end in (hand, program):
        os.close(end)


def test_a_terminal_reads_keys_at_once(ends: tuple[int, int]) -> None:
    """Escape sequences are passed over, however they end; Ctrl-D is the end."""
    hand, program = ends
    keyboard = terminal.Terminal(program)
    with keyboard.ready():
        os.write(hand, "y\x1b[A\x1b[1;5B\x1bOP\x1bxn日\r\x04".encode())

        assert [keyboard.key() for _ in range(4)] == ["y", "n", "日", END]


def test_a_terminal_lets_lines_be_corrected(ends: tuple[int, int]) -> None:
    """Ctrl-D on an empty line is the end; within a line, that is none."""
    hand, program = ends
    keyboard = terminal.Terminal(program)
    with keyboard.ready():
        for seconds, typed in ((0.2, b"51\x7f00 \n"), (0.4, b"\x04"), (0.6, b"u\x04\x04")):
            Timer(seconds, os.write, (hand, typed)).start()

        assert [keyboard.line(), keyboard.line()] == ["500", None]
        with pytest.raises(Unended, match=r"^u$"):
            keyboard.line()


@pytest.mark.skipif(sys.platform != "linux", reason="each system has a length of its own")
def test_a_line_that_a_terminal_cuts_is_refused(ends: tuple[int, int]) -> None:
    """It keeps what fits, and says nothing of the rest; the next line is whole."""
    hand, program = ends
    keyboard = terminal.Terminal(program)
    with keyboard.ready():
        for seconds, typed in ((0.2, b"x" * 3_000), (0.4, b"x" * 3_000 + b"\n"), (0.6, b"y\n")):
            Timer(seconds, os.write, (hand, typed)).start()
        with pytest.raises(TooLong) as long:
            keyboard.line()

        assert long.value.most == 4_094
        assert keyboard.line() == "y"


def test_keys_pressed_before_a_question_are_dropped(ends: tuple[int, int]) -> None:
    """Those pressed after it was shown are not."""
    hand, program = ends
    keyboard = terminal.Terminal(program)
    with keyboard.ready():
        os.write(hand, b"yyy")
        keyboard.fresh()
        os.write(hand, b"n")

        assert keyboard.key() == "n"


def test_after_a_break_a_line_goes_on(ends: tuple[int, int]) -> None:
    """It is shown as it is typed, and can be corrected."""
    import termios  # noqa: PLC0415 - Windows has none

    hand, program = ends
    keyboard = terminal.Terminal(program)
    before = termios.tcgetattr(program)
    seen = []

    with keyboard.ready():
        Timer(0.2, os.kill, (os.getpid(), signal.SIGCONT)).start()
        Timer(0.5, lambda: seen.append(termios.tcgetattr(program))).start()
        Timer(0.6, os.write, (hand, b"51\x7f00\n")).start()

        assert keyboard.line() == "500"
    assert seen == [before]


def test_a_terminal_that_is_gone_has_no_more_keys() -> None:
    """As when its window is closed."""
    hand, program = pty.openpty()
    keyboard = terminal.Terminal(program)
    with keyboard.ready():
        os.close(hand)

        assert (keyboard.key(), keyboard.line()) == (END, None)
    os.close(program)


def test_after_a_break_keys_are_read_at_once_again(ends: tuple[int, int]) -> None:
    """`fg` brings the terminal back as the shell had it."""
    import termios  # noqa: PLC0415 - Windows has none

    _, program = ends
    keyboard = terminal.Terminal(program)
    before = termios.tcgetattr(program)
    with keyboard.ready():
        quiet = termios.tcgetattr(program)
        termios.tcsetattr(program, termios.TCSANOW, before)
        signal.raise_signal(signal.SIGCONT)

        assert termios.tcgetattr(program) == quiet
    assert termios.tcgetattr(program) == before


def test_a_signal_waits_until_a_key_is_waited_for() -> None:
    """What goes on is done whole; a second one breaks in."""
    done = []
    with stopping.stops() as heard:
        signal.raise_signal(signal.SIGINT)
        done.append("whole")
        with pytest.raises(stopping.Stopped), heard.waiting():
            done.append("never")
    with stopping.stops():
        signal.raise_signal(signal.SIGTERM)
        with pytest.raises(stopping.Stopped) as stopped:
            signal.raise_signal(signal.SIGINT)

    assert done == ["whole"]
    assert stopped.value.number == signal.SIGINT
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
