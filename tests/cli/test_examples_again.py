"""`examples` where some are there already, or keys are not what they seem."""

import sys
from pathlib import Path

import pytest

from connectrules import Policy
from tests.cli.conftest import Run, shown
from tests.cli.test_examples import SMALL
from tests.cli.test_process import PROGRAM


@pytest.fixture
def small(folder: Path) -> Path:
    """A policy of one rule."""
    path = folder / "small.policy"
    path.write_text(SMALL, encoding="utf-8")
    return path


def test_what_is_there_is_not_added_again(run: Run, small: Path) -> None:
    """With --afresh, what the policy has with the same facts is not added, and that is told."""
    run("examples", "small.policy", "--write")
    before = small.read_text(encoding="utf-8")

    again = run("examples", "small.policy", "--write", "--afresh")

    assert (again.stdout, again.exit_code) == ("", 0)
    assert again.stderr == (
        "all 3 EXAMPLEs stand in `small.policy` already, with the same facts: nothing is added\n"
    )
    assert small.read_text(encoding="utf-8") == before


def test_what_is_called_as_another_is_gets_another_name(run: Run, small: Path) -> None:
    """Only what is there word for word counts; a name that is taken is given to no other."""
    run("examples", "small.policy", "--write")
    text = small.read_text(encoding="utf-8")
    small.write_text(text.replace("followers: 9", "followers: 8"), encoding="utf-8")

    printed = run("examples", "small.policy", "--afresh")
    again = run("examples", "small.policy", "--write", "--afresh")

    assert printed.stderr.startswith(
        "3 EXAMPLEs: fewer cannot show as much\n2 of them are in `small.policy` already\n"
    )
    assert again.stderr == shown("""
        1 EXAMPLE added to `small.policy`
        2 more are in `small.policy` already, and not added again
        they expect what the policy says now: see that each is what you mean
    """)
    assert small.read_text(encoding="utf-8").endswith("    - followers: 9\n")
    assert [each.name for each in Policy.load(small).examples] == [
        "friends applies",
        "almost friends (would recommend: no)",
        "almost friends (followers is at least 10: no)",
        "almost friends (followers is at least 10: no) (2)",
    ]


def test_what_somebody_says_again(run: Run, small: Path) -> None:
    """What somebody expects otherwise than the policy is added once, however often they say so."""
    first = run("examples", "small.policy", "--ask", "--write", given="yny")
    before = small.read_text(encoding="utf-8")

    again = run("examples", "small.policy", "--ask", "--write", "--afresh", given="yny")
    other = run("examples", "small.policy", "--ask", "--write", "--afresh", given="ynr")

    assert first.exit_code == again.exit_code == 1
    assert again.stderr.endswith(
        "\n"
        "all 3 EXAMPLEs stand in `small.policy` already, with the same facts: nothing is added\n"
        "in 1 of them you and the policy differ; `connectrules test small.policy` shows why\n"
    )
    assert "1 EXAMPLE added to `small.policy`\n2 more are in" in other.stderr
    assert small.read_text(encoding="utf-8") == (
        f'{before}\nEXAMPLE "I would look myself" EXPECT REVIEW\n'
        "    - would recommend: yes\n    - followers: 9\n"
    )


@pytest.mark.parametrize(
    ("given", "left"), [("yn", "1 of 3 is"), ("s", "2 of 3 are"), ("", "3 of 3 are")]
)
def test_a_pipe_that_ends_early(run: Run, small: Path, given: str, left: str) -> None:
    """It is said how many are left without an answer; who presses `q` knows that they are."""
    ended = run("examples", small.name, "--ask", given=given)
    stopped = run("examples", small.name, "--ask", given=f"{given}q")

    told = f"  → standard input ends here: {left} not answered\n"
    assert ended.stderr.count(told) == 1
    assert ended.stderr.replace(told, "") == stopped.stderr
    assert (ended.stdout, ended.exit_code) == (stopped.stdout, stopped.exit_code)


def test_a_sentence_in_two_places(run: Run, folder: Path) -> None:
    """Of one that stands in a rule twice it is told which is meant, in another file as well."""
    (folder / "lib.policy").write_text(
        "DEFINE worth it AS follows me OR (follows me AND is a bot)\n", encoding="utf-8"
    )
    (folder / "my.policy").write_text(
        'USE "lib.policy"\n'
        'CONNECT "a" WHEN met in person\n'
        'CONNECT "b" WHEN would recommend OR (would recommend AND met in person)\n'
        'REVIEW "c" WHEN worth it\n'
        "OTHERWISE DECLINE\n",
        encoding="utf-8",
    )

    notes = run("examples", "my.policy").stderr.splitlines()

    used = "nobody can show that `follows me` (line 1, column 35 of `lib.policy`)"
    assert notes[:-2] == [
        'nobody can show that `would recommend` (line 3, column 38) decides "b" by itself',
        'nobody can show that `met in person` decides "b" by itself',
        f'{used} decides "c" by itself',
        'nobody can show that `is a bot` decides "c" by itself',
    ]


@pytest.mark.once
@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_keys_pressed_too_early(folder: Path, small: Path) -> None:
    """What was typed before a question was there answers nothing, and adds nothing to a file."""
    pexpect = pytest.importorskip("pexpect")
    child = pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], "examples", "small.policy"],
        cwd=str(folder),
        encoding="utf-8",
        timeout=30,
        dimensions=(40, 90),
    )
    child.send("nnn")
    for key in ("y", "n", "nyy"):
        child.expect("q stop")
        child.send(key)
        child.expect(", as the policy says")
    child.expect("y yes  n no")
    child.send("q")
    child.expect("3 EXAMPLEs: fewer")
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 0
    assert small.read_text(encoding="utf-8") == SMALL
