"""How a question is answered: by a key, or by what is typed."""

import re
from collections.abc import Callable, Mapping
from functools import partial

import attrs

from connectrules.render.cells import harmless
from connectrules.rules.tree import Subject
from connectrules.schema.misfits import asked_back
from connectrules.schema.types import (
    DIGITS,
    UNSURE,
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    Unfit,
    YesNo,
    canonical,
)
from connectrules.sources.common.values import cell_reader
from connectrules.store import Value

_MOST_KEYS = 9
"""How many choices have a digit each."""
_LONGEST = 10_000
"""How many characters a text in a policy may have; an answer needs no more."""
_NOTHING = frozenset({"none", "[]"})
_WANTED: dict[type[FactType], str] = {
    CountType: "a whole number, such as 500",
    Number: "a number, such as 2.5",
    Date: "a day, such as 2026-01-31",
    Text: "a text",
    TextList: "texts with commas between, or none",
}
_QUOTED = re.compile(r'"(.+)"')


@attrs.frozen
class Form:
    """How a question is answered.

    Attributes:
        keys: The answers that are one key each; empty where they are typed.
        choices: The texts to choose from, by their numbers from 1, where there are such.
        wanted: What is to be typed, in words.
        read: Makes a value of what was typed, or raises `Unfit`.
    """

    keys: Mapping[str, Value]
    choices: tuple[str, ...] = ()
    wanted: str = ""
    read: Callable[[str], Value] = str

    @property
    def is_typed(self) -> bool:
        """Whether it is answered with words and Enter."""
        return not self.keys


def form(subject: Subject) -> Form:
    """How *subject* is answered."""
    match subject.type:
        case YesNo():
            return Form({"y": True, "n": False})
        case OneOf(choices) if len(choices) <= _MOST_KEYS:
            keys = {str(number): choice for number, choice in enumerate(choices, 1)}
            return Form(keys, choices)
        case OneOf(choices) as one_of:
            wanted = f"a number from 1 to {len(choices)}"
            return Form({}, choices, wanted, partial(_choice, one_of))
        case kind:
            return Form({}, wanted=_WANTED[type(kind)], read=partial(_value, kind))


def _choice(kind: OneOf, typed: str) -> Value:
    """The choice with that number, or in those words."""
    if DIGITS.fullmatch(typed):
        if 0 < int(typed) <= len(kind.choices):
            return kind.choices[int(typed) - 1]
        msg = f"`{typed}` is none of the numbers from 1 to {len(kind.choices)}"
        raise Unfit(msg)
    return _value(kind, typed)


def _value(kind: FactType, typed: str) -> Value:
    """What *typed* says, as a *kind*."""
    if not typed:
        msg = "nothing was typed"
        raise Unfit(msg)
    if len(typed) > _LONGEST:
        msg = f"this has {len(typed):,} characters, and an answer may have {_LONGEST:,}"
        raise Unfit(msg)
    if harmless(typed) != typed or "\N{REPLACEMENT CHARACTER}" in typed:
        msg = f"`{harmless(typed)}` holds a character that cannot be seen"
        raise Unfit(msg)
    if isinstance(kind, TextList):
        return _items(typed)
    quoted = _QUOTED.fullmatch(typed) if isinstance(kind, Text) else None
    value = quoted[1] if quoted else cell_reader(kind, ",")(typed)
    if value is not UNSURE:
        _require_fit(kind, value)
    return value


def _require_fit(kind: FactType, value: Value) -> None:
    try:
        kind.ready(value)
    except Unfit as unfit:
        msg = f"{unfit}{asked_back(kind, value)}"
        raise Unfit(msg) from None


def _items(typed: str) -> tuple[str, ...]:
    """The texts of a list: with a `;` between where there is one, for a comma may be in a text."""
    if canonical(typed) in _NOTHING:
        return ()
    parts = (part.strip() for part in typed.split(";" if ";" in typed else ","))
    found = tuple(part for part in parts if part)
    if not found:
        msg = f"`{typed}` names nothing"
        raise Unfit(msg)
    return found
