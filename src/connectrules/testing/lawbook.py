"""The laws of registered phrases, one by one: what each says, and how it is seen broken."""

import copy
import reprlib
from collections.abc import Callable, Sequence
from typing import Any

import attrs

from connectrules.reading import words_of
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import UNSURE, shown
from connectrules.testing.asking import OTHER, Asked, Called, Literals, is_unknown
from connectrules.testing.observing import field_names, twin


@attrs.frozen
class Finding:
    """How a phrase was seen to break a law.

    Attributes:
        record: The record that shows it.
        happened: What it did, a sentence about it.
        help: What to do.
    """

    record: object
    happened: str
    help: str


_SHORT = reprlib.Repr()

Check = Callable[[Asked, Any, Literals], Finding | None]
"""What looks whether a phrase breaks a law for a record and literals."""


@attrs.frozen
class Law:
    """What every phrase keeps to.

    Attributes:
        name: What a test of it is called.
        says: What it says of a phrase, after "it"; a sentence where it is one's own.
        check: What looks whether it is broken.
        is_own: Whether it is a law of one's own, for one phrase alone.
    """

    name: str
    says: str
    check: Check
    is_own: bool = False


def _reads_only_the_record(asked: Asked, record: object, literals: Literals) -> Finding | None:
    deeds = asked.answered(record, literals).deeds
    if not deeds:
        return None
    help_ = "make what it needs a field of the record, and fill that before contacts are judged"
    return Finding(record, f"it {deeds[0]}", help_)


def _never_raises(asked: Asked, record: object, literals: Literals) -> Finding | None:
    called = asked.call(record, literals)
    if called.error is None or called.deeds:
        return None
    unknown = [name for name in sorted(called.seen) if is_unknown(record, name)]
    help_ = _no_field(asked, called.error)
    if help_ is None and unknown:
        help_ = f"answer None where {_gaps(asked, unknown)}"
    return Finding(
        record,
        f"it raised {words_of(called.error)}",
        help_ or "answer None where it does not know",
    )


def _no_field(asked: Asked, error: BaseException) -> str | None:
    """What to do where *error* is that records have no such field."""
    if not isinstance(error, AttributeError) or not isinstance(error.obj, asked.record_class):
        return None
    names = field_names(asked.record_class)
    if error.name is None or error.name in names:
        return None
    hints = did_you_mean(error.name, names)
    return "; ".join((f"`{asked.record_class.__name__}` has no field `{error.name}`", *hints))


def _answers(asked: Asked, record: object, literals: Literals) -> Finding | None:
    called = asked.answered(record, literals)
    if called.fits or called.error or called.deeds:
        return None
    return Finding(
        record, f"it answered `{_SHORT.repr(called.given)}`", "return True, False or None"
    )


def _is_deterministic(asked: Asked, record: object, literals: Literals) -> Finding | None:
    first = asked.call(record, literals)
    if not first.is_sound:
        return None
    blank = _blank(asked, record, first, literals)
    if blank is not None:
        asked.call(blank[0], literals)
    for _ in range(3):
        again = asked.answered(record, literals)
        if again.is_sound and again.answer is not first.answer:
            happened = f"asked twice, it said {_said(first)} and then {_said(again)}"
            help_ = "keep nothing between calls: let the record and the values alone decide"
            return Finding(record, happened, help_)
    return None


def _leaves_the_record(asked: Asked, record: object, literals: Literals) -> Finding | None:
    if not asked.answered(record, literals).is_sound:
        return None
    before, after = twin(record), asked.changed(record, literals)
    for name in field_names(type(record)):
        old, now = getattr(before, name), getattr(after, name)
        if _is_changed(old, now):
            happened = f"it changed `{name}` from {shown(old)} to {shown(now)}"
            return Finding(record, happened, "work on a copy: other rules read the same record")
    return None


def _says_unknown(asked: Asked, record: object, literals: Literals) -> Finding | None:
    called = asked.call(record, literals)
    for gap in (None, UNSURE):
        blank, answered = _blank(asked, record, called, literals, gap) or (record, called)
        seen = sorted(answered.seen)
        if not seen or not answered.is_sound or answered.answer is None:
            continue
        if all(is_unknown(blank, name) for name in seen):
            looked = f"it looked at {_listed(seen)} alone, of which nothing is known"
            help_ = f"answer None where {_gaps(asked, seen)}"
            return Finding(blank, f"{looked}, and said {_said(answered)}", help_)
    return None


def _is_monotone(asked: Asked, record: object, literals: Literals) -> Finding | None:
    fuller = asked.call(record, literals)
    if not fuller.is_sound:
        return None
    for name in sorted(fuller.seen):
        for what, barer in asked.barer(record, name):
            if barer is None:
                continue
            called = asked.call(barer, literals)
            if called.is_sound and called.answer not in {None, fuller.answer}:
                happened = f"it said {_said(fuller)}; but {_said(called)} where {what} is not known"
                gap = _gaps(asked, [name]) if what == f"`{name}`" else f"{what} is not known"
                return Finding(record, happened, f"answer None where {gap} and that could matter")
    return None


def _is_changed(old: object, now: object) -> bool:
    """Whether a value is another than it was; those that equal no copy of theirs are let pass."""
    try:
        return bool(old != now and old == copy.deepcopy(old))
    except Exception:  # noqa: BLE001 - a value of a class of one's own may raise anything
        return False


LAWS = (
    Law("reads-only-the-record", "reads only the record", _reads_only_the_record),
    Law("never-raises", "never raises", _never_raises),
    Law("answers", "answers yes, no or unknown", _answers),
    Law("deterministic", "answers alike when asked again", _is_deterministic),
    Law("leaves-the-record", "does not change the record", _leaves_the_record),
    Law("unknown", "says unknown when the facts it needs are", _says_unknown),
    Law("monotone", "keeps to its answer when unknown facts become known", _is_monotone),
)
"""The laws of single records, what others rest on first."""


def _blank(
    asked: Asked, record: object, called: Called, literals: Literals, gap: object = None
) -> tuple[object, Called] | None:
    """*record* with nothing known that a phrase looks at, as far as its class allows it."""
    while True:
        known = {name: gaps for name in sorted(called.seen) if (gaps := asked.gaps(record, name))}
        if not known:
            return record, called
        name, gaps = next(iter(known.items()))
        record = asked.without(record, name, gap if gap in gaps else gaps[0])
        if record is None:
            return None
        called = asked.call(record, literals)


def _said(called: Called) -> str:
    return {True: "yes", False: "no", None: "unknown"}[called.answer]


def _gaps(asked: Asked, names: Sequence[str]) -> str:
    """In words, that the fields *names* are not known."""
    if [*names] == [OTHER]:
        return f"what it needs of `{OTHER}` is not there"
    unsure = any(UNSURE in asked.fields[name].gaps for name in names if name in asked.fields)
    verb = "is" if len(names) == 1 else "are"
    return f"{_listed(names)} {verb} None{' or UNSURE' if unsure else ''}"


def _listed(names: Sequence[str]) -> str:
    *others, last = [f"`{name}`" for name in names]
    return f"{', '.join(others)} and {last}" if others else last
