"""`connectrules answers import` takes in all of a file, or says what is wrong and takes nothing."""

import datetime
from pathlib import Path

import pytest

from connectrules.store import AnswerStore
from tests.cli.conftest import Run, shown
from tests.store.helpers import Said, filled, said

STORE = ("--answers", "kept.db")


def kept(folder: Path) -> list[Said]:
    """What the store has."""
    with AnswerStore.reading(folder / "kept.db") as store:
        return said(store.history())


def write(folder: Path, text: str, name: str = "in.csv") -> None:
    """A file to be taken in."""
    (folder / name).write_text(text, encoding="utf-8")


def test_a_column_for_each_fact(run: Run, folder: Path, fixed_day: datetime.date) -> None:
    """As `judge --answers FILE` takes it; what is empty says nothing."""
    write(
        folder,
        "key,would recommend,is_a_recruiter,talks given,works at,followers\n"
        "cy,yes,no,5,Acme,\n"
        'gus,,unsure,,,"1,200"\n',
    )

    result = run("answers", "import", "in.csv", *STORE)

    assert (result.stdout, result.stderr, result.exit_code) == (
        "",
        (
            "the column `followers` is left out: it says what a contact is, and is no answer\n"
            "5 new answers saved in `kept.db`\n"
        ),
        0,
    )
    with AnswerStore.reading(folder / "kept.db") as store:
        assert dict(store.of("cy")) == {
            "would recommend": True,
            "is a recruiter": False,
            "talks given": 5,
            "works at": "Acme",
        }
        assert {each.day for each in store.history()} == {fixed_day}


def test_objects(run: Run, folder: Path) -> None:
    """JSON and JSON Lines as well."""
    write(folder, '{"key": "cy", "met": true}\n{"key": "gus", "likes": ["a"]}\n', "in.jsonl")

    run("answers", "import", "in.jsonl", *STORE)

    assert kept(folder) == [("cy", "met", True), ("gus", "likes", ("a",))]


def test_an_answer_a_row(run: Run, folder: Path) -> None:
    """By hand, in another order, as a spreadsheet of another country saves it; rows may wait."""
    write(
        folder,
        "sep=;\nAnswer;fact;KEY;day;mood\n"
        "yes;would recommend;cy;2026-11-01;good\n"
        ";would recommend;gus;;\n"
        "\n"
        ";;;;\n"
        "a, b;works at;gus\n",
    )

    result = run("answers", "import", "in.csv", *STORE)

    assert result.stderr == shown("""
        the column `mood` is left out: it is none of a table of answers
        2 new answers saved in `kept.db`
    """)
    assert kept(folder) == [("cy", "would recommend", True), ("gus", "works at", "a, b")]


def test_what_became_of_them_is_told(run: Run, folder: Path) -> None:
    """What is new, what counts now, what is only history, and what was left out."""
    with AnswerStore.open(folder / "kept.db") as store:
        day = datetime.date(2026, 11, 10)
        store.answer("ada", "met", value=True, day=day)
        store.answer("bob", "met", value=True, day=day)
        store.answer("cy", "met", value=True, day=day)
        store.forget("di")
    write(
        folder,
        "key,fact,answer,day\n"
        "ada,met,no,2026-11-20\n"
        "bob,met,no,2026-11-01\n"
        "cy,met,yes,2026-11-10\n"
        "di,met,yes,2026-11-10\n"
        "eve,met,yes,\n",
    )

    result = run("answers", "import", "in.csv", *STORE)

    assert result.stderr == shown("""
        3 new answers saved in `kept.db`
        1 takes the place of another answer, which stays in the history
        1 is older than the answer that counts, and only in the history
        1 answer was there already
        1 answer was left out, about people who were forgotten
    """)


def test_names_become_keys_where_contacts_are_given(run: Run, folder: Path) -> None:
    """Answers are kept by key."""
    write(folder, "name,would recommend\ncy EXAMPLE,yes\n")

    run("answers", "import", "in.csv", *STORE, "--contacts", "contacts.csv")

    assert kept(folder) == [("cy", "would recommend", True)]


def test_what_judging_wrote_can_be_filled_in(run: Run, folder: Path) -> None:
    """The table of `judge --format csv`, with a column for what was asked."""
    table = run("judge", "two.policy", "contacts.csv", "--format", "csv").stdout
    head, *rows = table.splitlines()
    filled_in = [f"{row},{'yes' if row.startswith('cy,') else ''}" for row in rows]
    write(folder, "\n".join([f"{head},would recommend", *filled_in]))

    result = run("answers", "import", "in.csv", *STORE, "--policy", "two.policy")

    assert (result.stderr, kept(folder)) == (
        "1 new answer saved in `kept.db`\n",
        [("cy", "would recommend", True)],
    )


def test_a_policy_says_how_answers_are_read(run: Run, folder: Path) -> None:
    """By the types of its facts."""
    (folder / "own.policy").write_text(
        "FACT score: number\nFACT nickname: text\nFACT colours: list of text\n"
        'CONNECT WHEN score is 5 AND nickname is "7" AND colours include "red"\n'
        "OTHERWISE DECLINE\n",
        encoding="utf-8",
    )
    write(
        folder,
        "key,fact,answer\nada,score,'-5\nada,nickname,7\nada,colours,red; blue\nada,my score,5\n",
    )

    run("answers", "import", "in.csv", *STORE, "--policy", "own.policy")

    assert kept(folder) == [
        ("ada", "score", -5),
        ("ada", "nickname", "7"),
        ("ada", "colours", ("red", "blue")),
        ("ada", "my score", 5),
    ]


def test_what_a_contact_is_and_a_note_are_no_answers(run: Run, folder: Path) -> None:
    """A private note is never taken in; a contact's own field only if the policy speaks of it."""
    write(folder, "key,name,would recommend,note,position\ncy,Cy,yes,owes me,Baker\n")

    plain = run("answers", "import", "in.csv", *STORE)
    held = run("answers", "import", "in.csv", *STORE, "--policy", "two.policy")

    left = "the column `{}` is left out: it says what a contact is, and is no answer\n".format
    assert (plain.stderr, held.stderr) == (
        left("name") + left("note") + left("position") + "1 new answer saved in `kept.db`\n",
        left("name")
        + left("note")
        + "1 new answer saved in `kept.db`\n1 answer was there already\n",
    )
    assert kept(folder) == [("cy", "would recommend", True), ("cy", "position", "Baker")]


def test_a_fact_that_is_new_and_like_another_is_told(run: Run, folder: Path) -> None:
    """It is taken in all the same: it may be meant."""
    write(folder, "key,fact,answer\nada,would recomend,yes\nada,plays the harp,yes\n")

    result = run("answers", "import", "in.csv", *STORE)

    assert result.stderr == (
        "the fact `would recomend` is new: did you mean `would recommend`?\n"
        "2 new answers saved in `kept.db`\n"
    )


def test_going_back_to_an_earlier_answer(run: Run, folder: Path) -> None:
    """What a table says counts, though the store had it once before."""
    for answer in ("yes", "no", "yes"):
        write(folder, f"key,fact,answer,day\nada,met,{answer},2026-11-20\n")
        last = run("answers", "import", "in.csv", *STORE)

    assert last.stderr == (
        "1 new answer saved in `kept.db`\n"
        "1 takes the place of another answer, which stays in the history\n"
    )
    assert kept(folder)[-1] == ("ada", "met", True)
    assert run("answers", "import", "in.csv", *STORE).stderr == (
        "0 new answers saved in `kept.db`\n1 answer was there already\n"
    )


def test_an_answer_of_another_kind_is_refused(run: Run, folder: Path) -> None:
    """Where a spreadsheet changed it, say; a policy may make something else of it."""
    with AnswerStore.open(folder / "kept.db") as store:
        store.answer("ada", "first seen", value=datetime.date(2024, 5, 1), day=DAY)
    write(folder, "key,fact,answer\nada,first seen,01/05/2024\n")

    result = run("answers", "import", "in.csv", *STORE)

    assert (result.stderr, result.exit_code) == (
        (
            "error[CR503]: `first seen` of `ada` was answered by a day so far, "
            "and `01/05/2024` is a text\n"
            " --> in.csv:2\n" + DECLARED
        ),
        2,
    )


DAY = datetime.date(2026, 11, 20)
DECLARED = "help: where a policy makes something else of the fact, name it with `--policy POLICY`\n"
LAST = "help: give each contact a column `key` that stays the same\n"

MISTAKES: dict[str, tuple[str, tuple[str, ...], str]] = {
    "an unknown question": (
        "key,fact,answer\nada,would recommend,yes\nbob,would recomend,yes\n",
        ("--policy", "two.policy"),
        (
            "error[CR205]: no fact is called `would recomend`\n"
            " --> in.csv:3\n"
            "help: did you mean `would recommend`?\n"
        ),
    ),
    "an unknown question like no other": (
        "key,fact,answer\nada,plays the harp,yes\n",
        ("--policy", "two.policy"),
        (
            "error[CR205]: no fact is called `plays the harp`\n"
            " --> in.csv:2\n"
            "help: `connectrules facts POLICY` lists the facts\n"
        ),
    ),
    "an unknown column": (
        "key,would recomend\nbob,yes\n",
        ("--policy", "two.policy"),
        (
            "error[CR205]: no fact is called `would recomend`\n"
            " --> in.csv:2\n"
            "help: did you mean `would recommend`?\n"
        ),
    ),
    "no sentence": (
        "key,fact,answer\nada,met: yes,yes\n",
        (),
        ("error[CR503]: `met: yes` is no fact: a fact is said in plain words\n --> in.csv:2\n"),
    ),
    "somebody unknown": (
        "key,fact,answer\nada,met,yes\nbobb,met,yes\n",
        ("--contacts", "contacts.csv"),
        (
            "error: 1 person in `in.csv` is not among the contacts: `bobb` (in.csv:3)\n"
            "help: did you mean `bob`?\n"
            "help: nothing was saved\n"
        ),
    ),
    "many unknown": (
        "key,met\n" + "".join(f"stranger-{n},yes\n" for n in range(7)),
        ("--contacts", "contacts.csv"),
        (
            "error: 7 people in `in.csv` are not among the contacts: `stranger-0` (in.csv:2), "
            "`stranger-1` (in.csv:3), `stranger-2` (in.csv:4), `stranger-3` (in.csv:5), "
            "`stranger-4` (in.csv:6), …\n"
            "help: nothing was saved\n"
        ),
    ),
    "a name without contacts": (
        "name,met\nAda Example,yes\n",
        (),
        (
            "error: `Ada Example` is a name, and answers are kept by key\n"
            " --> in.csv:2\n"
            "help: name the files they are in with `--contacts FILE`, or add a column `key`\n"
        ),
    ),
    "a key that is a line": (
        "key,fact,answer\nline 7,met,yes\n",
        (),
        (
            "error: no answers are kept under `line 7`, which is only a place in a file\n"
            f" --> in.csv:2\n{LAST}"
        ),
    ),
    "no key": (
        "key,fact,answer\nada,met,yes\n,met,yes\n",
        (),
        "error[CR503]: the row has no `key`\n --> in.csv:3\n",
    ),
    "no fact": (
        "key,fact,answer\nada,,yes\n",
        (),
        "error[CR503]: the row has no `fact`\n --> in.csv:2\n",
    ),
    "an answer that does not fit": (
        "key,fact,answer\nada,would recommend,perhaps\n",
        ("--policy", "two.policy"),
        ("error[CR503]: `would recommend`: `perhaps` is neither yes nor no\n --> in.csv:2\n"),
    ),
    "an answer in a column that does not fit": (
        "key,following\nada,many\n",
        ("--policy", "two.policy"),
        ("error[CR503]: `following`: `many` is not a whole number, 0 or more\n --> in.csv:2\n"),
    ),
    "an answer that does not fit a contact's own fact": (
        "key,fact,answer\nada,would recommend,1/2\n",
        (),
        "error[CR503]: `would recommend`: `1/2` is neither yes nor no\n --> in.csv:2\n" + DECLARED,
    ),
    "a column that does not fit a contact's own fact": (
        "key,would recommend\nada,perhaps\n",
        (),
        (
            "error[CR503]: `would recommend`: `perhaps` is neither yes nor no\n"
            " --> in.csv:2\n" + DECLARED
        ),
    ),
    "a day still to come": (
        "key,fact,answer,day\nada,met,yes,9999-12-31\n",
        (),
        "error[CR503]: `9999-12-31` is still to come: no answer was given then\n --> in.csv:2\n",
    ),
    "a day that is none": (
        "key,fact,answer,day\nada,met,yes,20.11.2026\n",
        (),
        ("error[CR503]: `20.11.2026` is no day: write it as 2026-11-22\n --> in.csv:2\n"),
    ),
    "taken back perhaps": (
        "key,fact,answer,taken back\nada,met,yes,perhaps\n",
        (),
        "error[CR503]: `taken back` is yes or no, and not `perhaps`\n --> in.csv:2\n",
    ),
    "a column twice": (
        "key,fact,answer,Fact\nada,met,yes,met\n",
        (),
        "error[CR503]: the column `fact` is there twice\n --> in.csv:1\n",
    ),
    "too many cells": (
        "key,fact,answer\nada,met,yes,no\n",
        (),
        "error[CR503]: the row has 4 cells and the header 3\n --> in.csv:2\n",
    ),
    "an answer past all bounds": (
        f"key,fact,answer\nada,met,{'x' * 100_000}\n",
        (),
        (
            "error[CR503]: `met`: an answer of 100,002 characters is longer than the 100,000 kept\n"
            " --> in.csv:2\n"
        ),
    ),
    "a question past all bounds": (
        f"key,fact,answer,question\nada,met,yes,{'x' * 10_001}\n",
        (),
        (
            "error[CR503]: a text of 10,001 characters is longer than the 10,000 kept\n"
            " --> in.csv:2\n"
        ),
    ),
    "nobody at all": (
        "colour,met\nred,yes\n",
        (),
        (
            "error[CR503]: `in.csv` has no column `key` or `name` that says whom a row is about\n"
            " --> in.csv\n"
            "help: `connectrules judge --format csv` writes a table that has each `contact` "
            "and its `name`\n"
        ),
    ),
    "quotes left open": (
        'key,fact,answer\nada,met,"yes\n',
        (),
        (
            "error[CR503]: `in.csv` is not proper CSV: a quote is opened here and never closed\n"
            " --> in.csv:2\n"
        ),
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_is_wrong_is_told_and_nothing_is_taken_in(run: Run, folder: Path, name: str) -> None:
    """What, where, and what to do."""
    text, typed, message = MISTAKES[name]
    filled(folder / "kept.db", ("ada", "met", False))
    write(folder, text)

    result = run("answers", "import", "in.csv", *STORE, *typed)

    assert (result.stdout, result.stderr, result.exit_code) == ("", message, 2)
    assert kept(folder) == [("ada", "met", False)]


KINDS = "`met` is answered by yes, no, unsure, a number, a day, a text or texts alone"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('{"x": 1}', KINDS),
        ("[1]", KINDS),
        ("1" + "0" * 300, "`met`: no number past all bounds is kept"),
        ('["a", "b"]', None),
    ],
)
def test_objects_may_hold_what_is_no_answer(
    run: Run, folder: Path, value: str, message: str | None
) -> None:
    """It is told with its line."""
    write(folder, f'{{"key": "cy", "met": {value}}}\n', "in.jsonl")

    result = run("answers", "import", "in.jsonl", *STORE)

    told = f"error[CR503]: {message}\n --> in.jsonl:1\n"
    assert result.stderr == (told if message else "1 new answer saved in `kept.db`\n")


def test_a_store_is_not_made_for_what_is_wrong(run: Run, folder: Path) -> None:
    """Nothing is left where there was nothing."""
    write(folder, "key,fact,answer\nada,met: yes,yes\n")

    assert run("answers", "import", "in.csv").exit_code == 2
    assert not (folder / "data").exists()


def test_a_file_that_is_not_there_is_told(run: Run) -> None:
    """In the usual words."""
    result = run("answers", "import", "no.csv")

    assert (result.stderr, result.exit_code) == (
        shown("""
            error[CR503]: `no.csv` is not there
             --> no.csv
            help: see how it is spelt, and say where it is, as in `Downloads/no.csv`
        """),
        2,
    )


def test_a_store_is_no_table(run: Run, folder: Path) -> None:
    """What makes a table of it is said."""
    filled(folder / "other.db", ("ada", "met", False))

    result = run("answers", "import", "other.db", *STORE)

    assert (result.stderr, result.exit_code) == (
        shown("""
            error: `other.db` is a store, and not a table of answers
            help: make a table of it: connectrules answers export --answers other.db answers.csv
        """),
        2,
    )


def test_a_policy_that_is_wrong_ends_it(run: Run, folder: Path) -> None:
    """Before anything is taken in."""
    write(folder, "key,met\nada,yes\n")

    result = run("answers", "import", "in.csv", "--policy", "no.policy")

    assert (result.stderr, result.exit_code) == ("error: there is no file `no.policy`\n", 2)
