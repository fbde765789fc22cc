"""What each engine does of its own: small tables, and lists that differ."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import polars as pl
import pyarrow as pa
import pytest

from connectrules.backends.frames.engines import Engine, Kind, in_arrow, in_duckdb, in_polars

Made = Callable[[pa.Table], Any]
EACH = pytest.mark.parametrize(
    ("engine", "made"),
    [(in_arrow, lambda table: table), (in_duckdb, duckdb.from_arrow), (in_polars, pl.from_arrow)],
    ids=["pyarrow", "duckdb", "polars"],
)
KINDS: dict[Kind, Sequence[object]] = {
    "text": ("a", 'it\'s "b"\\', None),
    "yes/no": (True, False, None),
    "number": (0.5, -1e300, None),
    "date": (date(2026, 1, 31), date(1, 1, 1), None),
    "place": (2, 0, None),
    "list of text": ((), ("a", "b's"), None),
}


def column(frame: Any, name: str) -> list[Any]:  # noqa: ANN401 - a table of any engine
    """The values of a column; lists as tuples."""
    values = nw.from_native(frame).lazy().collect()[name].to_list()
    return [tuple(each) if isinstance(each, list) else each for each in values]


@EACH
@pytest.mark.parametrize("kind", KINDS)
def test_values_are_looked_up(engine: Engine, made: Made, kind: Kind) -> None:
    """By their place, and where there is none there is no value."""
    frame = made(pa.table({"at": pa.array([2, 0, 1, None, 0], pa.int32())}))

    found = engine.looked_up(frame, "at", {"found": (KINDS[kind], kind)})

    first, second, _ = KINDS[kind]
    assert column(found, "found") == [None, first, second, None, first]
    assert column(found, "at") == [2, 0, 1, None, 0]


@EACH
@pytest.mark.parametrize("keys", [["x", "it's", "y"], [7, 2**40, 0]], ids=["texts", "numbers"])
@pytest.mark.parametrize("kind", KINDS)
def test_values_are_matched(engine: Engine, made: Made, kind: Kind, keys: Sequence[Any]) -> None:
    """By their key; the rows stay in order, and keep their columns."""
    one, other, last = keys
    strange = "none" if isinstance(one, str) else 5
    given = [other, strange, one, None, last, other]
    frame = made(pa.table({"key": given, "beside": range(len(given))}))

    found = engine.matched(frame, "key", keys, {"found": (KINDS[kind], kind)})

    first, second, _ = KINDS[kind]
    assert column(found, "found") == [second, None, first, None, None, second]
    assert column(found, "beside") == [*range(len(given))]
    assert nw.from_native(found).lazy().collect_schema().names() == ["key", "beside", "found"]


@EACH
def test_lists_that_differ(engine: Engine, made: Made) -> None:
    """Nothing is said of two of which one is not known."""
    kind = pa.list_(pa.string())
    one = pa.array([["a"], ["a"], [], None, ["a"], None], kind)
    other = pa.array([["a"], ["b"], ["a"], [], None, None], kind)

    found = engine.unlike(made(pa.table({"one": one, "other": other})), "one", "other", "new")

    assert column(found, "new") == [False, True, True, None, None, None]
