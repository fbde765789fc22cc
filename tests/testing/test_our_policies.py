"""The policies in `examples/` are held to what the library measures of policies."""

from pathlib import Path

import pytest

from connectrules import Contact, Policy
from connectrules.testing.coverage import Finding, measure_coverage
from connectrules.testing.mutation import mutate

EXAMPLES = Path(__file__).parents[2] / "examples"
POLICIES = sorted(EXAMPLES.glob("*.policy"))
MINIMUM = 95
"""How many of a hundred small changes the EXAMPLEs of each must notice."""


@pytest.fixture(params=POLICIES, ids=lambda path: path.stem)
def policy(request: pytest.FixtureRequest) -> Policy[Contact]:
    """Each policy that ships."""
    return Policy.load(request.param)


def said(finding: Finding) -> str:
    """What is not shown, for whoever reads of the failure."""
    goal = finding.goal
    what = goal.rule if goal.test is None else f"{goal.rule}: {goal.test.sentence}"
    return f"{what}: {goal.aspect.value}"


@pytest.mark.once
def test_examples_show_every_rule_and_condition(policy: Policy[Contact]) -> None:
    """Each rule decides, and each condition holds, does not, is unknown and decides by itself."""
    found = measure_coverage(policy)

    assert [said(each) for each in found.missing] == []
    assert found.percent == 100


@pytest.mark.once
def test_examples_notice_small_changes(policy: Policy[Contact]) -> None:
    """Nearly every small change of the rules makes an EXAMPLE fail."""
    found = mutate(policy, propose=False)

    survivors = [(each.mutant.kind.value, each.mutant.line) for each in found.survivors]
    assert found.killed
    assert found.score >= MINIMUM, survivors


def test_examples_have_names_of_their_own(policy: Policy[Contact]) -> None:
    """A test that fails is found by its name."""
    names = [each.name for each in policy.examples]

    assert len({*names}) == len(names)
