"""What judging leaves as it is: rows and their order, other columns, the table given, and time."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from polars.io.plugins import register_io_source

from connectrules import UNSURE, Contact, Policy
from connectrules.backends.frames.engines import in_arrow, in_duckdb, in_polars
from connectrules.framed import outcomes, patterns, possible
from tests.framed.tables import ENGINES, NUMBER, RESULTS, Engine, alike, results

SOME = ("polars", "lazy polars", "duckdb", "pyarrow", "pandas")
EACH = pytest.mark.parametrize("engine", [ENGINES[name] for name in SOME], ids=SOME)

SPLIT = """
FACT rating: number
DECLINE "few" WHEN followers < 5 OR (followers < 10 AND is a recruiter)
REVIEW "both" WHEN (followers > 100 OR met in person) AND (followers < 200 OR met in person)
REVIEW "rated" WHEN rating > 3 OR (rating <= 3 AND would recommend)
OTHERWISE CONNECT
"""
"""Of split facts, which are asked for."""
DECLARED = "FACT is a recruiter: yes/no\n"
POLICY: Policy[Contact] = Policy.parse(DECLARED + SPLIT)

_TRUTHS = (True, False, None)
_SELDOM = (*_TRUTHS, False)


def people(size: int = 60) -> pa.Table:
    """People of all sorts, and columns that no fact is in."""
    random = Random(3)  # noqa: S311 - nothing is kept secret

    def some(*values: object) -> list[object]:
        return random.choices(values, k=60)[:size]

    return pa.table(
        {
            NUMBER: pa.array(range(size), pa.int64()),
            "key": pa.array([f"p:{n}" for n in range(size)], pa.string()),
            "Followers": pa.array(some(3, 7, 50, 150, 500, None), pa.int32()),
            "met in person": pa.array(some(*_SELDOM), pa.bool_()),
            "is_a_recruiter": pa.array(some(*_TRUTHS), pa.bool_()),
            "rating": pa.array(some(4.5, float("nan"), 1.0, 1.0), pa.float64()),
            "would recommend": pa.array(some(*_SELDOM), pa.bool_()),
            'odd "name"': pa.array([f"x'{n}" for n in range(size)], pa.string()),
            "a.b c`d": pa.array([[n] for n in range(size)], pa.list_(pa.int64())),
        }
    )


ANSWERS = {
    row["key"]: {"met in person": row[NUMBER] % 3 == 0}
    for row in people().to_pylist()
    if row["met in person"] is None
}


def _rows(engine: Engine, frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a table
    return [{name: f"{value}" for name, value in row.items()} for row in engine.rows(frame)]


# What stays


@EACH
def test_other_columns_stay(engine: Engine) -> None:
    """They are the same before the columns of the result, which come last; so is the input."""
    frame = engine.made(people())
    before = _rows(engine, frame)

    judged = engine.rows(POLICY.judge_frame(frame, answers=ANSWERS))

    names = list(before[0])
    assert [list(row) for row in judged] == [[*names, *RESULTS]] * len(before)
    assert [{name: f"{row[name]}" for name in names} for row in judged] == before
    assert _rows(engine, frame) == before
    assert len({row["decision"] for row in judged}) >= 3


@EACH
def test_all_is_judged_alike(engine: Engine) -> None:
    """With answers and without, the rows are as `judge` has them."""
    alike(POLICY, engine, engine.made(people()))
    alike(POLICY, engine, engine.made(people()), answers=ANSWERS)


@EACH
def test_answers_come_before_assumptions(engine: Engine) -> None:
    """What is assumed fills what nobody answered, and what somebody could not say."""
    policy: Policy[Contact] = Policy.parse(
        "ASSUME met in person: no\n"
        "CONNECT WHEN (met in person AND followers > 5) OR (NOT met in person AND followers > 90)\n"
        "OTHERWISE DECLINE"
    )
    table = pa.table(
        {
            NUMBER: range(10),
            "key": [*"abcdeabcde"],
            "met_in_person": pa.array([None, None, None, True, True] * 2),
            "followers": pa.array([7] * 5 + [None] * 5),
        }
    )
    answers = {"a": {"met in person": True}, "b": {"met in person": UNSURE}}
    answers |= {"d": {"met in person": True}, "e": {"met in person": False}}

    judged = alike(policy, engine, engine.made(table), answers=answers)

    assert [row[0] for row in judged] == [
        *("connect", "decline", "decline", "connect", "error"),
        *(["undecided"] * 4),
        "error",
    ]


def test_order_of_rows_in_duckdb() -> None:
    """With answers, and outcomes looked up by keys, rows of many batches stay in order."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 4")
        connection.execute(
            "CREATE TABLE people AS SELECT i AS n, 'p:' || i AS key, (i % 7)::INTEGER * 40 AS "
            "followers, CASE i % 3 WHEN 0 THEN true WHEN 1 THEN false END AS met_in_person "
            "FROM range(400_000) t(i)"
        )
        for answers in ({}, ANSWERS, {f"p:{n}": {"followers": 9} for n in range(7, 7_000, 7)}):
            judged = POLICY.judge_frame(connection.table("people"), answers=answers)

            assert judged.to_arrow_table()["n"].to_pylist() == [*range(400_000)]


def test_the_index_of_pandas() -> None:
    """It stays, repeats and all, and so does the order of the rows."""
    frame = people().to_pandas().iloc[::-1]
    frame.index = pd.Index(["b", "a", "a", *range(len(frame) - 3)], name="who")

    judged = POLICY.judge_frame(frame)

    pd.testing.assert_frame_equal(judged[frame.columns], frame)
    by_place = POLICY.judge_frame(frame.reset_index(drop=True))
    assert list(judged["decision"]) == list(by_place["decision"])


@EACH
@pytest.mark.parametrize("size", [0, 1])
def test_few_rows(engine: Engine, size: int) -> None:
    """None, and one: the columns of the result are there, of their types."""
    judged = POLICY.judge_frame(engine.made(people(size)), answers=ANSWERS)

    rows = engine.rows(judged)

    assert len(rows) == size
    names = getattr(judged, "column_names", None) or list(
        judged.collect_schema() if isinstance(judged, pl.LazyFrame) else judged.columns
    )
    assert tuple(names[-4:]) == RESULTS


@EACH
def test_repeated_rows(engine: Engine) -> None:
    """Each is judged, as often as it stands there."""
    once = people(6)
    table = pa.concat_tables([once, once, once]).set_column(0, NUMBER, pa.array(range(18)))

    judged = alike(POLICY, engine, engine.made(table))

    assert judged == judged[:6] * 3


@EACH
def test_a_policy_without_facts(engine: Engine) -> None:
    """All rows come to the same."""
    policy: Policy[Contact] = Policy.parse("OTHERWISE REVIEW")

    judged = alike(policy, engine, engine.made(people(3)))

    assert judged == [("review", "otherwise", None, True)] * 3


NAMES = ['the "shoe"', "shoe.size", "shoe` size", "shoe\\size", "größe 🙂", "select", "1", "a;b"]


@EACH
def test_names_of_columns(engine: Engine) -> None:
    """Whatever other columns are called, they are no names of facts, and no code."""
    table = people(6)
    for name in NAMES:
        table = table.append_column(name, pa.array([*"abcdef"]))

    judged = engine.rows(POLICY.judge_frame(engine.made(table)))

    assert [[row[name] for name in NAMES] for row in judged] == [
        [each] * len(NAMES) for each in "abcdef"
    ]
    assert results(judged) == results(engine.rows(POLICY.judge_frame(engine.made(people(6)))))


# Lazily


def _counting(table: pa.Table, ran: list[int]) -> pl.LazyFrame:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)

    def read(columns: list[str] | None, *_: object) -> Iterator[pl.DataFrame]:
        ran.append(1)
        yield frame if columns is None else frame.select(columns)

    return register_io_source(read, schema=frame.schema)


def test_nothing_is_read_beforehand() -> None:
    """A lazy table whose ways to come out are few is read when somebody collects it, once."""
    ran: list[int] = []

    judged = POLICY.judge_frame(_counting(people(), ran), answers=ANSWERS)

    assert (type(judged), ran) == (pl.LazyFrame, [])
    judged.collect()
    assert ran == [1]


def test_one_pass_beforehand() -> None:
    """Where two facts are compared, the distinct ways to come out are read: the one pass."""
    ran: list[int] = []
    policy: Policy[Contact] = Policy.parse(
        "(followers > posts OR met in person) AND (followers < 9 OR met in person)"
    )

    judged = policy.judge_frame(_counting(people(), ran))

    assert ran == [1]
    judged.collect()
    assert ran == [1, 1]


@pytest.mark.parametrize(("most", "read"), [(1, [1]), (300_000, [])])
def test_few_ways_that_are_much_work(
    monkeypatch: pytest.MonkeyPatch, most: int, read: list[int]
) -> None:
    """Nobody waits long for what to settle beforehand is more work than to read the table."""
    monkeypatch.setattr(possible, "_MOST_WORK", most)
    ran: list[int] = []
    policy: Policy[Contact] = Policy.parse(DECLARED + SPLIT)

    policy.judge_frame(_counting(people(), ran), answers=ANSWERS)

    assert ran == read


# One verdict by all ways


def _by_pass(*_: object) -> None:
    return None


WAYS: Mapping[str, Callable[[pytest.MonkeyPatch], object]] = {
    "a pass over the table": lambda patch: patch.setattr(patterns, "possible", _by_pass),
    "too many ways beforehand": lambda patch: patch.setattr(possible, "_MOST", 2),
    "too much work beforehand": lambda patch: patch.setattr(possible, "_MOST_WORK", 1),
    "keys that are looked for": lambda patch: [
        patch.setattr(engine, "MOST_LISTED", 0) for engine in (in_arrow, in_duckdb, in_polars)
    ],
    "nothing kept": lambda patch: patch.setattr(outcomes, "_MOST", 0),
    "names put together by row": lambda patch: patch.setattr(
        "connectrules.framed.plain._MOST_TOGETHER", 0
    ),
    "keys that are texts": lambda patch: patch.setattr("connectrules.framed.keys._LARGEST", 7),
    "long keys": lambda patch: patch.setattr("connectrules.framed.keys._LARGEST_SMALL", 1),
}


@pytest.mark.once
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", ["polars", "lazy polars", "duckdb", "pyarrow"])
def test_all_ways_come_to_the_same(name: str, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """However outcomes are settled and looked up, each row comes to what it comes to alone."""
    WAYS[way](monkeypatch)
    policy: Policy[Contact] = Policy.parse(DECLARED + SPLIT)  # nothing of it is kept yet

    judged = alike(policy, ENGINES[name], ENGINES[name].made(people()), answers=ANSWERS)

    assert {"connect", "decline", "review", "undecided"} <= {row[0] for row in judged}


def test_past_the_limit() -> None:
    """Facts that split in too many ways are judged roughly, as single contacts are."""
    sentences = [f'headline contains "{letter}"' for letter in "abcdefghijklmnopqr"]
    sentences += [f"NOT {each}" for each in sentences]
    policy: Policy[Contact] = Policy.parse(
        f"CONNECT WHEN AT LEAST 18 OF ({'; '.join(sentences)})\nOTHERWISE REVIEW"
    )
    table = pa.table({NUMBER: range(3), "headline": pa.array(["abc", None, "xyz"])})

    for engine in ENGINES.values():
        judged = alike(policy, engine, engine.made(table))

        assert judged[0] == ("connect", "connect 1", None, True)
