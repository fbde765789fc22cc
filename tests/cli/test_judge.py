"""`judge` decides about each contact, in three forms."""

import csv
import datetime
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run, shown

HEAD = "contact,name,url,decision,rules,because,ask,unsure,assumed,exact,faults"
LOADED = """\
`contacts.csv` is read as CSV
`contacts.csv`: 7 rows read
"""
SUMMARY = """\
7 contacts judged
1 to connect with: 1 by `two rules`
1 to review: 1 by `press`
2 declined: 1 by `otherwise`, 1 by `mass followers`
2 undecided: ask first `would recommend` (1)
1 could not be judged: `following` (1)
1 decision rests on assumptions: `is a recruiter` (1)
"""


def test_a_table_shows_every_contact_in_order(run: Run) -> None:
    """It fits 80 columns where there is no terminal; the summary goes to standard error."""
    result = run("judge", "two.policy", "contacts.csv")

    assert result.stdout == shown("""
        decision   contact       rules           because
        ─────────  ────────────  ──────────────  ───────────────────────────────────────
        connect    Ada Example   two rules       I link only with people I would meet
                                                 and recommend
        decline    Bob Example   otherwise       numbers alone mean nothing to me
        undecided  Cy Example    ask: would recommend
        review     Di Example    press           I answer the press myself
        error      Eve Example   `following`: `many` is not a whole number, 0 or more
                                 (contacts.csv:6)
        decline    Flo Example   mass followers  consensual spam
        undecided  =Gus Example  unsure: would recommend
    """)
    assert result.stderr == LOADED + SUMMARY
    assert result.exit_code == 1


def test_all_judged_is_no_mistake(run: Run) -> None:
    """The exit status is 0 where every contact has its verdict."""
    result = run("judge", "-c", "would recommend", "contacts.csv")

    assert (result.exit_code, result.stdout.count("\n")) == (0, 9)


def test_json_is_a_line_a_contact(run: Run) -> None:
    """With the promised keys, in the order of the file."""
    result = run("judge", "two.policy", "contacts.csv", "--format", "json")

    assert result.stdout == "".join(
        line + "\n"
        for line in (
            (
                '{"contact": "ada", "decision": "connect", "rules": ["two rules"], '
                '"because": ["I link only with people I would meet and recommend"], "ask": [], '
                '"unsure": [], "assumed": ["is a recruiter"], "exact": true, "faults": []}'
            ),
            (
                '{"contact": "bob", "decision": "decline", "rules": ["otherwise"], '
                '"because": ["numbers alone mean nothing to me"], "ask": [], "unsure": [], '
                '"assumed": [], "exact": true, "faults": []}'
            ),
            (
                '{"contact": "cy", "decision": "undecided", "rules": [], "because": [], '
                '"ask": ["would recommend"], "unsure": [], "assumed": [], "exact": true, '
                '"faults": []}'
            ),
            (
                '{"contact": "di", "decision": "review", "rules": ["press"], '
                '"because": ["I answer the press myself"], "ask": [], "unsure": [], "assumed": [], '
                '"exact": true, "faults": []}'
            ),
            (
                '{"contact": "eve", "error": {"code": "CR501", "fact": "following", '
                '"message": "`following`: `many` is not a whole number, 0 or more", '
                '"where": "contacts.csv:6"}}'
            ),
            (
                '{"contact": "flo", "decision": "decline", "rules": ["mass followers"], '
                '"because": ["consensual spam"], "ask": [], "unsure": [], "assumed": [], '
                '"exact": true, "faults": []}'
            ),
            (
                '{"contact": "gus", "decision": "undecided", "rules": [], "because": [], '
                '"ask": [], "unsure": ["would recommend"], "assumed": [], "exact": true, '
                '"faults": []}'
            ),
        )
    )
    assert result.stderr == LOADED + SUMMARY
    assert result.exit_code == 1


def test_csv_is_safe_in_a_spreadsheet(run: Run) -> None:
    """A cell that would be a formula gets a quote before it; lists are joined."""
    result = run("judge", "two.policy", "contacts.csv", "--format", "csv")

    rows = list(csv.reader(io.StringIO(result.stdout)))

    assert ",".join(rows[0]) == HEAD
    assert rows[1] == [
        "ada",
        "Ada Example",
        "",
        "connect",
        "two rules",
        "I link only with people I would meet and recommend",
        "",
        "",
        "is a recruiter",
        "yes",
        "",
    ]
    assert rows[5][3:] == [
        *("error", "", "", "", "", "", ""),
        "`following`: `many` is not a whole number, 0 or more (contacts.csv:6)",
    ]
    assert rows[7][:4] == ["gus", "'=Gus Example", "", "undecided"]


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_every_start_of_a_formula_is_disarmed(run: Run, folder: Path, mark: str) -> None:
    """Whatever a spreadsheet takes for a formula is text."""
    record = {"key": "ada", "name": f"{mark}1+1"}
    (folder / "one.jsonl").write_text(json.dumps(record), encoding="utf-8")

    result = run("judge", "-c", "would recommend", "one.jsonl", "--format", "csv")

    assert list(csv.reader(io.StringIO(result.stdout, newline="")))[1][1] == f"'{mark}1+1"


@pytest.mark.parametrize(
    ("name", "cell"),
    [
        ("hi;=cmd|' /c calc'!A0", "hi;'=cmd|' /c calc'!A0"),
        ('hi; "@x"', 'hi; "\'@x"'),
        ("hi\n+1", "hi\n'+1"),
        ("a;b - c", "a;b - c"),
    ],
)
def test_a_formula_after_a_semicolon_is_disarmed(
    run: Run, folder: Path, name: str, cell: str
) -> None:
    """A spreadsheet that splits cells there sees no formula either, and a key comes back."""
    record = {"key": f"k {name}", "name": name}
    (folder / "one.jsonl").write_text(json.dumps(record), encoding="utf-8")
    typed = ("judge", "-c", "would recommend", "one.jsonl", "--format")

    table = run(*typed, "csv").stdout

    assert list(csv.reader(io.StringIO(table, newline="")))[1][:2] == [f"k {cell}", cell]
    head, rest = table.split("\n", 1)
    answered = f"{head},would recommend\n{rest.rstrip()},yes\n"
    (folder / "answers.csv").write_text(answered, encoding="utf-8", newline="")
    assert '"connect"' in run(*typed, "json", "--answers", "answers.csv").stdout


def test_a_stranger_who_took_a_key_for_a_name_gets_no_answer(run: Run, folder: Path) -> None:
    """Neither from a file of answers nor from a store, with a key of his own or without."""
    (folder / "evil.csv").write_text("key,name\nx:evil,linkedin:boss\n,linkedin:boss\n", "utf-8")
    (folder / "a.csv").write_text("key,would recommend\nlinkedin:boss,yes\n", "utf-8")
    assert run("answers", "import", "a.csv", "--answers", "kept.db").exit_code == 0

    for answers in ("a.csv", "kept.db"):
        typed = ("judge", "-c", "would recommend", "evil.csv", "--answers", answers)
        result = run(*typed, "--format", "json")

        verdicts = [json.loads(line) for line in result.stdout.splitlines()]
        assert [(each["contact"], each["decision"]) for each in verdicts] == [
            ("x:evil", "undecided"),
            ("line 3", "undecided"),
        ]


def test_a_value_set_aside_is_told_beside_the_verdict(run: Run, folder: Path) -> None:
    """In every form, and the exit status is 0: the verdict stands without it."""
    (folder / "odd.csv").write_text(
        "key,would recommend,followers\nada,yes,many\n", encoding="utf-8"
    )
    condition = "would recommend OR followers >= 5"
    message = "`followers`: `many` is not a whole number, 0 or more"

    table, line, row = (
        run("judge", "-c", condition, "odd.csv", "--format", form)
        for form in ("text", "json", "csv")
    )

    told = "1 value was set aside as unusable, without effect: `followers` (1)\n"
    assert table.stderr.endswith(told)
    assert json.loads(line.stdout)["faults"] == [
        {"code": "CR501", "fact": "followers", "message": message, "where": "odd.csv:2"}
    ]
    assert list(csv.reader(io.StringIO(row.stdout)))[1][-1] == f"{message} (odd.csv:2)"
    assert (table.exit_code, line.exit_code, row.exit_code) == (0, 0, 0)


def test_nobody_to_judge_leaves_the_head(run: Run, folder: Path) -> None:
    """A file without rows is no mistake; each form is still well-formed."""
    (folder / "none.csv").write_text("key,name\n", encoding="utf-8")
    said = "`none.csv` is read as CSV\n`none.csv`: 0 rows read\n0 contacts judged\n"

    results = {
        form: run("judge", "-c", "would recommend", "none.csv", "--format", form)
        for form in ("text", "json", "csv")
    }

    assert {form: (each.stdout, each.stderr, each.exit_code) for form, each in results.items()} == {
        "text": ("", said, 0),
        "json": ("", said, 0),
        "csv": (
            f"{HEAD}\n",
            said,
            0,
        ),
    }


def test_standard_input_is_a_policy(run: Run) -> None:
    """`-` in the place of POLICY."""
    result = run("judge", "-", "contacts.csv", "--format", "json", given="would have a drink with")

    assert [json.loads(line)["decision"] for line in result.stdout.splitlines()] == [
        "connect",
        "decline",
        "connect",
        "undecided",
        "connect",
        "connect",
        "connect",
    ]


def test_answers_fill_gaps_and_strangers_are_told(run: Run, folder: Path) -> None:
    """An answer settles what was open; answers about nobody are reported."""
    (folder / "answers.csv").write_text(
        "key,would recommend\ncy,yes\nzoe,no\nyan,no\n", encoding="utf-8"
    )

    result = run(
        "judge", "two.policy", "contacts.csv", "--answers", "answers.csv", "--format", "json"
    )

    assert json.loads(result.stdout.splitlines()[2])["decision"] == "connect"
    assert (
        "2 answered records are about nobody here: `zoe` (answers.csv:3), `yan` (answers.csv:4)\n"
        in result.stderr
    )


def test_an_answer_that_contradicts_is_the_contacts_error(run: Run, folder: Path) -> None:
    """The others are judged."""
    (folder / "answers.jsonl").write_text(
        '{"key": "ada", "would recommend": false}\n', encoding="utf-8"
    )

    result = run(
        "judge", "two.policy", "contacts.csv", "--answers", "answers.jsonl", "--format", "json"
    )

    first, *rest = map(json.loads, result.stdout.splitlines())
    assert (first["error"]["code"], first["error"]["where"]) == ("CR506", "answers.jsonl:1")
    assert len(rest) == 6
    assert result.exit_code == 1


def test_an_answer_to_nothing_is_refused(run: Run, folder: Path) -> None:
    """Nothing is judged then, whomever it is about."""
    (folder / "answers.csv").write_text("key,would recomend\ngus,yes\n", encoding="utf-8")

    result = run("judge", "two.policy", "contacts.csv", "--answers", "answers.csv")

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == shown("""
        error[CR205]: no fact is called `would recomend`; did you mean `would recommend`?
         --> answers.csv:2
        help: call a column as the policy calls the fact: `connectrules facts POLICY` lists them
    """)


def test_answers_by_name(run: Run, folder: Path) -> None:
    """A name that one contact has is as good as the key; its case is no matter."""
    (folder / "answers.csv").write_text("name,would recommend\ncy EXAMPLE,yes\n", encoding="utf-8")
    typed = ("two.policy", "contacts.csv", "--answers", "answers.csv", "--format", "json")

    judged = run("judge", *typed).stdout.splitlines()[2]
    explained = run("explain", *typed, "--contact", "cy").stdout

    assert json.loads(judged)["decision"] == json.loads(explained)["decision"] == "connect"


def test_the_table_is_answered_where_it_asks(run: Run, folder: Path) -> None:
    """With a column for what is asked, it is a file of answers; as it is, it answers nothing."""
    table = run("judge", "two.policy", "contacts.csv", "--format", "csv").stdout
    (folder / "table.csv").write_text(table, encoding="utf-8")
    head, *rows = table.splitlines()
    filled = [
        f"{head},would recommend",
        *(f"{row},{'yes' if row.startswith('cy,') else ''}" for row in rows),
    ]
    (folder / "filled.csv").write_text("\n".join(filled), encoding="utf-8")
    judge = ("judge", "two.policy", "contacts.csv", "--format", "csv", "--answers")

    assert run(*judge, "table.csv").stdout == table
    assert run(*judge, "filled.csv").stdout.splitlines()[3].startswith("cy,Cy Example,,connect,")


def test_the_table_is_a_file_of_contacts(run: Run, folder: Path) -> None:
    """Its `contact` is the key, and what was decided is no fact that is missed."""
    table = run("judge", "two.policy", "contacts.csv", "--format", "csv").stdout
    (folder / "table.csv").write_text(table, encoding="utf-8")

    result = run("judge", "-c", "would recommend", "table.csv", "--format", "json")

    keys = [json.loads(line)["contact"] for line in result.stdout.splitlines()]
    assert keys == ["ada", "bob", "cy", "di", "eve", "flo", "gus"]
    assert "is not known" not in result.stderr


def test_the_day_is_told_where_nobody_gave_it(
    run: Run, folder: Path, fixed_day: datetime.date
) -> None:
    """Only for a policy that needs one."""
    (folder / "days.csv").write_text("key,connected on\nada,2026-06-01\n", encoding="utf-8")
    condition = "connected on is within the last 6 months"

    own = run("judge", "-c", condition, "days.csv", "--format", "json")
    given = run("judge", "-c", condition, "days.csv", "--format", "json", "--today", "2027-01-01")

    assert json.loads(own.stdout)["decision"] == "connect"
    assert f"counted from today, {fixed_day}: --today gives another day\n" in own.stderr
    assert json.loads(given.stdout)["decision"] == "decline"
    assert "counted from" not in given.stderr


def test_my_own_record_can_be_given(run: Run, folder: Path) -> None:
    """A JSON object; columns that are no fact are told."""
    (folder / "places.csv").write_text("key,country\nada,Wales\nbob,Spain\n", encoding="utf-8")
    (folder / "me.json").write_text('{"country": "Wales", "contry": "x"}', encoding="utf-8")

    result = run("judge", "-c", "country is my country", "places.csv", "--me", "me.json")

    assert result.stdout == shown("""
        decision   contact  rules
        ─────────  ───────  ─────────
        connect    ada      policy
        decline    bob      otherwise
    """)
    assert result.stderr == shown("""
        `me.json`: the column `contry` is not known, did you mean `country`?
        `places.csv` is read as CSV
        `places.csv`: 2 rows read
        2 contacts judged
        1 to connect with: 1 by `policy`
        1 declined: 1 by `otherwise`
    """)


def test_my_own_record_is_asked_for_where_it_is_needed(run: Run, folder: Path) -> None:
    """The message names the line that needs it and the option that gives it."""
    (folder / "places.csv").write_text("key,country\nada,Wales\n", encoding="utf-8")

    result = run("judge", "-c", "country is my country", "places.csv")

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == shown("""
        error[CR504]: `country is my country` speaks of you, and your own record is not given
         --> condition:1
        help: give it with `--me FILE`, a JSON object or a CSV file with one row
    """)


def test_a_used_file_that_needs_my_record_is_named(run: Run, folder: Path) -> None:
    """The line is in another file than the policy's."""
    (folder / "lib.policy").write_text(
        "DEFINE a neighbour AS country is my country\n", encoding="utf-8"
    )
    (folder / "uses.policy").write_text(
        'USE "lib.policy"\nCONNECT WHEN a neighbour\nOTHERWISE DECLINE\n', encoding="utf-8"
    )

    result = run("judge", "uses.policy", "contacts.csv")

    assert result.stderr == shown("""
        error[CR504]: `lib.policy` speaks of you, and your own record is not given
         --> lib.policy:1
        help: give it with `--me FILE`, a JSON object or a CSV file with one row
    """)


def test_warnings_are_counted(run: Run, folder: Path) -> None:
    """Where to see them is said; the policy is used all the same."""
    (folder / "warn.policy").write_text(
        "DEFINE a friend AS would recommend\nCONNECT WHEN met in person\nOTHERWISE DECLINE\n",
        encoding="utf-8",
    )

    result = run("judge", "warn.policy", "contacts.csv")

    assert "the policy has 1 warning: `connectrules check` shows them\n" in result.stderr
    assert result.exit_code == 0


def test_columns_that_are_no_fact_are_told_once(run: Run, folder: Path) -> None:
    """With what was probably meant."""
    (folder / "typo.csv").write_text("key,would recomend\nada,yes\nbob,no\n", encoding="utf-8")

    result = run("judge", "-c", "would recommend", "typo.csv")

    assert result.stderr.count("did you mean `would recommend`?") == 1


def test_many_contacts_are_laid_out_in_batches(run: Run, folder: Path) -> None:
    """One head for all of them."""
    rows = "".join(f"k{number},no\n" for number in range(1200))
    (folder / "many.csv").write_text(f"key,would recommend\n{rows}", encoding="utf-8")

    result = run("judge", "-c", "would recommend", "many.csv")

    assert result.stdout.count("\n") == 1202
    assert "1,200 declined: 1,200 by `otherwise`\n" in result.stderr
