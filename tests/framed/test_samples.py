"""The samples of the phrase book, in tables of each kind."""

import datetime
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pytest

from connectrules import Contact, Policy
from connectrules.rules.operators import PHRASE_BOOK
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
from tests.framed.tables import ENGINES, NUMBER, Engine, alike

SOME = ("polars", "lazy polars", "duckdb", "pyarrow", "pandas")
TODAY = datetime.date(2026, 11, 22)
_DECLARED: Mapping[type[FactType], tuple[str, Sequence[pa.DataType]]] = {
    YesNo: ("yes/no", [pa.bool_()]),
    Number: ("number", [pa.int16(), pa.float64(), pa.decimal128(21, 2)]),
    CountType: ("count", [pa.int32(), pa.uint8(), pa.float64(), pa.decimal128(21, 2)]),
    Text: ("text", [pa.string(), pa.dictionary(pa.int8(), pa.string())]),
    OneOf: ('one of "craft", "speed", "other"', [pa.string()]),
    Date: ("date", [pa.date32(), pa.timestamp("us")]),
    TextList: ("list of text", [pa.list_(pa.string())]),
}
"""How a fact of a type is declared, and what columns it may have."""


@pytest.mark.once
@pytest.mark.parametrize("kind", _DECLARED, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("engine", [ENGINES[name] for name in SOME], ids=SOME)
def test_samples(engine: Engine, kind: type[FactType]) -> None:
    """Each sample of each entry is worth in a table what its entry says."""
    declared, dtypes = _DECLARED[kind]
    samples = [each for entry in PHRASE_BOOK if kind in entry.types for each in entry.samples]
    rules = [
        f'REVIEW "{n}" WHEN {sample.sentence.replace("F", "items")}'
        for n, sample in enumerate(samples)
    ]
    text = "\n".join([f"FACT items: {declared}", *rules, "OTHERWISE DECLINE"])
    policy: Policy[Contact] = Policy.parse(text)
    values = [sample.value for sample in samples]
    for dtype in dtypes:
        column = pa.array([*map(_plain, values), None]).cast(dtype)
        table = pa.table({NUMBER: range(len(values) + 1), "items": column})

        judged = alike(policy, engine, engine.made(table), today=TODAY)

        held = [f"{n}" in (row[1] or "").split("; ") for n, row in enumerate(judged[:-1])]
        assert held == [sample.holds for sample in samples]


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, (set, frozenset, tuple)) else value
