"""What is shown, and what is not, in sentences."""

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from connectrules.policy import Policy
from connectrules.resolve.resolved import BARE
from connectrules.testing.coverage import Coverage, Finding
from connectrules.testing.goals import Aspect
from connectrules.testing.report.lines import Gap, gap_of, rule_said


@attrs.frozen
class Over:
    """What is measured over.

    Attributes:
        one: What one of them is called.
        many: What several are.
    """

    one: str
    many: str


EXAMPLES = Over("EXAMPLE", "EXAMPLEs")
CONTACTS = Over("contact", "contacts")

_SEEN = {
    Aspect.HOLDS: "holds",
    Aspect.FAILS: "does not hold",
    Aspect.UNKNOWN: "is not known",
}


def headline(coverage: Coverage, over: Over) -> str:
    """How many cases there are, and the measure."""
    cases = counted(len(coverage.cases), over.one, over.many)
    failing = len(coverage.failing)
    if failing:
        cases += f", of which {failing:,} {'fails' if failing == 1 else 'fail'}"
    return f"coverage by {cases}: {percent_said(coverage)} (MC/DC)"


def percent_said(coverage: Coverage) -> str:
    """The percent; 100 where nothing is missing, and never before."""
    return f"{int(coverage.percent)}%"


def summary(coverage: Coverage) -> Iterator[tuple[str, int, int]]:
    """What is shown, how much of it, and of how much that can be."""
    yield "rules seen to decide, with OTHERWISE", *coverage.counted(Aspect.DECIDES)
    yield "conditions seen to hold", *coverage.counted(Aspect.HOLDS)
    yield "conditions seen not to hold", *coverage.counted(Aspect.FAILS)
    yield "conditions seen not known", *coverage.counted(Aspect.UNKNOWN)
    yield "conditions shown to decide their rule by themselves", *coverage.counted(Aspect.ALONE)


def advice(policy: Policy[Any]) -> str:
    """What to do with the EXAMPLEs that are proposed for *policy*."""
    read = "They expect what the policy says now. Read each one first: is that what you would say?"
    if [each.name for each in policy.rules] == [BARE]:
        return (
            f"{read} Beside a bare condition no EXAMPLE can stand: write `CONNECT WHEN` before "
            "it, and the line `OTHERWISE DECLINE`. Then put them below."
        )
    return f"{read} Then put it below your rules."


def goal_said(finding: Finding) -> str:
    """What is to be shown, after the words of a condition, or as a sentence of a rule."""
    match finding.goal.aspect:
        case Aspect.DECIDES:
            return f"{rule_said(finding.goal.rule)} decides"
        case Aspect.ALONE:
            return f"decides {rule_said(finding.goal.rule)} by itself"
        case aspect:
            return _SEEN[aspect]


def remedy_said(finding: Finding, coverage: Coverage) -> str:
    """What would show what *finding* misses; empty where it was not looked for."""
    names = [f"`{coverage.proposed[number - 1].name}`" for number in finding.proposals]
    match gap_of(finding):
        case Gap.IMPOSSIBLE:
            return "nobody can show it"
        case Gap.NOT_FOUND:
            half = f"; {_listed(names)} would be one half" if names else ""
            return f"nobody was found in {counted(finding.tries, 'try', 'tries')}{half}"
        case Gap.PROPOSED:
            there = next((each[0] for each in finding.cases if each), None)
            return _listed(names) + (f", beside `{there}`" if there is not None else "")
        case _:
            return ""


def pair_said(finding: Finding) -> str:
    """The pair of cases by which *finding* is shown."""
    yes, no = finding.pair or ("", "")
    return f"`{yes}`, where it holds, and `{no}`, where it does not"


def counted(number: int, one: str, many: str) -> str:
    """*number* and what it counts."""
    return f"{number:,} {one if number == 1 else many}"


def _listed(names: Sequence[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
