"""Answers, and the owner's own record."""

import json
from pathlib import Path
from typing import Any

import pytest

from connectrules import UNSURE, Answers, Contact, Fact, SourceError
from connectrules.schema.types import YesNo
from connectrules.sources import answers
from connectrules.sources.answers import Answered
from connectrules.sources.record import load_me
from tests.sources.helpers import VOCABULARY, known, write


def test_answers_of_a_table(tmp_path: Path) -> None:
    """A row answers for the contact of its key, each fact by its name, with its place."""
    path = write(
        tmp_path / "answers.csv",
        'key,would_recommend,is a recruiter,"worked at ""Acme"" for 3 years",score\n'
        "ada,yes,unsure,y,2.5\nbob,no,,,\n",
    )
    ada, bob = answers.load(path, VOCABULARY)

    assert {each.whom: dict(each.answers) for each in (ada, bob)} == {
        "ada": {
            "would recommend": True,
            "is a recruiter": UNSURE,
            'worked at "Acme" for 3 years': True,
            "score": 2.5,
        },
        "bob": {"would recommend": False},
    }
    assert (bob.where, bob.answers.origins) == (
        "answers.csv:3",
        {"would recommend": "answers.csv:3"},
    )


def test_answers_by_name(tmp_path: Path) -> None:
    """Without a key the name says whom a record is about; unknown sentences are kept."""
    path = write(tmp_path / "a.jsonl", '{"name": "Ada", "would recomend": true, "x": 3}\n')

    assert loaded(path) == {"Ada": {"would recomend": True, "x": 3}}


def test_a_name_beside_a_key_is_an_answer(tmp_path: Path) -> None:
    """It is a fact like any other."""
    path = write(tmp_path / "a.csv", "key,name,met in person\na,Ada,yes\n")

    assert loaded(path) == {"a": {"name": "Ada", "met in person": True}}


def loaded(path: Path) -> dict[str, dict[str, Any]]:
    """The answers in the file at *path*, by whom they are about."""
    return {each.whom: dict(each.answers) for each in answers.load(path, VOCABULARY)}


TABLE = (
    "contact,name,url,decision,rules,because,ask,unsure,assumed,exact,faults{}\r\n"
    "a,Ada,https://example.com/ada,undecided,,,met in person,,,yes,{}\r\n"
    "'@bell,'=Bell,,connect,policy,,,,,yes,{}\r\n"
)


def test_a_table_that_judging_wrote_is_filled_in(tmp_path: Path) -> None:
    """Its own columns are no answers; a key with a quote against formulas is the key."""
    path = write(tmp_path / "table.csv", TABLE.format(",met in person", ",yes", ",no"))

    assert loaded(path) == {"a": {"met in person": True}, "@bell": {"met in person": False}}
    assert loaded(write(path, TABLE.format("", "", ""))) == {"a": {}, "@bell": {}}


def test_a_column_called_contact_is_the_key(tmp_path: Path) -> None:
    """Unless there is a key beside it, or the policy has a fact of that name."""
    path = write(tmp_path / "a.csv", "contact,met in person\na,yes\n")
    both = write(tmp_path / "b.jsonl", '{"contact": "x", "key": "a", "decision": "y"}\n')
    own = VOCABULARY.declaring(Fact("contact", YesNo()))
    fact = write(tmp_path / "c.csv", "key,contact\na,yes\n")

    assert loaded(path) == {"a": {"met in person": True}}
    assert loaded(both) == {"a": {}}
    assert [dict(each.answers) for each in answers.load(fact, own)] == [{"contact": True}]


PEOPLE = (
    Contact(key="a", name="Ada Fenn"),
    Contact(key="b", name="Osric Bell"),
    Contact(key="c", name="Ada Fenn"),
    Contact(key="Osric Bell", name="Bo"),
    Contact(key="d", name=UNSURE),
)


def told(*whom: str) -> tuple[Answered, ...]:
    """A record about each of *whom*."""
    return tuple(
        Answered(each, f"a.csv:{line}", Answers({"met in person": True}, {}))
        for line, each in enumerate(whom, 2)
    )


@pytest.mark.parametrize(
    ("whom", "keys", "strangers"),
    [
        ("a", ["a"], []),
        ("bo", ["Osric Bell"], []),
        ("Osric Bell", ["Osric Bell"], []),
        ("A", ["a"], []),
        ("Zoe", [], ["Zoe"]),
    ],
)
def test_whom_answers_are_about(whom: str, keys: list[str], strangers: list[str]) -> None:
    """A key comes before a name, which is compared as names are; else it is nobody."""
    found = answers.matched(told(whom), PEOPLE)

    assert (list(found.by_key), [each.whom for each in found.strangers]) == (keys, strangers)


def test_a_column_of_keys_means_keys_alone(tmp_path: Path) -> None:
    """Whoever calls himself like somebody's key does not get that one's answers."""
    (by_key,) = answers.load(write(tmp_path / "k.csv", "key,met in person\nbo,yes\n"), VOCABULARY)
    (by_name,) = answers.load(write(tmp_path / "n.csv", "name,met in person\nbo,yes\n"), VOCABULARY)

    assert [each.whom for each in answers.matched([by_key], PEOPLE).strangers] == ["bo"]
    assert list(answers.matched([by_name], PEOPLE).by_key) == ["Osric Bell"]
    assert list(answers.matched([by_key], [Contact(key="Bo")]).by_key) == ["Bo"]


@pytest.mark.parametrize("column", ["key", "contact", "name"])
@pytest.mark.parametrize("name", ["linkedin:boss", " LinkedIn:Boss "])
def test_a_name_that_looks_like_a_key_is_nobodys(tmp_path: Path, column: str, name: str) -> None:
    """In whatever column the key stands, the stranger who took it for a name stays one."""
    path = write(tmp_path / "a.csv", f"{column},met in person\nlinkedin:boss,yes\n")
    stranger = Contact(key="x:evil", name=name)
    boss = Contact(key="linkedin:boss", name="The Boss")
    answered = answers.load(path, VOCABULARY)

    alone = answers.matched(answered, [stranger])
    both = answers.matched(answered, [stranger, boss])

    assert (alone.by_key, [each.whom for each in alone.strangers]) == ({}, ["linkedin:boss"])
    assert list(both.by_key) == ["linkedin:boss"]


@pytest.mark.parametrize("column", ["key", "contact", "name"])
@pytest.mark.parametrize("spelt", ["Zo\u00eb", "Zoe\u0308", "  Zo\u00eb "])
def test_keys_that_look_the_same_are_the_same(tmp_path: Path, column: str, spelt: str) -> None:
    """However a program writes their letters, and with blanks around them or without."""
    path = write(tmp_path / "a.json", json.dumps({column: spelt, "met in person": True}))

    assert loaded(path) == {"Zo\u00eb": {"met in person": True}}


def test_the_same_key_written_in_two_ways_is_there_twice(tmp_path: Path) -> None:
    """It is one person."""
    path = write(tmp_path / "a.csv", "key,met in person\nZo\u00eb,yes\nZoe\u0308,no\n")

    with pytest.raises(SourceError) as caught:
        answers.load(path, VOCABULARY)

    assert str(caught.value) == "`Zo\u00eb` is there twice, first in a.csv:2"


def test_contacts_are_read_only_as_far_as_it_takes() -> None:
    """Where all records are of keys that were seen, nobody after them is looked at."""
    people = iter(PEOPLE)

    answers.matched(told("b", "a"), people)

    assert [each.key for each in people] == ["Osric Bell", "d"]


@pytest.mark.parametrize(
    ("whom", "message", "where", "help_"),
    [
        (
            ("ada fenn",),
            "2 contacts are called `ada fenn`: `a`, `c`",
            "a.csv:2",
            "say which one by its key, in a column `key`",
        ),
        (
            ("Bo", "bo"),
            "`Osric Bell` is there twice, first in a.csv:2",
            "a.csv:3",
            "give each contact a key of its own, or leave one out",
        ),
        (
            ("bo", "Osric Bell"),
            "`Osric Bell` is there twice, first in a.csv:3",
            "a.csv:2",
            "give each contact a key of its own, or leave one out",
        ),
    ],
)
def test_answers_that_could_be_about_several(
    whom: tuple[str, ...], message: str, where: str, help_: str
) -> None:
    """Nobody is chosen: the keys are named, or the other record."""
    with pytest.raises(SourceError) as caught:
        answers.matched(told(*whom), PEOPLE)

    error = caught.value
    assert (str(error), error.where, error.help) == (message, where, (help_,))


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
