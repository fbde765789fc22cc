"""Cases side by side as bits, with one bit for each way to fill in what is not known of them."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import groupby

import attrs

from connectrules.exact.reach import Rails
from connectrules.rules.tree import Subject, Test
from connectrules.testing.mutants.changes import Assumed
from connectrules.testing.mutants.group import Group, groups_of
from connectrules.testing.mutants.lazily import Lazily
from connectrules.testing.mutants.stack import Stack
from connectrules.testing.mutants.unknowns import Filled


@attrs.frozen(eq=False, slots=False)
class Layout:
    """Cases as bits.

    Attributes:
        cases: The cases in their order.
        stacks: Those with as many digits together.
    """

    cases: tuple[Filled, ...]
    stacks: tuple[Stack, ...]

    @property
    def size(self) -> int:
        """How many bits there are."""
        return sum(each.size for each in self.stacks)

    def bits_of(self, cases: int) -> int:
        """All bits of *cases*."""
        found = 0
        for each in self.stacks:
            found |= each.bits_of(cases)
        return found

    def somewhere(self, where: int) -> int:
        """The cases of which some bit is in *where*."""
        found = 0
        for each in self.stacks:
            found |= each.somewhere(where)
        return found

    @cached_property
    def _groups(self) -> Sequence[Group]:
        return [group for each in self.stacks for group in groups_of(each)]

    @cached_property
    def leaves(self) -> Mapping[int, Rails]:
        """The rails of each test, by its id."""
        return Lazily(lambda test: _rails_of(test, self._groups))

    def assumed(self, subject: Subject) -> int:
        """The cases for which *subject* is assumed."""
        found = 0
        for each in self._groups:
            for place in each.assumed(subject):
                found |= 1 << each.stack.first + each.place + place
        return found

    def assuming(self, change: Assumed, tests: Iterable[Test]) -> Mapping[int, Rails]:
        """The rails of *tests* with *change* made, by their ids."""
        groups = [each.assuming(change) for each in self._groups]
        return {id(test): _rails_of(id(test), groups) for test in tests}


def _rails_of(test: int, groups: Sequence[Group]) -> Rails:
    if len(groups) == 1:
        return groups[0].rails[groups[0].of.tests.number[test]]
    true = false = 0
    for each in groups:
        rails = each.rails[each.of.tests.number[test]]
        true, false = true | rails.true, false | rails.false
    return Rails(true, false)


def laid_out(cases: Iterable[Filled]) -> Layout:
    """*cases* as bits; those of fewest digits come first."""
    order = sorted(cases, key=lambda each: (each.digits, id(each.of)))
    stacks = []
    start = first = 0
    for digits, group in groupby(order, key=lambda each: each.digits):
        stacks.append(Stack(tuple(group), digits, start, first))
        start += stacks[-1].size
        first += len(stacks[-1].cases)
    return Layout(tuple(order), tuple(stacks))
