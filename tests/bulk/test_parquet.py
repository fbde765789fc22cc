"""Parquet files judged all at once: by one database, refused as they are one by one."""

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectrules import Policy
from connectrules.bulk.job import Job
from connectrules.bulk.judging import judge_files
from connectrules.errors import FrameError
from tests.bulk.test_names import POLICY, both


def test_one_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files there are, one database is opened for them: that takes long."""
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for path in paths:
        pq.write_table(pa.table({"key": [path.stem], "followers": [5]}), path)
    opened: list[duckdb.DuckDBPyConnection] = []
    connect = duckdb.connect

    def counted(**given: Any) -> duckdb.DuckDBPyConnection:  # noqa: ANN401 - as it is
        opened.append(connect(**given))
        return opened[-1]

    monkeypatch.setattr(duckdb, "connect", counted)

    judged = judge_files(Job(Policy.parse(POLICY)), paths, tmp_path / "v", "csv", lambda *_: None)

    assert len(opened) == 1
    assert [each.rows for each in judged.report.files] == [1, 1]


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (b"PAR1", ("`people.parquet` cannot be read: it is damaged", "people.parquet")),
        (b"key\np:1\n", ("`people.parquet` is no Parquet file, or damaged", "people.parquet")),
        (
            ["Key", "followers", "KEY"],
            ("the columns `Key` and `KEY` are the same fact", "people.parquet"),
        ),
        (
            ["followers", "followers"],
            ("the column `followers` is there twice", "people.parquet"),
        ),
    ],
    ids=["damaged", "of text", "two of one fact", "a column twice"],
)
def test_refused(tmp_path: Path, held: bytes | list[str], told: tuple[str, str]) -> None:
    """What cannot be read is refused in the same words as one by one."""
    path = tmp_path / "people.parquet"
    if isinstance(held, bytes):
        path.write_bytes(held)
    else:
        pq.write_table(pa.table([pa.array([1])] * len(held), names=held), path)

    assert both(tmp_path, {}, POLICY, [path]) == (told, told)


def test_a_type_that_does_not_fit(tmp_path: Path) -> None:
    """Of two files, it is told whose column does not fit."""
    paths = [tmp_path / "a.parquet", tmp_path / "b.parquet"]
    for path, followers in zip(paths, [5, "5"], strict=True):
        pq.write_table(pa.table({"key": [path.stem], "followers": [followers]}), path)

    with pytest.raises(FrameError) as refused:
        judge_files(Job(Policy.parse(POLICY)), paths, tmp_path / "v", "csv", lambda *_: None)

    assert str(refused.value) == (
        "`b.parquet`: the column `followers` holds text (String), and `followers` is a count: "
        "it should hold numbers"
    )
    assert not (tmp_path / "v").exists()
