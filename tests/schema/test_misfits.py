"""What is asked back about a value that does not fit."""

import pytest

from connectrules import Contact, Policy
from connectrules.schema.misfits import asked_back
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)

EMPTY = ": leave it empty where nobody knows"


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        ("1.200", 1200),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1\u202f200\u202f000", 1_200_000),
        ("1'200", 1200),
        ("1.200.000", 1_200_000),
        ("12k", 12_000),
        ("1.2 K", 1_200),
        ("1,5M", 1_500_000),
        ("500+", 500),
        (" 500 + ", 500),
        ("1.200,000", None),
        ("1.20", None),
        ("many", None),
        ("-5", None),
        ("", None),
        ("9" * 41 + "k", None),
        (1.5, None),
        (None, None),
    ],
)
def test_numbers_in_other_ways_of_writing(value: object, meant: int | None) -> None:
    """The number is asked back, as any file may have it; else nothing is guessed."""
    asked = "" if meant is None else f": did you mean `{meant}`?"

    assert asked_back(CountType(), value) == asked_back(Number(), value) == asked


@pytest.mark.parametrize("value", ["n/a", "N/A", "-", "?", " unknown ", "null", "#N/A", "none"])
@pytest.mark.parametrize("kind", [YesNo(), Number(), CountType(), Date(), OneOf(("a", "b"))])
def test_words_for_unknown(kind: FactType, value: str) -> None:
    """There is a way to write that nobody knows."""
    assert asked_back(kind, value) == EMPTY


@pytest.mark.parametrize("kind", [Text(), TextList()])
def test_texts_are_never_asked_about(kind: FactType) -> None:
    """Any word may be one."""
    assert asked_back(kind, "n/a") == ""


def test_only_numbers_are_asked_back_as_numbers() -> None:
    """Not for a day."""
    assert asked_back(Date(), "1.200") == ""


def test_it_stands_in_the_fault() -> None:
    """After what is wrong."""
    (fault,) = (
        Policy.parse("is a bot OR followers > 5")
        .judge(
            Contact(key="a", is_a_bot=True, followers="12k")  # type: ignore[arg-type]
        )
        .faults
    )

    assert fault.message.endswith("is not a whole number, 0 or more: did you mean `12000`?")
