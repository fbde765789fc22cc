"""What a contact's facts are: the record, then answers, then assumptions."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import attrs

from connectrules.errors import ContactError
from connectrules.rules.tree import Spoken, Subject
from connectrules.schema.misfits import asked_back
from connectrules.schema.types import UNSURE, Unfit, shown
from connectrules.schema.vocabulary import slot as known
from connectrules.verdict import Fault


@attrs.frozen
class Slot:
    """Where a fact's value is found in a record.

    Attributes:
        subject: The fact.
        attribute: The field that holds it.
        other: Else, its name in the record's mapping ``other``.
        call: Else, what answers it for a record.
        assumed: What it is taken to be where nothing is known, in the form tests
            compare; None where nothing is assumed.
    """

    subject: Subject
    attribute: str | None = None
    other: str | None = None
    call: Callable[[Any], object] | None = None
    assumed: Any = None
    _origins: tuple[str, ...] = attrs.field(init=False, eq=False, repr=False)

    @_origins.default
    def _names_of_origins(self) -> tuple[str, ...]:
        names = (self.attribute, self.subject.name, self.other)
        return tuple(dict.fromkeys(known(name) for name in names if name))

    def value(self, record: object) -> object:
        """The value in *record*, as it stands there."""
        if self.attribute is not None:
            return getattr(record, self.attribute)
        if self.other is not None:
            return (record.other or {}).get(self.other)  # type: ignore[attr-defined]
        return self.call(record) if self.call else None

    def origin(self, origins: Mapping[str, str]) -> str | None:
        """Where the value came from, as a record's mapping ``origins`` knows it."""
        return next((found for name in self._origins if (found := origins.get(name))), None)


@attrs.frozen
class Raised:
    """What a phrase answers that raised.

    Attributes:
        error: What it raised, as text.
    """

    error: str


def answering(spoken: Spoken) -> Callable[[Any], object]:
    """A function that answers *spoken* for a record, and never raises."""
    function, arguments = spoken.phrase.function, dict(spoken.arguments)

    def answer(record: object) -> object:
        try:
            return function(record, **arguments)
        except Exception as error:  # noqa: BLE001 - a phrase may raise anything
            return Raised(words_of(error))

    return answer


def words_of(error: BaseException) -> str:
    """*error* in words of its own; its kind, where it has none."""
    try:
        words = str(error)
    except Exception:  # noqa: BLE001 - as above
        words = ""
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


@attrs.frozen
class Reading:
    """One fact of one contact.

    Attributes:
        ready: Its value in the form tests compare; None where it is not known.
        raw: Its value as it was found; None where something is wrong with it.
        where: Where it came from, where that is known.
        unsure: Whether somebody was asked and could not say.
        fault: What is wrong with its value, if anything.
        assumed: Whether an assumption filled it in.
    """

    ready: Any = None
    raw: Any = None
    where: str | None = None
    unsure: bool = False
    fault: Fault | None = None
    assumed: bool = False


_UNKNOWN = Reading()
_PLAIN = frozenset({type(None), bool, int, float, str, datetime.date, tuple, frozenset})


def copied(value: Any) -> Any:  # noqa: ANN401 - values are of any type
    """*value*, but nothing that is the contact's own and may change."""
    if type(value) in _PLAIN or isinstance(value, (str, tuple)):
        return value
    if isinstance(value, AbstractSet):
        return frozenset(value)
    return tuple(value) if isinstance(value, Sequence) else value


def apart(reading: Reading) -> Reading:
    """*reading*, but with nothing that is the contact's own and may change."""
    raw = copied(reading.raw)
    return reading if raw is reading.raw else attrs.evolve(reading, raw=raw)


def read(
    record: object,
    slots: Sequence[Slot],
    answers: Mapping[str, tuple[object, str | None]],
    *,
    contact: str,
    assuming: bool = True,
) -> list[Reading]:
    """What each of *slots* is for *record*.

    Args:
        record: The contact, or the owner.
        slots: The facts to read.
        answers: Values of facts, and where they came from, by the fact's key.
        contact: What to call the record in an error.
        assuming: Whether assumptions fill gaps.

    Raises:
        ContactError: Where an answer contradicts a known value.
    """
    origins = origins_of(record)
    return [_read(record, slot, answers, origins, contact, assuming=assuming) for slot in slots]


def called(contact: object) -> str:
    """What a contact is called: its key, else its name."""
    for attribute in ("key", "name"):
        value = getattr(contact, attribute, None)
        if isinstance(value, str) and value:
            return value
    return "contact"


def origins_of(record: object) -> Mapping[str, str]:
    """Where the values of *record* came from, as far as it says so."""
    origins = getattr(record, "origins", None)
    return origins if isinstance(origins, Mapping) else {}


def _read(
    record: object,
    slot: Slot,
    answers: Mapping[str, tuple[object, str | None]],
    origins: Mapping[str, str],
    contact: str,
    *,
    assuming: bool,
) -> Reading:
    reading = judged(slot.subject, slot.value(record), slot.origin(origins) if origins else None)
    if answers and slot.subject.key in answers:
        reading = _answered(slot.subject, reading, answers[slot.subject.key], contact)
    return _assuming(slot, reading) if assuming else reading


def reading_of(slot: Slot, value: object, where: str | None) -> Reading:
    """What *value*, found at *where*, is as the value of *slot*; assumptions fill the gap."""
    return _assuming(slot, judged(slot.subject, value, where))


def _assuming(slot: Slot, reading: Reading) -> Reading:
    gap = reading.ready is None and reading.fault is None
    if gap and slot.assumed is not None:
        return Reading(slot.assumed, slot.assumed, "assumed", reading.unsure, assumed=True)
    return reading


def judged(subject: Subject, value: object, where: str | None) -> Reading:
    """What *value*, found at *where*, is as a value of *subject*."""
    if value is None:
        return _UNKNOWN
    if value is UNSURE:
        return Reading(where=where, unsure=True)
    if isinstance(value, Raised):
        message = f"the phrase `{subject.name}` raised an error ({shown(value.error)})"
        return Reading(where=where, fault=Fault(subject.name, "CR502", message, where))
    try:
        ready = subject.type.ready(value)
    except Unfit as unfit:
        message = f"`{subject.name}`: {unfit}{asked_back(subject.type, value)}"
        # Nobody asks for such a value again, and it may be anything.
        return Reading(where=where, fault=Fault(subject.name, "CR501", message, where))
    except Exception as error:  # noqa: BLE001 - a value of a class of one's own may raise anything
        message = f"`{subject.name}`: the value cannot be read ({shown(words_of(error))})"
        return Reading(where=where, fault=Fault(subject.name, "CR501", message, where))
    return _UNKNOWN if ready is None else Reading(ready, value, where)


def _answered(
    subject: Subject, reading: Reading, answer: tuple[object, str | None], contact: str
) -> Reading:
    """*reading* with *answer* in its gap."""
    value, where = answer
    answered = judged(subject, value, where)
    if reading.ready is not None:
        if answered.ready is not None and answered.ready != reading.ready:
            message = (
                f"the answer to `{subject.name}` is `{shown(value)}`, and the contact says "
                f"`{shown(reading.raw)}`"
            )
            raise ContactError(
                message, contact=contact, code="CR506", fact=subject.name, where=where
            )
        return reading if answered.fault is None else attrs.evolve(reading, fault=answered.fault)
    if answered is _UNKNOWN:
        return reading
    if answered.ready is not None and reading.fault is not None:
        return attrs.evolve(answered, fault=reading.fault)
    return reading if reading.fault is not None else answered


def as_mine(reading: Reading) -> Reading:
    """*reading* with its fault, if it has one, told of ``my`` fact."""
    fault = reading.fault
    if fault is None:
        return reading
    mine = f"my {fault.fact}"
    message = fault.message.replace(f"`{fault.fact}`", f"`{mine}`", 1)
    return attrs.evolve(reading, fault=attrs.evolve(fault, fact=mine, message=message))


def about_me(error: ContactError) -> ContactError:
    """*error* told of ``my`` fact and the owner's record."""
    mine = f"my {error.fact}"
    message = str(error).replace(f"`{error.fact}`", f"`{mine}`", 1)
    message = message.replace("the contact says", "your own record says")
    return ContactError(message, contact="me", code=error.code, fact=mine, where=error.where)
