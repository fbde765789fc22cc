"""How conditions come out for many cases at once: a bit of a whole number for each case."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import attrs

from connectrules.exact import bits
from connectrules.exact.reach import Rails, Reach
from connectrules.rules.tree import Condition, Test, children, fold_over, postorder
from connectrules.testing.cases import Tried


class Trees:
    """How a policy's conditions are made up: the same for whichever cases, and kept between them.

    Conditions are known by their ids. All of a root that was asked about is kept, so none of
    it can be mistaken for another.
    """

    def __init__(self) -> None:
        self._nodes: dict[int, tuple[Condition, ...]] = {}
        self._above: dict[tuple[int, ...], tuple[Condition, ...]] = {}

    def nodes(self, root: Condition) -> tuple[Condition, ...]:
        """All that is at or below *root*, from below."""
        if id(root) not in self._nodes:
            self._nodes[id(root)] = tuple(postorder(root))
        return self._nodes[id(root)]

    def above(self, root: Condition, nodes: tuple[int, ...]) -> tuple[Condition, ...]:
        """All that is above one of *nodes*, by their ids, and at or below *root*, from below."""
        key = (id(root), *nodes)
        if key not in self._above:
            found = {*nodes}
            above = []
            for each in self.nodes(root):
                if not found.isdisjoint(map(id, children(each))):
                    found.add(id(each))
                    above.append(each)
            self._above[key] = tuple(above)
        return self._above[key]


@attrs.frozen(eq=False, slots=False)
class Seen:
    """How the conditions of a policy come out for some cases, in strong Kleene logic.

    Rails say for which cases a condition *can* be true and can be false: where it is
    not known, it can be both. The bit of a case is its place among the cases.

    Attributes:
        size: How many cases there are.
        leaves: The rails of each test of the rules' trees, by its id.
        trees: How the conditions are made up.
    """

    size: int
    leaves: Mapping[int, Rails]
    trees: Trees = attrs.field(factory=Trees, repr=False)
    _values: dict[int, Rails] = attrs.field(factory=dict, init=False, repr=False)

    @cached_property
    def everything(self) -> int:
        """All cases."""
        return bits.full(self.size)

    @cached_property
    def _logic(self) -> Reach:
        return Reach(self.everything, self.leaves, _Itself())

    def rails(self, condition: Condition) -> Rails:
        """For which cases *condition*, one of the rules' or made of their tests, can be so."""
        if id(condition) not in self._values:
            nodes = self.trees.nodes(condition)
            new = [each for each in nodes if id(each) not in self._values]
            fold_over(new, self._logic, self._values)
        return self._values[id(condition)]

    def turned(self, root: Condition, changed: Mapping[int, Rails]) -> Rails:
        """The rails of *root* were those of some nodes below it others.

        Args:
            root: A condition.
            changed: Other rails for some nodes at or below it, by their ids.
        """
        self.rails(root)
        values = _Changed(self._values, changed)
        for node in self.trees.above(root, tuple(changed)):
            if id(node) not in changed and any(id(each) in values for each in children(node)):
                fold_over((node,), self._logic, values)
                if values[id(node)] == self._values[id(node)]:
                    del values[id(node)]
        return values[id(root)]

    def turning(self, root: Condition, node: Condition) -> int:
        """The cases in which *root* is true or false just as *node*, below it, is, or is not."""
        yes, no = Rails(self.everything, 0), Rails(0, self.everything)
        held, failed = self.turned(root, {id(node): yes}), self.turned(root, {id(node): no})
        return (held.surely_true & failed.surely_false) | (held.surely_false & failed.surely_true)


class _Changed(dict[int, Rails]):
    """Rails by node, of which some are others than those *before*."""

    def __init__(self, before: Mapping[int, Rails], changed: Mapping[int, Rails]) -> None:
        super().__init__(changed)
        self._before = before

    def __missing__(self, node: int) -> Rails:
        return self._before[node]


class _Itself(dict[int, int]):
    """Every number, as its own."""

    def __missing__(self, number: int) -> int:
        return number


class _Leaves(dict[int, Rails]):
    """The rails of tests for some cases, by the test's id, from when they are asked for."""

    def __init__(self, tried: Sequence[Tried]) -> None:
        super().__init__()
        self._outcomes = [(each.settled.pattern, each.program.analyser.number) for each in tried]

    def __missing__(self, test: int) -> Rails:
        truths = [pattern[number[test]] for pattern, number in self._outcomes]
        self[test] = found = Rails(
            bits.packed(truth is not False for truth in truths),
            bits.packed(truth is not True for truth in truths),
        )
        return found


def seen(tried: Sequence[Tried], trees: Trees | None = None) -> Seen:
    """How the tests of a policy, with conditions made up as *trees*, come out for cases *tried*."""
    return Seen(len(tried), _Leaves(tried), trees or Trees())


def tests_of(condition: Condition) -> Iterator[Test]:
    """Every test of *condition*, each node once."""
    return (node for node in postorder(condition) if isinstance(node, Test))
