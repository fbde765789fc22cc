"""`ask` asks what decides and nothing else, and keeps each answer as it is given."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from connectrules.cli import reading
from connectrules.schema.types import UNSURE
from connectrules.store import AnswerStore, StoredAnswer
from tests.cli.conftest import Run, shown

PEOPLE = """\
key,name,position,company,url,connected on,would have a drink with,would recommend,following
ada,Ada Example,Consultant,Example & Co,https://ada.example/,2024-05-01,yes,yes,120
bob,Bob Example,Cooper,,https://bob.example/,2023-01-31,,,10
cy,Cy Example,Baker,Crumb,,,yes,,10
di,Di Example,Editor,The Daily,,,,,10
eve,Eve Example,Baker,,,,yes,yes,many
flo,Flo Example,Baker,,,,yes,unsure,10
"""
STORE = ("--answers", "my.db")
ASK = ("ask", "two.policy", "people.csv", *STORE)
DAY = datetime.date(2026, 11, 22)
KEYS = "y yes  n no  u unsure  s skip  b back  ? why  q stop  >"

WHY = """
  UNDECIDED  Cy Example
  ├─ what to ask
  │  └─ would recommend: Would you recommend Cy Example to your clients?
  │     ├─ yes: connect
  │     └─ no: decline
  └─ what may decide it
     └─ two rules: I link only with people I would meet and recommend
        ├─ would have a drink with: yes  (people.csv:4)
        ├─ would recommend: not known
        └─ is a recruiter: no  (assumed)
"""


@pytest.fixture(autouse=True)
def _files(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(reading, "real_day", lambda: DAY)
    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    (folder / "people.csv").write_text(PEOPLE, encoding="utf-8")


def history(path: Path | str = "my.db") -> list[StoredAnswer]:
    """All answers in the store, those taken back too."""
    with AnswerStore.reading(path) as store:
        return list(store.history())


def kept(path: Path | str = "my.db") -> list[tuple[str, str, object]]:
    """The answers in the store that were not taken back, in order."""
    return [(each.key, each.fact, each.value) for each in history(path) if not each.taken_back]


def decisions(run: Run, *typed: str) -> Mapping[str, str]:
    """What `judge` decides about each contact, with the answers."""
    lines = run("judge", *typed, "--answers=my.db", "--format", "json").stdout.splitlines()
    return {each["contact"]: each.get("decision", "error") for each in map(json.loads, lines)}


def test_a_whole_session(run: Run) -> None:
    """Who needs one answer comes first; what each answer brings is told, and what changed."""
    result = run(*ASK, given="yyn")

    assert result.stdout == shown(f"""
        2 of 6 contacts settled; 1 needs one answer, 1 more
        1 could not be judged: `following` (1)
        answers are kept in `my.db`, which is new

        Cy Example ─────────────────────────────────────────────────── 0 settled, 2 left
          Baker, Crumb
          cy

          Would you recommend Cy Example to your clients?
          {KEYS} yes
          → connect, by `two rules`: I link only with people I would meet and recommend

        Bob Example ────────────────────────────────────────────────── 1 settled, 1 left
          Cooper
          connected on 2023-01-31
          https://bob.example/

          Bob Example: would have a drink with?
          {KEYS} yes

          Would you recommend Bob Example to your clients?
          {KEYS} no
          → decline, by `otherwise`: numbers alone mean nothing to me

        asked 3 questions: 2 contacts settled (1 connect, 1 decline), 1 still undecided
        1 contact stays undecided over what you were unsure of: that is not asked again
        the verdicts are shown by
            connectrules judge two.policy people.csv --answers=my.db
    """)
    assert result.stderr == "`people.csv` is read as CSV\n`people.csv`: 6 rows read\n"
    assert result.exit_code == 1


def test_judge_gives_those_verdicts(run: Run) -> None:
    """The answers count for everybody they are about, and for nobody else."""
    before = run("judge", "two.policy", "people.csv", "--format", "json").stdout
    result = run(*ASK, given="yyn")
    after = decisions(run, "two.policy", "people.csv")

    assert {
        each["contact"]: each.get("decision", "error")
        for each in map(json.loads, before.splitlines())
    } == {
        "ada": "connect",
        "bob": "undecided",
        "cy": "undecided",
        "di": "review",
        "eve": "error",
        "flo": "undecided",
    }
    assert after == {
        "ada": "connect",
        "bob": "decline",
        "cy": "connect",
        "di": "review",
        "eve": "error",
        "flo": "undecided",
    }
    assert result.exit_code == 1


def test_an_answer_is_kept_with_its_question_and_its_day(run: Run) -> None:
    """And with who gave it; what has no question of its own is kept as it was put."""
    run(*ASK, given="uy")

    assert [(each.key, each.fact, each.value) for each in history()] == [
        ("cy", "would recommend", UNSURE),
        ("bob", "would have a drink with", True),
    ]
    assert [(each.question, each.by, each.day) for each in history()] == [
        ("Would you recommend Cy Example to your clients?", "ada", DAY),
        ("Bob Example: would have a drink with?", "ada", DAY),
    ]


def test_what_somebody_was_unsure_of_is_not_asked_again(run: Run) -> None:
    """It says so, and goes on."""
    first = run(*ASK, given="u")
    second = run(*ASK, given="")

    assert "  → still undecided, for nobody can say `would recommend`\n" in first.stdout
    assert second.stdout.splitlines()[0] == "2 of 6 contacts settled; 1 needs more than one answer"
    assert "2 contacts stay undecided over what you were unsure of" in second.stdout


def test_a_skipped_question_is_asked_again_another_time(run: Run) -> None:
    """Another of the same contact is asked, if it may settle it too."""
    first = run(*ASK, given="ssn")
    second = run(*ASK, given="")

    assert kept() == [("bob", "would recommend", False)]
    assert "  → decline, by `otherwise`: numbers" in first.stdout
    assert first.stdout.splitlines()[-4:-3] == [
        "asked 1 question: 1 contact settled (1 decline), 2 still undecided"
    ]
    assert "Would you recommend Cy Example to your clients?" in second.stdout


def test_why_is_told(run: Run) -> None:
    """What the answers lead to, the rules, and what is known; nothing else that is open."""
    result = run(*ASK, given="?")

    assert f"{KEYS} why\n{WHY}\n  Would you recommend Cy Example to" in result.stdout


def test_b_takes_back_the_answer_given_last(run: Run) -> None:
    """Its question is asked again, and the history keeps both answers."""
    result = run(*ASK, given="yby")

    assert "  took back the answer about Cy Example: `would recommend` was yes\n" in result.stdout
    assert result.stdout.count("Would you recommend Cy Example") == 2
    assert [each.taken_back for each in history()] == [True, False]
    assert "asked 1 question: 1 contact settled (1 connect)" in result.stdout


def test_b_goes_back_to_a_skipped_question(run: Run) -> None:
    """Nothing is taken back for it."""
    result = run(*ASK, given="ysbn")

    assert "  back to Bob Example\n" in result.stdout
    assert kept() == [("cy", "would recommend", True), ("bob", "would have a drink with", False)]


def test_b_takes_back_an_answer_of_the_session_before(run: Run) -> None:
    """Settled or not, whom it is about is asked about first; then all goes on."""
    run(*ASK, given="y")
    result = run(*ASK, given="bnyy")

    assert (
        "  took back the answer about Cy Example: `would recommend` was yes, given by ada\n"
        "    on 2026-11-22\n"
    ) in result.stdout
    assert "asked 3 questions: 2 contacts settled" not in result.stdout
    assert kept() == [
        ("cy", "would recommend", False),
        ("bob", "would have a drink with", True),
        ("bob", "would recommend", True),
    ]
    assert "asked 3 questions: 1 contact settled (1 connect), 1 still undecided\n" in result.stdout


def test_what_was_answered_is_asked_again_after_b_and_not_what_was_skipped(run: Run) -> None:
    """Though another question would come first in a new session."""
    run(*ASK, given="ysu")
    result = run(*ASK, given="bn")

    assert result.stdout.count("Bob Example: would have a drink with?") == 1
    assert kept() == [("cy", "would recommend", True), ("bob", "would recommend", False)]


def test_b_leaves_what_is_not_asked_for_here(run: Run) -> None:
    """The answer given last may be about somebody else, or something no rule speaks of."""
    with AnswerStore.open("my.db") as store:
        store.answer("zed", "would recommend", value=True, day=DAY)
        stranger = run(*ASK, given="b")
        store.answer("ada", "is tall", value=True, day=DAY)
        other = run(*ASK, given="b")

    assert (
        "  the answer given last, to `would recommend` about `zed`, is not asked for\n"
        "    here, and was left\n"
    ) in stranger.stdout
    assert "`is tall` about `ada`" in other.stdout
    assert not any(each.taken_back for each in history())


def test_b_says_where_there_is_nothing_to_go_back_to(run: Run) -> None:
    """The question is still asked."""
    result = run(*ASK, given="by")

    assert f"> back\n  there is nothing to go back to\n  {KEYS} yes\n" in result.stdout


def test_b_says_where_the_question_is_not_asked_for_any_more(run: Run, folder: Path) -> None:
    """The export may know by now."""
    run(*ASK, given="y")
    known = PEOPLE.replace("Cy Example,Baker,Crumb,,,yes,,", "Cy Example,Baker,Crumb,,,yes,yes,")
    (folder / "people.csv").write_text(known, encoding="utf-8")
    result = run(*ASK, given="b")

    assert (
        "  took back the answer about Cy Example: `would recommend` was yes, given by ada\n"
        "    on 2026-11-22\n"
        "  `would recommend` is not asked for any more\n"
    ) in result.stdout
    assert kept() == []


def test_the_shortest_way_comes_first(run: Run, folder: Path) -> None:
    """Who is settled with fewer questions on average is asked about earlier."""
    (folder / "kinds.policy").write_text(
        'ASK a: "A of {name}?"\nASK b: "B of {name}?"\nASK c: "C of {name}?"\n'
        "CONNECT WHEN EXACTLY 2 OF (a; b; c) OTHERWISE DECLINE",
        encoding="utf-8",
    )
    (folder / "kinds.csv").write_text(
        "key,name,a,b,c\nx,All,,,\ny,Odd,,,yes\nz,And,,yes,no\nw,Or,yes,no,\n", encoding="utf-8"
    )

    result = run("ask", "kinds.policy", "kinds.csv", *STORE, given="nnynynn")

    assert result.stdout.splitlines()[0] == "0 of 4 contacts settled; 2 need one answer, 2 more"
    assert [line.split()[0] for line in result.stdout.splitlines() if "─" in line] == [
        *("And", "Or", "Odd", "All"),
    ]


def test_a_contact_is_asked_about_until_it_is_settled(run: Run) -> None:
    """And only then the next."""
    result = run(*ASK, given="nyn")

    heads = [line.split(" ─")[0] for line in result.stdout.splitlines() if "─" in line]
    assert heads == ["Cy Example", "Bob Example"]


def test_who_has_no_key_that_lasts_is_not_asked_about(run: Run, folder: Path) -> None:
    """The next file may have somebody else on that line."""
    (folder / "people.csv").write_text(
        "name,would recommend,position\n,,Cook\nAda,,\n", encoding="utf-8"
    )

    result = run("ask", "-c", "would recommend", "people.csv", *STORE, given="y")

    assert kept() == [("Ada", "would recommend", True)]
    assert result.stdout.endswith(
        "asked 1 question: 1 contact settled (1 connect), 1 still undecided\n"
        "1 contact has neither a key nor a name to keep answers under: give each a `key`\n"
        "the verdicts are shown by\n"
        "    connectrules judge -c 'would recommend' people.csv --answers=my.db\n"
    )


def test_what_is_the_owners_is_not_asked(run: Run, folder: Path) -> None:
    """It is said once what to do, whoever waits for it."""
    (folder / "own.policy").write_text(
        "CONNECT WHEN values include any of my values AND would recommend OTHERWISE DECLINE",
        encoding="utf-8",
    )
    (folder / "people.csv").write_text(
        "key,values,would recommend\nada,craft,yes\nbob,craft,\ncy,craft,\n", encoding="utf-8"
    )
    (folder / "me.json").write_text('{"key": "me"}', encoding="utf-8")

    result = run("ask", "own.policy", "people.csv", "--me", "me.json", *STORE, given="yn")

    assert result.stdout == shown(f"""
        0 of 3 contacts settled; 2 need more than one answer
        answers are kept in `my.db`, which is new

        bob ────────────────────────────────────────────────────────── 0 settled, 2 left

          bob: would recommend?
          {KEYS} yes
          → still undecided, for `my values` is not known

        cy ─────────────────────────────────────────────────────────── 0 settled, 1 left

          cy: would recommend?
          {KEYS} no
          → decline, by `otherwise`

        asked 2 questions: 1 contact settled (1 decline), 2 still undecided
        2 contacts wait for `my values`: put it in your own record, which `--me FILE`
        gives
        the verdicts are shown by
            connectrules judge own.policy people.csv --me me.json --answers=my.db
    """)
    assert result.exit_code == 0


def test_who_was_forgotten_is_not_asked_about(run: Run) -> None:
    """Nothing would be kept."""
    with AnswerStore.open("my.db") as store:
        store.forget("cy")

    result = run(*ASK, given="y")

    assert "Cy Example" not in result.stdout
    assert "1 contact was forgotten, and nothing is asked about whoever was\n" in result.stdout


def test_private_notes_are_not_shown(run: Run, folder: Path) -> None:
    """They help to remember somebody, but belong to nobody's screen."""
    (folder / "people.csv").write_text("key,name,note\nada,Ada,owes me money\n", encoding="utf-8")

    result = run("ask", "-c", "would recommend", "people.csv", *STORE, given="?y")

    assert "owes" not in result.output


def test_nothing_to_ask(run: Run, folder: Path) -> None:
    """It says so and ends, with no question."""
    (folder / "people.csv").write_text("key,would recommend\nada,yes\n", encoding="utf-8")

    result = run("ask", "-c", "would recommend", "people.csv", *STORE, given="yyy")

    assert result.stdout == shown("""
        1 of 1 contact settled
        answers are kept in `my.db`, which is new

        there is nothing to ask, nobody is left undecided
    """)
    assert result.exit_code == 0


def test_without_answers_it_is_the_users_own_store(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made if missing, and `judge --answers` reads it."""
    monkeypatch.setattr("connectrules.store.default_path", lambda: tmp_path / "data" / "answers.db")

    first = run("ask", "two.policy", "people.csv", given="y")
    second = run("ask", "two.policy", "people.csv", "--answers", given="nq")

    assert kept(tmp_path / "data" / "answers.db") == [
        ("cy", "would recommend", True),
        ("bob", "would have a drink with", False),
    ]
    assert first.stdout.endswith("    connectrules judge two.policy people.csv --answers\n")
    assert "1 of them is used here" in " ".join(second.stdout.split())


def test_the_next_command_can_be_pasted(run: Run, folder: Path) -> None:
    """All that was typed is in it, over as many lines as it takes."""
    people = folder / "the people that I know from fairs in three countries.csv"
    people.write_text("key,met on,would recommend\nada,2026-11-01,\n", encoding="utf-8")
    (folder / "days.policy").write_text(
        "FACT met on: date CONNECT WHEN would recommend AND met on is within the last 3 months "
        "OTHERWISE DECLINE",
        encoding="utf-8",
    )

    result = run("ask", "days.policy", people.name, "--today", "2026-11-22", *STORE, given="y")

    assert result.stdout.endswith(
        "the verdicts are shown by\n"
        "    connectrules judge days.policy \\\n"
        "        'the people that I know from fairs in three countries.csv' --today \\\n"
        "        2026-11-22 --answers=my.db\n"
    )


WRONG = {
    "a table in the place of a store": (
        ("--answers", "answers.csv"),
        "",
        (
            "error: `answers.csv` is called as a table is, and answers are kept in a store\n"
            "help: `connectrules answers import answers.csv` takes answers from a table into your "
            "store\n"
            "help: without --answers, that is the store that is used here\n"
        ),
    ),
    "a file that is no store": (
        ("--answers=notes",),
        "",
        (
            "error: `notes` is no answers store\n"
            "help: nothing in it was changed\n"
            "help: give another file with `--answers FILE`\n"
        ),
    ),
    "a key that is none": (
        STORE,
        "y\nx",
        (
            "`people.csv` is read as CSV\n`people.csv`: 6 rows read\n"
            "error: no answer to `would have a drink with` about `Bob Example`: `x` is none of the "
            "keys\n"
            " --> standard input:2\n"
            "help: give `y` or `n` here, or one of `u`, `s`, `b`, `?`, `q`\n"
            "help: the answers before it are kept\n"
        ),
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_is_told(run: Run, folder: Path, wrong: str) -> None:
    """With what to do; through a pipe nobody can be asked again."""
    (folder / "notes").write_text("not a store", encoding="utf-8")
    typed, given, message = WRONG[wrong]

    result = run("ask", "two.policy", "people.csv", *typed, given=given)

    assert result.stderr == message
    assert result.exit_code == 2
    assert (folder / "notes").read_text(encoding="utf-8") == "not a store"


def test_a_wrong_key_in_a_pipe_keeps_the_answers_before_it(run: Run) -> None:
    """And says what changed, before it says what is wrong."""
    result = run(*ASK, given="yx")

    assert kept() == [("cy", "would recommend", True)]
    assert "asked 1 question: 1 contact settled (1 connect), 2 still undecided\n" in result.stdout


def test_the_policy_cannot_come_from_where_answers_come_from(run: Run) -> None:
    """Standard input is one."""
    result = run("ask", "-", "people.csv", *STORE, given="would recommend")

    assert result.stderr == (
        "error: the policy cannot come from standard input: that is where your answers come from\n"
        "help: name a file, or give a condition with -c\n"
    )
    assert (result.stdout, result.exit_code) == ("", 2)
