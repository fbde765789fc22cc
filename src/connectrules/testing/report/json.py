"""Coverage as JSON."""

from math import floor
from typing import Any

from connectrules.policy import Policy
from connectrules.render.json import verdict_json
from connectrules.testing.coverage import Coverage, Finding, ProposedExample
from connectrules.testing.goals import Aspect
from connectrules.testing.report.lines import gap_of, place_of
from connectrules.testing.report.words import EXAMPLES, Over


def coverage_json(
    policy: Policy[Any], coverage: Coverage, *, over: Over = EXAMPLES
) -> dict[str, Any]:
    """What cases show of *policy*.

    Args:
        policy: The policy.
        coverage: What is shown of it.
        over: What it is measured over.
    """
    return {
        "over": over.many.lower(),
        "cases": len(coverage.cases),
        "failing": [*coverage.failing],
        "percent": floor(coverage.percent * 100) / 100,
        "counts": {each.value: _count(coverage, each) for each in Aspect},
        "goals": [_goal(policy, each) for each in coverage.findings],
        "proposals": [_proposal(each) for each in coverage.proposed],
    }


def _count(coverage: Coverage, aspect: Aspect) -> dict[str, int]:
    shown, possible = coverage.counted(aspect)
    return {"shown": shown, "possible": possible}


def _goal(policy: Policy[Any], finding: Finding) -> dict[str, Any]:
    """What is to be shown; ``file`` only where that is another than the policy's own."""
    goal, gap = finding.goal, gap_of(finding)
    found: dict[str, Any] = {"aspect": goal.aspect.value, "rule": goal.rule}
    if goal.test is not None:
        found["sentence"] = goal.test.sentence
    place = place_of(policy, finding)
    if place is not None:
        source, location = place
        if source != policy.source:
            found["file"] = source.name
        found |= {"line": location.line, "column": location.column}
    found["cases"] = [len(each) for each in finding.cases]
    if goal.aspect is Aspect.ALONE:
        found["pair"] = None if finding.pair is None else [*finding.pair]
    found["gap"] = None if gap is None else gap.value
    if finding.proposals:
        found["proposals"] = [*finding.proposals]
    if finding.tries and not finding.impossible:
        found["tries"] = finding.tries
    return found


def _proposal(example: ProposedExample) -> dict[str, Any]:
    return {
        "name": example.name,
        "text": example.text,
        "shows": [*example.shows],
        "actual": verdict_json(example.name, example.verdict),
    }
