"""What can be changed, as a search for the fewest changes sees it."""

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

import attrs

from connectrules.exact.fillings import Pattern


@attrs.frozen
class Choice:
    """One way to change a fact, or several that are compared with one another.

    Attributes:
        group: Of each group one choice can be made: it is a fact, or facts that are
            compared with one another.
        facts: The facts that it changes, by the numbers of their slots.
        sets: The tests whose outcomes it turns, by their number, and how they come out.
        key: What tells it from the other choices of its group.
    """

    group: int
    facts: tuple[int, ...]
    sets: tuple[tuple[int, bool], ...]
    key: Hashable = None

    @property
    def cost(self) -> int:
        """How many facts it changes."""
        return len(self.facts)


def changed(pattern: Pattern, choices: Sequence[Choice]) -> Pattern:
    """*pattern* with *choices* made."""
    found = list(pattern)
    for choice in choices:
        for number, truth in choice.sets:
            found[number] = truth
    return tuple(found)


def undominated(
    choices: Sequence[Choice], pattern: Pattern, polarity: Mapping[int, int]
) -> list[Choice]:
    """Those of *choices*, all of one group, that no other is always as good as, nor none at all.

    Args:
        choices: The choices.
        pattern: How the tests come out as it is.
        polarity: For each test 1 where it helps to be true, 2 false, 3 where either may.
    """
    touched = {number for choice in choices for number, _ in choice.sets}
    tests = [number for number in touched if number in polarity]
    kept: dict[tuple[int, ...], list[tuple[Choice, int]]] = {}
    none = _serves([pattern[number] for number in tests], tests, polarity)
    for choice in sorted(choices, key=lambda each: each.cost):
        made = dict(choice.sets)
        own = _serves([made.get(number, pattern[number]) for number in tests], tests, polarity)
        below = (
            kept.get(facts, ())
            for size in range(1, choice.cost + 1)
            for facts in combinations(choice.facts, size)
        )
        if own | none == none or any(
            own | theirs == theirs for each in below for _, theirs in each
        ):
            continue
        alike = kept.get(choice.facts, [])
        kept[choice.facts] = [each for each in alike if own | each[1] != own] + [(choice, own)]
    return [choice for each in kept.values() for choice, _ in each]


def _serves(
    truths: Sequence[bool | None], tests: Sequence[int], polarity: Mapping[int, int]
) -> int:
    """Those of *truths*, of *tests*, that can help, as bits."""
    found = 0
    for place, (number, truth) in enumerate(zip(tests, truths, strict=True)):
        if truth is not None and polarity[number] & (1 if truth else 2):
            found |= (1 if truth else 2) << 2 * place
    return found
