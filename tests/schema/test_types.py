"""The kinds of value: what fits them, in which form, and what is said of what does not."""

import datetime
import math
import pickle
from collections import deque
from decimal import Decimal
from enum import Enum, IntEnum, StrEnum
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import UNSURE, Duration
from connectrules.schema.types import (
    LARGEST_COUNT,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    Unfit,
    YesNo,
    canonical,
    choice_text,
    duplicates,
    folded,
    shown,
)


class Level(IntEnum):
    """A number with a name."""

    HIGH = 3


class Colour(StrEnum):
    """A text with a name."""

    RED = "Red"


class Stage(Enum):
    """Choices whose values are no texts."""

    FIRST_TALK = 1
    WON = "Won"


class Unspeakable:
    """What cannot even be shown."""

    def __repr__(self) -> str:
        """Refuse."""
        raise ValueError


class NotATime(datetime.datetime):
    """As tables say that a time is missing: not equal to itself."""

    __hash__ = datetime.datetime.__hash__

    def __eq__(self, other: object) -> bool:
        """Never."""
        return False

    def __ne__(self, other: object) -> bool:
        """Always."""
        return True


class TestReady:
    """`ready` gives the form that tests compare."""

    @pytest.mark.parametrize(
        ("kind", "value", "expected"),
        [
            (YesNo(), True, True),
            (YesNo(), False, False),
            (Number(), 5, 5.0),
            (Number(), -2.5, -2.5),
            (Number(), Decimal("0.1"), 0.1),
            (Number(), Fraction(1, 4), 0.25),
            (Number(), Level.HIGH, 3.0),
            (CountType(), 0, 0),
            (CountType(), 5.0, 5),
            (CountType(), Decimal(5), 5),
            (CountType(), Fraction(10, 2), 5),
            (CountType(), Level.HIGH, 3),
            (CountType(), LARGEST_COUNT, 2**53),
            (Text(), "Ada ÉXAMPLE", "ada éxample"),
            (Text(), "e\u0301", "é"),
            (Text(), "", ""),
            (Text(), Colour.RED, "red"),
            (OneOf(("Client", "Peer")), "CLIENT", "client"),
            (OneOf(("First talk".lower(), "Won")), Stage.FIRST_TALK, "first talk"),
            (OneOf(("first talk", "Won")), Stage.WON, "won"),
            (Date(), datetime.date(2026, 11, 22), datetime.date(2026, 11, 22)),
            (
                Date(),
                datetime.datetime(2026, 11, 22, 23, 59, tzinfo=datetime.UTC),
                datetime.date(2026, 11, 22),
            ),
            (TextList(), ["A", "a", "b"], frozenset({"a", "b"})),
            (TextList(), (), frozenset()),
            (TextList(), {"A"}, frozenset({"a"})),
            (TextList(), {"A": 1}.keys(), frozenset({"a"})),
            (TextList(), deque(["A"]), frozenset({"a"})),
            (TextList(), [Colour.RED], frozenset({"red"})),
        ],
    )
    def test_what_fits(self, kind: FactType, value: object, expected: object) -> None:
        """A value that fits becomes what tests compare, of the plain type."""
        found = kind.ready(value)

        assert found == expected
        assert type(found) is type(expected)

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            (Number(), math.nan),
            (Number(), Decimal("nan")),
            (Number(), Decimal("sNaN")),
            (CountType(), math.nan),
            (CountType(), Decimal("nan")),
            (CountType(), Decimal("sNaN")),
            (Date(), NotATime(2026, 1, 1, tzinfo=datetime.UTC)),
        ],
    )
    def test_what_is_plainly_unknown(self, kind: FactType, value: object) -> None:
        """NaN, of any class, and NaT are not known."""
        assert kind.ready(value) is None

    @pytest.mark.parametrize(
        ("kind", "value", "message"),
        [
            (YesNo(), 1, "`1` is neither yes nor no"),
            (YesNo(), "yes", 'the text `"yes"` is neither yes nor no'),
            (Number(), True, "`yes` is not a number"),
            (Number(), "5", 'the text `"5"` is not a number'),
            (Number(), math.inf, "`inf` is not a number"),
            (Number(), 1j, "`1j` is not a number"),
            pytest.param(Number(), 10**5000, "`…` is not a number", id="a long number"),
            (Number(), Decimal("1e999"), "`Decimal('1E+999')` is not a number"),
            (CountType(), False, "`no` is not a whole number, 0 or more"),
            (CountType(), -1, "`-1` is not a whole number, 0 or more"),
            (CountType(), 2.5, "`2.5` is not a whole number, 0 or more"),
            (CountType(), -math.inf, "`-inf` is not a whole number, 0 or more"),
            (
                CountType(),
                2**53 + 1,
                "`9007199254740993` is more than 9,007,199,254,740,992, the largest count",
            ),
            pytest.param(
                CountType(),
                10**5000,
                "`…` is more than 9,007,199,254,740,992, the largest count",
                id="a long count",
            ),
            (CountType(), "5", 'the text `"5"` is not a whole number, 0 or more'),
            (Text(), b"text", "`b'text'` is not a text"),
            (Text(), "x".encode, f"`{shown('x'.encode)}` is not a text"),
            (Text(), Unspeakable(), "`…` is not a text"),
            (OneOf(("a", "B")), "c", '`c` is not one of "a", "B"'),
            (OneOf(("a", "B")), 1, '`1` is not one of "a", "B"'),
            (OneOf(("a", "B")), Stage.WON, '`<Stage.WON: \'Won\'>` is not one of "a", "B"'),
            (Date(), "2026-11-22", "`2026-11-22` is not a date"),
            (TextList(), "abc", "`abc` is not a list of texts"),
            (
                TextList(),
                [datetime.date(2026, 1, 31)],
                "`[datetime.date(2026, 1, 31)]` is not a list of texts",
            ),
            (TextList(), ["a", None], "`['a', None]` is not a list of texts"),
            (TextList(), {"a": 1}, "`{'a': 1}` is not a list of texts"),
            (Text(), datetime.date(2026, 1, 31), "`2026-01-31` is not a text"),
        ],
    )
    def test_what_does_not_fit(self, kind: FactType, value: object, message: str) -> None:
        """The message shows the value and says what was expected."""
        with pytest.raises(Unfit) as raised:
            kind.ready(value)

        assert str(raised.value) == message

    @given(st.from_type(type).flatmap(st.from_type).filter(lambda value: value is not None))
    def test_anything_at_all(self, value: Any) -> None:  # noqa: ANN401 - anything at all
        """Whatever a record holds either is ready or does not fit."""
        for kind in (YesNo(), Number(), CountType(), Text(), OneOf(("a",)), Date(), TextList()):
            try:
                found = kind.ready(value)
            except Unfit:
                continue
            assert found is None or isinstance(hash(found), int)

    def test_a_long_value_is_cut(self) -> None:
        """A message stays readable."""
        assert shown("x" * 41) == "x" * 39 + "…"
        assert shown("x" * 40) == "x" * 40


class TestTexts:
    """How texts and names are compared."""

    def test_folded(self) -> None:
        """NFC, then lower case: not the case folding that makes `ß` two letters."""
        assert folded("STRASSE") == "strasse"
        assert folded("Straße") == "straße"
        assert folded("E\u0301") == folded("É") == "é"

    def test_canonical(self) -> None:
        """Names ignore case, the amount of white space and the apostrophe's shape."""
        assert canonical("  Doesn’t \N{NO-BREAK SPACE} Reply ") == "doesn't reply"

    def test_duplicates(self) -> None:
        """Repeats are found as texts are compared."""
        assert duplicates(["a", "B", "A", "b", "c", "a"]) == ("A", "b", "a")
        assert duplicates([]) == ()

    def test_choice_text(self) -> None:
        """A member is called by its value if that is a text, else by its name."""
        assert [choice_text(each) for each in Stage] == ["first talk", "Won"]

    def test_the_name_of_one_of(self) -> None:
        """It is written as in a policy."""
        assert OneOf(("client", "peer")).name == 'one of "client", "peer"'


class TestUnsure:
    """`UNSURE` is one value."""

    def test_repr(self) -> None:
        """It shows as it is written."""
        assert repr(UNSURE) == "UNSURE"

    def test_pickle(self) -> None:
        """It stays the same one through a pickle."""
        assert pickle.loads(pickle.dumps(UNSURE)) is UNSURE  # noqa: S301 - our own


class TestDuration:
    """A length of time before a day."""

    @pytest.mark.parametrize(
        ("count", "unit", "day", "expected"),
        [
            (0, "day", (2026, 11, 22), (2026, 11, 22)),
            (1, "day", (2026, 3, 1), (2026, 2, 28)),
            (2, "week", (2026, 1, 10), (2025, 12, 27)),
            (6, "month", (2026, 11, 22), (2026, 5, 22)),
            (1, "month", (2026, 3, 31), (2026, 2, 28)),
            (1, "month", (2024, 3, 31), (2024, 2, 29)),
            (1, "month", (2026, 1, 31), (2025, 12, 31)),
            (13, "month", (2026, 12, 31), (2025, 11, 30)),
            (1, "year", (2024, 2, 29), (2023, 2, 28)),
            (4, "year", (2024, 2, 29), (2020, 2, 29)),
            (100, "year", (2000, 2, 29), (1900, 2, 28)),
            (0, "month", (2024, 2, 29), (2024, 2, 29)),
            (2025, "year", (2026, 2, 3), (1, 2, 3)),
            (2026, "year", (2026, 11, 22), (1, 1, 1)),
            (11, "month", (1, 12, 5), (1, 1, 5)),
            (12, "month", (1, 12, 5), (1, 1, 1)),
            (1, "day", (1, 1, 1), (1, 1, 1)),
            (10**30, "week", (2026, 1, 1), (1, 1, 1)),
            (10**30, "month", (2026, 1, 1), (1, 1, 1)),
        ],
    )
    def test_before(
        self,
        count: int,
        unit: Any,  # noqa: ANN401 - a unit, given by pytest
        day: tuple[int, int, int],
        expected: tuple[int, int, int],
    ) -> None:
        """The same day of the month, or the last there is; never before the first day."""
        assert Duration(count, unit).before(datetime.date(*day)) == datetime.date(*expected)

    @given(st.integers(0, 300), st.sampled_from(["day", "week", "month", "year"]), st.dates())
    def test_a_longer_time_is_no_later(self, count: int, unit: Any, day: datetime.date) -> None:  # noqa: ANN401
        """The longer ago, the earlier, or the first day there is."""
        longer = Duration(count + 1, unit).before(day)

        assert longer < Duration(count, unit).before(day) or longer == datetime.date.min

    def test_as_text(self) -> None:
        """It is said as in a policy."""
        assert [str(Duration(count, "week")) for count in (0, 1, 2)] == [
            "0 weeks",
            "1 week",
            "2 weeks",
        ]


@pytest.mark.parametrize(
    "kind", [YesNo(), Number(), CountType(), Text(), OneOf(("a", "b")), Date(), TextList()], ids=str
)
def test_nan_is_not_known(kind: FactType) -> None:
    """NaN, which tables put where a value is missing, is not known, of whatever type a fact is."""
    assert kind.ready(float("nan")) is None
