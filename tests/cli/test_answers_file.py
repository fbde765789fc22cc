"""`judge`, `explain` and `facts` take answers from a store, when told `--answers`."""

import datetime
import json
from pathlib import Path

import pytest

from connectrules import UNSURE
from connectrules.store import AnswerStore, Value
from tests.cli.conftest import Run, shown
from tests.store.helpers import run_sql

DAY = datetime.date(2026, 11, 20)
OWN = Path("data") / "connectrules" / "answers.db"


def keep(path: Path, *answers: tuple[str, str, Value]) -> Path:
    """A store with *answers*."""
    with AnswerStore.open(path) as store:
        for key, fact, value in answers:
            store.answer(key, fact, value, day=DAY)
    return path


def decisions(text: str) -> dict[str, str]:
    """What is decided about whom."""
    lines = [json.loads(line) for line in text.splitlines()]
    return {line["contact"]: line.get("decision", "error") for line in lines}


def test_the_users_own_store_is_used_where_none_is_named(run: Run, folder: Path) -> None:
    """The summary says how many of its answers were of use, and for how many contacts."""
    keep(
        folder / OWN,
        ("cy", "would recommend", True),
        ("gus", "would recommend", True),
        ("gus", "favourite colour", "red"),
        ("zoe", "would recommend", True),
    )
    before = (folder / OWN).read_bytes()

    result = run("judge", "two.policy", "contacts.csv", "--format", "json", "--answers")

    found = decisions(result.stdout)
    assert (found["cy"], found["gus"], found["di"]) == ("connect", "connect", "review")
    assert result.stderr.splitlines()[:3] == [
        "`contacts.csv` is read as CSV",
        "`contacts.csv`: 7 rows read",
        f"2 answers about 2 contacts taken from `{folder / OWN}`",
    ]
    assert (folder / OWN).read_bytes() == before


@pytest.mark.parametrize("typed", [("--answers", "kept.db"), ("--answers=kept.db",)])
def test_a_store_is_told_by_what_it_holds(run: Run, folder: Path, typed: tuple[str, ...]) -> None:
    """It may be called anything, and stand anywhere on the line."""
    keep(folder / "kept.db", ("cy", "would recommend", True))

    result = run("judge", *typed, "two.policy", "contacts.csv", "--format", "json")

    assert decisions(result.stdout)["cy"] == "connect"
    assert "1 answer about 1 contact taken from `kept.db`" in result.stderr


def test_a_table_of_answers_is_still_a_table_of_answers(run: Run, folder: Path) -> None:
    """As it was before there were stores."""
    (folder / "a.csv").write_text("key,would recommend\ncy,yes\n", encoding="utf-8")

    result = run("judge", "two.policy", "contacts.csv", "--format", "json", "--answers", "a.csv")

    assert decisions(result.stdout)["cy"] == "connect"
    assert "taken from" not in result.stderr


def test_an_answer_says_where_it_is_from(run: Run, folder: Path) -> None:
    """The day it was given, in an explanation."""
    keep(folder / OWN, ("cy", "would recommend", True))

    result = run("explain", "two.policy", "contacts.csv", "--contact", "cy", "--answers")

    assert "would recommend: yes  (answers of 2026-11-20)" in result.stdout
    assert "1 answer about 1 contact taken from" in result.stderr


def test_an_unsure_answer_is_not_asked_again(run: Run, folder: Path) -> None:
    """It is listed as unsure."""
    keep(folder / OWN, ("cy", "would recommend", UNSURE))

    result = run("judge", "two.policy", "contacts.csv", "--format", "json", "--answers")

    line = json.loads(result.stdout.splitlines()[2])
    assert (line["decision"], line["ask"], line["unsure"]) == ("undecided", [], ["would recommend"])


def test_an_answer_that_contradicts_the_export_is_told(run: Run, folder: Path) -> None:
    """CR506, as for any answers."""
    keep(folder / OWN, ("ada", "would recommend", False))

    result = run("judge", "two.policy", "contacts.csv", "--format", "json", "--answers")

    error = json.loads(result.stdout.splitlines()[0])["error"]
    assert (error["code"], error["where"]) == ("CR506", "answers of 2026-11-20")
    assert result.exit_code == 1


def test_an_answer_of_another_kind_is_a_value_that_does_not_fit(run: Run, folder: Path) -> None:
    """The contact gets an error that names it; the others are judged."""
    keep(folder / OWN, ("cy", "would recommend", "perhaps"))

    result = run("judge", "two.policy", "contacts.csv", "--format", "json", "--answers")

    error = json.loads(result.stdout.splitlines()[2])["error"]
    assert (error["code"], error["message"], error["where"]) == (
        "CR501",
        "`would recommend`: `perhaps` is neither yes nor no",
        "answers of 2026-11-20",
    )


def test_answers_are_counted_with_the_facts(run: Run, folder: Path) -> None:
    """Those of a store, of a table, and none that are unsure or unusable."""
    keep(
        folder / OWN,
        ("cy", "would recommend", True),
        ("di", "would recommend", UNSURE),
        ("gus", "is a recruiter", False),
        ("ada", "is a recruiter", "perhaps"),
    )
    (folder / "a.csv").write_text("key,is a recruiter\ncy,yes\n", encoding="utf-8")
    found = []
    for typed in ((), ("--answers",), ("--answers", "a.csv")):
        result = run("facts", "two.policy", "contacts.csv", *typed)
        rows = [" ".join(line.split()) for line in result.stdout.splitlines()]
        found.append(
            [
                row.partition("yes/no ")[2]
                for row in rows
                if row.startswith(("would recommend", "is a recruiter"))
            ]
        )

    assert found == [
        ["would recommend 3 of 7", "is a recruiter 0 of 7"],
        ["would recommend 4 of 7", "is a recruiter 1 of 7"],
        ["would recommend 3 of 7", "is a recruiter 1 of 7"],
    ]


def test_facts_refuses_answers_to_no_fact(run: Run, folder: Path) -> None:
    """As judging does."""
    (folder / "a.csv").write_text("key,is a recruter\ncy,yes\n", encoding="utf-8")

    result = run("facts", "two.policy", "contacts.csv", "--answers", "a.csv")

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == shown("""
        error[CR205]: no fact is called `is a recruter`; did you mean `is a recruiter`?
         --> a.csv:2
        help: call a column as the policy calls the fact: `connectrules facts POLICY` lists them
    """)


LAST = "put --answers last, or write --answers=FILE, so that it takes nothing else"

MISTYPED: dict[str, tuple[tuple[str, ...], str]] = {
    "a policy": (
        ("judge", "--answers", "two.policy", "contacts.csv"),
        f"error: --answers takes a file of answers, and `two.policy` is a policy\nhelp: {LAST}\n",
    ),
    "standard input": (
        ("judge", "--answers", "-", "contacts.csv"),
        f"error: --answers takes a file of answers, and `-` is standard input\nhelp: {LAST}\n",
    ),
    "a folder": (
        ("judge", "two.policy", "--answers", "."),
        f"error: --answers takes a file of answers, and `.` is a folder\nhelp: {LAST}\n",
    ),
    "a zip": (
        ("judge", "two.policy", "--answers", "export.zip"),
        f"error: --answers takes a file of answers, and `export.zip` is a zip\nhelp: {LAST}\n",
    ),
    "nothing": (
        ("judge", "two.policy", "contacts.csv", "--answers="),
        f"error: --answers takes a file of answers, and `` is nothing\nhelp: {LAST}\n",
    ),
    "the contacts": (
        ("judge", "two.policy", "--answers", "contacts.csv"),
        (
            "error: name the CONTACTS: files, or an export's folder or zip\n"
            f"help: --answers took `contacts.csv`: {LAST}\n"
        ),
    ),
    "the contacts of facts": (
        ("facts", "two.policy", "--answers", "contacts.csv"),
        (
            "error: name the CONTACTS: files, or an export's folder or zip\n"
            f"help: --answers took `contacts.csv`: {LAST}\n"
        ),
    ),
    "no contacts": (
        ("judge", "two.policy", "--answers"),
        (
            "error: name the CONTACTS: files, or an export's folder or zip\n"
            "help: `connectrules judge --help` shows how it is used\n"
        ),
    ),
    "a table with an answer a row": (
        ("judge", "two.policy", "contacts.csv", "--answers", "rows.csv"),
        (
            "error: `rows.csv` has an answer a row, and --answers takes a column for each fact\n"
            "help: take it into your store: connectrules answers import rows.csv\n"
            "help: and then judge with --answers alone, put last\n"
        ),
    ),
    "no such file": (
        ("judge", "two.policy", "contacts.csv", "--answers", "no.db"),
        (
            "error[CR503]: `no.db` is not there\n --> no.db\n"
            "help: see how it is spelt, and say where it is, as in `Downloads/no.db`\n"
        ),
    ),
}


@pytest.mark.parametrize("name", MISTYPED)
def test_what_is_mistyped_is_told(run: Run, folder: Path, name: str) -> None:
    """An option without a value takes what stands behind it: that is the likeliest mistake."""
    (folder / "rows.csv").write_text("key,fact,answer\ncy,met,yes\n", encoding="utf-8")
    typed, message = MISTYPED[name]

    result = run(*typed)

    assert (result.stdout, result.stderr, result.exit_code) == ("", message, 2)


@pytest.mark.parametrize(
    "typed",
    [
        ("judge", "two.policy", "contacts.csv", "--answers"),
        ("explain", "two.policy", "contacts.csv", "--contact", "cy", "--answers"),
        ("facts", "two.policy", "contacts.csv", "--answers"),
        ("answers", "export"),
        ("answers", "show", "cy"),
        ("answers", "undo"),
        ("forget", "cy", "--lift"),
    ],
)
def test_a_store_that_is_not_there_is_not_made(
    run: Run, folder: Path, typed: tuple[str, ...]
) -> None:
    """What would make one is said."""
    result = run(*typed)

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == (
        f"error: no answers are kept in `{folder / OWN}` yet\n"
        "help: `connectrules ask` makes one, and so does `connectrules answers import FILE`\n"
    )
    assert not (folder / "data").exists()


@pytest.mark.parametrize(
    "typed",
    [
        ("judge", "two.policy", "contacts.csv", "--answers"),
        ("explain", "two.policy", "contacts.csv", "--contact", "cy", "--answers"),
        ("facts", "two.policy", "contacts.csv", "--answers"),
        ("answers", "export"),
        ("answers", "export", "out.csv"),
        ("answers", "import", "in.csv"),
        ("answers", "show", "cy"),
        ("answers", "undo"),
        ("forget", "cy"),
    ],
)
def test_a_store_that_cannot_be_used_ends_every_command(
    run: Run, folder: Path, typed: tuple[str, ...]
) -> None:
    """With a message, exit status 2, and the store as it was."""
    run_sql(keep(folder / OWN, ("cy", "met", True)), "PRAGMA user_version = 7")
    (folder / "in.csv").write_text("key,met\ncy,no\n", encoding="utf-8")
    before = (folder / OWN).read_bytes()

    result = run(*typed)

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == (
        f"error: the answers in `{folder / OWN}` were kept by a newer connectrules "
        "(version 7 of the store; this one knows 3)\n"
        "help: nothing in it was changed\n"
        'help: update this one: pip install --upgrade "connectrules[cli]"\n'
    )
    assert (folder / OWN).read_bytes() == before
    assert not (folder / "out.csv").exists()
