"""Operators, lists and their layout."""

import pytest

from tests.syntax.reading import condition, mistakes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a", "a"),
        ("a AND b AND c", "[a and b and c]"),
        ("a OR b AND c", "[a or b and c]"),
        ("NOT a AND b", "[not[a] and b]"),
        ("NOT (a OR b)", "not[([a or b])]"),
        ("((a))", "((a))"),
        ("ALL OF (a; b)", "ALL OF{a; b}"),
        ("NOT ANY OF (a; b)", "not[ANY OF{a; b}]"),
        ("NONE OF (a AND b; NOT c) OR d", "[NONE OF{[a and b]; not[c]} or d]"),
        ("AT LEAST 2 OF (a; b; c)", "AT LEAST 2{a; b; c}"),
        ("AT MOST 1 OF (a; ANY OF (b; c))", "AT MOST 1{a; ANY OF{b; c}}"),
        ("EXACTLY 1 OF\n(a;\nb)", "EXACTLY 1{a; b}"),
        ("AT LEAST 2.5 POINTS FROM (1.5 FOR a; 1 FOR b)", "POINTS 2.5{1.5 x a; 1 x b}"),
        ('ANY OF (x is "UK", "Eire", or "Spain")', 'ANY OF{x is "UK" , "Eire" , or "Spain"}'),
        ("country is at least 1 AND met AT&T", "[country is at least 1 and met at&t]"),
    ],
)
def test_structure(text: str, expected: str) -> None:
    """Operators join what stands beside them, in the order of the text."""
    assert condition(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ALL OF\n- a\n- b", "ALL OF{a; b}"),
        ("ALL OF\n  - a\n\n  # between\n  - b\n", "ALL OF{a; b}"),
        ("ALL OF\n  -a\n  -   b", "ALL OF{a; b}"),
        ("ALL OF\n  -\n    a\n  - b", "ALL OF{a; b}"),
        ("ALL OF\n  - a\n    AND b\n  - c", "ALL OF{[a and b]; c}"),
        ("ALL OF\n  - a\nAND b", "[ALL OF{a} and b]"),
        ("ALL OF\n  - a\n  AND b", "[ALL OF{a} and b]"),
        ("ALL OF\n  - a\n   AND b", "ALL OF{[a and b]}"),
        ("ANY OF\n - a\n - ALL OF\n    - b\n    - c\n - d", "ANY OF{a; ALL OF{b; c}; d}"),
        ("ANY OF\n - ALL OF\n    - b\n   AND c\n - d", "ANY OF{[ALL OF{b} and c]; d}"),
        ("ANY OF\n - ALL OF\n    - b\n AND c", "[ANY OF{ALL OF{b}} and c]"),
        ("ANY OF\n - (a\nOR b)\n - c", "ANY OF{([a or b]); c}"),
        ("ANY OF\n - (ALL OF\n- a\n- b)\n - c", "ANY OF{(ALL OF{a; b}); c}"),
        ("(ANY OF\n  - a\n  - b) AND c", "[(ANY OF{a; b}) and c]"),
        ("ALL OF (ANY OF\n  - a\n  - b; c)", "ALL OF{ANY OF{a; b}; c}"),
        ("AT LEAST 5 POINTS FROM\n - 3 FOR a\n - 2 FOR NOT b", "POINTS 5{3 x a; 2 x not[b]}"),
        ("ALL OF # of them\n - a # one\n - b", "ALL OF{a; b}"),
        ("ALL OF\n - a - b", "ALL OF{a - b}"),
        ("ALL OF\r\n  - a\r\n  - b", "ALL OF{a; b}"),
        ("ALL OF\n\u00a0- a\n - b", "ALL OF{a; b}"),
    ],
)
def test_layout_of_lists(text: str, expected: str) -> None:
    """Dashes and columns make lists; nothing else about layout means anything."""
    assert condition(text) == expected


def test_unless_and_because_close_lists_wherever_they_stand() -> None:
    """A deeper UNLESS does not continue the item."""
    text = 'CONNECT WHEN ANY OF\n  - a\n  - b\n      UNLESS c\n      BECAUSE "d"'

    assert mistakes(text) == []


def test_a_statement_word_closes_lists() -> None:
    """The next statement begins outside of all lists."""
    assert mistakes("CONNECT WHEN ANY OF\n  - a\n      OTHERWISE DECLINE") == []


def test_a_dash_in_mid_line_is_a_word() -> None:
    """Only the first mark of a line begins an item."""
    assert condition("met - once") == "met - once"


@pytest.mark.parametrize(
    "word", ["ANDROID", "NOT-for-profit", "CEO", "Or", "and", "IFS", "AT&T", "don't", "C#", "-AND"]
)
def test_words_that_only_look_reserved(word: str) -> None:
    """A word is reserved only if the whole of it is, in capitals."""
    assert condition(f"likes {word} AND b") == f"[likes {word.lower()} and b]"
