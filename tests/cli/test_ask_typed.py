"""`ask` reads what is typed as it was meant, or says what is wrong with it."""

import datetime
from pathlib import Path

import pytest

from connectrules.schema.types import UNSURE
from tests.cli.conftest import Run
from tests.cli.test_ask import STORE, kept

TYPES = """\
FACT relationship: one of "client", "journalist", "peer"
FACT colour: one of "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"
FACT met on: date
FACT rating: number
"""
TYPED = [
    ("followers is at least 500", "5,000", 5_000, "kept: 5,000"),
    ("rating is at least 2", "-2.5", -2.5, "kept: -2.5"),
    ("met on is after 2024-01-01", "2024-02-29", datetime.date(2024, 2, 29), "kept: 2024-02-29"),
    ('country is "UK"', "Ireland", "Ireland", 'kept: "Ireland"'),
    ('country is "UK"', '"u"', "u", 'kept: "u"'),
    ('country is "UK"', "u", UNSURE, "kept: unsure"),
    ('country is "UK"', "unsure", UNSURE, "kept: unsure"),
    ('values include "craft"', "craft, beer ,", ("craft", "beer"), 'kept: "craft", "beer"'),
    ('values include "craft"', "a, b; c", ("a, b", "c"), 'kept: "a, b", "c"'),
    ('values include "craft"', "None", (), "kept: none"),
    ('values include "craft"', "unsure", UNSURE, "kept: unsure"),
    ('values include "craft"', "u", UNSURE, "kept: unsure"),
    ('values include "craft"', '"unsure"', ("unsure",), 'kept: "unsure"'),
    ('values include "craft"', '"a, b"', ("a, b",), 'kept: "a, b"'),
    ('values include "craft"', '"a; b", c', ("a; b", "c"), 'kept: "a; b", "c"'),
    ('values include "craft"', '["a","b, c"]', ("a", "b, c"), 'kept: "a", "b, c"'),
    ('relationship is "peer"', "3", "peer", "> peer"),
    ('relationship is "peer"', "u", UNSURE, "> unsure"),
    ('colour is "j"', "10", "j", 'kept: "j"'),
    ('colour is "j"', "J", "J", 'kept: "J"'),
]


@pytest.mark.parametrize(("condition", "typed", "value", "told"), TYPED)
def test_what_is_not_yes_or_no_is_typed(
    run: Run, folder: Path, condition: str, typed: str, value: object, told: str
) -> None:
    """And shown as it was read, once it is safe."""
    (folder / "typed.policy").write_text(
        f"{TYPES}CONNECT WHEN {condition} OTHERWISE DECLINE", encoding="utf-8"
    )
    (folder / "people.csv").write_text("key,name\nada,Ada\n", encoding="utf-8")

    result = run("ask", "typed.policy", "people.csv", *STORE, given=f"?\n{typed}\n")

    assert [each[2] for each in kept()] == [value]
    assert told in result.stdout


MISFITS = [
    (
        "followers is at least 500",
        "5k",
        "`5k` is not a whole number, 0 or more: did you mean `5000`?",
    ),
    ("followers is at least 500", "-1", "`-1` is not a whole number, 0 or more"),
    ("rating is at least 2", "good", "`good` is not a number"),
    ("met on is after 2024-01-01", "2024-02-30", "`2024-02-30` is not a date"),
    ("met on is after 2024-01-01", "1 May", "`1 May` is not a date of the form `2026-01-31`"),
    ('values include "craft"', ",", "`,` names nothing"),
    (
        'values include "craft"',
        'a, "b',
        '`a, "b` has a quotation mark without another to end the text',
    ),
    (
        'values include "craft"',
        'a "b" c, d',
        '`a "b" c` has quotation marks within: put them around a whole text',
    ),
    ('values include "craft"', "[a, b]", '`[a, b]` is no list of texts, such as `["a", "b"]`'),
    ('values include "craft"', "[1]", '`[1]` is no list of texts, such as `["a", "b"]`'),
    ('colour is "j"', "11", "`11` is none of the numbers from 1 to 10"),
    ('country is "UK"', "\x1b[A", "`␛[A` holds a character that cannot be seen"),
    ('country is "UK"', "x" * 10_001, "this has 10,001 characters, and an answer may have 10,000"),
    ('relationship is "peer"', "4", "`4` is none of the keys"),
]


@pytest.mark.parametrize(("condition", "typed", "message"), MISFITS)
def test_what_does_not_fit_is_not_kept(
    run: Run, folder: Path, condition: str, typed: str, message: str
) -> None:
    """It is told what is wrong with it."""
    (folder / "typed.policy").write_text(
        f"{TYPES}CONNECT WHEN {condition} OTHERWISE DECLINE", encoding="utf-8"
    )
    (folder / "people.csv").write_text("key,name\nada,Ada\n", encoding="utf-8")

    result = run("ask", "typed.policy", "people.csv", *STORE, given=f"{typed}\n")

    assert f"about `Ada`: {message}\n" in result.stderr
    assert kept() == []
    assert result.exit_code == 2


@pytest.mark.parametrize("typed", ["50", "5\n50", "u"])
def test_a_value_that_is_not_ended_is_not_kept(run: Run, folder: Path, typed: str) -> None:
    """It may be half of what was meant; what was ended before it is kept."""
    (folder / "typed.policy").write_text(
        "CONNECT WHEN followers is at least 500 OTHERWISE DECLINE", encoding="utf-8"
    )
    (folder / "people.csv").write_text("key,name\nada,Ada\nbob,Bob\n", encoding="utf-8")

    result = run("ask", "typed.policy", "people.csv", *STORE, given=typed)

    last = typed.rsplit("\n", maxsplit=1)[-1]
    assert [each[2] for each in kept()] == [5] * typed.count("\n")
    assert f"  `{last}` was not ended with Enter, and is not kept\n" in result.stdout
    assert result.exit_code == 0


@pytest.mark.parametrize("name", ["x" * 10_500, "\u0301" * 10_500, "\u202e" * 2_000])
def test_a_name_of_any_length_can_be_asked_about(run: Run, folder: Path, name: str) -> None:
    """It is cut in the question that is shown and kept."""
    (folder / "one.policy").write_text(
        'ASK would recommend: "Recommend {name}?" CONNECT WHEN would recommend OTHERWISE DECLINE',
        encoding="utf-8",
    )
    (folder / "people.csv").write_text(f"key,name\nada,{name}\nbob,Bob\n", encoding="utf-8")
    (folder / "me.json").write_text('{"name": "%s"}' % ("m" * 10_500), encoding="utf-8")

    result = run("ask", "one.policy", "people.csv", "--me", "me.json", *STORE, given="yy")

    assert [each[2] for each in kept()] == [True, True]
    assert result.exit_code == 0
    assert len(result.stdout) < 5_000
