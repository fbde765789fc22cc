"""A phrase under test: called as policies call it, and watched."""

import copy
import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.types import UNSURE, Unfit, YesNo
from connectrules.testing.deeds import Deed
from connectrules.testing.observing import Observer, changed, twin
from connectrules.testing.record_fields import Field, fields
from connectrules.testing.watching import Refused, watched

Literals = Mapping[str, Any]
"""What stands in the holes of a phrase."""

_YES_NO = YesNo()
OTHER = "other"
"""The field that holds the values of facts without a field."""


@attrs.frozen
class Called:
    """What came of a call of a phrase.

    Attributes:
        given: What it gave, as it stands.
        answer: What that reads as: yes, no, or None for unknown.
        fits: Whether it is one of these.
        error: What it raised, if it did.
        deeds: What it did beside looking at its record.
        seen: The fields it looked at.
    """

    given: object
    answer: bool | None
    fits: bool
    error: BaseException | None
    deeds: tuple[Deed, ...]
    seen: frozenset[str]

    @property
    def is_sound(self) -> bool:
        """Whether there is an answer for other laws to look at."""
        return self.fits and self.error is None and not self.deeds


class Asked:
    """A phrase, and what asks it.

    Args:
        phrase: The phrase.
        record_class: The class of its records.
    """

    def __init__(self, phrase: Phrase, record_class: type) -> None:
        self.phrase, self.record_class = phrase, record_class
        self.fields: dict[str, Field] = {each.name: each for each in fields(record_class)}
        self._observer = Observer(record_class)

    def call(self, record: object, literals: Literals) -> Called:
        """What it answers for a copy of *record*, and what it looked at for that.

        It is asked twice: a record that tells what is looked at is of another class. Where
        that makes a difference, all the fields count as looked at.
        """
        told = self._called(self._observer.observed(record), literals)
        seen = frozenset(self._observer.seen)
        called = self.answered(record, literals)
        is_alike = called.answer is told.answer and type(called.error) is type(told.error)
        return attrs.evolve(called, seen=seen if is_alike else frozenset(self.fields))

    def answered(self, record: object, literals: Literals) -> Called:
        """What it answers for a copy of *record*; nobody sees what it looks at."""
        return self._called(twin(record), literals)

    def changed(self, record: object, literals: Literals) -> Any:  # noqa: ANN401 - of any class
        """What becomes of a copy of *record* when it is asked about it."""
        copied = twin(record)
        self._called(copied, literals)
        return copied

    def _called(self, record: object, literals: Literals) -> Called:
        """What it answers for *record* itself."""
        given = copy.deepcopy(dict(literals))
        found = watched(lambda: self.phrase.function(record, **given))
        error = None if isinstance(found.error, Refused) else found.error
        answer, fits = _read(found.answer)
        return Called(found.answer, answer, fits, error, found.deeds, frozenset())

    def gaps(self, record: object, name: str) -> tuple[object, ...]:
        """What the field *name* of *record* may be where it is not known; none if it is not."""
        field = self.fields.get(name)
        if field is None or is_unknown(record, name):
            return ()
        return ({},) if name == OTHER else field.gaps

    def barer(self, record: object, name: str) -> Iterator[tuple[str, object]]:
        """*record* with less known of its field *name*: what is not known, and the record."""
        for gap in self.gaps(record, name):
            yield f"`{name}`", self.without(record, name, gap)
        if name == OTHER and name in self.fields:
            beside: Mapping[str, object] = getattr(record, name) or {}
            for key in sorted(beside) if len(beside) > 1 else ():
                rest = {each: value for each, value in beside.items() if each != key}
                yield f"`{key}` in `{name}`", self.without(record, name, rest)

    def without(self, record: object, name: str, gap: object) -> Any:  # noqa: ANN401 - of any class
        """*record*, but *name* is *gap*; None where its class refuses that."""
        try:
            return changed(record, {self.fields[name].parameter: gap})
        except Exception:  # noqa: BLE001 - a class of one's own may raise anything
            return None


def _read(given: object) -> tuple[bool | None, bool]:
    """What *given* reads as, and whether it is an answer at all."""
    if _is_gap(given):
        return None, True
    try:
        answer = _YES_NO.ready(given)
    except Unfit:
        return None, False
    return answer, answer is not None


def is_unknown(record: object, name: str) -> bool:
    """Whether nothing is known of the field *name* of *record*."""
    value = getattr(record, name)
    return _is_gap(value) or (name == OTHER and not value)


def _is_gap(value: object) -> bool:
    return value is None or value is UNSURE


# In words


def sentence(phrase: Phrase, literals: Literals) -> str:
    """*phrase* with *literals* in its holes, as a policy says it."""
    parts = (
        _written(literals[part.name]) if isinstance(part, Hole) else part for part in phrase.parts
    )
    return " ".join(parts)


def _written(literal: object) -> str:
    match literal:
        case str():
            text = literal.replace("\\", "\\\\").replace('"', '\\"')
            return f'"{text}"'
        case tuple():
            return ", ".join(map(_written, literal))
        case datetime.date():
            return literal.isoformat()
        case float():
            return f"{Decimal(repr(literal)):f}"
        case _:
            return str(literal)


def shown_record(record: object) -> str:
    """*record* as Python makes it, but for what is as it would be anyway."""
    given = [
        f"{each.parameter}={value!r}"
        for each in fields(type(record))
        if not _is_usual(value := getattr(record, each.name), each.default)
    ]
    return f"{type(record).__name__}({', '.join(given)})"


def _is_usual(value: object, default: object) -> bool:
    try:
        return value is default or bool(value == default)
    except Exception:  # noqa: BLE001 - a value of a class of one's own may raise anything
        return False
