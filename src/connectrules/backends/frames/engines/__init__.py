"""What each engine does in its own way: the lower case of texts, sets of texts, and tables.

All else is said once, over narwhals. An engine is a module with the functions of `Engine`.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal, Protocol, cast

import attrs
import narwhals as nw

Native = Any
"""A table of the engine's own kind."""

Kind = Literal["text", "yes/no", "number", "date", "place", "list of text"]
"""What the values of a small table are, but for those that are None."""

Call = Callable[[Sequence[Any]], Sequence[int | None]]
"""A function of the values of a row."""

How = Literal["is", "contains", "mentions", "starts", "ends", "includes", "gap"]
"""What a column of texts is searched for: a text that is, or has, any of several; a list that
includes any of them; or a list with an item that is null, a gap."""


@attrs.frozen
class Search:
    """A question about each text, or list of text, of a column.

    Attributes:
        column: The column, as it stands in the table.
        how: What is asked.
        parts: The texts it is asked for, any of them, in lower case and composed form.
    """

    column: str
    how: How
    parts: tuple[str, ...] = ()


Tables = Mapping[str, tuple[Sequence[Any], Kind]]
"""Small tables, by the names of the columns that are to be made of them."""


class Engine(Protocol):
    """What an engine does in its own way, lazily where it is lazy.

    Attributes:
        RUNS_PYTHON: Whether it calls functions of Python, lazily where it is lazy; without, it
            has no `answered`.
        MOST_LISTED: How many values a small table may have that is laid out by numbers.
    """

    RUNS_PYTHON: bool
    MOST_LISTED: int

    def folded(self, frame: Native, texts: Mapping[str, str], lists: Mapping[str, str]) -> Native:
        """*frame* with texts as tests compare them beside it.

        Args:
            frame: The table.
            texts: From the names of new columns to those of columns of text.
            lists: The same for lists of text: each becomes a list that has each item once, in
                order, and null where an item is.
        """

    def doubles(self, frame: Native, columns: Mapping[str, str]) -> Native:
        """*frame* with whole or decimal numbers as doubles beside it, each the nearest there is.

        Args:
            frame: The table.
            columns: From the names of new columns to those of columns of such numbers.
        """

    def unlike(self, frame: Native, one: str, other: str, new: str) -> Native:
        """*frame* with a column *new*: whether two lists differ, null where one of them is."""

    def searched(self, frame: Native, searches: Mapping[str, Search]) -> Native:
        """*frame* with columns that answer *searches*, by their names.

        They are null where a text or a list is, and for ``includes`` where a list has a gap.
        """

    def empty(self, frame: Native) -> Collection[str]:
        """The columns that are of the type of what holds nothing."""

    def looked_up(self, frame: Native, index: str, tables: Tables) -> Native:
        """*frame* with a column for each of *tables*: its value at the place that *index* says.

        Where *index* is null, so are they.
        """

    def matched(self, frame: Native, column: str, keys: Sequence[Any], tables: Tables) -> Native:
        """*frame* with a column for each of *tables*: its value beside that of *column* in *keys*.

        Where *keys* has no such value, they are null. The rows stay in their order.
        """

    def sealed(self, frame: Native, columns: Collection[str]) -> Native:
        """*frame* whose *columns* its planner works out as they are written."""

    def answered(
        self, frame: Native, columns: Sequence[str], new: Sequence[str], call: Call
    ) -> Native:
        """*frame* with columns *new*: what *call* gives for each row's values in *columns*."""


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
