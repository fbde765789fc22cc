"""Answers as cells of a table: safe in a spreadsheet, and read back as they were."""

import datetime
import json
import math
import re
from collections.abc import Callable

from connectrules.schema.types import UNSURE, FactType, Unfit, Unsure
from connectrules.sources.common.records import FORMULA, plainly
from connectrules.sources.common.values import cell_reader
from connectrules.store import Value

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,299})")
_REAL = re.compile(r"-?[0-9]{1,330}(\.[0-9]{1,330})?(e[+-]?[0-9]{1,3})?", re.IGNORECASE)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMERIC = frozenset("0123456789.,:/\\-+ e%$\N{EURO SIGN}\N{POUND SIGN}()")
_SAME = re.compile(r"0|[1-9][0-9]{0,14}")
"""A number that a spreadsheet leaves as it is."""
_MONTH = re.compile(
    r"[0-9]{0,4}[ .,/-]{0,2}(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
    r"[ .,/-]{0,2}[0-9 .,/-]{0,8}"
)
_WORDS: dict[str, Value] = {
    **dict.fromkeys(("yes", "true", "y"), True),
    **dict.fromkeys(("no", "false", "n"), False),
    "unsure": UNSURE,
}


def cell(text: str | None) -> str:
    """*text* in a cell, quoted where it would not stay as it is; empty where there is none."""
    return "" if text is None else _safe(text if _stays(text) else _as_json(text))


def text_of(written: str) -> str | None:
    """The text that `cell` wrote, or somebody by hand; None for an empty cell."""
    written = plainly(written).strip()
    if not written:
        return None
    found = _quoted(written)
    return found if isinstance(found, str) else written


def answer_cell(value: Value) -> str:
    """*value* in a cell."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Unsure():
            return "unsure"
        case str():
            plain = _stays(value) and read_answer(value) == value
            return _safe(value if plain else _as_json(value))
        case tuple():
            return _as_json(value)
        case datetime.date():
            return value.isoformat()
        case _:
            return _safe(repr(value))


def read_answer(written: str) -> Value | None:
    """The answer that `answer_cell` wrote, or somebody by hand; None for an empty cell.

    ``yes``, ``no`` and ``unsure``, numbers and days are what they look like, a list is
    ``["a", "b"]``, and all else a text, in quotes where it looks like one of these.
    """
    written = plainly(written).strip()
    if not written:
        return None
    found = _WORDS.get(written.lower())
    if found is not None:
        return found
    if _WHOLE.fullmatch(written):
        return int(written)
    for read in _FORMS:
        value = read(written)
        if value is not None:
            return value
    return written


def _real(written: str) -> float | None:
    number = float(written) if _REAL.fullmatch(written) and not written.isdigit() else math.inf
    return number if math.isfinite(number) else None


def _date(written: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written) if _DAY.fullmatch(written) else None
    except ValueError:
        return None


def _quoted(written: str) -> str | tuple[str, ...] | None:
    """The text or the list of texts that is *written* as JSON."""
    try:
        found = json.loads(written) if written.startswith(('"', "[")) else None
    except (RecursionError, ValueError):
        return None
    match found:
        case str():
            return found
        case list() if all(isinstance(each, str) for each in found):
            return tuple(found)
        case _:
            return None


_FORMS: tuple[Callable[[str], Value | None], ...] = (_real, _date, _quoted)


def fitting(kind: FactType, written: str) -> Value | None:
    """The answer in a cell that is of that *kind*; None for an empty cell.

    Raises:
        Unfit: Where it does not fit.
    """
    value = read_answer(written)
    if value is None or value is UNSURE:
        return value
    try:
        kind.ready(value)
    except Unfit:
        value = cell_reader(kind, ",")(plainly(written).strip())
        kind.ready(value)
    return value


def _stays(text: str) -> bool:
    """Whether *text* comes back from a cell as it is."""
    plain = text.isprintable() and text == text.strip() and text[:1] not in {"", '"', "'"}
    return plain and ";" not in text and not _changes(text)


def _changes(text: str) -> bool:
    """Whether a spreadsheet takes *text* for a number, a day or a truth, and saves it otherwise."""
    lower = text.lower()
    if any(letter in "0123456789" for letter in lower):
        numeric = _NUMERIC.issuperset(lower) and not _SAME.fullmatch(lower)
        return numeric or _MONTH.fullmatch(lower) is not None
    return lower in {"true", "false"}


def _as_json(value: str | tuple[str, ...]) -> str:
    """*value* in quotes; a semicolon, which ends a cell in some countries, as its number."""
    return json.dumps(value).replace(";", "\\u003b")


def _safe(text: str) -> str:
    """*text*, which no spreadsheet may take for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
