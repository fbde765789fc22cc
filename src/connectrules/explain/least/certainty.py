"""Whether a pattern, or which of many worlds, decides so whatever is still unknown."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod

from connectrules.exact import bits
from connectrules.exact.cells import LIMIT
from connectrules.exact.fillings import Pattern, filled_in
from connectrules.exact.variables import Variable, Variables
from connectrules.exact.worlds import Worlds
from connectrules.explain.least.choices import Choice, changed
from connectrules.verdict import Decision

_MOST_ALONE = 400
"""So many fillings that speak against a world are looked for at most."""


_MOST_FILLED = 64
"""Of so many sets of facts it is kept how they can be filled in."""

Filling = Mapping[int, bool]
"""How the tests come out of what is not known, by their number."""

Turned = tuple[dict[int, int], dict[int, int]]
"""For tests the worlds in which they are turned on, and off."""


class GaveUp(Exception):  # noqa: N818 - a finding, caught where the search begins
    """It would take too much work to be certain."""


class Certainty:
    """Decides about patterns of one policy.

    Args:
        of: The rules, and the tests they hang on.
    """

    def __init__(self, of: Variables) -> None:
        self.of = of
        self.worlds = Worlds(of)
        self._worst: dict[tuple[Decision, int], Filling] = {}
        self._fillings: dict[tuple[int, ...], tuple[int, Mapping[int, int]]] = {}

    def open(self, pattern: Pattern) -> list[Variable]:
        """What is not known in *pattern* and has to be filled in."""
        unknown = {self.of.variable_of[n] for n, truth in enumerate(pattern) if truth is None}
        variables = (self.of.variables[v] for v in sorted(unknown))
        return [each for each in variables if self.of.is_split(each)]

    def decides(self, pattern: Pattern, decision: Decision) -> bool:
        """Whether the exact verdict on *pattern* is *decision*."""
        return self._against(pattern, decision) is None

    def _against(self, pattern: Pattern, decision: Decision) -> Filling | None:
        """A filling of *pattern* that may decide otherwise than *decision*; None for none.

        It is empty where there are too many fillings to try them.
        """
        split = self.open(pattern)
        sizes = [self.of.cells(each).size or LIMIT + 1 for each in split]
        if prod(sizes) > LIMIT:
            split = []
        size, filled = self._filled_in(tuple(split))
        everything = bits.full(size)
        true, false = _rails(pattern, everything)
        for number, where in filled.items():
            true[number], false[number] = where, everything ^ where
        found = self.worlds.decisions(true, false, everything)
        otherwise = 0
        for each, where in found.items():
            otherwise |= where if each is not decision else 0
        if not otherwise:
            return None
        place = otherwise.bit_length() - 1
        return {number: bool(where >> place & 1) for number, where in filled.items()}

    def _filled_in(self, split: tuple[Variable, ...]) -> tuple[int, Mapping[int, int]]:
        """Every way to fill in what is *split*: how many, and where each test is true."""
        key = tuple(each.tests[0] for each in split)
        found = self._fillings.get(key)
        if found is None:
            if len(self._fillings) >= _MOST_FILLED:
                self._fillings.clear()
            found = filled_in((each.tests, self.of.cells(each)) for each in split)
            self._fillings[key] = found
        return found

    def among(
        self,
        pattern: Pattern,
        decision: Decision,
        choices: Sequence[Choice],
        masks: Sequence[int],
        size: int,
        polarity: Mapping[int, int],
    ) -> int:
        """The worlds in which the exact verdict is *decision*.

        Args:
            pattern: How the tests come out as it is.
            decision: The decision.
            choices: What is changed in some worlds.
            masks: For each of them the worlds in which it is.
            size: How many worlds there are.
            polarity: For each test 1 where it helps to be true, 2 false, 3 either.
        """
        everything = bits.full(size)
        on: dict[int, int] = {}
        off: dict[int, int] = {}
        by_group: dict[int, int] = {}
        sound = everything
        for choice, mask in zip(choices, masks, strict=True):
            sound &= ~(by_group.get(choice.group, 0) & mask)
            by_group[choice.group] = by_group.get(choice.group, 0) | mask
            for number, truth in choice.sets:
                into = on if truth else off
                into[number] = into.get(number, 0) | mask
        split = self.open(pattern)
        sure = self._surely(pattern, decision, (on, off), everything) & sound
        maybe = sound & ~sure if split else 0
        first = self.worst(split, decision, polarity) if maybe else {}
        if maybe and first:
            maybe &= self._filled(pattern, decision, (on, off), everything, first)
        for _ in range(_MOST_ALONE):
            if not maybe:
                return sure
            world = 1 << maybe.bit_length() - 1
            made = [choice for choice, mask in zip(choices, masks, strict=True) if mask & world]
            against = self._against(changed(pattern, made), decision)
            if against is None:
                sure |= world
            maybe &= ~world
            if against and maybe:
                filling = {**first, **against}
                maybe &= self._filled(pattern, decision, (on, off), everything, filling)
        raise GaveUp

    def _filled(
        self,
        pattern: Pattern,
        decision: Decision,
        turned: Turned,
        everything: int,
        filling: Filling,
    ) -> int:
        """The worlds that decide so where what is not known is as *filling* has it."""
        filled = [*pattern]
        for number, truth in filling.items():
            filled[number] = truth
        return self._surely(tuple(filled), decision, turned, everything)

    def _surely(
        self,
        pattern: Pattern,
        decision: Decision,
        turned: Turned,
        everything: int,
    ) -> int:
        """The worlds in which Kleene logic decides so, of tests *turned* on and off in some."""
        on, off = turned
        true, false = _rails(pattern, everything)
        for number in {*on, *off}:
            yes, no = on.get(number, 0), off.get(number, 0)
            true[number] = true[number] & ~no | yes
            false[number] = false[number] & ~yes | no
        found = self.worlds.decisions(true, false, everything)
        sure = found.get(decision, 0)
        for each, where in found.items():
            if each is not decision:
                sure &= ~where
        return sure

    def worst(
        self, split: Sequence[Variable], decision: Decision, polarity: Mapping[int, int]
    ) -> Filling:
        """The filling that helps *decision* least; it is empty where there are too many cells."""
        found: dict[int, bool] = {}
        for variable in split:
            if not self.of.cells(variable).size:
                return {}
            key = decision, variable.tests[0]
            if key not in self._worst:
                self._worst[key] = self._least_helpful(variable, polarity)
            found.update(self._worst[key])
        return found

    def _least_helpful(self, variable: Variable, polarity: Mapping[int, int]) -> Filling:
        """How the tests of *variable* come out in the cell that helps least."""
        cells = self.of.cells(variable)
        rows: Iterator[Filling] = (
            {
                number: bool(column >> place & 1)
                for number, column in zip(variable.tests, cells.columns, strict=True)
            }
            for place in range(min(cells.size, _MOST_FILLED))
        )
        return min(rows, key=lambda row: _help(row, polarity))


def _help(row: Filling, polarity: Mapping[int, int]) -> int:
    """How many of the tests of *row* come out as it helps."""
    return sum(polarity.get(number, 0) == (1 if truth else 2) for number, truth in row.items())


def _rails(pattern: Pattern, everything: int) -> tuple[list[int], list[int]]:
    true = [0 if truth is False else everything for truth in pattern]
    false = [0 if truth else everything for truth in pattern]
    return true, false
