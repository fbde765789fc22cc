"""Values as files write them, read as their facts' types have them.

What does not fit is handed back as it stands: judging a contact then tells of it,
with its place.
"""

import datetime
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from connectrules.schema.types import (
    UNSURE,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)

Read = Callable[[Any], Any]
"""Turns a value as a file has it into the value of a fact; None is unknown."""

_YES_NO = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
}
_UNSURE = "unsure"
_EMPTY_LIST = "[]"
_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(\.[0-9]{1,400})?([eE][+-]?[0-9]{1,4})?")
_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3}){1,100}(\.[0-9]{1,400})?")
_DOTTED = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+")
"""A count of this form is more likely to be in thousands than to have a fraction."""
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}.*)?Z?)?")


def yes_no(text: str) -> bool | str:
    """Yes or no, if *text* says so."""
    return _YES_NO.get(text.strip().lower(), text)


def day(text: str) -> datetime.date | str:
    """The day that *text* gives in the ISO form, with or without a time."""
    found = _DAY.fullmatch(text.strip())
    try:
        return datetime.date.fromisoformat(found[1]) if found else text
    except ValueError:
        return text


def _plain_number(text: str) -> float | str:
    found = _NUMBER.fullmatch(text)
    if not found:
        return text
    return float(text) if found[1] or found[2] else int(text)


def _grouped_number(text: str) -> float | str:
    return _plain_number(text.replace(",", "") if _GROUPS.fullmatch(text) else text)


def _count(read: Callable[[str], float | str], text: str) -> float | str:
    """*text* as *read* has it, where that is whole; else as it is written, to be told so."""
    number = read(text)
    is_whole = isinstance(number, int) or (isinstance(number, float) and number.is_integer())
    return number if is_whole and not _DOTTED.fullmatch(text) else text


def _items(text: str) -> tuple[str, ...] | str:
    if text == _EMPTY_LIST:
        return ()
    return tuple(filter(None, map(str.strip, text.split(";")))) or text


_CELLS: dict[type, Callable[[str], Any]] = {
    YesNo: yes_no,
    Number: _grouped_number,
    CountType: _grouped_number,
    Text: str,
    OneOf: str,
    Date: day,
    TextList: _items,
}


def cell_reader(kind: FactType, delimiter: str) -> Read:
    """What reads a CSV cell, not empty and without white space around it, as a *kind*.

    Where cells end with a `;`, a comma may well be a decimal one, so that no
    number is read over it.
    """
    read = _CELLS[type(kind)]
    if delimiter == ";" and read is _grouped_number:
        read = _plain_number
    if isinstance(kind, CountType):
        read = partial(_count, read)

    def cell(text: str) -> Any:  # noqa: ANN401 - values are of any type
        # The length is a cheap test, and a table has many cells.
        unsure = len(text) == len(_UNSURE) and text.lower() == _UNSURE
        return UNSURE if unsure else read(text)

    return cell


def _json_yes_no(value: Any) -> Any:  # noqa: ANN401 - values are of any type
    if isinstance(value, bool):
        return value
    return yes_no(str(value)) if isinstance(value, str) or value in (0, 1) else value


def _json_day(value: Any) -> Any:  # noqa: ANN401 - values are of any type
    return day(value) if isinstance(value, str) else value


def _json_items(value: Any) -> Any:  # noqa: ANN401 - values are of any type
    return tuple(value) if isinstance(value, list) else value


_JSON: dict[type, Read] = {YesNo: _json_yes_no, Date: _json_day, TextList: _json_items}


def json_reader(kind: FactType) -> Read:
    """What reads a JSON value as a *kind*."""
    read = _JSON.get(type(kind), _as_it_stands)

    def value(found: Any) -> Any:  # noqa: ANN401 - values are of any type
        if found is None:
            return None
        unsure = isinstance(found, str) and found.strip().lower() == _UNSURE
        return UNSURE if unsure else read(found)

    return value


def _as_it_stands(value: Any) -> Any:  # noqa: ANN401 - values are of any type
    return value


def freely(value: Any) -> Any:  # noqa: ANN401 - values are of any type
    """*value*, cell or JSON, where no fact says its type: yes, no and unsure are understood."""
    if not isinstance(value, str):
        return value
    return UNSURE if value.strip().lower() == _UNSURE else yes_no(value)
