"""The laws of phrases look at records of all kinds, and accuse nobody who keeps them."""

import threading
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from connectrules import Contact, phrase
from connectrules.testing import LawBroken, check_phrase, law
from tests.testing.test_laws import ALIKE, FEW, Answer, Lead


def is_itself(lead: Lead) -> bool | None:
    """Whether it is like one made of the same: the same class is needed for that."""
    return None if lead.name is None else lead == Lead(**vars(lead))


def is_a_lead(lead: Lead) -> bool | None:
    """It makes sure of the class before it looks at what it needs."""
    if lead.name is None:
        return None
    if type(lead) is not Lead:
        raise TypeError
    return lead.seen_on is not None or None


def is_long(lead: Lead) -> bool | None:
    """It makes many things, so that the garbage collector has to run."""
    return None if lead.name is None else len([[each] for each in range(1000)]) > 1


@pytest.mark.parametrize("function", [is_itself, is_a_lead, is_long])
def test_who_keeps_the_laws_is_not_accused(function: Answer) -> None:
    """Whatever its class is compared with, and however much it makes."""
    check_phrase(phrase("is one")(function), settings=FEW)


# What has no field


def expects_a_yes(lead: Lead) -> bool | None:
    """It takes what is there for one kind of value."""
    found = lead.other.get("speaks german")
    return None if found is None else found.real > 0  # type: ignore[attr-defined]


def turns(contact: Contact) -> bool | None:
    """It says yes by one fact, and takes that back by another."""
    if contact.other.get("rude") is not None:
        return False
    return True if contact.other.get("kind") is not None else None


def wants_one(contact: Contact) -> bool | None:
    """It takes what is missing for no."""
    return "kind" in contact.other


BROKEN: dict[str, tuple[Answer, str]] = {
    "never-raises": (
        expects_a_yes,
        """\
`is one` breaks a law of phrases: it never raises

    record: Lead(other={'speaks german': ''})

it raised AttributeError: 'str' object has no attribute 'real'
help: answer None where it does not know""",
    ),
    "monotone": (
        turns,
        """\
`is one` breaks a law of phrases: it keeps to its answer when unknown facts become known

    record: Contact(key='', other={'rude': False, 'kind': False})

it said no; but yes where `rude` in `other` is not known
help: answer None where `rude` in `other` is not known and that could matter""",
    ),
    "unknown": (
        wants_one,
        """\
`is one` breaks a law of phrases: it says unknown when the facts it needs are

    record: Contact(key='')

it looked at `other` alone, of which nothing is known, and said no
help: answer None where what it needs of `other` is not there""",
    ),
}


@pytest.mark.once
@pytest.mark.parametrize(("function", "told"), BROKEN.values(), ids=BROKEN)
def test_values_without_a_field_are_looked_at(function: Answer, told: str) -> None:
    """They stand under the texts that the code names, and each can be missing by itself."""
    with pytest.raises(LawBroken) as caught:
        check_phrase(phrase("is one")(function), settings=ALIKE)

    assert str(caught.value) == told


# What ends badly


def leaves(lead: Lead) -> bool | None:
    """It ends the program for some."""
    if lead.name is None:
        return None
    raise SystemExit(3)


def test_a_misspelt_field_is_named() -> None:
    """And the one that was probably meant; what is no field of the record is another matter."""

    def folows(lead: Lead) -> bool:
        return bool(lead.folowers)  # type: ignore[attr-defined]

    def odd(lead: Lead) -> bool:
        return bool(lead.shoe_size)  # type: ignore[attr-defined]

    def of_another(lead: Lead) -> bool:
        return bool((lead.name or "").folowers)  # type: ignore[attr-defined]

    told = {each: _told(each).rpartition("\n\n")[2] for each in (folows, odd, of_another)}

    assert told == {
        folows: (
            "it raised AttributeError: 'Lead' object has no attribute 'folowers'\n"
            "help: `Lead` has no field `folowers`; did you mean `followers`?"
        ),
        odd: (
            "it raised AttributeError: 'Lead' object has no attribute 'shoe_size'\n"
            "help: `Lead` has no field `shoe_size`"
        ),
        of_another: (
            "it raised AttributeError: 'str' object has no attribute 'folowers'\n"
            "help: answer None where `name` is None"
        ),
    }


def _told(function: Answer) -> str:
    with pytest.raises(LawBroken) as caught:
        check_phrase(phrase("is one")(function), settings=settings(FEW, max_examples=5))
    return str(caught.value)


def test_who_ends_the_program_raises() -> None:
    """And the search goes on to the smallest record."""
    with pytest.raises(LawBroken, match=r"Lead\(name=''\)\n\nit raised SystemExit: 3"):
        check_phrase(phrase("is one")(leaves), settings=ALIKE)


@dataclass
class Locked:
    """A record that holds what nobody can copy."""

    lock: Any = None
    name: str | None = None


def is_named(locked: Locked) -> bool | None:
    """Whether it has a name."""
    return None if locked.name is None else bool(locked.name)


def test_records_that_cannot_be_copied_are_refused() -> None:
    """The message says what is needed, and not what Python calls that."""
    records = st.builds(Locked, st.builds(threading.Lock))

    with pytest.raises(ValueError, match="cannot be copied") as caught:
        check_phrase(phrase("is one")(is_named), records=records, settings=FEW)

    assert str(caught.value) == (
        "a `Locked` cannot be copied (TypeError: cannot pickle '_thread.lock' object): a phrase is "
        "tried on copies; say with `records=` how to make records that `copy.deepcopy` copies"
    )


@pytest.mark.parametrize("own", [False, True], ids=["all laws", "own law"])
@pytest.mark.parametrize(
    ("records", "message"),
    [
        (st.integers(), "`records=` drew `0`, and records of `Lead` are wanted"),
        (st.none(), "`records=` drew `None`, and records of `Lead` are wanted"),
        (
            st.just(Locked()),
            (
                "`records=` drew `Locked(lock=None, name=None)`, and records of `Lead` are wanted: "
                "annotate the record of the function, or say what it is with `vocabulary=`"
            ),
        ),
    ],
    ids=["number", "nothing", "record"],
)
def test_records_are_of_the_class_that_is_wanted(
    records: st.SearchStrategy[Any], message: str, *, own: bool
) -> None:
    """What else is drawn is shown."""
    asked = phrase("is alone")(is_a_lead)
    own_law = law(asked, records=records, settings=FEW)(lambda _lead: True)
    look = own_law if own else partial(check_phrase, asked, records=records, settings=FEW)

    with pytest.raises(TypeError) as caught:
        look()

    assert str(caught.value) == message


def test_records_that_are_never_drawn() -> None:
    """It is not said again that they can be given."""
    asked = phrase("is alone")(is_a_lead)

    for records in (st.nothing(), st.builds(Lead).filter(lambda _lead: False)):
        with pytest.raises(ValueError, match="records") as caught:
            check_phrase(asked, records=records, settings=FEW)
        assert str(caught.value) == "`records=` draws nothing, or nothing that is let through"
