"""What the language means, case by case."""

from collections.abc import Mapping
from typing import Any

import pytest

from connectrules import ConnectRulesError, Contact, Decision, Policy, PolicyError, Vocabulary
from connectrules.diagnostics import Severity
from tests.conformance.cases import (
    HERE,
    SHARED,
    Case,
    Wanted,
    cases,
    contact,
    pattern_phrase,
    value,
)

OWN = cases(HERE, HERE / "beyond")
DEFINING = cases(SHARED)
ALL = OWN + DEFINING

REFUSED = [each for each in ALL if each.errors]
JUDGED = [each for each in ALL if not each.errors]


def parsed(case: Case) -> Policy[Contact]:
    """The policy a case is about."""
    files: Mapping[str, str] = case.given.get("files", {})
    phrases = [pattern_phrase(each) for each in case.given.get("phrases", ())]
    return Policy.parse(
        case.text,
        vocabulary=Vocabulary.of(Contact, phrases=phrases),
        loader=files.__getitem__ if "files" in case.given else None,
    )


def context(case: Case) -> dict[str, Any]:
    """The owner, the day and the answers a case gives, as judging takes them."""
    given = case.given
    return {
        "me": contact("me", given["me"]) if "me" in given else None,
        "today": given.get("today"),
        "answers": {name: value(each) for name, each in given["answers"].items()}
        if "answers" in given
        else None,
    }


def test_the_defining_cases_are_read() -> None:
    """They are left out only where they do not lie beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the cases that define the language are not at hand")

    assert len(DEFINING) > 90


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_refused(case: Case) -> None:
    """The text gets just the diagnostics it should, where they should begin."""
    with pytest.raises(PolicyError) as refusal:
        parsed(case)

    found = [each for each in refusal.value.diagnostics if each.severity is Severity.ERROR]
    assert [each.code for each in found] == [code for code, _, _ in case.errors]
    for each, (code, line, column) in zip(found, case.errors, strict=True):
        start = each.start
        assert (code, line or start.line, column or start.column) == (
            each.code,
            start.line,
            start.column,
        )


@pytest.mark.parametrize("case", JUDGED, ids=str)
def test_judged(case: Case) -> None:
    """Each contact gets the verdict it should, in every way of asking for one."""
    policy = parsed(case)
    given = context(case)
    if "warnings" in case.given:
        assert [each.code for each in policy.warnings] == case.given["warnings"]
    for number, wanted in enumerate(case.contacts):
        record = contact(f"c{number}", wanted.facts)
        if wanted.error:
            _raises(policy, record, given, wanted)
        else:
            _decides(policy, record, given, wanted)


def _decides(
    policy: Policy[Contact], record: Contact, given: dict[str, Any], wanted: Wanted
) -> None:
    verdict = policy.judge(record, **given)
    found = {
        "ask": set(verdict.ask),
        "rules": set(verdict.rules),
        "because": set(verdict.because),
        "assumed": set(verdict.assumed),
        "unsure": set(verdict.unsure),
        "exact": verdict.exact,
        "faults": {each.fact: each.code for each in verdict.faults},
    }

    assert (wanted.facts, verdict.decision.value) == (wanted.facts, wanted.decision)
    for name, each in wanted.rest.items():
        expected = set(each) if isinstance(each, list) else each
        assert (wanted.facts, name, found[name]) == (wanted.facts, name, expected)
    assert policy.decide(record, **given) is Decision(wanted.decision)
    assert policy.explain(record, **given).verdict == verdict
    if given["answers"] is None:
        decide = policy.decider(me=given["me"], today=given["today"])
        assert decide(record) is Decision(wanted.decision)


def _raises(
    policy: Policy[Contact], record: Contact, given: dict[str, Any], wanted: Wanted
) -> None:
    with pytest.raises(ConnectRulesError) as raised:
        policy.judge(record, **given)
    error: Any = raised.value

    assert (wanted.facts, getattr(error, "code", repr(error))) == (wanted.facts, wanted.error)
    if "fact" in wanted.rest:
        assert (wanted.facts, error.fact) == (wanted.facts, wanted.rest["fact"])
    if "place" in wanted.rest:
        assert error.where.endswith(f":{wanted.rest['place']}")
    with pytest.raises(type(error)):
        policy.decide(record, **given)
