"""Phrases over tables: by their column form, and row by row."""

import math
import pickle
import warnings
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any

import attrs
import narwhals as nw
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from connectrules import (
    UNSURE,
    Count,
    Duration,
    FrameError,
    FrameWarning,
    Policy,
    Vocabulary,
    VocabularyError,
    phrase,
)
from connectrules.schema.types import Unsure
from tests.framed.tables import ENGINES, NUMBER, Row, judged_by_rows, results
from tests.property.running import tried

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Find = Callable[[str], nw.Expr]
_DAY = date(2026, 1, 31)


class Stage(Enum):
    """How well somebody is known."""

    NEAR = "near"
    FAR = "far"


@attrs.frozen(kw_only=True)
class Lead:
    """A record of one's own, with a field of every kind."""

    key: str
    company: str | None = None
    since: date | None = None
    seen: datetime | None = None
    followers: Count | Unsure | None = None
    score: float | None = None
    friend: bool | None = None
    values: frozenset[str] | None = None
    stage: Stage | None = None
    jobs: tuple[int, ...] | None = None
    other: Mapping[str, Any] = attrs.field(factory=dict)


def _worked_at(column: Find, company: str, time: Duration) -> nw.Expr:
    is_there = column("company") == company
    return is_there & (column("since") <= time.before(_DAY))


@phrase("worked at {company:text} for at least {time:duration}", frame=_worked_at)
def worked_at(lead: Lead, company: str, time: Duration) -> bool | None:
    """Whether they did; where one half is a no, the other need not be known."""
    halves = (
        None if lead.company is None else lead.company == company,
        None if lead.since is None else lead.since <= time.before(_DAY),
    )
    return False if False in halves else None if None in halves else True


@phrase("has an odd number of followers")
def odd(lead: Lead) -> Any:  # noqa: ANN401 - it answers what no phrase should, too
    """Whether they have, where they have few."""
    match lead.followers:
        case 7:
            msg = "seven"
            raise ValueError(msg)
        case 8:
            return UNSURE
        case 9:
            return "nine"
        case int() | float():
            return lead.followers % 2 == 1
        case _:
            return None


VOCABULARY = Vocabulary.of(Lead, phrases=[worked_at, odd])
BY_FORM = Policy.parse(
    """
    DECLINE "strangers" WHEN NOT friend AND NOT worked at "Acme" for at least 2 years
    CONNECT "colleagues" WHEN worked at "Acme" for at least 2 years
    CONNECT "friends" WHEN friend AND has at least 3 followers
    OTHERWISE REVIEW
    """,
    vocabulary=VOCABULARY,
)
BY_ROW = Policy.parse(
    """
    CONNECT "odd friends" WHEN friend AND has an odd number of followers
    DECLINE "even strangers" WHEN NOT friend AND NOT has an odd number of followers
    CONNECT "colleagues" WHEN worked at "Acme" for at least 2 years
    OTHERWISE REVIEW
    """,
    vocabulary=VOCABULARY,
)
TABLE = pa.table(
    {
        NUMBER: pa.array(range(6), pa.int64()),
        "key": [f"key {number}" for number in range(6)],
        "company": ["Acme", "Acme", None, "Orchard", "Acme", None],
        "since": [date(2020, 1, 1), None, date(2025, 1, 1), None, date(2025, 1, 1), None],
        "followers": pa.array([1, 8, 9, 7, 2, None], pa.int64()),
        "friend": [None, True, False, None, False, True],
    }
)
SOME = [name for name in ENGINES if name != "duckdb"]
"""The kinds of tables in which Python is called for each row."""


def lead(row: Mapping[str, Any]) -> Lead:
    """The record that *row* is."""
    fields = {field.name for field in attrs.fields(Lead)}
    return Lead(**{name: value for name, value in row.items() if name in fields})


def judged(policy: Policy[Lead], name: str, table: pa.Table = TABLE, **given: Any) -> list[Row]:  # noqa: ANN401 - as for `judge_frame`
    """What *policy* says of the rows of *table*, as one of the engine *name*."""
    engine = ENGINES[name]
    return results(engine.rows(policy.judge_frame(engine.made(table), **given)))


# Column forms


@pytest.mark.parametrize("name", ENGINES)
def test_a_column_form_answers_for_the_table(name: str) -> None:
    """The phrase is a yes/no fact: denied, joined and asked for as others are."""
    assert judged(BY_FORM, name) == [
        ("connect", "colleagues", None, True),
        ("connect", "friends", None, True),
        ("decline", "strangers", None, True),
        ("undecided", None, "friend", True),
        ("decline", "strangers", None, True),
        ("undecided", None, "followers", True),
    ]


def test_the_column_form_is_not_asked_of_single_contacts() -> None:
    """There the function answers."""
    assert BY_FORM.judge(Lead(key="ada", company="Acme", since=date(2020, 1, 1))).rules == (
        "colleagues",
    )


def test_forms_and_functions_agree() -> None:
    """A table is judged as its rows are by the phrase's function."""
    rows = st.lists(
        st.tuples(
            st.sampled_from(["Acme", "Orchard", None]),
            st.sampled_from([date(2020, 1, 1), date(2024, 1, 31), date(2024, 2, 1), None]),
            st.sampled_from([0, 1, 2, 3, 4, None]),
            st.sampled_from([True, False, None]),
        ),
        max_size=8,
    )
    by_row = attrs.evolve(worked_at, frame=None)
    text = BY_FORM.source.text
    other = Policy.parse(text, vocabulary=Vocabulary.of(Lead, phrases=[by_row, odd]))

    @tried(15)
    @drawn(rows, st.sampled_from(SOME))
    def agree(values: list[tuple[Any, ...]], name: str) -> None:
        kinds = (pa.string(), pa.date32(), pa.int64(), pa.bool_())
        columns: dict[str, Any] = {
            NUMBER: pa.array(range(len(values)), pa.int64()),
            "key": pa.array([str(number) for number in range(len(values))], pa.string()),
        }
        for place, field in enumerate(("company", "since", "followers", "friend")):
            columns[field] = pa.array([each[place] for each in values], kinds[place])
        table = pa.table(columns)

        alone = judged_by_rows(BY_FORM, table.to_pylist(), lead)

        assert judged(BY_FORM, name, table) == alone
        assert judged(other, name, table, batches=True) == alone

    agree()


def stranger(_lead: Lead) -> bool | None:
    """What a phrase answers of which only the column form matters."""
    return None


def formed(form: Callable[[Find], object]) -> Policy[Lead]:
    """A policy of a phrase with this column form."""
    made = phrase("is quite alone", frame=form)(stranger)
    return Policy.parse("is quite alone", vocabulary=Vocabulary.of(Lead, phrases=[made]))


FIELDS = ["company", "since", "followers", "score", "friend", "values", "stage"]


@pytest.mark.parametrize("name", ENGINES)
def test_a_fact_without_a_column_is_nulls(name: str) -> None:
    """Of the type that its column would have, so that what is made of it is what it would be."""

    def form(column: Find) -> nw.Expr:
        found = ~column("key").is_null() & (column("company") == "x").is_null()
        for field in FIELDS:
            found &= column(field).is_null()
        return (
            found
            & (column("followers") > 1).is_null()
            & (column("score") > 0.5).is_null()
            & (column("since") > _DAY).is_null()
            & (~column("friend")).is_null()
            & column("values").list.len().is_null()
        )

    two = TABLE.select([NUMBER, "key"]).slice(0, 2)

    assert judged(formed(form), name, two) == [("connect", "policy", None, True)] * 2


@pytest.mark.parametrize("name", ENGINES)
def test_columns_are_found_as_facts_are(name: str) -> None:
    """Said or as an attribute, in the policy's words too; a field that is no fact has one."""
    asked = TABLE.select([NUMBER]).slice(0, 1)
    asked = asked.append_column("met_in_person", pa.array([True]))
    asked = asked.append_column("JOBS", pa.array([[1, 2]]))
    made = phrase(
        "is known", frame=lambda column: column("met  in person") & (column("jobs").list.len() == 2)
    )(stranger)
    policy = Policy.parse(
        "FACT met in person: yes/no\nCONNECT WHEN is known AND met in person\nOTHERWISE REVIEW",
        vocabulary=Vocabulary.of(Lead, phrases=[made]),
    )

    assert judged(policy, name, asked) == [("connect", "connect 1", None, True)]


@pytest.mark.parametrize("name", ENGINES)
def test_a_column_form_may_know_nothing(name: str) -> None:
    """Nulls of any type are "not known" for everybody."""
    unknown = ("undecided", None, "is quite alone", True)

    assert judged(formed(lambda _: nw.lit(None)), name)[0] == unknown
    assert judged(formed(lambda _: nw.lit(None, nw.Boolean)), name)[0] == unknown


def _raising(_column: Find) -> nw.Expr:
    msg = "no idea"
    raise LookupError(msg)


_FORM = "the column form of the phrase `is quite alone`"
_MUST = "must give an expression of narwhals"


@pytest.mark.parametrize(
    ("form", "message"),
    [
        (_raising, f"{_FORM} raised an error (LookupError: no idea)"),
        (lambda _: True, f"{_FORM} gave `yes`, and {_MUST}"),
        (lambda _: None, f"{_FORM} gave `None`, and {_MUST}"),
        (lambda _: pl.col("x"), f"{_FORM} gave `<Expr ['col(\"x\")']"),
        (
            lambda column: column("followers").cast(nw.Int32),
            f"{_FORM} gave whole numbers (Int32), and must give yes and no (Boolean)",
        ),
        (
            lambda column: column("company"),
            f"{_FORM} gave text (String), and must give yes and no (Boolean)",
        ),
        (
            lambda column: column("folowers") > 1,
            f"{_FORM} asks for `folowers`, which is no fact; did you mean `followers`?",
        ),
        (lambda column: column("shoe size") > 1, f"{_FORM} asks for `shoe size`, which is no fact"),
        (
            lambda column: column("jobs").is_null(),
            (
                f"{_FORM} asks for `jobs`, and the table has no such column: add one, null where "
                "it is unknown"
            ),
        ),
        (lambda column: column(5) > 1, f"{_FORM} raised an error (AttributeError: "),
        (lambda _: nw.col("nobody's") > 1, f"{_FORM} raised an error ("),
    ],
)
def test_a_column_form_that_fails(form: Callable[[Find], object], message: str) -> None:
    """It is found before anything runs; the message names the phrase and what it gave."""
    policy = formed(form)
    for name, engine in ENGINES.items():
        with pytest.raises(FrameError) as raised:
            policy.judge_frame(engine.made(TABLE))

        assert raised.value.code is None, name
        if message.endswith(("(", ": ", "]")):
            assert str(raised.value).startswith(message)
        else:
            assert str(raised.value) == message


def test_a_column_form_that_fails_on_rows() -> None:
    """In a table that is there, this is told of the phrase, too."""
    policy = formed(lambda column: column("company").cast(nw.Int64) > 1)

    with pytest.raises(FrameError) as raised:
        policy.judge_frame(ENGINES["polars"].made(TABLE))

    assert str(raised.value).startswith(
        f"{_FORM} raised an error (InvalidOperationError: conversion"
    )


@pytest.mark.parametrize("name", ENGINES)
def test_a_column_form_is_given_fitting_columns_alone(name: str) -> None:
    """A column that its fact cannot have is told of as one of the policy's own would be."""
    policy = formed(lambda column: column("company") == "x")
    wrong = TABLE.set_column(2, "company", pa.array(range(6), pa.int64()))

    with pytest.raises(FrameError) as raised:
        policy.judge_frame(ENGINES[name].made(wrong))

    assert str(raised.value).startswith("the column `company` holds ")
    assert str(raised.value).endswith("and `company` is a text: it should hold texts")
    assert (raised.value.code, raised.value.columns) == ("CR501", ("company",))


def test_a_column_form_is_told_of_a_misspelt_column() -> None:
    """As the policy's own facts are."""
    policy = formed(lambda column: column("company") == "x")

    with pytest.warns(FrameWarning) as caught:
        policy.judge_frame(TABLE.rename_columns({"company": "compny"}))

    (warned,) = caught
    assert str(warned.message) == (
        "no column is called `company`, so it is unknown for all rows: did you mean `compny` to "
        "be it?"
    )
    assert warned.filename == __file__


# Signatures


async def _later(column: Find) -> nw.Expr:
    return column("company").is_null()


def _without(column: Find) -> nw.Expr:
    return column("company").is_null()


def _number(column: Find, company: int) -> nw.Expr:
    return column("company") == company


def _any(column: Find, **_literals: str) -> nw.Expr:
    return column("company").is_null()


@pytest.mark.parametrize(
    ("pattern", "form", "message"),
    [
        ("x", _later, "`x`: `_later` is async, and a column form answers at once"),
        ("x", "later", "`x`: a column form is a function, and `later` is none"),
        (
            "x {company:text}",
            _without,
            (
                "`x {company:text}`: `_without` takes a function that gives columns and then one "
                "parameter for each hole, company; it takes column"
            ),
        ),
        (
            "x {company:text}",
            _number,
            (
                "`x {company:text}`: the hole `company` is text, and `_number` annotates `company` "
                "otherwise"
            ),
        ),
        (
            "x {company:text}",
            _any,
            (
                "`x {company:text}`: `_any` takes `**_literals: str`, and a column form is given "
                "that function by place and its literals by name"
            ),
        ),
    ],
)
def test_column_forms_that_are_refused(pattern: str, form: Any, message: str) -> None:  # noqa: ANN401 - what is no form, too
    """When the phrase is made, by the same rules as its function."""
    with pytest.raises(VocabularyError) as raised:
        phrase(pattern, frame=form)

    assert str(raised.value) == message


def test_a_phrase_keeps_its_column_form() -> None:
    """It is an attribute, and there after pickling."""
    again = pickle.loads(pickle.dumps(worked_at))  # noqa: S301 - our own

    assert worked_at.frame is _worked_at
    assert again is worked_at
    assert odd.frame is None
    assert attrs.evolve(worked_at, frame=None) != worked_at
    assert repr(odd) == "Phrase(pattern='has an odd number of followers')"


# Row by row


@pytest.mark.parametrize("name", SOME)
def test_phrases_row_by_row(name: str) -> None:
    """Each answer is read as that of one contact: raised, unsure, and what is no answer."""
    assert judged(BY_ROW, name, batches=True) == [
        ("connect", "colleagues", None, True),
        ("undecided", None, 'worked at "Acme" for at least 2 years', True),
        ("error", None, None, None),
        ("error", None, None, None),
        ("decline", "even strangers", None, True),
        ("undecided", None, "has an odd number of followers", True),
    ]


@pytest.mark.parametrize("name", SOME)
def test_rows_are_judged_as_their_records_are(name: str) -> None:
    """By the very function that judges a contact."""
    engine = ENGINES[name]
    frame = engine.made(TABLE)

    rows = [{key: _known(value) for key, value in row.items()} for row in engine.rows(frame)]
    alone = judged_by_rows(Policy.parse(BY_ROW.source.text, vocabulary=VOCABULARY), rows, lead)

    assert results(engine.rows(BY_ROW.judge_frame(frame, batches=True))) == alone


def _known(value: object) -> object:
    return None if isinstance(value, float) and math.isnan(value) else value


def seen_by_phrase(table: pa.Table, name: str, policy_text: str = "is noted") -> list[Lead]:
    """The records that a phrase sees."""
    seen: list[Lead] = []

    def noted(lead: Lead) -> bool:
        seen.append(lead)
        return True

    policy = Policy.parse(
        policy_text, vocabulary=Vocabulary.of(Lead, phrases=[phrase("is noted")(noted)])
    )
    engine = ENGINES[name]
    engine.rows(policy.judge_frame(engine.made(table), batches=True))
    return seen


@pytest.mark.parametrize("name", SOME)
def test_a_phrase_sees_what_a_record_holds(name: str) -> None:
    """Values in the types that the record class names, whatever the table has; unfit ones too."""
    moment = datetime(2020, 5, 1, 12, 30)  # noqa: DTZ001 - a table's
    table = pa.table(
        {
            NUMBER: pa.array([0, 1], pa.int64()),
            "key": ["ada", "bob"],
            "since": pa.array([moment, None], pa.timestamp("us")),
            "seen": pa.array([moment, None], pa.timestamp("us")),
            "followers": pa.array([-3, 4], pa.int64()),
            "score": [0.5, 2.0],
            "friend": [True, False],
            "values": [["craft", "craft"], ["wit"]],
            "stage": ["FAR", "away"],
            "jobs": [[1, 2], [3]],
            "shoe_size": [42, 43],
            "hair": ["grey", "red"],
        }
    )
    text = "FACT shoe size: count\nCONNECT WHEN is noted\nOTHERWISE REVIEW"

    ada, bob = sorted(seen_by_phrase(table, name, text), key=lambda lead: lead.key)

    assert ada == Lead(
        key="ada",
        since=date(2020, 5, 1),
        seen=moment,
        followers=-3,
        score=0.5,
        friend=True,
        values=frozenset({"craft"}),
        stage=Stage.FAR,
        jobs=(1, 2),
        other={"shoe size": 42},
    )
    assert type(ada.since) is date
    assert (type(ada.followers), type(ada.friend)) == (int, bool)
    assert bob == Lead(
        key="bob",
        followers=4,
        score=2.0,
        friend=False,
        values=frozenset({"wit"}),
        stage="away",  # type: ignore[arg-type]
        jobs=(3,),
        other={"shoe size": 43},
    )


@pytest.mark.parametrize("name", SOME)
def test_a_table_without_facts_has_rows_all_the_same(name: str) -> None:
    """All that is known of them is that they are there."""
    table = pa.table({NUMBER: pa.array([0, 1], pa.int64())})

    assert seen_by_phrase(table, name) == [Lead(key=None), Lead(key=None)]  # type: ignore[arg-type]


@attrs.frozen
class Strict:
    """A record of which some cannot be made, with arguments that are not called as fields are."""

    _number: int = attrs.field()
    known: bool = False
    name: str = "nobody"
    length: int = attrs.field(init=False, default=0)

    @_number.validator
    def _is_small(self, _attribute: object, value: int | None) -> None:
        if value is None or value > 9:
            msg = "too large"
            raise ValueError(msg)


@phrase("counts")
def counts(record: Strict) -> bool | None:
    """Whether nobody said that it is known."""
    return record.known is None


STRICT = Policy.parse(
    'CONNECT "is known" WHEN known\nCONNECT "counted" WHEN counts\nOTHERWISE REVIEW',
    vocabulary=Vocabulary.of(Strict, phrases=[counts]),
)


@pytest.mark.parametrize("name", SOME)
def test_rows_of_which_no_record_can_be_made(name: str) -> None:
    """There is no such contact, so they are errors, whatever decides them; that is told."""
    table = pa.table(
        {
            NUMBER: pa.array([0, 1, 2], pa.int64()),
            "number": pa.array([1, 10, None], pa.int64()),
            "known": [True, True, None],
        }
    )
    engine = ENGINES[name]
    frame = engine.made(table)

    with warnings.catch_warnings(record=True, action="always") as caught:
        judged = results(engine.rows(STRICT.judge_frame(frame, batches=True)))

    error = ("error", None, None, None)
    assert judged == [("connect", "is known", None, True), error, error]
    if name != "lazy polars":
        (warned,) = caught
        assert str(warned.message) == (
            "no `Strict` can be made of 2 of 3 rows, so their decision is `error`; the first "
            "raised ValueError: too large"
        )
        assert warned.filename == __file__


def test_a_fact_without_a_column_is_none_in_records() -> None:
    """Whatever the record class would have it be: it is unknown, as it is to the rules."""
    table = pa.table({NUMBER: pa.array([0], pa.int64()), "number": pa.array([1], pa.int64())})

    assert results(STRICT.judge_frame(table, batches=True).to_pylist()) == [
        ("connect", "counted", None, True)
    ]


def test_lazily() -> None:
    """Nothing is called before somebody collects the table, and nothing for rows they leave out."""
    calls: list[str] = []

    def noted(lead: Lead) -> bool:
        calls.append(lead.key)
        return True

    policy = Policy.parse(
        "CONNECT WHEN is noted AND friend\nOTHERWISE REVIEW",
        vocabulary=Vocabulary.of(Lead, phrases=[phrase("is noted")(noted)]),
    )
    table = pl.from_arrow(TABLE).lazy()  # type: ignore[union-attr]

    judged = policy.judge_frame(table, batches=True)

    assert isinstance(judged, pl.LazyFrame)
    assert calls == []
    assert judged.select("decision").collect()["decision"].to_list() == (
        ["undecided", "connect", "review", "undecided", "review", "connect"]
    )
    assert sorted(calls) == [f"key {number}" for number in range(6)]
    calls.clear()
    judged.select("key").collect()
    assert calls == []


def test_no_column_form() -> None:
    """The message names the phrases and says what to do; nothing is called."""
    policy = Policy.parse(
        'has an odd number of followers AND worked at "Acme" for at least 2 years',
        vocabulary=Vocabulary.of(Lead, phrases=[odd, attrs.evolve(worked_at, frame=None)]),
    )
    for name, engine in ENGINES.items():
        with pytest.raises(FrameError) as raised:
            policy.judge_frame(engine.made(TABLE))

        assert raised.value.code == "CR505", name
        assert str(raised.value) == (
            "the phrase `has an odd number of followers` has no column form: give it one with "
            "`@phrase('has an odd number of followers', frame=…)`, or let it be called row by "
            "row, which is slower, with `batches=True`\n"
            'the phrase `worked at "Acme" for at least 2 years` has no column form: give it one '
            "with `@phrase('worked at {company:text} for at least {time:duration}', frame=…)`, "
            "or let it be called row by row, which is slower, with `batches=True`"
        )


def test_duckdb_calls_no_python() -> None:
    """Its tables are judged by column forms alone; the message says what else there is."""
    with pytest.raises(FrameError) as raised:
        BY_ROW.judge_frame(ENGINES["duckdb"].made(TABLE), batches=True)

    assert raised.value.code == "CR505"
    assert str(raised.value) == (
        "the phrase `has an odd number of followers` has no column form, and DuckDB cannot call "
        "it row by row: give it one with `@phrase('has an odd number of followers', frame=…)`, "
        "or hand over a table of Arrow, `relation.to_arrow_table()`"
    )


# Answers


@pytest.mark.parametrize("name", SOME)
def test_answers_about_phrases(name: str) -> None:
    """They fill what is unknown, a fault and a doubt too; they do not change what is known."""
    said = "has an odd number of followers"
    worked = 'worked at "Acme" for at least 2 years'
    answers = {
        "key 0": {worked: False},
        "key 1": {said: True},
        "key 2": {said: UNSURE},
        "key 3": {said: False, "friend": False},
        "key 4": {said: "perhaps"},
        "key 5": {said: UNSURE, worked: True},
        "nobody": {said: True},
    }
    policy = Policy.parse(BY_ROW.source.text, vocabulary=VOCABULARY)
    rows = TABLE.to_pylist()

    alone = judged_by_rows(policy, rows, lead, answers=answers)

    assert judged(BY_ROW, name, batches=True, answers=answers) == alone
    assert alone == [
        ("error", None, None, None),
        ("connect", "odd friends", None, True),
        ("error", None, None, None),
        ("decline", "even strangers", None, True),
        ("decline", "even strangers", None, True),
        ("connect", "colleagues", None, True),
    ]


@pytest.mark.parametrize("name", SOME)
def test_a_doubt_outlasts_an_answer_about_others(name: str) -> None:
    """Who is unsure stays so where there are answers, but none about that."""
    answers = {"key 1": {"friend": True}, "key 5": {"has an odd number of followers": False}}

    _, second, *_, last = judged(BY_ROW, name, batches=True, answers=answers)

    worked = 'worked at "Acme" for at least 2 years'
    assert (second, last) == (("undecided", None, worked, True),) * 2


# Spark


@pytest.mark.spark
def test_spark(spark: "SparkSession") -> None:
    """Column forms are Spark's own, and functions are sent to where the rows are."""
    frame = spark.createDataFrame(TABLE.drop_columns([NUMBER]).to_pandas())

    by_form = [tuple(row[-4:]) for row in BY_FORM.judge_frame(frame).orderBy("key").collect()]
    by_row = BY_ROW.judge_frame(frame, batches=True).orderBy("key").collect()

    assert by_form == judged(BY_FORM, "polars")
    assert [tuple(row[-4:]) for row in by_row] == judged(BY_ROW, "polars", batches=True)
