"""The statements that read facts from a record, and make of each value what tests compare."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from connectrules.backends.compiled.code import Code
from connectrules.reading import Slot
from connectrules.rules.tree import Mine, Subject
from connectrules.schema.types import (
    UNSURE,
    CountType,
    Date,
    FactType,
    Number,
    Text,
    TextList,
    YesNo,
    folded,
)

_SMALL = 2**30 - 1
"""CPython compares whole numbers of one digit at once; others are looked at by the type."""


class Reader:
    """What reads the facts of the record *c*, each before it is first needed.

    The value of fact 3 as tests compare it is ``v3``, None where it is unknown; where
    it is assumed then, ``r3`` is the value as it was found. A value that does not fit
    is unknown, and makes the record ``odd``; of a yes/no fact, only `unless_sound` looks.

    Args:
        code: Where the statements go.
        slots: Where each fact is found.
        leave: The statements that leave a record alone at the first value that does not
            fit, UNSURE being one of them; None where it is read to the end.
    """

    def __init__(self, code: Code, slots: Sequence[Slot], leave: str | None = None) -> None:
        self._code, self._slots, self._leave = code, slots, leave
        self._place = {slot.subject: place for place, slot in enumerate(slots)}
        self._read: dict[int, bool] = {}
        """The facts that are read, and whether they are on every way."""
        self._is_sure = True
        code.constants["UNSURE"] = UNSURE
        if leave is None and not all(map(_is_yes_no, slots)):
            code.lines.append("odd = False")

    def read(self, subjects: Iterable[Subject | Mine]) -> None:
        """Add what reads those of *subjects* that are not read yet."""
        for subject in subjects:
            if not isinstance(subject, Mine) and self._place[subject] not in self._read:
                self._add(self._place[subject])

    def read_phrases(self) -> None:
        """Add what calls the phrases, so that each is called once."""
        for place, slot in enumerate(self._slots):
            if slot.call is not None:
                self._add(place)

    def may_leave(self) -> None:
        """What is read from here on is not read on every way."""
        self._is_sure = False

    def read_all(self) -> None:
        """Add what reads all facts that are not read on every way to here."""
        for place in range(len(self._slots)):
            if not self._read.get(place):
                self._add(place)

    def unless_sound(self, leave: str, seen_to: AbstractSet[str] = frozenset()) -> list[str]:
        """The statement *leave*, for where some value is not as it should be.

        Args:
            leave: The statement.
            seen_to: Variables of yes/no facts that are looked at elsewhere.
        """
        odd = [*self._odd(seen_to)]
        return [f"if {' or '.join(odd)}: {leave}"] if odd else []

    def _odd(self, seen_to: AbstractSet[str]) -> Iterator[str]:
        if self._leave is None and not all(map(_is_yes_no, self._slots)):
            yield "odd"
        for place, slot in enumerate(self._slots):
            raw = f"v{place}" if slot.assumed is None else f"r{place}"
            if _is_yes_no(slot) and raw not in seen_to:
                unsure = "" if self._leave else f" and {raw} is not UNSURE"
                yield f"{raw} is not None and {raw} is not True and {raw} is not False{unsure}"

    def _add(self, place: int) -> None:
        self._read[place] = self._is_sure
        code, slot = self._code, self._slots[place]
        value, raw = f"v{place}", f"r{place}"
        if slot.attribute is not None:
            found = f"c.{slot.attribute}"
        elif slot.other is not None:
            found = f"(c.other or {{}}).get({code.constant(slot.other)})"
        elif slot.call is not None:
            found = f"{code.constant(slot.call)}(c)"
        else:
            found = "None"
        code.lines.append(f"{value} = {found}")
        if slot.assumed is not None:
            code.lines.append(f"{raw} = {value}")
        if not _is_yes_no(slot):
            code.lines += self._made_ready(slot.subject.type, value)
        if slot.assumed is not None:
            assumed = code.constant(slot.assumed)
            code.lines.append(f"if {raw} is None or {raw} is UNSURE: {value} = {assumed}")

    def _made_ready(self, kind: FactType, value: str) -> list[str]:
        """Statements that turn a value into the form tests compare, or into None.

        Values of the plain kind are seen to here, all others by the type itself.
        """
        fit = f"{value} = {self._code.constant(_fitting(kind))}({value})"
        if self._leave:
            close = [f"    {fit}", f"    if {value} is None: {self._leave}"]
        else:
            close = [
                f"    if {value} is UNSURE: {value} = None",
                f"    else: {fit}; odd = odd or {value} is None",
            ]
        plain = self._plain(kind, value)
        if plain is None:
            return [f"if {value} is not None:", *close]
        return [f"if {plain}", f"elif {value} is not None:", *close]

    def _plain(self, kind: FactType, value: str) -> str | None:
        """When a value is of the plain kind, and what to do then; None where there is none."""
        match kind:
            case CountType():
                fits = f"{value} >= 0 and {value} <= {_SMALL}"
                return f"{value}.__class__ is int and {fits}: pass"
            case Number():
                # An infinity less itself is no number, and nor is what is none already.
                return f"{value}.__class__ is float and {value} - {value} == 0.0: pass"
            case Text():
                fold = self._code.constant(folded)
                lower = f"{value}.lower() if {value}.isascii() else {fold}({value})"
                return f"{value}.__class__ is str: {value} = {lower}"
            case Date():
                return f"{value}.__class__ is {self._code.constant(date)}: pass"
            case _:
                return None


def _is_yes_no(slot: Slot) -> bool:
    return isinstance(slot.subject.type, YesNo)


def _fitting(kind: FactType) -> Callable[[Any], Any]:
    """A function from a value to what tests compare, and to None where it does not fit."""
    return _texts if isinstance(kind, TextList) else _tolerant(kind.ready)


def _tolerant(ready: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def fitted(value: object) -> object:
        try:
            return ready(value)
        except Exception:  # noqa: BLE001 - what is wrong with it is told where it is read closely
            return None

    return fitted


_list, _text = _tolerant(TextList().ready), _tolerant(Text().ready)


def _texts(value: Any) -> AbstractSet[str] | None:  # noqa: ANN401 - values are of any type
    """A list of text as tests compare it; a plain one without ado."""
    if value.__class__ is not list and value.__class__ is not tuple:
        found: AbstractSet[str] | None = _list(value)
        return found
    items = {
        item.lower() if item.__class__ is str and item.isascii() else _text(item) for item in value
    }
    return None if None in items else items
