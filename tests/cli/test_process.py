"""The program among others: pipes, terminals, interrupts, encodings, missing extras."""

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

RUN = "from connectrules.cli import main; main()"
PROGRAM = [sys.executable, "-c", RUN]
CONDITION = ["-c", "would have a drink with"]
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
IMPATIENT = f"from connectrules.cli import progress; progress._PATIENCE = 0.05; {RUN}"
"""The program, to which work is long that takes a twentieth of a second."""
MANY = 50_000


def environment(**changes: str) -> dict[str, str]:
    """The environment, without what would change colours or encodings."""
    kept = {"PATH", "HOME", "SYSTEMROOT"}
    measured = {name: value for name, value in os.environ.items() if "COVERAGE" in name}
    return {
        **{name: value for name, value in os.environ.items() if name in kept},
        **measured,
        "TERM": "xterm-256color",
        **changes,
    }


def file_of(count: int, folder: Path) -> Path:
    """A file of contacts to connect with."""
    path = folder / "many.csv"
    rows = "".join(f"k{number},yes\n" for number in range(count))
    path.write_text(f"key,would have a drink with\n{rows}", encoding="utf-8")
    return path


@pytest.fixture
def many(folder: Path) -> Path:
    """A file that takes a while."""
    return file_of(MANY, folder)


def on_terminal(
    *typed: str, columns: int = 80, changes: dict[str, str] | None = None
) -> tuple[str, int]:
    """What a person sees who runs the program so, and its exit status."""
    child = pexpect.spawn(
        PROGRAM[0],
        [*PROGRAM[1:], *typed],
        env=environment(**(changes or {})),
        encoding="utf-8",
        dimensions=(60, columns),
        timeout=60,
    )
    seen = child.read().replace("\r\n", "\n")
    child.close()
    return seen, child.exitstatus


@pytest.mark.once
@pytest.mark.usefixtures("folder")
def test_a_terminal_gets_colours() -> None:
    """The decision stands out; without the colours the text is the same as in a pipe."""
    seen, status = on_terminal("judge", "two.policy", "contacts.csv")
    piped = subprocess.run(
        [*PROGRAM, "judge", "two.policy", "contacts.csv"],
        env=environment(),
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert "\x1b[32m\x1b[1mconnect\x1b[0m" in seen
    assert ESCAPE.sub("", seen) == piped.stdout + piped.stderr
    assert (status, piped.returncode) == (1, 1)


@pytest.mark.once
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("changes", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_colours_can_be_refused(changes: dict[str, str]) -> None:
    """By NO_COLOR, and by a terminal that knows none; in all kinds of output."""
    (Path.cwd() / "bad.policy").write_text("would recomend", encoding="utf-8")

    table, _ = on_terminal("judge", "two.policy", "contacts.csv", changes=changes)
    tree, _ = on_terminal(
        "explain", "two.policy", "contacts.csv", "--contact", "ada", changes=changes
    )
    mistakes, _ = on_terminal("judge", "bad.policy", "contacts.csv", changes=changes)

    assert "\x1b" not in table + tree + mistakes


@pytest.mark.once
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("columns", [50, 80, 120])
def test_output_fits_the_terminal(columns: int) -> None:
    """A table and a tree are as wide as there is room, and decisions stay whole."""
    plain = {"NO_COLOR": "1"}
    table, _ = on_terminal("judge", "two.policy", "contacts.csv", columns=columns, changes=plain)
    tree, _ = on_terminal(
        *("explain", "two.policy", "contacts.csv", "--contact", "ada"),
        columns=columns,
        changes=plain,
    )

    rows = table[: table.index("`contacts.csv`")].splitlines()
    assert all(len(line) <= columns for line in (*rows, *tree.splitlines()[:5]))
    assert re.findall(r"^\w+", "\n".join(rows[2:]), re.MULTILINE) == [
        "connect",
        "decline",
        "undecided",
        "review",
        "error",
        "decline",
        "undecided",
    ]


@pytest.mark.once
def test_a_closed_pipe_ends_it_quietly(many: Path) -> None:
    """As in `| head -1`: one whole line, no complaint."""
    command = shlex.join([*PROGRAM, "judge", *CONDITION, many.name, "--format", "json"])

    result = subprocess.run(
        ["/bin/bash", "-c", f"{command} | head -1; echo ${{PIPESTATUS[0]}}"],
        env=environment(),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    line, status = result.stdout.splitlines()
    assert json.loads(line)["contact"] == "k0"
    assert (status, result.stderr) == ("141", "")


@pytest.mark.once
def test_ctrl_c_ends_it_quietly_between_lines(many: Path) -> None:
    """Exit status 130, whole lines, no traceback."""
    # Not measured: coverage holds a lock for good that an interrupt catches it with.
    child = subprocess.Popen(
        [*PROGRAM, "judge", *CONDITION, many.name, "--format", "json"],
        env={name: value for name, value in environment().items() if "COVERAGE" not in name},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert child.stdout is not None
    assert child.stderr is not None
    first = child.stdout.readline()
    child.send_signal(signal.SIGINT)
    with child, child.stdout, child.stderr:
        rest, said = child.stdout.read(), child.stderr.read()

    lines = [json.loads(line) for line in (first + rest).splitlines()]
    assert 0 < len(lines) < MANY
    assert rest.endswith("\n")
    assert (child.returncode, said) == (130, "")


def test_long_work_shows_a_sign_of_life(folder: Path) -> None:
    """On standard error, where it is a terminal, and gone when it is done."""
    many = file_of(20_000, folder)
    typed = [sys.executable, "-c", IMPATIENT, "judge", *CONDITION, many.name, "--format", "json"]

    child = pexpect.spawn(
        "/bin/bash",
        ["-c", f"{shlex.join(typed)} > out.jsonl"],
        env=environment(),
        encoding="utf-8",
        dimensions=(24, 80),
        timeout=120,
    )
    seen = child.read()
    child.close()

    assert re.search(r"[\d,]+ contacts judged", seen[: seen.index("is read as CSV")])
    assert seen.rstrip().endswith("20,000 to connect with: 20,000 by `policy`")
    assert len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()) == 20_000


@pytest.mark.once
def test_without_rich_there_is_no_sign_of_life(folder: Path) -> None:
    """All else is the same."""
    many = file_of(5_000, folder)
    program = f"import sys; sys.modules['rich'] = None; {IMPATIENT}"
    typed = [sys.executable, "-c", program, "judge", *CONDITION, many.name, "--format", "json"]

    child = pexpect.spawn(
        "/bin/bash",
        ["-c", f"{shlex.join(typed)} > out.jsonl"],
        env=environment(),
        encoding="utf-8",
        timeout=120,
    )
    seen = child.read()
    child.close()

    assert seen.startswith("`many.csv` is read as CSV\r\n")
    assert child.exitstatus == 0


@pytest.mark.once
@pytest.mark.usefixtures("folder")
def test_pipes_get_utf_8_whatever_the_locale() -> None:
    """And plain line feeds."""
    Path("wide.csv").write_text("key,name\na,日本\n", encoding="utf-8")

    result = subprocess.run(
        [*PROGRAM, "judge", "-c", "would recommend", "wide.csv"],
        env=environment(PYTHONIOENCODING="ascii", LC_ALL="C"),
        capture_output=True,
        check=True,
    )

    assert "日本".encode() in result.stdout
    assert "─".encode() in result.stdout
    assert b"\r" not in result.stdout


@pytest.mark.once
@pytest.mark.usefixtures("folder")
def test_a_full_disk_is_told() -> None:
    """Output that cannot be written is a clear error."""
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [*PROGRAM, "judge", "two.policy", "contacts.csv"],
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            encoding="utf-8",
        )

    assert (result.returncode, result.stderr) == (
        2,
        "error: the output: no space left on device\n",
    )


@pytest.mark.once
def test_without_the_extra_it_says_which(tmp_path: Path) -> None:
    """The script is there all the same, and says what to install."""
    result = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules['click'] = None; {RUN}"],
        env=environment(),
        cwd=tmp_path,
        capture_output=True,
        check=False,
        encoding="utf-8",
    )

    assert (result.stdout, result.returncode) == ("", 2)
    assert result.stderr == (
        "error: the command line needs an extra that is not installed\n"
        'help: pip install "connectrules[cli]"\n'
    )


CONTACTS_READ = {"connectrules.sources", "connectrules.store", "connectrules.bulk", "sqlite3"}


@pytest.mark.once
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("typed", "needless"),
    [
        ("--version", {"lark", "connectrules.resolve", "connectrules.cli.judge", *CONTACTS_READ}),
        ("check two.policy", {"connectrules.cli.judge", "connectrules.testing", *CONTACTS_READ}),
        ("fmt --check two.policy", {"connectrules.resolve.resolver", *CONTACTS_READ}),
        ("test two.policy", {"connectrules.cli.ask", "connectrules.render.html", *CONTACTS_READ}),
        (
            "judge two.policy contacts.csv --format json",
            {
                "rich",
                "connectrules.cli.ask",
                "connectrules.render.html",
                "connectrules.store",
                "connectrules.bulk.judging",
                "connectrules.testing",
            },
        ),
    ],
)
def test_a_command_loads_what_it_needs(typed: str, needless: set[str]) -> None:
    """What other commands or options need is loaded with them."""
    program = (
        "import sys, contextlib\n"
        "from connectrules.cli import main\n"
        "with contextlib.suppress(SystemExit):\n"
        "    main()\n"
        "print(*sys.modules)\n"
    )

    result = subprocess.run(
        [sys.executable, "-c", program, *shlex.split(typed)],
        env=environment(),
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    modules = set(result.stdout.splitlines()[-1].split())
    assert "connectrules.cli.app" in modules
    assert modules & needless == set()


@pytest.mark.once
def test_the_version_and_help_are_there(tmp_path: Path) -> None:
    """Each command describes itself."""
    results = [
        subprocess.run(
            [*PROGRAM, *typed],
            env=environment(),
            cwd=tmp_path,
            capture_output=True,
            check=True,
            encoding="utf-8",
        ).stdout
        for typed in (["--version"], ["-h"], ["judge", "--help"])
    ]

    assert re.fullmatch(r"\d+\.\d+\.\d+\n", results[0])
    assert re.findall(r"^  (\w+)  ", results[1].partition("Commands:\n")[2], re.MULTILINE) == [
        "answers",
        "ask",
        "check",
        "code",
        "examples",
        "explain",
        "facts",
        "fmt",
        "forget",
        "judge",
        "new",
        "test",
    ]
    assert "POLICY CONTACTS..." in results[2]
