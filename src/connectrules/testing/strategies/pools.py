"""Which values facts are drawn from: those around what a policy compares them with."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, islice
from typing import Any

import attrs

from connectrules.policy import Policy
from connectrules.reading import read
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Literal, Spoken, Subject, Test
from connectrules.schema.types import (
    CountType,
    Date,
    Duration,
    Number,
    OneOf,
    Text,
    TextList,
)
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.testing.strategies.mine import mine_of
from connectrules.testing.strategies.usual import SOME_DAYS, each_once, usual
from connectrules.testing.values import DAY, Boundaries

_MOST_DAYS = 8
_STEPS = (-1, 0, 1)


@attrs.frozen
class Pools:
    """What the facts of a policy are drawn from.

    Attributes:
        boundaries: The boundaries for each owner and day that come into question.
        named: For each type of fact, values near what the policy's phrases name.
        has_phrases: Whether registered phrases look at the record, and may look at any fact.
    """

    boundaries: tuple[Boundaries, ...]
    named: Mapping[type, tuple[object, ...]]
    has_phrases: bool

    def of(
        self, vocabulary: Vocabulary[Any], spoken: Iterable[Subject]
    ) -> dict[Fact, tuple[object, ...]]:
        """The values of each fact that is drawn, the simplest first.

        Args:
            vocabulary: The facts that a record may have.
            spoken: What the policy speaks of.
        """
        tested = [each for each in spoken if isinstance(each, Fact)]
        wanted = [*tested, *vocabulary.facts.values()] if self.has_phrases else tested
        return {fact: self.values(fact, tested=fact in tested) for fact in wanted}

    def values(self, subject: Subject, *, tested: bool = True) -> tuple[object, ...]:
        """Values of *subject*, the simplest first.

        Args:
            subject: The fact.
            tested: Whether tests speak of it; else phrases may look at it.
        """
        found: Iterable[object] = ()
        if tested:
            found = (value for each in self.boundaries for value in each.values(subject))
        if self.has_phrases and isinstance(subject, Fact):
            near = () if isinstance(subject.type, OneOf) else self.named.get(type(subject.type), ())
            found = (*found, *near, *usual(subject.type))
        return each_once(found)


def pools(policy: Policy[Any], me: object, today: datetime.date | None) -> Pools:
    """What the facts of *policy* are drawn from.

    Args:
        policy: The policy.
        me: The owner's record; None where it is not known yet.
        today: The day of judging; None where it is not known yet.
    """
    binding = policy._binding  # noqa: SLF001 - one library, and nobody else's business
    if me is not None and binding.mine:
        binding.describe(me)
    days = days_of(policy, today)
    contexts = [Context(mine, day) for mine, day in _beside(_owners(policy, me), days)]
    spoken = [each for each in policy.facts if isinstance(each, Spoken)]
    return Pools(
        tuple(Boundaries(binding.tests, each) for each in contexts),
        _near_arguments(spoken, [day for day in days if day]) if spoken else {},
        bool(spoken),
    )


def _beside(
    owners: Sequence[Mapping[str, Any]], days: Sequence[datetime.date | None]
) -> Iterator[tuple[Mapping[str, Any], datetime.date | None]]:
    """*owners* beside *days*, each of both at least once."""
    size = max(len(owners), len(days))
    return zip(islice(cycle(owners), size), islice(cycle(days), size), strict=True)


def _owners(policy: Policy[Any], me: object) -> list[Mapping[str, Any]]:
    """What may be known of the owner, in the form tests compare."""
    slots = policy._binding.mine  # noqa: SLF001 - as above
    if me is not None:
        readings = read(me, slots, {}, contact="me", assuming=False)
        pairs = zip(slots, readings, strict=True)
        return [{slot.subject.key: each.ready for slot, each in pairs if each.ready is not None}]
    drawn = mine_of(policy)
    size = max(map(len, drawn.values()), default=1)
    return [
        {fact.key: fact.type.ready(values[place % len(values)]) for fact, values in drawn.items()}
        for place in range(size)
    ]


def days_of(policy: Policy[Any], today: datetime.date | None = None) -> list[datetime.date | None]:
    """Days of judging, the simplest first; None alone where no day is needed.

    Args:
        policy: The policy.
        today: The only one, if it is given.

    Raises:
        TypeError: Where *today* is needed and no day.
    """
    if today is not None:
        return [policy._binding._day(today)]  # noqa: SLF001 - as above
    tests = policy._binding.tests  # noqa: SLF001 - as above
    if not policy.needs_today and not any(isinstance(each, Spoken) for each in policy.facts):
        return [None]
    named = [day for test in tests for day in _dates(test)]
    days: list[datetime.date | None] = [DAY, *SOME_DAYS, *named]
    return [*dict.fromkeys(days)][:_MOST_DAYS]


def _dates(test: Test) -> Iterator[datetime.date]:
    for operand in test.operands:
        if isinstance(operand, Literal) and isinstance(operand.value, datetime.date):
            yield operand.value


# Phrases


def _near_arguments(
    spoken: Iterable[Spoken], days: Sequence[datetime.date]
) -> Mapping[type, tuple[object, ...]]:
    """Values near the literals of phrases, by the type of fact that may have them."""
    found: dict[type, list[object]] = {}
    for _, argument in (pair for each in spoken for pair in each.arguments):
        for value in argument if isinstance(argument, tuple) else (argument,):
            match value:
                case str():
                    found.setdefault(Text, []).extend((value, value.swapcase(), f"x{value}x"))
                    found.setdefault(TextList, []).extend(((value,), (value, "other")))
                case int() | float():
                    near = [value + step for step in _STEPS]
                    found.setdefault(Number, []).extend(near)
                    found.setdefault(CountType, []).extend(
                        int(each) for each in near if each >= 0 and float(each).is_integer()
                    )
                case datetime.date():
                    found.setdefault(Date, []).extend(_around(value))
                case Duration():
                    for day in days:
                        found.setdefault(Date, []).extend(_around(value.before(day)))
                case _:
                    pass
    return {kind: each_once(values) for kind, values in found.items()}


def _around(day: datetime.date) -> Iterator[datetime.date]:
    for step in _STEPS:
        if 1 <= day.toordinal() + step <= datetime.date.max.toordinal():
            yield datetime.date.fromordinal(day.toordinal() + step)
