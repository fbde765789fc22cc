"""`judge --html` writes a page to keep."""

import datetime
import json
import re
from pathlib import Path

import pytest

from connectrules.cli import keeping
from connectrules.render.html import MARK
from tests.cli.conftest import Run, shown
from tests.cli.test_judge import LOADED, SUMMARY

WRITTEN = "`out.html` is written: open it in a browser\n"


def contacts(page: str) -> list[dict[str, object]]:
    """What the page holds of the contacts."""
    blocks = re.findall(r'<script type="application/json" class="contacts">(.*?)</script>', page)
    return [one for block in blocks for one in json.loads(block)["contacts"]]


def test_the_page_takes_the_place_of_the_table(run: Run, folder: Path) -> None:
    """Nothing goes to standard output; the summary goes to standard error as ever."""
    result = run("judge", "two.policy", "contacts.csv", "--html", "out.html")

    assert (result.stdout, result.exit_code) == ("", 1)
    assert result.stderr == LOADED + SUMMARY + WRITTEN
    page = (folder / "out.html").read_text("utf-8")
    assert page.startswith(MARK)
    assert [one["is"] for one in contacts(page)] == [
        "connect",
        "decline",
        "undecided",
        "review",
        "error",
        "decline",
        "undecided",
    ]
    for line in (LOADED + SUMMARY).splitlines():
        assert f"<li>{line}</li>" in page
    assert [*folder.glob(".connectrules*")] == []


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_with_a_format_both_are_written(run: Run, folder: Path, form: str) -> None:
    """What goes to standard output is what goes there without a page, to the byte."""
    alone = run("judge", "two.policy", "contacts.csv", "--format", form)

    both = run("judge", "two.policy", "contacts.csv", "--format", form, "--html", "out.html")

    assert both.stdout == alone.stdout
    assert len(contacts((folder / "out.html").read_text("utf-8"))) == 7


def test_the_day_is_the_one_given_else_that_of_the_run(
    run: Run, folder: Path, fixed_day: datetime.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the policy speaks of lengths of time or not."""
    monkeypatch.setattr(keeping, "real_day", lambda: fixed_day)
    typed = ("judge", "two.policy", "contacts.csv", "--html", "out.html")

    run(*typed, "--today", "2025-02-03")
    assert 'Judged on <time datetime="2025-02-03">' in (folder / "out.html").read_text("utf-8")
    run(*typed)
    assert f'Judged on <time datetime="{fixed_day}">' in (folder / "out.html").read_text("utf-8")


def test_the_same_is_written_again(run: Run, folder: Path) -> None:
    """To the byte: a page hangs on the policy, the contacts, the answers and the day alone."""
    typed = ("judge", "two.policy", "contacts.csv", "--today", "2026-11-22", "--html")

    run(*typed, "out.html")
    run(*typed, "again.html")

    assert (folder / "again.html").read_bytes() == (folder / "out.html").read_bytes()


def test_answers_and_my_own_facts_are_told(run: Run, folder: Path) -> None:
    """An answer with its place; what is asked of me, with what to do about it."""
    (folder / "answers.csv").write_text("key,would recommend\ncy,yes\n", encoding="utf-8")
    (folder / "me.json").write_text("{}", encoding="utf-8")
    policy = "would recommend AND country is my country"

    run(
        "judge",
        "-c",
        policy,
        "contacts.csv",
        "--answers",
        "answers.csv",
        "--me",
        "me.json",
        "--html",
        "out.html",
    )

    page = (folder / "out.html").read_text("utf-8")
    assert "answers.csv:2" in page
    assert "put it in your own record, which `--me FILE` gives" in page


def test_the_page_tells_no_paths(run: Run, folder: Path) -> None:
    """Not of the policy, whose name stands for a title, the contacts, the answers or the store."""
    lib = folder / "lib"
    lib.mkdir()
    (lib / "words.policy").write_text("DEFINE good AS would recommend\n", encoding="utf-8")
    (folder / "use.policy").write_text(
        'USE "lib/words.policy"\nCONNECT "r" WHEN good AND position is "Baker"\n'
        "OTHERWISE DECLINE\n",
        encoding="utf-8",
    )
    (folder / "a.csv").write_text("key,would recommend\ncy,yes\nzed,no\n", encoding="utf-8")
    run("answers", "import", "a.csv", "--answers", "kept.db")

    for answers in ("kept.db", "a.csv"):
        paths = [str(folder / each) for each in ("use.policy", "contacts.csv", answers, "o.html")]
        policy, people, given, out = paths
        typed = ("judge", policy, people, "--answers", given)

        result = run(*typed, "--html", out)

        page = (folder / "o.html").read_text("utf-8")
        assert str(folder) not in page
        assert "<title>use.policy</title>" in page
        assert "<h1>use.policy</h1>" in page
        assert ("taken from `kept.db`</li>" in page) == (answers == "kept.db")
        assert (f"taken from `{given}`\n" in result.stderr) == (answers == "kept.db")


def test_a_page_is_replaced(run: Run, folder: Path) -> None:
    """And so is a file that holds nothing."""
    (folder / "out.html").write_text(f"{MARK}old", encoding="utf-8")
    (folder / "empty.html").touch()

    for name in ("out.html", "empty.html"):
        run("judge", "two.policy", "contacts.csv", "--html", name)
        assert len(contacts((folder / name).read_text("utf-8"))) == 7


@pytest.mark.parametrize("name", ["contacts.csv", "two.policy", "own.html"])
def test_another_file_is_not_lost(run: Run, folder: Path, name: str) -> None:
    """A name typed by mistake is refused before anything is read."""
    (folder / "own.html").write_text("<!doctype html>\n<p>mine", encoding="utf-8")
    before = (folder / name).read_bytes()

    result = run("judge", "nowhere.policy", "contacts.csv", "--html", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == shown(f"""
        error: `{name}` is there already, and is no page of connectrules
        help: give the page another name; nothing in the file was changed
    """)
    assert (folder / name).read_bytes() == before


def test_a_page_needs_a_name(run: Run) -> None:
    """Standard output is none."""
    result = run("judge", "two.policy", "contacts.csv", "--html", "-")

    assert result.exit_code == 2
    assert result.stderr == shown("""
        error: `--html -`: a page is a file, and `-` names none
        help: give it a name, as in `--html contacts.html`
    """)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("nowhere/out.html", "the folder it should be in is not there"),
        (".", "it is a folder"),
    ],
)
def test_a_page_that_cannot_be_written_is_told(run: Run, name: str, why: str) -> None:
    """Before the contacts are judged."""
    result = run("judge", "two.policy", "contacts.csv", "--html", name)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == shown(f"""
        error: `{name}` cannot be written: {why}
        help: nothing in it was changed
    """)


def test_contacts_that_break_off_leave_the_old_page(run: Run, folder: Path) -> None:
    """What was begun is taken away, and the error is that of the file."""
    (folder / "out.html").write_text(f"{MARK}old", encoding="utf-8")
    (folder / "contacts.csv").write_bytes(b"key,name\na,A\nb,\xff\n")

    result = run("judge", "two.policy", "contacts.csv", "--html", "out.html")

    assert result.exit_code == 2
    assert "CR503" in result.stderr
    assert (folder / "out.html").read_text("utf-8") == f"{MARK}old"
    assert [*folder.glob(".connectrules*")] == []
