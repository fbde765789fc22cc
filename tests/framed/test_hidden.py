"""Rules that hold whatever a fact is: a table names them beside those that are seen to hold."""

import datetime
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import pyarrow as pa
import pytest

from connectrules import Contact, Policy
from tests.framed.tables import ENGINES, NUMBER, Engine, Row, alike

EACH = pytest.mark.parametrize("engine", ENGINES.values(), ids=list(ENGINES))
OF_EACH_KIND = pytest.mark.parametrize("name", ["polars", "lazy polars", "duckdb", "pyarrow"])
TODAY = datetime.date(2026, 11, 22)

STAGES = Policy.parse("""
FACT stage: one of "new", "Warm", "Öfter"
REVIEW "rule 1" WHEN stage is "warm" OR stage is one of "new", "öfter"
REVIEW "rule 3" WHEN stage is "warm" OR position mentions any of "editor", "ärztin"
OTHERWISE DECLINE
""")


def rows_of(engine: Engine, policy: Policy[Contact], **columns: pa.Array) -> list[Row]:
    """What is said of the rows of *columns*, which is what is said of them alone."""
    size = len(next(iter(columns.values())))
    table = pa.table({NUMBER: pa.array(range(size), pa.int64()), **columns})
    return alike(policy, engine, engine.made(table), today=TODAY, me=Contact(key="me", posts=7))


@EACH
def test_a_choice_of_all_that_there_is(engine: Engine) -> None:
    """Whoever has a stage at all is of some stage."""
    rows = rows_of(
        engine,
        STAGES,
        stage=pa.array([None, None, None, "new", "WARM"], pa.string()),
        position=pa.array(["Editor", "Baker", None, "Editor", None]),
    )

    review = [("review", each, None, True) for each in ("rule 1; rule 3", "rule 1")]
    assert rows == [*review, review[1], review[0], review[0]]


@EACH
def test_a_fact_that_has_no_column(engine: Engine) -> None:
    """The same where no row has one, or one of nulls alone."""
    position = pa.array(["Editor", "Baker", None])

    rows = rows_of(engine, STAGES, position=position)

    assert [row[1] for row in rows] == ["rule 1; rule 3", "rule 1", "rule 1"]
    assert rows == rows_of(engine, STAGES, position=position, stage=pa.nulls(3))


_TEXTS = pa.array(["UK", "us", None], pa.string())
_LISTS = pa.array([["craft"], [], None], pa.list_(pa.string()))
_DAYS = pa.array([datetime.date(2026, 11, 1), datetime.date(2020, 1, 1), None])
_NUMBERS = pa.array([3, 20, None], pa.int64())

RELATIVES: Mapping[str, tuple[str, Sequence[str], Mapping[str, Any]]] = {
    "counts": (
        "",
        ["followers >= 5 OR followers < 10", "has no followers OR has at least 1 followers"],
        {"followers": _NUMBERS},
    ),
    "a count that none has": ("", ["followers is not 2.5", "followers >= 0"], {}),
    "numbers": (
        "FACT rating: number",
        ["rating > 2.5 OR rating <= 2.5", "rating is between 1 and 9 OR rating < 2 OR rating > 8"],
        {"rating": _NUMBERS.cast(pa.float64())},
    ),
    "days": (
        "",
        [
            "connected on is before 2021-01-01 OR connected on is after 2020-12-31",
            "connected on is on 2020-01-01 OR NOT connected on is on 2020-01-01",
        ],
        {"connected on": _DAYS},
    ),
    "texts": (
        "",
        ['country is "uk" OR country is not "UK"', 'country is not "uk" OR country mentions "uk"'],
        {"country": _TEXTS},
    ),
    "lists": (
        "",
        [
            "has no topics OR has at least 1 topic",
            'topics include "a" OR topics do not include "A"',
        ],
        {"topics": _LISTS},
    ),
    "an assumption": (
        "ASSUME followers: 7",
        ["followers > 5 OR would recommend", "would recommend OR NOT would recommend"],
        {"followers": _NUMBERS},
    ),
    "a definition": (
        "DEFINE a friend AS would recommend",
        ["a friend OR NOT a friend", "EXACTLY 1 OF (a friend; NOT would recommend)"],
        {},
    ),
    "points": (
        "",
        [
            "AT LEAST 2 POINTS FROM (2 FOR followers > 5; 2 FOR followers < 9; 1 FOR posts > 5)",
            "AT LEAST 1 OF (followers > 5; followers < 9; posts > 5)",
        ],
        {"posts": _NUMBERS},
    ),
    "two facts": (
        "",
        [
            "followers > following OR following >= followers",
            "followers > my posts OR followers <= 2 times my posts",
            "posts > 3 OR followers is more than 2 times following",
        ],
        {"followers": _NUMBERS, "posts": _NUMBERS},
    ),
    "what cannot be": (
        "",
        ["(would recommend OR posts > 5) AND NOT (posts > 5 AND posts < 3)"],
        {"would recommend": pa.array([True, False, None])},
    ),
    "never": ("", ["posts > 5 AND posts < 3", "posts > 3 OR (posts > 5 AND posts < 3)"], {}),
}
"""What is declared, sentences that hold of all values or of none, and columns."""


@pytest.mark.once
@OF_EACH_KIND
@pytest.mark.parametrize("about", RELATIVES)
def test_what_holds_of_all_values(name: str, about: str) -> None:
    """It decides with what is known, and is named, in rules of one kind and of several."""
    declared, sentences, columns = RELATIVES[about]
    seen = {"headline": pa.array(["editor", None, "baker", None, "Editor"])}
    seen |= {name: pa.array([*each.to_pylist(), None, None]) for name, each in columns.items()}
    conditions = [
        each
        for sentence in sentences
        for each in (
            sentence,
            f'headline mentions "editor" OR ({sentence})',
            f'headline mentions "editor" AND ({sentence})',
        )
    ]
    for kinds in (("REVIEW",), ("DECLINE", "REVIEW", "CONNECT")):
        rules = [f'{kinds[n % len(kinds)]} "{n}" WHEN {each}' for n, each in enumerate(conditions)]
        policy = Policy.parse("\n".join([declared, *rules, f"OTHERWISE {kinds[-1]}"]))

        rows = rows_of(ENGINES[name], policy, **seen)

        assert len(rows) == 5


@OF_EACH_KIND
@pytest.mark.parametrize("number", [2, 9, 30])
def test_many_rules_of_a_kind(name: str, number: int) -> None:
    """All that hold are named in the policy's order, also those that hold of all values."""
    lines = [
        f'REVIEW "{n}" WHEN posts > {n} OR followers < {n + 1} OR followers > {n}'
        if n % 3 == 0
        else f'REVIEW "{n}" WHEN posts > {n}'
        for n in range(number)
    ]
    policy = Policy.parse("\n".join([*lines, "OTHERWISE CONNECT"]))

    rows = rows_of(
        ENGINES[name],
        policy,
        posts=pa.array([None, 0, 2, 100, 7], pa.int64()),
        followers=pa.array([3, None, None, None, 1], pa.int64()),
    )

    assert rows[3] == ("review", "; ".join(map(str, range(number))), None, True)
    always = "; ".join(str(n) for n in range(0, number, 3))
    assert [row[1] for row in rows[:2]] == [always, always]


@EACH
def test_what_is_false_of_everybody(engine: Engine) -> None:
    """It tells nothing of a fact: one that is not known is asked for, in a comparison, too."""
    policy: Policy[Contact] = Policy.parse(
        "CONNECT WHEN headline is my country\nCONNECT WHEN headline is one of my values\n"
        "OTHERWISE DECLINE"
    )
    me = Contact(key="me", values=())
    for headline in (pa.array([None, "x"]), pa.nulls(2)):
        table = pa.table({NUMBER: range(2), "headline": headline})

        judged = alike(policy, engine, engine.made(table), me=me)

        assert judged[0] == ("undecided", None, "headline", False)


_YES_NO = ("would recommend", "met in person", "would trade with", "is a recruiter")
_JOINED = (
    "{0} AND NOT ({1} OR {2}) AND {3}",
    "({0} AND {1}) OR ({2} AND NOT {3})",
    "AT LEAST 2 OF ({0}; {1}; {2}; {3})",
    "AT MOST 2 OF ({0}; {1}; {2}; {3})",
    "EXACTLY 2 OF ({0}; {1}; {2}; {3})",
    "AT LEAST 3 POINTS FROM (2 FOR {0}; 1 FOR {1}; 1 FOR {2}; 2 FOR {3})",
    "NOT AT LEAST 0.3 POINTS FROM (0.1 FOR {0}; 0.2 FOR {1}; 0.2 FOR {2}; 0.3 FOR {3})",
)


@OF_EACH_KIND
@pytest.mark.parametrize("joined", _JOINED)
def test_all_truths(name: str, joined: str) -> None:
    """Conditions joined in all ways, of facts that are known and not known in all ways."""
    facts = "FACT would trade with: yes/no\nFACT is a recruiter: yes/no\n"
    rule = f"CONNECT WHEN {joined.format(*_YES_NO)}\nOTHERWISE DECLINE"
    truths = zip(*product((True, False, None), repeat=4), strict=True)
    columns = {fact: pa.array(each) for fact, each in zip(_YES_NO, truths, strict=True)}

    rows = rows_of(ENGINES[name], Policy.parse(facts + rule), **columns)

    assert {row[0] for row in rows} == {"connect", "decline", "undecided"}
