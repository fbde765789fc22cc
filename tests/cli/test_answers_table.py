"""Answers become a table that a spreadsheet opens, and come back as they were."""

import csv
import datetime
import io
import tempfile
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import UNSURE
from connectrules.cli.answer_cells import answer_cell, cell, fitting, read_answer, text_of
from connectrules.cli.answer_table import lines
from connectrules.cli.importing import Held, read
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    Unfit,
    YesNo,
)
from connectrules.store import AnswerStore, NewAnswer, Value
from tests.cli.conftest import Run
from tests.property.running import tried
from tests.store.strategies import KEYS, TEXTS, VALUES, new_answers

DAY = datetime.date(2026, 11, 23)

CELLS: list[tuple[Value, str]] = [
    (True, "yes"),
    (False, "no"),
    (UNSURE, "unsure"),
    (5, "5"),
    (-5, "'-5"),
    (2.5, "2.5"),
    (5.0, "5.0"),
    (1e-07, "1e-07"),
    (DAY, "2026-11-23"),
    ("Consultant", "Consultant"),
    ("yes", '"yes"'),
    ("TRUE", '"TRUE"'),
    ("007", '"007"'),
    ("1/2", '"1/2"'),
    ("12345678901234567890", '"12345678901234567890"'),
    ("1e5", '"1e5"'),
    ("5 March", '"5 March"'),
    ("a;=1+1", '"a\\u003b=1+1"'),
    ("a\t=1+1", '"a\\t=1+1"'),
    ("7", '"7"'),
    ("2026-11-23", '"2026-11-23"'),
    ("=1+1", "'=1+1"),
    ("'=1+1", '"\'=1+1"'),
    (" x", '" x"'),
    ("a\nb", '"a\\nb"'),
    ("", '""'),
    ('"', '"\\""'),
    ("[a]", "[a]"),
    ('["a"]', '"[\\"a\\"]"'),
    (("a", "b; c"), '["a", "b\\u003b c"]'),
    ((), "[]"),
]


@pytest.mark.parametrize(("value", "written"), CELLS, ids=repr)
def test_a_value_in_a_cell(value: Value, written: str) -> None:
    """Plain where that says it all, quoted where it would be taken for something else."""
    assert answer_cell(value) == written
    assert read_answer(written) == value


HAND_WRITTEN: list[tuple[str, Value | None]] = [
    ("", None),
    ("  ", None),
    ("Y", True),
    ("FALSE", False),
    (" Unsure ", UNSURE),
    ("1e999", "1e999"),
    ("2026-02-30", "2026-02-30"),
    ('"not closed', '"not closed'),
    ("[1]", "[1]"),
    ("{}", "{}"),
    ("1,000", "1,000"),
]


@pytest.mark.parametrize(("written", "value"), HAND_WRITTEN)
def test_what_people_write_by_hand_is_understood(written: str, value: Value | None) -> None:
    """What is nothing else is a text."""
    assert read_answer(written) == value


FITTING: list[tuple[FactType, str, Value]] = [
    (YesNo(), "y", True),
    (YesNo(), "1", True),
    (CountType(), "1,000", 1000),
    (CountType(), "unsure", UNSURE),
    (Number(), "5", 5),
    (Text(), "5", "5"),
    (Text(), "'-5", "-5"),
    (Text(), '"yes"', "yes"),
    (Text(), "yes", "yes"),
    (OneOf(("yes", "maybe")), "Yes", "Yes"),
    (Date(), "2026-11-23", DAY),
    (Date(), "2026-11-23 12:00", DAY),
    (TextList(), "a; b", ("a", "b")),
    (TextList(), '["a; b"]', ("a; b",)),
    (TextList(), "[]", ()),
]


@pytest.mark.parametrize(("kind", "written", "value"), FITTING)
def test_a_fact_says_how_its_cell_is_read(kind: FactType, written: str, value: Value) -> None:
    """As in a table of contacts."""
    found = fitting(kind, written)

    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("kind", "written"),
    [(YesNo(), "perhaps"), (CountType(), "-5"), (Date(), "23.11.2026"), (OneOf(("a",)), "b")],
)
def test_what_does_not_fit_is_told(kind: FactType, written: str) -> None:
    """It is not turned into something that does."""
    with pytest.raises(Unfit):
        fitting(kind, written)


@pytest.mark.once
@tried(150)
@given(VALUES)
def test_every_value_comes_back(value: Value) -> None:
    """With its type; and none is a formula."""
    written = answer_cell(value)
    found = read_answer(written)

    assert (type(found), repr(found)) == (type(value), repr(value))
    assert not {";", "\t"} & set(written)
    assert written[:1] not in {"=", "+", "-", "@", "\t", "\r", ""}
    assert written.isprintable()


@tried(150)
@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    """A key, a question, a name."""
    written = cell(text)

    assert text_of(written) == text
    assert not {";", "\t"} & set(written)
    assert written[:1] not in {"=", "+", "-", "@", "\t", "\r", ""}
    assert written.isprintable()


@pytest.mark.once
@tried(100)
@given(st.text(max_size=8))
def test_any_cell_can_be_read(written: str) -> None:
    """There is no text that brings the reader down."""
    read_answer(written)
    text_of(written)


FACTS = st.sampled_from(["met", "would sing with", 'worked at "=A; B"', "likes, a lot", "= x"])


@tried(20)
@given(st.lists(new_answers(KEYS, FACTS), max_size=8), st.sampled_from([",", ";", "\t"]))
def test_a_history_comes_back_from_its_table(told: list[NewAnswer], delimiter: str) -> None:
    """To the last detail, also where a spreadsheet ended cells in its own way."""
    with tempfile.TemporaryDirectory() as folder:
        with AnswerStore.open(Path(folder) / "one.db") as one:
            one.take_in(told, today=DAY)
            history = list(one.history())
        text = "\ufeff" + "".join(lines(history, history=True))
        if delimiter != ",":
            again = io.StringIO()
            csv.writer(again, delimiter=delimiter).writerows(
                csv.reader(io.StringIO(text, newline=""))
            )
            text = again.getvalue()
        table = Path(folder) / "table.csv"
        table.write_bytes(text.encode())
        found = read(table, Held(None, (), datetime.date.max), tell=pytest.fail)
        with AnswerStore.open(Path(folder) / "two.db") as two:
            two.take_in((each.answer for each in found), today=datetime.date(2000, 1, 1))

            assert list(two.history()) == history
            assert [repr(each.value) for each in two.history()] == [
                repr(each.value) for each in history
            ]


def test_a_table_for_a_spreadsheet(run: Run, folder: Path) -> None:
    """A header, the mark of UTF-8, the line ends it wants, a row for each answer that counts."""
    with AnswerStore.open(folder / "kept.db") as store:
        store.answer("ada", "met", value=True, day=DAY)
        store.answer("=ada", "met", value=UNSURE, day=DAY, question="Met, or not?", by="Zoë")
        store.answer("ada", "met", value=False, day=DAY)
        store.answer("ada", "works at", value="@Acme", day=DAY)
        store.undo()

    result = run("answers", "export", "out.csv", "--answers", "kept.db")
    whole = run("answers", "export", "--history", "--answers", "kept.db")

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        "2 answers about 2 people written to `out.csv`\n",
        0,
    )
    assert (folder / "out.csv").read_bytes().decode() == (
        "\ufeffkey,fact,answer,day,question,by\r\n"
        '\'=ada,met,unsure,2026-11-23,"Met, or not?",Zoë\r\n'
        "ada,met,no,2026-11-23,,\r\n"
    )
    assert whole.stdout_bytes.decode() == (
        "\ufeffkey,fact,answer,day,question,by,taken back\r\n"
        "ada,met,yes,2026-11-23,,,no\r\n"
        '\'=ada,met,unsure,2026-11-23,"Met, or not?",Zoë,no\r\n'
        "ada,met,no,2026-11-23,,,no\r\n"
        "ada,works at,'@Acme,2026-11-23,,,yes\r\n"
    )
    assert whole.stderr == "4 answers about 2 people written to standard output\n"


def test_the_store_is_not_written_over(run: Run, folder: Path) -> None:
    """By its own table."""
    with AnswerStore.open(folder / "kept.db") as store:
        store.answer("ada", "met", value=True, day=DAY)
    before = (folder / "kept.db").read_bytes()

    result = run("answers", "export", "./kept.db", "--answers", "kept.db")

    assert (result.stderr, result.exit_code) == (
        (
            "error: `kept.db` is the store itself, and would be written over\n"
            "help: name another file for the table\n"
        ),
        2,
    )
    assert (folder / "kept.db").read_bytes() == before


KEYS_IN_CELLS = {
    "0012": '"0012"',
    "12345678901234567890": '"12345678901234567890"',
    "1e5": '"1e5"',
    "1/2": '"1/2"',
    "2026-11-23": '"2026-11-23"',
    "TRUE": '"TRUE"',
    "3.0": '"3.0"',
    "MAR1": '"MAR1"',
    "12": "12",
    "ada-1": "ada-1",
    "linkedin:ada-example": "linkedin:ada-example",
}


@pytest.mark.parametrize("key", KEYS_IN_CELLS)
def test_a_key_that_a_spreadsheet_would_change_is_quoted(key: str) -> None:
    """Such as a number with zeros before it; others stay plain."""
    assert cell(key) == KEYS_IN_CELLS[key]
    assert text_of(cell(key)) == key


def test_only_a_table_of_answers_is_written_over(run: Run, folder: Path) -> None:
    """Or an empty file; no store, no part of one, nothing else; and it is the user's alone."""
    for name in ("kept.db", "clients.db"):
        with AnswerStore.open(folder / name) as store:
            store.answer("ada", "met", value=True, day=DAY)
    (folder / "notes.csv").write_text("key,met\nada,yes\n", encoding="utf-8")
    (folder / "empty.csv").touch()
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    refused = ["clients.db", "clients.db-wal", "kept.db-shm", "notes.csv", "two.policy"]

    said = [run("answers", "export", name, "--answers", "kept.db") for name in refused]

    another = "help: name another file for the table\n"
    unchanged = "help: name another file for the table; nothing in the file was changed\n"
    assert [each.stderr for each in said] == [
        (
            "error: `clients.db` is a store, and would be written over\n"
            "help: to read from it: connectrules answers export --answers clients.db\n" + another
        ),
        "error: `clients.db-wal` is part of the store `clients.db`\n" + another,
        "error: `kept.db-shm` is part of the store `kept.db`\n" + another,
        "error: `notes.csv` is there already, and is no table of answers\n" + unchanged,
        "error: `two.policy` is there already, and is no table of answers\n" + unchanged,
    ]
    assert {each.exit_code for each in said} == {2}
    assert {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()} == before
    for typed in (("new.csv",), ("new.csv", "--history"), ("new.csv",), ("empty.csv",)):
        assert run("answers", "export", *typed, "--answers", "kept.db").exit_code == 0
    assert (folder / "new.csv").stat().st_mode & 0o777 == 0o600


def test_a_table_that_cannot_be_written_is_told(run: Run, folder: Path) -> None:
    """As any other file."""
    with AnswerStore.open(folder / "kept.db") as store:
        store.answer("ada", "met", value=True, day=DAY)

    result = run("answers", "export", "no/out.csv", "--answers", "kept.db")

    assert (result.stderr, result.exit_code) == (
        (
            "error: `no/out.csv` cannot be written: the folder it should be in is not there\n"
            "help: nothing in it was changed\n"
        ),
        2,
    )


def test_export_and_import_change_nothing(run: Run, folder: Path) -> None:
    """Into the same store; into another, all is there."""
    with AnswerStore.open(folder / "kept.db") as store:
        store.answer("ada", "met", value=True, day=DAY, question="Met?", by="me")
        store.answer("bob", "met", value=False, day=DAY)
        store.undo()
        before = list(store.history())
    run("answers", "export", "out.csv", "--history", "--answers", "kept.db")

    same = run("answers", "import", "out.csv", "--answers", "kept.db")
    other = run("answers", "import", "out.csv", "--answers", "other.db")

    assert same.stderr == "0 new answers saved in `kept.db`\n2 answers were there already\n"
    assert other.stderr == "2 new answers saved in `other.db`\n"
    with AnswerStore.reading(folder / "other.db") as store:
        assert [attrs.evolve(each, imported=False) for each in store.history()] == before
