"""CR401: a rule that can never change a decision.

What it does: looks for a rule that applies only where another applies too, of its own
kind or of one that beats it, and for a rule that can apply to nobody.

Why it is bad: the rule does nothing, so one of the two was meant otherwise.

Use instead: one of the two, or a condition in which they differ.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice, permutations

import attrs

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.exact.analysis import ORDER, Analyser, BoundRule
from connectrules.resolve.resolved import BARE, Resolved, ResolvedRule
from connectrules.rules.meaning import Context
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
_MOST_PAIRS = 200_000
_MOST_NODES = 20_000
_MOST_NODES_OF_A_RULE = 300
_MOST_VALUES_OF_A_FACT = 40


def check(
    resolved: Resolved, rules: Sequence[BoundRule], context: Context, told: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """A warning for each rule that another covers, or that can never apply.

    Args:
        resolved: What the policy means.
        rules: Its rules, ready for analysis.
        context: No owner, and a day like any other.
        told: The warnings about single conditions; a rule that holds one is left alone.
    """
    sound = [*_looked(resolved, rules, told)]
    covers = _Covers(context)
    gone: set[int] = set()
    for place, rule in enumerate(sound):
        if not covers.possible(Not(rule.condition)):
            sound[place] = attrs.evolve(rule, needs=())
        if not covers.possible(rule.condition):
            gone.add(place)
            yield _impossible(resolved, rule)
    covers = _Covers(context)
    for place, other_place in islice(permutations(range(len(sound)), 2), _MOST_PAIRS):
        if covers.left < 0:
            return
        rule, other = sound[place], sound[other_place]
        if place in gone or other_place in gone or not rule.could_be_covered_by(other):
            continue
        if covers.implied(rule.condition, other.condition):
            # Of two that say the same, the one that comes later is said to be too much.
            same = rule.kind is other.kind and covers.implied(other.condition, rule.condition)
            if same and place < other_place:
                continue
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
        context: No owner, and a day like any other.
        left: How many nodes of conditions may still be looked at.
    """

    context: Context
    left: int = _MOST_NODES

    def implied(self, condition: Condition, other: Condition) -> bool:
        """Whether *other* holds wherever *condition* does."""
        return not self.possible(all_of(condition, Not(other)))

    def possible(self, condition: Condition) -> bool:
        """Whether *condition* may hold; it may where nobody can tell, or where the day decides."""
        if self.left < 0:
            return True
        nodes = [*postorder(condition)]
        self.left -= len(nodes)
        tests = {id(node): node for node in nodes if isinstance(node, Test)}
        by_subject: dict[Subject | Mine, list[Test]] = {}
        for test in tests.values():
            for subject in mentions(test):
                by_subject.setdefault(subject, []).append(test)
        if any(map(_takes_long, by_subject.values())):
            return True
        analyser = Analyser(
            [BoundRule("", Decision.CONNECT, None, condition)], Decision.DECLINE, self.context
        )
        nothing = (None,) * len(analyser.tests)
        return Decision.CONNECT in analyser.analyse(nothing).decisions


def _takes_long(tests: Sequence[Test]) -> bool:
    """Whether the *tests* of one fact name many values, or are in another order on another day."""
    operands = [each for test in tests for each in test.operands]
    timed = [each for each in operands if isinstance(each, Window)]
    units = {each.duration.unit in ("day", "week") for each in timed}
    mixed = len(units) > 1 or 0 < len(timed) < len(tests)
    values = sum(len(each.items) if isinstance(each, Texts) else 1 for each in operands)
    return mixed or values > _MOST_VALUES_OF_A_FACT
