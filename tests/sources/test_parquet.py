"""Parquet files, and the database that reads them."""

from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from connectrules import Contact, Policy
from connectrules.errors import SourceError
from connectrules.sources import open_contacts, parquet
from connectrules.sources.common import database

VOCABULARY = Policy.parse(
    "FACT rating: number\nCONNECT WHEN rating is 1\nOTHERWISE REVIEW"
).vocabulary


def written(folder: Path, query: str, name: str = "people.parquet") -> Path:
    """A Parquet file of what *query* selects."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{folder / 'x'}' (FORMAT parquet)")
    return (folder / "x").rename(folder / name)


def contacts(*paths: Path) -> list[Contact]:
    """The contacts in *paths*."""
    return list(open_contacts(paths, VOCABULARY).contacts)


def test_values(tmp_path: Path) -> None:
    """Values are what they are in Python; what is null is not known."""
    path = written(
        tmp_path,
        "SELECT 'p:1' AS key, true AS follows_me, 12 AS followers, 2.5 AS rating, "
        "'Editor' AS position, DATE '2026-01-31' AS \"connected on\", ['a', 'b'] AS labels, "
        "TIMESTAMPTZ '2026-01-31 23:30:00-05' AS last_message_on, NULL::VARCHAR AS country",
    )

    assert contacts(path) == [
        Contact(
            key="p:1",
            follows_me=True,
            followers=12,
            position="Editor",
            connected_on=date(2026, 1, 31),
            labels=("a", "b"),
            last_message_on=datetime(2026, 2, 1, 4, 30),  # noqa: DTZ001 - as DuckDB gives it
            other={"rating": 2.5},
        )
    ]


def test_places_and_report(tmp_path: Path) -> None:
    """A row's number is its line; a column that is no fact is told of once."""
    path = written(tmp_path, "SELECT range AS folowers, range AS rating FROM range(3)")
    loaded = open_contacts([path], VOCABULARY)
    found = list(loaded.contacts)

    assert [each.key for each in found] == ["line 1", "line 2", "line 3"]
    assert found[2].origins == {"rating": "people.parquet:3"}
    assert loaded.report.lines() == (
        "`people.parquet` is read as Parquet",
        "`people.parquet`: 3 rows read",
        "`people.parquet`: the column `folowers` is not known, did you mean `followers`?",
    )


@pytest.mark.parametrize("name", ["a*b?.parquet", "it's [1].parquet", "a=1.parquet", "PEOPLE"])
def test_any_name(tmp_path: Path, name: str) -> None:
    """A file is read whatever it is called, and no other one with it."""
    path = written(tmp_path, "SELECT 'p:1' AS key", name)
    written(tmp_path, "SELECT 'p:2' AS key", "aXbY.parquet")

    assert contacts(path) == [Contact(key="p:1")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PAR1", "`people.parquet` cannot be read: it is damaged"),
        (b"PAR1" + b"x" * 100 + b"PAR1", "`people.parquet` cannot be read: it is damaged"),
        (b"key\np:1\n", "`people.parquet` is no Parquet file, or damaged"),
        (b"", "`people.parquet` is no Parquet file, or damaged"),
    ],
)
def test_damaged(tmp_path: Path, content: bytes, told: str) -> None:
    """What is no whole Parquet file is refused."""
    path = tmp_path / "people.parquet"
    path.write_bytes(content)

    with pytest.raises(SourceError) as caught:
        contacts(path)

    assert (str(caught.value), caught.value.where) == (told, "people.parquet")


def test_other_columns_than_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that says otherwise what columns it has is refused: none is taken for another."""
    path = written(tmp_path, "SELECT 1 AS rating, 2 AS followers")
    monkeypatch.setattr(parquet, "_outermost", lambda _schema: ["rating"])

    with pytest.raises(SourceError) as caught:
        contacts(path)

    assert str(caught.value) == "`people.parquet` cannot be read: it is damaged"


def test_two_columns_of_one_fact(tmp_path: Path) -> None:
    """They are refused, as in a table."""
    path = written(tmp_path, 'SELECT 1 AS "is a bot", 2 AS is_a_bot')

    with pytest.raises(SourceError, match="`is a bot` and `is_a_bot` are the same fact") as caught:
        contacts(path)

    assert caught.value.where == "people.parquet"


def spelled(folder: Path, *names: str) -> Path:
    """A Parquet file with columns that are called so, which hold 0, 1, 2 and so on."""
    path = folder / "people.parquet"
    pq.write_table(pa.table([pa.array([each]) for each in range(len(names))], names=names), path)
    return path


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (("FOLLOWERS", "followers"), "the columns `FOLLOWERS` and `followers` are the same fact"),
        (("Key", "rating", "KEY"), "the columns `Key` and `KEY` are the same fact"),
        (("rating", "rating"), "the column `rating` is there twice"),
    ],
)
def test_columns_that_the_database_renames(
    tmp_path: Path, names: tuple[str, ...], told: str
) -> None:
    """Two columns whose names differ in case alone, or not at all, are refused as well."""
    path = spelled(tmp_path, *names)

    with pytest.raises(SourceError) as caught:
        contacts(path)

    assert (str(caught.value), caught.value.where) == (told, "people.parquet")


def test_columns_are_called_as_in_the_file(tmp_path: Path) -> None:
    """What the database makes of a name that is there twice is no name of a fact."""
    path = tmp_path / "people.parquet"
    nested = pa.array([{"Rating": 7, "rating": 8, "key": {"a": [{"Key": 9}]}}])
    found = [nested, *(pa.array([each]) for each in range(5)), nested]
    names = ["who", "x", "X", "rating", "rating_1", "X", "WHO"]
    pq.write_table(pa.table(found, names=names), path)
    vocabulary = Policy.parse(
        "FACT rating: number\nFACT x 1: number\n"
        "CONNECT WHEN rating is 1 AND x 1 is 2\nOTHERWISE DECLINE"
    ).vocabulary

    loaded = open_contacts([path], vocabulary)

    assert list(loaded.contacts) == [
        Contact(key="line 1", other={"rating": 2}, origins={"rating": "people.parquet:1"})
    ]
    assert loaded.report.lines() == (
        "`people.parquet` is read as Parquet",
        "`people.parquet`: 1 row read",
        "`people.parquet`: the column `who` is not known",
        "`people.parquet`: the column `x` is not known",
        "`people.parquet`: the column `X` is not known",
        "`people.parquet`: the column `rating_1` is not known, did you mean `rating`?",
        "`people.parquet`: the column `WHO` is not known",
    )


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('{folder}/other.csv')",
        "SELECT * FROM '{folder}/other.csv'",
        "SELECT * FROM read_csv('https://example.com/contacts.csv')",
        "COPY (SELECT 1) TO '{folder}/new.csv'",
        "ATTACH '{folder}/new.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET autoinstall_known_extensions = true",
        "SET allowed_paths = ['{folder}/other.csv']",
        "SET memory_limit = '99GB'",
        "SET temp_directory = '{folder}'",
    ],
)
def test_shut_in(tmp_path: Path, query: str) -> None:
    """The database reads and writes the files it is told of, fetches nothing, and stays shut."""
    (tmp_path / "other.csv").write_text("key\nada\n", encoding="utf-8")
    path = written(tmp_path, "SELECT 'p:1' AS key")
    before = sorted(tmp_path.iterdir())

    with database.connected([path], path.name) as connection:
        assert connection.execute(f"FROM {database.path(path)}").fetchall() == [("p:1",)]
        with pytest.raises(duckdb.Error):
            connection.execute(query.format(folder=tmp_path)).fetchall()

    assert sorted(tmp_path.iterdir()) == before
