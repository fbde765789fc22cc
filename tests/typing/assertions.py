"""What type checkers know of the public names; run by mypy and pyright, not by pytest."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, assert_type

import attrs

from connectrules import (
    UNSURE,
    Contact,
    ContactError,
    Count,
    Decision,
    Duration,
    Explanation,
    Phrase,
    Policy,
    Verdict,
    Vocabulary,
    fact,
    phrase,
)


@attrs.frozen
class Lead:
    """A record of one's own."""

    name: str
    followers: Count | None = None
    stage: Literal["new", "open"] | None = None
    is_a_recruiter: bool | None = attrs.field(default=None, metadata=fact("is a recruiter"))


@dataclass(frozen=True)
class Guest:
    """A dataclass will do."""

    values: tuple[str, ...] = ()


@phrase("worked at {company:text} for at least {time:duration}")
def worked_at(lead: Lead, company: str, time: Duration) -> bool | None:
    """Whether they did."""
    return None if time.count else lead.name == company


lead = Lead("Ada Example")
ada = Contact(key="ada", would_recommend=UNSURE, met_in_person=True)
today = date(2026, 11, 22)

assert_type(worked_at, Phrase)
assert_type(Vocabulary.of(Lead, phrases=[worked_at]), Vocabulary[Lead])
assert_type(Vocabulary.of(Guest), Vocabulary[Guest])

policy = Policy.parse("would recommend")
assert_type(policy, Policy[Contact])
assert_type(Policy.load("three-rules.policy"), Policy[Contact])
assert_type(policy.decide(ada, me=ada, today=today), Decision)
assert_type(policy.judge(ada, answers={"would recommend": True}), Verdict)
assert_type(policy.explain(ada), Explanation)
assert_type(policy.judge_all([ada]), Iterator[Verdict | ContactError])
assert_type(policy.decider(), Callable[[Contact], Decision])

leads = Policy.parse("is a recruiter", vocabulary=Vocabulary.of(Lead))
assert_type(leads, Policy[Lead])
assert_type(leads.decide(lead), Decision)
assert_type(leads.judge(lead, me=lead), Verdict)
assert_type(leads.judge_all(iter([lead])), Iterator[Verdict | ContactError])
assert_type(leads.decider(me=lead, today=today), Callable[[Lead], Decision])
assert_type(leads.explain(lead), Explanation)
