"""Whatever columns and facts are called, files judged all at once come out as one by one."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectrules import Policy
from connectrules.bulk.job import Job
from connectrules.bulk.not_plain import NotPlainError
from tests.bulk.test_alike import ME, TODAY, Outcome, alone, together

NAMES = (
    "part", "row", "who", "h", "named", "looks", "keyed", "many", "x", "j", "v", "c1",
    "file row number",
)  # fmt: skip
"""What queries, not people, call things."""
FILES = {
    ".csv": "key,name,{},would recommend\na,Ada,5,yes\n,x:y,unsure,\n,q,1,no\n",
    ".jsonl": '{{"key": "a", "{0}": 5}}\n{{"name": "p:q", "{0}": null}}\n{{"name": "q", "{0}": 1}}',
    ".parquet": "SELECT 'a' AS key, 'Ada' AS name, 5 AS \"{0}\", true AS \"would recommend\" "
    "UNION ALL SELECT NULL, 'x:y', 0, NULL UNION ALL SELECT NULL, 'q', -1, false",
}
POLICY = "CONNECT WHEN would recommend\nREVIEW WHEN has at least 5 followers\nOTHERWISE DECLINE"


def both(
    folder: Path, files: Mapping[str, str], policy: str, there: Sequence[Path] = ()
) -> tuple[Outcome, Outcome]:
    """What comes of *files*, by their names, or of those *there*, one by one and all at once."""
    job = Job(Policy.parse(policy), ME, TODAY)
    for name, written in files.items():
        if name.endswith(".parquet"):
            duckdb.execute(f"COPY ({written}) TO '{folder / name}' (FORMAT parquet)")
        else:
            (folder / name).write_text(written, encoding="utf-8")
    paths = [*there, *(folder / name for name in files)]
    return alone(job, paths, "json"), together(job, paths, "json", folder / "verdicts")


@pytest.mark.once
@pytest.mark.parametrize("ending", FILES)
@pytest.mark.parametrize("name", NAMES)
def test_a_fact(tmp_path: Path, name: str, ending: str) -> None:
    """A fact that is called as something in a query is read from its own column."""
    policy = (
        f"FACT {name}: count\nCONNECT WHEN {name} is less than 2\n"
        "REVIEW WHEN would recommend\nOTHERWISE DECLINE"
    )
    again = {".csv": f"key,{name}\nb,7\nc,\n"}.get(ending, FILES[ending].replace("'a'", "'b'"))
    again = again.replace('"a"', '"b"').replace("q", "r").format(name)
    files = {f"a{ending}": FILES[ending].format(name), f"b{ending}": again}

    one_by_one, at_once = both(tmp_path, files, policy)

    assert one_by_one == at_once


@pytest.mark.once
@pytest.mark.parametrize(
    "name",
    ["named", "keyed", "looks", "connectrules:row", "connectrules:who", "connectrules:named",
     "c0", "Connectrules:Row"],
)  # fmt: skip
def test_a_column(tmp_path: Path, name: str) -> None:
    """A column of a file that is no fact changes nothing, whatever it is called."""
    query = (
        f"SELECT 'a:b' AS name, 'zz' AS \"{name}\", true AS would_recommend "
        "UNION ALL SELECT 'c', 'x:y', false"
    )

    one_by_one, at_once = both(tmp_path, {"a.parquet": query}, POLICY)

    assert one_by_one == at_once


def test_a_column_of_row_numbers(tmp_path: Path) -> None:
    """A column called as the one in which DuckDB numbers rows is not read all at once."""
    query = "SELECT 'a' AS key, 5 AS File_Row_Number"

    with pytest.raises(NotPlainError, match=r"^it has a column called `File_Row_Number`$"):
        both(tmp_path, {"a.parquet": query}, POLICY)


def test_columns_that_differ_in_case(tmp_path: Path) -> None:
    """Columns that are no facts may; two that are one fact are refused, all at once as well."""
    rows = {"Key": ["a"], "X": [1], "x": [2], "followers": [5], "FOLLOWERS": [4]}
    path = tmp_path / "a.parquet"

    for names in (["Key", "X", "x", "followers"], [*rows]):
        pq.write_table(pa.table([rows[each] for each in names], names=names), path)
        one_by_one, at_once = both(tmp_path, {}, POLICY, [path])

        assert one_by_one == at_once

    assert at_once == ("the columns `followers` and `FOLLOWERS` are the same fact", "a.parquet")


WHO = (
    '{"Key": "a", "Name": "Ada", "URL": "x"}',
    '{"key": "b", "name": "Bo", "url": "y"}',
    '{"KEY": 7, "NAME": "Cy"}',
    '{"Name": "Di", "Url": "z"}',
    '{"Contact": "e"}',
    '{"contact": "f"}',
    '{"NAME": "unsure", "URL": "unsure"}',
    '{"name": 5}',
)


def test_spellings_of_who(tmp_path: Path) -> None:
    """Whom a line is about is told however its name is spelled, line by line."""
    one_by_one, at_once = both(tmp_path, {"a.jsonl": "\n".join(WHO)}, POLICY)

    assert one_by_one == at_once
    assert "line 1" not in str(at_once[0])


@pytest.mark.parametrize("kind", ["DATE", "TIMESTAMP", "TIMESTAMP_S"])
def test_far_days(tmp_path: Path, kind: str) -> None:
    """A day outside the years 1 to 9999 is as odd as it is one by one."""
    days = ["0001-01-01", "9999-12-31", "10000-01-01", "0001-12-31 (BC)", "-infinity", "2020-02-29"]
    query = " UNION ALL ".join(
        f"SELECT 'p{number}' AS key, '{day}'::{kind} AS connected_on"
        for number, day in enumerate(days)
    )
    policy = "CONNECT WHEN connected on is before 2024-01-02\nOTHERWISE DECLINE"

    one_by_one, at_once = both(tmp_path, {"a.parquet": query}, policy)

    assert one_by_one == at_once
