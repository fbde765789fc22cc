"""Contacts in JSON and JSON Lines."""

import datetime
import json
from pathlib import Path

import pytest

from connectrules import UNSURE
from connectrules.sources import objects
from tests.sources.helpers import known, read, refusal, report, write

RECORD = '{"key": "a", "followers": 3}'


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (f"{RECORD}\n", "JSON Lines"),
        (f"\ufeff\n  {RECORD}\n\n", "JSON Lines"),
        (f"[{RECORD}]", "JSON"),
        ('{\n  "key": "a",\n  "followers": 3\n}\n', "JSON"),
    ],
)
def test_forms(tmp_path: Path, content: str, form: str) -> None:
    """An object a line, a list and one object alone are told apart by content."""
    path = write(tmp_path / "anything", content)

    assert [(contact.key, known(contact)) for contact in read(path)] == [("a", {"followers": 3})]
    assert report(path).formats == (("anything", form),)


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("met in person", True, True),
        ("met in person", "no", False),
        ("met in person", 1, True),
        ("met in person", 2, 2),
        ("met in person", [], []),
        ("followers", "500", "500"),
        ("followers", 5.0, 5.0),
        ("followers", "unsure", UNSURE),
        ("score", -1.5, -1.5),
        ("connected on", "2024-05-01", datetime.date(2024, 5, 1)),
        ("connected on", 20240501, 20240501),
        ("values", ["a", "b"], ("a", "b")),
        ("values", [], ()),
        ("values", "a; b", "a; b"),
        ("values", [1], (1,)),
        ("languages", ["cy"], ("cy",)),
        ("company", "", ""),
        ("company", {"x": 1}, {"x": 1}),
        ("company", "unsure", UNSURE),
    ],
)
def test_values(tmp_path: Path, name: str, written: object, value: object) -> None:
    """A value is read as its fact's type, and kept as it stands where it does not fit."""
    path = write(tmp_path / "c.jsonl", json.dumps({"key": "a", name: written}))
    (found,) = known(read(path)[0]).values()

    assert value == found
    assert type(value) is type(found)


def test_null_is_unknown(tmp_path: Path) -> None:
    """It is no value, and does not name a record either."""
    path = write(tmp_path / "c.jsonl", '{"key": null, "name": "Ada", "followers": null}\n')
    (contact,) = read(path)

    assert (contact.key, known(contact)) == ("Ada", {"name": "Ada"})


def test_keys(tmp_path: Path) -> None:
    """A whole number serves as key; without key and name the line does."""
    path = write(tmp_path / "c.jsonl", '{"key": 12}\n\n{"followers": 1}\n')

    assert [contact.key for contact in read(path)] == ["12", "line 3"]


def test_places_in_a_list(tmp_path: Path) -> None:
    """A record of a list knows the line it begins on."""
    path = write(tmp_path / "c.json", '[\n{"key": "a",\n"followers": 1},\n\n{"name": "b"}\n]\n')

    assert [contact.origins for contact in read(path)] == [
        {"followers": "c.json:2"},
        {"name": "c.json:5"},
    ]


def test_an_empty_list(tmp_path: Path) -> None:
    """It holds nobody."""
    assert read(write(tmp_path / "c.json", "[ ]")) == []


def test_names_that_are_no_fact(tmp_path: Path) -> None:
    """They are reported once, however many records have them."""
    path = write(tmp_path / "c.jsonl", '{"key":"a","folowers":1}\n{"key":"b","folowers":1}\n')

    assert report(path).lines() == (
        "`c.jsonl` is read as JSON Lines",
        "`c.jsonl`: 2 rows read",
        "`c.jsonl`: the column `folowers` is not known, did you mean `followers`?",
    )


NO_OBJECT = 'a record is an object, as in `{"key": "ada", "followers": 12}`, and this is none'
BAD = "`c` is not proper JSON: "


@pytest.mark.parametrize(
    ("content", "message", "where"),
    [
        (f"{RECORD}\n[1]\n", NO_OBJECT, "c:2"),
        (f"[{RECORD},\n7]", NO_OBJECT, "c:2"),
        (f"{RECORD}\n{{\n", f"{BAD}expecting property name enclosed in double quotes", "c:2"),
        (f"{RECORD} x\n", f"{BAD}more follows after the value", "c:1"),
        (f"{RECORD}\n{RECORD} x\n", f"{BAD}more follows after the value", "c:2"),
        (f"[{RECORD}\n{RECORD}]", f"{BAD}a comma or a closing bracket is missing", "c:2"),
        (f"[{RECORD},\n]", f"{BAD}expecting value", "c:2"),
        (f"[{RECORD}]\nx", f"{BAD}more follows after the value", "c:2"),
        ("[", f"{BAD}expecting value", "c:1"),
        ('{"key": "a", "bio": "\\ud800"}', f"{BAD}half a character is escaped", "c:1"),
        ('{"key": "a", "score": ' + "9" * 5000 + "}", f"{BAD}a number is too long", "c:1"),
        (
            f'{RECORD}\n{{"key": "b", "bio": {"[" * 100_000}',
            f"{BAD}it is nested too deep",
            "c:2",
        ),
        ('{"key": "a", "bio": "x", "bio": "y"}', "`bio` is there twice in one object", "c:1"),
        (
            '{"key": "a", "met in person": true, "met_in_person": true}',
            "the columns `met in person` and `met_in_person` are the same fact",
            "c:1",
        ),
        ('{"key": true}', "`key` is neither a text nor a whole number", "c:1"),
        ('{"name": ["Ada"]}', "`name` is neither a text nor a whole number", "c:1"),
        (f"{RECORD}\n{RECORD}\n", "`a` is there twice, first in c:1", "c:2"),
    ],
)
def test_refused(tmp_path: Path, content: str, message: str, where: str) -> None:
    """What cannot be read is said, with its place."""
    assert refusal(write(tmp_path / "c", content)) == (message, where)


def test_long_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list must fit into memory, and a limit says so before it does not."""
    monkeypatch.setattr(objects, "WHOLE_LIMIT", 2**20)
    path = write(tmp_path / "c.json", "[\n" + f"{RECORD},\n" * 50_000)

    assert refusal(path) == (
        "`c.json` is longer than 1 MiB: write it as one object a line",
        "c.json",
    )


def test_contact_is_the_key(tmp_path: Path) -> None:
    """As in the lines that judging prints; `key` is surer."""
    path = write(
        tmp_path / "c.jsonl",
        '{"contact": "a", "name": "Ada"}\n'
        '{"contact": "x", "key": "b"}\n'
        '{"key": "c", "contact": "y"}\n',
    )

    assert [contact.key for contact in read(path)] == ["a", "b", "c"]
