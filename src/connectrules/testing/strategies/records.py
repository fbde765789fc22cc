"""Records of a user's own class, made of drawn values."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from connectrules.errors import VocabularyError
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import UNSURE, Unfit, canonical, shown
from connectrules.schema.vocabulary import Fact, Vocabulary, slot
from connectrules.testing.given import check_fixed
from connectrules.testing.strategies.drawn import Drawn, drawn, numbers_for, values_of
from connectrules.testing.strategies.fields import Field, fields_of
from connectrules.testing.strategies.usual import usual

KEY = "contact"
"""The key of all records that are drawn, where nothing else is fixed."""


@attrs.frozen
class Place:
    """Where a record holds a value: a field, or a name in its mapping ``other``."""

    name: str
    in_other: bool = False


_OTHER = Place("other")


class Draft:
    """What is known of the records to draw.

    Args:
        vocabulary: The vocabulary of their class.
    """

    def __init__(self, vocabulary: Vocabulary[Any]) -> None:
        self._vocabulary = vocabulary
        self._fields = fields_of(vocabulary.record)  # type: ignore[arg-type] # a class is hashable
        self._constant: dict[Place, object] = {}
        self._strategies: dict[Place, SearchStrategy[Any]] = {}
        self._drawn: dict[Place, Drawn] = {}

    # What is fixed

    def fix(self, fixed: Mapping[str, object]) -> None:
        """Take *fixed* values over.

        Raises:
            TypeError: Where they are not given by names.
            VocabularyError: Where one is for nothing that there is.
            ValueError: Where a fact cannot have it, or has two.
        """
        check_fixed(fixed)
        names: dict[Place, str] = {}
        for said, value in fixed.items():
            place = self._named(said)
            _once(names, place, f"`{said}`")
            fit = self._fit(said, place)
            if isinstance(value, SearchStrategy):
                self._strategies[place] = value.map(fit)
            else:
                self._constant[place] = fit(value)
        beside = self._constant.get(_OTHER)
        if self._vocabulary.keeps_other and isinstance(beside, Mapping):
            for name in filter(_is_text, beside):
                _once(names, Place(slot(name), in_other=True), f"`{name}` in `other`")

    def constants(self) -> dict[Fact, object]:
        """The facts that have one value in all records, and it."""
        facts = ((fact, self._place(fact)) for fact in self._vocabulary.facts.values())
        return {fact: self._constant[place] for fact, place in facts if place in self._constant}

    def _fit(self, said: str, place: Place) -> Callable[[object], object]:
        """What refuses values that what stands at *place* cannot have, and gives others back."""
        facts = {
            found: each for each in self._vocabulary.facts.values() if (found := self._place(each))
        }
        if place == _OTHER and self._vocabulary.keeps_other:
            inside = {each.name: fact for each, fact in facts.items() if each.in_other}
            may_be_none = self._fields[place.name].may_be_unknown
            return partial(_fit_other, inside, may_be_none)
        return partial(_fit, said, facts.get(place))

    def _named(self, said: str) -> Place:
        facts = self._vocabulary.facts
        fact = facts.get(canonical(said)) or facts.get(canonical(said.replace("_", " ")))
        place = self._place(fact) if fact else None
        if place is not None:
            return place
        if said in self._fields:
            return Place(said)
        record = self._vocabulary.record.__name__
        hints = did_you_mean(said, [each.name for each in facts.values()])
        msg = f"`fixed` has `{said}`, and `{record}` has no such fact or field"
        raise VocabularyError("; ".join((msg, *hints)))

    def _place(self, fact: Fact) -> Place | None:
        if fact.attribute is None:
            return Place(fact.slot, in_other=True) if self._vocabulary.keeps_other else None
        return Place(fact.attribute) if fact.attribute in self._fields else None

    # What is drawn

    def fill(
        self, values: Mapping[Fact, tuple[object, ...]], unknown: float, unsure: float
    ) -> None:
        """See to all that is not fixed.

        Args:
            values: What facts are drawn from, the simplest first; others stay unknown.
            unknown: How likely a fact is not known.
            unsure: How likely it is `UNSURE` then.
        """
        facts = {place: fact for fact in values if (place := self._place(fact))}
        for place, fact in facts.items():
            if not self._is_fixed(place):
                self._drawn[place] = self._from(place, fact, values[fact], unknown, unsure)
        for field in self._fields.values():
            place = Place(field.name)
            if field.is_required and place not in self._drawn and not self._is_fixed(place):
                self._constant[place] = self._needed(field)

    def _is_fixed(self, place: Place) -> bool:
        return place in self._constant or place in self._strategies

    def _from(
        self, place: Place, fact: Fact, values: Sequence[object], unknown: float, unsure: float
    ) -> Drawn:
        if place.in_other:
            return drawn(values, unknown, unsure)
        field = self._fields[place.name]
        held = field.held(values) or field.held(usual(fact.type))
        if field.may_be_unknown:
            return drawn(held, unknown, unsure if field.may_be_unsure else 0)
        return drawn(held, unknown if field.may_be_unsure else 0, 1)

    def _needed(self, field: Field) -> object:
        """A value for a field that a record cannot be made without."""
        if field.may_be_unknown:
            return None
        facts = self._vocabulary.facts.values()
        for fact in (each for each in facts if each.attribute == field.name):
            return field.held(usual(fact.type))[0]
        if field.name == "key" and field.annotation is str:
            return KEY
        record = self._vocabulary.record.__name__
        msg = (
            f"`{record}.{field.name}` is no fact and has no default: give it a value, as in "
            f'fixed={{"{field.name}": …}}'
        )
        raise VocabularyError(msg)

    # Records

    def strategy(self) -> SearchStrategy[Any]:
        """What draws the records."""
        make, numbers = self._maker(), numbers_for([*self._drawn.values()])
        if not self._strategies:
            return numbers.map(make)
        both = st.tuples(numbers, *self._strategies.values())
        return both.map(lambda drawn: make(*drawn))

    def _maker(self) -> Callable[..., Any]:
        record, all_drawn = self._vocabulary.record, [*self._drawn.values()]
        places = [*self._drawn, *self._strategies]
        names = {each.name: each.parameter for each in self._fields.values()}
        fields = {names[p.name]: value for p, value in self._constant.items() if not p.in_other}
        beside = {p.name: value for p, value in self._constant.items() if p.in_other}
        has_beside = bool(beside) or any(place.in_other for place in places)
        spared = {
            place
            for place in self._drawn
            if place.in_other or self._fields[place.name].is_left_unknown
        }

        def make(numbers: bytes, *values: object) -> Any:  # noqa: ANN401 - of the user's class
            given: dict[str, Any] = dict(fields)
            other: dict[str, object] = {}
            own = dict(beside)
            for place, value in zip(places, (*values_of(all_drawn, numbers), *values), strict=True):
                if value is None and place in spared:
                    continue
                if place.in_other:
                    (own if place in self._strategies else other)[place.name] = value
                else:
                    given[names[place.name]] = value
            if has_beside:
                given["other"] = {**other, **(given.get("other") or {}), **own}
            return record(**given)

        return make


def _is_text(name: object) -> bool:
    return isinstance(name, str)


def _once(names: dict[Place, str], place: Place, said: str) -> None:
    """Keep in *names* how *place* is said.

    Raises:
        ValueError: Where it is said already.
    """
    if place in names:
        msg = f"`fixed` has {names[place]} and {said}, which are one: say it once"
        raise ValueError(msg)
    names[place] = said


def _fit_other(facts: Mapping[str, Fact], may_be_none: bool, value: object) -> object:  # noqa: FBT001 - as partial gives it
    """*value* as it is, where it is a mapping in which each of *facts* has a value it can have.

    Raises:
        ValueError: Where it is not.
    """
    if value is None and may_be_none:
        return value
    if not isinstance(value, Mapping):
        msg = f"`fixed` gives `other` a value that it cannot have: `{shown(value)}` is no mapping"
        raise ValueError(msg)  # noqa: TRY004 - as other values that cannot be
    for name in filter(_is_text, value):
        _fit(name, facts.get(slot(name)), value[name])
    return value


def _fit(said: str, fact: Fact | None, value: object) -> object:
    """*value* as it is, where *fact* can have it; of what is no fact, nothing is known.

    Raises:
        ValueError: Where it cannot.
    """
    if fact is None or value is None or value is UNSURE:
        return value
    try:
        fact.type.ready(value)
    except Unfit as error:
        msg = f"`fixed` gives `{said}` a value that it cannot have: {error}"
        raise ValueError(msg) from None
    return value
