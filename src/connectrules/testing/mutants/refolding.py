"""Which mutants the EXAMPLEs notice, by folding anew what a change has above it."""

from collections.abc import Sequence

from connectrules.exact import bits
from connectrules.exact.reach import Rails, Reach
from connectrules.rules.tree import Condition, Test, fold_over, postorder
from connectrules.testing.cases import Tried
from connectrules.testing.mutants.blocks import blocks_of
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
        self._tried = tuple(tried)
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
        self._blocks = blocks_of(self._tried, own, others)
        leaves = self._blocks.leaves
        everything = bits.full(self._blocks.size)
        self._logic = Reach(everything, leaves, {test: test for test in leaves})
        self._steps: dict[Site, list[_Step]] = {}
        self._values: dict[int, Rails] = {}
        for rule in own:
            fold_over(postorder(rule.condition, known=self._values), self._logic, self._values)
        self._rules = [self._values[id(rule.condition)] for rule in own]
        self._decisions = [rule.decision for rule in own]
        self._names = [rule.name for rule in own]
        self._expecting = Expecting(self._blocks.blocks, self._tried)

    def notices(self, change: Change) -> bool:
        """Whether an EXAMPLE would fail."""
        found = self.kills(change)
        if found is not None:
            return found
        doubtful = self.doubtful(change)
        return bool(doubtful) and is_noticed(self._mutants.mutated(change), doubtful)

    def kills(self, change: Change) -> bool | None:
        """Whether an EXAMPLE would fail; None where it takes verdicts to say so."""
        if isinstance(change, Assumed):
            return None
        outcome, loose = self._outcome(change), self._loose(change)
        if self._expecting.fails(outcome, loose):
            return True
        if any(self._expecting.comes_out(outcome, case) is False for case in loose):
            return True
        return None if self._open(outcome, loose) else False

    def doubtful(self, change: Change) -> tuple[Tried, ...]:
        """The EXAMPLEs of which it takes a verdict to say whether they notice *change*."""
        if isinstance(change, Assumed):
            return self._tried
        found = self._open(self._outcome(change), self._loose(change))
        return tuple(self._tried[case] for case in sorted(found))

    def _loose(self, change: Change) -> set[int]:
        """The cases whose bits say no more than what can be at most."""
        found = {*self._expecting.loose}
        if isinstance(change, Replaced):
            for test in self._new[id(change)]:
                found |= self._blocks.doubtful.get(id(test), frozenset())
        return found

    def _open(self, outcome: Outcome, loose: set[int]) -> set[int]:
        """The cases of which bits don't say what comes."""
        unsure = {each for each in loose if self._expecting.comes_out(outcome, each) is None}
        return self._expecting.asking | unsure

    def _outcome(self, change: Dropped | Decided | Defaulted | Replaced) -> Outcome:
        """What comes of the rules with *change* made."""
        rails: Sequence[Rails] = self._rules
        decisions, names = self._decisions, self._names
        default = self._mutants.policy._binding.default  # noqa: SLF001 - one library
        match change:
            case Dropped(place):
                rails = [*rails[:place], *rails[place + 1 :]]
                decisions = [*decisions[:place], *decisions[place + 1 :]]
                names = [*names[:place], *names[place + 1 :]]
            case Decided(place, decision):
                decisions = [*decisions[:place], decision, *decisions[place + 1 :]]
            case Defaulted(decision):
                default = decision
            case Replaced():
                rails = self._refolded(change)
        return Outcome(rails, decisions, names, default, self._logic.everything)

    def _refolded(self, change: Replaced) -> Sequence[Rails]:
        """The rails of the rules with *change* made; only what is above it is folded."""
        values, old = self._values, id(change.site.condition)
        new = [*postorder(change.condition, known=values)]
        fold_over(new, self._logic, values)
        before = {old: values[old]}
        values[old] = values[id(change.condition)]
        try:
            if values[old] == before[old]:
                return self._rules
            turned = {old}
            for whole, nodes, parts in self._above(change.site):
                if not turned.isdisjoint(parts):
                    before.update((each, values[each]) for each in map(id, nodes))
                    fold_over(nodes, self._logic, values)
                    if values[whole] != before[whole]:
                        turned.add(whole)
            return [values[id(rule.condition)] for rule in self._mutants.rules]
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


def _step(site: Site) -> _Step:
    parts = frozenset(id(each.condition) for each in site.parts)
    return id(site.condition), [*postorder(site.condition, known=parts)], parts
