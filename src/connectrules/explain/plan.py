"""Why a verdict is as it is: the conditions that made it so, and no others.

A walk down from each deciding rule keeps, at every node, only as many of the parts
as settle it. Where the exact step was needed no single part settles a node; then
facts are left out one by one as long as the decision stands without them.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

import attrs

from connectrules.exact.fillings import Pattern
from connectrules.exact.variables import ORDER
from connectrules.program import OTHERWISE, Program, Settled
from connectrules.reading import Reading
from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Mine,
    Not,
    Subject,
    Test,
    fold,
    occurrences,
    subjects,
)
from connectrules.schema.vocabulary import Fact
from connectrules.verdict import Decision, Verdict


@attrs.frozen
class Line:
    """One condition that played a part, without the values of a contact.

    Attributes:
        sentence: The condition as the policy says it.
        holds: Whether it holds; None where that is not known.
        facts: What it speaks of: facts of the contact by the number of their slot.
        rule: The rule it belongs to, where that is not the one it is listed under.
    """

    sentence: str
    holds: bool | None
    facts: tuple[int | Mine, ...]
    rule: str | None


@attrs.frozen
class Plan:
    """An explanation without the values of a contact.

    Attributes:
        verdict: The verdict it explains.
        why: For each reason the rule's name, the reason it gives, and the conditions.
        questions: For each fact to ask, the question as the policy puts it.
    """

    verdict: Verdict
    why: tuple[tuple[str, str | None, tuple[Line, ...]], ...]
    questions: tuple[str | None, ...]


def planned(program: Program, settled: Settled) -> Plan:
    """What made *settled*, a verdict of *program*."""
    why = _Why(program, settled)
    verdict = settled.verdict
    return Plan(
        verdict,
        tuple(why.open_rules() if verdict.decision is Decision.UNDECIDED else why.reasons()),
        tuple(_question(program, asked) for asked in verdict.ask),
    )


def _question(program: Program, asked: str) -> str | None:
    for subject in program.place:
        if subject.name == asked and isinstance(subject, Fact) and subject.question:
            return subject.question
    return None


@attrs.frozen
class _Kleene:
    """The logic of true, false and not known."""

    program: Program
    pattern: Pattern

    def test(self, test: Test) -> bool | None:
        return self.pattern[self.program.analyser.number[id(test)]]

    def negate(self, value: bool | None) -> bool | None:  # noqa: FBT001 - a truth is its argument
        return None if value is None else not value

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, bool | None]], *, exactly: bool = False
    ) -> bool | None:
        least = sum(weight for weight, truth in items if truth)
        most = sum(weight for weight, truth in items if truth is not False)
        if exactly:
            if least == most == threshold:
                return True
            return False if threshold < least or most < threshold else None
        if least >= threshold:
            return True
        return False if most < threshold else None


_Reason = tuple[str, str | None, tuple[Line, ...]]


class _Why:
    """What made one verdict."""

    def __init__(self, program: Program, settled: Settled) -> None:
        self.program, self.settled = program, settled
        self.rules = program.rules
        self.truths: dict[int, bool | None] = {}
        logic = _Kleene(program, settled.pattern)
        self.held = [fold(rule.condition, logic, values=self.truths) for rule in self.rules]

    # Decided

    def reasons(self) -> Iterator[_Reason]:
        """The deciding rules, each with the conditions that made it so."""
        verdict = self.settled.verdict
        chosen = self._chosen()
        by_name = {rule.name: number for number, rule in enumerate(self.rules)}
        deciding = [by_name[name] for name in verdict.rules if name in by_name]
        against = [
            line
            for number in self._against()
            if number not in deciding
            for line in self._lines(chosen[number], self.rules[number].name)
        ]
        for place, name in enumerate(verdict.rules):
            own = () if name == OTHERWISE else self._lines(chosen[by_name[name]], None)
            because = (
                self.program.because if name == OTHERWISE else self.rules[by_name[name]].because
            )
            last = place == len(verdict.rules) - 1
            yield name, because, (*own, *(against if last else ()))

    def _against(self) -> list[int]:
        """The rules that would have decided otherwise, had they held."""
        verdict = self.settled.verdict
        kinds: Collection[Decision] = ORDER[: ORDER.index(verdict.decision)]
        if OTHERWISE in verdict.rules:
            kinds = {*ORDER} - {verdict.decision}
        return [n for n, rule in enumerate(self.rules) if rule.decision in kinds]

    def _chosen(self) -> list[list[Test]]:
        """For each rule the tests that settle it, or that take part in settling the decision."""
        chosen = [
            self._of_mine(rule.condition)
            if held is None
            else self._settling(rule.condition, truth=held)
            for rule, held in zip(self.rules, self.held, strict=True)
        ]
        if self._stands(chosen):
            return chosen
        kept = self._needed()
        return [
            [
                test
                for test in occurrences(rule.condition)
                if ((known := self._known_of(test)) and known <= kept) or self._is_of_mine(test)
            ]
            for rule in self.rules
        ]

    def _of_mine(self, condition: Condition) -> list[Test]:
        """The tests of *condition* whose outcomes a known fact of the owner's narrows."""
        return [test for test in occurrences(condition) if self._is_of_mine(test)]

    def _is_of_mine(self, test: Test) -> bool:
        return any(
            isinstance(each, Mine) and self.program.mine[each.fact.key].ready is not None
            for each in subjects(test)
        )

    def _settling(self, root: Condition, *, truth: bool) -> list[Test]:
        """Tests that alone make *root* come out as *truth*, few of them."""
        found: list[Test] = []
        stack = [(root, truth)]
        while stack:
            node, wanted = stack.pop()
            match node:
                case Test():
                    found.append(node)
                case Not(operand):
                    stack.append((operand, not wanted))
                case AtLeast():
                    stack += reversed(self._parts(node, wanted=wanted))
        return found

    def _parts(self, node: AtLeast, *, wanted: bool) -> list[tuple[Condition, bool]]:
        """As many parts of *node* as make it come out as *wanted*."""
        known = [(item, self.truths[id(item.condition)]) for item in node.items]
        total = sum(item.weight for item in node.items)
        true = sum(item.weight for item, truth in known if truth)
        if node.exactly and wanted:
            return [(item.condition, truth) for item, truth in known if truth is not None]
        if node.exactly:
            wanted, threshold = true > node.threshold, node.threshold + (true > node.threshold)
        else:
            threshold = node.threshold
        missing = threshold if wanted else total - threshold + 1
        parts: list[tuple[Condition, bool]] = []
        for item, truth in sorted(known, key=lambda each: -each[0].weight):
            if missing <= 0:
                break
            if truth is wanted:
                parts.append((item.condition, truth))
                missing -= item.weight
        order = {id(item.condition): place for place, item in enumerate(node.items)}
        return sorted(parts, key=lambda each: order[id(each[0])])

    # With fewer facts known

    def _known_of(self, test: Test) -> set[Subject]:
        """The facts of the contact that *test* speaks of and that are known."""
        return {
            each
            for each in subjects(test)
            if not isinstance(each, Mine) and self._reading(each).ready is not None
        }

    def _reading(self, subject: Subject) -> Reading:
        return self.settled.readings[self.program.place[subject]]

    def _stands(self, chosen: Iterable[Sequence[Test]]) -> bool:
        """Whether the decision stands with the facts of the tests that would be shown alone."""
        verdict = self.settled.verdict
        names = set(verdict.rules)
        shown = {n for n, rule in enumerate(self.rules) if rule.name in names} | {*self._against()}
        kept = {
            subject
            for number, tests in enumerate(chosen)
            if number in shown
            for test in tests
            for subject in self._known_of(test)
        }
        return self._decides_alike(kept)

    def _decides_alike(self, kept: set[Subject]) -> bool:
        """Whether the decision stands with only the facts *kept* known."""
        values = [
            reading.ready if slot.subject in kept or reading.assumed else None
            for slot, reading in zip(self.program.slots, self.settled.readings, strict=True)
        ]
        found = self.program.analyser.analyse(self.program.tests(values))
        return found.decisions == {self.settled.verdict.decision}

    def _needed(self) -> set[Subject]:
        """Facts with which the decision stands, and without any one of which it does not."""
        kept = {
            slot.subject
            for slot, reading in zip(self.program.slots, self.settled.readings, strict=True)
            if reading.ready is not None
        }
        for slot in self.program.slots:
            if slot.subject in kept and self._decides_alike(kept - {slot.subject}):
                kept.discard(slot.subject)
        return kept

    # Undecided

    def open_rules(self) -> Iterator[_Reason]:
        """The rules that still may decide, with what is known of them and what is missing."""
        verdict = self.settled.verdict
        missing = {*verdict.ask, *verdict.unsure}
        for rule, held in zip(self.rules, self.held, strict=True):
            tests = [*occurrences(rule.condition)]
            open_tests = [test for test in tests if self._speaks_of(test, missing)]
            if held is not False and open_tests:
                known = [test for test in tests if self._truth(test) is not None]
                shown = {id(test) for test in (*known, *open_tests)}
                kept = [test for test in tests if id(test) in shown]
                yield rule.name, rule.because, tuple(self._lines(kept, None))

    def _speaks_of(self, test: Test, missing: set[str]) -> bool:
        return self._truth(test) is None and any(each.name in missing for each in subjects(test))

    # As data

    def _truth(self, test: Test) -> bool | None:
        return self.settled.pattern[self.program.analyser.number[id(test)]]

    def _lines(self, tests: Iterable[Test], rule: str | None) -> Iterator[Line]:
        told: set[tuple[int, bool]] = set()
        place = self.program.place
        for test in tests:
            key = self.program.analyser.number[id(test)], test.denied
            if key not in told:
                told.add(key)
                truth = self._truth(test)
                holds = None if truth is None else truth is not test.denied
                facts = (each if isinstance(each, Mine) else place[each] for each in subjects(test))
                yield Line(test.sentence, holds, tuple(facts), rule)
