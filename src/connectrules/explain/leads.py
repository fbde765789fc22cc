"""What the answers to a question lead to."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import overload

from connectrules.exact.game import Cell, size_of
from connectrules.exact.variables import Variable, Variables
from connectrules.explain.answers import ANYTHING, kind_of, worded
from connectrules.explanation import Lead
from connectrules.schema.types import CountType, Date, Number, YesNo
from connectrules.verdict import Decision

End = tuple[Decision | None, str | None]
"""The decision that an answer leads to, or the fact to ask next."""


class Leads(Sequence[Lead]):
    """What the answers to a question lead to, worked out when somebody looks.

    Args:
        make: What works it out.
    """

    def __init__(self, make: Callable[[], tuple[Lead, ...]]) -> None:
        self._make = make
        self._made: tuple[Lead, ...] | None = None

    @property
    def _all(self) -> tuple[Lead, ...]:
        if self._made is None:
            self._made = self._make()
        return self._made

    @overload
    def __getitem__(self, index: int) -> Lead: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Lead, ...]: ...

    def __getitem__(self, index: int | slice) -> Lead | tuple[Lead, ...]:
        """One of them."""
        return self._all[index]

    def __len__(self) -> int:
        """How many there are."""
        return len(self._all)

    def __eq__(self, other: object) -> bool:
        """Whether *other* are the same, as a tuple too."""
        return self._all == (other._all if isinstance(other, Leads) else other)

    def __hash__(self) -> int:
        """As the tuple of them."""
        return hash(self._all)

    def __repr__(self) -> str:
        """As the tuple of them."""
        return repr(self._all)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the tuple of them."""
        return tuple, (self._all,)


def told(of: Variables, settled: Sequence[Variable], ends: Mapping[Cell, End]) -> tuple[Lead, ...]:
    """What answers to one fact lead to; answers that lead to the same are told as one.

    Args:
        of: The policy's variables.
        settled: What an answer settles: tests of the fact, and comparisons with others.
        ends: What it leads to, for each way in which these come out.
    """
    own = next((place for place, each in enumerate(settled) if each.subject is not None), None)
    is_yes_no = own is not None and isinstance(kind_of(settled[own]), YesNo)
    if len({*ends.values()}) == 1 and not is_yes_no:
        return tuple(Lead(ANYTHING, *end) for end in {*ends.values()})
    others = [place for place in range(len(settled)) if place != own]
    leads = []
    tests = [of.tests[settled[place].tests[0]] for place in others]
    for truths in product(*((not test.denied, test.denied) for test in tests)):
        said = [
            test.sentence if truth is not test.denied else f"NOT {test.sentence}"
            for test, truth in zip(tests, truths, strict=True)
        ]
        if own is None:
            leads.append(Lead(", ".join(said), *ends[tuple(map(int, truths))]))
            continue
        groups: dict[tuple[End, int], int] = {}
        for cell in range(size_of(of, settled[own])):
            whole = [*map(int, truths)]
            whole.insert(own, cell)
            end = ends[tuple(whole)]
            key = end, cell if is_yes_no else 0
            groups[key] = groups.get(key, 0) | 1 << cell
        for answer, end in _own(of, settled[own], groups):
            shown = [answer] if answer != ANYTHING or not said else []
            leads.append(Lead(", ".join([*shown, *said]), *end))
    return tuple(leads)


def _own(
    of: Variables, variable: Variable, groups: Mapping[tuple[End, int], int]
) -> list[tuple[str, End]]:
    """What the answers of a fact are, and lead to: yes first, and large numbers before small."""
    words = worded(of, variable, [*groups.values()])
    found = [(said, end) for said, (end, _) in zip(words, groups, strict=True)]
    if isinstance(kind_of(variable), YesNo | CountType | Number | Date):
        order = sorted(range(len(found)), key=lambda place: -[*groups.values()][place])
        found = [found[place] for place in order]
    return sorted(found, key=lambda each: each[0].startswith(ANYTHING))
