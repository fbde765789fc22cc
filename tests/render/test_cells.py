"""Text fits its columns and never acts on a terminal."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from connectrules.render.cells import clipped, harmless, padded, width, wrapped

ACTING = {"Cc", "Cs", "Zl", "Zp"}


def test_control_characters_become_pictures() -> None:
    """An escape sequence is shown, not obeyed."""
    assert harmless("\x1b[31mred\x7f\n") == "␛[31mred␡␊"


def test_direction_and_invisible_characters_become_numbers() -> None:
    """What hides in a text is seen; so are controls that have no picture."""
    assert harmless("a\u202eb\u200bc\u2028d\x9be\ud800") == (
        "a<U+202E>b<U+200B>c<U+2028>d<U+009B>e<U+D800>"
    )


def test_joiners_stay_unless_they_are_the_matter() -> None:
    """Emoji keep together; where a joiner is the mistake, it is seen."""
    family = "👩\u200d👧"

    assert harmless(family) == family
    assert harmless(family, joiners=False) == "👩<U+200D>👧"


def test_wide_and_combining_characters_are_counted_as_shown() -> None:
    """East Asian letters take two columns, marks none."""
    assert [width("abc"), width("日本"), width("e\u0301"), width("\u1112\u1161\u11ab")] == [
        3,
        4,
        1,
        2,
    ]


def test_padding_counts_columns() -> None:
    """Wide text gets fewer spaces."""
    assert padded("日本", 6) == "日本  "


def test_clipping_marks_what_is_left_out() -> None:
    """Text that fits stays; of longer text, what fits beside a mark."""
    assert [clipped("abcd", 4), clipped("abcde", 4), clipped("日本語", 4)] == [
        "abcd",
        "abc…",
        "日…",
    ]


def test_wrapping_breaks_at_spaces() -> None:
    """Lines end at words; gaps inside a line stay as they are."""
    assert wrapped("one two  three four", 10) == ["one two", "three four"]
    assert wrapped("a  b", 10) == ["a  b"]


def test_wrapping_breaks_a_word_only_where_it_must() -> None:
    """A word wider than the column goes on in the next line."""
    assert wrapped("see https://example.org/x now", 10) == [
        "see",
        "https://ex",
        "ample.org/",
        "x now",
    ]


def test_nothing_wraps_to_one_empty_line() -> None:
    """An empty text is one line, so that a row has its cell."""
    assert wrapped("", 10) == [""]


@given(st.text())
def test_harmless_text_never_acts(text: str) -> None:
    """Whatever is shown, nothing of it moves the cursor or turns the text round."""
    shown = harmless(text, joiners=False)

    assert not [each for each in shown if unicodedata.category(each) in {*ACTING, "Cf"}]


@given(st.text(), st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_no_word(text: str, columns: int) -> None:
    """Every line fits, and all characters but spaces are still there."""
    lines = wrapped(harmless(text), columns)

    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == harmless(text).replace(" ", "")
