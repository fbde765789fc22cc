"""Which mutants the EXAMPLEs notice, by folding anew what a change has above it."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from copy import copy
from functools import reduce
from operator import or_

import attrs

from connectrules.exact import bits
from connectrules.exact.reach import Rails, Reach
from connectrules.reading import Reading
from connectrules.rules.tree import Condition, Test, fold_over, postorder
from connectrules.testing.cases import Tried
from connectrules.testing.mutants.blocks import Groups
from connectrules.testing.mutants.changes import (
    Assumed,
    Change,
    Decided,
    Defaulted,
    Dropped,
    Mutant,
    Replaced,
)
from connectrules.testing.mutants.expecting import Expecting, Outcome
from connectrules.testing.mutants.making import Mutants
from connectrules.testing.mutants.settling import is_noticed
from connectrules.testing.mutants.sites import Site


class Refolding:
    """The EXAMPLEs of a policy against its mutants.

    Args:
        mutants: The mutants.
        tried: The EXAMPLEs, each of which comes out as it should.
        among: Those of the mutants that it is asked about; all by default.
    """

    def __init__(
        self, mutants: Mutants, tried: Sequence[Tried], among: Sequence[Mutant] | None = None
    ) -> None:
        self._mutants, self._sites = mutants, mutants.sites
        own = mutants.rules
        self._nodes: dict[int, Condition] = {}
        for rule in own:
            self._nodes.update((id(node), node) for node in postorder(rule.condition))
        self._new: dict[int, list[Test]] = {}
        for each in mutants.mutants if among is None else among:
            if isinstance(each.change, Replaced):
                below = postorder(each.change.condition, known=self._nodes)
                self._new[id(each.change)] = [node for node in below if isinstance(node, Test)]
        others = [test for tests in self._new.values() for test in tests]
        self._groups = Groups(own, others)
        self._steps: dict[Site, list[_Step]] = {}
        self._look_at(tried)

    def with_people(self, tried: Sequence[Tried]) -> "Refolding":
        """The same mutants against other EXAMPLEs; what is alike is worked out once."""
        found = copy(self)
        found._look_at(tried)  # noqa: SLF001 - one of us
        return found

    def _look_at(self, tried: Sequence[Tried]) -> None:
        own = self._mutants.rules
        self._tried = tuple(tried)
        self._blocks = self._groups.blocks(self._tried)
        leaves = self._blocks.leaves
        everything = bits.full(self._blocks.size)
        self._logic = Reach(everything, leaves, {test: test for test in leaves})
        self._values: dict[int, Rails] = {}
        for rule in own:
            fold_over(postorder(rule.condition, known=self._values), self._logic, self._values)
        self._rules = [self._values[id(rule.condition)] for rule in own]
        self._decisions = [rule.decision for rule in own]
        self._names = [rule.name for rule in own]
        self._default = self._mutants.policy._binding.default  # noqa: SLF001 - one library
        self._expecting = Expecting(self._blocks.blocks, self._tried)

    def notices(self, change: Change) -> bool:
        """Whether an EXAMPLE would fail."""
        found, doubtful = self._found(change)
        if found is not None:
            return found
        return is_noticed(self._mutants.mutated(change), doubtful)

    def kills(self, change: Change) -> bool | None:
        """Whether an EXAMPLE would fail; None where it takes verdicts to say so."""
        found, _ = self._found(change)
        return found

    def doubtful(self, change: Change) -> tuple[Tried, ...]:
        """The EXAMPLEs of which it takes a verdict to say whether they notice *change*."""
        _, doubtful = self._found(change)
        return doubtful

    def _found(self, change: Change) -> tuple[bool | None, tuple[Tried, ...]]:
        """Whether an EXAMPLE would fail, and those of which that is not known."""
        if isinstance(change, Assumed):
            return self._assuming(change)
        return self._held(self._outcome(change), self._unsure(change))

    def _held(
        self, outcome: Outcome, unsure: AbstractSet[int]
    ) -> tuple[bool | None, tuple[Tried, ...]]:
        """*outcome* against what is expected; the bits of those *unsure* say too much."""
        expecting = self._expecting
        loose = unsure | expecting.loose
        if expecting.fails(outcome, loose) or any(
            expecting.comes_out(outcome, case) is False for case in loose
        ):
            return True, ()
        found = {each for each in unsure if expecting.comes_out(outcome, each) is None}
        asked = expecting.asking | expecting.loose
        found |= {each for each in asked if expecting.is_unsettled(outcome, each)}
        found |= unsure & expecting.asking
        return None if found else False, tuple(self._tried[case] for case in sorted(found))

    def _assuming(self, change: Assumed) -> tuple[bool | None, tuple[Tried, ...]]:
        """The same, of those EXAMPLEs for which the fact was assumed, and is otherwise now."""
        before, after = [], []
        for each in self._tried:
            place = each.program.place[change.subject]
            readings = [*each.settled.readings]
            if readings[place].assumed:
                readings[place] = Reading(change.value)
                settled = attrs.evolve(each.settled, readings=readings)
                before.append(each)
                after.append(attrs.evolve(each, settled=settled))
        if not before:
            return False, ()
        refolding = self.with_people(after)
        found, doubtful = refolding._held(refolding._anew, frozenset())  # noqa: SLF001 - one of us
        # What comes of them is judged once more as they are.
        own = {id(one): other for one, other in zip(after, before, strict=True)}
        return found, tuple(own[id(each)] for each in doubtful)

    @property
    def _anew(self) -> Outcome:
        """What comes of the policy's own rules, for people who may be others than they were."""
        everything, default = self._logic.everything, self._default
        names, decisions = self._names, self._decisions
        return Outcome(self._rules, decisions, names, default, everything, everything, everything)

    def _unsure(self, change: Change) -> AbstractSet[int]:
        """The cases whose bits say no more than what can be at most, for what *change* brings."""
        tests = self._new[id(change)] if isinstance(change, Replaced) else []
        return frozenset().union(*(self._blocks.doubtful.get(id(each), ()) for each in tests))

    def _outcome(self, change: Dropped | Decided | Defaulted | Replaced) -> Outcome:
        """What comes of the rules with *change* made."""
        rails: Sequence[Rails] = self._rules
        decisions, names = self._decisions, self._names
        default = self._default
        match change:
            case Dropped(place):
                touched = stirred = rails[place].true
                rails = [*rails[:place], *rails[place + 1 :]]
                decisions = [*decisions[:place], *decisions[place + 1 :]]
                names = [*names[:place], *names[place + 1 :]]
            case Decided(place, decision):
                touched = stirred = rails[place].true
                decisions = [*decisions[:place], decision, *decisions[place + 1 :]]
            case Defaulted(decision):
                touched = stirred = self._anew.otherwise
                default = decision
            case Replaced():
                rails, stirred = self._refolded(change)
                pairs = zip(rails, self._rules, strict=True)
                touched = reduce(or_, (_apart(one, other) for one, other in pairs), 0)
        everything = self._logic.everything
        return Outcome(rails, decisions, names, default, everything, touched, stirred)

    def _refolded(self, change: Replaced) -> tuple[Sequence[Rails], int]:
        """The rails of the rules with *change* made; only what is above it is folded.

        With them comes where what is changed is not known, and as before.
        """
        values, old = self._values, id(change.site.condition)
        new = [*postorder(change.condition, known=values)]
        fold_over(new, self._logic, values)
        before = {old: values[old]}
        values[old] = values[id(change.condition)]
        try:
            was, now = before[old], values[old]
            same = (was.surely_true & now.surely_true) | (was.surely_false & now.surely_false)
            stirred = self._logic.everything & ~same
            if was == now:
                return self._rules, stirred
            turned = {old}
            for whole, nodes, parts in self._above(change.site):
                if not turned.isdisjoint(parts):
                    before.update((each, values[each]) for each in map(id, nodes))
                    fold_over(nodes, self._logic, values)
                    if values[whole] != before[whole]:
                        turned.add(whole)
            return [values[id(rule.condition)] for rule in self._mutants.rules], stirred
        finally:
            for node in new:
                del values[id(node)]
            values.update(before)

    def _above(self, site: Site) -> Sequence["_Step"]:
        """What is to be folded anew where *site* comes out otherwise, from below."""
        if site not in self._steps:
            self._steps[site] = [_step(each) for each in self._sites.above(site)]
        return self._steps[site]


_Step = tuple[int, list[Condition], frozenset[int]]
"""A condition, by its id; its nodes above its parts; its parts, by their ids."""


def _apart(one: Rails, other: Rails) -> int:
    """Where one comes out otherwise than the other."""
    return 0 if one is other else (one.true ^ other.true) | (one.false ^ other.false)


def _step(site: Site) -> _Step:
    parts = frozenset(id(each.condition) for each in site.parts)
    return id(site.condition), [*postorder(site.condition, known=parts)], parts
