"""How the property tests run, and how a case looks when one fails."""

import os
from typing import Any

from hypothesis import HealthCheck, currently_in_test_context, note, settings

from connectrules import ContactError, Policy, Verdict
from tests.property.model import Case
from tests.property.printing import policy_text
from tests.property.universe import FIELDS, VOCABULARY, given

EXAMPLES = int(os.environ.get("CONNECTRULES_EXAMPLES", "0"))
"""How many random cases to try of each law; by default a few, the same ones every time."""


def tried(usual: int) -> settings:
    """Settings for a law that is tried on *usual* cases, or on as many as were asked for."""
    return settings(
        max_examples=EXAMPLES or usual,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def parsed(case: Case) -> Policy[Any]:
    """The policy of *case*; what the case is, is shown where a test fails."""
    text = policy_text(case.rules, FIELDS)
    if currently_in_test_context():
        note(f"{text}\ncontact: {case.contact}\nme: {case.me}\ntoday: {case.today}")
        note(f"answered: {sorted(case.answered)}")
    return Policy.parse(text, vocabulary=VOCABULARY)


def judged(policy: Policy[Any], case: Case) -> Verdict | ContactError:
    """What *policy* says of the contact of *case*."""
    contact, context = given(case)
    try:
        return policy.judge(contact, **context)
    except ContactError as error:
        return error
