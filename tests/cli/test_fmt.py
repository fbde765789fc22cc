"""`fmt` lays policies out, and says what it did."""

import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from connectrules import format_policy
from connectrules.cli import fmt
from connectrules.cli.problems import Refused
from connectrules.cli.writing import replace_text
from connectrules.errors import FormattingError, PolicyError
from tests.cli.conftest import POLICY, Run

pytestmark = pytest.mark.usefixtures("folder")

CROWDED = "CONNECT WHEN (would recommend)   AND met in person\nOTHERWISE   DECLINE"
NEAT = "CONNECT WHEN would recommend AND met in person\nOTHERWISE DECLINE\n"
BROKEN = "CONNECT would recommend\n"


@pytest.fixture
def crowded() -> Path:
    """A policy that is not laid out yet."""
    path = Path("crowded.policy")
    path.write_bytes(CROWDED.encode())
    return path


@pytest.fixture
def broken() -> Path:
    """A policy with a mistake."""
    path = Path("broken.policy")
    path.write_bytes(BROKEN.encode())
    return path


@pytest.fixture
def mistake(broken: Path) -> str:
    """What is said of it."""
    with pytest.raises(PolicyError) as raised:
        format_policy(BROKEN, name=str(broken))
    return f"{raised.value}\n"


def test_files_are_laid_out_in_place(run: Run, crowded: Path) -> None:
    """Those that change are counted, and so are the others, which are not written at all."""
    before = Path("two.policy").stat()

    result = run("fmt", "crowded.policy", "two.policy")

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        "1 policy changed, 1 left as it was\n",
        0,
    )
    assert crowded.read_bytes() == NEAT.encode()
    assert Path("two.policy").read_text(encoding="utf-8") == POLICY
    assert Path("two.policy").stat().st_ino == before.st_ino


def test_nothing_to_do_is_said(run: Run) -> None:
    """In a summary as usual."""
    result = run("fmt", "two.policy")

    assert (result.stderr, result.exit_code) == ("1 policy left as it was\n", 0)


@pytest.mark.parametrize(
    "before", [f"\ufeff{NEAT}", NEAT.replace("\n", "\r\n"), NEAT.rstrip(), f"\n{NEAT}\n"]
)
def test_only_line_breaks_are_a_change_too(run: Run, crowded: Path, before: str) -> None:
    """Files end their lines with line feeds, and begin with no byte order mark."""
    crowded.write_bytes(before.encode())

    result = run("fmt", "crowded.policy")

    assert (crowded.read_bytes(), result.stderr) == (NEAT.encode(), "1 policy changed\n")


@pytest.mark.skipif(sys.platform == "win32", reason="modes are of POSIX")
def test_the_mode_is_kept(run: Run, crowded: Path) -> None:
    """A file that only its owner may read stays so."""
    crowded.chmod(0o600)

    run("fmt", "crowded.policy")

    assert stat.S_IMODE(crowded.stat().st_mode) == 0o600


def test_a_broken_policy_stops_no_other(run: Run, crowded: Path, mistake: str) -> None:
    """Its mistakes are shown, and it stays as it is."""
    result = run("fmt", "broken.policy", "crowded.policy")

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        f"{mistake}1 policy changed, 1 could not be laid out\n",
        2,
    )
    assert Path("broken.policy").read_bytes() == BROKEN.encode()
    assert crowded.read_bytes() == NEAT.encode()


def test_check_names_what_would_change(run: Run, crowded: Path) -> None:
    """On standard output, a line each; nothing is written."""
    result = run("fmt", "--check", "crowded.policy", "two.policy")
    clean = run("fmt", "--check", "two.policy")

    assert (result.stdout, result.stderr, result.exit_code) == (
        "crowded.policy\n",
        "1 policy would change, 1 would stay as it is\n",
        1,
    )
    assert crowded.read_bytes() == CROWDED.encode()
    assert (clean.stdout, clean.stderr, clean.exit_code) == (
        "",
        "1 policy would stay as it is\n",
        0,
    )


def test_check_with_a_mistake(run: Run, crowded: Path, mistake: str) -> None:
    """The exit status says the worst."""
    result = run("fmt", "--check", str(crowded), "broken.policy")

    assert result.stdout == "crowded.policy\n"
    assert result.stderr == f"{mistake}1 policy would change, 1 could not be laid out\n"
    assert result.exit_code == 2


def test_diff_shows_what_would_change(run: Run, crowded: Path) -> None:
    """As `patch` reads it; nothing is written."""
    result = run("fmt", "--diff", "two.policy", "crowded.policy")

    assert result.stdout == (
        "--- crowded.policy\n"
        "+++ crowded.policy\n"
        "@@ -1,2 +1,2 @@\n"
        "-CONNECT WHEN (would recommend)   AND met in person\n"
        "-OTHERWISE   DECLINE\n"
        "\\ No newline at end of file\n"
        "+CONNECT WHEN would recommend AND met in person\n"
        "+OTHERWISE DECLINE\n"
    )
    assert result.stderr == "1 policy would change, 1 would stay as it is\n"
    assert result.exit_code == 0
    assert crowded.read_bytes() == CROWDED.encode()


def test_standard_input_goes_to_standard_output(run: Run) -> None:
    """As editors want it: nothing else is said."""
    result = run("fmt", "-", given=CROWDED)

    assert (result.stdout, result.stderr, result.exit_code) == (NEAT, "", 0)


def test_a_mistake_on_standard_input(run: Run) -> None:
    """Nothing is printed that an editor could take for the policy."""
    result = run("fmt", "-", given="would recommend AND")

    assert result.stdout == ""
    assert result.stderr.startswith("error[CR101]: ")
    assert result.stderr.endswith("\n1 policy could not be laid out\n")
    assert result.exit_code == 2


def test_standard_input_can_be_checked(run: Run) -> None:
    """It is called what messages call it."""
    result = run("fmt", "--check", "-", given=CROWDED)

    assert (result.stdout, result.exit_code) == ("standard input\n", 1)


def test_a_condition(run: Run) -> None:
    """It is printed as it is laid out."""
    result = run("fmt", "-c", "(would recommend)  AND (met in person)")

    assert (result.stdout, result.exit_code) == ("would recommend AND met in person\n", 0)


def test_contacts_are_left_alone(run: Run) -> None:
    """A heading such as `key,name` reads like a condition, and must not be rewritten."""
    Path("contacts.csv").write_bytes(b"key,name")

    result = run("fmt", "contacts.csv")

    assert result.stderr == (
        "error: `contacts.csv` is called as contacts are, and fmt lays out policies\n"
        "help: call a policy by another name, such as `rules.policy`\n"
        "1 policy could not be laid out\n"
    )
    assert (result.exit_code, Path("contacts.csv").read_bytes()) == (2, b"key,name")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("nowhere.policy",), "error: there is no file `nowhere.policy`\n"),
        ((".",), "error: `.` is a folder, and a policy is a file\n"),
    ],
)
def test_what_cannot_be_read(run: Run, typed: tuple[str, ...], message: str) -> None:
    """It is told like everywhere else."""
    result = run("fmt", *typed)

    assert (result.stderr, result.exit_code) == (f"{message}1 policy could not be laid out\n", 2)


def test_bytes_that_are_no_text(run: Run, crowded: Path) -> None:
    """They are refused, and stay."""
    crowded.write_bytes(b"a AND\xff b")

    result = run("fmt", "crowded.policy")

    assert result.stderr.startswith("error[CR101]: the text is not UTF-8: ")
    assert (result.exit_code, crowded.read_bytes()) == (2, b"a AND\xff b")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ((), "name a POLICY, or give a condition with -c"),
        (("--check", "--diff", "two.policy"), "--check and --diff exclude each other"),
    ],
)
def test_arguments_that_make_no_sense(run: Run, typed: tuple[str, ...], message: str) -> None:
    """What is wrong is told, and where the usage is shown."""
    result = run("fmt", *typed)

    assert result.stderr == (
        f"error: {message}\nhelp: `connectrules fmt --help` shows how it is used\n"
    )
    assert result.exit_code == 2


def test_a_bug_costs_no_policy(run: Run, crowded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the result would be another policy, the file stays, and the bug is called one."""

    def fail(_source: object) -> str:
        raise FormattingError(str(crowded))

    monkeypatch.setattr(fmt, "format_source", fail)

    result = run("fmt", "crowded.policy")

    assert result.stderr == (
        "error: `crowded.policy` would not be the same policy when laid out, so it is left as it "
        "is: this is a bug in connectrules\n"
        "help: please report it, with the policy\n"
        "1 policy could not be laid out\n"
    )
    assert (result.exit_code, crowded.read_bytes()) == (2, CROWDED.encode())


def test_a_file_that_changes_meanwhile_stays(
    run: Run, crowded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What somebody else saved is not lost."""

    def slow(_source: object) -> str:
        crowded.write_bytes(b"met in person\n")
        return NEAT

    monkeypatch.setattr(fmt, "format_source", slow)

    result = run("fmt", "crowded.policy")

    assert result.stderr == (
        "error: `crowded.policy` was changed by somebody else while it was read\n"
        "help: lay it out once more\n"
        "1 policy could not be laid out\n"
    )
    assert (result.exit_code, crowded.read_bytes()) == (2, b"met in person\n")


def test_a_file_that_may_not_be_written(
    run: Run, crowded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others are laid out all the same."""

    def refuse(path: Path, text: str) -> None:
        if path == Path("two.policy"):
            msg = "`two.policy` cannot be written: it is locked"
            raise Refused(msg)
        replace_text(path, text)

    monkeypatch.setattr(fmt, "replace_text", refuse)
    Path("two.policy").write_text(CROWDED, encoding="utf-8")

    result = run("fmt", "two.policy", "crowded.policy")

    assert result.stderr == (
        "error: `two.policy` cannot be written: it is locked\n"
        "1 policy changed, 1 could not be laid out\n"
    )
    assert result.exit_code == 2
    assert crowded.read_bytes() == NEAT.encode()


@pytest.mark.once
def test_a_diff_is_coloured_on_a_terminal(crowded: Path) -> None:
    """What goes is red and what comes is green."""
    terminal = pytest.importorskip("tests.cli.test_process")

    seen, status = terminal.on_terminal("fmt", "--diff", str(crowded))

    assert "\x1b[1m--- crowded.policy\x1b[0m\n" in seen
    assert "\x1b[31m-OTHERWISE   DECLINE\x1b[0m\n\\ No newline at end of file\n" in seen
    assert "\x1b[32m+OTHERWISE DECLINE\x1b[0m\n" in seen
    assert status == 0


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_a_diff_can_be_applied(run: Run, crowded: Path) -> None:
    """`git apply` makes of the file what fmt would."""
    diff = run("fmt", "--diff", "crowded.policy").stdout

    subprocess.run(["git", "apply", "-p0"], input=diff.encode(), check=True)  # noqa: S607 - as found

    assert crowded.read_bytes() == NEAT.encode()
