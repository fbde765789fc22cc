"""CR401: a rule that can never change a decision.

What it does: looks for a rule that applies only where another applies too, of its own
kind or of one that beats it, and for a rule that can apply to nobody.

Why it is bad: the rule does nothing, so one of the two was meant otherwise.

Use instead: one of the two, or a condition in which they differ.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, islice, permutations

import attrs

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.exact.analysis import Analyser
from connectrules.exact.possible import Possible
from connectrules.exact.samples import sampled
from connectrules.exact.variables import ORDER, BoundRule
from connectrules.resolve.resolved import BARE, Resolved, ResolvedRule
from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Mine,
    Not,
    Subject,
    Test,
    Texts,
    Window,
    all_of,
    children,
    mentions,
    postorder,
)
from connectrules.verdict import Decision

# So that a policy of thousands of rules is checked in a moment, only so much is looked at.
_MOST_PAIRS = 1_000_000
_MOST_STEPS = 60_000
_MOST_NODES_OF_A_RULE = 300
_MOST_VALUES_OF_A_FACT = 200
_SAMPLES = 256


def check(
    resolved: Resolved, analyser: Analyser, told: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """A warning for each rule that another covers, or that can never apply.

    Args:
        resolved: What the policy means.
        analyser: Its rules, for no owner, and on a day like any other.
        told: The warnings about single conditions; a rule that holds one is left alone.
    """
    sound = [*_looked(resolved, analyser.rules, told)]
    possible = Possible(analyser)
    covers = _Covers(analyser, possible)
    samples = sampled(analyser, _SAMPLES)
    always = [samples[id(rule.condition)].surely_true for rule in sound]
    never = [samples[id(rule.condition)].surely_false for rule in sound]
    gone: set[int] = set()
    for place, rule in enumerate(sound):
        if not never[place] and not covers.possible(Not(rule.condition)):
            sound[place] = attrs.evolve(rule, needs=())
        if not always[place] and not covers.possible(rule.condition):
            gone.add(place)
            yield _impossible(resolved, rule)
    covers = _Covers(analyser, possible)
    for place, other_place in islice(permutations(range(len(sound)), 2), _MOST_PAIRS):
        if covers.left < 0:
            return
        if always[place] & never[other_place] or place in gone or other_place in gone:
            continue
        rule, other = sound[place], sound[other_place]
        if not rule.could_be_covered_by(other):
            continue
        if covers.implied(rule.condition, other.condition):
            # Of two that say the same, the one that comes later is said to be too much.
            same = rule.kind is other.kind and covers.implied(other.condition, rule.condition)
            if same and place < other_place:
                gone.add(other_place)
                yield _covered(resolved, other, rule)
            else:
                gone.add(place)
                yield _covered(resolved, rule, other)


def _impossible(resolved: Resolved, rule: "_Looked") -> Diagnostic:
    if rule.name == BARE:
        return _warning(
            resolved,
            rule,
            "this condition can never hold: its parts contradict each other",
            "change one of them",
        )
    return _warning(
        resolved,
        rule,
        f"`{rule.name}` can never apply: its conditions contradict each other",
        "change one of them, or delete the rule",
    )


def _covered(resolved: Resolved, rule: "_Looked", other: "_Looked") -> Diagnostic:
    line = resolved.source.location(other.rule.span.start).line
    beats = "" if rule.kind is other.kind else f", and {other.kind.name} beats {rule.kind.name}"
    return _warning(
        resolved,
        rule,
        f"`{rule.name}` can never change a decision: wherever it applies, `{other.name}` in line "
        f"{line} does too{beats}",
        "delete it, or change what one of the two asks for",
    )


def _warning(resolved: Resolved, rule: "_Looked", message: str, advice: str) -> Diagnostic:
    return Diagnostic(
        "CR401",
        message,
        resolved.source,
        rule.rule.span,
        help=(advice,),
        severity=Severity.WARNING,
    )


def _looked(
    resolved: Resolved, rules: Sequence[BoundRule], told: Sequence[Diagnostic]
) -> Iterator["_Looked"]:
    """The rules that are not too large, and hold nothing that was *told* of."""
    starts = sorted(each.span.start for each in told if each.source == resolved.source)
    sizes = _Sizes()
    for rule, bound in zip(resolved.rules, rules, strict=True):
        if bisect_left(starts, rule.span.start) < bisect_left(starts, rule.span.end):
            continue
        subjects = sizes.subjects(bound.condition)
        if subjects is not None:
            needs = tuple(sizes.subjects(each) or subjects for each in _conjuncts(bound.condition))
            yield _Looked(rule, bound.condition, subjects, needs)


@attrs.frozen(eq=False)
class _Looked:
    """A rule, and what its condition speaks of.

    Attributes:
        rule: The rule, with its place.
        condition: When it applies.
        subjects: All facts it speaks of.
        needs: The facts that each of the conditions it joins with AND speaks of; none
            where it always holds.
    """

    rule: ResolvedRule
    condition: Condition
    subjects: frozenset[Subject | Mine]
    needs: tuple[frozenset[Subject | Mine], ...]

    @property
    def name(self) -> str:
        """What the rule is called."""
        return self.rule.name

    @property
    def kind(self) -> Decision:
        """What the rule decides."""
        return self.rule.decision

    def could_be_covered_by(self, other: "_Looked") -> bool:
        """Whether *other* is strong enough, and needs nothing that the rule does not speak of."""
        return ORDER.index(other.kind) <= ORDER.index(self.kind) and all(
            not need.isdisjoint(self.subjects) for need in other.needs
        )


def _conjuncts(condition: Condition) -> Iterator[Condition]:
    """What must hold, each by itself, where *condition* does."""
    seen: set[int] = set()
    stack = [condition]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        match node:
            case AtLeast(threshold, items) if threshold == sum(item.weight for item in items):
                stack += children(node)
            case _:
                yield node


@attrs.frozen
class _Sizes:
    """How large conditions are, definitions expanded; parts that they share are looked at once."""

    known: dict[int, tuple[int, frozenset[Subject | Mine]]] = attrs.field(factory=dict)

    def subjects(self, condition: Condition) -> frozenset[Subject | Mine] | None:
        """The facts that *condition* speaks of; None where it is too large to be looked at."""
        stack = [condition]
        while stack:
            node = stack[-1]
            if id(node) in self.known:
                stack.pop()
            elif below := [each for each in children(node) if id(each) not in self.known]:
                stack += below
            else:
                self.known[id(node)] = self._measured(node)
        size, found = self.known[id(condition)]
        return found if size <= _MOST_NODES_OF_A_RULE else None

    def _measured(self, node: Condition) -> tuple[int, frozenset[Subject | Mine]]:
        if isinstance(node, Test):
            return 1, frozenset(mentions(node))
        below = [self.known[id(each)] for each in children(node)]
        size = 1 + sum(size for size, _ in below)
        if size > _MOST_NODES_OF_A_RULE:
            return size, frozenset()
        return size, frozenset().union(*(found for _, found in below))


@attrs.define
class _Covers:
    """Whether conditions could hold for anybody, as far as that is found out in a moment.

    Attributes:
        of: The policy's rules.
        settle: What finds it out.
        left: How many nodes of conditions, and values they name, may still be looked at.
    """

    of: Analyser
    settle: Possible
    left: int = _MOST_STEPS

    def implied(self, condition: Condition, other: Condition) -> bool:
        """Whether *other* holds wherever *condition* does."""
        return not self.possible(all_of(condition, Not(other)))

    def possible(self, condition: Condition) -> bool:
        """Whether *condition* may hold; it may where nobody can tell, or where the day decides."""
        if self.left < 0:
            return True
        nodes = [*postorder(condition)]
        self.left -= len(nodes)
        times = dict.fromkeys(map(id, nodes), 0)
        times[id(condition)] = 1
        tested: dict[int, int] = {}
        by_variable: dict[int, list[Test]] = {}
        for node in reversed(nodes):
            if isinstance(node, Test):
                number = self.of.number[id(node)]
                tested[number] = tested.get(number, 0) + times[id(node)]
                by_variable.setdefault(self.of.variable_of[number], []).append(node)
            for below in children(node):
                times[id(below)] += times[id(node)]
        self.left -= sum(map(_values, chain.from_iterable(by_variable.values())))
        return any(map(_takes_long, by_variable.values())) or self.settle(nodes, tested)


def _takes_long(tests: Sequence[Test]) -> bool:
    """Whether the *tests* of one fact name many values, or are in another order on another day."""
    operands = [each for test in tests for each in test.operands]
    timed = [each for each in operands if isinstance(each, Window)]
    units = {each.duration.unit in ("day", "week") for each in timed}
    mixed = len(units) > 1 or 0 < len(timed) < len(tests)
    return mixed or sum(map(_values, tests)) > _MOST_VALUES_OF_A_FACT


def _values(test: Test) -> int:
    """How many values *test* names."""
    return sum(len(each.items) if isinstance(each, Texts) else 1 for each in test.operands) - 1
