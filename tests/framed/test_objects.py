"""What pandas holds in columns of objects, and in columns of nothing."""

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from connectrules import Contact, ContactError, FrameError
from tests.framed.test_values import policy

MIXED = {
    "whole and other numbers": [Decimal(5), 4, 6.0, 2.5, Decimal("2.5"), None, float("nan")],
    "more than 64 bits": [1, 2**70, 2**70 + 1, -(2**70), 10**400, 0.0],
    "decimal numbers": [Decimal("0.3"), 0.3, Decimal("2251799813685247.25"), Decimal("-0.3")],
    "no numbers": [5, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), float("-inf"), 1.5],
    "of NumPy": [np.int64(5), np.float32(2.5), 4, Decimal(5), None],
}


@pytest.mark.parametrize("values", MIXED.values(), ids=list(MIXED))
@pytest.mark.parametrize("kind", ["count", "number"])
def test_numbers_of_several_kinds(kind: str, values: Sequence[object]) -> None:
    """In pandas a column of objects may mix them: each is judged as it is by itself."""
    judging = policy(kind, "items = 5", "items >= 4", "items = 0.3", "items < 0.5")
    index = range(5, 5 + len(values))
    frame = pd.DataFrame({"items": pd.Series(values, dtype=object, index=index)})

    judged = judging.judge_frame(frame)

    contacts = [Contact(key="ada", other={"items": each}) for each in values]
    assert [*judged["rule"].astype(object).where(judged["rule"].notna(), None)] == [
        None if isinstance(found, ContactError) else "; ".join(found.rules) or None
        for found in judging.judge_all(contacts)
    ]


@pytest.mark.parametrize(
    ("odd", "kinds"),
    [
        (2**53 + 1, "(`Decimal`, `float`, `int`)"),
        (Decimal("4503599627370495.25"), "(`Decimal`, `float`)"),
        (True, "(`Decimal`, `bool`, `float`)"),
        ("5", "(`Decimal`, `float`, `str`)"),
    ],
)
def test_numbers_that_no_double_stands_for(odd: object, kinds: str) -> None:
    """One that is rounded to another count, or is no number, is not mixed with others."""
    frame = pd.DataFrame({"items": pd.Series([1.5, Decimal("2.5"), odd], dtype=object)})

    with pytest.raises(FrameError) as raised:
        policy("count", "items > 1").judge_frame(frame)

    assert (raised.value.code, raised.value.columns) == ("CR501", ("items",))
    assert str(raised.value) == (
        f"the column `items` holds values of more than one kind {kinds}: give it values of one "
        "kind, and None where nothing is known"
    )


def test_what_is_missing_among_them() -> None:
    """However pandas says so, it is not known."""
    values = [Decimal("2.5"), 1.5, None, pd.NA, float("nan"), Decimal("NaN")]
    frame = pd.DataFrame({"items": pd.Series(values, dtype=object)})

    decided = policy("number", "items > 2").judge_frame(frame)["decision"]

    assert decided.tolist() == ["connect", "decline", *["undecided"] * 4]


@pytest.mark.parametrize("kind", ["yes/no", "count", "number", "text", "date", "list of text"])
def test_no_rows(kind: str) -> None:
    """What pandas makes of a column with no rows may be of any fact, as where all are NaN."""
    sentence = {
        "yes/no": "items", "text": 'items is "a"', "list of text": "has no items",
        "date": "items is before 2026-01-31",
    }.get(kind, "items > 1")  # fmt: skip
    judging = policy(kind, sentence)

    for values in ([], [float("nan")]):
        judged = judging.judge_frame(pd.DataFrame({"key": ["ada"] * len(values), "items": values}))

        assert judged["decision"].tolist() == ["undecided"] * len(values)
        assert judged["items"].dtype == "float64"
