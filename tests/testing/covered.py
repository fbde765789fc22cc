"""Policies whose coverage is shown."""

from typing import Any

from connectrules import Policy
from connectrules.testing.coverage import Coverage, measure_coverage

LIBRARY = {"kin.policy": "# Words\nDEFINE kin AS\n    met in person\n"}


def covered(text: str, name: str = "my.policy") -> tuple[Policy[Any], Coverage]:
    """The policy that *text* is, and what its EXAMPLEs show of it."""
    policy = Policy.parse(text, name=name, loader=LIBRARY.__getitem__)
    return policy, measure_coverage(policy)


GAPS = """\
FACT is a recruiter: yes/no
ASSUME is a recruiter: no

CONNECT "friends" WHEN would recommend
UNLESS is a recruiter
DECLINE "odd" WHEN
    last active on is within the last month
    AND NOT last active on is within the last 31 days
OTHERWISE REVIEW

EXAMPLE "a friend" TODAY 2026-11-22 EXPECT CONNECT
    - would recommend: yes
    - last active on: 2026-01-01

EXAMPLE "a stranger" TODAY 2026-11-22 EXPECT REVIEW
    - would recommend: no
    - last active on: 2026-01-01
"""
SHARED = """\
USE "kin.policy"
CONNECT "near" WHEN kin AND would recommend
REVIEW "far" WHEN kin UNLESS would recommend
OTHERWISE DECLINE

EXAMPLE "kin I recommend" EXPECT CONNECT
    - met in person: yes
    - would recommend: yes

EXAMPLE "no kin" EXPECT DECLINE
    - met in person: no
    - would recommend: yes

EXAMPLE "nothing" EXPECT UNDECIDED

EXAMPLE "kin I do not" EXPECT REVIEW
    - met in person: yes
    - would recommend: no
"""
