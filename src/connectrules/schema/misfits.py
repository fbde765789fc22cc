"""What somebody probably meant who wrote a value that does not fit its type."""

import re

from connectrules.schema.types import (
    DIGITS,
    TRUTHS,
    CountType,
    FactType,
    Number,
    Text,
    TextList,
    YesNo,
)

_NOBODY_KNOWS = frozenset(
    {"-", "\N{EN DASH}", "\N{EM DASH}", "?", "n/a", "#n/a", "na", "nan", "n.a.", "nil", "none"}
    | {"not known", "null", "tbd", "unknown"}
)
_LONGEST = 40
_BETWEEN = "., '\N{RIGHT SINGLE QUOTATION MARK}\xa0\u202f"
_GROUPED = re.compile(rf"[0-9]{{1,3}}([{_BETWEEN}])[0-9]{{3}}(?:\1[0-9]{{3}})*")
_SHORTENED = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,3})?) ?([km])", re.IGNORECASE)
_OR_MORE = re.compile(r"([0-9]{1,15}) ?\+")
_TIMES = {"k": 1_000, "m": 1_000_000}


def asked_back(kind: FactType, value: object) -> str:
    """What to ask whoever wrote *value* for a *kind*, after a colon; empty where nothing helps."""
    if not isinstance(value, str) or len(value) > _LONGEST or isinstance(kind, (Text, TextList)):
        return ""
    said = value.strip()
    meant = _without_quotes(kind, said)
    if meant:
        return f": write `{meant}`, without quotes"
    if said.lower() in _NOBODY_KNOWS:
        return ": leave it empty where nobody knows"
    number = _number(said) if isinstance(kind, (CountType, Number)) else None
    return "" if number is None else f": did you mean `{number}`?"


def _without_quotes(kind: FactType, said: str) -> str:
    """The value that *said* is the text of, as a program writes it."""
    match kind:
        case YesNo() if TRUTHS.fullmatch(said):
            return str(said.lower() in {"yes", "true", "y"})
        case CountType() | Number() if DIGITS.fullmatch(said):
            return said
        case _:
            return ""


def _number(said: str) -> int | None:
    """The whole number that *said* is in another way of writing."""
    if _GROUPED.fullmatch(said):
        return int("".join(filter(str.isdecimal, said)))
    more = _OR_MORE.fullmatch(said)
    if more:
        return int(more[1])
    short = _SHORTENED.fullmatch(said)
    return round(float(short[1].replace(",", ".")) * _TIMES[short[2].lower()]) if short else None
