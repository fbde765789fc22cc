"""Columns of all types that hold the values of facts, whole or in parts."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from connectrules import Contact, FrameError, Policy
from tests.framed.tables import ENGINES, NUMBER, Engine, alike

EACH = pytest.mark.parametrize("engine", ENGINES.values(), ids=list(ENGINES))


def table(column: pa.Array, name: str = "items") -> pa.Table:
    """A table with one fact."""
    return pa.table({NUMBER: pa.array(range(len(column)), pa.int64()), name: column})


def policy(kind: str, *sentences: str) -> Policy[Contact]:
    """A policy that connects by the rules 0, 1, …, one for each of *sentences* on `items`."""
    rules = [f'CONNECT "{n}" WHEN {sentence}' for n, sentence in enumerate(sentences)]
    return Policy.parse("\n".join([f"FACT items: {kind}", *rules, "OTHERWISE DECLINE"]))


def held(engine: Engine, judging: Policy[Contact], column: pa.Array) -> list[str | None]:
    """The rules that held for each value of *column*: `otherwise` for none, None for a fault."""
    return [row[1] for row in alike(judging, engine, engine.made(table(column)))]


# Numbers


@EACH
def test_whole_numbers_that_are_no_doubles(engine: Engine) -> None:
    """As a number, a whole number beyond 2**53 is the nearest double."""
    judging = policy("number", f"items = {2**53}", "items > 9007199254740993", f"items < -{2**53}")
    values = [2**53, 2**53 + 1, 2**53 + 2, 2**63 - 1, -(2**53) - 1, -(2**63), None]

    assert held(engine, judging, pa.array(values, pa.int64())) == [
        *("0", "0", "1", "1", "otherwise", "2", None)
    ]


@EACH
@pytest.mark.parametrize("kind", ["count", "number"])
def test_whole_numbers_of_64_bits(engine: Engine, kind: str) -> None:
    """Unsigned ones go beyond what signed ones can be: they are numbers, and too large counts."""
    values = pa.array([2**64 - 1, 2**63, 2**53 + 2, 2**53, 0, None], pa.uint64())

    rules = held(engine, policy(kind, f"items >= {2**53}"), values)

    no_counts = [None] * 3 if kind == "count" else ["0"] * 3
    assert rules == [*no_counts, "0", "otherwise", None]


@EACH
def test_decimal_counts(engine: Engine) -> None:
    """They are exact: a fraction that no double has makes it no count."""
    judging = policy("count", f"items = {2**52}", f"items = {2**53}", "items = 0")
    values = [
        *("4503599627370497.25", "4503599627370496.25", "4503599627370496.00", "0.01"),
        *("9007199254740992.01", "9007199254740992.00", "9007199254740993.00"),
        *("-0.01", "0.00", "1.00", "99999999999999999999.00"),
    ]

    rules = held(engine, judging, pa.array(map(Decimal, values), pa.decimal128(38, 2)))

    none, otherwise = [None], ["otherwise"]
    assert rules == [*none * 2, "0", *none * 2, "1", *none * 2, "2", *otherwise, *none]


@EACH
def test_decimal_numbers(engine: Engine) -> None:
    """As numbers they are the nearest doubles: 0.3 is what a policy means by it."""
    said = ("0.3", "0.471", "6.35", "-0.3", "1234567.891")
    judging = policy("number", *(f"items = {each}" for each in said))
    values = pa.array([*map(Decimal, said), Decimal("0.30000000000000001"), None])

    assert held(engine, judging, values) == ["0", "1", "2", "3", "4", "0", None]


@EACH
def test_numbers_that_are_none(engine: Engine) -> None:
    """NaN is not known; infinity and fractions of a count do not fit."""
    values = pa.array([float("nan"), float("inf"), float("-inf"), 2.5, 2.0, -0.0, -1.0, None])
    count, number = (policy(kind, "items > 1", "items < 0.5") for kind in ("count", "number"))

    counts = alike(count, engine, engine.made(table(values)))
    numbers = alike(number, engine, engine.made(table(values)))

    unknown = ("undecided", None, "items", True)
    error = ("error", None, None, None)
    first, second = (("connect", each, None, True) for each in "01")
    assert counts == [unknown, error, error, error, first, second, error, unknown]
    assert numbers == [unknown, error, error, first, first, second, second, unknown]


# Lists


@EACH
def test_lists_after_a_gap(engine: Engine) -> None:
    """A list with an item that is null does not fit; the next has its own items, not its."""
    judging = policy("list of text", 'items include "a"', "has at least 2 items", "has no items")
    values = [["a", None], ["b", "c"], None, ["A", "a", "b"], [None], [], ["c"], ["a"]]

    rules = held(engine, judging, pa.array(values, pa.list_(pa.string())))

    assert rules == [None, "1", None, "0; 1", None, "2", "otherwise", "0"]


@EACH
def test_lists_under_nothing(engine: Engine) -> None:
    """An array may keep items where it says there is no list."""
    items = pa.array(["a", "b", None, "c"], pa.string())
    values = pa.ListArray.from_arrays(
        pa.array([0, 1, 3, 4], pa.int32()), items, mask=pa.array([False, True, False])
    )

    judging = policy("list of text", 'items include "a"', 'items include "c"', "has no items")

    assert held(engine, judging, values) == ["0", None, "1"]


@EACH
@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()], ids=str)
def test_parts_of_columns(engine: Engine, kind: pa.DataType) -> None:
    """A column that is a part of another, and one of many parts, some of them empty."""
    texts = pa.array(["CRAFT", "Ünder", None, "wit", "WIT", "ÜNDER", "craft"], kind)
    lists = pa.array([["WIT"], None, ["CRAFT", "Ü"], [], ["craft", None], ["ü"], ["x"]])
    said = pa.chunked_array([texts.slice(3, 0), texts.slice(3, 2), texts.slice(5, 2)])
    listed = pa.chunked_array([lists.slice(4, 0), lists.slice(2, 3), lists.slice(5, 1)])
    judging = policy("text", 'items is "craft"', 'items contains "ü"', 'items starts with "w"')
    of_lists = policy("list of text", 'items include "craft"', 'items include "ü"', "has no items")

    assert held(engine, judging, texts.slice(1, 4)) == ["1", None, "2", "2"]
    assert held(engine, judging, said) == ["2", "2", "1", "0"]
    assert held(engine, of_lists, lists.slice(2, 4)) == ["0; 1", "2", None, "1"]
    assert held(engine, of_lists, listed) == ["0; 1", "2", None, "1"]


@EACH
def test_sigma_at_the_end_of_words(engine: Engine) -> None:
    """Its lower case is another letter there, in texts and in lists."""
    texts = policy("text", 'items is "ΟΔΟΣ ΣΟΦΟΣ"', 'items mentions "οδος"', 'items contains "σ"')
    lists = policy("list of text", 'items include "οδος"', 'items include "οδοσ"')

    assert held(engine, texts, pa.array(["οδος σοφος", "Ο ΟΔΟΣ", "ΟΔΟΣ", "οδοσ", "Σ"])) == [
        *("0; 1; 2", "1", "1", "2", "2")
    ]
    assert held(engine, lists, pa.array([["ΟΔΟΣ"], ["οδος"], ["οδοσ"]])) == ["0", "0", "1"]


# Types that one engine has


def test_columns_of_nothing_in_duckdb() -> None:
    """There a column of nulls alone has a type of its own: nothing is known of the fact."""
    frame = duckdb.sql(
        f'SELECT 0 AS "{NUMBER}", NULL AS followers, NULL AS country, NULL AS "values", '
        "NULL AS last_active_on, NULL AS would_recommend"
    )
    judging: Policy[Contact] = Policy.parse(
        'would recommend OR followers > 5 OR country is "UK" OR has no values '
        "OR last active on is before 2020-01-01"
    )

    (row,) = alike(judging, ENGINES["duckdb"], frame)

    assert row == ("undecided", None, "country", True)


_OF_DUCKDB: Mapping[str, tuple[str, Sequence[str], Sequence[str]]] = {
    "count": (
        "items = 5",
        [
            *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"),
            *("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"),
            *("FLOAT", "DOUBLE", "DECIMAL(4,1)", "DECIMAL(9,2)", "DECIMAL(18,3)", "DECIMAL(38,30)"),
        ],
        ["5", "6"],
    ),
    "number": (
        "items >= 4.5",
        ["TINYINT", "HUGEINT", "UHUGEINT", "FLOAT", "DOUBLE", "DECIMAL(4,1)", "DECIMAL(38,30)"],
        ["5", "4"],
    ),
    "text": ('items is "a"', ["VARCHAR", "ENUM('a', 'B')"], ["'a'", "'B'"]),
    'one of "a", "b"': ('items is "a"', ["VARCHAR", "ENUM('a', 'B')"], ["'a'", "'B'"]),
    "list of text": (
        'items include "a"',
        ["VARCHAR[]", "VARCHAR[1]", "ENUM('a', 'B')[]"],
        ["['a']", "['B']"],
    ),
    "date": (
        "items is on 2020-02-29",
        ["DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"],
        ["'2020-02-29'", "'2020-03-01'"],
    ),
}


@pytest.mark.parametrize("kind", _OF_DUCKDB)
def test_types_of_duckdb(kind: str) -> None:
    """Each kind of fact, in each type that may hold it."""
    sentence, types, values = _OF_DUCKDB[kind]
    for dtype in types:
        rows = ", ".join(f"({n}, {value})" for n, value in enumerate([*values, "NULL"]))
        frame = duckdb.sql(
            f'SELECT n AS "{NUMBER}", v::{dtype} AS items FROM (VALUES {rows}) t(n, v)'  # noqa: S608 - our own
        )

        judged = alike(policy(kind, sentence), ENGINES["duckdb"], frame)

        assert [row[0] for row in judged] == ["connect", "decline", "undecided"], dtype


_OF_POLARS: Mapping[str, tuple[str, Sequence[Any], Sequence[Any]]] = {
    "count": (
        "items = 5",
        [
            *(pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128),
            *(pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64, pl.Float32, pl.Float64),
            *(pl.Decimal(4, 1), pl.Decimal(38, 30)),
        ],
        [5, 6],
    ),
    "number": ("items >= 4.5", [pl.Int8, pl.Int128, pl.Float32, pl.Decimal(9, 2)], [5, 4]),
    "text": ('items is "a"', [pl.String, pl.Categorical, pl.Enum(["B", "a"])], ["a", "B"]),
    'one of "a", "b"': ('items is "a"', [pl.Categorical, pl.Enum(["B", "a"])], ["a", "B"]),
    "list of text": (
        'items include "a"',
        [
            *(pl.List(pl.String), pl.Array(pl.String, 1), pl.List(pl.Categorical)),
            *(pl.List(pl.Enum(["B", "a"])), pl.Array(pl.Enum(["B", "a"]), 1)),
        ],
        [["a"], ["B"]],
    ),
}


@pytest.mark.parametrize("kind", _OF_POLARS)
@pytest.mark.parametrize("name", ["polars", "lazy polars"])
def test_types_of_polars(name: str, kind: str) -> None:
    """Likewise."""
    sentence, types, values = _OF_POLARS[kind]
    for dtype in types:
        held_ = pl.Series([*values, None]).cast(dtype)
        frame = pl.DataFrame({NUMBER: range(3), "items": held_})

        judged = alike(
            policy(kind, sentence), ENGINES[name], frame.lazy() if "lazy" in name else frame
        )

        assert [row[0] for row in judged] == ["connect", "decline", "undecided"], dtype


def test_types_of_arrow() -> None:
    """Texts, lists and days as views, encoded, and in other sizes."""
    texts = pa.array(["a", "B", None])
    lists = pa.array([["a"], ["B"], None])
    days = pa.array([18_321, 18_322, None], pa.int32()).cast(pa.date32())
    arrow = ENGINES["pyarrow"]
    for kind, sentence, columns in (
        ("text", 'items is "a"', [texts.dictionary_encode(), texts.cast(pa.large_string())]),
        (
            "list of text",
            'items include "a"',
            [lists, lists.cast(pa.large_list(pa.large_string()))],
        ),
        ("list of text", 'items include "a"', [lists.cast(pa.list_(pa.string(), 1))]),
        (
            "date",
            "items is on 2020-02-29",
            [
                days,
                *(days.cast(pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
            ],
        ),
    ):
        for column in columns:
            judged = alike(policy(kind, sentence), arrow, table(column))

            assert [row[0] for row in judged] == ["connect", "decline", "undecided"], column.type


def test_pandas_columns_that_are_empty() -> None:
    """What pandas reads from a file with an empty column is not known, whatever its type is."""
    policy: Policy[Contact] = Policy.parse(
        'country is "UK" AND met in person AND values include "x" '
        "AND connected on is before 2024-01-01"
    )
    text = "key,country,met in person,values,connected on\na,,,,\nb,,,,\n"

    judged = policy.judge_frame(pd.read_csv(io.StringIO(text)))

    assert judged["decision"].tolist() == ["undecided", "undecided"]


@pytest.mark.parametrize("kind", ["pandas", "pyarrow"])
def test_categories_that_are_no_texts(kind: str) -> None:
    """Categories of numbers are numbers in pandas, and are refused in Arrow; never texts."""
    numbers = pa.table({"headline": pa.array([1, 2]).dictionary_encode()})
    frame = numbers if kind == "pyarrow" else numbers.to_pandas()
    policy: Policy[Contact] = Policy.parse('headline is "1"')
    holds = "whole numbers (Int64)" if kind == "pandas" else "values of another kind (Unknown)"

    with pytest.raises(FrameError) as refused:
        policy.judge_frame(frame)

    assert str(refused.value) == (
        f"the column `headline` holds {holds}, and `headline` is a text: it should hold texts"
    )
    counted: Policy[Contact] = Policy.parse("followers is 1")
    if kind == "pandas":
        frame = frame.rename(columns={"headline": "followers"})
        assert counted.judge_frame(frame)["decision"].tolist() == ["connect", "decline"]


def test_numbers_that_pyarrow_does_not_know() -> None:
    """A column of numbers that Arrow has no type for is refused by its name."""
    policy: Policy[Contact] = Policy.parse("has at least 5 followers")

    with pytest.raises(FrameError) as refused:
        policy.judge_frame(pd.DataFrame({"followers": [1 + 2j]}))

    assert str(refused.value) == (
        "the column `followers` holds values that PyArrow cannot read (`complex`)"
    )
