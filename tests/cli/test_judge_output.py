"""`connectrules judge --output`: verdicts in a file."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectrules import Contact, Policy
from connectrules.bulk import arrays
from connectrules.bulk.batches import Batch, Batches
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.rows import Row
from connectrules.cli import at_once
from connectrules.verdict import Decision, Verdict
from tests.cli.conftest import Run, shown

COLUMNS = "contact,name,url,decision,rules,because,ask,unsure,assumed,exact,faults\n"


def rows(path: str) -> list[Row]:
    """The rows of a Parquet file of verdicts."""
    with duckdb.connect() as connection:
        found = connection.execute("SELECT * FROM read_parquet(?)", [path])
        return [Row(*row) for row in found.fetchall()]


WRONG = "`following`: `many` is not a whole number, 0 or more"
EXPECTED = [
    Row("ada", "Ada Example", None, "connect", "two rules", None, exact=True),
    Row("bob", "Bob Example", None, "decline", "otherwise", None, exact=True),
    Row("cy", "Cy Example", None, "undecided", None, "would recommend", exact=True),
    Row("di", "Di Example", None, "review", "press", None, exact=True),
    Row(
        "eve",
        "Eve Example",
        None,
        "error",
        error=f"{WRONG} (contacts.csv:6)",
    ),
    Row("flo", "Flo Example", None, "decline", "mass followers", None, exact=True),
    Row("gus", "=Gus Example", None, "undecided", None, None, exact=True),
]
"""What comes of the contacts in conftest.py."""


@pytest.mark.parametrize("form", ["csv", "json"])
def test_as_on_standard_output(run: Run, folder: Path, form: str) -> None:
    """The file holds what standard output would, and nothing goes there."""
    printed = run("judge", "two.policy", "contacts.csv", "--format", form)
    written = run("judge", "two.policy", "contacts.csv", "--output", f"verdicts.{form}")

    assert (folder / f"verdicts.{form}").read_bytes() == printed.stdout_bytes
    assert written.stdout == ""
    assert (
        written.stderr
        == printed.stderr.replace(
            "1 decision rests",
            "`eve`: `following`: `many` is not a whole number, 0 or more (contacts.csv:6)\n"
            "1 decision rests",
        )
        + f"`verdicts.{form}` is written\n"
    )
    assert written.exit_code == printed.exit_code == 1


def test_parquet(run: Run) -> None:
    """A row a contact in the order of the file, with what is wrong where one was not judged."""
    result = run("judge", "two.policy", "contacts.csv", "--output", "verdicts.parquet")

    assert rows("verdicts.parquet") == EXPECTED
    assert (result.stdout, result.exit_code) == ("", 1)


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_all_at_once(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """A large file is judged by DuckDB, and all comes out as it does a contact at a time."""
    typed = ("judge", "two.policy", "contacts.csv", "--output", f"verdicts.{ending}")
    slowly = run(*typed)
    expected = (folder / f"verdicts.{ending}").read_bytes()
    (folder / f"verdicts.{ending}").unlink()
    monkeypatch.setattr(at_once, "LARGE", 0)
    monkeypatch.setattr(Policy, "judge_all", _but_for(ALONE, Policy.judge_all))

    quickly = run(*typed)

    if ending == "parquet":
        assert rows("verdicts.parquet") == EXPECTED
    else:
        assert (folder / f"verdicts.{ending}").read_bytes() == expected
    assert quickly.stderr == slowly.stderr
    assert quickly.exit_code == slowly.exit_code == 1


ALONE = {"eve", "flo", "gus"}
"""Those of whom something is not written plainly."""


def _but_for(keys: set[str], judge_all: Any) -> Any:  # noqa: ANN401 - functions
    """*judge_all* for the contacts with these *keys* only."""

    def judge(policy: Policy[Contact], contacts: Iterable[Contact], **given: Any) -> Any:  # noqa: ANN401 - as above
        there = [*contacts]
        assert {each.key for each in there} <= keys
        return judge_all(policy, there, **given)

    return judge


def test_not_all_at_once(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that DuckDB might read otherwise is judged a contact at a time, and that is told."""
    monkeypatch.setattr(at_once, "LARGE", 0)
    (folder / "lines.csv").write_text(
        'key,position,following\nada,"Editor,\nFiction",7\n', encoding="utf-8"
    )

    result = run("judge", "two.policy", "lines.csv", "--output", "verdicts.parquet")

    assert [row[:5] for row in rows("verdicts.parquet")] == [("ada", None, None, "review", "press")]
    assert result.stderr.startswith(
        "judged a contact at a time, which takes longer: `lines.csv` cannot be read all at once\n"
        "`lines.csv` is read as CSV\n"
    )


def test_not_all_at_once_without_duckdb(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large text is judged all the same where the extra is missing, and it is named."""
    run("judge", "two.policy", "contacts.csv", "--output", "expected.csv")
    monkeypatch.setattr(at_once, "LARGE", 0)
    monkeypatch.setitem(sys.modules, "duckdb", None)

    result = run("judge", "two.policy", "contacts.csv", "--output", "verdicts.csv")

    assert (folder / "verdicts.csv").read_bytes() == (folder / "expected.csv").read_bytes()
    assert result.stderr.startswith(
        "judged a contact at a time, which takes longer: `duckdb` is not installed: "
        'pip install "connectrules[duckdb]"\n`contacts.csv` is read as CSV\n'
    )


def test_not_all_at_once_with_an_own_record_that_does_not_fit(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is wrong with it stands in each line, and that is told one by one."""
    monkeypatch.setattr(at_once, "LARGE", 0)
    (folder / "me.json").write_text('{"followers": "many"}', encoding="utf-8")
    typed = ("judge", "-c", "following is more than my followers", "contacts.csv")
    told = run(*typed, "--me", "me.json", "--format", "json")

    result = run(*typed, "--me", "me.json", "--output", "verdicts.json")

    assert (folder / "verdicts.json").read_text(encoding="utf-8") == told.stdout
    assert "my followers" in told.stdout
    assert result.stderr.startswith(
        "judged a contact at a time, which takes longer: your own record has a value that does "
        "not fit\n"
    )
    assert result.exit_code == told.exit_code


def test_not_all_at_once_after_all(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where that shows as late as in the midst of writing, nothing of it stays."""
    run("judge", "two.policy", "contacts.csv", "--output", "expected.csv")
    monkeypatch.setattr(at_once, "LARGE", 0)

    def broken(_batches: object) -> Iterator[Batch]:
        texts = arrays.texts(["ada" * 1_000])
        yield Batch(texts, texts, texts, arrays.places([0]), [Verdict(Decision.REVIEW)], [])
        msg = "something came up"
        raise NotPlainError(msg)

    monkeypatch.setattr(Batches, "__iter__", broken)

    result = run("judge", "two.policy", "contacts.csv", "--output", "verdicts.csv")

    assert result.stderr.startswith("judged a contact at a time, which takes longer: something")
    assert (folder / "verdicts.csv").read_bytes() == (folder / "expected.csv").read_bytes()


def test_from_parquet(run: Run, folder: Path) -> None:
    """Typed columns are read for every command and every form, and give the same verdicts."""
    with duckdb.connect() as connection:
        connection.execute(
            "COPY (SELECT key, name, position, TRY_CAST(following AS BIGINT) AS following, "
            """CASE "would have a drink with" WHEN 'yes' THEN true WHEN 'no' THEN false END """
            'AS "would have a drink with", '
            "CASE \"would recommend\" WHEN 'yes' THEN true END AS would_recommend "
            "FROM read_csv('contacts.csv', all_varchar = true)) TO 'contacts.parquet'"
        )

    table = run("judge", "two.policy", "contacts.parquet", "--format", "csv")
    written = run("judge", "two.policy", "contacts.parquet", "--output", "verdicts.parquet")
    told = run("explain", "two.policy", "contacts.parquet", "--contact", "flo")

    decisions = ["connect", "decline", "undecided", "review", "undecided", "decline", "undecided"]
    assert [line.split(",")[3] for line in table.stdout.splitlines()[1:]] == decisions
    assert [row.decision for row in rows("verdicts.parquet")] == decisions
    assert written.stderr.startswith(
        "`contacts.parquet` is read as Parquet\n`contacts.parquet`: 7 rows read\n7 contacts judged"
    )
    assert told.stdout.startswith("DECLINE  Flo Example (flo)\n")
    assert {table.exit_code, written.exit_code, told.exit_code} == {0}
    assert folder.is_dir()


def test_a_column_of_another_type(run: Run) -> None:
    """A typed column that does not fit its fact is refused, by file, before anybody is judged."""
    with duckdb.connect() as connection:
        connection.execute("COPY (SELECT 'ada' AS key, 12 AS position) TO 'typed.parquet'")

    result = run("judge", "two.policy", "typed.parquet", "--output", "verdicts.parquet")

    assert result.stderr == (
        "error[CR501]: `typed.parquet`: the column `position` holds whole numbers (Int32), and "
        "`position` is a text: it should hold texts\n"
    )
    assert result.exit_code == 2
    assert not Path("verdicts.parquet").exists()


REFUSED = {
    "--output verdicts.csv --format json": """
        error: `--format json` and `--output verdicts.csv` do not go together
        help: leave --format out: the ending says the form
    """,
    "--output verdicts.txt": """
        error: `verdicts.txt` does not say by its ending what to write
        help: give it one of the endings `.csv`, `.json`, `.jsonl`, `.parquet`
    """,
    "--output verdicts.html": """
        error: `verdicts.html` does not say by its ending what to write
        help: `--html FILE` writes a page
    """,
    "--output -": """
        error: `--output -`: verdicts go to standard output without it, and `-` names no file
        help: leave --output out, or give it a name, as in `--output verdicts.csv`
    """,
    "--output contacts.csv": """
        error: `contacts.csv` is read, and cannot be written to as well
        help: give the verdicts another name; nothing in the file was changed
    """,
    "--output other.csv": """
        error: `other.csv` is there already, and holds no verdicts
        help: give the verdicts another name; nothing in the file was changed
    """,
    "--output other.parquet": """
        error: `other.parquet` is there already, and holds no verdicts
        help: give the verdicts another name; nothing in the file was changed
    """,
    "--output nowhere/verdicts.csv": """
        error: `nowhere/verdicts.csv` cannot be written: the folder it should be in is not there
        help: nothing in it was changed
    """,
}


@pytest.mark.parametrize(("typed", "told"), REFUSED.items())
def test_refused(run: Run, folder: Path, typed: str, told: str) -> None:
    """What cannot be meant is refused, and no file is touched."""
    (folder / "other.csv").write_text("key,name\nada,Ada\n", encoding="utf-8")
    with duckdb.connect() as connection:
        connection.execute("COPY (SELECT 'ada' AS key) TO 'other.parquet'")
    before = {path: path.read_bytes() for path in folder.iterdir()}

    result = run("judge", "two.policy", "contacts.csv", *typed.split())

    assert (result.stderr, result.stdout, result.exit_code) == (shown(told), "", 2)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("ending", ["csv", "json", "jsonl", "parquet"])
def test_again(run: Run, ending: str) -> None:
    """Verdicts that are there already are replaced, and an empty file is."""
    Path(f"verdicts.{ending}").touch()
    first = run("judge", "two.policy", "contacts.csv", "--output", f"verdicts.{ending}")
    written = Path(f"verdicts.{ending}").read_bytes()
    second = run("judge", "two.policy", "contacts.csv", "--output", f"verdicts.{ending}")

    assert (first.exit_code, second.exit_code) == (1, 1)
    assert Path(f"verdicts.{ending}").read_bytes() == written


def test_without_duckdb(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra is named where it is missing."""
    (folder / "contacts.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    read = run("judge", "two.policy", "contacts.parquet")
    written = run("judge", "two.policy", "contacts.csv", "--output", "verdicts.parquet")

    assert read.stderr == shown("""
        error[CR503]: `contacts.parquet` needs DuckDB, which is not installed
         --> contacts.parquet
        help: pip install "connectrules[duckdb]"
    """)
    assert written.stderr == shown("""
        error: a Parquet file is written with PyArrow, which is not installed
        help: pip install "connectrules[duckdb]"
    """)
    assert (read.exit_code, written.exit_code) == (2, 2)
