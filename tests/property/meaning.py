"""What one sentence says about one value, or about two."""

import calendar
import datetime
import math
import operator
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from tests.property.model import (
    Ago,
    Among,
    Between,
    Compare,
    Fact,
    Includes,
    Is,
    Kind,
    Mine,
    Multiple,
    Odd,
    Part,
    Said,
    Sentence,
    Size,
    Verb,
    When,
)

LARGEST_COUNT = 2**53

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "is": operator.eq,
    "is not": operator.ne,
    "is at least": operator.ge,
    "is at most": operator.le,
    "is more than": operator.gt,
    "is less than": operator.lt,
    "is over": operator.gt,
    "is under": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
    "!=": operator.ne,
    "has at least": operator.ge,
    "has at most": operator.le,
    "has more than": operator.gt,
    "has fewer than": operator.lt,
    "has exactly": operator.eq,
    "has no": operator.eq,
}


@attrs.frozen(cache_hash=True)
class Word:
    """A text that is none of those listed: *parts* are the tests of its parts that hold."""

    parts: frozenset[tuple[Verb, str]]


@attrs.frozen(cache_hash=True)
class Group:
    """A list: some of its members, and how many distinct ones it has."""

    members: frozenset[str]
    size: int


@attrs.frozen
class Known:
    """A value as tests compare it."""

    value: object


class Unfit(Exception):  # noqa: N818 - a finding about a value, not a failure
    """A value does not fit its kind."""


def fold(text: str) -> str:
    """*text* as texts are compared."""
    return unicodedata.normalize("NFC", text).lower()


def known(fact: Fact, raw: object) -> Known | None:
    """*raw* as a value of *fact*; None where it says nothing, `Unfit` where it does not fit."""
    if raw is None or raw is Odd.UNSURE:
        return None
    if isinstance(raw, float) and math.isnan(raw) and fact.kind in {Kind.COUNT, Kind.NUMBER}:
        return None
    value = _READERS[fact.kind](raw, fact)
    if value is None:
        raise Unfit
    return Known(value)


def _truth(raw: object, _: Fact) -> object:
    return raw if isinstance(raw, bool) else None


def _number(raw: object, _: Fact) -> object:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        return None
    try:
        return float(raw) if math.isfinite(raw) else None
    except OverflowError:
        return None


def _count(raw: object, fact: Fact) -> object:
    number = _number(raw, fact)
    if number is None or not isinstance(raw, int | float):
        return None
    return int(raw) if 0 <= raw <= LARGEST_COUNT and raw == int(raw) else None


def _text(raw: object, _: Fact) -> object:
    return fold(raw) if isinstance(raw, str) else None


def _choice(raw: object, fact: Fact) -> object:
    return fold(raw) if isinstance(raw, str) and fold(raw) in map(fold, fact.choices) else None


def _date(raw: object, _: Fact) -> object:
    if isinstance(raw, datetime.datetime):
        return raw.date()
    return raw if isinstance(raw, datetime.date) else None


def _list(raw: object, _: Fact) -> object:
    if isinstance(raw, list | tuple | set | frozenset) and all(isinstance(x, str) for x in raw):
        members = frozenset(map(fold, raw))
        return Group(members, len(members))
    return None


_READERS: Mapping[Kind, Callable[[object, Fact], object]] = {
    Kind.YES_NO: _truth,
    Kind.PHRASE: _truth,
    Kind.COUNT: _count,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.ONE_OF: _choice,
    Kind.DATE: _date,
    Kind.LIST: _list,
}


def before(today: datetime.date, count: int, unit: str) -> datetime.date:
    """*today* minus so many units; a month that is too short ends at its last day."""
    if unit in {"day", "week"}:
        return today - datetime.timedelta(days=count * (7 if unit == "week" else 1))
    months = today.year * 12 + today.month - 1 - count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(today.day, last))


def part(verb: Verb, literal: str, text: str) -> bool:
    """Whether *text* mentions, contains, starts or ends with *literal*, both folded."""
    match verb:
        case "contains":
            return literal in text
        case "starts with":
            return text.startswith(literal)
        case "ends with":
            return text.endswith(literal)
        case "mentions":
            padded = f" {text} "
            return any(
                padded.startswith(literal, at)
                and not padded[at - 1].isalnum()
                and not padded[at + len(literal)].isalnum()
                for at in range(1, len(padded) - len(literal))
            )


def holds(sentence: Sentence, value: object, today: datetime.date) -> bool:  # noqa: C901 - a case a kind of sentence
    """Whether *sentence*, of one fact, holds of *value*."""
    match sentence:
        case Said(_, denied):
            return bool(value) is not denied
        case Compare(_, words, float() | int() as number):
            return COMPARISONS[words](_as_number(value), number)
        case Between(_, low, high):
            return bool(low <= value <= high)  # type: ignore[operator]
        case Is(_, denied, str() as text):
            return (value == fold(text)) is not denied
        case Among(_, denied, tuple() as texts):
            return (value in set(map(fold, texts))) is not denied
        case Part(_, verb, amount, tuple() as texts):
            return _amount([_has_part(value, verb, fold(text)) for text in texts], amount)
        case When(_, words, datetime.date() as day):
            return bool(_DAYS[words](value, day))
        case Ago(_, words, count, unit):
            day = before(today, count, unit)
            return _as_date(value) < day if words == "more than" else day < _as_date(value) <= today
        case Includes(_, amount, tuple() as texts):
            members = _as_group(value).members
            return _amount([fold(text) in members for text in texts], amount)
        case Size(_, words, int() as number):
            return COMPARISONS[words](_as_group(value).size, number)
        case _:
            raise AssertionError(sentence)


_DAYS: Mapping[str, Callable[..., bool]] = {
    "before": operator.lt,
    "after": operator.gt,
    "on": operator.eq,
}


def _as_number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def _as_date(value: object) -> datetime.date:
    assert isinstance(value, datetime.date)
    return value


def _as_group(value: object) -> Group:
    assert isinstance(value, Group)
    return value


def _has_part(value: object, verb: Verb, literal: str) -> bool:
    if isinstance(value, Word):
        return (verb, literal) in value.parts
    assert isinstance(value, str)
    return part(verb, literal, value)


def _amount(held: Sequence[bool], amount: str | int) -> bool:
    match amount:
        case "one" | "any":
            return any(held)
        case "all":
            return all(held)
        case "none" | "not":
            return not any(held)
        case _:
            return sum(held) >= int(amount)


def settled(sentence: Sentence) -> bool | None:
    """What *sentence*, of one fact, comes to by its amount alone; None where that says nothing.

    ``is one of`` none of the owner's values never holds, nor does ``at least 3 of`` two.
    """
    match sentence:
        case Among(_, denied, tuple() as texts):
            return None if texts else denied
        case Part(_, _, amount, tuple() as texts) | Includes(_, amount, tuple() as texts):
            none, every = (_amount([held] * len(texts), amount) for held in (False, True))
            return every if none is every else None
        case _:
            return None


def filled(sentence: Sentence, values: Mapping[str, object]) -> Sentence:
    """*sentence* with literals in the place of the facts it compares its own fact with."""
    match sentence:
        case Between(_, low, high):
            return attrs.evolve(sentence, low=_literal(low, values), high=_literal(high, values))
        case Compare(value=operand) | When(value=operand) | Is(value=operand):
            return attrs.evolve(sentence, value=_literal(operand, values))
        case Size(number=operand):
            return attrs.evolve(sentence, number=_literal(operand, values))
        case Among(values=operand) | Part(values=operand) | Includes(values=operand):
            return attrs.evolve(sentence, values=_literals(operand, values))
        case _:
            return sentence


def _literal(operand: object, values: Mapping[str, object]) -> Any:  # noqa: ANN401 - of any kind
    match operand:
        case Multiple(of=of):
            return operand.factor * _as_number(values[of.name])
        case Fact() | Mine():
            return values[operand.name]
        case _:
            return operand


def _literals(operand: object, values: Mapping[str, object]) -> tuple[Any, ...]:
    if isinstance(operand, tuple):
        return tuple(_literal(each, values) for each in operand)
    found = _literal(operand, values)
    return tuple(sorted(found.members)) if isinstance(found, Group) else (found,)
