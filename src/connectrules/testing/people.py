"""People to hold laws of policies against, as hypothesis draws them."""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
from hypothesis import strategies as st

from connectrules.policy import Policy
from connectrules.reading import read
from connectrules.rules.tree import Spoken, Subject
from connectrules.testing.cases import Case, Trial, Tried
from connectrules.testing.strategies.drawn import drawn, numbers_for, values_of
from connectrules.testing.strategies.pools import (
    days_of,
    each_once,
    mine_of,
    owners_facts,
    pools,
)
from connectrules.verdict import Decision

Key = str | Spoken
"""What facts of two policies have in common where they are the same."""

NAME = "a counterexample"
_UNKNOWN, _UNSURE = 0.2, 0.1
_MOST_STEPS = 60
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
            found = pools(policy, me, today)
            for each in policy.facts:
                known = self.values.get(key_of(each), ())
                self.values[key_of(each)] = each_once((*known, *found.values(each)))
            for fact in owners_facts(policy):
                mine[fact.key] = each_once((*mine.get(fact.key, ()), *mine_of(policy, fact)))
            days += [today] if today else days_of(policy)
        named = dict.fromkeys(day for day in days if day is not None)
        self._days: list[datetime.date | None] = [*named] or [None]
        self._mine = mine if me is None else _given(policies, me)
        self._gaps_of_mine = _UNKNOWN if me is None else 0

    def drawn(self, *likings: Liking, beside: Key | None = None) -> st.SearchStrategy[Person]:
        """What draws people.

        Args:
            likings: Whom one looks for: as many people as are led nowhere are led to be liked by
                the first, and as many by all.
            beside: A fact that nothing is known of.
        """
        values = {key: found for key, found in self.values.items() if key != beside}
        anybody = st.builds(
            Person,
            _some(values, _UNSURE),
            _some(self._mine, 0, self._gaps_of_mine),
            st.sampled_from(self._days),
        )
        led = [anybody.map(partial(self._led, each)) for each in (likings[:1], likings) if each]
        return st.one_of(*led, anybody)

    def _led(self, likings: Sequence[Liking], person: Person) -> Person:
        """*person* with other values where theirs leave nothing open that is looked for."""
        found: dict[Key, object] = {}
        steps = _MOST_STEPS
        for key, value in person.facts.items():
            for tried in (value, *self.values[key]):
                one_more = attrs.evolve(person, facts={**found, key: tried})
                if steps <= 0 or all(like(one_more) for like in likings):
                    found[key] = tried
                    break
                steps -= 1
        return attrs.evolve(person, facts=found)


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
