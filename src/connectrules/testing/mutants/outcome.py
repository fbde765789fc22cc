"""What comes of rules, as bits."""

from collections.abc import Iterable, Sequence
from functools import cached_property

import attrs

from connectrules.exact.reach import Rails
from connectrules.exact.variables import ORDER
from connectrules.verdict import Decision


@attrs.frozen(eq=False, slots=False)
class Outcome:
    """What comes of rules.

    Attributes:
        rails: Where each rule can hold, and can fail to.
        decisions: What each of them decides.
        names: What each of them is called.
        default: What OTHERWISE decides.
        everything: All bits.
        touched: Where something may come out otherwise than of the policy's own rules.
        stirred: Where something may even be made of other facts: elsewhere what is
            changed is known, and as before.
        loosened: The cases for which something is unknown that was not.
    """

    rails: Sequence[Rails]
    decisions: Sequence[Decision]
    names: Sequence[str]
    default: Decision
    everything: int
    touched: int
    stirred: int
    loosened: int = 0

    @cached_property
    def _can(self) -> tuple[Sequence[int], int]:
        left, found = self.everything, list[int]()
        for kind in ORDER:
            holds, fails = 0, left
            for each, decision in zip(self.rails, self.decisions, strict=True):
                if decision is kind:
                    holds |= each.true
                    fails &= each.false
            found.append(left & holds)
            left = fails
        found[ORDER.index(self.default)] |= left
        return found, left

    @property
    def can(self) -> Sequence[int]:
        """Where each decision can be had, the strongest first."""
        return self._can[0]

    @property
    def otherwise(self) -> int:
        """Where OTHERWISE can be reached."""
        return self._can[1]

    @cached_property
    def open(self) -> int:
        """Where more than one decision can be had."""
        return two_of(self.can)

    @property
    def surely_otherwise(self) -> int:
        """Where no rule can hold."""
        found = self.everything
        for each in self.rails:
            found &= ~each.true
        return found

    def of_kind(self, kind: Decision) -> list[tuple[str, Rails]]:
        """The rules that decide *kind*."""
        rules = zip(self.names, self.rails, self.decisions, strict=True)
        return [(name, each) for name, each, decision in rules if decision is kind]


def two_of(sets: Iterable[int]) -> int:
    """What is in more than one of *sets*."""
    once = twice = 0
    for each in sets:
        twice |= once & each
        once |= each
    return twice
