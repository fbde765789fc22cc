"""People to hold laws of policies against, as hypothesis draws them."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
from hypothesis import strategies as st

from connectrules.policy import Policy
from connectrules.reading import read
from connectrules.rules.tree import Spoken, Subject
from connectrules.schema.types import UNSURE
from connectrules.testing.cases import Case, Trial, Tried
from connectrules.testing.strategies.drawn import drawn, numbers_for, values_of
from connectrules.testing.strategies.mine import mine_of, owners_facts
from connectrules.testing.strategies.pools import days_of, pools
from connectrules.testing.strategies.usual import each_once
from connectrules.testing.tied import Place, Ties
from connectrules.verdict import Decision

Key = str | Spoken
"""What facts of two policies have in common where they are the same."""

NAME = "a counterexample"
_UNKNOWN, _UNSURE = 0.2, 0.1
_MOST_STEPS = 100
"""How many values are tried in vain for one person; those after are taken as they come."""


def key_of(subject: Subject) -> Key:
    """What *subject* is known by in another policy."""
    return subject if isinstance(subject, Spoken) else subject.key


@attrs.frozen
class Person:
    """Somebody, for any policy.

    Attributes:
        facts: What is known of them.
        mine: What is known of the owner, by names as they are compared.
        today: The day of judging.
    """

    facts: Mapping[Key, object]
    mine: Mapping[str, object]
    today: datetime.date | None

    def each_forgotten(self) -> "Iterator[Callable[[Person], Person]]":
        """What forgets one thing of somebody, for each that is known."""
        for key in self.facts:
            yield partial(_without, key, is_mine=False)
        for key in self.mine:
            yield partial(_without, key, is_mine=True)


def _without(key: Key, person: Person, *, is_mine: bool) -> Person:
    """*person* without a fact, or one of the owner's."""
    known = person.mine if is_mine else person.facts
    fewer = {each: value for each, value in known.items() if each != key}
    return Person(
        person.facts if is_mine else fewer,
        fewer if is_mine else person.mine,  # type: ignore[arg-type]
        person.today,
    )


class Judge:
    """What a policy makes of people.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy[Any]) -> None:
        self.policy = policy
        self._trial = Trial(policy)
        self._subjects = {key_of(each): each for each in policy.facts}
        self._mine = {fact.key: fact for fact in owners_facts(policy)}

    def case(self, person: Person) -> Case:
        """*person*, as far as the policy speaks of them."""
        return Case(
            NAME,
            {
                each: person.facts[key]
                for key, each in self._subjects.items()
                if key in person.facts
            },
            {fact: person.mine[key] for key, fact in self._mine.items() if key in person.mine},
            person.today if self.policy.needs_today else None,
        )

    def tried(self, person: Person) -> Tried:
        """What the policy makes of *person*."""
        return self._trial.tried(self.case(person))

    def could_be(self, person: Person) -> frozenset[Decision]:
        """What the policy could decide about *person* once more is known."""
        tried = self.tried(person)
        return frozenset(tried.program.analyser.analyse(tried.settled.pattern).decisions)


Liking = Callable[[Person], bool]
"""Whether somebody of whom no more is known may still be whom one looks for."""


class People:
    """What people are drawn from: values around those that policies compare facts with.

    Args:
        policies: The policies.
        me: The owner's record, if it is given.
        today: The day of judging, if it is given.
    """

    def __init__(
        self, policies: Sequence[Policy[Any]], me: object, today: datetime.date | None
    ) -> None:
        self.values: dict[Key, tuple[object, ...]] = {}
        """The values of each fact, the simplest first."""
        mine: dict[str, tuple[object, ...]] = {}
        days: list[datetime.date | None] = []
        for policy in policies:
            if me is not None:
                policy._binding.describe(me)  # noqa: SLF001 - one library, and nobody else's business
            found = pools(policy, me, today)
            for each in policy.facts:
                known = self.values.get(key_of(each), ())
                self.values[key_of(each)] = each_once((*known, *found.values(each)))
            for fact, near in mine_of(policy).items():
                mine[fact.key] = each_once((*mine.get(fact.key, ()), *near))
            days += days_of(policy, today)
        named = dict.fromkeys(day for day in days if day is not None)
        self._days: list[datetime.date | None] = [*named] or [None]
        self._mine = mine if me is None else _given(policies, me)
        self._leads_mine = me is None
        self._gaps_of_mine = _UNKNOWN if me is None else 0
        self._ties = Ties(test for each in policies for test in each._binding.tests)  # noqa: SLF001 - one library, and nobody else's business

    def drawn(self, *likings: Liking, beside: Key | None = None) -> st.SearchStrategy[Person]:
        """What draws people.

        Args:
            likings: Whom one looks for: as many people as are led nowhere are led to be liked by
                the first, and as many by all.
            beside: A fact that nothing is known of; of half of those who are led, all else is.
        """
        values = {key: found for key, found in self.values.items() if key != beside}
        anybody = st.builds(
            Person,
            _some(values, _UNSURE),
            _some(self._mine, 0, self._gaps_of_mine),
            st.sampled_from(self._days),
        )
        every = () if beside is None else (*values,)
        led = [
            anybody.map(partial(self._led, each, needed, is_turned))
            for each, needed in ((likings[:1], ()), (likings, every))
            if each
            for is_turned in (False, True)
        ]
        return st.one_of(*led, anybody)

    def two_values(self, key: Key, person: Person, numbers: bytes) -> tuple[Any, Any]:
        """The two values of a fact that three bytes stand for, unlike where there are two.

        The second may be beside those of *person* and the owner that the fact is compared with.
        """
        which, first, step = numbers
        known = {Place(each): value for each, value in person.facts.items()}
        mine = {Place(each, is_mine=True): value for each, value in person.mine.items()}
        beside = each_once(self._ties.values(Place(key), {**known, **mine}))
        values = self.values[key]
        place = first * len(values) // 256
        if which % 2 and beside:
            return values[place], beside[step * len(beside) // 256]
        after = (*values[:place], *values[place + 1 :]) or values
        return values[place], after[step * len(after) // 256]

    def _led(
        self,
        likings: Sequence[Liking],
        needed: Sequence[Key],
        is_turned: bool,  # noqa: FBT001 - as partial gives it
        person: Person,
    ) -> Person:
        """*person* with other values where theirs leave nothing open that is looked for.

        The owner's values come first; or the last fact does, and the owner's last. What is
        compared with a value that is found already is looked for beside it. Facts that are
        *needed* are known, and so are the owner's then.
        """
        drawn = {Place(key, is_mine=True): value for key, value in person.mine.items()}
        known: dict[Place, object] = {} if self._leads_mine else drawn
        gaps = dict.fromkeys(Place(key, is_mine=True) for key in (self._mine if needed else ()))
        places: dict[Place, object] = {**gaps, **drawn} if self._leads_mine else {}
        places.update(dict.fromkeys(map(Place, needed)))
        places.update((Place(key), value) for key, value in person.facts.items())
        steps = _MOST_STEPS
        for place, value in reversed(places.items()) if is_turned else places.items():
            usual = (self._mine if place.is_mine else self.values)[place.key]  # type: ignore[index]
            is_gap = value is None or (needed and value is UNSURE)
            first = () if is_gap else (value,)
            for tried in (*first, *self._ties.values(place, known), *usual):
                one_more = _with(person, {**known, place: tried})
                if steps <= 0 or all(like(one_more) for like in likings):
                    known[place] = tried
                    break
                steps -= 1
            else:
                if needed:
                    known[place] = (*first, *usual)[0]
        return _with(person, known)


def _with(person: Person, known: Mapping[Place, object]) -> Person:
    """*person*, of whom and of whose owner no more than what is *known*."""
    return Person(
        {place.key: value for place, value in known.items() if not place.is_mine},
        {str(place.key): value for place, value in known.items() if place.is_mine},
        person.today,
    )


def _some(
    values: Mapping[Any, tuple[object, ...]], unsure: float, unknown: float = _UNKNOWN
) -> st.SearchStrategy[dict[Any, object]]:
    """What draws one of the *values* of each fact, but for those that are not known."""
    each = [drawn(found, unknown, unsure) for found in values.values()]

    def known(numbers: bytes) -> dict[Any, object]:
        pairs = zip(values, values_of(each, numbers), strict=True)
        return {key: value for key, value in pairs if value is not None}

    return numbers_for(each).map(known)


def _given(policies: Iterable[Policy[Any]], me: object) -> dict[str, tuple[object, ...]]:
    """What the owner's record *me* says of the facts that *policies* speak of."""
    found: dict[str, tuple[object, ...]] = {}
    for policy in policies:
        binding = policy._binding  # noqa: SLF001 - one library, and nobody else's business
        binding.describe(me)
        readings = read(me, binding.mine, {}, contact="me", assuming=False)
        for slot, reading in zip(binding.mine, readings, strict=True):
            if reading.ready is not None:
                is_list = isinstance(reading.ready, frozenset)
                value = tuple(sorted(reading.ready)) if is_list else reading.raw
                found[slot.subject.key] = (value,)
    return found
