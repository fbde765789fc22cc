"""Coverage of a policy: what its EXAMPLEs, or other cases, show of it.

The measure for conditions is MC/DC in its masking form, over three truths: a
condition is shown to decide its rule by itself by a pair of cases, one in which it
holds and one in which it does not, in both of which the rule comes out otherwise if
this condition alone is turned. What is unknown besides does not matter, so long as the
rule is known both ways. Masking MC/DC: Chilenski, An Investigation of Three Forms of
the Modified Condition Decision Coverage (MCDC) Criterion, DOT/FAA/AR-01/18, 2001.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any

import attrs

from connectrules.policy import Policy
from connectrules.rules.tree import Subject
from connectrules.schema.vocabulary import Fact
from connectrules.source import Source
from connectrules.testing.cases import Tried, tried_examples
from connectrules.testing.choosing import Tell
from connectrules.testing.examples import run_examples
from connectrules.testing.goals import Aspect, Goal, Shown, goals_of
from connectrules.testing.naming import name_of, sentences_of
from connectrules.testing.proposing import proposed
from connectrules.testing.search import Failure
from connectrules.testing.somebody import Side
from connectrules.testing.written import example_text
from connectrules.verdict import Verdict


@attrs.frozen
class ProposedExample:
    """An EXAMPLE that would show something new.

    Attributes:
        name: What it is called.
        shows: What it shows, in sentences.
        verdict: What the policy makes of it now; whether that is right is for a person to say.
        facts: What is known of the contact.
        mine: What is known of the owner.
        today: The day of judging, if the policy needs one.
    """

    name: str
    shows: tuple[str, ...]
    verdict: Verdict
    facts: Mapping[Subject, object]
    mine: Mapping[Fact, object]
    today: datetime.date | None

    @property
    def text(self) -> str:
        """The EXAMPLE as it is written in a policy, with what it shows as comments."""
        return self.expecting(self.verdict)

    def expecting(self, verdict: Verdict, *, name: str | None = None) -> str:
        """The EXAMPLE, where *verdict* is what is expected.

        Args:
            verdict: What is expected.
            name: What to call it, where something else is expected than the policy says: what
                it shows is no longer so then, and is left out.
        """
        return example_text(
            self.name if name is None else name,
            self.facts,
            verdict,
            mine=self.mine,
            today=self.today,
            above=self.shows if name is None else (),
        )


@attrs.frozen
class Finding:
    """Whether cases show a goal.

    Attributes:
        goal: What is to be shown.
        cases: For each side of it, the names of the cases that show that.
        proposals: The numbers, from 1, of the proposed EXAMPLEs that show what is missing.
        impossible: Whether nobody can show it.
        tries: How many steps were taken to find somebody, where nobody was found.
    """

    goal: Goal
    cases: tuple[tuple[str, ...], ...]
    proposals: tuple[int, ...] = ()
    impossible: bool = False
    tries: int = 0

    @property
    def is_shown(self) -> bool:
        """Whether cases of every side are there."""
        return all(self.cases)

    @property
    def pair(self) -> tuple[str, str] | None:
        """The names of two cases that show a condition deciding its rule, if they do."""
        if self.goal.aspect is not Aspect.ALONE or not self.is_shown:
            return None
        yes, no = self.cases
        return yes[0], no[0]


@attrs.frozen
class Coverage:
    """What some cases show of a policy.

    Attributes:
        source: The policy's text.
        cases: What the cases are called.
        findings: What is to be shown, and whether it is, rule by rule.
        proposed: EXAMPLEs that show what is missing.
        at_least: How many EXAMPLEs it takes at least to show what these show.
        failing: The names of the cases that come out otherwise than they should. They show
            what they show all the same.
    """

    source: Source
    cases: tuple[str, ...]
    findings: tuple[Finding, ...]
    proposed: tuple[ProposedExample, ...] = ()
    at_least: int = 0
    failing: tuple[str, ...] = ()

    def counted(self, *aspects: Aspect) -> tuple[int, int]:
        """How many goals of *aspects* are shown, and how many can be."""
        those = [each for each in self.findings if each.goal.aspect in aspects]
        possible = [each for each in those if not each.impossible]
        return sum(each.is_shown for each in possible), len(possible)

    @property
    def percent(self) -> float:
        """How many of a hundred conditions are shown to decide their rule by themselves (MC/DC).

        It leaves out what nobody can show. It is 100 for a policy without conditions, and 0
        for one with conditions none of which can decide.
        """
        shown, possible = self.counted(Aspect.ALONE)
        if possible:
            return 100 * shown / possible
        conditioned = any(each.goal.aspect is Aspect.ALONE for each in self.findings)
        return 0.0 if conditioned else 100.0

    @property
    def is_smallest(self) -> bool:
        """Whether all that is missing is shown by what is proposed, and not by fewer, by proof.

        What nobody can show is not missing. It is not so where nothing was looked for, nor
        where somebody was looked for and not found.
        """
        all_found = all(each.proposals and not each.tries for each in self.missing)
        return all_found and len(self.proposed) <= self.at_least

    @property
    def missing(self) -> tuple[Finding, ...]:
        """What could be shown and is not."""
        return tuple(each for each in self.findings if not (each.is_shown or each.impossible))


def measure_coverage(policy: Policy[Any], *, propose: bool = True) -> Coverage:
    """What the EXAMPLEs of *policy* show of it.

    Args:
        policy: The policy.
        propose: Whether to look for EXAMPLEs that show what is missing.
    """
    found = coverage_of(policy, tried_examples(policy), propose=propose)
    return attrs.evolve(found, failing=failing_of(policy))


def failing_of(policy: Policy[Any]) -> tuple[str, ...]:
    """The names of the EXAMPLEs of *policy* that come out otherwise than they should."""
    return tuple(each.called for each in run_examples(policy) if not each.passed)


def coverage_of(
    policy: Policy[Any],
    tried: Sequence[Tried],
    *,
    propose: bool = True,
    aspects: Iterable[Aspect] = Aspect,
    tell: Tell | None = None,
) -> Coverage:
    """What the cases *tried* show of *policy*.

    Args:
        policy: The policy.
        tried: The cases.
        propose: Whether to look for EXAMPLEs that show what is missing.
        aspects: What is to be shown.
        tell: What is told how far the search is.
    """
    wanted, shown = {*aspects}, Shown(tried)
    goals = [goal for goal in goals_of(policy) if goal.aspect in wanted]
    names = tuple(each.case.name for each in tried)
    cases = {goal: tuple(_named(each, names) for each in shown.cases(goal)) for goal in goals}
    missing = [
        (goal, side) for goal in goals for side, found in enumerate(cases[goal]) if not found
    ]
    if not (missing and propose):
        found = tuple(Finding(goal, cases[goal]) for goal in goals)
        return Coverage(policy.source, names, found)
    offered = proposed(policy, missing, tell)
    taken = [*names]
    examples = []
    for each in offered.chosen:
        case = each.tried.case
        name, shows = name_of(each, taken), tuple(sentences_of(each))
        taken.append(name)
        examples.append(
            ProposedExample(name, shows, each.tried.verdict, case.facts, case.mine, case.today)
        )
    filled: dict[Side, int] = {
        side: number for number, each in enumerate(offered.chosen, 1) for side in each.shows
    }
    findings = (
        _finding(goal, cases[goal], filled, offered.failures, offered.tries) for goal in goals
    )
    return Coverage(
        policy.source, names, tuple(findings), tuple(examples), at_least=offered.at_least
    )


def _finding(
    goal: Goal,
    cases: tuple[tuple[str, ...], ...],
    filled: Mapping[Side, int],
    failures: Mapping[Side, Failure],
    tries: Mapping[Side, int],
) -> Finding:
    sides = [(goal, side) for side, found in enumerate(cases) if not found]
    return Finding(
        goal,
        cases,
        tuple(dict.fromkeys(filled[side] for side in sides if side in filled)),
        impossible=any(failures.get(side) is Failure.NOBODY for side in sides),
        tries=max((tries[side] for side in sides if side in tries), default=0),
    )


def _named(where: int, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(_at(where, names))


def _at(where: int, names: Sequence[str]) -> Iterable[str]:
    return compress(names, (digit == "1" for digit in reversed(f"{where:b}")))
