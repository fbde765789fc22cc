"""What each engine does in its own way: the lower case of texts, sets of texts, and tables.

All else is said once, over narwhals. An engine is a module with the functions of `Engine`.
"""

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal, Protocol, cast

import narwhals as nw

Native = Any
"""A table of the engine's own kind."""

Kind = Literal["text", "yes/no", "number", "date", "place", "list of text"]
"""What the values of a small table are, but for those that are None."""

Tables = Mapping[str, tuple[Sequence[Any], Kind]]
"""Small tables, by the names of the columns that are to be made of them."""


class Engine(Protocol):
    """What an engine does in its own way, lazily where it is lazy."""

    def folded(self, frame: Native, texts: Mapping[str, str], lists: Mapping[str, str]) -> Native:
        """*frame* with texts as tests compare them beside it.

        Args:
            frame: The table.
            texts: From the names of new columns to those of columns of text.
            lists: The same for lists of text: each becomes a list without repeats, in
                some order, and null where one of its items is.
        """

    def empty(self, frame: Native) -> Collection[str]:
        """The columns that are of the type of what holds nothing."""

    def looked_up(self, frame: Native, index: str, tables: Tables) -> Native:
        """*frame* with a column for each of *tables*: its value at the place that *index* says.

        Where *index* is null, so are they.
        """

    def placed(self, frame: Native, column: str, keys: Sequence[Any], new: str) -> Native:
        """*frame* with a column *new*: the place of the value of *column* in *keys*, else null."""


_MODULES = {
    nw.Implementation.POLARS: "in_polars",
    nw.Implementation.DUCKDB: "in_duckdb",
    nw.Implementation.PYARROW: "in_arrow",
    nw.Implementation.PYSPARK: "in_spark",
    nw.Implementation.PYSPARK_CONNECT: "in_spark",
}


def engine_of(frame: nw.DataFrame[Any] | nw.LazyFrame[Any]) -> Engine | None:
    """The engine that *frame* is a table of, if there is a module for it."""
    name = _MODULES.get(frame.implementation)
    if name is None:
        return None
    return cast("Engine", import_module(f"connectrules.backends.frames.engines.{name}"))
