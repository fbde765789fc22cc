"""The record that comes ready-made, and answers beside it."""

import pickle
from datetime import date

import attrs
import pytest

from connectrules import UNSURE, Contact, ContactError
from connectrules.schema.contact import Answers, FromLine

ADA = Contact(
    key="linkedin:ada-example",
    would_recommend=UNSURE,
    values=("craft",),
    connected_on=date(2026, 1, 31),
    note="met at the orchard",
    other={"Is_a_Recruiter": True, "doesn’t  reply": False},
    origins={"would_recommend": "answers.csv:2", "Is a Recruiter": "notes.csv:4"},
)


def test_only_the_key_is_needed() -> None:
    """Everything else is unknown, and never no, zero or empty."""
    bare = attrs.asdict(Contact(key="ada"))

    assert bare.pop("key") == "ada"
    assert bare.pop("other") == bare.pop("origins") == {}
    assert set(bare.values()) == {None}


def test_mappings_beside_the_fields() -> None:
    """They are known by the names, said or as attributes."""
    assert ADA.other == {"is a recruiter": True, "doesn't reply": False}
    assert ADA.origins == {"would recommend": "answers.csv:2", "is a recruiter": "notes.csv:4"}


@pytest.mark.parametrize("name", ["met in person", "met_in_person", " Met  in Person"])
def test_a_fields_value_beside_the_fields(name: str) -> None:
    """It would never be looked at, so it is refused; with where it belongs."""
    with pytest.raises(ContactError) as caught:
        Contact(key="ada", other={"is a recruiter": True, name: True})

    assert str(caught.value) == (
        "`met in person` is a field of Contact, not of `other`: write `met_in_person=`"
    )
    assert (caught.value.code, caught.value.fact) == ("CR501", "met in person")
    assert isinstance(caught.value, ValueError)


def test_comparison() -> None:
    """Where values came from makes no difference; all else does."""
    assert attrs.evolve(ADA, origins={}) == ADA
    assert hash(attrs.evolve(ADA, origins={}, other={})) == hash(attrs.evolve(ADA, other={}))
    assert attrs.evolve(ADA, other={}) != ADA
    assert attrs.evolve(ADA, note=None) != ADA


def test_the_private_note_is_not_shown() -> None:
    """Nor is where values came from."""
    assert "orchard" not in repr(ADA)
    assert "answers.csv" not in repr(ADA)


def test_frozen_and_picklable() -> None:
    """It is a plain value."""
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        ADA.name = "Bob"  # type: ignore[misc]

    again = pickle.loads(pickle.dumps(ADA))  # noqa: S301 - our own

    assert again == ADA
    assert again.origins == ADA.origins
    assert again.would_recommend is UNSURE


def test_origins_of_one_line() -> None:
    """They are what a dict of them would be, also in a contact, copied or sent elsewhere."""
    origins = FromLine("a.csv", 7, ("name", "connected on"))
    written = {"name": "a.csv:7", "connected on": "a.csv:7"}
    contact = attrs.evolve(Contact(key="ada", name="Ada", origins=origins), name="Bob")
    again = pickle.loads(pickle.dumps(contact))  # noqa: S301 - our own

    assert origins == written
    assert (len(origins), list(origins), repr(origins)) == (2, [*written], repr(written))
    assert (origins.get("name"), origins.get("url"), "url" in origins) == ("a.csv:7", None, False)
    with pytest.raises(KeyError):
        origins["url"]
    assert contact.origins == again.origins == written


def test_answers() -> None:
    """Answers are a mapping that knows where each value stands."""
    answers = Answers({"would recommend": True}, {"would recommend": "answers.csv:2"})

    assert dict(answers) == {"would recommend": True}
    assert answers == {"would recommend": True}
    assert len(answers) == 1
    assert answers.origins == {"would recommend": "answers.csv:2"}
    assert repr(answers) == "Answers({'would recommend': True})"
