"""Why a contact has not another decision: the fewest changes of facts that would bring it."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from math import fsum

import attrs

from connectrules.explain.changing.facts import Options
from connectrules.explain.changing.moves import Move, plain
from connectrules.explain.least.choices import Choice
from connectrules.explain.planner import Facts, Planner, Row
from connectrules.explanation import Change, WhyNot
from connectrules.program import Program, Settled
from connectrules.reading import copied
from connectrules.verdict import Decision

_MOST_WAYS = 8
"""How many ways are told."""


def why_not(program: Program, settled: Settled, decision: Decision) -> WhyNot:
    """The fewest changes that bring *decision* to the contact that was *settled*.

    Of as few changes those come first that a person can bring about by answering, then
    the nearest, then by name; the nearest of those that nobody is asked about is among
    them as well.
    """
    planner = program.kept(Planner)
    plan, options = planner.plan(settled, decision)
    telling = _Telling(planner, settled, decision, options)
    if plan.complete or planner.is_large():
        ways = plan.ways
    else:
        first, other = (
            planner.closest(settled, decision, options, rank)
            for rank in (telling.rank, telling.other_rank)
        )
        ways = tuple(dict.fromkeys((*first.ways, *other.ways)))
    chosen = _chosen([telling.nearest(groups, rows) for groups, rows in ways])
    return WhyNot(decision, tuple(telling.told(way) for way in chosen), plan.fewest)


@attrs.frozen
class _Given:
    """What the facts of one group are given, and which tests that turns."""

    facts: Facts
    moves: tuple[Move, ...]
    turned: tuple[tuple[int, bool], ...]


@attrs.frozen
class _Way:
    """What facts are given, and what ways are ranked by."""

    given: tuple[_Given, ...]
    asked: int
    distance: float
    names: tuple[str, ...]


def _chosen(ways: Sequence[_Way]) -> list[_Way]:
    """The ways that are told, the nearest first."""
    ranked = sorted(ways, key=lambda way: (-way.asked, way.distance, way.names))
    shown = ranked[:_MOST_WAYS]
    if len(ranked) > _MOST_WAYS:
        other = min(ways, key=lambda way: (way.asked, way.distance, way.names))
        if other not in shown:
            shown[-1] = other
    return shown


class _Telling:
    """Tells of one contact what would have to change for one decision."""

    def __init__(
        self, planner: Planner, settled: Settled, decision: Decision, options: Options
    ) -> None:
        self._planner = planner
        self.facts, self.settled, self.options = planner.facts, settled, options
        self.slots, self.search = planner.program.slots, planner.search(decision)
        self._moves: dict[int, Mapping[Hashable, Move]] = {}

    def nearest(self, groups: Sequence[Facts], rows: Iterable[Row]) -> _Way:
        """The nearest values of the facts in *groups*, of those that *rows* tell."""
        found = ([self._given(*each) for each in zip(groups, row, strict=True)] for row in rows)
        best = min(found, key=lambda given: (*self._plainly(given), self._written(given)))
        places = [place for facts in groups for place in facts]
        names = tuple(sorted(self.slots[place].subject.name for place in places))
        return _Way(tuple(best), sum(map(self.facts.is_asked, places)), _far(best), names)

    def _plainly(self, given: Sequence[_Given]) -> tuple[float, float]:
        """How far all the values are, each by the difference to what the fact is."""
        moves = [
            (move, self.settled.readings[place].ready)
            for each in given
            for place, move in zip(each.facts, each.moves, strict=True)
        ]
        return (
            fsum(plain(move, before) for move, before in moves),
            fsum(abs(move.by or 0) for move, _ in moves),
        )

    def _written(self, given: Iterable[_Given]) -> list[tuple[str, int, str]]:
        """The values in writing, by name, the shortest first: it goes by no order of the rules."""
        return sorted(
            (self.slots[place].subject.name, len(text := repr(move.after)), text)
            for each in given
            for place, move in zip(each.facts, each.moves, strict=True)
        )

    def _given(self, facts: Facts, key: Hashable) -> _Given:
        pattern = self.settled.pattern
        for tests, together in self.options.together.values():
            if key in together:
                found = together[key]
                turned = [
                    (number, truth)
                    for number, truth in zip(tests, found.outcomes, strict=True)
                    if truth is not None and pattern[number] is not truth
                ]
                return _Given(facts, found.moves, tuple(turned))
        (place,) = facts
        if place not in self._moves:
            range_ = self.facts.range_of(place)
            self._moves[place] = range_.moves(self.settled.readings[place])  # type: ignore[assignment]
        turned = [
            (number, truth)
            for number, truth in zip(self.facts.alone[place], key, strict=True)  # type: ignore[call-overload]
            if pattern[number] is not truth
        ]
        return _Given(facts, (self._moves[place][key],), tuple(turned))

    def rank(self, choice: Choice) -> int:
        """The rank of a choice: facts that are asked first, then the nearest, then by name."""
        return self._planner.rank(choice, _far([self._given(choice.facts, choice.key)]))

    def other_rank(self, choice: Choice) -> int:
        """The same with facts that nobody is asked about first."""
        far = _far([self._given(choice.facts, choice.key)])
        return self._planner.rank(choice, far, first=False)

    def told(self, way: _Way) -> tuple[Change, ...]:
        """The changes of *way*, those first that a person answers, then by name."""
        changes = [
            self._change(place, move, given.turned)
            for given in way.given
            for place, move in zip(given.facts, given.moves, strict=True)
        ]
        return tuple(sorted(changes, key=lambda change: (not change.asked, change.fact)))

    def _change(self, place: int, move: Move, turned: Sequence[tuple[int, bool]]) -> Change:
        reading, subject = self.settled.readings[place], self.slots[place].subject
        before = None if reading.ready is None else copied(reading.raw)
        return Change(
            subject.name,
            before,
            move.after,
            None if before is None else move.by,
            move.gains,
            move.loses,
            tuple(self._says(turned)),
            self.facts.is_asked(place),
        )

    def _says(self, turned: Sequence[tuple[int, bool]]) -> Iterator[str]:
        """The sentences that come out otherwise, as they then hold; those that help, if any do."""
        polarity = self.search.tree.polarity if self.search else {}
        helping = [(n, truth) for n, truth in turned if polarity.get(n, 0) & (1 if truth else 2)]
        found = {self.facts.sentence(n, truth=truth) for n, truth in helping or turned}
        return iter(sorted(found))


def _far(given: Iterable[_Given]) -> float:
    """How far all the values are."""
    return round(sum(move.distance for each in given for move in each.moves), 9)
