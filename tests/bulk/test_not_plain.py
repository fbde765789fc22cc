"""What is judged a contact at a time, since DuckDB may read it otherwise, or not be held to it."""

from pathlib import Path

import pytest

from connectrules import Policy
from connectrules.bulk import files as bulk_files
from connectrules.bulk.job import Job
from connectrules.bulk.judging import judge_files
from connectrules.bulk.not_plain import NotPlainError
from connectrules.bulk.part import Part
from connectrules.errors import SourceError

JOB = Job(Policy.parse("CONNECT WHEN would recommend\nOTHERWISE DECLINE"))
LONG = "x" * (2 * 2**20)
LINKEDIN = (
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Ada,Example,https://www.linkedin.com/in/ada,,Example Press,Editor,01 Jan 2024\n"
)

NOT_PLAIN: dict[str, tuple[str, str | bytes, str]] = {
    "of LinkedIn": ("Connections.csv", LINKEDIN, "`Connections.csv` is part of an export"),
    "of LinkedIn, with notes": (
        "Connections.csv",
        f'Notes:\n"Some are missing."\n\n{LINKEDIN}',
        "`Connections.csv` is part of an export",
    ),
    "a column not in UTF-8": (
        "a.csv",
        b"key,would recommend,shoe\na,yes,\xff\xfe\n",
        "it is not UTF-8 text",
    ),
    "a long cell": ("a.csv", f"key,would recommend,shoe\na,yes,{LONG}\n", "a line is very long"),
    "a long line": (
        "a.jsonl",
        f'{{"key":"z"}}\n{{"key":"a","shoe":"{LONG * 2}"}}\n',
        "a line is very long",
    ),
    "a comma too many": (
        "a.jsonl",
        '{"key":"z"}\n{"key":"a","would recommend":true,}\n',
        "it may be no proper JSON",
    ),
    "a comma too many in a list": (
        "a.jsonl",
        '{"key":"z"}\n{"key":"a","shoe":[1 , ]}\n',
        "it may be no proper JSON",
    ),
    "not a number": (
        "a.jsonl",
        '{"key":"z"}\n{"key":"a","shoe":nan}\n',
        "it may be no proper JSON",
    ),
    "not a number in a list": (
        "a.jsonl",
        '{"key":"z"}\n{"key":"a","shoe":[1,-Infinity]}\n',
        "it may be no proper JSON",
    ),
}


@pytest.mark.parametrize("case", NOT_PLAIN)
def test_not_plain(case: str, tmp_path: Path) -> None:
    """It is said why, and nothing is written."""
    name, held, why = NOT_PLAIN[case]
    path = tmp_path / name
    path.write_bytes(held if isinstance(held, bytes) else held.encode())

    with pytest.raises(NotPlainError) as refused:
        judge_files(JOB, [path], tmp_path / "verdicts", "csv", lambda *_: None)

    assert str(refused.value) == why
    assert not (tmp_path / "verdicts").exists()


def test_plain_after_all(tmp_path: Path) -> None:
    """What only looks like that in a text is judged at once."""
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"key": "a", "name": "Nan, Infinity", "topics": ["b", {"c": 1}], "tea": "no"}\n'
        '{"key": "inf", "shoe": [], "nil": null}\n',
        encoding="utf-8",
    )

    judged = judge_files(JOB, [path], tmp_path / "verdicts", "csv", lambda *_: None)

    assert judged.report.files[0].rows == 2


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("how", ["longer", "other", "gone"])
def test_changed_while_it_is_read(
    how: str, when: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is refused, since nobody knows which of the rows were judged, and nothing is written."""
    path = tmp_path / "a.csv"
    path.write_text("key,would recommend\na,yes\nb,unsure\n", encoding="utf-8")

    def change() -> None:
        if how == "longer":
            with path.open("a") as file:
                file.write("c,no\n")
        elif how == "other":
            path.with_name("other").write_text("key,would recommend\nd,no\n\n", encoding="utf-8")
            path.with_name("other").replace(path)
        else:
            path.unlink()

    original = bulk_files.part

    def part(*given: object, **named: object) -> Part:
        found: Part = original(*given, **named)  # type: ignore[arg-type]
        change()
        return found

    def tell(*_: object) -> None:
        if path.exists():
            change()

    if when == "before":
        monkeypatch.setattr("connectrules.bulk.judging.part", part)

    with pytest.raises(SourceError) as refused:
        judge_files(
            JOB,
            [path],
            tmp_path / "verdicts",
            "csv",
            tell if when == "after" else lambda *_: None,
        )

    assert str(refused.value) == "`a.csv` was changed while it was read"
    assert refused.value.where == "a.csv"
    assert [each for each in tmp_path.glob("verdicts") if each.stat().st_size] == []
