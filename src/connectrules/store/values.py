"""Values of answers, as the store writes them down: their kind, and JSON."""

import datetime
import json
import math
from typing import Any, Literal

from connectrules.schema.types import UNSURE, Unsure

Value = bool | Unsure | int | float | datetime.date | str | tuple[str, ...]
"""What an answer may be."""

Kind = Literal["yes/no", "unsure", "whole", "number", "date", "text", "list"]

_BOUND = 10**300
LONGEST = 100_000
"""How many characters an answer may have, written down."""


def written(value: object) -> tuple[Kind, str]:
    """The kind of *value*, and its JSON.

    Raises:
        TypeError: Where it is no value that an answer may have.
        ValueError: Where it is past all bounds.
    """
    kind, plain = _plain(value)
    text = json.dumps(plain, allow_nan=False)
    if len(text) > LONGEST:
        msg = f"an answer of {len(text):,} characters is longer than the {LONGEST:,} kept"
        raise ValueError(msg)
    return kind, text


def _plain(value: object) -> tuple[Kind, Any]:
    match value:
        case bool():
            return "yes/no", value
        case Unsure():
            return "unsure", None
        case int() | float():
            return _number(value)
        case datetime.date():
            return "date", day_of(value).isoformat()
        case str():
            return "text", str(value)
        case tuple() | list() if all(isinstance(item, str) for item in value):
            return "list", [str(item) for item in value]
        case _:
            msg = f"a `{type(value).__name__}` is no answer"
            raise TypeError(msg)


def _number(value: float) -> tuple[Kind, float]:
    if not -_BOUND < value < _BOUND:
        msg = "no number past all bounds is kept"
        raise ValueError(msg)
    return ("whole", int(value)) if isinstance(value, int) else ("number", float(value))


def day_of(moment: datetime.date) -> datetime.date:
    """The day of *moment*, which may have a time as well."""
    return moment.date() if isinstance(moment, datetime.datetime) else moment


def read(kind: str, text: str) -> Value:
    """The value of that *kind* whose JSON is *text*.

    Raises:
        ValueError: Where there is none: somebody else wrote it.
    """
    plain: Any = json.loads(text)
    match kind, plain:
        case "yes/no", bool(truth):
            return truth
        case "text", str(said):
            return said
        case "unsure", None:
            return UNSURE
        case "whole", int(number) if not isinstance(number, bool):
            return number
        case "number", float(real) if math.isfinite(real):
            return real
        case "date", str(day):
            return datetime.date.fromisoformat(day)
        case "list", list(items) if all(isinstance(item, str) for item in items):
            return tuple(items)
        case _:
            msg = f"{text} is no {kind}"
            raise ValueError(msg)
