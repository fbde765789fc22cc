"""`ask` in a real terminal: keys, ends of all kinds, narrow windows, and kills at any moment."""

import contextlib
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectrules.render.cells import width
from connectrules.schema.types import UNSURE
from connectrules.store import AnswerStore
from tests.cli.test_process import ESCAPE, PROGRAM, environment

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

POLICY = """\
ASK would recommend: "Would you recommend {name} to your clients?"
FACT relationship: one of "client", "journalist", "peer"
CONNECT "friends" WHEN would recommend AND followers is at least 10
BECAUSE "I know them"
REVIEW "press" WHEN relationship is "journalist"
OTHERWISE DECLINE BECAUSE "not all of it holds"
"""
TABLE = """\
key,name,position,company,connected on,would recommend,followers,relationship
ada,Ada Example,Cooper,Barrels & Co,2024-05-01,,500,client
bob,Bob Example,Baker,Crumb,2023-01-31,,,peer
cy,Cy Example,Clerk,,,yes,500,
"""
SCREEN = """\
  Would you recommend Ada Example to your clients?
  y yes  n no  u unsure  s skip  b back  ? why  q stop  > yes
  → connect, by `friends`: I know them

Cy Example ─────────────────────────────────────────────────── 1 settled, 2 left
  Clerk
  cy

  Cy Example: relationship?
  1 client  2 journalist  3 peer
  u unsure  s skip  b back  ? why  q stop  > why

  UNDECIDED  Cy Example
  ├─ what to ask
  │  └─ relationship
  │     ├─ "client" or "peer": connect
  │     └─ "journalist": review
  └─ what may decide it
     └─ press
        └─ relationship is "journalist": not known

  Cy Example: relationship?
  1 client  2 journalist  3 peer
  u unsure  s skip  b back  ? why  q stop  >
"""
MANY = 400
PROMPT = "stop  > "


@pytest.fixture(autouse=True)
def _files(folder: Path) -> None:
    (folder / "my.policy").write_text(POLICY, encoding="utf-8")
    (folder / "people.csv").write_text(TABLE, encoding="utf-8")


def spawned(*typed: str, columns: int = 80, **changes: str) -> Any:  # noqa: ANN401 - untyped
    """The program on a terminal of its own, asking about the people."""
    files = typed or ("my.policy", "people.csv")
    return pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], "ask", *files, "--answers", "my.db"],
        env=environment(NO_COLOR="1", **changes),
        encoding="utf-8",
        dimensions=(24, columns),
        timeout=60,
    )


def pressed(child: Any, *keys: str) -> str:  # noqa: ANN401 - untyped
    """What is seen once *keys* are pressed, each behind a prompt, and the program has ended."""
    seen = ""
    for key in keys:
        child.expect_exact("> ")
        seen += child.before + child.after
        child.send(key)
    seen += child.read()
    child.wait()
    child.close()
    return str(seen.replace("\r\n", "\n"))


def kept() -> dict[tuple[str, str], object]:
    """The answers in the store."""
    with AnswerStore.reading("my.db") as store:
        return {(key, fact): value for key in store.keys() for fact, value in store.of(key).items()}  # noqa: SIM118 - no mapping


@pytest.mark.once
def test_keys_are_read_as_they_are_pressed() -> None:
    """No Enter is needed; what is typed is ended with it."""
    seen = pressed(spawned(), "y", "2", "5\r", "q")

    assert kept() == {
        ("ada", "would recommend"): True,
        ("cy", "relationship"): "journalist",
        ("bob", "followers"): 5,
    }
    assert "stop  > yes\n  → connect, by `friends`: I know them\n" in seen
    assert "stop  > journalist\n  → review, by `press`\n" in seen


def test_a_typed_answer_is_told_as_it_was_read() -> None:
    """It can be corrected on its line; what does not fit is asked again."""
    (Path.cwd() / "my.policy").write_text(
        "CONNECT WHEN followers is at least 1,000 OTHERWISE DECLINE", encoding="utf-8"
    )
    (Path.cwd() / "people.csv").write_text("key,name\nbob,Bob Example\n", encoding="utf-8")

    seen = pressed(spawned(), "many\r", "\r", "-5\r", "12\x7f\x7f5,000\r", "q")

    assert kept() == {("bob", "followers"): 5_000}
    assert "`many` is not a whole number, 0 or more\n" in seen
    assert "nothing was typed\n" in seen
    assert "kept: 5,000\n" in seen


@pytest.mark.once
def test_no_other_key_does_anything() -> None:
    """Arrows are no keys though what they send holds letters; neither is white space."""
    child = spawned()
    seen = pressed(child, "\x1b[B\x1bOQ\x1b[1;5B \r\tx", "é", "日", "q")

    assert kept() == {}
    assert re.findall("  `(.)` is none of the keys", seen) == ["x", "é", "日"]
    assert child.exitstatus == 0


@pytest.mark.once
@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("q", 0),
        ("\x04", 0),
        ("\x03", 130),
        ("\x1c", 131),
        (signal.SIGTERM, 143),
        (signal.SIGINT, 130),
    ],
)
def test_every_end_is_quiet_and_tells_what_changed(end: str | int, status: int) -> None:
    """Ctrl-D is as q is; Ctrl-C and a kill have their own exit status."""
    child = spawned()
    child.expect_exact(PROMPT)
    child.send("y")
    child.expect_exact(PROMPT)
    if isinstance(end, str):
        child.send(end)
    else:
        child.kill(end)
    seen = child.read().replace("\r\n", "\n")
    child.close()

    assert "asked 1 question: 1 contact settled (1 connect), 2 still undecided\n" in seen
    assert "Traceback" not in seen
    assert child.exitstatus == status
    assert kept() == {("ada", "would recommend"): True}


@pytest.mark.once
def test_a_terminal_that_is_closed_ends_it() -> None:
    """There is nobody left to tell anything."""
    child = spawned()
    child.expect_exact(PROMPT)
    child.send("y")
    child.expect_exact(PROMPT)
    child.kill(signal.SIGHUP)
    seen = child.read()
    child.close()

    assert seen == ""
    assert child.exitstatus == 128 + signal.SIGHUP
    assert kept() == {("ada", "would recommend"): True}


@pytest.mark.once
@pytest.mark.parametrize("end", ["q", "\x03", "\x04", "\x1c"])
def test_the_terminal_is_left_as_it_was(end: str) -> None:
    """However it ends."""
    run = shlex.join([*PROGRAM, "ask", "my.policy", "people.csv", "--answers", "my.db"])
    child = pexpect.spawn(
        "/bin/bash",
        ["-c", f"trap : INT; stty -a > before; {run}; stty -a > after"],
        env=environment(),
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=60,
    )
    pressed(child, end)

    before, after = (Path(name).read_text(encoding="utf-8") for name in ("before", "after"))
    assert "icanon" in before
    assert after == before


@pytest.mark.once
def test_b_takes_back_the_answer_given_last_across_a_restart() -> None:
    """The last question of all can be gone back to as well, and the one before the first."""
    pressed(spawned(), "y", "1", "5\r", "q")
    seen = pressed(spawned(), "b", "7\r", "b", "q\r")

    assert "there is no more to ask\n  b back  q stop  > back\n" in seen
    assert "took back the answer about Bob Example: `followers` was 5, given by " in seen
    assert "took back the answer about Bob Example: `followers` was 7\n" in seen
    assert kept() == {("ada", "would recommend"): True, ("cy", "relationship"): "client"}


@pytest.mark.once
@pytest.mark.parametrize("columns", [40, 57, 80])
def test_nothing_is_wider_than_the_terminal(columns: int) -> None:
    """Names and questions wrap, and keep to themselves what would act on a terminal."""
    name = "王小明" * 9 + "\x1b[31m\N{RIGHT-TO-LEFT OVERRIDE}" + "Example " * 9
    Path("people.csv").write_text(
        f"key,name,position,company,url,relationship,followers\nada,{name},{name},{name},"
        f"https://ada.example/{'a' * 90},,500\n",
        encoding="utf-8",
    )

    seen = pressed(spawned(columns=columns), "?", "x", "y", "b", "s", "7\r", "q")

    assert all(width(line) <= columns for line in seen.split("\n") if "connectrules" not in line)
    assert "\x1b" not in seen
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in seen
    assert "<U+202E>" in seen


@pytest.mark.once
def test_colours_are_for_terminals_that_want_them() -> None:
    """Without them the text is the same."""
    coloured = spawned()
    coloured.close(force=True)
    child = pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], "ask", "my.policy", "people.csv", "--answers", "my.db"],
        env=environment(),
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=60,
    )
    seen = pressed(child, "y", "q")

    assert "\x1b[32m\x1b[1mconnect\x1b[0m" in seen
    assert "→ connect, by `friends`: I know them\n" in ESCAPE.sub("", seen)


@pytest.mark.once
def test_questions_go_where_they_are_seen() -> None:
    """To standard error, where standard output goes into a file."""
    run = shlex.join([*PROGRAM, "ask", "my.policy", "people.csv", "--answers", "my.db"])
    child = pexpect.spawn(
        "/bin/bash",
        ["-c", f"{run} > out.txt"],
        env=environment(),
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=60,
    )
    seen = pressed(child, "y", "q")

    assert "Ada Example" in seen
    assert Path("out.txt").read_text(encoding="utf-8") == ""


@pytest.mark.once
def test_a_closed_pipe_ends_it_quietly() -> None:
    """As in `| head -1`: the answers that were given are kept."""
    child = subprocess.Popen(
        [*PROGRAM, "ask", "my.policy", "people.csv", "--answers", "my.db"],
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stderr is not None
    with child, child.stdin, child.stderr:
        first = child.stdout.readline()
        child.stdout.close()
        child.stdin.write("yy")
        child.stdin.close()
        said = child.stderr.read()

    assert first == "0 of 3 contacts settled; 2 need one answer, 1 more\n"
    assert said == "`people.csv` is read as CSV\n`people.csv`: 3 rows read\n"
    assert child.returncode == 141
    assert set(kept()) <= {("ada", "would recommend")}


@pytest.mark.once
def test_without_standard_output_answers_are_kept() -> None:
    """As after `>&-` in a shell: nothing is seen, and nothing breaks."""
    run = shlex.join([*PROGRAM, "ask", "my.policy", "people.csv", "--answers", "my.db"])
    done = subprocess.run(
        ["/bin/bash", "-c", f"printf y | {run} >&-"],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.stderr == "`people.csv` is read as CSV\n`people.csv`: 3 rows read\n"
    assert done.returncode == 0
    assert kept() == {("ada", "would recommend"): True}


@pytest.mark.once
def test_a_key_meant_for_nobody_is_dropped_before_somebody_new() -> None:
    """What was pressed too often does not answer for the next contact."""
    child = spawned()
    child.expect_exact(PROMPT)
    child.send("yyy")
    child.expect_exact("relationship?")
    child.expect_exact(PROMPT)
    child.send("q")
    seen = child.read()
    child.close()

    assert "none of the keys" not in seen
    assert kept() == {("ada", "would recommend"): True}


@pytest.mark.once
def test_a_killed_process_loses_no_answer(folder: Path) -> None:
    """Whatever was shown as answered is in the store, and at most one answer more."""
    rows = "".join(f"k{number},P{number} Example,500\n" for number in range(MANY))
    (folder / "many.csv").write_text(f"key,name,followers\n{rows}", encoding="utf-8")
    (folder / "my.policy").write_text(
        'ASK would recommend: "Would you recommend {name}?"\nCONNECT WHEN would recommend\n'
        "OTHERWISE DECLINE",
        encoding="utf-8",
    )
    chance = random.Random(20261122)  # noqa: S311 - no secret
    told: dict[str, object] = {}
    for _ in range(8):
        child = spawned("my.policy", "many.csv")
        child.expect_exact(PROMPT)
        until = time.monotonic() + chance.uniform(0.0, 0.4)
        seen = child.before + child.after
        while time.monotonic() < until:
            child.send(chance.choice("ynu"))
            time.sleep(chance.uniform(0.0, 0.01))
        child.kill(signal.SIGKILL)
        with contextlib.suppress(OSError):
            seen += child.read()
        child.close()
        told |= _answered(seen)

        stored = {key: value for (key, _), value in kept().items()}
        assert told.items() <= stored.items()
        assert len(stored) - len(told) <= 1
        told = stored

    assert len(told) > 8


def _answered(seen: str) -> Iterator[tuple[str, object]]:
    """What *seen* says was answered, by key."""
    values = {"yes": True, "no": False, "unsure": UNSURE}
    told = re.findall(r"Would you recommend P(\d+) Example\?\r\n[^\r]*> (yes|no|unsure)\r\n", seen)
    return ((f"k{number}", values[value]) for number, value in told)


@pytest.mark.once
@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_terminal_of_80_columns_and_24_lines(folder: Path) -> None:
    """What a person sees in tmux, whole."""
    run = shlex.join([*PROGRAM, "ask", "my.policy", "people.csv", "--answers", "my.db"])
    with _tmux(folder, run) as screen:
        screen.wait("0 settled")
        screen.press("y")
        screen.wait("1 settled")
        screen.press("?")

        seen = screen.wait("relationship is")
        assert seen == SCREEN


class _Screen:
    """A session of tmux."""

    def __init__(self, name: str) -> None:
        self._name = name

    def press(self, *keys: str) -> None:
        """Press *keys*."""
        self._tmux("send-keys", "-t", self._name, *keys)

    def wait(self, text: str) -> str:
        """What is on the screen once *text* is."""
        until = time.monotonic() + 30
        while text not in (seen := self._tmux("capture-pane", "-p", "-t", self._name)):
            assert time.monotonic() < until, seen
            time.sleep(0.05)
        time.sleep(0.2)
        return self._tmux("capture-pane", "-p", "-t", self._name)

    def _tmux(self, *typed: str) -> str:
        command = ["tmux", "-L", self._name, *typed]
        return subprocess.run(
            command, capture_output=True, check=True, encoding="utf-8", env=environment()
        ).stdout


@contextlib.contextmanager
def _tmux(folder: Path, run: str) -> Iterator[_Screen]:
    name = f"connectrules-{folder.name}"
    screen = _Screen(name)
    start = ("-f", "/dev/null", "new-session", "-d", "-s", name, "-x", "80", "-y", "24")
    screen._tmux(*start, "-c", str(folder), f"{run}; sleep 60")
    try:
        yield screen
    finally:
        screen._tmux("kill-server")
