"""What the benchmarks of frames do with each engine."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import by_hand_duckdb
import by_hand_polars
import duckdb
import polars as pl
from frame_policies import COLUMNS, COPIES

Frame = Any
Judging = Callable[[Frame], Frame]


@attrs.frozen
class Engine:
    """Something that works on frames.

    Attributes:
        opened: A frame of a file.
        counted: How many rows of a frame there are for each combination of some columns.
        read: Reads some columns of a frame, and does nothing with them.
        rows: The rows of some columns of a frame.
        renamed: A frame with some columns under another name, by their name.
        copied: A frame with some columns under a second name as well, by that name.
        by_hand: What was written by hand for it.
    """

    opened: Callable[[Path], Frame]
    counted: Callable[[Frame, Sequence[str]], dict[tuple[object, ...], int]]
    read: Callable[[Frame, Sequence[str]], object]
    rows: Callable[[Frame, Sequence[str]], list[tuple[object, ...]]]
    renamed: Callable[[Frame, dict[str, str]], Frame]
    copied: Callable[[Frame], Frame]
    by_hand: Any


# Polars


def _count_polars(frame: Frame, columns: Sequence[str]) -> dict[tuple[object, ...], int]:
    found = frame.lazy().group_by(columns).len().collect(engine="streaming")
    return {row[:-1]: row[-1] for row in found.rows()}


def _read_polars(frame: Frame, columns: Sequence[str]) -> object:
    return frame.lazy().select(columns).null_count().collect(engine="streaming")


def _rows_polars(frame: Frame, columns: Sequence[str]) -> list[tuple[object, ...]]:
    return frame.lazy().select(columns).collect().rows()


def _renamed_polars(frame: Frame, names: dict[str, str]) -> Frame:
    return frame.rename(names)


def _copied_polars(frame: Frame) -> Frame:
    return frame.with_columns(**{copy: pl.col(name) for copy, name in COPIES.items()})


# DuckDB


def _opened_duckdb(path: Path) -> Frame:
    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = false")
    return connection.read_parquet(str(path))


def _count_duckdb(relation: Frame, columns: Sequence[str]) -> dict[tuple[object, ...], int]:
    names = ", ".join(columns)
    return {row[:-1]: row[-1] for row in relation.aggregate(f"{names}, count(*)").fetchall()}


def _read_duckdb(relation: Frame, columns: Sequence[str]) -> object:
    return relation.aggregate(", ".join(f'count("{name}")' for name in columns)).fetchall()


def _rows_duckdb(relation: Frame, columns: Sequence[str]) -> list[tuple[object, ...]]:
    return relation.project(", ".join(f'"{name}"' for name in columns)).fetchall()


def _renamed_duckdb(relation: Frame, names: dict[str, str]) -> Frame:
    said = ", ".join(f"{name} AS {new}" for name, new in names.items())
    return relation.project(f"* EXCLUDE ({', '.join(names)}), {said}")


def _copied_duckdb(relation: Frame) -> Frame:
    said = ", ".join(f"{name} AS {copy}" for copy, name in COPIES.items())
    return relation.project(f"*, {said}")


_POLARS = (
    _count_polars, _read_polars, _rows_polars, _renamed_polars, _copied_polars, by_hand_polars
)  # fmt: skip
ENGINES = {
    "Polars, lazy": Engine(pl.scan_parquet, *_POLARS),
    "Polars, in memory": Engine(partial(pl.read_parquet, columns=[*COLUMNS]), *_POLARS),
    "DuckDB": Engine(
        _opened_duckdb,
        _count_duckdb,
        _read_duckdb,
        _rows_duckdb,
        _renamed_duckdb,
        _copied_duckdb,
        by_hand_duckdb,
    ),
}
