"""What is wrong with a table: each message says what, where, and what to do."""

import datetime
import pickle
import subprocess
import sys
import warnings
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from connectrules import (
    UNSURE,
    AnswerError,
    Contact,
    ContextError,
    FrameError,
    FrameWarning,
    Policy,
)
from tests.children import environment
from tests.framed.tables import ENGINES, NUMBER

POLICY = Policy.parse(
    """
    FACT shoe size: number
    FACT mood: one of "good", "bad"
    CONNECT WHEN would recommend AND has at least 3 followers AND company is "Acme"
    CONNECT WHEN mood is "good" AND shoe size >= 40.5
    CONNECT WHEN values include "wit" AND last active on is before 2020-01-01
    OTHERWISE REVIEW
    """
)
WRONG = pa.table(
    {
        NUMBER: pa.array([0], pa.int64()),
        "would recommend": ["yes"],
        "followers": ["many"],
        "company": [5],
        "mood": [True],
        "shoe_size": ["40.5"],
        "values": [[1]],
        "last_active_on": ["2019-05-01"],
        "country": [0.5],
    }
)
RECOMMENDED = Policy.parse("would recommend")


def refused(policy: Policy[Contact], frame: object, **given: Any) -> FrameError:  # noqa: ANN401 - as for `judge_frame`
    """What is told of *frame*."""
    with pytest.raises(FrameError) as raised:
        policy.judge_frame(frame, **given)
    return raised.value


def warned(policy: Policy[Contact], frame: object) -> list[str]:
    """What is warned of, each at the line that judges."""
    with warnings.catch_warnings(record=True, action="always") as caught:
        policy.judge_frame(frame)
    assert {each.category for each in caught} <= {FrameWarning}
    line = warned.__code__.co_firstlineno + 3
    assert {(each.filename, each.lineno) for each in caught} <= {(__file__, line)}
    return [str(each.message) for each in caught]


# Columns of a wrong type


@pytest.mark.parametrize("name", ENGINES)
def test_columns_of_a_wrong_type(name: str) -> None:
    """All that the policy speaks of are told at once, with what they hold and should hold."""
    error = refused(POLICY, ENGINES[name].made(WRONG))

    assert (error.code, error.columns) == (
        "CR501",
        (
            *("would recommend", "followers", "company", "mood", "shoe_size", "values"),
            "last_active_on",
        ),
    )
    assert str(error).splitlines() == [
        (
            "the column `would recommend` holds text (String), and `would recommend` is yes/no: it "
            "should hold booleans"
        ),
        (
            "the column `followers` holds text (String), and `followers` is a count: it should "
            "hold numbers"
        ),
        (
            "the column `company` holds whole numbers (Int64), and `company` is a text: it should "
            "hold texts"
        ),
        (
            'the column `mood` holds yes and no (Boolean), and `mood` is one of "good", "bad": it '
            "should hold texts"
        ),
        (
            "the column `shoe_size` holds text (String), and `shoe size` is a number: it should "
            "hold numbers"
        ),
        (
            "the column `values` holds lists of whole numbers (List), and `values` is a list of "
            "text: it should hold lists of text"
        ),
        (
            "the column `last_active_on` holds text (String), and `last active on` is a date: it "
            "should hold dates or datetimes"
        ),
    ]


_DAY = datetime.date(2020, 5, 1)
_HELD: Mapping[str, pa.Array] = {
    "whole numbers (Int64)": pa.array([1]),
    "numbers (Float64)": pa.array([0.5]),
    "numbers (Decimal)": pa.array([Decimal("1.5")]),
    "text (String)": pa.array(["x"]),
    "dates (Date)": pa.array([_DAY]),
    "dates with times (Datetime)": pa.array([0], pa.timestamp("us")),
    "lengths of time (Duration)": pa.array([datetime.timedelta(1)]),
    "times of day (Time)": pa.array([datetime.time(1)]),
    "lists of text (List)": pa.array([["x"]]),
    "lists of lists of numbers (List)": pa.array([[[0.5]]]),
    "records (Struct)": pa.array([{"a": 1}]),
    "bytes (Binary)": pa.array([b"x"]),
}


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("held", _HELD)
def test_what_a_column_holds(held: str, name: str) -> None:
    """In the same words, whatever the engine."""
    table = pa.table({NUMBER: pa.array([0], pa.int64()), "would_recommend": _HELD[held]})

    assert str(refused(RECOMMENDED, ENGINES[name].made(table))) == (
        f"the column `would_recommend` holds {held}, and `would recommend` is yes/no: it should "
        "hold booleans"
    )


def test_types_of_polars_alone() -> None:
    """Texts of few kinds, lists of one length, and what narwhals has no word for."""
    for column, held in (
        (pl.Series(["x"], dtype=pl.Categorical), "text (Categorical)"),
        (pl.Series(["x"], dtype=pl.Enum(["x"])), "text (Enum)"),
        (pl.Series([[1, 2]], dtype=pl.Array(pl.Int8, 2)), "lists of whole numbers (Array)"),
        (pl.Series([object()], dtype=pl.Object), "values of another kind (Object)"),
    ):
        assert str(refused(RECOMMENDED, pl.DataFrame({"would recommend": column}))) == (
            f"the column `would recommend` holds {held}, and `would recommend` is yes/no: it "
            "should hold booleans"
        )


def test_pandas_columns_of_objects() -> None:
    """Where they hold no one kind of value, those columns are told of that are looked at."""
    frame = pd.DataFrame(
        {
            "would recommend": [True, UNSURE, None],
            "followers": [1, "many", None],
            "company": [object(), None, None],
            "country": [1, "UK", None],
        },
        dtype=object,
    )

    error = refused(POLICY, frame)

    assert (error.code, error.columns) == ("CR501", ("would recommend", "followers", "company"))
    assert str(error).splitlines() == [
        (
            "the column `would recommend` holds values of more than one kind (`Unsure`, `bool`): "
            "give it values of one kind, and None where nothing is known"
        ),
        (
            "the column `followers` holds values of more than one kind (`int`, `str`): give it "
            "values of one kind, and None where nothing is known"
        ),
        "the column `company` holds values that PyArrow cannot read (`object`)",
    ]


def test_an_error_can_be_sent_on() -> None:
    """To another process, with all that it says."""
    error = refused(RECOMMENDED, WRONG)

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert (str(again), again.code, again.columns) == (str(error), error.code, error.columns)


# Names of columns


@pytest.mark.parametrize("name", ENGINES)
def test_columns_of_the_result_that_are_there(name: str) -> None:
    """Nothing is written over, and engines differ in whether case counts."""
    one = pa.table({NUMBER: pa.array([0], pa.int64()), "rule": [1]})
    three = pa.table({"Decision": [1], NUMBER: pa.array([0], pa.int64()), "ask": [1], "exact": [1]})

    error, errors = (
        refused(RECOMMENDED, ENGINES[name].made(one)),
        refused(RECOMMENDED, ENGINES[name].made(three)),
    )

    assert str(error) == (
        "the table has `rule` already, and judging adds a column of that name: rename or drop "
        "the one there"
    )
    assert str(errors) == (
        "the table has `Decision`, `ask` and `exact` already, and judging adds columns of those "
        "names: rename or drop those there"
    )
    assert (error.code, error.columns) == (None, ("rule",))
    assert (errors.code, errors.columns) == (None, ("Decision", "ask", "exact"))


@pytest.mark.parametrize("name", ENGINES)
def test_two_columns_of_one_fact(name: str) -> None:
    """Nobody can say which of them is meant."""
    table = pa.table({NUMBER: [0], "would_recommend": [True], "would recommend": [False]})

    error = refused(RECOMMENDED, ENGINES[name].made(table))

    assert (error.code, error.columns) == (None, ("would_recommend", "would recommend"))
    assert str(error) == (
        "the columns `would_recommend` and `would recommend` both speak of `would recommend`: "
        "keep one of them, and rename or drop the other"
    )


@pytest.mark.parametrize(
    "frame",
    [
        pa.table([[1], [2]], names=["a", "a"]),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        duckdb.sql("SELECT 1 AS a, 2 AS a"),
    ],
    ids=["pyarrow", "pandas", "duckdb"],
)
def test_two_columns_of_one_name(frame: object) -> None:
    """An engine may allow that; which is kept is not left to chance."""
    error = refused(RECOMMENDED, frame)

    assert (error.code, error.columns) == (None, ("a",))
    assert str(error) == "the table has 2 columns called `a`: rename or drop all but one"


@pytest.mark.parametrize("name", ENGINES)
def test_a_column_that_is_nearly_a_fact(name: str) -> None:
    """It is warned of at the line of whoever judges; columns of other facts are not meant."""
    table = pa.table(
        {
            NUMBER: pa.array([0], pa.int64()),
            "Folowers": [3],
            "would_recomend": [True],
            "compan": ["x"],
            "posts": [1],
            "hair": ["grey"],
        }
    )

    assert warned(POLICY, ENGINES[name].made(table)) == [
        f"no column is called `{fact}`, so it is unknown for all rows: did you mean `{column}` "
        "to be it?"
        for fact, column in (
            ("followers", "Folowers"),
            ("would recommend", "would_recomend"),
            ("company", "compan"),
        )
    ]


def test_no_warning_without_need() -> None:
    """Where the fact has its column, a like one beside it is somebody's own; as far ones are."""
    beside = pl.DataFrame({"would recommend": [True], "would_recomend": [True]})

    assert warned(RECOMMENDED, beside) == []
    assert warned(RECOMMENDED, pl.DataFrame({"hair": ["grey"], "is a bot": [True]})) == []


def test_names_that_are_no_texts() -> None:
    """In pandas a column may be called anything; it is kept, and no fact."""
    frame = pd.DataFrame({0: [1], ("a", "b"): [2], "would recommend": [True]})

    judged = RECOMMENDED.judge_frame(frame)

    assert [*judged] == [0, ("a", "b"), "would recommend", "decision", "rule", "ask", "exact"]
    assert judged["decision"].tolist() == ["connect"]


def test_a_table_with_no_column_that_matters() -> None:
    """It has rows all the same, and nothing is known of them."""
    for engine in ENGINES.values():
        frame = engine.made(pa.table({NUMBER: pa.array([0, 1], pa.int64())}))

        rows = engine.rows(RECOMMENDED.judge_frame(frame))

        assert [row["ask"] for row in rows] == ["would recommend"] * 2


# Answers


@pytest.mark.parametrize("name", ENGINES)
def test_answers_without_a_key(name: str) -> None:
    """The message says what is there instead."""
    answers = {"ada": {"would recommend": True}}
    no_key = pa.table({NUMBER: pa.array([0], pa.int64())})
    no_text = no_key.append_column("key", pa.array([5], pa.int64()))

    errors = [
        refused(RECOMMENDED, ENGINES[name].made(table), answers=answers)
        for table in (no_key, no_text)
    ]

    assert [(error.code, error.columns) for error in errors] == [(None, ("key",))] * 2
    assert [str(error) for error in errors] == [
        "answers are found by a contact's key, and the table has no column `key`",
        (
            "answers are found by a contact's key, and the table has no column `key` of text: it "
            "holds whole numbers (Int64)"
        ),
    ]


def test_keys_may_be_categories() -> None:
    """And the empty one is none."""
    answers = {"ada": {"would recommend": True}, "": {"would recommend": True}}
    keys = pl.Series(["ada", "", None, "bob"])
    for dtype in (pl.Categorical, pl.Enum(["ada", "", "bob"]), pl.String):
        frame = pl.DataFrame({"key": keys.cast(dtype)})

        judged = RECOMMENDED.judge_frame(frame, answers=answers)

        assert judged["decision"].to_list() == ["connect", *["undecided"] * 3]


@pytest.mark.parametrize(
    ("answers", "kind", "message"),
    [
        ([1], TypeError, "answers map contacts' keys to answers, and these are a `list`"),
        (
            {"would recommend": True},
            TypeError,
            "answers map sentences to values, and these are a `bool`",
        ),
        (
            {5: {"would recommend": True}},
            TypeError,
            "answers are found by a contact's key, which is a text, and `5` is none",
        ),
        (
            {"ada": {"would recomend": True}},
            AnswerError,
            "no fact is called `would recomend`; did you mean `would recommend`?",
        ),
        (
            {"ada": {"my values": ["wit"]}},
            AnswerError,
            "`my values` is answered for `ada`: a table has one owner, give it with `me`",
        ),
    ],
)
def test_answers_that_are_none(answers: Any, kind: type[Exception], message: str) -> None:  # noqa: ANN401 - what is none, too
    """The same that `judge_all` says of them, where it takes none either."""
    with pytest.raises(kind) as raised:
        RECOMMENDED.judge_frame(pl.DataFrame({"key": ["ada"]}), answers=answers)

    assert str(raised.value) == message


# What is no table


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            [Contact(key="ada")],
            (
                "judge_frame() takes a data frame, such as one of Polars, pandas or DuckDB, and "
                "was given a `list`; judge_all() takes records"
            ),
        ),
        (
            "contacts.parquet",
            (
                "judge_frame() takes a data frame, such as one of Polars, pandas or DuckDB, and "
                "was given a `str`; judge_all() takes records"
            ),
        ),
        (pl.Series([1]), "judge_frame() takes a whole table, and was given a column"),
        (pd.Series([1]), "judge_frame() takes a whole table, and was given a column"),
        (pa.chunked_array([[1]]), "judge_frame() takes a whole table, and was given a column"),
    ],
    ids=["records", "path", "polars", "pandas", "pyarrow"],
)
def test_what_is_no_table(given: object, message: str) -> None:
    """The message says what it is, and where it belongs."""
    with pytest.raises(TypeError) as raised:
        RECOMMENDED.judge_frame(given)

    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("implementation", "name", "instead"),
    [
        (
            nw.Implementation.DASK,
            "dask",
            "call `frame.map_partitions(policy.judge_frame)`, which stays lazy",
        ),
        (nw.Implementation.IBIS, "ibis", "call `policy.judge_frame(frame.to_pyarrow())`"),
        (nw.Implementation.SQLFRAME, "sqlframe", "call `policy.judge_frame(frame.toArrow())`"),
        (nw.Implementation.UNKNOWN, "unknown", "hand it over as one of them"),
    ],
    ids=["dask", "ibis", "sqlframe", "another"],
)
def test_tables_that_are_not_known(
    monkeypatch: pytest.MonkeyPatch, implementation: nw.Implementation, name: str, instead: str
) -> None:
    """Such as a lazy one of an engine that has no part here, though narwhals knows it."""
    monkeypatch.setattr(nw.LazyFrame, "implementation", implementation)

    with pytest.raises(TypeError) as raised:
        RECOMMENDED.judge_frame(pl.LazyFrame({"would recommend": [True]}))

    assert str(raised.value) == (
        f"judge_frame() does not know tables of {name}, but those of Polars, pandas, PyArrow, "
        f"DuckDB and PySpark: {instead}"
    )


def test_tables_of_narwhals_itself() -> None:
    """They come back as such."""
    eager = nw.from_native(pl.DataFrame({"would recommend": [True]}))
    objects = nw.from_native(pd.DataFrame({"would recommend": [True]}))

    for frame in (eager, eager.lazy(), objects):
        judged = RECOMMENDED.judge_frame(frame)

        assert type(judged) is type(frame)
        assert judged.implementation is frame.implementation
        assert judged.lazy().collect()["decision"].to_list() == ["connect"]


@pytest.mark.parametrize("name", ENGINES)
def test_what_the_policy_needs(name: str) -> None:
    """A day and an owner are missed before anything runs."""
    policy = Policy.parse("last active on is within the last 6 months")

    with pytest.raises(ContextError) as raised:
        policy.judge_frame(ENGINES[name].made(WRONG))

    assert str(raised.value) == (
        "policy:1: `last active on is within the last 6 months` speaks of a length of time, so "
        "it needs today=date(2026, 1, 31)"
    )


# Extras


def last_words(program: str, without: str) -> str:
    """The last line that *program* tells where the package *without* is not installed."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules['{without}'] = None\n{program}"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    return done.stderr.strip().splitlines()[-1]


JUDGE = "from connectrules import Policy; Policy.parse('would recommend').judge_frame"


def test_without_narwhals() -> None:
    """The message says which extra to install."""
    assert last_words(f"{JUDGE}(None)", "narwhals") == (
        "ModuleNotFoundError: tables are judged with narwhals, an extra: pip install "
        '"connectrules[frames]"'
    )


def test_pandas_without_pyarrow() -> None:
    """Likewise: tables of pandas are judged by way of it."""
    program = f"import pandas; {JUDGE}(pandas.DataFrame({{'would recommend': [True, None]}}))"

    assert last_words(program, "pyarrow") == (
        "ModuleNotFoundError: tables of pandas are judged with PyArrow, an extra: pip install "
        '"connectrules[pandas]"'
    )


def test_polars_without_pyarrow() -> None:
    """It needs neither that nor pandas."""
    program = (
        "import polars; sys.modules['pandas'] = sys.modules['duckdb'] = None\n"
        "from connectrules import Policy\n"
        "frame = polars.DataFrame({'would recommend': [True, None]})\n"
        "judged = Policy.parse('would recommend').judge_frame(frame)\n"
        "sys.exit(' '.join(judged['decision']))"
    )

    assert last_words(program, "pyarrow") == "connect undecided"


def test_duckdb_without_pyarrow() -> None:
    """Where the patterns of a DuckDB relation are read, that extra is named."""
    program = (
        "import duckdb; from connectrules import Policy\n"
        "frame = duckdb.sql('SELECT 7 AS followers')\n"
        "Policy.parse('followers is more than following').judge_frame(frame)"
    )

    assert last_words(program, "pyarrow") == (
        "ModuleNotFoundError: what contacts of this policy come to is read from DuckDB with "
        'PyArrow, an extra: pip install "connectrules[duckdb]"'
    )
