"""A phrase under test: called as policies call it, and watched."""

import copy
import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs

from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.types import UNSURE, Unfit, YesNo
from connectrules.testing.observing import Observer, changed
from connectrules.testing.record_fields import Field, fields
from connectrules.testing.watching import Deed, Refused, watched

Literals = Mapping[str, Any]
"""What stands in the holes of a phrase."""

_YES_NO = YesNo()
_OTHER = "other"
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
    error: Exception | None
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
        """What it answers for a copy of *record*."""
        twin = self._observer.observed(record)
        given = copy.deepcopy(dict(literals))
        found = watched(lambda: self.phrase.function(twin, **given))
        error = None if isinstance(found.error, Refused) else found.error
        answer, fits = _read(found.answer)
        seen = frozenset(self._observer.seen)
        return Called(found.answer, answer, fits, error, found.deeds, seen)

    def gaps(self, record: object, name: str) -> tuple[object, ...]:
        """What the field *name* of *record* may be where it is not known; none if it is not."""
        field = self.fields.get(name)
        if field is None or is_unknown(record, name):
            return ()
        return ({},) if name == _OTHER else field.gaps

    def without(self, record: object, name: str, gap: object) -> Any:  # noqa: ANN401 - of any class
        """*record*, but *name* is not known; None where its class refuses that."""
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
    return _is_gap(value) or (name == _OTHER and not value)


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
