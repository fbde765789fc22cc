"""A policy judges table after table, and a table is collected again after it has changed."""

from collections.abc import Iterator

import duckdb
import polars as pl
import pyarrow as pa
import pytest
from polars.io.plugins import register_io_source

from connectrules import UNSURE, Contact, Policy
from tests.framed.tables import ENGINES, NUMBER, contact_of, judged_by_rows, results

SPLIT = "REVIEW WHEN (is a bot AND met in person) OR (NOT is a bot AND NOT met in person)"


@pytest.mark.parametrize("name", ["lazy polars", "duckdb"])
def test_answers_in_another_order(name: str) -> None:
    """What was settled for one table, with its answers, is not mistaken for another's."""
    policy: Policy[Contact] = Policy.parse(f"{SPLIT}\nOTHERWISE DECLINE")
    engine = ENGINES[name]
    frame = engine.made(pa.table({NUMBER: [0, 1], "key": ["k", "l"]}))
    one = {"k": {"is a bot": UNSURE, "met in person": True}}
    other = {"l": {"met in person": UNSURE}, "k": {"is a bot": UNSURE}}

    for answers in (one, other, one):
        judged = results(engine.rows(policy.judge_frame(frame, answers=answers)))

        assert judged == judged_by_rows(
            policy, [{"key": "k"}, {"key": "l"}], contact_of, answers=answers
        )


def test_a_row_that_comes_after_the_pass() -> None:
    """A row that comes out as none did when the table was read is undecided, and says so."""
    policy: Policy[Contact] = Policy.parse(
        "(followers > posts OR met in person) AND (followers < 9 OR met in person)"
    )
    with duckdb.connect() as connection:
        connection.sql("CREATE TABLE people (followers INTEGER, posts INTEGER)")
        connection.sql("INSERT INTO people VALUES (10, 3)")
        judged = policy.judge_frame(connection.table("people"))
        connection.sql("INSERT INTO people VALUES (1, 3)")

        assert judged.fetchall() == [
            (10, 3, "undecided", None, "met in person", True),
            (1, 3, "undecided", None, None, False),
        ]


def test_a_row_that_comes_after_the_pass_of_polars() -> None:
    """The same of a lazy table of Polars that reads others the second time."""
    policy: Policy[Contact] = Policy.parse(
        "(followers > posts OR met in person) AND (followers < 9 OR met in person)"
    )
    tables = [
        pl.DataFrame({"followers": [10], "posts": [3]}),
        pl.DataFrame({"followers": [1], "posts": [3]}),
    ]
    first = iter(tables)

    def read(columns: list[str] | None, *_: object) -> Iterator[pl.DataFrame]:
        frame = next(first)
        yield frame if columns is None else frame.select(columns)

    judged = policy.judge_frame(register_io_source(read, schema=tables[0].schema))

    assert judged.select("decision", "ask", "exact").collect().rows() == [
        ("undecided", None, False)
    ]


NAMES = [
    f"connectrules {number} {what}"
    for number in range(12)
    for what in ("0", "fact 0", "is", "key", "outcome", "place", "plainly", "truth 0")
]


@pytest.mark.parametrize("name", ["polars", "lazy polars", "duckdb", "pyarrow"])
def test_columns_that_are_called_as_ours(name: str) -> None:
    """Whatever the columns of a table are called, they stay as they are."""
    policy: Policy[Contact] = Policy.parse('is a bot AND headline is "editor"')
    people = pa.table(
        {
            NUMBER: [0, 1],
            "is_a_bot": pa.array([True, None]),
            "headline": ["Editor", "x"],
            **{each: ["m", "n"] for each in NAMES},
        }
    )
    engine = ENGINES[name]

    rows = engine.rows(policy.judge_frame(engine.made(people)))

    assert [row["decision"] for row in rows] == ["connect", "decline"]
    assert [{each: row[each] for each in people.column_names} for row in rows] == people.to_pylist()
