"""What cases should show of a policy: each rule deciding, each condition deciding its rule."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any

import attrs

from connectrules.exact import bits
from connectrules.policy import Policy
from connectrules.program import OTHERWISE
from connectrules.rules.tree import Condition, Test
from connectrules.testing.cases import Tried
from connectrules.testing.seen import Seen, Trees, seen, tests_of


class Aspect(Enum):
    """What is to be shown."""

    DECIDES = "decides"
    """A rule, or OTHERWISE, decides."""
    HOLDS = "holds"
    """A condition is known to hold."""
    FAILS = "fails"
    """A condition is known not to hold."""
    UNKNOWN = "unknown"
    """It is not known whether a condition holds."""
    ALONE = "alone"
    """A condition decides its rule by itself (MC/DC)."""


@attrs.frozen(eq=False)
class Goal:
    """Something that cases should show.

    Attributes:
        aspect: What of it.
        rule: The rule; ``otherwise`` is the default.
        root: The rule's condition; None for the default.
        test: The condition; None for the rule as a whole.
    """

    aspect: Aspect
    rule: str
    root: Condition | None = attrs.field(default=None, repr=False)
    test: Test | None = None

    @property
    def sides(self) -> int:
        """Of how many kinds cases must be to show it: a condition decides with a pair."""
        return 2 if self.aspect is Aspect.ALONE else 1


def goals_of(policy: Policy[Any]) -> tuple[Goal, ...]:
    """All that cases should show of *policy*, rule by rule."""
    return tuple(_goals(policy))


def _goals(policy: Policy[Any]) -> Iterator[Goal]:
    told: set[int] = set()
    for rule in policy.rules:
        yield Goal(Aspect.DECIDES, rule.name, rule.condition)
        for test in tests_of(rule.condition):
            if id(test) not in told:
                told.add(id(test))
                for aspect in (Aspect.HOLDS, Aspect.FAILS, Aspect.UNKNOWN):
                    yield Goal(aspect, rule.name, rule.condition, test)
            yield Goal(Aspect.ALONE, rule.name, rule.condition, test)
    yield Goal(Aspect.DECIDES, OTHERWISE)


class Shown:
    """Which of some cases show what.

    Args:
        tried: The cases, and what a policy makes of them.
        trees: How the policy's conditions are made up, where that is known.
    """

    def __init__(self, tried: Sequence[Tried], trees: Trees | None = None) -> None:
        self.tried = tuple(tried)
        self.seen: Seen = seen(self.tried, trees)
        self._cases: dict[Goal, tuple[int, ...]] = {}

    def cases(self, goal: Goal) -> tuple[int, ...]:
        """The cases that show *goal*, as bits, for each side: of a pair, yes first."""
        if goal not in self._cases:
            self._cases[goal] = sides_of(goal, self.seen, self._deciding)
        return self._cases[goal]

    def _deciding(self, goal: Goal) -> int:
        """Where a rule decides; one of several that are named, only where it is sure to apply."""
        named = bits.packed(goal.rule in each.verdict.rules for each in self.tried)
        by_itself = bits.packed(len(each.verdict.rules) == 1 for each in self.tried)
        sure = 0 if goal.root is None else self.seen.rails(goal.root).surely_true
        return named & (by_itself | sure)


def sides_of(goal: Goal, cases: Seen, deciding: Callable[[Goal], int]) -> tuple[int, ...]:
    """The *cases* that show *goal*, as bits, for each side: of a pair, yes first.

    Args:
        goal: What is to be shown.
        cases: How conditions come out for the cases.
        deciding: What says where a rule decides.
    """
    if goal.test is None:
        return (deciding(goal),)
    rails = cases.leaves[id(goal.test)]
    yes, no = rails.surely_true, rails.surely_false
    if goal.test.denied:
        yes, no = no, yes
    match goal.aspect:
        case Aspect.HOLDS:
            return (yes,)
        case Aspect.FAILS:
            return (no,)
        case Aspect.UNKNOWN:
            return (cases.everything & ~yes & ~no,)
        case _:
            assert goal.root is not None  # noqa: S101 - a condition is a rule's
            turning = cases.turning(goal.root, goal.test)
            return yes & turning, no & turning
