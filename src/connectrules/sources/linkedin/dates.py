"""The days that LinkedIn's files give, in each of their forms.

Months are English wherever the export was made, so that the forms are read here
and not by strptime, which reads the months of the machine's language.
"""

import datetime
import re
from functools import lru_cache

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_NAMED = re.compile(r"([0-9]{1,2})([ -])([A-Za-z]{3})\2([0-9]{4}|[0-9]{2})")
_STAMP = re.compile(r"([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})( [0-9:]{5,8}( UTC)?)?")
_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2}),? [0-9].*")
_CENTURY = 2000


@lru_cache(maxsize=4096)
def connected(text: str) -> datetime.date | None:
    """The day in `08 Feb 2026`, or in the `4-Apr-21` of a spreadsheet."""
    found = _NAMED.fullmatch(text)
    if not found or found[3].lower() not in _MONTHS:
        return None
    return _day(found[4], _MONTHS[found[3].lower()], found[1])


def by_spreadsheet(text: str) -> bool:
    """Whether a spreadsheet wrote this date."""
    found = _NAMED.fullmatch(text) if "-" in text else None
    return found is not None and found[2] == "-"


def sent(text: str) -> datetime.date | None:
    """The day in `1/29/26, 2:37 PM`."""
    found = _AMERICAN.fullmatch(text)
    return _day(found[3], found[1], found[2]) if found else None


def stamped(text: str) -> datetime.date | None:
    """The day in `2025-06-01 14:03:22 UTC`."""
    found = _STAMP.fullmatch(text)
    return _day(found[1], found[2], found[3]) if found else None


def _day(year: str, month: str | int, day: str) -> datetime.date | None:
    full = int(year) if int(year) >= 100 else _CENTURY + int(year)  # noqa: PLR2004 - two digits
    try:
        return datetime.date(full, int(month), int(day))
    except ValueError:
        return None
