"""What can still come of a contact: the decisions, the rules, and the facts that matter.

The unknown facts are filled in in every way, all fillings at once: a bit set says
for each node of a rule in which fillings it can be true, and in which false. Only
facts tested more than once need filling in; for the rest each node is free of the
others, and "can be true" and "can be false" (strong Kleene logic) lose nothing.
"""

from functools import cached_property
from math import prod

from connectrules.exact.cells import LIMIT
from connectrules.exact.fillings import Analysis, Fillings, Pattern
from connectrules.exact.steps import Steps, steps_of
from connectrules.exact.variables import Variable, Variables


class Analyser(Variables):
    """Analyses the patterns of one policy, for one owner and one day."""

    @cached_property
    def _known(self) -> dict[Pattern, Analysis]:
        return {}

    @cached_property
    def steps(self) -> Steps:
        """The rules as steps."""
        return steps_of(self)

    @cached_property
    def fillings(self) -> tuple[int, tuple[Variable, ...]]:
        """How many fillings there are when all is unknown, and what is filled in."""
        split = tuple(each for each in self.variables if self.is_split(each))
        return prod(self.cells(each).size or LIMIT + 1 for each in split), split

    def analyse(self, pattern: Pattern) -> Analysis:
        """What can come of *pattern*."""
        found = self._known.get(pattern)
        if found is None:
            if (len(self._known) + 1) * len(pattern) > _MOST_OUTCOMES:
                self._known.clear()
            found = self._known[pattern] = self._analysed(pattern)
        return found

    def forget(self) -> None:
        """Keep no analysis any longer."""
        self._known.clear()

    def _analysed(self, pattern: Pattern) -> Analysis:
        unknown = sorted({self.variable_of[n] for n, truth in enumerate(pattern) if truth is None})
        split = [v for v in unknown if self.is_split(self.variables[v])]
        sizes = [self.cells(self.variables[v]).size or LIMIT + 1 for v in split]
        past = prod(sizes) > LIMIT
        fillings = Fillings(self, self.steps, pattern, () if past else tuple(split))
        return fillings.analysis(unknown, past=past)


_MOST_OUTCOMES = 400_000
"""Of how many tests' outcomes the analyses are kept."""
