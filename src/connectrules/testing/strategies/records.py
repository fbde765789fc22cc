"""Records of a user's own class, made of drawn values."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from connectrules.errors import VocabularyError
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import UNSURE, Unfit, canonical
from connectrules.schema.vocabulary import Fact, Vocabulary
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
            VocabularyError: Where one is for nothing that there is.
            ValueError: Where a fact cannot have it.
        """
        for said, value in fixed.items():
            place = self._named(said)
            if isinstance(value, SearchStrategy):
                self._strategies[place] = value
            else:
                self._check(said, place, value)
                self._constant[place] = value

    def constants(self) -> dict[Fact, object]:
        """The facts that have one value in all records, and it."""
        facts = ((fact, self._place(fact)) for fact in self._vocabulary.facts.values())
        return {fact: self._constant[place] for fact, place in facts if place in self._constant}

    def _check(self, said: str, place: Place, value: object) -> None:
        facts = (each for each in self._vocabulary.facts.values() if self._place(each) == place)
        fact = next(facts, None)
        if fact is None or value is None or value is UNSURE:
            return
        try:
            fact.type.ready(value)
        except Unfit as error:
            msg = f"`fixed` gives `{said}` a value that it cannot have: {error}"
            raise ValueError(msg) from None

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
            other = dict(beside)
            for place, value in zip(places, (*values_of(all_drawn, numbers), *values), strict=True):
                if value is None and place in spared:
                    continue
                if place.in_other:
                    other[place.name] = value
                else:
                    given[names[place.name]] = value
            if has_beside:
                given["other"] = {**given.get("other", {}), **other}
            return record(**given)

        return make
