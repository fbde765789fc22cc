"""Many rows: more than are taken at a time, some of them looked at alone."""

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from connectrules import Policy
from connectrules.bulk import batches, judging
from connectrules.bulk.job import Job
from connectrules.bulk.judging import judge_files
from connectrules.errors import SourceError
from connectrules.schema.contact import Answers
from connectrules.verdict import Decision

MANY = 260_000
"""More than twice as many as are taken at a time."""
ODD = (0, 1, 122_879, 122_880, 200_001, 245_759, MANY - 1)
"""Rows that are looked at alone: at the ends of batches, too."""
ANSWERED = "p:122882"
POLICY = """\
CONNECT "met" WHEN would recommend BECAUSE "a, b"
DECLINE "many" WHEN followers is more than 100
OTHERWISE REVIEW
"""


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contacts."""
    path = tmp_path_factory.mktemp("batches") / "people.parquet"
    with duckdb.connect() as connection:
        connection.sql(
            "SELECT 'p:' || range AS key, "
            "CASE range % 3 WHEN 0 THEN true WHEN 1 THEN false END AS would_recommend, "
            "CASE WHEN list_contains($1, range) THEN -1 ELSE range % 200 END AS followers "
            "FROM range($2)",
            params=[ODD, MANY],
        ).write_parquet(str(path))
    return path


@pytest.fixture(scope="module")
def expected() -> list[tuple[str, str]]:
    """Whom each row is about and what it should come to."""
    return [*_expected()]


def _expected() -> Iterator[tuple[str, str]]:
    for row in range(MANY):
        recommended = {0: True, 1: False, 2: None}[row % 3]
        if f"p:{row}" == ANSWERED:
            recommended = True
        if row in ODD:
            decision = "error"
        elif row % 200 > 100:
            decision = "decline"
        elif recommended is None:
            decision = "undecided"
        else:
            decision = "connect" if recommended else "review"
        yield f"p:{row}", decision


_READ = {
    "csv": "decision FROM read_csv",
    "json": "coalesce(decision, 'error') FROM read_json",
    "parquet": "decision FROM read_parquet",
}


@pytest.mark.once
@pytest.mark.parametrize("most", [100_000, 0])
@pytest.mark.parametrize("form", ["csv", "json", "parquet"])
def test_many(
    people: Path,
    expected: list[tuple[str, str]],
    form: str,
    most: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Each row has its own verdict in its own place, however few verdicts are kept."""
    monkeypatch.setattr(batches, "_MOST", most)
    answers = {ANSWERED: Answers({"would recommend": True}, {})}
    told: list[tuple[str, int, int]] = []

    judged = judge_files(
        Job(Policy.parse(POLICY), answers=answers),
        [people],
        tmp_path / "verdicts",
        form,
        lambda *each: told.append(each),
    )

    query = f"SELECT contact, {_READ[form]}(?)"
    assert duckdb.execute(query, [str(tmp_path / "verdicts")]).fetchall() == expected
    counts: Counter[str] = Counter()
    for verdict, number in judged.counts.items():
        counts[verdict.decision.value] += number
    for _, result in judged.alone:
        counts["error" if isinstance(result, Exception) else result.decision.value] += 1
    assert counts == Counter(decision for _, decision in expected)
    assert len(judged.alone) == len(ODD) + 1
    connects = [each for each in judged.counts if each.decision is Decision.CONNECT]
    assert [each.because for each in connects] == [("a, b",)]
    assert told[-1] == ("judged", MANY, MANY)


@pytest.mark.once
@pytest.mark.parametrize("together", [100_000, 20_000_000])
@pytest.mark.parametrize("row", [7, ODD[-1]])
def test_a_key_comes_twice(
    people: Path, row: int, together: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is refused, however few keys are compared at a time, and nothing is written."""
    monkeypatch.setattr(judging, "_TOGETHER", together)
    with duckdb.connect() as connection:
        other = connection.sql("SELECT 'q:' || range AS key FROM range(10)")
        last = connection.sql("SELECT $1 AS key", params=[f"p:{row}"])
        other.union(last).write_parquet(str(tmp_path / "others.parquet"))

    with pytest.raises(SourceError) as refused:
        judge_files(
            Job(Policy.parse(POLICY)),
            [people, tmp_path / "others.parquet"],
            tmp_path / "verdicts",
            "csv",
            lambda *_: None,
        )

    assert str(refused.value) == f"`p:{row}` is there twice, first in people.parquet:{row + 1}"
    assert refused.value.where == "others.parquet:11"
    assert not (tmp_path / "verdicts").exists()


@pytest.mark.once
def test_pandas_stays_away(people: Path, tmp_path: Path) -> None:
    """It takes a second to load, and nobody asked for it."""
    code = f"""
import sys
from pathlib import Path
from connectrules import Policy
from connectrules.bulk.job import Job
from connectrules.bulk.judging import judge_files
for form in ("csv", "json", "parquet"):
    job = Job(Policy.parse({POLICY!r}))
    judge_files(job, [Path({str(people)!r})], Path({str(tmp_path / "v")!r}), form, print)
assert "duckdb" in sys.modules
assert "pandas" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
