"""What comes of cases with a change made: only what is above it is folded anew."""

from collections.abc import Iterator, Mapping, Sequence

from connectrules.exact import bits
from connectrules.exact.cells import LIMIT
from connectrules.exact.reach import Rails, Reach, is_short
from connectrules.program import Program
from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Subject,
    Test,
    children,
    fold_over,
    postorder,
    subjects,
)
from connectrules.testing.mutants.changes import (
    Assumed,
    Change,
    Decided,
    Defaulted,
    Dropped,
    Mutant,
    Replaced,
)
from connectrules.testing.mutants.expecting import Expecting, Found
from connectrules.testing.mutants.layout import Layout
from connectrules.testing.mutants.making import Mutants
from connectrules.testing.mutants.outcome import Outcome
from connectrules.testing.mutants.sites import Site
from connectrules.testing.mutants.unknowns import Filled, Unknowns

_Step = tuple[int, list[Condition], frozenset[int]]
"""A condition, by its id; its nodes above its parts; its parts, by their ids."""


class Paths:
    """What is above the changes of a policy: alike for all cases.

    Args:
        mutants: The mutants.
        among: Those of them that are asked about.
    """

    def __init__(self, mutants: Mutants, among: Sequence[Mutant]) -> None:
        self.mutants = mutants
        self.nodes: dict[int, Condition] = {}
        """The nodes of the rules, each after those below it."""
        for rule in mutants.rules:
            below = [*postorder(rule.condition, known=self.nodes)]
            self.nodes.update((id(node), node) for node in below)
        self._new: dict[int, list[Condition]] = {}
        for each in among:
            if isinstance(each.change, Replaced):
                self._new[id(each.change)] = [*postorder(each.change.condition, known=self.nodes)]
        new = [node for nodes in self._new.values() for node in nodes]
        self._others = [node for node in new if isinstance(node, Test)]
        own = [node for node in self.nodes.values() if isinstance(node, Test)]
        self.tests = {id(test): id(test) for test in (*own, *self._others)}
        """The tests, by their ids."""
        self._unknowns: dict[int, Unknowns] = {}
        self._steps: dict[Site, list[_Step]] = {}
        self._speaking: dict[Subject, tuple[list[Test], list[Condition]]] = {}
        self.is_rough = any(map(_is_rough, self.nodes.values()))
        """Whether there is a list of points too long for a verdict to tell all it hangs on."""

    def unknowns(self, program: Program) -> Unknowns:
        """What is alike for all cases of one owner and one day."""
        if id(program) not in self._unknowns:
            found = Unknowns(program, self.mutants.rules, [*self.nodes.values()], self._others)
            self._unknowns[id(program)] = found
        return self._unknowns[id(program)]

    def below(self, change: Replaced) -> Sequence[Condition]:
        """The nodes that *change* brings, each after those below it."""
        return self._new[id(change)]

    def above(self, site: Site) -> Sequence[_Step]:
        """What is to be folded anew where *site* comes out otherwise, from below."""
        if site not in self._steps:
            self._steps[site] = [_step(each) for each in self.mutants.sites.above(site)]
        return self._steps[site]

    def speaking(self, subject: Subject) -> tuple[list[Test], list[Condition]]:
        """The rules' tests that speak of *subject*, and what is above them, from below."""
        if subject not in self._speaking:
            tests, above = [], []
            found = set[int]()
            for key, node in self.nodes.items():
                if isinstance(node, Test) and subject in subjects(node):
                    tests.append(node)
                elif found.isdisjoint(map(id, children(node))):
                    continue
                else:
                    above.append(node)
                found.add(key)
            self._speaking[subject] = tests, above
        return self._speaking[subject]


def _step(site: Site) -> _Step:
    parts = frozenset(id(each.condition) for each in site.parts)
    return id(site.condition), [*postorder(site.condition, known=parts)], parts


def _is_rough(node: Condition) -> bool:
    """Whether *node* is a list of points too long, or will be with one point more."""
    if not isinstance(node, AtLeast) or len({each.weight for each in node.items}) == 1:
        return False
    return not is_short(len(node.items), node.threshold + 1, bits.full(LIMIT))


class Folding:
    """Some cases against the mutants of a policy.

    Args:
        paths: What is above the changes.
        layout: The cases.
        is_expected: Whether what comes of the policy's own rules is as expected.
    """

    def __init__(self, paths: Paths, layout: Layout, *, is_expected: bool = True) -> None:
        self._paths, self._layout = paths, layout
        rules = paths.mutants.rules
        leaves = layout.leaves
        everything = bits.full(layout.size)
        self._logic = Reach(everything, leaves, paths.tests)
        self._values: dict[int, Rails] = {}
        fold_over(paths.nodes.values(), self._logic, self._values)
        self._rules = [self._values[id(rule.condition)] for rule in rules]
        self._decisions = [rule.decision for rule in rules]
        self._names = [rule.name for rule in rules]
        binding = paths.mutants.policy._binding  # noqa: SLF001 - one library
        self.own = Outcome(
            self._rules, self._decisions, self._names, binding.default, *[everything] * 3
        )
        """What comes of the policy's own rules, for people who may be others than they were."""
        self._expecting = Expecting(
            layout, self.own if is_expected else None, binding.named, is_rough=paths.is_rough
        )

    def held(self, change: Change | None) -> Found:
        """What comes out otherwise than expected with *change* made; None for the rules as is."""
        return self._expecting.held(self.own if change is None else self._outcome(change))

    def cases(self, where: int) -> Iterator[Filled]:
        """The cases of a bit for each."""
        return (self._layout.cases[place] for place in bits.places(where))

    def _outcome(self, change: Change) -> Outcome:
        """What comes of the rules with *change* made."""
        rails, decisions, names = self._rules, self._decisions, self._names
        default = self.own.default
        loosened = 0
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
                touched = stirred = self.own.otherwise
                default = decision
            case Assumed():
                tests, above = self._paths.speaking(change.subject)
                turned = self._layout.assuming(change, tests)
                loosened = self._layout.assumed(change.subject) if change.value is None else 0
                rails, touched = self._refolded(turned, [(0, above, frozenset(turned))])
                touched |= self._layout.bits_of(loosened)
                stirred = self._stirred(turned)
            case Replaced(site, condition):
                old, values = id(site.condition), self._values
                new = self._paths.below(change)
                fold_over(new, self._logic, values)
                turned = {old: values[id(condition)]}
                for node in new:
                    del values[id(node)]
                stirred = self._stirred(turned)
                rails, touched = self._refolded(turned, self._paths.above(site))
        everything = self._logic.everything
        return Outcome(rails, decisions, names, default, everything, touched, stirred, loosened)

    def _stirred(self, turned: Mapping[int, Rails]) -> int:
        """Where what is *turned* is not known, or not as before."""
        same = -1
        for key, now in turned.items():
            was = self._values[key]
            same &= (was.surely_true & now.surely_true) | (was.surely_false & now.surely_false)
        return self._logic.everything & ~same

    def _refolded(
        self, turned: Mapping[int, Rails], steps: Sequence[_Step]
    ) -> tuple[list[Rails], int]:
        """The rails of the rules with some nodes *turned*, and where they come out otherwise."""
        values = self._values
        before = {key: values[key] for key in turned}
        other = {key for key, rails in turned.items() if rails != before[key]}
        if not other:
            return self._rules, 0
        values.update(turned)
        for whole, nodes, parts in steps:
            if not other.isdisjoint(parts):
                before.update((each, values[each]) for each in map(id, nodes))
                fold_over(nodes, self._logic, values)
                if whole and values[whole] != before[whole]:
                    other.add(whole)
        rails = [values[id(rule.condition)] for rule in self._paths.mutants.rules]
        values.update(before)
        touched = 0
        for one, was in zip(rails, self._rules, strict=True):
            if one is not was:
                touched |= (one.true ^ was.true) | (one.false ^ was.false)
        return rails, touched
