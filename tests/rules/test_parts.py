"""Parts of a known text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules.rules.parts import PARTS, mentioned


@pytest.mark.parametrize(
    ("text", "part", "expected"),
    [
        ("arts & craft, leeds", "craft", True),
        ("aircraft", "craft", False),
        ("crafts", "craft", False),
        ("aircraft craft", "craft", True),
        ("craft2", "craft", False),
        ("craft_work", "craft", True),
        ("écraft", "craft", False),
        ("c#", "c#", True),
        ("at&t", "at", True),
        ("aaa", "aa", False),
        ("aaa aa", "aa", True),
        ("", "craft", False),
    ],
)
def test_mentioned(text: str, part: str, *, expected: bool) -> None:
    """A part is mentioned where no letter or digit stands next to it."""
    assert mentioned(text, part) is expected


@given(st.text("ab1 .", max_size=12), st.text("ab1 .", min_size=1, max_size=3))
def test_against_a_regular_expression(text: str, part: str) -> None:
    """It is what a pattern with two looks aside finds."""
    found = re.search(rf"(?<![^\W_]){re.escape(part)}(?![^\W_])", text)

    assert mentioned(text, part) is (found is not None)


def test_all_parts() -> None:
    """Each primitive by its name."""
    found = [name for name, holds in PARTS.items() if holds("craft work", "craft")]

    assert found == ["contains", "mentions", "starts"]
    assert PARTS["ends"]("craft work", "work")
