"""Values of facts in words, and in the forms JSON has."""

import datetime
import math
import numbers
from collections.abc import Set as AbstractSet
from decimal import Decimal
from enum import Enum

from connectrules.render.cells import clipped, harmless
from connectrules.schema.types import UNSURE, choice_text

_LONGEST = 60
_MOST_ITEMS = 8


def said(value: object) -> str:
    """*value* in words, cut where it is long: ``yes``, ``5,000``, ``"Consultant"``."""
    match plain_value(value):
        case None:
            return "not known"
        case bool(answer):
            return "yes" if answer else "no"
        case int(number) | float(number):
            return f"{number:,}"
        case list(items):
            shown = ", ".join(_quoted(item) for item in items[:_MOST_ITEMS]) or "none"
            left = len(items) - _MOST_ITEMS
            return f"{shown} and {left} more" if left > 0 else shown
        case str(text) if isinstance(value, str):
            return _quoted(text)
        case other:
            return clipped(harmless(str(other)), _LONGEST)


def _quoted(text: str) -> str:
    return f'"{clipped(harmless(text), _LONGEST)}"'


def plain_value(
    value: object,
) -> bool | float | str | list[str] | None:
    """*value* in a form JSON has; what no fact can be becomes text."""
    match value:
        case None | bool():
            return value
        case Enum():
            return UNSURE.value if value is UNSURE else choice_text(value)
        case str():
            return value
        case int():
            return int(value)
        case numbers.Real() | Decimal():
            return _number(value)
        case datetime.datetime():
            return value.date().isoformat()
        case datetime.date():
            return value.isoformat()
        case list() | tuple():
            return [str(item) for item in value]
        case AbstractSet():
            return sorted(map(str, value))
        case _:
            return str(value)


def _number(value: numbers.Real | Decimal) -> float | str | None:
    try:
        number = float(value)
    except (OverflowError, ValueError):
        return str(value)
    if math.isnan(number):
        return None
    if math.isinf(number):
        return str(value)
    return int(number) if number.is_integer() else number
