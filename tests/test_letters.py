"""Letters whose lower case differs between programs, as docs/language.md lists them."""

import sys

from connectrules.schema.types import folded


def test_one_letter_becomes_two_in_lower_case() -> None:
    """Only the dotted capital I is longer in lower case."""
    longer = [each for each in map(chr, range(sys.maxunicode + 1)) if len(each.lower()) > 1]

    assert longer == ["\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"]
    assert folded("İ") == "i\N{COMBINING DOT ABOVE}"


def test_a_sigma_knows_where_it_stands() -> None:
    """It is another letter at the end of a word."""
    assert folded("ΟΔΟΣ") == "οδος"
    assert folded("ΣΟΦΟΣ ΝΟΥΣ") == "σοφος νους"


def test_sharp_s() -> None:
    """Small and capital are one letter, and never two."""
    assert folded("STRAẞE") == folded("straße") != folded("strasse")


def test_accents_count_and_their_writing_does_not() -> None:
    """Composed and decomposed letters are the same text."""
    assert folded("CAFE\N{COMBINING ACUTE ACCENT}") == folded("café") != folded("cafe")
