"""A table is judged as its rows are, one by one: of every operator, type and engine."""

from collections.abc import Iterator, Mapping
from typing import Any

from hypothesis import given as drawn
from hypothesis import note
from hypothesis import strategies as st

from connectrules import Policy
from tests.framed.tables import ENGINES, Row, judged_by_rows, results
from tests.property.printing import policy_text
from tests.property.running import tried
from tests.property.sheets import Sheet, sheets
from tests.property.universe import FIELDS, NAMED, VOCABULARY, record


def test_random_tables() -> None:
    """Each row comes to what its contact comes to alone, on every engine."""
    seen: set[str] = set()

    @tried(30)
    @drawn(sheets(), st.sampled_from(sorted(ENGINES)))
    def agree(sheet: Sheet, name: str) -> None:
        seen.update(_agreement(name, sheet))

    agree()

    assert sorted(_EVERYTHING - seen) == []


_EVERYTHING = {"connect", "decline", "review", "undecided", "error", "not exact", "joined"}


def _agreement(name: str, sheet: Sheet) -> set[str]:
    engine = ENGINES[name]
    text = policy_text(sheet.rules, FIELDS)
    note(f"{name}\n{text}\nme: {sheet.me}\ntoday: {sheet.today}\nanswers: {sheet.answers}")
    policy: Policy[Any] = Policy.parse(text, vocabulary=VOCABULARY)
    context: dict[str, Any] = {
        "me": record("test:me", sheet.me),
        "today": sheet.today,
        "answers": sheet.answers,
    }
    frame = engine.made(sheet.table)

    rows = engine.rows(frame)
    alone = judged_by_rows(policy, rows, _contact, **context)
    judged = results(engine.rows(policy.judge_frame(frame, **context)))

    differences = [
        (row, one, other)
        for row, one, other in zip(rows, alone, judged, strict=True)
        if one != other
    ]
    assert differences == []
    return {word for each in alone for word in _seen(each)}


def _seen(row: Row) -> Iterator[str]:
    yield row[0]
    if row[3] is False:
        yield "not exact"
    if "; " in (row[1] or ""):
        yield "joined"


def _contact(row: Mapping[str, Any]) -> object:
    said = {name.replace("_", " "): value for name, value in row.items()}
    held = {name: value for name, value in said.items() if name in NAMED}
    return record(row["key"] or "", held)
