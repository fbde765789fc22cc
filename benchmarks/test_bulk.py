"""Judging a file into a file, beside what DuckDB takes to read and write as much.

`CONNECTRULES_ROWS=14_000_000` takes as many rows. Each way has a process, for its memory.
"""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from rows import TODAY, write_rows

from connectrules import Policy

ROWS = int(os.environ.get("CONNECTRULES_ROWS", "1_000_000"))

POLICY = """\
CONNECT "proven" WHEN met in person AND would recommend
REVIEW "press" WHEN position mentions any of "editor", "journalist"
DECLINE "mass" WHEN following is more than 5,000
CONNECT "near" WHEN country is one of "UK", "Ireland" AND followers is more than 10
    AND connected on is more than 2 years ago
OTHERWISE DECLINE
"""
KEPT = "key, position, country, followers, following, met_in_person, would_recommend, connected_on"
CHANGED = (
    "key AS contact, NULL::VARCHAR AS name, NULL::VARCHAR AS url, country AS decision, "
    "position AS rule, country AS ask, met_in_person AS exact, NULL::VARCHAR AS error"
)
"""As many columns as verdicts have, with texts that come again and again like theirs."""
READ = "max(followers), max(following), max(would_recommend), max(connected_on)"

COPY = """
import duckdb, sys
connection = duckdb.connect(config={{"memory_limit": "450MB", "temp_directory": ""}})
connection.execute(f"COPY (SELECT {} FROM '{{sys.argv[1]}}') TO '{{sys.argv[2]}}'")
"""
READ_AND_WRITTEN = f"""{COPY.format(CHANGED)}
connection.execute(f"SELECT {READ} FROM '{{sys.argv[1]}}'").fetchall()
"""  # noqa: S608 - nothing of it is read in
JUDGE = f"""
import sys
from connectrules.cli import main
sys.argv = ["connectrules", "judge", sys.argv[3], sys.argv[1], "--output", sys.argv[2],
            "--today", "{TODAY}"]
main()
"""
MEASURED = """
import atexit, resource
def tell():
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(used.ru_maxrss // 1024, used.ru_utime + used.ru_stime)
atexit.register(tell)
"""
WAYS = {
    "copied": (COPY.format(KEPT), "parquet"),
    "read and written": (READ_AND_WRITTEN, "parquet"),
    "judged": (JUDGE, "parquet"),
    "judged to CSV": (JUDGE, "csv"),
    "judged to JSON": (JUDGE, "jsonl"),
}
"""How a file is made, and of what form: `copied` keeps the columns that the policy speaks of,
and `read and written` reads those and writes columns like those of verdicts."""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contacts, beside their policy."""
    folder = tmp_path_factory.mktemp("bulk")
    write_rows(folder / "people.parquet", ROWS)
    (folder / "people.policy").write_text(POLICY, encoding="utf-8")
    return folder / "people.parquet"


@pytest.mark.parametrize("way", WAYS)
def test_file_to_file(benchmark: Any, people: Path, way: str) -> None:  # noqa: ANN401 - untyped
    """From Parquet to another file."""
    code, ending = WAYS[way]
    output = people.with_name(f"{way}.{ending}")
    arguments = [str(people), str(output), str(people.with_suffix(".policy"))]

    most, worked = 0, [float("inf")]

    def run() -> None:
        """Make the file once, and see how many MB that took, and how long the processor worked."""
        nonlocal most
        output.unlink(missing_ok=True)
        done = subprocess.run(  # noqa: S603 - this Python
            [sys.executable, "-c", MEASURED + code, *arguments],
            check=True,
            capture_output=True,
            text=True,
        )
        megabytes, seconds = done.stdout.split()[-2:]
        most = max(most, int(megabytes))
        worked.append(float(seconds))

    benchmark.group = f"{ROWS:,} rows from Parquet"
    benchmark.pedantic(run, rounds=3)
    benchmark.extra_info.update({"MB": most, "of the processor": min(worked)})
    print(f"\n{way}: {min(worked):.1f} s of the processor, {most} MB, {_size(output)} MB written")

    assert most < 500


def _size(path: Path) -> int:
    return path.stat().st_size >> 20


def test_counts(people: Path) -> None:
    """From file to file, as many come to each decision as where a table is judged."""
    output = people.with_name("counted.parquet")
    arguments = [str(people), str(output), str(people.with_suffix(".policy"))]
    subprocess.run(  # noqa: S603 - this Python
        [sys.executable, "-c", JUDGE, *arguments], check=True, capture_output=True
    )
    counts = "SELECT decision, count(*) FROM {} GROUP BY ALL ORDER BY ALL"
    policy = Policy.parse(POLICY)
    with duckdb.connect() as connection:
        table = connection.read_parquet(str(people))
        judged = policy.judge_frame(table, today=date.fromisoformat(str(TODAY)))
        expected = judged.query("judged", counts.format("judged")).fetchall()
        found = connection.read_parquet(str(output))

        assert found.query("found", counts.format("found")).fetchall() == expected
        assert sum(number for _, number in expected) == ROWS
