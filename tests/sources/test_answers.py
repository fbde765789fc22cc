"""Answers, and the owner's own record."""

from pathlib import Path

import pytest

from connectrules import UNSURE, SourceError
from connectrules.sources import answers
from connectrules.sources.record import load_me
from tests.sources.helpers import VOCABULARY, known, write


def test_answers_of_a_table(tmp_path: Path) -> None:
    """A row answers for the contact of its key, each fact by its name, with its place."""
    path = write(
        tmp_path / "answers.csv",
        'key,would_recommend,is a recruiter,"worked at ""Acme"" for 3 years",score\n'
        "ada,yes,unsure,y,2.5\nbob,no,,,\n",
    )
    found = answers.load(path, VOCABULARY)

    assert {key: dict(given) for key, given in found.items()} == {
        "ada": {
            "would recommend": True,
            "is a recruiter": UNSURE,
            'worked at "Acme" for 3 years': True,
            "score": 2.5,
        },
        "bob": {"would recommend": False},
    }
    assert found["bob"].origins == {"would recommend": "answers.csv:3"}


def test_answers_by_name(tmp_path: Path) -> None:
    """Without a key the name says whom a record is about; unknown sentences are kept."""
    path = write(tmp_path / "a.jsonl", '{"name": "Ada", "would recomend": true, "x": 3}\n')

    assert dict(answers.load(path, VOCABULARY)["Ada"]) == {"would recomend": True, "x": 3}


def test_a_name_beside_a_key_is_an_answer(tmp_path: Path) -> None:
    """It is a fact like any other."""
    path = write(tmp_path / "a.csv", "key,name,met in person\na,Ada,yes\n")

    assert dict(answers.load(path, VOCABULARY)["a"]) == {"name": "Ada", "met in person": True}


@pytest.mark.parametrize(
    ("content", "message", "where"),
    [
        (
            "met in person\nyes\n",
            "`a` has no column `key` or `name` that says whom a row is about",
            "a",
        ),
        (
            '{"met in person": true}',
            "the record has no `key` or `name` that says whom it is about",
            "a:1",
        ),
        ("key,met in person\nx,y\nx,n\n", "`x` is there twice, first in a:2", "a:3"),
        ("PK\x03\x04", "`a` is a zip: expected a CSV, JSON or JSON Lines file", "a"),
    ],
)
def test_answers_refused(tmp_path: Path, content: str, message: str, where: str) -> None:
    """What cannot be read is said, with its place."""
    with pytest.raises(SourceError) as caught:
        answers.load(write(tmp_path / "a", content), VOCABULARY)

    assert (str(caught.value), caught.value.where) == (message, where)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        ('{"values": ["craft"], "score": 2}', "me"),
        ('{\n  "key": "x", "values": ["craft"],\n  "score": 2\n}', "x"),
        ("values,score\ncraft,2\n", "me"),
    ],
)
def test_me(tmp_path: Path, content: str, key: str) -> None:
    """The owner is the one record of the file, and needs no key."""
    me = load_me(write(tmp_path / "me", content), VOCABULARY)

    assert (me.key, known(me)) == (key, {"values": ("craft",), "score": 2})


def test_me_tells_of_names_that_are_no_fact(tmp_path: Path) -> None:
    """Each is told in a sentence."""
    told: list[str] = []
    load_me(write(tmp_path / "me.json", '{"valeus": []}'), VOCABULARY, tell=told.append)

    assert told == ["`me.json`: the column `valeus` is not known, did you mean `values`?"]


@pytest.mark.parametrize(("content", "count"), [("[]", 0), ("name\nA\nB\n", 2)])
def test_me_is_one(tmp_path: Path, content: str, count: int) -> None:
    """No record, or several, are nobody."""
    with pytest.raises(SourceError) as caught:
        load_me(write(tmp_path / "me", content), VOCABULARY)

    assert str(caught.value) == f"`me` holds {count} records: expected one, of yourself"
