"""The comparison with other rule engines, on few contacts."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def test_other_engines_decide_alike() -> None:
    """Each engine that is installed decides as is expected of it, and has a row in each table."""
    command = ("-m", "benchmarks.peers", "--records", "50", "--seconds", "0", "--installed")
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if "no engine is installed" in done.stdout:
        pytest.skip("no other rule engine is installed; the group `peers` has them")
    deciding, parsing, unknown = done.stdout.split("\n\n")[1:]

    assert done.returncode == 0, done.stdout
    assert _engines(deciding) == _engines(parsing) == _engines(unknown) != []


def _engines(table: str) -> list[str]:
    """What the rows of *table* begin with, but for its head and what is ours."""
    rows = [line.split(" | ")[0] for line in table.strip().splitlines()[2:]]
    return [row for row in rows if not row.startswith("| connectrules")]
