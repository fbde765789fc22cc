"""Searches for somebody for whom conditions come out as wanted."""

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

import attrs

from connectrules.exact import bits
from connectrules.rules.tree import AtLeast, Condition, Subject, Test, fold_over, postorder
from connectrules.testing.domains import Domains
from connectrules.testing.ways import Left, Need, TooManyError, forced, ways, ways_to_leave


class Failure(Enum):
    """Why nobody was found."""

    NOBODY = "nobody"
    """There can be nobody: everything was tried."""
    NOT_FOUND = "not found"
    """Not everything was tried."""


Found = Mapping[Subject, object]
"""Somebody: values for the facts that matter."""

_Masks = tuple[int, ...]
"""For each domain the ways that are still open."""
_Agenda = tuple[tuple[Need | Left, int], ...]
"""What is still to be chosen, with the domains that it hangs on, as bits."""
_Columns = Mapping[int, tuple[int, int, int]]
"""The place of each test's domain, and the ways for which it holds and does not; by its id."""

MOST_STEPS = 20_000
"""How many steps a search takes at most."""
_MOST_SORTED = 50
"""Of how many choices those come first that settle nothing more."""


class Finder:
    """Finds values of facts for which conditions come out as wanted, few facts and simple values.

    Args:
        domains: The ways in which the facts can be.
    """

    def __init__(self, domains: Domains) -> None:
        self.domains = domains
        """The ways in which the facts can be."""
        self._full = tuple(each.everything for each in domains.domains)
        self._columns = dict(_columns(domains))
        self._parts: dict[int, _Parts] = {}
        self._forced: dict[tuple[int, bool], tuple[Need, ...] | None] = {}
        self.steps = 0
        """How many steps the last search took."""
        self._touched = 0
        """The domains of what was settled, as bits."""
        self._looked = 0
        """The domains of what was looked at, as bits."""

    def find(self, needs: Sequence[Need | Left], most: int = MOST_STEPS) -> Found | Failure:
        """Somebody for whom *needs* are met, and are known to be, or why there is none.

        Args:
            needs: What is to be so of them.
            most: How many steps may be taken.
        """
        masks = self._search(needs, most)
        if isinstance(masks, Failure):
            return masks
        found: dict[Subject, object] = {}
        for place in sorted(bits.places(self._touched)):
            domain, mask = self.domains.domains[place], masks[place]
            way = domain.ways[(mask & -mask).bit_length() - 1]
            found.update(zip(domain.subjects, way, strict=True))
        return found

    def _search(self, needs: Sequence[Need | Left], most: int) -> _Masks | Failure:
        """Depth first, with a stack of its own; what leaves no choice is seen to at once."""
        self.steps = 0
        self._touched = self._looked = 0
        stack: list[tuple[_Masks, Iterator[Sequence[Need | Left]], _Agenda]] = [
            (self._full, iter([needs]), ())
        ]
        while stack:
            masks, choices, after = stack[-1]
            try:
                chosen = next(choices, None)
            except TooManyError:
                return Failure.NOT_FOUND
            if chosen is None:
                stack.pop()
                continue
            self.steps += 1
            if self.steps > most:
                return Failure.NOT_FOUND
            try:
                masks, waiting = self._settled(masks, chosen, after)
            except _Lost:
                continue
            if not waiting:
                return masks
            (need, _), *others = waiting
            after = tuple(others)
            stack.append((masks, self._choices(need, masks), after))
        looked = bits.places(self._touched | self._looked)
        known = all(self.domains.domains[each].complete for each in looked)
        return Failure.NOBODY if known else Failure.NOT_FOUND

    def _settled(
        self, masks: _Masks, chosen: Sequence[Need | Left], after: _Agenda
    ) -> tuple[_Masks, _Agenda]:
        """See to all of *chosen* that leaves no choice.

        Returns:
            The ways left open, and what is still to be chosen.

        Raises:
            _Lost: Where it, or what comes *after* it, cannot be met.
        """
        todo: list[Need | Left] = [*reversed(chosen)]
        left: list[Need | Left] = []
        open_, narrowed = [*masks], 0
        while todo:
            need = todo.pop()
            if isinstance(need, Need) and isinstance(need.condition, Test):
                place, yes, no = self._columns[id(need.condition)]
                self._touched |= 1 << place
                mask = yes if need.holds else no
                if open_[place] & ~mask:
                    narrowed |= 1 << place
                    open_[place] &= mask
                    if not open_[place]:
                        raise _Lost
            elif (parts := self._comes_to(need)) is None:
                left.append(need)
            else:
                todo += reversed(parts)
        settled = tuple(open_)
        new = [need for need in left if not self._is_met(need, settled)]
        waiting = [
            (need, places)
            for need, places in after
            if not (places & narrowed and self._is_met(need, settled))
        ]
        return settled, (*((need, self._domains_of(need)) for need in new), *waiting)

    def _domains_of(self, need: Need | Left) -> int:
        """The domains that show whether *need* is met, as bits."""
        return self._parts_of(need.condition).domains if isinstance(need, Need) else 0

    def _comes_to(self, need: Need | Left) -> tuple[Need, ...] | None:
        """See `forced`; kept for conditions, which are met with again and again."""
        if isinstance(need, Left):
            return forced(need)
        self._parts_of(need.condition)
        key = id(need.condition), need.holds
        if key not in self._forced:
            self._forced[key] = forced(need)
        return self._forced[key]

    def _parts_of(self, condition: Condition) -> "_Parts":
        """What *condition* is made of; it is kept, so that no other gets its id."""
        found = self._parts.get(id(condition))
        if found is None:
            nodes = tuple(postorder(condition))
            places = {self._columns[id(each)][0] for each in nodes if isinstance(each, Test)}
            found = _Parts(nodes, sum(1 << place for place in places))
            self._parts[id(condition)] = found
        return found

    def _is_met(self, need: Need | Left, masks: _Masks) -> bool:
        """Whether *need* is met in all ways that are open, by facts that are settled anyway.

        Raises:
            _Lost: If it can be met in none.
        """
        if isinstance(need, Left):
            return False
        self._looked |= self._parts_of(need.condition).domains
        truth = self._truth(need.condition, masks)
        if truth is (not need.holds):
            raise _Lost
        return (
            truth is need.holds and self._truth(need.condition, masks, self._touched) is need.holds
        )

    def _truth(self, condition: Condition, masks: _Masks, among: int = -1) -> bool | None:
        """How *condition* comes out in all ways that are open; None where that is not certain.

        Args:
            condition: The condition.
            masks: The ways that are open.
            among: The domains that are looked at, as bits; all by default.
        """
        logic = _Open(self._columns, masks, among)
        if isinstance(condition, Test):
            return logic.test(condition)
        values: dict[int, bool | None] = {}
        fold_over(self._parts_of(condition).nodes, logic, values)
        return values[id(condition)]

    def _choices(self, need: Need | Left, masks: _Masks) -> Iterator[tuple[Need, ...]]:
        """The ways to meet *need*, those first for which nothing more need be settled."""
        if isinstance(need, Left):
            yield from ways_to_leave(need)
            return
        assert isinstance(need.condition, AtLeast)  # noqa: S101 - else there is no choice
        others: list[tuple[Need, ...]] = []
        try:
            for way in ways(need.condition, holds=need.holds):
                if all(self._truth(each.condition, masks) is each.holds for each in way):
                    yield way
                    return  # what narrows no other choice is as good as any
                if len(others) < _MOST_SORTED:
                    others.append(way)
                else:
                    yield way
        except TooManyError:
            yield from others
            raise
        yield from others


@attrs.frozen(eq=False)
class _Parts:
    """What a condition is made of.

    Attributes:
        nodes: All that is at or below it, from below.
        domains: The domains of its tests, as bits.
    """

    nodes: tuple[Condition, ...]
    domains: int


@attrs.frozen(eq=False)
class _Open:
    """The logic of what holds in all ways that are open, fails in all, or is not certain.

    Attributes:
        columns: Where tests hold.
        masks: The ways that are open.
        among: The domains of which anything is certain, as bits.
    """

    columns: _Columns
    masks: _Masks
    among: int

    def test(self, test: Test) -> bool | None:
        """By the ways of its domain."""
        place, yes, no = self.columns[id(test)]
        mask = self.masks[place]
        if (mask & yes and mask & no) or not self.among >> place & 1:
            return None
        return bool(mask & yes)

    def negate(self, value: bool | None) -> bool | None:  # noqa: FBT001 - a logic's truth
        """Certain where that is."""
        return None if value is None else not value

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, bool | None]], *, exactly: bool = False
    ) -> bool | None:
        """By the items that are certain; that a list has exactly so many is never taken for it."""
        if exactly:
            return None
        if sum(weight for weight, truth in items if truth) >= threshold:
            return True
        most = sum(weight for weight, truth in items if truth is not False)
        return None if most >= threshold else False


def _columns(domains: Domains) -> Iterator[tuple[int, tuple[int, int, int]]]:
    for test, number in domains.number.items():
        if number in domains.domain_of:
            place = domains.domain_of[number]
            domain = domains.domains[place]
            column = domain.columns[number]
            yield test, (place, column, domain.everything ^ column)


class _Lost(Exception):  # noqa: N818 - a finding, caught where it is raised
    """Something cannot be met."""
