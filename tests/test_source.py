"""Texts, and places in them."""

import pytest

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.source import Location, Source, Span

SOURCE = Source("club.policy", "one\ntwo\r\nthree\rfour\u2028still four")


@pytest.mark.parametrize(
    ("offset", "line", "column"),
    [(0, 1, 1), (3, 1, 4), (4, 2, 1), (8, 2, 5), (9, 3, 1), (15, 4, 1), (20, 4, 6), (30, 4, 16)],
)
def test_locations(offset: int, line: int, column: int) -> None:
    """Lines end as files end them, and all else is a character of its line."""
    assert SOURCE.location(offset) == Location(line, column)


def test_lines() -> None:
    """A line comes without its line break."""
    assert [SOURCE.line(number) for number in (1, 2, 3, 4)] == [
        *("one", "two", "three"),
        "four\u2028still four",
    ]
    assert Source("empty", "").line(1) == ""


def test_spans() -> None:
    """A stretch goes from its beginning to the end of another, and stretches are in order."""
    assert Span(2, 5).to(Span(7, 9)) == Span(2, 9)
    assert sorted([Span(2, 5), Span(0, 9), Span(2, 3)]) == [Span(0, 9), Span(2, 3), Span(2, 5)]


def test_a_diagnostic_knows_its_place() -> None:
    """Its beginning and end are places in its text."""
    diagnostic = Diagnostic("CR101", "odd", SOURCE, Span(4, 12))

    assert (diagnostic.start, diagnostic.end) == (Location(2, 1), Location(3, 4))
    assert diagnostic.severity is Severity.ERROR
