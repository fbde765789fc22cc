"""The same table for each engine, and the same verdicts: those of single contacts."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs
import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

from connectrules import Contact, ContactError, Policy
from connectrules.schema.vocabulary import slot

Row = tuple[str, str | None, str | None, bool | None]
"""The columns of the result: decision, rule, ask and exact."""

RESULTS = ("decision", "rule", "ask", "exact")
NUMBER = "row number"
"""A column that says where a row stood at first."""


@attrs.frozen
class Engine:
    """A kind of table.

    Attributes:
        made: From an Arrow table to one of this kind.
        rows: The rows of one, each value as Python has it, in the order of `NUMBER`.
    """

    made: Callable[[pa.Table], Any]
    rows: Callable[[Any], list[dict[str, Any]]]


def _of_polars(frame: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - a frame of either kind
    found: list[dict[str, Any]] = frame.lazy().collect().rows(named=True)
    return found


def _of_duckdb(frame: duckdb.DuckDBPyRelation) -> list[dict[str, Any]]:
    rows = frame.to_arrow_table().to_pylist()  # moments with a zone need pytz otherwise
    return sorted(rows, key=lambda row: row[NUMBER])


def _of_pandas(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {name: _column(frame[name]) for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _column(series: "pd.Series[Any]") -> Iterator[Any]:
    """The values of *series* as Python has them, None where pandas has something for nothing."""
    is_real = isinstance(series.dtype, np.dtype) and series.dtype.kind == "f"
    for value, is_nothing in zip(series.tolist(), series.isna(), strict=True):
        plain = value.tolist() if hasattr(value, "tolist") else value
        yield None if value is pd.NA or (is_nothing and not is_real) else plain


def _in_duckdb(table: pa.Table) -> duckdb.DuckDBPyRelation:
    return duckdb.from_arrow(table)


def _objects(table: pa.Table) -> pd.DataFrame:
    """All as objects of Python; whole numbers of more than 64 bits are none of Arrow's."""
    wide = [
        table.schema.get_field_index(field.name)
        for field in table.schema
        if field.type == pa.uint64()
    ]
    for place in wide:
        column = table.column(place).cast(pa.float64(), safe=False)
        table = table.set_column(place, table.schema.names[place], column)
    columns = {name: table[name].to_pylist() for name in table.column_names}
    return pd.DataFrame({name: pd.Series(each, dtype=object) for name, each in columns.items()})


_NULLABLE = {
    pa.bool_(): pd.BooleanDtype(),
    **{
        kind: pd.Series([1], dtype=f"{kind}".title()).dtype
        for kind in (pa.int8(), pa.int16(), pa.int32(), pa.int64())
    },
    **{
        kind: pd.Series([1], dtype=f"{kind}".replace("ui", "UI")).dtype
        for kind in (pa.uint8(), pa.uint16(), pa.uint32(), pa.uint64())
    },
    pa.float32(): pd.Float32Dtype(),
    pa.float64(): pd.Float64Dtype(),
    pa.string(): pd.StringDtype(),
    pa.large_string(): pd.StringDtype(),
}

ENGINES: Mapping[str, Engine] = {
    "polars": Engine(pl.from_arrow, _of_polars),
    "lazy polars": Engine(lambda table: pl.from_arrow(table).lazy(), _of_polars),  # type: ignore[union-attr]
    "duckdb": Engine(_in_duckdb, _of_duckdb),
    "pyarrow": Engine(lambda table: table, lambda frame: frame.to_pylist()),
    "pandas": Engine(lambda table: table.to_pandas(), _of_pandas),
    "pandas of objects": Engine(_objects, _of_pandas),
    "pandas with room for nothing": Engine(
        lambda table: table.to_pandas(types_mapper=_NULLABLE.get), _of_pandas
    ),
    "pandas over arrow": Engine(
        lambda table: table.to_pandas(types_mapper=pd.ArrowDtype), _of_pandas
    ),
}
"""Each kind of table, by what it is called."""


def judged_by_rows(
    policy: Policy[Any],
    rows: Sequence[Mapping[str, Any]],
    contact: Callable[[Mapping[str, Any]], object],
    **context: Any,  # noqa: ANN401 - as for `judge_all`
) -> list[Row]:
    """What `judge_all` says of each of *rows*, of which *contact* makes a record."""
    contacts = [contact(row) for row in rows]
    return [*map(row_of, policy.judge_all(contacts, **context))]


def row_of(verdict: Any) -> Row:  # noqa: ANN401 - a Verdict or a ContactError
    """The columns of a row with *verdict*."""
    if isinstance(verdict, ContactError):
        return ("error", None, None, None)
    rules, ask = "; ".join(verdict.rules), verdict.ask
    return (verdict.decision.value, rules or None, ask[0] if ask else None, verdict.exact)


def results(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The columns of the result in *rows*, pandas' and NumPy's nothing being None."""
    return [
        tuple(None if _is_nothing(row[name]) else row[name] for name in RESULTS)  # type: ignore[misc]
        for row in rows
    ]


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


def contact_of(row: Mapping[str, Any]) -> Contact:
    """The contact that *row* is."""
    fields = {field.name for field in attrs.fields(Contact)} - {"other", "origins"}
    said = {slot(name): value for name, value in row.items() if name not in fields | {NUMBER}}
    named = {name: value for name, value in row.items() if name in fields}
    held = {name.replace(" ", "_"): value for name, value in said.items()}
    named |= {name: value for name, value in held.items() if name in fields}
    other = {name: value for name, value in said.items() if name.replace(" ", "_") not in fields}
    named["key"] = named.get("key") or ""
    return Contact(other=other, **named)


def alike(
    policy: Policy[Any],
    engine: Engine,
    frame: Any,  # noqa: ANN401 - a table of the engine
    **context: Any,  # noqa: ANN401 - as for `judge_frame`
) -> list[Row]:
    """What `judge_frame` says of *frame*, which is what `judge` says of its contacts alone."""
    alone = judged_by_rows(policy, engine.rows(frame), contact_of, **context)
    judged = results(engine.rows(policy.judge_frame(frame, **context)))
    assert judged == alone
    return judged
