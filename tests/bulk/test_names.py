"""Whatever columns and facts are called, files judged all at once come out as one by one."""

import json
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
    return alone(job, paths), together(job, paths, folder / "verdicts")


def people(letter: str) -> list[dict[str, object]]:
    """Four for each of `NAMES`, who have five of all others; *letter* is in who they are."""
    return [
        {"key": key, "name": name, "would recommend": would, **dict.fromkeys(NAMES, 5), each: many}
        for each in NAMES
        for key, name, would, many in (
            (f"{letter} {each}", "Ada", True, 1),
            (f"{letter} {each} too", "Bo", False, None),
            (None, f"{letter}:{each}", None, 0),
            (None, f"{letter} called {each}", True, -1),
        )
    ]


def file_of(rows: Sequence[Mapping[str, object]], ending: str) -> str:
    """A file of *rows*, as `both` takes it."""
    if ending == ".jsonl":
        return "\n".join(map(json.dumps, rows))
    names = [json.dumps(each) for each in rows[0]]
    said = [[*map(json.dumps, row.values())] for row in rows]
    if ending == ".parquet":
        values = ", ".join(f"({', '.join(row)})".replace('"', "'") for row in said)
        return f"SELECT * FROM (VALUES {values}) AS people({', '.join(names)})"  # noqa: S608 - ours
    return "\n".join(",".join(row).replace("null", "") for row in [names, *said])


@pytest.mark.once
@pytest.mark.parametrize("ending", [".csv", ".jsonl", ".parquet"])
def test_facts(tmp_path: Path, ending: str) -> None:
    """Facts that are called as something in a query are read each from its own column."""
    facts = [f"FACT {each}: count" for each in NAMES]
    rules = [f'DECLINE "{each}" WHEN {each} is less than 2' for each in NAMES]
    policy = "\n".join([*facts, *rules, "CONNECT WHEN would recommend", "OTHERWISE REVIEW"])
    rows, again = people("a"), people("b")
    if ending == ".csv":
        columns = ["key", *NAMES]
        again = [
            {name: "unsure" if row[name] is None else row[name] for name in columns}
            for row in again
            if row["key"]
        ]
    files = {f"a{ending}": file_of(rows, ending), f"b{ending}": file_of(again, ending)}

    one_by_one, at_once = both(tmp_path, files, policy)

    assert one_by_one == at_once
    assert isinstance(at_once[0], Mapping)
    found = [row[3:6] for row in at_once[0]["parquet"][: len(rows)]]
    assert found == [
        result
        for each in NAMES
        for result in (
            ("decline", each, None),
            ("undecided", None, each),
            ("decline", each, None),
            ("error", None, None),
        )
    ]


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
