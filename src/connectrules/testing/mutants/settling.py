"""Which mutants the EXAMPLEs notice, by verdicts: slow, and right where bits don't say."""

from collections.abc import Iterable
from typing import Any

from connectrules.errors import ContactError
from connectrules.policy import Policy
from connectrules.testing.cases import Trial, Tried
from connectrules.verdict import Verdict


def is_noticed(policy: Policy[Any], tried: Iterable[Tried]) -> bool:
    """Whether one of the cases *tried* does not come out as expected by *policy*."""
    trial = Trial(policy)
    return any(not _comes_out(policy, trial, each) for each in tried)


def _comes_out(policy: Policy[Any], trial: Trial, tried: Tried) -> bool:
    try:
        verdict = trial.tried(tried.case).verdict
    except ContactError:
        return False
    return is_as_expected(policy, tried, verdict)


def is_as_expected(policy: Policy[Any], tried: Tried, verdict: Verdict) -> bool:
    """Whether *verdict* is what the case expects."""
    expected = tried.case.expected
    if expected is None:
        return True
    if verdict.decision is not expected.decision:
        return False
    if expected.rules is not None and {*verdict.rules} != {*expected.rules}:
        return False
    if expected.ask is None:
        return True
    named = policy._binding.named  # noqa: SLF001 - one library, and nobody else's business
    return {*map(named, verdict.ask)} == {*map(named, expected.ask)}
