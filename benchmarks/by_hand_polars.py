"""The policies of `frame_policies.py` as one would write them in Polars, eager or lazy.

Each test is a column of its own first, so that it is worked out once: Polars would see
neither that a test and its opposite are the same work, nor stop asking for it.
"""

from typing import TypeVar

import polars as pl
from polars import col, lit, when
from rows import TODAY

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

_PRESS = r"(?:^|[^\p{L}\p{N}])(?:editor|journalist|reporter)(?:[^\p{L}\p{N}]|$)"
_SINCE = TODAY.replace(year=TODAY.year - 2)

_TESTS = {
    "robot": col("is_a_bot"),
    "press": col("position").str.to_lowercase().str.contains(_PRESS),
    "recommend": col("would_recommend"),
    "met": col("met_in_person"),
    "here": col("country").str.to_lowercase().is_in(["uk", "ireland"]),
    "craft": col("values").list.eval(pl.element().str.to_lowercase()).list.contains("craft"),
    "recent": (col("connected_on") > _SINCE) & (col("connected_on") <= TODAY),
    "known": col("followers") >= 500,
}
_DECISION = (
    when(col("robot") | ~(col("press") | col("connect"))).then(lit("decline"))
    .when(~col("robot") & col("press")).then(lit("review"))
    .when(~col("robot") & ~col("press") & col("connect")).then(lit("connect"))
    .otherwise(lit("undecided"))
)  # fmt: skip


def decided(frame: Frame) -> Frame:
    """*frame* with the column `decision`, by `EIGHT`."""
    return _decided(frame, connect=col("proven") | col("near"))


def split(frame: Frame) -> Frame:
    """*frame* with the column `decision`, by `SPLIT`, as exact as it is.

    Whether one would recommend somebody met and popular doesn't matter: the last term.
    """
    popular = ~col("recommend") & col("met") & col("popular")
    either = col("met") & col("popular")
    connect = col("proven") | col("near") | popular | either
    return _decided(frame, connect=connect, popular=col("followers") >= 20_000)


def _decided(frame: Frame, connect: pl.Expr, **more: pl.Expr) -> Frame:
    return (
        frame.with_columns(**_TESTS, **more)
        .with_columns(
            proven=col("recommend") & col("met"),
            near=col("here") & col("craft") & col("recent") & col("known"),
        )
        .with_columns(connect=connect)
        .with_columns(decision=_DECISION)
        .drop(*_TESTS, *more, "proven", "near", "connect")
    )


def judged(frame: Frame) -> Frame:
    """*frame* with the columns `decision`, `rule`, `ask` and `exact`, by `EIGHT`."""
    return (
        frame.with_columns(**_TESTS)
        .with_columns(
            proven=col("recommend") & col("met"),
            near=col("here") & col("craft") & col("recent") & col("known"),
            of_proven=_unknown("recommend", "met"),
            of_near=_unknown("here", "craft", "recent", "known"),
        )
        .with_columns(connect=col("proven") | col("near"))
        .with_columns(
            decision=_DECISION,
            by_proven=col("proven").is_null()
            & ~(col("near").is_null() & (col("of_near") < col("of_proven"))),
            by_near=col("near").is_null()
            & ~(col("proven").is_null() & (col("of_proven") < col("of_near"))),
        )
        .with_columns(rule=_RULE, ask=_ASK, exact=lit(value=True))
        .drop(*_TESTS, "proven", "near", "of_proven", "of_near", "connect", "by_proven", "by_near")
    )


def _unknown(*tests: str) -> pl.Expr:
    """How many of *tests* are not known."""
    return pl.sum_horizontal(col(test).is_null().cast(pl.Int8) for test in tests)


_RULE = (
    when(col("decision") == "decline").then(
        when(col("robot")).then(lit("robots"))
        .when(~col("robot")).then(lit("otherwise"))
        .otherwise(lit("robots; otherwise"))
    )
    .when(col("decision") == "review").then(lit("press"))
    .when(col("decision") == "connect").then(
        when(col("proven") & col("near")).then(lit("proven; near"))
        .when(col("proven")).then(lit("proven"))
        .otherwise(lit("near"))
    )
)  # fmt: skip

_ASK = when(col("decision") == "undecided").then(
    when(col("robot").is_null() & (
        ~col("press").eq_missing(lit(value=False))
        | col("connect")
        | (col("proven").is_null() & col("near").is_null())
    )).then(lit("is a bot"))
    .when(~col("press").eq_missing(lit(value=False))).then(lit("position"))
    .when(col("by_near") & col("recent").is_null()).then(lit("connected on"))
    .when(col("by_near") & col("here").is_null()).then(lit("country"))
    .when(col("by_near") & col("known").is_null()).then(lit("followers"))
    .when(col("robot").is_null()).then(lit("is a bot"))
    .when(col("by_proven") & col("met").is_null()).then(lit("met in person"))
    .when(col("by_near") & col("craft").is_null()).then(lit("values"))
    .otherwise(lit("would recommend"))
)  # fmt: skip
"""What is likeliest to turn the decision, each open test being a fair coin; ties go by name.

Being a bot declines whatever else is so, and the press turns all but that. Of the two rules
to connect, that with fewer open tests is the likelier to be settled by one of them.
"""
