"""`connectrules judge` on a terminal: how far it is with a large file."""

import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

pty = pytest.importorskip("pty")

MANY = 4_000_000
"""As many as take longer than anybody waits patiently."""


@pytest.mark.usefixtures("folder")
@pytest.mark.once
def test_a_bar_moves_and_ends_full() -> None:
    """How many of all are done is told beside a bar, up to all; then it is taken away."""
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT 'p:' || range AS key, range % 3 = 0 AS would_recommend "
            "FROM range($1)) TO 'many.parquet'",
            [MANY],
        )
    hand, program = pty.openpty()
    typed = ("judge", "two.policy", "many.parquet", "--output", "verdicts.parquet")
    process = subprocess.Popen(
        [sys.executable, "-c", "from connectrules.cli import main; main()", *typed],
        stderr=program,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(program)
    seen = _read(hand)
    os.close(hand)

    assert process.wait() == 0
    frames = re.findall(r"━[━╸╺]{22}━ ([\d,]+) of 4,000,000 contacts judged", _plain(seen))
    done = [int(number.replace(",", "")) for number in frames]
    assert done == sorted(done)
    assert len(set(done)) > 2
    assert done[-1] == MANY
    assert _plain(seen).endswith("`verdicts.parquet` is written\r\n")
    assert Path("verdicts.parquet").exists()


def _plain(seen: str) -> str:
    """What was written, without colours and the like."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", seen)


def _read(hand: int) -> str:
    """All that comes of a terminal, until nobody writes to it."""
    found = b""
    while True:
        try:
            piece = os.read(hand, 65_536)
        except OSError:  # so it ends on Linux
            piece = b""
        if not piece:
            return found.decode()
        found += piece
