"""JSON is what the interfaces promise."""

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import pytest

from connectrules.diagnostics import Diagnostic, Edit, Fix
from connectrules.errors import ContactError
from connectrules.explanation import (
    Basis,
    Change,
    Evidence,
    Explanation,
    Lead,
    Question,
    Reason,
    Why,
    WhyNot,
)
from connectrules.render.json import (
    diagnostics_json,
    dumps,
    error_json,
    explanation_json,
    verdict_json,
)
from connectrules.render.values import plain_value
from connectrules.schema.types import UNSURE
from connectrules.source import Source, Span
from connectrules.verdict import Decision, Fault, Verdict


class Colour(Enum):
    """A choice whose value is no text."""

    DARK_RED = 1


def test_a_verdict_has_the_promised_keys() -> None:
    """In the promised order, lists even where they are empty."""
    verdict = Verdict(
        Decision.CONNECT,
        ("three rules",),
        ("I link only with …",),
        assumed=("is a recruiter",),
        faults=(Fault("followers", "CR501", "`x` is not a whole number, 0 or more", "x.csv:7"),),
    )

    assert dumps(verdict_json("ada", verdict)) == (
        '{"contact": "ada", "decision": "connect", "rules": ["three rules"], '
        '"because": ["I link only with …"], "ask": [], "unsure": [], '
        '"assumed": ["is a recruiter"], "exact": true, "faults": [{"code": "CR501", '
        '"fact": "followers", "message": "`x` is not a whole number, 0 or more", '
        '"where": "x.csv:7"}]}'
    )


def test_an_error_is_an_object_of_its_own() -> None:
    """No decision stands beside it."""
    error = ContactError("bad", contact="Eve", code="CR501", fact="followers", where="x.csv:7")

    assert error_json("eve", error) == {
        "contact": "eve",
        "error": {"code": "CR501", "fact": "followers", "message": "bad", "where": "x.csv:7"},
    }


def test_an_explanation_adds_why() -> None:
    """A condition about two facts has all its values, one of another rule its rule."""
    conditions = (
        Evidence(
            "would recommend", holds=True, values=(("would recommend", True, "answers.csv:2"),)
        ),
        Evidence(
            "met on is after my last conference",
            holds=False,
            values=(
                ("met on", datetime.date(2026, 1, 2), None),
                ("my last conference", None, None),
            ),
            rule="fresh",
        ),
        Evidence("a proven contact", holds=None),
    )
    verdict = Verdict(Decision.CONNECT, ("three rules",))
    explanation = Explanation("ada", verdict, (Reason("three rules", "why not", conditions),))

    assert explanation_json(explanation) == {
        **verdict_json("ada", verdict),
        "why": [
            {
                "rule": "three rules",
                "because": "why not",
                "conditions": [
                    {
                        "sentence": "would recommend",
                        "holds": True,
                        "value": True,
                        "where": "answers.csv:2",
                    },
                    {
                        "sentence": "met on is after my last conference",
                        "holds": False,
                        "value": "2026-01-02",
                        "where": None,
                        "values": [
                            {"fact": "met on", "value": "2026-01-02", "where": None},
                            {"fact": "my last conference", "value": None, "where": None},
                        ],
                        "rule": "fresh",
                    },
                    {"sentence": "a proven contact", "holds": None, "value": None, "where": None},
                ],
            }
        ],
        "why_not": {},
        "what_next": [],
        "cannot_matter": [],
    }


class _Account:
    """What is known beyond why, written by hand."""

    decisions = (Decision.CONNECT, Decision.REVIEW, Decision.DECLINE)

    def bases(self) -> Iterator[Basis]:
        for name in ("is a bot", "followers"):
            yield Basis(((name, True, None),), ())

    def why_not(self, decision: Decision, /) -> WhyNot:
        if decision is Decision.REVIEW:
            return WhyNot(decision, ())
        day, other = datetime.date(2026, 1, 2), datetime.date(2026, 1, 5)
        ways = (
            (Change("would recommend", before=False, after=True, asked=True),),
            (
                Change("followers", 462, 500, by=38),
                Change("met on", day, other, by=3),
                Change("values", ("a",), ("b",), gains=("b",), loses=("a",)),
                Change("is a bot", UNSURE, after=False),
            ),
        )
        return WhyNot(decision, ways, fewest=False)

    def what_next(self) -> tuple[Question, ...]:
        leads = (Lead("yes", Decision.CONNECT), Lead("no", None, "b"))
        return (
            Question("a", "A?", 1.5, 0.5, leads),
            Question("b", None, None, 0.25, ()),
            Question("c", None, None, 0.25, leads[:1]),
            Question("d", None, None, 0.25, leads[:1]),
        )

    def cannot_matter(self) -> tuple[str, ...]:
        return ("company",)


def test_an_explanation_says_why_not_and_what_next() -> None:
    """Each decision not had has its nearest way, each question what its answers lead to."""
    verdict = Verdict(Decision.DECLINE, ("otherwise",))
    explanation = Explanation("ada", verdict, Why((), _Account()), account=_Account())

    assert explanation_json(explanation, bases=1) == {
        **verdict_json("ada", verdict),
        "why": [],
        "bases": [["is a bot"]],
        "why_not": {
            "connect": {
                "changes": [{"fact": "would recommend", "from": False, "to": True}],
                "others": [
                    [
                        {"fact": "followers", "from": 462, "to": 500, "by": 38},
                        {"fact": "met on", "from": "2026-01-02", "to": "2026-01-05", "by": 3},
                        {
                            "fact": "values",
                            "from": ["a"],
                            "to": ["b"],
                            "gains": ["b"],
                            "loses": ["a"],
                        },
                        {"fact": "is a bot", "from": "unsure", "to": False},
                    ]
                ],
                "fewest": False,
            },
            "review": {"changes": None},
        },
        "what_next": [
            {
                "fact": "a",
                "question": "A?",
                "expected": 1.5,
                "answers": {"yes": "connect", "no": {"ask": "b"}},
            },
            {"fact": "b", "question": None, "expected": None, "answers": {}},
            {"fact": "c", "question": None, "expected": None, "answers": {"yes": "connect"}},
            {"fact": "d", "question": None, "expected": None, "answers": {}},
        ],
        "cannot_matter": ["company"],
    }


def test_diagnostics_count_from_one() -> None:
    """Places are lines and columns in characters; fixes carry their edits."""
    source = Source("a.policy", "a\nb OR c")
    fix = Fix("use `AND`", (Edit(Span(4, 6), "AND"),))
    diagnostic = Diagnostic("CR103", "mixed", source, Span(4, 6), ("help",), (fix,))
    place = {"start": {"line": 2, "column": 3}, "end": {"line": 2, "column": 5}}
    expected = {
        "code": "CR103",
        "severity": "error",
        "message": "mixed",
        **place,
        "help": ["help"],
        "fixes": [{"title": "use `AND`", "edits": [{**place, "text": "AND"}]}],
    }

    assert diagnostics_json("a.policy", [diagnostic]) == {
        "file": "a.policy",
        "diagnostics": [expected],
    }
    assert diagnostics_json("b.policy", [diagnostic]) == {
        "file": "b.policy",
        "diagnostics": [{"file": "a.policy", **expected}],
    }


def test_a_clean_file_has_no_diagnostics() -> None:
    """It has its line all the same."""
    assert dumps(diagnostics_json("a.policy", [])) == '{"file": "a.policy", "diagnostics": []}'


def test_what_no_encoding_takes_is_escaped() -> None:
    """Lone surrogates and stray controls neither break the output nor act; they read back."""
    line = dumps({"contact": "a\ud800\x9b\x7fé"})

    assert line == '{"contact": "a\\ud800\\u009b\\u007fé"}'
    assert json.loads(line) == {"contact": "a\ud800\x9b\x7fé"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (2.0, 2),
        (Decimal("2.5"), 2.5),
        (Fraction(1, 4), 0.25),
        (float("nan"), None),
        (float("inf"), "inf"),
        (Decimal("sNaN"), "sNaN"),
        (UNSURE, "unsure"),
        (Colour.DARK_RED, "dark red"),
        (datetime.datetime(2026, 11, 22, 23, 59, tzinfo=datetime.UTC), "2026-11-22"),
        (("b", "a"), ["b", "a"]),
        ({"b", "a"}, ["a", "b"]),
        (b"x", "b'x'"),
    ],
)
def test_every_value_has_a_json_form(value: object, expected: object) -> None:
    """Facts keep their types; what no fact can be becomes text."""
    assert plain_value(value) == expected
