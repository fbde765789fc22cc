"""Which facts have to change for a decision, for all contacts whose tests come out alike."""

from collections.abc import Callable, Hashable, Sequence
from math import inf, prod

import attrs

from connectrules.exact import bits
from connectrules.exact.fillings import Pattern
from connectrules.exact.possible import Possible
from connectrules.explain.changing.facts import ChangingFacts, Options
from connectrules.explain.least.certainty import Certainty, GaveUp
from connectrules.explain.least.choices import Choice
from connectrules.explain.least.goal import Tree, goal
from connectrules.explain.least.search import Search
from connectrules.program import Program, Settled
from connectrules.verdict import Decision

_MOST_OUTCOMES = 400_000
"""Of how many tests' outcomes the plans are kept."""

_MANY, _FEW = 24, 8
"""How many ways are told apart for all contacts alike, and for one."""

_LARGE = 500
"""A policy of more nodes is not planned for each contact anew."""

_FINE = 1_000_000
"""Distances that differ by less than one in so many are alike."""

_MOST_ROWS, _MOST_ROWS_IN_ALL = 4_096, 10_000_000
"""Of how many combinations of values of the same facts the nearest is looked for, and in all ways,
times nodes: the ways that rank first come first."""

Facts = tuple[int, ...]
"""Facts of one group, by the numbers of their slots."""

Row = tuple[Hashable, ...]
"""For each group of a way what its facts are given: the keys of choices."""


@attrs.frozen
class Plan:
    """What has to change, without the values of a contact.

    Attributes:
        ways: For each set of facts what they can be given, in the order of the groups.
        fewest: Whether it is certain that fewer changes do not.
        complete: Whether there are no other ways of as few.
    """

    ways: tuple[tuple[tuple[Facts, ...], tuple[Row, ...]], ...]
    fewest: bool = True
    complete: bool = True


class Planner:
    """Plans for one policy, for one owner and one day.

    Args:
        program: The policy.
    """

    def __init__(self, program: Program) -> None:
        self.program, self.of = program, program.analyser
        self.certainty = Certainty(self.of)
        self.facts = ChangingFacts(program)
        self._plans: dict[tuple[Decision, Pattern], Plan] = {}
        self._searches: dict[Decision, Search | None] = {}

    def plan(self, settled: Settled, decision: Decision) -> tuple[Plan, Options]:
        """What has to change of a contact, and what its facts that are compared could be."""
        search = self.search(decision)
        if search is None:
            return Plan(()), Options({})
        if self.facts.compared:
            return self._of_compared(search, settled)
        key, none = (decision, settled.pattern), Options({})
        found = self._plans.get(key)
        if found is None:
            if (len(self._plans) + 1) * len(settled.pattern) > _MOST_OUTCOMES:
                self._plans.clear()
            found = self._plans[key] = self._general(search, settled.pattern, none)
        return found, none

    def forget(self) -> None:
        """Throw away the plans that are kept."""
        self._plans.clear()

    def _of_compared(self, search: Search, settled: Settled) -> tuple[Plan, Options]:
        """The same where facts are compared: few of them change together, more if they must."""
        for most in range(1, self.facts.largest + 1):
            options = self.facts.options(settled, most)
            plan = self._general(search, settled.pattern, options)
            changes = sum(map(len, plan.ways[0][0])) if plan.ways else inf
            if changes <= most or not options.whole:
                break
        return plan, options

    def _general(self, search: Search, pattern: Pattern, options: Options) -> Plan:
        """What has to change of all contacts whose tests come out as *pattern*."""

        def ranked(choice: Choice) -> int:
            return self.rank(choice, self.facts.distance(choice, pattern))

        def otherwise(choice: Choice) -> int:
            return self.rank(choice, self.facts.distance(choice, pattern), first=False)

        if not self.facts.are_plain(pattern):
            return self._planned(search, pattern, options, ranked, _MANY)
        plan = self._planned(search, pattern, options, ranked, _FEW, cut=True)
        if plan.complete:
            return plan
        other = self._planned(search, pattern, options, otherwise, _FEW, cut=True)
        ways = tuple(dict.fromkeys((*plan.ways, *other.ways)))
        return attrs.evolve(plan, ways=ways, complete=True)

    def closest(
        self, settled: Settled, decision: Decision, options: Options, rank: Callable[[Choice], int]
    ) -> Plan:
        """The same by *rank*, as far as it goes, where a plan is not complete."""
        search = self.search(decision)
        if search is None:
            return Plan(())
        return self._planned(search, settled.pattern, options, rank, _FEW)

    def is_large(self) -> bool:
        """Whether the policy is too large to be planned for each contact anew."""
        return len(self.of.nodes) > _LARGE

    def rank(self, choice: Choice, distance: float, *, first: bool = True) -> int:
        """The rank of a choice that is so far: asked facts *first* or last, then by name."""
        facts = self.facts
        asked = sum(map(facts.is_asked, choice.facts))
        ahead = -asked if first else asked
        far = (ahead << 64) + round(distance * _FINE)
        name = sum(facts.precedence[place] for place in choice.facts)
        return (far << len(facts.precedence)) - name

    def _planned(
        self,
        search: Search,
        pattern: Pattern,
        options: Options,
        rank: Callable[[Choice], int],
        limit: int,
        *,
        cut: bool = False,
    ) -> Plan:
        choices = {**self.facts.choices(pattern), **options.choices(pattern)}
        # Searched by one of its own: it counts its steps, and others may search meanwhile.
        found = attrs.evolve(search).fewest(pattern, choices, rank, limit)
        ways: dict[tuple[Facts, ...], tuple[Row, ...]] = {}
        chosen = sorted(found.ways, key=lambda way: sum(map(rank, way)))
        whole = found.complete
        if cut and len(chosen) > limit:
            chosen, whole = chosen[:limit], False
        left = _MOST_ROWS_IN_ALL
        for way in chosen:
            made = sorted(way, key=lambda choice: choice.group)
            facts = tuple(choice.facts for choice in made)
            if facts in ways:
                continue
            alike = [
                [other for other in choices[each.group] if other.facts == each.facts]
                for each in made
            ]
            size = prod(map(len, alike))
            left -= size * len(search.tree.nodes) if size > 1 else 0
            if size == 1 or size > _MOST_ROWS or left < 0:
                ways[facts] = (tuple(choice.key for choice in made),)
            else:
                ways[facts] = self._rows(search, pattern, alike, made)
        changes = min((sum(choice.cost for choice in way) for way in chosen), default=0)
        fewest = found.fewest and options.are_fewest(changes) and self.facts.are_all
        return Plan(tuple(ways.items()), fewest, whole)

    def search(self, decision: Decision) -> Search | None:
        """What searches for *decision*; None where nothing brings it."""
        if decision not in self._searches:
            self._searches[decision] = self._search(decision)
        return self._searches[decision]

    def _search(self, decision: Decision) -> Search | None:
        root = goal(self.of, decision)
        if root is None:
            return None
        tree = Tree(root, self.of.number)
        if not Possible(self.of)(tree.nodes, tree.times):
            return None
        return Search(tree, decision, self.certainty, tree.occurrences(self.facts.group_of))

    def _rows(
        self,
        search: Search,
        pattern: Pattern,
        choices: Sequence[Sequence[Choice]],
        made: Sequence[Choice],
    ) -> tuple[Row, ...]:
        """What the same facts as those of *made* can be given to bring the decision."""
        first = (tuple(choice.key for choice in made),)
        size = prod(map(len, choices))
        stride, masks = 1, []
        for each in choices:
            masks += [bits.spread(1 << n, len(each), stride, size) for n in range(len(each))]
            stride *= len(each)
        flat = [choice for each in choices for choice in each]
        try:
            found = self.certainty.among(
                pattern, search.decision, flat, masks, size, search.tree.polarity
            )
        except GaveUp:
            return first
        return tuple(_row(place, choices) for place in bits.places(found))


def _row(place: int, choices: Sequence[Sequence[Choice]]) -> Row:
    """The keys of the choices that are made in the world *place*."""
    row = []
    for each in choices:
        place, digit = divmod(place, len(each))
        row.append(each[digit].key)
    return tuple(row)
