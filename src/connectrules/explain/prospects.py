"""What may come of the contacts of whom the same is known: what to ask, and what it leads to.

Few unknown facts are looked through to the end: see `exact.questions`. Many are taken
in the order of their influence, and an answer is looked at when somebody asks.
"""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import product
from math import prod

from connectrules.exact.fillings import Analysis, Pattern
from connectrules.exact.game import Cell, columns_of, game, size_of
from connectrules.exact.questions import questions
from connectrules.exact.variables import Variable
from connectrules.explain.leads import End, Leads, told
from connectrules.explain.standing import Known, Place, Plan
from connectrules.explanation import Lead, Question
from connectrules.program import Program
from connectrules.rules.tree import Mine, Subject
from connectrules.schema.vocabulary import Fact
from connectrules.verdict import Decision

_FEW = 12
"""As many unknown facts are looked through to the end."""

_MOST_ANSWERS = 64
"""What more answers of one fact lead to is not looked at."""

_MOST_KEPT = 100_000
"""Of how many outcomes of tests questions are kept."""

_MOST_STANDINGS = 400_000
"""Of how many standings plans are kept."""

_Asked = Subject | Mine


class Prospects:
    """What may come of the contacts of one program; it holds nothing of any contact.

    Args:
        program: A policy for one owner and one day.
    """

    def __init__(self, program: Program) -> None:
        self._of = program.analyser
        self._question = {
            subject.name: subject.question
            for subject in program.place
            if isinstance(subject, Fact) and subject.question
        }
        self._kept: dict[object, tuple[Question, ...]] = {}
        self._plans: tuple[Plan, ...] = ()

    def questions(
        self, pattern: Pattern, ask: tuple[str, ...], unsure: tuple[str, ...]
    ) -> tuple[Question, ...]:
        """The questions worth asking, first the one that settles soonest.

        Args:
            pattern: How the tests come out.
            ask: The facts that can still change the decision, the likeliest first.
            unsure: Facts of that kind that nobody could say.
        """
        key = pattern, ask, unsure
        found = self._kept.get(key)
        if found is None:
            if (len(self._kept) + 1) * len(pattern) > _MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = self._asked(pattern, ask, unsure)
        return found

    def _asked(
        self, pattern: Pattern, ask: tuple[str, ...], unsure: tuple[str, ...]
    ) -> tuple[Question, ...]:
        analysis = self._of.analyse(pattern)
        named = {
            each.name: each
            for number, _ in analysis.critical
            for each in self._of.variables[number].speaks_of
        }
        known = Known(pattern, tuple(named[n] for n in ask), tuple(named[n] for n in unsure))
        found = self._planned(known, analysis)
        if found is not None:
            return self._to_the_end(*found, known)
        chances = self._chances(analysis, {*known.ask, *known.unsure})
        return tuple(
            self._question_of(
                fact.name, None, min(chances[fact], 1.0), partial(self._leads, known, fact)
            )
            for fact in known.ask
        )

    def _question_of(
        self,
        name: str,
        expected: float | None,
        influence: float,
        leads: Callable[[], tuple[Lead, ...]],
    ) -> Question:
        return Question(name, self._question.get(name), expected, influence, Leads(leads))

    # Few facts: to the end

    def _planned(self, known: Known, analysis: Analysis) -> tuple[Plan, Place] | None:
        """Where one stands, and in what plan; None where there is too much to look through."""
        if len(known.ask) > _FEW or not analysis.sharp:
            return None
        for plan in self._plans:
            place = plan.place(known)
            if place is not None:
                return plan, place
        critical = [number for number, _ in analysis.critical]
        steps = self._of.steps
        open_ = game(self._of, steps, known.pattern, critical, known.ask, known.unsure)
        numbers = None if open_ is None else questions(open_, steps)
        if numbers is None:
            return None
        plan = Plan(self._of, known.pattern, numbers)
        if sum(len(each.questions.numbers) for each in (*self._plans, plan)) > _MOST_STANDINGS:
            self._plans = ()
        self._plans = (plan, *self._plans)
        return plan, Place(numbers.start, -1, frozenset())

    def _to_the_end(self, plan: Plan, place: Place, known: Known) -> tuple[Question, ...]:
        facts = {fact.subject: number for number, fact in enumerate(plan.questions.game.facts)}
        return tuple(
            self._question_of(
                plan.name(each.fact),
                each.expected,
                each.influence,
                partial(self._planned_leads, plan, place, each.fact),
            )
            for each in plan.choices(place, [facts[fact] for fact in known.ask])
        )

    def _planned_leads(self, plan: Plan, place: Place, fact: int) -> tuple[Lead, ...]:
        game = plan.questions.game
        if game.facts[fact].is_mine:
            return ()
        settled = plan.questions.settles(place.at, fact)
        variables = [self._of.variables[game.digits[digit].variable] for digit in settled]
        ends: dict[Cell, End] = {}
        cells = plan.questions.answers(place.at, fact)
        for cell in cells if len(cells) <= _MOST_ANSWERS else ():
            after = plan.after(place, fact, cell)
            decisions = plan.decisions(after)
            next_ = plan.next(after) if len(decisions) > 1 else None
            ends[cell] = _end(decisions, next_)
        return told(self._of, variables, ends) if ends else ()

    # Many: by influence

    def _chances(self, analysis: Analysis, open_: set[_Asked]) -> dict[_Asked, float]:
        """The chance that each of the *open_* facts turns the decision, the likeliest first."""
        found: dict[_Asked, float] = {}
        for number, chance in analysis.critical:
            for subject in self._of.variables[number].speaks_of:
                if subject in open_:
                    found[subject] = found.get(subject, 0.0) + chance
        order = sorted(found, key=lambda each: (-round(found[each], 9), each.name))
        return {subject: found[subject] for subject in order}

    def _leads(self, known: Known, fact: _Asked) -> tuple[Lead, ...]:
        """What answers to *fact* lead to, each pattern that follows looked at by itself."""
        if isinstance(fact, Mine):
            return ()
        left = {*known.ask, *known.unsure} - {fact}
        settled = [
            self._of.variables[number]
            for number, _ in self._of.analyse(known.pattern).critical
            if fact in self._of.variables[number].speaks_of
            and left.isdisjoint(self._of.variables[number].speaks_of)
        ]
        sizes = [size_of(self._of, each) for each in settled]
        if prod(sizes) > _MOST_ANSWERS:
            return ()
        ends = {
            cell: self._end(self._answered(known.pattern, settled, cell), known, left)
            for cell in product(*map(range, sizes))
        }
        return told(self._of, settled, ends)

    def _answered(self, pattern: Pattern, settled: Iterable[Variable], cell: Cell) -> Pattern:
        """*pattern* with the variables *settled* coming out so."""
        truths = [*pattern]
        for variable, each in zip(settled, cell, strict=True):
            for number, column in zip(variable.tests, columns_of(self._of, variable), strict=True):
                truths[number] = bool(column >> each & 1)
        return tuple(truths)

    def _end(self, pattern: Pattern, known: Known, left: set[_Asked]) -> End:
        """What comes of *pattern*, with the facts *left* unknown."""
        analysis = self._of.analyse(pattern)
        if len(analysis.decisions) == 1:
            return _end([*analysis.decisions], None)
        order = self._chances(analysis, left)
        after = Known(
            pattern,
            tuple(fact for fact in order if fact not in known.unsure),
            tuple(fact for fact in order if fact in known.unsure),
        )
        if not after.ask:
            return Decision.UNDECIDED, None
        found = self._planned(after, analysis)
        return None, after.ask[0].name if found is None else found[0].next(found[1])


def _end(decisions: list[Decision], ask: str | None) -> End:
    if len(decisions) == 1:
        return decisions[0], None
    return (Decision.UNDECIDED, None) if ask is None else (None, ask)
