"""`new` asks four questions, in a terminal or through a pipe, and writes a policy."""

import subprocess
import sys
from pathlib import Path

import pytest

from connectrules import Decision
from connectrules.cli import scaffold
from tests.cli.conftest import Run
from tests.cli.test_process import PROGRAM, environment

ANSWERS = "Ada's rules\nwould recommend, is kind\nis a recruiter\nreview\n"
NEXT = """\
{0} is written. Judge your contacts by it; in the place of EXPORT
goes your own export, the folder or zip as it was downloaded, or a table:
    connectrules judge {0} EXPORT
Change it as you like, and see whether it still does what you mean:
    connectrules check {0}
    connectrules test {0}
"""


def test_answers_through_a_pipe(run: Run, folder: Path) -> None:
    """One a line; the policy has no fault, and contacts can be judged by it."""
    result = run("new", given=ANSWERS)

    assert (result.stdout, result.stderr, result.exit_code) == ("", NEXT.format("my.policy"), 0)
    assert 'POLICY "Ada\'s rules"\n' in (folder / "my.policy").read_text(encoding="utf-8")
    assert run("check", "--strict", "my.policy").exit_code == 0
    assert run("test", "my.policy").stderr == "4 examples passed, 0 failed in 1 policy\n"
    assert run("judge", "my.policy", "contacts.csv", "--format", "json").exit_code == 0


def test_an_empty_line_is_enter(run: Run) -> None:
    """Each question has a usual answer; the last line may end without a line break."""
    lines = run("new", "-", given="\n\n\n\n")
    carried = run("new", "-", given="\ufeff\r\n\r\n\r\n ")
    said = run(
        "new", "-", given="My rules\nwould have a drink with, would recommend\nnobody\ndecline"
    )

    assert lines.exit_code == 0
    assert lines.stdout.startswith("# Whom do you connect with?")
    assert lines.stdout == carried.stdout == said.stdout


def test_standard_output(run: Run, folder: Path) -> None:
    """The policy is all that is written, and can be piped on."""
    before = sorted(folder.iterdir())
    result = run("new", "-", given=ANSWERS)
    tested = run("test", "-", given=result.stdout)

    assert (result.stderr, result.exit_code) == ("", 0)
    assert (tested.stderr, tested.exit_code) == ("4 examples passed, 0 failed in 1 policy\n", 0)
    assert sorted(folder.iterdir()) == before


def test_a_name_with_spaces_can_be_pasted(run: Run) -> None:
    """What to do next is in quotes where it must be."""
    result = run("new", "my own.policy", given=ANSWERS)

    assert result.stderr == NEXT.format("'my own.policy'")


@pytest.mark.parametrize(
    ("files", "named"),
    [
        (["Connections.csv", "Basic_LinkedInDataExport_1.zip"], "Connections.csv"),
        (["Basic_LinkedInDataExport_1.zip"], "Basic_LinkedInDataExport_1.zip"),
        (["My LinkedInDataExport.zip"], "'My LinkedInDataExport.zip'"),
    ],
)
def test_an_export_that_is_there_is_named(
    run: Run, folder: Path, files: list[str], named: str
) -> None:
    """The command can be pasted as it stands."""
    for file in files:
        (folder / file).touch()

    result = run("new", given=ANSWERS)

    assert result.stderr.splitlines()[:2] == [
        "my.policy is written. Judge your contacts by it:",
        f"    connectrules judge my.policy {named}",
    ]


REFUSED = {
    "answer 2 will not do": (
        "\nwould recommend AND is kind\n\n\n",
        (
            "error: answer 2: `AND` in capitals is a word of the language\n"
            " --> standard input:2\n"
            "help: write `and`, or put a comma between two conditions\n"
        ),
    ),
    "answer 3 goes against answer 2": (
        "\nis kind\nIs kind\n\n",
        (
            "error: answer 3: `is kind` is what you ask of those you connect with\n"
            " --> standard input:3\n"
            "help: leave it out here, or press Enter for nobody\n"
        ),
    ),
    "no answers": (
        "",
        (
            "error: there are 4 questions, and 0 answers\n"
            "help: give each answer its line; an empty one takes what is usual\n"
        ),
    ),
    "three answers": (
        "\n\n\n",
        (
            "error: there are 4 questions, and 3 answers\n"
            "help: give each answer its line; an empty one takes what is usual\n"
        ),
    ),
    "five answers": (
        "\n\n\n\nwould recommend\n",
        (
            "error: there are 4 questions, and more answers\n"
            "help: put all conditions on one line, with commas between\n"
        ),
    ),
    "answers without end": (
        "y\n" * 100_000,
        (
            "error: the answers are longer than 65,536 bytes\n"
            " --> standard input\n"
            "help: give each answer its line\n"
        ),
    ),
    "no text": (
        b"\n\xe9\n\n\n",
        "error: the answers are no text in UTF-8\n --> standard input\nhelp: save them as UTF-8\n",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_answers_that_will_not_do(run: Run, folder: Path, name: str) -> None:
    """In a pipe nobody can be asked again: nothing is written."""
    given, told = REFUSED[name]

    result = run("new", given=given)

    assert (result.stdout, result.stderr, result.exit_code) == ("", told, 2)
    assert not (folder / "my.policy").exists()


def test_a_policy_that_came_out_with_a_fault_is_not_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No answers are known to lead there; if some do, they are refused."""
    monkeypatch.setattr(scaffold, "_OTHERWISE", dict.fromkeys(Decision, "OTHERWISE CONNECT"))

    result = run("new", given=ANSWERS)

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        (
            "error: these conditions get in each other's way\n"
            "help: say them in words that differ more\n"
        ),
        2,
    )
    assert not (folder / "my.policy").exists()


def test_a_file_is_not_replaced_without_being_asked_to(run: Run, folder: Path) -> None:
    """It is left as it is; --force replaces it, and keeps its mode."""
    path = folder / "two.policy"
    before = path.read_text(encoding="utf-8")
    path.chmod(0o640)

    refused = run("new", "two.policy", given=ANSWERS)

    assert (refused.stderr, refused.exit_code) == (
        (
            "error: there is a file `two.policy` already\n"
            "help: give another name, or --force to replace it\n"
        ),
        2,
    )
    assert path.read_text(encoding="utf-8") == before
    assert run("new", "two.policy", "--force", given="\nnot so\n\n\n").exit_code == 2
    assert path.read_text(encoding="utf-8") == before
    assert run("new", "two.policy", "--force", given=ANSWERS).exit_code == 0
    assert path.read_text(encoding="utf-8") == run("new", "-", given=ANSWERS).stdout
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (
            "my.csv",
            "error: `my.csv` is called as contacts are\nhelp: call a policy `my.policy`\n",
        ),
        ("absent/my.policy", "error: there is no folder `absent`\n"),
        (".", "error: `.` is a folder, and a policy is a file\n"),
    ],
)
def test_places_where_no_policy_can_be(run: Run, file: str, told: str) -> None:
    """Told before anything is asked; --force is no help."""
    for typed in (["new", file], ["new", file, "--force"]):
        result = run(*typed, given=ANSWERS)

        assert (result.stdout, result.stderr, result.exit_code) == ("", told, 2)


# In a terminal


pexpect = pytest.importorskip("pexpect")
ON_TERMINAL = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


def asked(*answers: str) -> tuple[str, int]:
    """What somebody sees who types *answers*, and the exit status."""
    child = pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], "new"],
        env=environment(),
        encoding="utf-8",
        dimensions=(60, 90),
        timeout=60,
    )
    seen = ""
    for answer in answers:
        child.expect(" > ")
        seen += child.before + child.after
        child.send(answer)
    seen += child.read()
    child.close()
    return seen.replace("\r\n", "\n"), child.exitstatus


@ON_TERMINAL
def test_questions_in_a_terminal(folder: Path) -> None:
    """Each with its usual answer, and asked again where one will not do; the whole talk."""
    seen, status = asked(
        "Ada's rules\n",
        "has at least 500 followers\n",
        "would recommend, is kind\n",
        "is a recruiter\n",
        "maybe\n",
        "review\n",
    )

    assert (
        seen
        == f"""\
Four questions make a first policy. Enter takes what stands in [ ].

1. What is the policy to be called?
   [My rules] > Ada's rules

2. What must be so before you connect with somebody?
   Say it in words that you can answer with yes or no, with a comma between two.
   [would have a drink with, would recommend] > has at least 500 followers
   `has at least 500 followers` is something that a file tells of a contact, and no question to you
   add it to the rules later: `connectrules facts` shows how such things are said
   [would have a drink with, would recommend] > would recommend, is kind

3. And whom do you never connect with?
   Say it in the same way, such as `is a recruiter`.
   [nobody] > is a recruiter

4. What about everybody else: decline, or review (you look yourself)?
   [decline] > maybe
   `maybe` is none of the two
   answer `decline`, or `review` to look yourself
   [decline] > review

{NEXT.format("my.policy")}"""
    )
    assert status == 0
    piped = subprocess.run(
        [*PROGRAM, "new", "-"],
        input=ANSWERS,
        env=environment(),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert (folder / "my.policy").read_text(encoding="utf-8") == piped.stdout


@pytest.mark.once
@ON_TERMINAL
@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
@pytest.mark.parametrize("before", [[], ["\n", "\n", "\n"]], ids=["first", "last"])
def test_leaving_off_writes_nothing(folder: Path, key: str, before: list[str]) -> None:
    """Quietly, at any question."""
    files = sorted(folder.iterdir())

    seen, status = asked(*before, key)

    assert status == 130
    assert "Traceback" not in seen
    assert "rror" not in seen
    assert sorted(folder.iterdir()) == files
