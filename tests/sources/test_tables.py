"""Contacts in CSV."""

import csv
import datetime
import json
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from connectrules import UNSURE
from connectrules.sources import open_contacts
from connectrules.sources.common import files
from connectrules.sources.common.records import disarmed, plainly
from tests.sources.helpers import VOCABULARY, known, read, refusal, report, write


def one(tmp_path: Path, content: str | bytes) -> dict[str, object]:
    """What is known of the one contact in a CSV file."""
    (contact,) = read(write(tmp_path / "contacts.csv", content))
    return known(contact)


def test_facts_as_said_or_as_attributes(tmp_path: Path) -> None:
    """A column names a fact as it is said or as its attribute, in any case."""
    found = one(tmp_path, "key,Would Recommend,met_in_person,is_a_recruiter\na,yes,no,y\n")

    assert found == {"would_recommend": True, "met_in_person": False, "is a recruiter": True}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *((yes, True) for yes in ("true", "Yes", "Y", "1")),
        *((no, False) for no in ("FALSE", "no", "n", "0")),
        ("unsure", UNSURE),
        ("perhaps", "perhaps"),
    ],
)
def test_yes_and_no(tmp_path: Path, cell: str, value: object) -> None:
    """Yes/no is read in each of its forms, and what is neither is kept as it stands."""
    assert {"met_in_person": value} == one(tmp_path, f"key,met in person\na,{cell}\n")


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("followers", "12", 12),
        ("followers", '"5,000"', 5000),
        ("followers", "500.0", 500.0),
        ("followers", '"5,00"', "5,00"),
        ("followers", "many", "many"),
        ("followers", "1.200", "1.200"),
        ("followers", "12.000", "12.000"),
        ("followers", "1.200.000", "1.200.000"),
        ("followers", "1.50", "1.50"),
        ("score", "1.200", 1.2),
        ("followers", "9" * 5000, "9" * 5000),
        ("followers", "Unsure", UNSURE),
        ("score", "-2.5", -2.5),
        ("score", "1e3", 1000.0),
        ("score", '"-1,234.5"', -1234.5),
        ("score", "\N{ARABIC-INDIC DIGIT FIVE}", "\N{ARABIC-INDIC DIGIT FIVE}"),
        ("connected on", "2024-05-01", datetime.date(2024, 5, 1)),
        ("connected on", "2024-05-01T10:00:00Z", datetime.date(2024, 5, 1)),
        ("connected on", "2024-02-30", "2024-02-30"),
        ("connected on", "01.05.2024", "01.05.2024"),
        ("values", "craft; honesty ;", ("craft", "honesty")),
        ("values", "[]", ()),
        ("values", ";", ";"),
        ("values", "unsure", UNSURE),
        ("company", "  Loom Works  ", "Loom Works"),
        ("company", "unsure", UNSURE),
        ("relationship", "client", "client"),
    ],
)
def test_values(tmp_path: Path, column: str, cell: str, value: object) -> None:
    """A cell is read as its fact's type, and kept as it stands where it does not fit."""
    (found,) = one(tmp_path, f"key,{column}\na,{cell}\n").values()

    assert value == found
    assert type(value) is type(found)


def test_an_empty_cell_is_unknown(tmp_path: Path) -> None:
    """Neither an empty cell, nor one of white space, nor a missing one is a value."""
    assert one(tmp_path, "key,followers,company,values\na,, \n") == {}


def test_what_identifies_a_record(tmp_path: Path) -> None:
    """It is `key`, else `name`, else the line."""
    path = write(tmp_path / "c.csv", "key,name,followers\na,Ada,1\n,Bob,2\n\n,,3\n")

    assert [contact.key for contact in read(path)] == ["a", "Bob", "line 5"]


def test_a_name_that_looks_like_a_key_is_none(tmp_path: Path) -> None:
    """Whoever bears it gets nobody's answers: the line stands for them, and that is told."""
    path = write(tmp_path / "c.csv", "name\nlinkedin:boss\nAda: an example\n")
    more = write(
        tmp_path / "m.jsonl", '{"name": " x:y "}\n{"name": "x:y", "key": "a"}\n{"name":"y:z"}'
    )

    assert [contact.key for contact in read(path)] == ["line 2", "Ada: an example"]
    assert report(path).lines()[1:] == (
        "`c.csv`: 2 rows read",
        "`c.csv`: 1 contact is called by its line: its name looks like a key",
    )
    assert [contact.key for contact in read(more)] == ["line 1", "a", "line 3"]
    assert report(more).lines()[1:] == (
        "`m.jsonl`: 3 rows read",
        "`m.jsonl`: 2 contacts are called by their line: their names look like keys",
    )


@pytest.mark.parametrize("column", ["key", "contact", "name"])
@pytest.mark.parametrize("spelt", ["Zo\u00eb", "Zoe\u0308", "  Zo\u00eb "])
def test_keys_that_look_the_same_are_the_same(tmp_path: Path, column: str, spelt: str) -> None:
    """However a program writes their letters, and with blanks around them or without."""
    path = write(tmp_path / "a.json", json.dumps({column: spelt}))

    assert [contact.key for contact in read(path)] == ["Zo\u00eb"]


def test_a_key_of_blanks_is_none(tmp_path: Path) -> None:
    """As one that is empty."""
    path = write(tmp_path / "a.json", '{"key": "  ", "name": "Ada"}')

    assert [contact.key for contact in read(path)] == ["Ada"]


FORMULA = st.text(alphabet="a;\t\r\n=+-@'\" \u2003", max_size=12) | st.text()


@given(FORMULA)
@example("hi;=cmd")
@example("'=1")
@example("\t=1")
def test_a_cell_made_safe_is_read_as_it_was(text: str) -> None:
    """To the letter, for a key may hold anything."""
    assert plainly(disarmed(text)) == text


@given(FORMULA)
@example('hi;"=cmd"')
def test_no_part_of_a_safe_cell_is_a_formula(text: str) -> None:
    """Not where it begins, and not after what programs split cells at either."""
    cell = disarmed(text)
    parts = re.split(r"[;\t\r\n]", cell)

    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not any(part.strip().strip('" ').startswith(("=", "+", "-", "@")) for part in parts[1:])


def test_places(tmp_path: Path) -> None:
    """A value knows the line that its row begins on, over line breaks in quotes."""
    path = write(tmp_path / "c.csv", 'key,bio,followers\na,"one\ntwo",1\nb,,2\n')

    assert [contact.origins for contact in read(path)] == [
        {"bio": "c.csv:2", "followers": "c.csv:2"},
        {"followers": "c.csv:4"},
    ]


@pytest.mark.parametrize(
    ("content", "form"),
    [
        ("key,followers,values\na,1,x; y\n", "CSV"),
        ('key;followers;values\na;1;"x; y"\n', "CSV with semicolons"),
        ("key\tfollowers\tvalues\na\t1\tx; y\n", "CSV with tabs"),
        ("\ufeffkey,followers,values\r\na,1,x; y\r\n", "CSV"),
        ('sep=;\nkey;followers;values\na;1;"x; y"\n', "CSV with semicolons"),
    ],
)
def test_delimiters(tmp_path: Path, content: str, form: str) -> None:
    """The header says what stands between cells; a byte order mark is no part of it."""
    path = write(tmp_path / "contacts.csv", content)

    assert known(read(path)[0]) == {"followers": 1, "values": ("x", "y")}
    assert report(path).formats == (("contacts.csv", form),)


def test_a_comma_beside_semicolons_may_be_a_decimal_one(tmp_path: Path) -> None:
    """No number is read over it."""
    assert one(tmp_path, "key;followers\na;5,000\n") == {"followers": "5,000"}


def test_columns_that_are_no_fact(tmp_path: Path) -> None:
    """They are reported once each, with what they were probably meant to be."""
    path = write(tmp_path / "c.csv", "key,folowers,shoe size,\na,1,42,\nb,2,43,x\n")

    assert report(path).lines() == (
        "`c.csv` is read as CSV",
        "`c.csv`: 2 rows read",
        "`c.csv`: the column `folowers` is not known, did you mean `followers`?",
        "`c.csv`: the column `shoe size` is not known",
        "`c.csv`: the column `` is not known",
    )


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        ("would have a drink", "would have a drink with"),
        ("Recruiter", "is a recruiter"),
        ("met_person_in", None),
        ("would recommend them", "would recommend"),
        ("messages", None),
        ("person", "met in person"),
        ("in", None),
        ("company size", None),
    ],
)
def test_a_column_in_other_words(tmp_path: Path, column: str, meant: str | None) -> None:
    """It may say less than one fact, or more than one of several words; never a guess of two."""
    path = write(tmp_path / "c.csv", f"name,{column},followers\na,b,1\n")
    (file,) = report(path).files

    assert dict(file.unknown_columns).get(column) == meant


def test_a_column_called_contact(tmp_path: Path) -> None:
    """It is the key, where no other column is; beside one it is no fact like any other."""
    alone = write(tmp_path / "a.csv", "contact,name\na,Ada\n'@b,Bob\n,Cy\n")
    beside = write(tmp_path / "b.csv", "key,contact\na,b\n")

    assert [contact.key for contact in read(alone)] == ["a", "@b", "Cy"]
    assert report(alone).lines()[1:] == ("`a.csv`: 3 rows read",)
    assert [contact.key for contact in read(beside)] == ["a"]
    assert report(beside).lines()[2:] == ("`b.csv`: the column `contact` is not known",)


def test_a_table_that_judging_wrote(tmp_path: Path) -> None:
    """What was decided is passed over; a column of that name elsewhere is told as any other."""
    path = write(tmp_path / "a.csv", "contact,name,decision,ask,exact\na,Ada,connect,,yes\n")
    other = write(tmp_path / "b.csv", "key,decision\na,connect\n")

    assert report(path).lines()[1:] == ("`a.csv`: 1 row read",)
    assert report(other).lines()[2:] == ("`b.csv`: the column `decision` is not known",)


def test_a_note_is_kept_and_no_fact(tmp_path: Path) -> None:
    """The column `note` fills the private note."""
    (contact,) = read(write(tmp_path / "c.csv", "key,note\na,met at the fair\n"))

    assert contact.note == "met at the fair"


def test_a_semicolon_of_no_list_is_text(tmp_path: Path) -> None:
    """Only lists are split."""
    assert one(tmp_path, "key,company\na,This; That\n") == {"company": "This; That"}


@pytest.mark.parametrize(
    ("content", "message", "where"),
    [
        (
            "a,b\n1,2\n",
            (
                "the layout of `c.csv` is not known: found the columns `a`, `b`, expected `key`, "
                "`name` or facts such as `followers`"
            ),
            "c.csv",
        ),
        (
            "",
            "`c.csv` is empty: expected a header that names `key`, `name` or facts",
            "c.csv",
        ),
        ("key,followers\na,1,2\n", "the row has 3 cells and the header 2", "c.csv:2"),
        ("key,bio,bio\na,1,2\n", "the column `bio` is there twice", "c.csv:1"),
        (
            "key,met in person,met_in_person\na,1,1\n",
            "the columns `met in person` and `met_in_person` are the same fact",
            "c.csv:1",
        ),
        (
            b"key,bio\na,ok\nb,\xff\n",
            "`c.csv` is not UTF-8 text: save it as UTF-8",
            "c.csv:3",
        ),
        (
            "key,bio\na,b\n".encode("utf-16"),
            "`c.csv` is UTF-16 text: save it as UTF-8",
            "c.csv:1",
        ),
        ("key,bio\na,\0\n", "`c.csv` holds a NUL, which no text does", "c.csv:2"),
        (
            'key,bio\na,"never closed\n',
            "`c.csv` is not proper CSV: a quote is opened here and never closed",
            "c.csv:2",
        ),
        (
            'key,bio\na,"b"c\n',
            "`c.csv` is not proper CSV: a quoted cell goes on after its closing quote",
            "c.csv:2",
        ),
        (
            "key,bio\na,b\rc,d\n",
            "`c.csv` is not proper CSV: a carriage return stands outside quotes",
            "c.csv:2",
        ),
        ("key,bio\na,x\na,y\n", "`a` is there twice, first in c.csv:2", "c.csv:3"),
    ],
)
def test_refused(tmp_path: Path, content: str | bytes, message: str, where: str) -> None:
    """What cannot be read is said, with its place."""
    assert refusal(write(tmp_path / "c.csv", content)) == (message, where)


def test_huge_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell may be far longer than the csv module's own limit, but not past ours."""
    text = "x" * 500_000
    path = write(tmp_path / "c.csv", f"key,bio\na,{text}\n")

    assert known(read(path)[0]) == {"bio": text}

    monkeypatch.setattr(files, "FIELD_LIMIT", 2**20)
    monkeypatch.setattr(files, "LINE_LIMIT", 2**30)
    before = csv.field_size_limit(2**20)
    try:
        path = write(tmp_path / "c.csv", f"key,bio\na,{'x' * 2**21}\n")
        found = refusal(path)
    finally:
        csv.field_size_limit(before)

    assert found == ("`c.csv` is not proper CSV: a cell is too long", "c.csv:2")


def test_long_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line past the limit is refused before it is read whole."""
    monkeypatch.setattr(files, "LINE_LIMIT", 2**20)
    path = write(tmp_path / "c.csv", f"key,bio\na,{'x' * 2**21}\n")

    assert refusal(path) == ("a line of `c.csv` is longer than 1 MiB", "c.csv:2")


def test_the_rows_are_streamed(tmp_path: Path) -> None:
    """The contacts before a bad row can be had."""
    path = write(tmp_path / "c.csv", "key,followers\na,1\nb,2,3\n")
    loaded = open_contacts([path], VOCABULARY)

    assert next(loaded.contacts).key == "a"
    assert loaded.report.files[0].rows == 1


def test_several_files_follow_one_another(tmp_path: Path) -> None:
    """Records without a key or name are told apart by their file; a key comes only once."""
    one_path = write(tmp_path / "one.csv", "key,followers\na,1\n,2\n")
    other = write(tmp_path / "other.csv", "key,followers\n,1\nb,2\n")

    assert [contact.key for contact in read(one_path, other)] == [
        "a",
        "one.csv line 3",
        "other.csv line 2",
        "b",
    ]

    again = write(tmp_path / "again.csv", "key\na\n")
    assert refusal(one_path, again) == ("`a` is there twice, first in one.csv:2", "again.csv:2")
