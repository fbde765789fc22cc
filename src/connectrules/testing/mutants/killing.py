"""Somebody whom a mutant decides about otherwise than the policy does."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

import attrs

from connectrules.errors import ContactError
from connectrules.exact.variables import BoundRule, Variables
from connectrules.outcome import Expected
from connectrules.policy import Policy
from connectrules.program import OTHERWISE
from connectrules.rules.tree import Condition, Subject, Test, subjects
from connectrules.testing.cases import Case, Trial, Tried
from connectrules.testing.domains import domains
from connectrules.testing.mutants.changes import Assumed, Change, Defaulted
from connectrules.testing.mutants.making import Mutants
from connectrules.testing.mutants.turns import Turn, stronger, turns
from connectrules.testing.naming import cut
from connectrules.testing.search import Failure, Finder, Found
from connectrules.testing.seen import tests_of
from connectrules.testing.standings import Standing, standings
from connectrules.testing.ways import Left, Need, ways_down
from connectrules.verdict import Decision, Verdict

_Needs = list[Need | Left]


@attrs.frozen
class Sought:
    """What came of looking for somebody.

    Attributes:
        tried: Somebody, with what the policy makes of them; None where nobody was found.
        steps: How many steps that took.
    """

    tried: Tried | None
    steps: int


class Killing:
    """Finds somebody whom mutants of a policy decide about otherwise than it does.

    Args:
        mutants: The mutants.
        changes: Those of their changes that it is asked about.
    """

    def __init__(self, mutants: Mutants, changes: Sequence[Change]) -> None:
        self._mutants = mutants
        self._turns: dict[int, list[Turn]] = {
            id(each): [*turns(mutants, each)]
            for each in changes
            if not isinstance(each, Defaulted | Assumed)
        }
        self._trial = Trial(mutants.policy)
        self._standings = standings(mutants.policy)
        self._finders: dict[int, Finder] = {}

    def _finder(self, standing: Standing) -> Finder:
        """What finds values of facts for all conditions, the mutants' own too."""
        if id(standing) not in self._finders:
            of = Variables(self._all_rules, Decision.DECLINE, standing.context)
            self._finders[id(standing)] = Finder(domains(of))
        return self._finders[id(standing)]

    @cached_property
    def _all_rules(self) -> Sequence[BoundRule]:
        conditions = [each.condition for each in self._mutants.rules]
        for each in self._turns.values():
            conditions += [turn.after for turn in each if turn.after is not None]
        return [BoundRule("", Decision.CONNECT, None, each) for each in conditions]

    def sought(self, change: Change) -> Sought:
        """Somebody whom the policy with *change* made decides about otherwise."""
        other = _Other(self._mutants.mutated(change))
        steps, undecided = 0, None
        for standing in self._standings:
            finder = self._finder(standing)
            for needs in self._ways(change):
                found = finder.find(needs)
                steps += finder.steps
                if isinstance(found, Failure):
                    continue
                tried = self._tried(_without_assumed(found, change), standing)
                if tried is None or not other.differs(tried):
                    continue
                if tried.verdict.decision is not Decision.UNDECIDED:
                    return Sought(self._barer(tried, other), steps)
                undecided = undecided or tried
            if undecided is not None:
                break
        return Sought(undecided and self._barer(undecided, other), steps)

    def _tried(self, facts: Mapping[Subject, object], standing: Standing) -> Tried | None:
        try:
            return self._trial.tried(Case("", facts, standing.mine, standing.today))
        except ContactError:
            return None

    def _barer(self, tried: Tried, other: "_Other") -> Tried:
        """*tried* without what the difference does not hang on; it stays somebody."""
        case = tried.case
        for subject in reversed([*case.facts]):
            facts = {each: value for each, value in tried.case.facts.items() if each != subject}
            if not facts and tried.case.mine:
                continue
            tried = self._kept(tried, attrs.evolve(tried.case, facts=facts), other)
        for fact in reversed([*case.mine]):
            mine = {each: value for each, value in tried.case.mine.items() if each != fact}
            tried = self._kept(tried, attrs.evolve(tried.case, mine=mine), other)
        return tried

    def _kept(self, tried: Tried, case: Case, other: "_Other") -> Tried:
        """What comes of *case*, if it does as well as *tried*; else that."""
        try:
            less = self._trial.tried(case)
        except ContactError:
            return tried
        return less if _alike(less.verdict, tried.verdict) and other.differs(less) else tried

    # Where a change can show

    def _ways(self, change: Change) -> Iterator[_Needs]:
        """What must be so of somebody, in one way or another; the clearest first."""
        rules = self._mutants.rules
        match change:
            case Defaulted():
                yield [Need(each.condition, holds=False) for each in rules]
            case Assumed(about):
                yield from self._ways_to_assume(about)
            case _:
                for turn in self._turns[id(change)]:
                    beside = [r.condition for n, r in enumerate(rules) if n != turn.place]
                    yield from _ways_to_turn(turn, beside)
                for turn in self._turns[id(change)]:
                    yield from _ways_to_turn(turn, stronger(self._mutants, turn.decision))

    def _ways_to_assume(self, about: Subject) -> Iterator[_Needs]:
        """That a rule is left to what is assumed."""
        rules = self._mutants.rules
        for place, rule in enumerate(rules):
            others = [each.condition for n, each in enumerate(rules) if n != place]
            for beside in (others, stronger(self._mutants, rule.decision), []):
                for test in tests_of(rule.condition):
                    if about in subjects(test):
                        yield from _ways_to_leave(rule.condition, test, beside)


def _without_assumed(found: Found, change: Change) -> Found:
    """*found*, but that what is assumed otherwise is not known."""
    about = change.subject if isinstance(change, Assumed) else None
    return {each: value for each, value in found.items() if each != about}


def _ways_to_leave(root: Condition, test: Test, beside: Sequence[Condition]) -> Iterator[_Needs]:
    for way in ways_down(root, test):
        yield [*way, *(Need(each, holds=False) for each in beside)]


def _ways_to_turn(turn: Turn, beside: Sequence[Condition]) -> Iterator[_Needs]:
    fail = [Need(each, holds=False) for each in beside]
    if turn.after is None:
        yield [*turn.way, Need(turn.before, holds=True), *fail]
        return
    for holds in (True, False):
        turned = [Need(turn.before, holds), Need(turn.after, not holds)]
        yield [*turn.way, *turned, *fail]


class _Other:
    """A mutant, to be held against the policy."""

    def __init__(self, policy: Policy[Any]) -> None:
        self._trial = Trial(policy)

    def differs(self, tried: Tried) -> bool:
        """Whether it decides otherwise about somebody, or by other rules."""
        try:
            verdict = self._trial.tried(tried.case).verdict
        except ContactError:
            return True
        return not _alike(verdict, tried.verdict)


def _alike(one: Verdict, other: Verdict) -> bool:
    return one.decision is other.decision and {*one.rules} == {*other.rules}


def expecting(tried: Tried) -> Tried:
    """*tried* as an EXAMPLE that expects what came of it, by the rules that decide."""
    verdict = tried.verdict
    expected = Expected(verdict.decision, verdict.rules or None)
    return attrs.evolve(tried, case=attrs.evolve(tried.case, expected=expected))


def name_for(tried: Tried, taken: set[str]) -> str:
    """A name for an EXAMPLE, by what comes of it, that is none of those *taken*."""
    verdict = tried.verdict
    if verdict.decision is Decision.UNDECIDED:
        name = "not known enough"
    else:
        rule = verdict.rules[0] if verdict.rules else OTHERWISE
        name = "no rule applies" if rule == OTHERWISE else cut(f"{rule} applies")
    numbered = (f"{name} ({number})" for number in count(2))
    return name if name not in taken else next(each for each in numbered if each not in taken)
