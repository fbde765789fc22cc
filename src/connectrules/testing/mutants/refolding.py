"""Which mutants the EXAMPLEs notice, by folding anew what a change has above it.

Cases are held against a mutant in portions, those of few bits first; only if these come out
as expected, what more is unknown of some of them is filled in; and only where that is too
much are they judged once more.
"""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from itertools import groupby

import attrs

from connectrules.testing.cases import Tried
from connectrules.testing.mutants.changes import Assumed, Change, Mutant
from connectrules.testing.mutants.expecting import Found
from connectrules.testing.mutants.folding import Folding, Paths
from connectrules.testing.mutants.layout import laid_out
from connectrules.testing.mutants.making import Mutants
from connectrules.testing.mutants.settling import is_noticed
from connectrules.testing.mutants.unknowns import Filled, assuming, is_assumed

_FIRST = 4_096
"""How many bits the first portion of the cases has, about."""

_LARGER = 8
"""How many times as many the next has."""

_MOST_ALIKE = 1 << 14
"""How many bits cases of as many digits have at most, before they are taken apart."""

_MOST_KEPT = 1 << 17
"""So many bits of cases that are filled in whole are kept."""


class Refolding:
    """The EXAMPLEs of a policy against its mutants.

    Args:
        mutants: The mutants.
        tried: The EXAMPLEs, each of which comes out as it should.
        among: Those of the mutants that it is asked about; all by default.
    """

    def __init__(
        self, mutants: Mutants, tried: Sequence[Tried], among: Sequence[Mutant] | None = None
    ) -> None:
        self._mutants = mutants
        self._paths = Paths(mutants, mutants.mutants if among is None else among)
        self._look_at(tried)

    def with_people(self, tried: Sequence[Tried]) -> "Refolding":
        """The same mutants against other EXAMPLEs; what is alike is worked out once."""
        found = copy(self)
        found._look_at(tried)  # noqa: SLF001 - one of us
        return found

    def _look_at(self, tried: Sequence[Tried]) -> None:
        self._tried = tuple(tried)
        self._left = [*_portions(self._filled())]
        self._foldings: list[Folding] = []
        self._wholes: dict[tuple[int, int], Folding] = {}
        self._kept = 0

    def notices(self, change: Change) -> bool:
        """Whether an EXAMPLE would fail."""
        found, doubtful = self._found(change)
        if found is not None:
            return found
        return is_noticed(self._mutants.mutated(change), doubtful)

    def kills(self, change: Change) -> bool | None:
        """Whether an EXAMPLE would fail; None where it takes verdicts to say so."""
        found, _ = self._found(change)
        return found

    def doubtful(self, change: Change) -> tuple[Tried, ...]:
        """The EXAMPLEs of which it takes a verdict to say whether they notice *change*."""
        _, doubtful = self._found(change)
        return doubtful

    def _found(self, change: Change) -> tuple[bool | None, tuple[Tried, ...]]:
        """Whether an EXAMPLE would fail, and those of which that is not known."""
        unsure: list[Tried] = []
        for folding in self._portions():
            found = folding.held(change)
            if found.failing:
                return True, ()
            unsure += (each.tried for each in folding.cases(found.doubtful))
        left = set[int]()
        for each in unsure:
            found = self._whole(change, each)
            if found.failing:
                return True, ()
            if found.doubtful:
                left.add(id(each))
        if not left:
            return False, ()
        return None, tuple(each for each in self._tried if id(each) in left)

    # Many cases at once, with that filled in which the rules hang on

    def _filled(self) -> Iterator[Filled]:
        programs: dict[int, list[Tried]] = {}
        for each in self._tried:
            programs.setdefault(id(each.program), []).append(each)
        for cases in programs.values():
            yield from self._paths.unknowns(cases[0].program).filled(cases)

    def _portions(self) -> Iterator[Folding]:
        """The cases, those of few bits first; so far as they are wanted."""
        yield from self._foldings
        while self._left:
            self._foldings.append(Folding(self._paths, laid_out(self._left.pop(0))))
            yield self._foldings[-1]

    # One case, with all filled in

    def _whole(self, change: Change, tried: Tried) -> Found:
        """What comes of one case."""
        if isinstance(change, Assumed) and is_assumed(tried, change):
            settled = attrs.evolve(tried.settled, readings=assuming(tried, change))
            other = attrs.evolve(tried, settled=settled)
            return self._folding((id(tried), id(change)), other, is_expected=False).held(None)
        return self._folding((id(tried), 0), tried, is_expected=True).held(change)

    def _folding(self, key: tuple[int, int], tried: Tried, *, is_expected: bool) -> Folding:
        if key not in self._wholes:
            filled = [*self._paths.unknowns(tried.program).filled([tried], whole=True)]
            layout = laid_out(filled)
            if self._kept + layout.size > _MOST_KEPT:
                self._wholes.clear()
                self._kept = 0
            self._kept += layout.size
            self._wholes[key] = Folding(self._paths, layout, is_expected=is_expected)
        return self._wholes[key]


def _portions(cases: Iterable[Filled]) -> Iterator[list[Filled]]:
    """*cases*, in portions of more and more bits; those of fewest bits come first."""
    most, size, found = _FIRST, 0, list[Filled]()
    for piece in _pieces(cases):
        more = len(piece) << piece[0].digits
        if found and size + more > most:
            yield found
            most, size, found = most * _LARGER, 0, []
        size += more
        found += piece
    if found:
        yield found


def _pieces(cases: Iterable[Filled]) -> Iterator[list[Filled]]:
    """*cases*, those of as many digits together as far as these are not too many bits."""
    for digits, alike in groupby(sorted(cases, key=_digits), key=_digits):
        group = [*alike]
        step = max(_MOST_ALIKE >> digits, 1)
        for start in range(0, len(group), step):
            yield group[start : start + step]


def _digits(case: Filled) -> int:
    return case.digits
