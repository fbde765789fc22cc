"""`connectrules judge --output` that is stopped: what stands in the file, and beside it."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from connectrules.bulk.rows import Row
from tests.cli.conftest import Run
from tests.cli.test_judge_output import COLUMNS

MANY = 2_000_000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that takes a while."""
    path = tmp_path_factory.mktemp("crowd") / "many.parquet"
    with duckdb.connect() as connection:
        connection.sql(
            "SELECT 'p:' || range AS key, range % 3 = 0 AS would_recommend, "
            "range AS following FROM range($1)",
            params=[MANY],
        ).write_parquet(str(path))
    return path


@pytest.fixture
def many(folder: Path, crowd: Path) -> Path:
    """A file that takes a while, and verdicts from before."""
    (folder / "many.parquet").symlink_to(crowd)
    with duckdb.connect() as connection:
        columns = ", ".join(f"'{each}' AS {each}" for each in Row._fields)
        connection.execute(f"COPY (SELECT {columns}) TO 'verdicts.parquet'")
    (folder / "verdicts.csv").write_text(COLUMNS, encoding="utf-8")
    return folder / "many.parquet"


def started(*typed: str, before: str = "") -> "subprocess.Popen[bytes]":
    """The program, once it has begun to write."""
    code = f"{before}from connectrules.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *typed], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        if any(each.stat().st_size for each in Path().glob(".connectrules-*")):
            break
        time.sleep(0.005)
    return process


VERDICTS = ("verdicts.csv", "verdicts.parquet")
JUDGE = ("judge", "two.policy", "many.parquet", "--output")


@pytest.mark.once
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("verdicts", VERDICTS)
def test_killed(run: Run, folder: Path, verdicts: str) -> None:
    """A process that is killed leaves the old file whole; the next one takes its traces away."""
    old = (folder / verdicts).read_bytes()
    process = started(*JUDGE, verdicts)
    process.kill()
    process.communicate()

    assert process.returncode == -signal.SIGKILL
    assert (folder / verdicts).read_bytes() == old
    assert len([*folder.glob(".connectrules-*")]) == 1

    run("judge", "two.policy", "contacts.csv", "--output", "others.csv")

    assert [*folder.glob(".connectrules-*")] == []


@pytest.mark.once
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("verdicts", VERDICTS)
def test_interrupted(folder: Path, verdicts: str) -> None:
    """Ctrl-C ends quietly; the old file is whole and nothing else is left."""
    old = (folder / verdicts).read_bytes()
    process = started(*JUDGE, verdicts)
    process.send_signal(signal.SIGINT)
    told = process.communicate(timeout=60)

    assert (process.returncode, told) == (130, (b"", b""))
    assert (folder / verdicts).read_bytes() == old
    assert [*folder.glob(".connectrules-*")] == []


@pytest.mark.once  # what counts covered lines finds no room either
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("verdicts", VERDICTS)
def test_no_room(folder: Path, verdicts: str) -> None:
    """Where no more can be written, the old file is whole and nothing else is left."""
    old = (folder / verdicts).read_bytes()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); "
    process = started(*JUDGE, verdicts, before=limit)
    printed, told = process.communicate(timeout=60)

    assert (process.returncode, printed) == (2, b"")
    assert told.decode() == (
        f"error: `{verdicts}` cannot be written: file too large\nhelp: nothing in it was changed\n"
    )
    assert (folder / verdicts).read_bytes() == old
    assert [*folder.glob(".connectrules-*")] == []


@pytest.mark.once
@pytest.mark.usefixtures("many")
def test_two_at_a_time(run: Run, folder: Path) -> None:
    """What one process is writing no other takes away."""
    process = started(*JUDGE, "verdicts.parquet")
    run("judge", "two.policy", "contacts.csv", "--output", "others.csv")
    process.communicate(timeout=100)

    assert process.returncode == 0
    assert duckdb.read_parquet("verdicts.parquet").count("*").fetchall() == [(MANY,)]
    assert (folder / "others.csv").read_text(encoding="utf-8").startswith(COLUMNS)
