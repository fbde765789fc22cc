"""Where one stands among the few facts that are left to ask, and what is best asked there."""

from collections.abc import Iterable

import attrs

from connectrules.exact.fillings import Pattern
from connectrules.exact.game import Cell, columns_of, size_of
from connectrules.exact.questions import Questions, Standing
from connectrules.exact.variables import Variables
from connectrules.rules.tree import Mine, Subject
from connectrules.verdict import Decision


@attrs.frozen
class Known:
    """What is known of a contact that may still come out one way or another.

    Attributes:
        pattern: How the tests come out.
        ask: The facts that can still change the decision, the likeliest first.
        unsure: Facts of that kind that nobody could say.
    """

    pattern: Pattern
    ask: tuple[Subject | Mine, ...]
    unsure: tuple[Subject | Mine, ...]


@attrs.frozen
class Place:
    """Where one stands.

    Attributes:
        at: The state of each part.
        ways: The ways in which what is open can still come out.
        asked: The facts that have been asked, by their place.
    """

    at: Standing
    ways: int
    asked: frozenset[int]


@attrs.frozen
class Choice:
    """A fact to ask.

    Attributes:
        fact: The fact, by its place.
        expected: The fewest questions on average, this one first.
        influence: The chance that the decision hangs on it.
    """

    fact: int
    expected: float
    influence: float


@attrs.frozen(eq=False)
class Plan:
    """All that can be asked from where one began.

    Attributes:
        of: The policy's variables.
        pattern: How its tests came out there.
        questions: The numbers of questions.
    """

    of: Variables
    pattern: Pattern
    questions: Questions

    def name(self, fact: int) -> str:
        """What the policy calls *fact*."""
        return self.questions.game.facts[fact].subject.name

    def place(self, known: Known) -> Place | None:
        """Where one stands where so much is *known*; None where the plan is not for that."""
        game = self.questions.game
        pairs = zip(self.pattern, known.pattern, strict=True)
        if not all(before is None or before is after for before, after in pairs):
            return None
        facts = [fact.subject for fact in game.facts]
        if not {*known.ask} <= {*facts} or not {*known.unsure}.isdisjoint(facts):
            return None
        cells = {digit: self._cell(digit, known.pattern) for digit in range(len(game.digits))}
        if any(cells[digit] is not None for digit in game.beside):
            return None
        place = Place(self.questions.start, -1, frozenset())
        for number, fact in enumerate(game.facts):
            own = [cells[digit] for digit in fact.own]
            if None in own or (not own and fact.subject in known.ask):
                continue
            settled = self.questions.settles(place.at, number)
            place = self.after(place, number, tuple(cells[digit] or 0 for digit in settled))
        return place

    def _cell(self, digit: int, pattern: Pattern) -> int | None:
        """How *digit* came out; None where that is not known."""
        tests = self.questions.game.digits[digit].tests
        variable = self.of.variables[self.questions.game.digits[digit].variable]
        if pattern[tests[0]] is None:
            return None
        columns = [*zip(tests, columns_of(self.of, variable), strict=True)]
        return next(
            cell
            for cell in range(size_of(self.of, variable))
            if all(bool(column >> cell & 1) is pattern[test] for test, column in columns)
        )

    def after(self, place: Place, fact: int, cell: Cell) -> Place:
        """Where one stands when *fact* has been answered so."""
        ways = place.ways
        for digit, each in zip(self.questions.settles(place.at, fact), cell, strict=True):
            ways &= self.questions.game.at(digit, each)
        at = self.questions.answered(place.at, fact, cell)
        return Place(at, ways, place.asked | {fact})

    def decisions(self, place: Place) -> list[Decision]:
        """The decisions that can still be had."""
        ways = self.questions.game.ways
        return [decision for decision, brings in ways.items() if brings & place.ways]

    def choices(self, place: Place, facts: Iterable[int]) -> list[Choice]:
        """*facts* in the order in which they are best asked."""
        found = [
            Choice(
                fact,
                self.questions.expected(place.at, fact),
                self.questions.influence(fact, place.ways),
            )
            for fact in facts
        ]
        return sorted(found, key=self._rank)

    def _rank(self, choice: Choice) -> tuple[float, float, str]:
        return round(choice.expected, 9), -choice.influence, self.name(choice.fact)

    def next(self, place: Place) -> str | None:
        """What is best asked next; None where no answer can change the decision."""
        left = [fact for fact in range(len(self.questions.game.facts)) if fact not in place.asked]
        found = (each for each in self.choices(place, left) if each.influence)
        return next((self.name(each.fact) for each in found), None)
