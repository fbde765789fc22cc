"""Records of a class, and literals for the holes of a phrase, as hypothesis draws them."""

import collections.abc
import datetime
import typing
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Any, get_args, get_origin

import attrs
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.errors import UnsatisfiedAssumption

from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.types import (
    UNSURE,
    Count,
    CountType,
    Date,
    Duration,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    Unsure,
    YesNo,
)
from connectrules.schema.vocabulary import BESIDE, Vocabulary, slot
from connectrules.testing.record_fields import Field, fields

_LARGEST = 10**9
"""The largest number that is drawn: products of two fit into the whole numbers of tables."""
_LONGEST_TEXT = 12
_MOST_ITEMS = 3
_UNITS = ("day", "week", "month", "year")
_HOW = st.sampled_from([None, "known", "known", "known", "known", "unsure"])
"""How often a value is not known, known, and unsure."""
_SELDOM = st.sampled_from([False] * 9 + [True])


class Values:
    """What draws values of a type, near those that the code of a phrase names.

    Args:
        named: The numbers, texts and days that are named.
    """

    def __init__(self, named: Iterable[object] = ()) -> None:
        known = [*named]
        numbers = [each for each in known if isinstance(each, int | float)]
        near = [around for each in numbers for around in (each - 1, each, each + 1)]
        days = [each for each in known if isinstance(each, datetime.date)]
        self.texts = _near(
            [turned for each in known if isinstance(each, str) for turned in (each, each.upper())],
            st.text(max_size=_LONGEST_TEXT),
        )
        self.whole = _near(
            [round(each) for each in near if abs(each) <= _LARGEST],
            st.integers(0, 20),
            st.integers(-_LARGEST, _LARGEST),
        )
        self.counts = _near(
            [round(each) for each in near if 0 <= each <= _LARGEST],
            st.integers(0, 20),
            st.integers(0, _LARGEST),
        )
        self.numbers = _near(
            [float(each) for each in near if abs(each) <= _LARGEST],
            st.integers(0, 20).map(float),
            st.floats(-_LARGEST, _LARGEST),
        )
        self.days = _near([_day(around) for each in days for around in _days(each)], st.dates())
        self.moments = st.one_of(self.days.map(_midnight), st.datetimes())
        self._simple: dict[object, st.SearchStrategy[Any]] = {
            bool: st.booleans(),
            int: self.whole,
            float: self.numbers,
            str: self.texts,
            datetime.date: self.days,
            datetime.datetime: self.moments,
            Count: self.counts,
        }

    def of(self, annotation: object) -> st.SearchStrategy[Any]:
        """What draws values annotated so."""
        for known, strategy in self._simple.items():
            if annotation == known:
                return strategy
        origin, arguments = get_origin(annotation), get_args(annotation)
        inner = [each for each in arguments if each is not Ellipsis]
        if origin in _LISTS and inner == [str]:
            made = _LISTS[origin]
            return st.lists(self.texts, max_size=_MOST_ITEMS).map(made)
        if origin is typing.Union:
            return st.one_of(*map(self.of, arguments))
        return st.from_type(annotation)  # type: ignore[arg-type]

    def of_type(self, kind: FactType) -> st.SearchStrategy[Any]:
        """What draws values of a fact."""
        match kind:
            case OneOf(choices):
                return st.sampled_from(choices)
            case _:
                return self.of(_ANNOTATIONS[type(kind)])


_ANNOTATIONS: dict[type[FactType], object] = {
    YesNo: bool,
    Number: float,
    CountType: Count,
    Text: str,
    Date: datetime.date,
    TextList: tuple[str, ...],
}
_LISTS: dict[object, Callable[[Iterable[str]], object]] = {
    list: list,
    tuple: tuple,
    set: set,
    frozenset: frozenset,
    collections.abc.Sequence: list,
    collections.abc.Set: frozenset,
    collections.abc.Collection: list,
}


def _near(values: Sequence[Any], *others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """What draws one of *values*, where there are some, or what *others* draw."""
    named = [st.sampled_from([*dict.fromkeys(values)])] if values else []
    return st.one_of(*others, *named)


def _days(day: datetime.date) -> Iterator[int]:
    """*day*, the one before and the one after."""
    for each in (day.toordinal() - 1, day.toordinal(), day.toordinal() + 1):
        if 1 <= each <= datetime.date.max.toordinal():
            yield each


def _day(ordinal: int) -> datetime.date:
    return datetime.date.fromordinal(ordinal)


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time())


# Records


def records(
    vocabulary: Vocabulary[Any], named: Iterable[object], looked_at: Container[str] | None = None
) -> st.SearchStrategy[Any]:
    """What draws records of *vocabulary*'s class, with values near those that are *named*.

    Args:
        vocabulary: What is said of them.
        named: Numbers, texts and days.
        looked_at: The fields that matter: the others seldom have a value. All by default.
    """
    named = [*named]
    values = Values(named)
    drawn = [
        (each, values.of(each.annotation))
        for each in fields(vocabulary.record)
        if each.name not in BESIDE or each.default is attrs.NOTHING
    ]
    if vocabulary.keeps_other:
        drawn += _beside(vocabulary, values, named)
    first = [pair for pair in drawn if looked_at is None or pair[0].name in looked_at]
    return _record(vocabulary.record, first, [pair for pair in drawn if pair not in first])


_Drawn = Sequence[tuple[Field, st.SearchStrategy[Any]]]


def _beside(vocabulary: Vocabulary[Any], values: Values, named: Iterable[object]) -> _Drawn:
    """What draws the field ``other``: facts without a field, and what else is *named*."""
    by_name = {each.name: each for each in fields(vocabulary.record)}
    other = by_name.get("other")
    if other is None:
        return []
    # A text in the code may be a name there; of a value without a declaration all is possible.
    known = {slot(each) for each in by_name} | {each.slot for each in vocabulary.facts.values()}
    inner = [*get_args(other.annotation)[1:2], object]
    anything = st.one_of(st.booleans(), values.whole, values.texts)
    value = anything if inner[0] in {object, Any} else values.of(inner[0])
    drawn = {
        each: value for each in named if isinstance(each, str) and each and slot(each) not in known
    }
    drawn |= {
        fact.slot: values.of_type(fact.type)
        for fact in vocabulary.facts.values()
        if fact.attribute is None
    }
    return [(other, st.fixed_dictionaries({}, optional=drawn))] if drawn else []


@st.composite
def _record(draw: st.DrawFn, record_class: type, first: _Drawn, others: _Drawn) -> Any:  # noqa: ANN401
    given = _values(draw, first)
    full: bool = draw(_SELDOM) if others else False
    if full:
        given |= _values(draw, others)
    else:
        needed = [pair for pair in others if pair[0].default is attrs.NOTHING]
        given |= _values(draw, needed)
    try:
        return record_class(**given)
    except Exception:  # noqa: BLE001 - then there is no such record
        return reject()


def _values(draw: st.DrawFn, drawn: _Drawn) -> dict[str, object]:
    """The values of fields, by what the class calls them where an instance is made."""
    given: dict[str, object] = {}
    for field, strategy in drawn:
        gaps, needed = field.gaps, field.default is attrs.NOTHING
        how = draw(_HOW) if gaps or not needed else "known"
        if how == "unsure" and UNSURE in gaps:
            given[field.parameter] = UNSURE
        elif how is None and (None in gaps or not needed):
            if None in gaps:
                given[field.parameter] = None
        else:
            given[field.parameter] = _drawn(draw, strategy)
    return given


def _drawn(draw: st.DrawFn, strategy: st.SearchStrategy[Any]) -> Any:  # noqa: ANN401 - a value
    try:
        return draw(strategy)
    except UnsatisfiedAssumption:
        raise
    except Exception:  # noqa: BLE001 - then there is no such value
        return reject()


# Literals


@st.composite
def literals(draw: st.DrawFn, phrase: Phrase, record: object, named: Iterable[object]) -> Any:  # noqa: ANN401
    """What stands in the holes of *phrase*, often near a value of *record*."""
    near = Values([*named, *_plain(vars_of(record), _DEEPEST)])
    texts = near.texts.filter(_is_sayable)
    drawers = {
        "text": texts,
        "texts": st.lists(texts, min_size=1, max_size=_MOST_ITEMS, unique=True).map(tuple),
        "number": near.numbers.filter(_is_small).map(_said),
        "count": near.counts,
        "date": near.days,
        "duration": st.builds(Duration, st.integers(0, 40), st.sampled_from(_UNITS)),
    }
    holes = [part for part in phrase.parts if isinstance(part, Hole)]
    return {hole.name: draw(drawers[hole.kind]) for hole in holes}


_DEEPEST = 4


def _is_sayable(text: str) -> bool:
    """Whether a policy could say *text*: it stays on a line, and all of it can be seen."""
    return text.isprintable()


def _is_small(number: float) -> bool:
    return abs(number) <= _LARGEST


def _said(number: float) -> float:
    """*number* as a policy hands it over: whole where it is said so."""
    return int(number) if number.is_integer() else number


def vars_of(record: Any) -> tuple[object, ...]:  # noqa: ANN401 - a record of any class
    """The values of *record*'s fields."""
    return tuple(getattr(record, each.name) for each in fields(type(record)))


def _plain(values: Iterable[object], deepest: int) -> Iterator[object]:
    """The numbers, texts and days among *values*, and in what they hold."""
    for value in values:
        match value:
            case bool() | Unsure():
                continue
            case int() | float() | str() | datetime.date():
                yield value
            case Mapping() if deepest:
                yield from _plain(value.values(), deepest - 1)
            case tuple() | list() | set() | frozenset() if deepest:
                yield from _plain(value, deepest - 1)
            case _:
                continue
