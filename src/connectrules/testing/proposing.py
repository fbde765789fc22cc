"""Proposes EXAMPLEs that show what others do not: few, and each of few facts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from random import Random
from typing import Any

import attrs

from connectrules.policy import Policy
from connectrules.testing.cases import Tried
from connectrules.testing.choosing import Choosing, Tell
from connectrules.testing.goals import Shown
from connectrules.testing.search import Failure
from connectrules.testing.somebody import Looking, Side, Somebody, shows

_MOST_FULLER = 8
"""How many times somebody is tried with other facts besides."""

_LARGEST_POOL = 600
"""From how many people EXAMPLEs are chosen, beside everybody where these are few."""

_MORE = 25
"""After how many people more it is looked what else they show, where it takes long to find some."""


@attrs.frozen
class Proposal:
    """An EXAMPLE that is proposed.

    Attributes:
        tried: The case, and what the policy makes of it.
        shows: What it shows and none before it does, by the sides of goals.
    """

    tried: Tried
    shows: tuple[Side, ...]


@attrs.frozen
class Proposals:
    """What would show what is not shown.

    Attributes:
        chosen: The EXAMPLEs, as few as can be, or as were found to do.
        at_least: How many it takes at least.
        failures: The sides of goals that nobody can show, or nobody was found to.
        tries: How many steps were taken for each of these.
    """

    chosen: tuple[Proposal, ...]
    at_least: int
    failures: Mapping[Side, Failure]
    tries: Mapping[Side, int]


def proposed(policy: Policy[Any], sides: Sequence[Side], tell: Tell | None = None) -> Proposals:
    """EXAMPLEs that show *sides* of the goals of *policy*."""
    return _Proposing(policy, tell or _silent).proposed(sides)


def _silent(_what: str, _done: int, _of: int) -> None:
    """Tell nobody."""


class _Proposing:
    def __init__(self, policy: Policy[Any], tell: Tell) -> None:
        self._tell = tell
        self._looking = Looking(policy)
        self._choosing = Choosing(policy.rules, self._looking, tell)

    def proposed(self, sides: Sequence[Side]) -> Proposals:
        """See `proposed`."""
        failures: dict[Side, Failure] = {}
        people: dict[object, Somebody] = {}
        pool, enough = Shown([]), 0
        for done, side in enumerate(sides):
            self._tell("looked into", done, len(sides))
            if self._looking.is_spent:
                if len(people) >= enough:
                    pool, enough = self._pool([*people.values()]), len(people) + _MORE
                if shows(pool, side):
                    continue
            somebody = self._looking.somebody(side)
            if isinstance(somebody, Failure):
                failures[side] = somebody
            else:
                key = id(somebody.standing), tuple(somebody.facts.items())
                people.setdefault(key, somebody)
        pool = self._pool([*people.values()])
        for side in [each for each in failures if shows(pool, each)]:
            del failures[side]
        hopeless = {goal for (goal, _), why in failures.items() if why is Failure.NOBODY}
        wanted = [side for side in sides if side not in failures and side[0] not in hopeless]
        chosen = self._choosing.chosen(pool, wanted)
        proposals = tuple(_in_order(chosen.tried, wanted))
        shown = {side for each in proposals for side in each.shows}
        failures.update((side, Failure.NOT_FOUND) for side in wanted if side not in shown)
        tries = {side: self._looking.tries.get(side, 0) for side in failures}
        return Proposals(proposals, chosen.at_least, failures, tries)

    def _pool(self, people: Sequence[Somebody]) -> Shown:
        """What *people* show, and what the same with other facts besides."""
        return Shown([*map(self._looking.tried, chain(people, self._fuller(people)))])

    def _fuller(self, people: Sequence[Somebody]) -> Iterator[Somebody]:
        """*people* with other facts besides, drawn at random: they may show more at once."""
        draw = Random(0)  # noqa: S311 - nothing secret, and always the same ones
        for _ in range(min(_MOST_FULLER, _LARGEST_POOL // (len(people) + 1))):
            for each in people:
                facts = dict(each.facts)
                for domain in self._looking.domains(each.standing).domains:
                    if facts.keys().isdisjoint(domain.subjects):
                        facts.update(zip(domain.subjects, draw.choice(domain.ways), strict=True))
                yield attrs.evolve(each, facts=facts)


def _in_order(tried: Sequence[Tried], wanted: Sequence[Side]) -> Iterator[Proposal]:
    """Proposals in the order of what they are the first to show."""
    shown = Shown(tried)
    left = {side: shown.cases(side[0])[side[1]] for side in wanted}
    for side in wanted:
        cases = left.get(side, 0)
        if cases:
            first = (cases & -cases).bit_length() - 1
            new = tuple(each for each, others in left.items() if others >> first & 1)
            yield Proposal(tried[first], new)
            for each in new:
                del left[each]
