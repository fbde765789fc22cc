"""Why a verdict is as it is: the conditions that made it so, and no others.

Of a decision, these are the conditions that a set of facts settles which settles the
decision alone. A walk down from each rule keeps, at every node, only as many of the
parts as settle it. Where no single part does, since a fact is tested twice, all
conditions are kept that the facts settle.
"""

from collections.abc import Iterable, Iterator

import attrs

from connectrules.exact.fillings import Pattern
from connectrules.exact.variables import ORDER
from connectrules.exact.worlds import runner
from connectrules.explain.smallest import smallest
from connectrules.explain.telling import Line, Told
from connectrules.program import OTHERWISE, Program, Settled
from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Mine,
    Not,
    Test,
    occurrences,
    postorder,
    subjects,
)
from connectrules.schema.vocabulary import Fact
from connectrules.verdict import Decision, Verdict


@attrs.frozen
class Plan:
    """An explanation without the values of a contact.

    Attributes:
        verdict: The verdict it explains.
        why: The rules, and the conditions that made it so.
        questions: For each fact to ask, the question as the policy puts it.
    """

    verdict: Verdict
    why: tuple[Told, ...]
    questions: tuple[str | None, ...]


def planned(program: Program, settled: Settled) -> Plan:
    """What made *settled*, a verdict of *program*: of a decision, by the fewest facts that do."""
    verdict = settled.verdict
    if verdict.decision is Decision.UNDECIDED:
        why = tuple(_Why(program, settled.pattern).open_rules(verdict))
    else:
        why = told(program, settled, next(smallest(program, settled))[0])
    return Plan(verdict, why, tuple(_question(program, asked) for asked in verdict.ask))


def told(program: Program, settled: Settled, facts: int) -> tuple[Told, ...]:
    """The rules that decided, and the conditions that *facts* settle, which settle it alone.

    A rule that decided as well, and that they do not settle, is shown with conditions
    that do.

    Args:
        program: The policy for an owner and a day.
        settled: A decision, and what it was made from.
        facts: Facts of the contact, as bits by their slots.
    """
    values = [
        reading.ready if facts >> place & 1 else None
        for place, reading in enumerate(settled.readings)
    ]
    every = _Why(program, settled.pattern) if len(settled.verdict.rules) > 1 else None
    return tuple(_Why(program, program.tests(values), facts).reasons(settled.verdict, every))


def _question(program: Program, asked: str) -> str | None:
    for subject in program.place:
        if subject.name == asked and isinstance(subject, Fact) and subject.question:
            return subject.question
    return None


class _Truths:
    """How each node of the rules comes out, for Kleene logic.

    Args:
        program: The policy for an owner and a day.
    """

    def __init__(self, program: Program) -> None:
        nodes: dict[int, Condition] = {}
        for rule in program.rules:
            for node in postorder(rule.condition, known=nodes):
                nodes[id(node)] = node
        self._ids = tuple(nodes)
        self._run = runner(program.analyser, tuple(nodes.values()))

    def of(self, pattern: Pattern) -> dict[int, bool | None]:
        """The truths, by the nodes' ids, where the tests come out as *pattern*."""
        true = [int(truth is not False) for truth in pattern]
        false = [int(truth is not True) for truth in pattern]
        rails = iter(self._run(true, false, 1))
        return {
            each: bool(can) if can != cannot else None
            for each, can, cannot in zip(self._ids, rails, rails, strict=True)
        }


class _Why:
    """What made one verdict, as far as the tests in *pattern* are known.

    Args:
        program: The policy for an owner and a day.
        pattern: How the tests come out.
        facts: The facts that are known; None where it is all that are.
    """

    def __init__(self, program: Program, pattern: Pattern, facts: int | None = None) -> None:
        self.program, self.pattern, self.facts = program, pattern, facts
        self.rules = program.rules
        self.truths = program.kept(_Truths).of(pattern)
        self.held = [self.truths[id(rule.condition)] for rule in self.rules]

    # Decided

    def reasons(self, verdict: Verdict, every: "_Why | None" = None) -> Iterator[Told]:
        """The deciding rules, each with the conditions that made it so.

        Args:
            verdict: The verdict.
            every: The same where all facts are known, for the rules that these facts
                do not settle; None to show those without conditions.
        """
        simply = self._is_settled_simply(verdict.decision)
        names = [*verdict.rules, *self._others(verdict, simply=simply)]
        by_name = {rule.name: number for number, rule in enumerate(self.rules)}
        deciding = [by_name[name] for name in names if name in by_name]
        against = [
            line
            for number in self._against(verdict.decision, default=OTHERWISE in names)
            if number not in deciding
            for line in self._settled_by(number, self.rules[number].name, simply=simply)
        ]
        for name in names:
            own: Iterable[Line] = ()
            because = self.program.because
            if name != OTHERWISE:
                number = by_name[name]
                own = self._settled_by(number, None, simply=simply)
                if every is not None and self.held[number] is None and not (own := tuple(own)):
                    own = every.deciding(number)
                because = self.rules[number].because
            yield name, because, (*own, *(against if name == names[-1] else ()))

    def _is_settled_simply(self, decision: Decision) -> bool:
        """Whether some rules, each by itself, settle *decision*."""
        for kind in ORDER:
            held = [
                truth
                for truth, rule in zip(self.held, self.rules, strict=True)
                if rule.decision is kind
            ]
            if True in held:
                return kind is decision
            if None in held and kind is not decision:
                return False
        return decision is self.program.default

    def _others(self, verdict: Verdict, *, simply: bool) -> list[str]:
        """What else decides where only these facts are known."""
        names: list[str] = []
        if not simply:
            found = self.program.analyser.analyse(self.pattern)
            named = found.must or found.may
            rules = [self.rules[n] for n in named if self.rules[n].decision is verdict.decision]
            names += [rule.name for rule in rules]
            if found.default and not found.must:
                names.append(OTHERWISE)
        elif not any(
            truth
            for truth, rule in zip(self.held, self.rules, strict=True)
            if rule.decision is verdict.decision
        ):
            names.append(OTHERWISE)
        return [name for name in names if name not in verdict.rules]

    def _against(self, decision: Decision, *, default: bool) -> list[int]:
        """The rules that would have decided otherwise, had they held."""
        kinds = {*ORDER} - {decision} if default else {*ORDER[: ORDER.index(decision)]}
        return [n for n, rule in enumerate(self.rules) if rule.decision in kinds]

    def _settled_by(self, number: int, shown: str | None, *, simply: bool) -> Iterable[Line]:
        """The conditions of a rule that settle it, or take part in settling the decision."""
        condition, held = self.rules[number].condition, self.held[number]
        if held is not None:
            return self._lines(self._settling(condition, truth=held), shown)
        if simply:
            return ()
        tests = (
            test
            for test in occurrences(condition)
            if self._truth(test) is not None or self._is_of_mine(test)
        )
        return self._lines(tests, shown)

    def deciding(self, number: int) -> Iterable[Line]:
        """The conditions that make a rule hold, or on which it hangs whether it does."""
        condition, held = self.rules[number].condition, self.held[number]
        if held is not None:
            return self._lines(self._settling(condition, truth=held), None)
        open_tests = (test for test in occurrences(condition) if self._truth(test) is None)
        return self._lines(open_tests, None)

    def _is_of_mine(self, test: Test) -> bool:
        """Whether a known fact of the owner's says what *test* comes down to."""
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

    # Undecided

    def open_rules(self, verdict: Verdict) -> Iterator[Told]:
        """The rules that still may decide, with what is known of them and what is missing."""
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
        return self.pattern[self.program.analyser.number[id(test)]]

    def _lines(self, tests: Iterable[Test], rule: str | None) -> Iterator[Line]:
        told: set[object] = set()
        for test in tests:
            facts = tuple(self._speaking(test))
            # Two sentences of one meaning may rest on different facts of the owner's.
            key = self.program.analyser.number[id(test)], test.denied, facts
            if key not in told:
                told.add(key)
                truth = self._truth(test)
                holds = None if truth is None else truth is not test.denied
                yield Line(test.sentence, holds, facts, rule)

    def _speaking(self, test: Test) -> Iterator[int | Mine]:
        """What *test* speaks of, as far as it is told here."""
        for each in subjects(test):
            if isinstance(each, Mine):
                yield each
            elif self.facts is None or self.facts >> self.program.place[each] & 1:
                yield self.program.place[each]
