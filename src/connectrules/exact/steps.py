"""The rules of a policy as steps to be gone through upwards and downwards, and fast.

A node of the rules has two rails, side by side: one for its being true, one for its
being false. NOT swaps them and takes no step. ANY is the opposite of ALL of the
opposites, so a step is either such an ALL or a count. What a rail holds is up to
whoever goes: fillings in which the node can come out so, or how likely it does.
"""

from collections.abc import Iterable, Sequence

import attrs

from connectrules.exact import bits
from connectrules.exact.reach import Rails, Reach, turning
from connectrules.exact.variables import Variables
from connectrules.rules.tree import AtLeast, Condition, Not, Test
from connectrules.verdict import Decision

Step = tuple[int, tuple[int, ...], tuple[int, ...], AtLeast | None]
"""The rail of a node; the rails of what it joins; their opposites; the node, if it is a count.

A rail's opposite is the rail with the other last bit.
"""


@attrs.frozen(eq=False)
class Steps:
    """The rules as steps.

    Attributes:
        steps: The steps, those of a node's parts before its own.
        rules: For each rule, the rail of its holding.
        kinds: For each kind of rule there is, the strongest first, the rail of some
            rule of it holding.
        default: What OTHERWISE decides.
        size: How many rails there are. The first are those of the distinct tests.
    """

    steps: tuple[Step, ...]
    rules: tuple[int, ...]
    kinds: tuple[tuple[Decision, int], ...]
    default: Decision
    size: int

    def up(self, rails: list[int], everything: int) -> list[int]:
        """All rails, from those of the tests: the fillings in which a node can come out so."""
        rails = rails + [0] * (self.size - len(rails))
        for out, items, others, count in self.steps:
            if count is None:
                true, false = everything, 0
                for item in items:
                    true &= rails[item]
                for other in others:
                    false |= rails[other]
                rails[out], rails[out ^ 1] = true, false
            else:
                rails[out], rails[out ^ 1] = _counted(count, items, rails, everything)
        return rails

    def decisions(self, rails: Sequence[int], everything: int) -> dict[Decision, int]:
        """For each decision that can be had, the fillings in which it can."""
        left, found = everything, dict[Decision, int]()
        for kind, rail in self.kinds:
            if left & rails[rail]:
                found[kind] = left & rails[rail]
            left &= rails[rail ^ 1]
        if left:
            found[self.default] = found.get(self.default, 0) | left
        return found

    def down(self, rails: Sequence[int], everything: int) -> tuple[list[int], bool]:
        """Where a node's coming out otherwise, alone, can turn the decision.

        Args:
            rails: What `up` found.
            everything: All fillings.

        Returns:
            The fillings for each node, by half the number of its rail, and whether
            they are exact: the sums of very long lists of points are not all looked at.
        """
        seen = [0] * (self.size // 2)
        exact = True
        above = everything
        for place, (kind, rail) in enumerate(self.kinds):
            here = above
            if kind is self.default:
                weaker = 0
                for _, other in self.kinds[place + 1 :]:
                    weaker |= rails[other]
                here &= weaker
            seen[rail >> 1] |= here
            above &= rails[rail ^ 1]
        for out, items, _, count in reversed(self.steps):
            here = seen[out >> 1]
            if not here:
                continue
            if count is None:
                _shared_out(here, items, rails, seen)
            else:
                factors, sure = _turning(count, items, rails, everything)
                exact = exact and sure
                for item, factor in zip(items, factors, strict=True):
                    seen[item >> 1] |= here & factor
        return seen, exact


_MOST_WORK = 1_000_000
"""More work than this is no work for a list of points where there is but one filling."""


def _shared_out(here: int, items: Sequence[int], rails: Sequence[int], seen: list[int]) -> None:
    """Add to what is *seen* of each item those fillings *here* in which all others hold."""
    before = [here]
    for item in items[:-1]:
        here &= rails[item]
        before.append(here)
    after = -1
    for item, agreed in zip(reversed(items), reversed(before), strict=True):
        seen[item >> 1] |= agreed & after
        after &= rails[item]


def _below(rails: Sequence[int], items: Sequence[int]) -> list[Rails]:
    return [Rails(rails[item], rails[item ^ 1]) for item in items]


def _counted(
    count: AtLeast, items: Sequence[int], rails: Sequence[int], everything: int
) -> tuple[int, int]:
    """The rails of a count."""
    if everything != 1:
        weighted = [
            (item.weight, each)
            for item, each in zip(count.items, _below(rails, items), strict=True)
        ]
        found = Reach(everything, (), {}).at_least(count.threshold, weighted, exactly=count.exactly)
        return found.true, found.false
    least = most = 0
    for each, item in zip(count.items, items, strict=True):
        least += each.weight * (not rails[item ^ 1])
        most += each.weight * rails[item]
    wanted = count.threshold
    if count.exactly:
        return int(least <= wanted <= most), int(least < wanted or most > wanted)
    return int(most >= wanted), int(least < wanted)


def _turning(
    count: AtLeast, items: Sequence[int], rails: Sequence[int], everything: int
) -> tuple[list[int], bool]:
    """For each item of a count, the fillings in which the others leave the outcome to it."""
    weighted = [
        (each.weight, rails[item], rails[item ^ 1])
        for each, item in zip(count.items, items, strict=True)
    ]
    weights = {each.weight for each in count.items}
    if everything != 1 or len(weighted) * len(weights) * count.threshold > _MOST_WORK:
        return turning(count, _below(rails, items), everything)
    found = dict.fromkeys(weighted, 0)
    for item in found:
        weight, can, cannot = item
        if can and cannot:
            low = max(count.threshold - weight, 0)
            short = bits.full(count.threshold + count.exactly) >> low << low
            found[item] = int(_sums(weighted, item, count.threshold) & short != 0)
    return [found[item] for item in weighted], True


def _sums(items: Iterable[tuple[int, int, int]], without: tuple[int, int, int], most: int) -> int:
    """The sums, up to *most*, that *items* but one can come to, as bits."""
    others = [*items]
    others.remove(without)
    sums = 1
    for weight, can, cannot in others:
        if can:
            more = sums << min(weight, most + 1) & bits.full(most + 1)
            sums = sums | more if cannot else more
    return sums


def steps_of(of: Variables) -> Steps:
    """The rules of a policy as steps."""
    rails: dict[int, int] = {}
    steps: list[Step] = []
    size = 2 * len(of.tests)
    for node in of.nodes:
        match node:
            case Test():
                rails[id(node)] = 2 * of.number[id(node)]
            case Not(operand):
                rails[id(node)] = rails[id(operand)] ^ 1
            case AtLeast():
                out, step = _step(node, [rails[id(each.condition)] for each in node.items], size)
                rails[id(node)] = out
                steps.append(step)
                size += 2

    def rail(condition: Condition) -> int:
        return rails[id(condition)]

    return Steps(
        tuple(steps),
        tuple(rail(rule.condition) for rule in of.rules),
        tuple((kind, rail(root)) for kind, root in of.roots.items()),
        of.default,
        size,
    )


def _step(node: AtLeast, items: Sequence[int], rail: int) -> tuple[int, Step]:
    """The rail of *node* and its step, where *rail* is the next that is free."""
    opposites = tuple(item ^ 1 for item in items)
    if node.threshold == sum(item.weight for item in node.items) and not node.exactly:
        return rail, (rail, tuple(items), opposites, None)
    if node.threshold == 1 and not node.exactly:
        return rail, (rail ^ 1, opposites, tuple(items), None)
    return rail, (rail, tuple(items), opposites, node)
