"""Whether some facts of a contact settle a condition alone: tried, in all fillings of the rest."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from math import prod

from connectrules.exact import bits
from connectrules.exact.cells import LIMIT
from connectrules.exact.fillings import Pattern
from connectrules.exact.worlds import runner
from connectrules.explain.needs import Conjunct, Layout
from connectrules.program import Program
from connectrules.reading import Reading

World = Mapping[int, bool]
"""How some tests come out, by their number, whose facts are not known."""

Way = tuple[int, ...]
"""Facts, by their slots, that together make a test known."""


class Tryouts:
    """The conditions of a policy that have to be tried out, each made ready once.

    Args:
        program: The policy for an owner and a day.
    """

    def __init__(self, program: Program) -> None:
        self._layout = program.kept(Layout)
        self._ready: dict[Conjunct, Tryout] = {}

    def of(self, conjunct: Conjunct) -> "Tryout":
        """What tries *conjunct*."""
        if conjunct not in self._ready:
            self._ready[conjunct] = Tryout(self._layout, conjunct)
        return self._ready[conjunct]


class Tryout:
    """Tries one conjunct.

    Only its torn variables are filled in. Whatever else is unknown is as bad for it as
    can be, which Kleene logic supposes too.

    Args:
        layout: The policy.
        conjunct: The conjunct.
    """

    def __init__(self, layout: Layout, conjunct: Conjunct) -> None:
        analyser = layout.analyser
        self._wanted, self._worst = conjunct.wanted, conjunct.worst
        self._run = runner(analyser, [conjunct.condition])
        self._torn: dict[int, tuple[tuple[int, ...], tuple[int, ...], int]] = {}
        for variable in conjunct.torn:
            of = analyser.variables[variable]
            numbers = tuple(test for test in conjunct.tests if test in of.tests)
            cells = analyser.cells(of, numbers)
            self._torn[variable] = (numbers, cells.columns, cells.size)
        self._torn_of = {test: v for v, (numbers, _, _) in self._torn.items() for test in numbers}

    def failing(self, truths: Sequence[tuple[int, bool | None]]) -> tuple[World | None, int]:
        """A world in which it is not settled where its tests come out so, as far as is known.

        None where it is settled. Where there are too many fillings, Kleene logic answers,
        whose world has nothing filled in. Beside it stands how many steps that took.
        """
        unknown = {
            self._torn_of[test] for test, truth in truths if truth is None and test in self._torn_of
        }
        size, filled = self._filled(unknown)
        everything = bits.full(size)
        true: dict[int, int] = {}
        false: dict[int, int] = {}
        for test, truth in truths:
            if truth is None and test in filled:
                true[test] = filled[test]
                false[test] = everything ^ filled[test]
                continue
            known = self._worst.get(test) if truth is None else truth
            true[test] = 0 if known is False else everything
            false[test] = 0 if known is True else everything
        can, cannot = self._run(true, false, everything)
        failing = cannot if self._wanted else can
        steps = len(truths) + len(truths) * size // _A_STEP
        if not failing:
            return None, steps
        one = failing & -failing
        return {test: column & one != 0 for test, column in filled.items()}, steps

    def _filled(self, unknown: set[int]) -> tuple[int, dict[int, int]]:
        """How many fillings the *unknown* variables have, and where each test is true."""
        parts = sorted((self._torn[each] for each in unknown), key=lambda each: -each[2])
        # A variable with too many cells has none.
        size = prod(each[2] or LIMIT + 1 for each in parts)
        if size > LIMIT:
            return 1, {}
        stride, found = 1, {}
        for numbers, columns, base in parts:
            for number, column in zip(numbers, columns, strict=True):
                found[number] = _spread(column, base, stride, size)
            stride *= base
        return size, found


def _spread(digits: int, base: int, stride: int, size: int) -> int:
    spread = _kept if size <= _MOST_KEPT else bits.spread
    return spread(digits, base, stride, size)


_A_STEP = 1 << 13
"""How many fillings of a test make a step."""
_MOST_KEPT = 1 << 12
_kept = lru_cache(maxsize=1 << 12)(bits.spread)


class Trying:
    """One contact, and what tries sets of its facts.

    Args:
        program: The policy for an owner and a day.
        pattern: How the contact's tests come out.
        readings: Its facts.
    """

    def __init__(self, program: Program, pattern: Pattern, readings: Sequence[Reading]) -> None:
        self.pattern, self._program, self._readings = pattern, program, readings
        self._facts_of = program.kept(Layout).facts_of
        self._ways: dict[int, tuple[Way, ...]] = {}
        self.steps = 0
        """How many steps were taken so far."""

    def is_known(self, fact: int) -> bool:
        """Whether the contact's *fact* is known, or assumed."""
        return self._readings[fact].ready is not None

    def ways(self, test: int) -> tuple[Way, ...]:
        """The smallest sets of facts that make a test known; it is known with all facts."""
        facts = self._facts_of[test]
        if len(facts) == 1:
            return (facts,)
        if test not in self._ways:
            self._ways[test] = self._tried(test, [each for each in facts if self.is_known(each)])
        return self._ways[test]

    def _tried(self, test: int, known: Sequence[int]) -> tuple[Way, ...]:
        found: list[Way] = []
        for size in range(1, len(known) + 1):
            for some in combinations(known, size):
                if any(set(each) <= set(some) for each in found):
                    continue
                if self.truths(sum(1 << each for each in some))[test] is not None:
                    found.append(some)
        return tuple(found)

    def truths(self, facts: int) -> Pattern:
        """How the tests come out where only *facts* are known."""
        values = [
            reading.ready if facts >> place & 1 else None
            for place, reading in enumerate(self._readings)
        ]
        return self._program.tests(values)

    def of(self, conjunct: Conjunct) -> Callable[[int], World | None]:
        """From facts to a world in which they do not settle *conjunct*; None where they do."""
        tryout = self._program.kept(Tryouts).of(conjunct)
        known: list[tuple[int, bool | None, tuple[int, ...]]] = []
        for test in conjunct.tests:
            truth = self.pattern[test]
            ways = self.ways(test) if truth is not None else ()
            known.append((test, truth, tuple(sum(1 << each for each in way) for way in ways)))

        def failing(facts: int) -> World | None:
            world, steps = tryout.failing(
                [
                    (test, truth if any(way & facts == way for way in ways) else None)
                    for test, truth, ways in known
                ]
            )
            self.steps += steps
            return world

        return failing
