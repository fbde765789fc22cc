"""A policy on a cluster: Spark says what `judge` says, plans it well, and keeps its rows."""

import datetime
import doctest
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import Phase, settings
from hypothesis import given as drawn

from connectrules import UNSURE, Contact, FrameError, Policy
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)
from tests.framed.tables import RESULTS, Row, contact_of, judged_by_rows
from tests.property.model import Case, Fact, Kind
from tests.property.printing import policy_text
from tests.property.running import EXAMPLES, tried
from tests.property.strategies import HELD, UNFIT, case
from tests.property.universe import FACTS, FIELDS, VOCABULARY, record

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

pytestmark = pytest.mark.spark

TODAY = datetime.date(2026, 11, 22)
HOW_TO = Path(__file__).parents[2] / "docs" / "how-to" / "judge-on-a-cluster.md"

_TEXTS = (
    "Head of PR, Leeds",
    "uk",
    None,
    "",
    "100% craft_speed",
    'a "quoted" \\ one',
    "it's (PR)? [a-z]+.*$ ^|{2}",
    "PRs and pr",
    "E\N{COMBINING ACUTE ACCENT}IRE",
    "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}stanbul",
    "\N{GREEK CAPITAL LETTER SIGMA}O\N{GREEK CAPITAL LETTER SIGMA}",
    "line\nbreak craft",
    "\N{LATIN CAPITAL LETTER SHARP S} \N{ROCKET} \N{CJK UNIFIED IDEOGRAPH-4EBA}",
    "nul\0craft",
)
_LISTS: tuple[list[str | None] | None, ...] = (
    [],
    ["honesty"],
    ["craft", "CRAFT", "speed"],
    None,
    ["wit", None],
    ["E\N{COMBINING ACUTE ACCENT}ire", "\N{LATIN SMALL LETTER E WITH ACUTE}IRE"],
    ["Honesty", "kindness", "Wit", "PR%"],
)
_DAYS = (
    datetime.date(2026, 11, 22),
    datetime.date(2024, 5, 1),
    None,
    datetime.date(2026, 5, 22),
    datetime.date(1, 1, 1),
    datetime.date(9999, 12, 31),
    datetime.date(2024, 2, 29),
)
_HOURS = (
    datetime.datetime(2026, 5, 22, 23, 59, 59, tzinfo=datetime.UTC),
    None,
    datetime.datetime(2024, 5, 1, 0, 0, 1, tzinfo=datetime.UTC),
    datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC),
)

COLUMNS: Mapping[str, tuple[str, Sequence[object]]] = {
    "would recommend": ("boolean", (True, False, None)),
    "met_in_person": ("boolean", (None, True, True, False)),
    "would trade with": ("void", (None,)),
    "followers": ("bigint", (0, 5, 500, -1, None, 2**53, 2**53 + 1, 10, 3, 2**63 - 1)),
    "following": ("tinyint", (1, None, 5, -1, 127, 3)),
    "posts": ("double", (0.0, 3.0, 2.5, float("nan"), None, float("inf"), -0.0, 1e300, 5.0)),
    "response rate": ("float", (2.5, None, -1.0, float("nan"), 5.0, float("-inf"), 10.0)),
    "stars": ("decimal(12,2)", (Decimal("2.10"), Decimal("-3.50"), None, Decimal("5.00"))),
    "country": ("string", _TEXTS),
    "headline": ("string", _TEXTS),
    "relationship": ("string", ("client", None, "Journalist", "enemy", "PEER", "")),
    "last active on": ("date", _DAYS),
    "met on": ("timestamp", _HOURS),
    "values": ("array<string>", _LISTS),
    "skills": ("array<string>", _LISTS),
    "small": ("smallint", (5, 4, None, -1, 6, 0, 20, 10)),
    "whole": ("int", (5, 6, None, -1, 4, 2**31 - 1, 0, 10)),
    "exact count": ("decimal(20,1)", (Decimal("5.0"), Decimal("2.5"), None, Decimal("4.0"))),
    "a.b `c`": ("map<string,int>", ({"a": 1}, None)),
    'd"e': ("binary", (b"\xff", None)),
}
"""The columns of the table: what Spark calls their types, and their values, over and over."""

_NUMBER_OF_ROWS = 84
ROWS: Sequence[Mapping[str, Any]] = [
    {
        "row number": n,
        "key": f"contact {n}",
        **{
            name: values[(n * (1 + place % 3) + n // (3 + place)) % len(values)]
            for place, (name, (_, values)) in enumerate(COLUMNS.items())
        },
    }
    for n in range(_NUMBER_OF_ROWS)
]


@pytest.fixture(scope="module")
def frame(spark: "SparkSession") -> "DataFrame":
    """The table."""
    types = ", ".join(f"`{name.replace('`', '``')}` {kind}" for name, (kind, _) in COLUMNS.items())
    rows = [tuple(row.values()) for row in ROWS]
    made = spark.createDataFrame(rows, f"`row number` int, key string, {types}")
    return made.repartition(3).cache()


def _contact(row: Mapping[str, Any]) -> Contact:
    known = {name: value for name, value in row.items() if name not in {"a.b `c`", 'd"e'}}
    return contact_of(known)


def _judged(frames: "Sequence[DataFrame]") -> list[list[Row]]:
    """The results in *frames*, by one run of Spark, each in the order of the rows."""
    from pyspark.sql import functions  # noqa: PLC0415 - it may be missing

    columns = [functions.col("`row number`"), *map(functions.col, RESULTS)]
    numbered = [
        each.select(functions.lit(n).alias("number"), *columns) for n, each in enumerate(frames)
    ]
    together = numbered[0]
    for each in numbered[1:]:
        together = together.unionAll(each)
    found: list[list[Row]] = [[] for _ in frames]
    for number, _, *results in sorted(together.collect(), key=lambda row: row[:2]):
        found[number].append(tuple(results))
    return found


def _agree(
    frame: "DataFrame", judgings: Sequence[tuple[Policy[Any], Mapping[str, Any]]]
) -> list[list[Row]]:
    """Hold what Spark makes of each policy, with what it is given, against single contacts."""
    wanted = [judged_by_rows(policy, ROWS, _contact, **given) for policy, given in judgings]
    found = _judged([policy.judge_frame(frame, **given) for policy, given in judgings])
    for (policy, given), one, other in zip(judgings, wanted, found, strict=True):
        wrong = [
            (row, should, does)
            for row, should, does in zip(ROWS, one, other, strict=True)
            if should != does
        ]
        assert wrong == [], (policy, given)
    return found


@contextmanager
def _set(spark: "SparkSession", **said: str) -> Iterator[None]:
    """Spark with other settings, named without what they all begin with."""
    names = {f"spark.sql.{name.replace('_', '.')}": value for name, value in said.items()}
    before = {name: spark.conf.get(name) for name in names}
    for name, value in names.items():
        spark.conf.set(name, value)
    try:
        yield
    finally:
        for name, value in before.items():
            spark.conf.set(name, value)


@pytest.fixture
def uncompiled(spark: "SparkSession") -> Iterator[None]:
    """Spark works plans out as they stand: to compile them is not worth it for few rows."""
    with _set(spark, codegen_wholeStage="false", codegen_factoryMode="NO_CODEGEN"):
        yield


_FACTS: Mapping[type[FactType], tuple[str, Sequence[str]]] = {
    YesNo: ("yes/no", ["met in person"]),
    Number: ("number", ["response rate", "stars"]),
    CountType: ("count", ["followers", "following", "posts", "small", "whole", "exact count"]),
    Text: ("text", ["headline"]),
    OneOf: ('one of "client", "journalist", "peer", "craft", "speed", "other"', ["relationship"]),
    Date: ("date", ["last active on", "met on"]),
    TextList: ("list of text", ["values"]),
}


def _about(said: Mapping[str, type[FactType]]) -> Policy[Contact]:
    """A rule for each sample of the phrase book that fits the kind of a fact, by its name."""
    sentences = dict.fromkeys(
        re.sub(r"\bF\b", fact, sample.sentence)
        for fact, kind in said.items()
        for operator in PHRASE_BOOK
        if kind in operator.types
        for sample in operator.samples
    )
    declared = "".join(
        f"FACT {fact}: {_FACTS[kind][0]}\n" for fact, kind in said.items() if fact not in FIELDS
    )
    rules = "".join(f'REVIEW "{n}" WHEN {sentence}\n' for n, sentence in enumerate(sentences))
    return Policy.parse(f"{declared}{rules}OTHERWISE DECLINE\n")


@pytest.mark.usefixtures("uncompiled")
def test_operators(frame: "DataFrame") -> None:
    """Every sentence of the phrase book comes out as for single contacts, of every type."""
    said: list[dict[str, type[FactType]]] = [
        {facts[0]: kind for kind, (_, facts) in _FACTS.items()},
        {facts[1]: kind for kind, (_, facts) in _FACTS.items() if len(facts) > 1},
        dict.fromkeys(_FACTS[CountType][1][2:], CountType),
    ]

    found = _agree(frame, [(_about(each), {"today": TODAY}) for each in said])

    assert {row[0] for row in found[0]} == {"review"}
    assert all(len({row[1] for row in rows}) > 10 for rows in found)


_SEARCHED = [
    'headline contains "100% craft_"',
    'headline contains "a \\"quoted\\" \\\\"',
    'headline mentions "pr"',
    'headline mentions "[a-z]+.*$ ^|{2}"',
    'headline mentions any of "rocket", "\N{ROCKET}"',
    'headline starts with "it\'s (pr)?"',
    'headline ends with "craft"',
    'headline contains "\N{LATIN SMALL LETTER E WITH ACUTE}IRE"',
    'headline starts with "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}S"',
    'headline is "\N{GREEK SMALL LETTER SIGMA}o\N{GREEK SMALL LETTER FINAL SIGMA}"',
    'headline is ""',
    'headline is one of "\N{LATIN SMALL LETTER SHARP S} \N{ROCKET} \u4eba", "uk"',
    'values include "pr%"',
    'values include all of "\N{LATIN CAPITAL LETTER E WITH ACUTE}ire"',
    "has at least 2 values",
]

_WHOLE = """\
ASK would trade with: "?"
FACT relationship: one of "client", "journalist", "peer"
FACT skills: list of text
FACT met on: date
FACT stars: number
DEFINE a craftsman AS ANY OF
    - skills include "craft"
    - headline mentions "craft"
ASSUME met in person: yes
ASSUME country: "Ireland"
ASSUME skills: "craft", "wit"
ASSUME stars: 2.5
ASSUME met on: 2024-05-01
CONNECT "known" WHEN met in person AND NOT a craftsman
    UNLESS country is one of "UK", "Leeds"
CONNECT "points" WHEN AT LEAST 1.5 POINTS FROM
    - 0.5 FOR a craftsman
    - 1 FOR stars is at least 2.1
    - 0.5 FOR met on is before 2024-05-02
    - 1 FOR would trade with
CONNECT "some" WHEN EXACTLY 2 OF
    - would recommend
    - relationship is "client"
    - followers is at least 5
    - followers is less than 400
REVIEW "compared" WHEN followers is more than 2 times following OR posts is following
DECLINE "mine" WHEN country is my country OR values include any of my values
OTHERWISE DECLINE
"""
_EARLY = """\
FACT met on: date
ASSUME met on: 0001-02-03
CONNECT "before" WHEN last active on is before met on
CONNECT "never" WHEN last active on is before 0900-02-28
REVIEW "later" WHEN last active on is after 9999-12-30
OTHERWISE DECLINE
"""
_ME = Contact(key="me", country="uk", values=["Wit", "craft"])
_ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "contact 1": {"would recommend": True, "followers": UNSURE, "country": "UK"},
    "contact 4": {"followers": 600, "skills": ["Craft"], "stars": 1.25},
    "contact 5": {"would trade with": True, "relationship": "peer", "values": ["wit"]},
    "contact 9": {"would trade with": UNSURE, "followers": -1, "met on": TODAY},
    "contact 12": {"met in person": False, "following": "many", "headline": "a 'craft'"},
    "somebody else": {"met in person": True},
}


def test_policies(frame: "DataFrame") -> None:
    """What is defined, assumed, answered, compared and the owner's comes out as for single ones."""
    searched = "".join(f'REVIEW "{n}" WHEN {each}\n' for n, each in enumerate(_SEARCHED))
    split = "CONNECT WHEN followers is less than 5 OR followers is more than 3\nOTHERWISE DECLINE"
    whole = Policy.parse(_WHOLE)
    known = {"would recommend": True}

    found = _agree(
        frame,
        [
            (Policy.parse(searched + "OTHERWISE DECLINE\n"), {}),
            (Policy.parse(split), {}),
            (whole, {"me": _ME}),
            (whole, {"me": Contact(key="me"), "answers": _ANSWERS}),
            (Policy.parse(_EARLY), {}),
            (Policy.parse("would recommend"), {"answers": {"contact 2": known}}),
            (Policy.parse("country is my country OR would recommend"), {"me": Contact(key="me")}),
        ],
    )

    assert set(found[1]) == {("connect", "connect 1", None, True)}
    assert {row[0] for row in found[2]} == {"connect", "decline", "review", "undecided", "error"}
    assert found[3] != found[2]


@pytest.mark.usefixtures("uncompiled")
def test_random_policies(frame: "DataFrame") -> None:
    """Random policies come out as for single contacts."""
    cases = _cases(EXAMPLES // 20 or _RUN * 2)
    found: list[Row] = []

    for start in range(0, len(cases), _RUN):
        judgings = [_judging(n, each) for n, each in enumerate(cases[start : start + _RUN])]
        found += [row for rows in _agree(frame, judgings) for row in rows]

    assert {row[0] for row in found} == {"connect", "decline", "review", "undecided", "error"}
    assert any(each.rules.assumes for each in cases)
    assert any(each.me for each in cases)


_RUN = 5
"""How many random policies Spark plans together, which is faster."""


def _cases(number: int) -> list[Case]:
    """Random cases: to draw them is fast, to try each by itself is not."""
    pool = [fact for fact in FACTS if fact.kind is not Kind.PHRASE]
    found: list[Case] = []

    @settings(tried(number), phases=[Phase.generate])
    @drawn(case(pool))
    def take(each: Case) -> None:
        found.append(each)

    take()
    return found


def _judging(number: int, each: Case) -> tuple[Policy[Any], dict[str, Any]]:
    """The policy of *each*, and what else it is given: of every other one, some answers."""
    policy = Policy.parse(policy_text(each.rules, FIELDS), vocabulary=VOCABULARY)
    given: dict[str, Any] = {"me": record("test:me", each.me), "today": each.today}
    if number % 2:
        return policy, given
    choose = Random(number).choice  # noqa: S311 - anybody may guess them
    answers = {
        f"contact {n}": {fact.name: _answer(fact, choose) for fact in each.rules.facts()}
        for n in (2, 3, 5, 8)
    }
    return policy, {**given, "answers": answers}


def _answer(fact: Fact, choose: Callable[[Sequence[object]], object]) -> object:
    return choose([*HELD[fact.kind], UNSURE, UNFIT[fact.kind][0]])


def test_days_are_those_of_the_session(spark: "SparkSession") -> None:
    """A moment is on the day that it is where the session is."""
    policy = Policy.parse(
        'FACT met on: date\nCONNECT "active" WHEN last active on is before 2026-05-23\n'
        'CONNECT "met" WHEN met on is before 2026-05-23\nOTHERWISE DECLINE\n'
    )
    moments = spark.range(1).selectExpr(
        "timestamp_seconds(1779501600) AS `last active on`",
        "timestamp_ntz'2026-05-22 23:59:00' AS `met on`",
    )
    found = []
    for zone in ("UTC", "America/New_York", "Asia/Tokyo"):
        with _set(spark, session_timeZone=zone):
            found.append(policy.judge_frame(moments).collect()[0]["rule"])

    assert found == ["met", "active; met", "met"]


# What runs where

_SMALL = """\
FACT posts a week: number
CONNECT "known" WHEN met in person AND headline mentions "engineer"
CONNECT "active" WHEN AT LEAST 2 OF
    - followers is at least 500
    - posts a week is at least 2
    - values include "craft"
REVIEW "old" WHEN last active on is before 2024-01-01
DECLINE "spam" WHEN headline contains "crypto" UNLESS would recommend
OTHERWISE DECLINE
"""


def _jobs(spark: "SparkSession") -> int:
    """How many jobs there were so far."""
    jobs: int = spark.sparkContext._jsc.sc().dagScheduler().numTotalJobs()
    return jobs


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of rows, each time that some come to Python."""
    from pyspark.sql.classic.dataframe import DataFrame  # noqa: PLC0415 - it may be missing

    rows: list[int] = []

    def counting(name: str) -> None:
        plain = getattr(DataFrame, name)

        def counted(self: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - any of them
            found = plain(self, *args, **kwargs)
            rows.append(len(found) if hasattr(found, "__len__") else -1)
            return found

        monkeypatch.setattr(DataFrame, name, counted)

    for name in ("collect", "toPandas", "toArrow", "toLocalIterator", "count"):
        counting(name)
    return rows


def test_parquet_to_parquet(
    spark: "SparkSession", frame: "DataFrame", tmp_path: Path, collected: list[int]
) -> None:
    """Judging starts nothing, and writing brings no row to the driver, nor any to Python."""
    policy = Policy.parse(_SMALL)
    there, then = str(tmp_path / "contacts.parquet"), str(tmp_path / "verdicts.parquet")
    frame.drop("would trade with").write.parquet(there)
    contacts = spark.read.parquet(there)
    before = _jobs(spark)

    judged = policy.judge_frame(contacts)

    assert _jobs(spark) == before
    assert "Python" not in _plan(judged)

    judged.write.parquet(then)
    assert collected == []
    written = spark.read.parquet(then)
    assert written.columns == [*contacts.columns, *RESULTS]
    assert _judged([written]) == [judged_by_rows(policy, ROWS, _contact)]


def _plan(frame: "DataFrame") -> str:
    plan: str = frame._jdf.queryExecution().executedPlan().toString()
    return plan


def test_the_pass(frame: "DataFrame", collected: list[int]) -> None:
    """Where verdicts hang on more than can be worked out beforehand, the patterns come, once."""
    policy = Policy.parse("followers is more than following AND would recommend")

    judged = policy.judge_frame(frame)

    assert len(collected) == 1
    assert 1 < collected[0] < len(ROWS) / 3

    judged.write.format("noop").mode("overwrite").save()
    assert len(collected) == 1


def test_nothing_is_worked_out_twice(frame: "DataFrame") -> None:
    """Somebody's filter of the verdicts makes Spark search no text once more, nor plan for ever.

    What it knows of columns it puts together in all ways there are: 2 to the 60th here.
    """
    rules = "".join(
        f'CONNECT "{n}" WHEN headline mentions "x{n}"\n'
        f'CONNECT "{n} or the next" WHEN headline mentions any of "x{n}", "x{n + 1}"\n'
        for n in range(30)
    )
    everything = " OR ".join(f'headline mentions "x{n}"' for n in range(30))
    policy = Policy.parse(f"{rules}REVIEW WHEN {everything}\nOTHERWISE DECLINE")

    judged = policy.judge_frame(frame)
    with _set(frame.sparkSession, debug_maxToStringFields="1000"):
        plan = _plan(judged.filter("decision = 'connect'").select("key"))

    assert len(re.findall(r"RLIKE\(", plan)) == len(rules.splitlines())


def test_columns_of_other_types(spark: "SparkSession") -> None:
    """Columns that fit no fact are told of before anything runs."""
    rows = spark.range(1).selectExpr(
        "'many' AS followers", "map('a', 1) AS headline", "array(1) AS values"
    )
    before = _jobs(spark)

    with pytest.raises(FrameError) as raised:
        Policy.parse(_SMALL).judge_frame(rows)

    assert (raised.value.code, sorted(raised.value.columns)) == (
        "CR501",
        ["followers", "headline", "values"],
    )
    assert _jobs(spark) == before


def test_the_how_to(spark: "SparkSession", tmp_path: Path) -> None:
    """The how-to does what it says."""
    page = HOW_TO.read_text(encoding="utf-8")
    blocks = re.findall(r"^```py\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    text = re.sub(r'"(\w+\.parquet)"', rf'"{tmp_path}/\1"', "\n".join(blocks))
    example = doctest.DocTestParser().get_doctest(text, {}, HOW_TO.name, None, None)
    said: list[str] = []

    outcome = doctest.DocTestRunner(verbose=False).run(example, out=said.append)

    assert spark.getActiveSession() is not None
    assert outcome.attempted > 10
    assert "".join(said) == ""
