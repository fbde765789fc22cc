"""Enumeration, generated Python and tables agree, over what users draw policies and people from."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import assume, given, note
from hypothesis import strategies as st

from connectrules import UNSURE, Contact, Decision, Policy
from connectrules.exact.variables import Variables
from connectrules.reading import read
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Subject
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)
from connectrules.schema.vocabulary import Fact
from connectrules.testing.pasting import as_example
from connectrules.testing.strategies import contacts, me_and_today, policies
from connectrules.testing.values import MOST_WAYS
from tests.framed.tables import ENGINES, NUMBER, results, row_of
from tests.property.plainly import enumerated
from tests.property.running import tried


def context_of(policy: Policy[Any], beside: dict[str, Any]) -> Context:
    """The owner's facts and the day."""
    program = policy._binding.standing(beside.get("me"), beside.get("today"))
    return program.context


def test_one_by_one() -> None:
    """A decision is that of every way to fill the gaps; an open one asks for what turns it."""
    seen: set[object] = set()

    @tried(100)
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        policy = data.draw(policies(max_conditions=8))
        beside = data.draw(me_and_today(policy, unknown=0))
        contact = data.draw(contacts(policy, unknown=0.4, unsure=0.4, **beside))
        seen.update(_agreement(policy, contact, beside))

    agree()

    assert {*Decision, "asks"} <= seen


def _agreement(policy: Policy[Any], contact: Contact, beside: dict[str, Any]) -> set[object]:
    """What of verdicts was seen to be as it is where all gaps are filled."""
    context = context_of(policy, beside)
    readings = read(contact, policy._binding.slots, {}, contact="")
    plain = enumerated(policy, readings, context)
    assume(plain is not None)
    assert plain is not None
    note(f"{as_example(policy, contact, **beside)}\n{plain}")

    verdict = policy.judge(contact, **beside)

    assert policy.decide(contact, **beside) is verdict.decision
    assert policy.decider(**beside)(contact) is verdict.decision
    if verdict.decision is not Decision.UNDECIDED:
        assert plain.decisions == {verdict.decision}
        return {verdict.decision}
    asked = {*verdict.ask, *verdict.unsure}
    if not verdict.exact:
        assert plain.turning <= asked
    elif _all_ways_have_values(policy, context):
        assert len(plain.decisions) > 1
        assert plain.turning == asked
        return {verdict.decision, "asks"}
    return {verdict.decision}


def _all_ways_have_values(policy: Policy[Any], context: Context) -> bool:
    of = Variables(policy.rules, policy._binding.default, context)
    return all(0 < of.cells(each).size <= MOST_WAYS for each in of.variables)


@pytest.mark.parametrize("name", ["lazy polars", "duckdb"])
def test_tables(name: str) -> None:
    """Each row of a table comes to what its contact comes to alone."""
    seen: set[str] = set()
    engine = ENGINES[name]

    @tried(25)
    @given(st.data())
    def agree(data: st.DataObject) -> None:
        policy = data.draw(policies())
        beside = data.draw(me_and_today(policy))
        people = data.draw(
            st.lists(contacts(policy, unknown=0.3, unsure=0, **beside), min_size=8, max_size=12)
        )
        alone = [*map(row_of, policy.judge_all(people, **beside))]

        frame = policy.judge_frame(engine.made(_table(policy, people)), **beside)

        assert results(engine.rows(frame)) == alone
        seen.update(row[0] for row in alone)

    agree()

    assert {"connect", "decline", "undecided"} <= seen


_COLUMNS: dict[type[FactType], pa.DataType] = {
    YesNo: pa.bool_(),
    CountType: pa.int64(),
    Number: pa.float64(),
    Text: pa.string(),
    OneOf: pa.string(),
    Date: pa.date32(),
    TextList: pa.list_(pa.string()),
}


def _table(policy: Policy[Any], people: list[Contact]) -> pa.Table:
    """A column for each fact, as tables of users have them."""
    columns: dict[str, pa.Array] = {NUMBER: pa.array([*range(len(people))])}
    for fact in policy.facts:
        values = [_value(each, fact) for each in people]
        columns[fact.name] = pa.array(values, _COLUMNS[type(fact.type)])
    return pa.table(columns)


def _value(contact: Contact, fact: Subject) -> object:
    assert isinstance(fact, Fact)
    value = getattr(contact, fact.attribute) if fact.attribute else contact.other.get(fact.slot)
    assert value is not UNSURE
    return value
