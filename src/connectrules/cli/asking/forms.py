"""How a question is answered: by a key, or by what is typed."""

import json
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
_IN_QUOTES = re.compile(r'"[^"]*"')


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


def _items(typed: str) -> Value:
    """The texts of a list: with a `;` between where there is one, for a comma may be in a text.

    A text in quotes may hold both, and so may one in a list as JSON writes it.
    """
    if canonical(typed) in _NOTHING:
        return ()
    if canonical(typed) == "unsure":
        return UNSURE
    if typed.startswith("["):
        return _json_items(typed)
    if typed.count('"') % 2:
        msg = f"`{typed}` has a quotation mark without another to end the text"
        raise Unfit(msg)
    separator = ";" if ";" in _IN_QUOTES.sub("", typed) else ","
    parts = re.findall(rf'(?:"[^"]*"|[^"{separator}])+', typed)
    found = tuple(part for part in map(_item, parts) if part)
    if not found:
        msg = f"`{typed}` names nothing"
        raise Unfit(msg)
    return found


def _item(part: str) -> str:
    """A text, without the quotation marks around all of it."""
    text = part.strip()
    if _IN_QUOTES.fullmatch(text):
        return text[1:-1].strip()
    if '"' in text:
        msg = f"`{text}` has quotation marks within: put them around a whole text"
        raise Unfit(msg)
    return text


def _json_items(typed: str) -> tuple[str, ...]:
    try:
        found = json.loads(typed)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        msg = f'`{typed}` is no list of texts, such as `["a", "b"]`'
        raise Unfit(msg)
    texts = tuple(each.strip() for each in found if each.strip())
    if any(harmless(each) != each for each in texts):
        msg = f"`{typed}` holds a character that cannot be seen"
        raise Unfit(msg)
    return texts
