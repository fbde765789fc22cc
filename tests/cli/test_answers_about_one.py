"""What is kept about one person is shown, taken back and erased."""

import datetime
from pathlib import Path

import pytest

from connectrules.store import AnswerStore
from tests.cli.conftest import Run, shown

DAY = datetime.date(2026, 11, 23)


@pytest.fixture
def store(folder: Path) -> Path:
    """A store with a history."""
    path = folder / "kept.db"
    with AnswerStore.open(path) as kept:
        kept.answer("ada", "met", value=True, day=datetime.date(2026, 11, 1))
        kept.answer("ada", "met", value=False, day=DAY, by="me")
        kept.answer("bob", "met", value=True, day=DAY)
        kept.answer("ada", "works at", value="Acme\x1b[31m", day=DAY)
        kept.undo()
    return path


def test_all_that_is_known_of_somebody_is_shown(run: Run, store: Path) -> None:
    """The last first, with what no longer counts, and nothing that acts on a terminal."""
    result = run("answers", "show", "ada", "--answers", store.name)

    assert result.stdout == shown(r"""
        day         fact      answer            by
        ──────────  ────────  ────────────────  ──  ──────────
        2026-11-23  works at  "Acme\u001b[31m"      taken back
        2026-11-23  met       no                me
        2026-11-01  met       yes                   replaced
    """)
    assert (result.stderr, result.exit_code) == ("", 0)


def test_somebody_nothing_is_known_of(run: Run, store: Path) -> None:
    """Who was probably meant is said."""
    result = run("answers", "show", "adda", "--answers", store.name)

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        "error: there are no answers about `adda`\nhelp: did you mean `ada`?\n",
        2,
    )


def test_answers_are_taken_back_one_by_one(run: Run, store: Path) -> None:
    """Each time it says which, and what counts now."""
    said = [run("answers", "undo", "--answers", store.name) for _ in range(4)]

    assert [(each.stdout, each.stderr, each.exit_code) for each in said] == [
        ("", "taken back: `met` of `bob` was yes\n", 0),
        ("", "taken back: `met` of `ada` was no\nwhat counts again is yes\n", 0),
        ("", "taken back: `met` of `ada` was yes\n", 0),
        ("", "error: there is no answer to take back: imported ones are left alone\n", 2),
    ]


def test_taking_back_what_did_not_count(run: Run, folder: Path) -> None:
    """What counts did so all along, and is not said to count again."""
    (folder / "in.csv").write_text("key,met\nada,no\n", encoding="utf-8")
    with AnswerStore.open(folder / "kept.db") as kept:
        kept.answer("ada", "met", value=True, day=DAY)
    run("answers", "import", "in.csv", "--answers", "kept.db")

    result = run("answers", "undo", "--answers", "kept.db")

    assert result.stderr == "taken back: `met` of `ada` was yes\nwhat counts as before is no\n"


def test_forgetting_somebody(run: Run, store: Path) -> None:
    """All is erased, taken back or not; the others stay."""
    result = run("forget", "ada", "--answers", store.name)

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        "`ada` is forgotten: 3 answers erased from `kept.db`\n",
        0,
    )
    assert b"Acme" not in store.read_bytes()
    with AnswerStore.reading(store) as kept:
        assert kept.keys() == ("bob",)


def test_forgetting_somebody_nothing_is_known_of(run: Run, store: Path) -> None:
    """Nobody is forgotten by a slip of the keys, unless that is said to be meant."""
    result = run("forget", "adda", "--answers", store.name)

    assert (result.stderr, result.exit_code) == (
        shown("""
            error: there are no answers about `adda` in `kept.db`, and nobody is forgotten
            help: did you mean `ada`?
            help: KEY is the contact's key, and not a name
            help: to keep answers about them out: connectrules forget --unseen adda
        """),
        1,
    )
    with AnswerStore.reading(store) as kept:
        assert kept.forgotten(["ada", "adda"]) == frozenset()

    again = [run("forget", "--unseen", "adda", "--answers", store.name) for _ in range(2)]
    again.append(run("forget", "adda", "--answers", store.name))

    assert {(each.stderr, each.exit_code) for each in again} == {
        ("`adda` is forgotten: there was nothing about them in `kept.db`\n", 0)
    }
    with AnswerStore.reading(store) as kept:
        assert kept.forgotten(["ada", "adda"]) == {"adda"}


@pytest.mark.parametrize("typed", ["Ada Example", "ada-example", "example ada", "ada-exampel"])
def test_forgetting_by_something_like_a_key(run: Run, folder: Path, typed: str) -> None:
    """A name, or a part of the key, forgets nobody; the key that was probably meant is said."""
    with AnswerStore.open(folder / "kept.db") as kept:
        kept.answer("linkedin:ada-example", "met", value=True, day=DAY)

    result = run("forget", typed, "--answers", "kept.db")

    assert result.stderr.splitlines()[1] == "help: did you mean `linkedin:ada-example`?"
    assert result.exit_code == 1


def test_forgetting_goes_by_what_a_key_looks_like(run: Run, folder: Path) -> None:
    """However its accents are put together: no import brings them back."""
    with AnswerStore.open(folder / "kept.db") as kept:
        kept.answer("zo\u00eb", "met", value=True, day=DAY)
    (folder / "in.csv").write_text("key,met\nzoe\u0308,yes\n", encoding="utf-8")

    said = [
        run("forget", "zoe\u0308", "--answers", "kept.db"),
        run("answers", "import", "in.csv", "--answers", "kept.db"),
    ]

    assert [each.stderr for each in said] == [
        "`zoe\u0308` is forgotten: 1 answer erased from `kept.db`\n",
        (
            "0 new answers saved in `kept.db`\n"
            "1 answer was left out, about people who were forgotten\n"
        ),
    ]


def test_forgetting_in_a_store_that_is_not_there_yet(run: Run, folder: Path) -> None:
    """It is made, to remember whom to leave out."""
    own = folder / "data" / "connectrules" / "answers.db"
    (folder / "in.csv").write_text("key,met\nada,yes\nbob,yes\n", encoding="utf-8")

    said = [run("forget", "--unseen", "ada"), run("answers", "import", "in.csv")]

    assert [each.stderr for each in said] == [
        f"`ada` is forgotten: there was nothing about them in `{own}`\n",
        (
            f"1 new answer saved in `{own}`\n"
            "1 answer was left out, about people who were forgotten\n"
        ),
    ]


def test_forgetting_is_lifted(run: Run, store: Path) -> None:
    """On request; what was erased stays so."""
    said = [
        run("forget", "ada", "--answers", store.name),
        run("forget", "ada", "--lift", "--answers", store.name),
        run("forget", "ada", "--lift", "--answers", store.name),
    ]

    assert [(each.stderr, each.exit_code) for each in said[1:]] == [
        ("answers about `ada` are kept again; what was erased stays erased\n", 0),
        ("error: `ada` was not forgotten\n", 2),
    ]
    with AnswerStore.reading(store) as kept:
        assert kept.keys() == ("bob",)


def test_a_line_is_nobody(run: Run, store: Path) -> None:
    """Nothing is kept under it, and nothing forgotten."""
    result = run("forget", "line 7", "--answers", store.name)

    assert (result.stderr, result.exit_code) == (
        shown("""
            error: no answers are kept under `line 7`, which is only a place in a file
            help: give each contact a column `key` that stays the same
        """),
        2,
    )


def test_what_is_mistyped_is_told_with_the_whole_name_of_the_command(run: Run) -> None:
    """So that its help can be asked for."""
    found = [
        run("answers", *typed).stderr for typed in (("exprt",), ("import",), ("undo", "--colour"))
    ]

    assert found == [
        (
            "error: no such command `exprt`\n"
            "help: did you mean `export`?\n"
            "help: `connectrules answers --help` shows how it is used\n"
        ),
        (
            "error: missing argument `FILE`\n"
            "help: `connectrules answers import --help` shows how it is used\n"
        ),
        (
            "error: no such option `--colour`\n"
            "help: `connectrules answers undo --help` shows how it is used\n"
        ),
    ]


def test_answers_alone_shows_what_there_is(run: Run) -> None:
    """The help is laid out as it is for `--help`, and the status says that nothing was done."""
    alone, asked = run("answers"), run("answers", "--help")

    assert (alone.stdout, alone.stderr, alone.exit_code) == (asked.stdout, "", 2)
    assert asked.exit_code == 0
