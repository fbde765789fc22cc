"""Keys that come twice are found in files judged all at once, and the first of them is told."""

from pathlib import Path

import duckdb
import pytest

from connectrules import Policy
from connectrules.bulk import judging
from connectrules.bulk.job import Job
from connectrules.bulk.judging import judge_files
from connectrules.errors import SourceError
from connectrules.sources.common import database
from tests.bulk.test_names import POLICY, both


@pytest.mark.parametrize("unparted", [0, 100_000])
def test_the_first_key_that_comes_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unparted: int
) -> None:
    """Of many keys that come twice, it is told which one does so first, and where.

    It is the same one, whether keys are parted before they are compared or not.
    """
    monkeypatch.setattr(judging, "_UNPARTED", unparted)
    keys = [*range(40), 31, 17, 5, 31, *range(40)]
    files = {
        "a.csv": "key,followers\n" + "".join(f"p{key},5\n" for key in keys[:35]),
        "b.csv": "key,followers\n" + "".join(f"p{key},5\n" for key in keys[35:]),
    }

    one_by_one, at_once = both(tmp_path, files, POLICY)

    assert one_by_one == at_once
    assert at_once == ("`p31` is there twice, first in a.csv:33", "b.csv:7")


@pytest.mark.once
def test_one_key_among_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding the one key that comes again takes no more memory than finding that one does."""
    monkeypatch.setitem(database._SHUT, "memory_limit", "64MB")
    people, many = tmp_path / "people.parquet", 2_000_000
    key = f"'p:' || CASE WHEN range = {many - 1} THEN 3 ELSE range END AS key"
    with duckdb.connect() as connection:
        found = connection.sql(f"SELECT {key} FROM range({many})")  # noqa: S608 - both our own
        found.write_parquet(str(people))

    with pytest.raises(SourceError, match=r"^`p:3` is there twice, first in people\.parquet:4$"):
        judge_files(
            Job(Policy.parse(POLICY)), [people], tmp_path / "verdicts", "csv", lambda *_: None
        )
