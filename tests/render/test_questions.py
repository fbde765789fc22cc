"""What to ask next reads as a person would say it."""

import pytest

from connectrules.explanation import Lead, Question
from connectrules.render.questions import expected_text, lead_text
from connectrules.verdict import Decision


@pytest.mark.parametrize(
    ("lead", "text"),
    [
        (Lead("yes", Decision.CONNECT), "yes: connect"),
        (Lead("at least 500", None, "would recommend"), "at least 500: ask `would recommend`"),
        (Lead("no", Decision.UNDECIDED), "no: undecided"),
        (Lead('mentions "\x1b"', Decision.DECLINE), 'mentions "␛": decline'),
    ],
)
def test_a_lead_says_the_decision_or_the_next_question(lead: Lead, text: str) -> None:
    """What follows an answer is told after it."""
    assert lead_text(lead) == text


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (1.0, ""),
        (1.75, "1.8 questions on average"),
        (2.0, "2 questions on average"),
        (None, ""),
    ],
)
def test_how_many_questions_it_takes(expected: float | None, text: str) -> None:
    """A whole number has no decimals; one question, or what is not known, is not told."""
    assert expected_text(Question("a", None, expected, 0.5, ())) == text
