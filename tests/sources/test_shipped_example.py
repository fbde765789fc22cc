"""The example that is shipped: the three rules, and an export of nobody who exists."""

from collections import Counter
from pathlib import Path

from connectrules import Contact, Verdict
from connectrules.policy import Policy
from connectrules.sources import open_contacts

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_every_decision_is_seen() -> None:
    """The forty contacts show each decision, and each rule."""
    policy: Policy[Contact] = Policy.load(EXAMPLES / "three-rules.policy")
    loaded = open_contacts([EXAMPLES / "linkedin-export"], policy.vocabulary)
    verdicts = list(policy.judge_all(loaded.contacts, me=loaded.me))
    decided = Counter(
        (each.decision.value, *each.rules) for each in verdicts if isinstance(each, Verdict)
    )

    assert decided == {
        ("connect", "three rules"): 8,
        ("review", "press"): 5,
        ("decline", "never met"): 4,
        ("decline", "otherwise"): 17,
        ("undecided",): 6,
    }
