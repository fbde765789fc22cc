"""Dates as people write them elsewhere, and which days they may mean."""

import datetime
import re
from collections.abc import Iterator

HELP = "write year, month and day, as in `2026-01-31`"
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
_MONTH = "|".join(sorted({*_MONTHS, "sept"}, key=len, reverse=True))
_IN_WORDS = re.compile(
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?"
    rf"|(?P<month_>{_MONTH})\.?\s+(?P<day_>[0-9]{{1,2}})(?:st|nd|rd|th)?)"
    r"\s*,?\s+(?P<year>[0-9]{4})",
    re.IGNORECASE,
)


def is_impossible(text: str) -> bool:
    """Whether *text* is written as dates are, of a day that does not exist."""
    return _YEAR_FIRST.fullmatch(text) is not None and not [*_first(text)]


def meant(text: str) -> tuple[datetime.date, ...]:
    """The days that *text*, a date in digits, may mean."""
    return tuple(dict.fromkeys((*_first(text), *_last(text))))


def in_words(text: str) -> tuple[int, int, datetime.date] | None:
    """Where a date with the name of its month stands in *text*, and which day it is."""
    match = _IN_WORDS.search(text)
    if match is None:
        return None
    name = (match["month"] or match["month_"]).lower()
    month = _MONTHS.index(name[:3]) + 1
    for day in _day(match["year"], str(month), match["day"] or match["day_"]):
        return match.start(), match.end(), day
    return None


def hint(text: str) -> str:
    """What to write in place of *text*, a date in digits that is none here."""
    days = meant(text)
    if len(days) > 1:
        return f"is it `{days[0]}` or `{days[1]}`?"
    return HELP if not is_impossible(text) else "write a day that exists, as in `2026-01-31`"


def _first(text: str) -> Iterator[datetime.date]:
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        yield from _day(match[1], match[2], match[3])


def _last(text: str) -> Iterator[datetime.date]:
    match = _YEAR_LAST.fullmatch(text)
    if match:
        yield from _day(match[3], match[2], match[1])
        yield from _day(match[3], match[1], match[2])


def _day(year: str, month: str, day: str) -> Iterator[datetime.date]:
    try:
        yield datetime.date(int(year), int(month), int(day))
    except ValueError:
        return
