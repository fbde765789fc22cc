"""What all keys that there can be come to, each known before any row is looked at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import attrs

from connectrules.backends.frames.kleene import Truth
from connectrules.exact import bits
from connectrules.framed.hanging import Hanging
from connectrules.framed.keys import TRUTHS, Keys
from connectrules.framed.outcomes import Listed, Outcome, Situation, decided, settled
from connectrules.program import OTHERWISE, Program
from connectrules.rules.tree import Test, fold


def listed(
    program: Program, hanging: Hanging, keys: Keys, situations: Iterable[Situation]
) -> Listed:
    """The outcomes of *keys*: by Kleene logic, or of *situations*, which that leaves open."""
    places: list[int | None] = [None] * keys.size
    outcomes: dict[Outcome, int] = {}
    for where, outcome in _decided(program, hanging, keys.size):
        place = outcomes.setdefault(outcome, len(outcomes))
        for key in _members(where, keys.size):
            places[key] = place
    for _, alike in groupby(situations, key=attrgetter("pattern")):
        for situation in alike:
            key = keys.key(hanging.values(situation))
            places[key] = outcomes.setdefault(settled(program, situation), len(outcomes))
        program.analyser.forget()  # no other pattern needs it, and thousands take megabytes
    return Listed(places, [*outcomes])


def _decided(program: Program, hanging: Hanging, size: int) -> Iterator[tuple[int, Outcome]]:
    """The keys that Kleene logic decides, by their outcome.

    Where it leaves a rule open that holds for certain, what was settled takes the place of it.
    """
    everything = bits.full(size)
    logic = _Kleene(_tests(hanging, size), program.analyser.number, everything)
    values: dict[int, _Known] = {}
    left = everything
    for kind, conditions in program.analyser.by_kind.items():
        names = [rule.name for rule in program.rules if rule.decision is kind]
        rules = [fold(condition, logic, values=values) for condition in conditions]
        where = 0
        for rule in rules:
            where |= left & rule.yes
        for its, together in _apart(where, [*zip(names, rules, strict=True)]):
            yield its, decided(kind, together)
        for rule in rules:
            left &= rule.no
    yield left, decided(program.default, [OTHERWISE])


def _apart(
    where: int, rules: Sequence[tuple[str, "_Known"]]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The keys of *where* by which of *rules* hold there."""
    found: dict[tuple[str, ...], int] = {(): where}
    for name, rule in rules:
        halves = [
            half
            for names, its in found.items()
            for half in (((*names, name), its & rule.yes), (names, its & ~rule.yes))
        ]
        found = {names: its for names, its in halves if its}
    return ((its, names) for names, its in found.items())


def _members(where: int, size: int) -> Iterator[int]:
    """The keys of the set *where*."""
    digits = f"{where:0{size}b}"[::-1]
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


@attrs.frozen
class _Known:
    """The keys of which something is known: where it is so, and where it is not."""

    yes: int
    no: int


def _tests(hanging: Hanging, size: int) -> list[_Known]:
    found, weight = [], 1
    for truth in hanging.tests:
        if truth is None or isinstance(truth, bool):
            found.append(_constant(truth, bits.full(size)))
            continue
        yes, no = (
            bits.spread(1 << TRUTHS.index(value), len(TRUTHS), weight, size)
            for value in (True, False)
        )
        found.append(_Known(yes, no))
        weight *= len(TRUTHS)
    return found


def _constant(truth: Truth, everything: int) -> _Known:
    return _Known(everything if truth is True else 0, everything if truth is False else 0)


@attrs.frozen
class _Kleene:
    """Strong Kleene logic over all keys at once.

    Attributes:
        tests: The truth of each distinct test.
        number: The number of each test of the tree, by its id.
        everything: All keys.
    """

    tests: Sequence[_Known]
    number: Mapping[int, int]
    everything: int

    def test(self, test: Test) -> _Known:
        """The truth of one test."""
        return self.tests[self.number[id(test)]]

    def negate(self, value: _Known) -> _Known:
        """True where it is false."""
        return _Known(value.no, value.yes)

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, _Known]], *, exactly: bool = False
    ) -> _Known:
        """True where the known true suffice, false where those not known false don't."""
        if exactly:
            reached, passed = self.at_least(threshold, items), self.at_least(threshold + 1, items)
            return _Known(reached.yes & passed.no, reached.no | passed.yes)
        surely = [(weight, item.yes) for weight, item in items]
        perhaps = [(weight, self.everything ^ item.no) for weight, item in items]
        return _Known(
            bits.at_least(threshold, surely, self.everything),
            self.everything ^ bits.at_least(threshold, perhaps, self.everything),
        )
