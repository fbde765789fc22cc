"""Every entry of the phrase book, held against its own samples."""

from datetime import date
from typing import Any

import pytest

from connectrules import Contact, Decision, Policy
from connectrules.rules.entry import Operator, Sample
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.schema.types import CountType, Date, Number, OneOf, Text, TextList, YesNo

TODAY = date(2026, 11, 22)
TYPES = {
    YesNo: "yes/no",
    CountType: "count",
    Number: "number",
    Text: "text",
    Date: "date",
    TextList: "list of text",
    OneOf: 'one of "craft", "speed", "other"',
}
CASES = [
    (operator, kind, sample)
    for operator in PHRASE_BOOK
    for kind in operator.types
    for sample in operator.samples
]


def called(case: tuple[Operator, type, Sample]) -> str:
    """What a case is called: its entry, its type and its sentence."""
    operator, kind, sample = case
    return f"{operator.name}-{kind.__name__}-{sample.sentence}"


def decided(kind: type, sentence: str, value: Any) -> Decision:  # noqa: ANN401 - of the fact's type
    """What a policy of one sentence decides about one value."""
    policy = Policy.parse(f"FACT F: {TYPES[kind]}\nCONNECT WHEN {sentence}\nOTHERWISE DECLINE\n")
    contact = Contact(key="ada", other={} if value is None else {"F": value})
    decision = policy.judge(contact, today=TODAY).decision

    assert policy.decider(today=TODAY)(contact) is decision
    return decision


@pytest.mark.parametrize("case", CASES, ids=map(called, CASES))
def test_a_sample_is_right(case: tuple[Operator, type, Sample]) -> None:
    """A sentence holds for the value as its sample says, and is open where nothing is known."""
    _, kind, sample = case
    wanted = Decision.CONNECT if sample.holds else Decision.DECLINE

    assert decided(kind, sample.sentence, sample.value) is wanted
    assert decided(kind, f"NOT ({sample.sentence})", sample.value) is not wanted
    assert decided(kind, sample.sentence, None) is Decision.UNDECIDED


def test_names_are_given_once() -> None:
    """An entry can be spoken of."""
    names = [operator.name for operator in PHRASE_BOOK]

    assert len(names) == len(set(names))
