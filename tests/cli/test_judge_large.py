"""`connectrules judge --output` with large files: what it holds, what stops it, what it hears."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from connectrules.cli import at_once
from tests.cli.conftest import Run, shown
from tests.cli.test_judge_output import COLUMNS

LINKEDIN = (
    'Notes:\n"Some are missing."\n\n'
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ada,Example,https://www.linkedin.com/in/ada,,Example Press,Editor,01 Jan 2024\n"
)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("head", [LINKEDIN, LINKEDIN.split("\n\n", 1)[1]])
def test_an_export_beside_a_large_file(
    run: Run, head: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A part of an export is read as one, however large the files are."""
    Path("Connections.csv").write_text(head, encoding="utf-8")
    typed = ("judge", "-c", 'position mentions "editor"', "Connections.csv")
    alone = run(*typed, "--format", "csv")
    monkeypatch.setattr(at_once, "LARGE", 0)

    result = run(*typed, "--output", "verdicts.csv")

    assert Path("verdicts.csv").read_bytes() == alone.stdout_bytes
    assert b"linkedin:ada,Ada Example," in alone.stdout_bytes
    assert result.stderr.startswith(
        "judged a contact at a time, which takes longer: `Connections.csv` is part of an export\n"
    )
    assert result.exit_code == alone.exit_code == 0


@pytest.mark.parametrize(
    "begins",
    [
        '{"contact": "ada", "would recommend": true}\n',
        '{"contact": "ada \\"decision\\": ", "name": "Ada"}\n',
        '{"contact": "ada"}\n{"contact": "bo", "decision": "x"}\n',
        "contact,name,url,decision\nada,,,connect\n",
    ],
)
def test_what_is_no_verdicts_stays(run: Run, folder: Path, begins: str) -> None:
    """Contacts that somebody wrote by hand are not taken for verdicts."""
    name = "mine.jsonl" if begins.startswith("{") else "mine.csv"
    (folder / name).write_text(begins, encoding="utf-8")

    result = run("judge", "two.policy", "contacts.csv", "--output", name)

    assert (result.stderr, result.exit_code) == (
        shown(f"""
            error: `{name}` is there already, and holds no verdicts
            help: give the verdicts another name; nothing in the file was changed
        """),
        2,
    )
    assert (folder / name).read_text(encoding="utf-8") == begins


def test_an_error_comes_first(run: Run, folder: Path) -> None:
    """Verdicts of which the first is that somebody could not be judged are replaced, too."""
    (folder / "eve.csv").write_text('key,following\n"e ""v\\",many\n', encoding="utf-8")
    typed = ("judge", "two.policy", "eve.csv", "--output", "verdicts.jsonl")
    run(*typed)
    before = (folder / "verdicts.jsonl").read_text(encoding="utf-8")

    result = run(*typed)

    assert json.loads(before)["contact"] == 'e "v\\'
    assert "error" in json.loads(before)
    assert result.exit_code == 1
    assert (folder / "verdicts.jsonl").read_text(encoding="utf-8") == before


def test_nobody_told(run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Facts that nobody has are named, and not those of rows that are looked at alone."""
    monkeypatch.setattr(at_once, "LARGE", 0)
    (folder / "few.csv").write_text(
        "key,following,country,position\nada,,UK,\nbo,unsure,,\ncy,,,unsure\n", encoding="utf-8"
    )
    condition = 'following > 5 AND country is "UK" AND position is "baker" AND followers > 5'

    at_once_ = run("judge", "-c", condition, "few.csv", "--output", "verdicts.csv")
    monkeypatch.setattr(at_once, "LARGE", 2**40)
    slowly = run("judge", "-c", condition, "few.csv", "--output", "verdicts.csv")

    assert at_once_.stderr == slowly.stderr
    assert "known of nobody here" in slowly.stderr


def python(code: str) -> tuple[str, ...]:
    """What runs *code*, as a process."""
    return sys.executable, "-c", code


TO_CSV = ("--output", "verdicts.csv")
HELD = """
import atexit, pathlib
from connectrules.cli import main
told = pathlib.Path("/proc/self/status")
atexit.register(lambda: print(told.read_text().partition("VmHWM:")[2].split()[0]))
main()
"""
"""Prints how much memory it took; what Python itself tells counts whoever started it."""


@pytest.mark.once
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="it tells of memory")
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_long_lines(ending: str) -> None:
    """Lines of many kilobytes are put together few at a time."""
    because = "é" * 4_000
    rules = [f'CONNECT "rule {n}" WHEN following is {n} BECAUSE "{because}"' for n in range(10)]
    Path("long.policy").write_text("\n".join([*rules, "OTHERWISE DECLINE"]), encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'p:' || range AS key, range % 10 AS following "
            "FROM range(25_000)) TO 'many.parquet'"
        )

    done = subprocess.run(
        [*python(HELD), "judge", "long.policy", "many.parquet", "--output", f"verdicts.{ending}"],
        check=True,
        capture_output=True,
        text=True,
    )

    assert int(done.stdout) < 300 * 1_024
    number = 0
    with Path(f"verdicts.{ending}").open(encoding="utf-8") as file:
        head = ending == "csv" and next(file)
        for number, line in enumerate(file, 1):
            assert f"p:{number - 1}" in line
            assert because in line
    assert number == 25_000
    assert head in {False, COLUMNS}


SLOW = """
import time
from connectrules.bulk import {module} as module
said = module.run
def run(connection, work, *tell):
    def slowly():
        print("begun", flush=True)
        connection.execute("SELECT count(*) FROM range(1_000_000_000) a, range(1_000) b")
        return work()
    return said(connection, slowly, *tell)
module.run = run
from connectrules.cli import at_once, main
at_once.LARGE = 0
main()
"""


@pytest.mark.once
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("module", "path"),
    [("in_objects", "a.jsonl"), ("in_parquet", "a.parquet"), ("judging", "contacts.csv")],
)
def test_interrupted_early(module: str, path: str) -> None:
    """Ctrl-C ends quietly while the file is looked at, too."""
    Path("a.jsonl").write_text('{"key": "a", "following": 3}\n', encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("COPY (SELECT 'a' AS key, -3 AS following) TO 'a.parquet'")
    process = subprocess.Popen(
        [*python(SLOW.format(module=module)), "judge", "two.policy", path, *TO_CSV],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"begun\n"
    time.sleep(0.2)  # it says so just before it begins
    process.send_signal(signal.SIGINT)
    printed, told = process.communicate(timeout=60)

    assert (process.returncode, printed, told) == (130, b"", b"")
    assert not Path("verdicts.csv").exists()
    assert [*Path().glob(".connectrules-*")] == []
