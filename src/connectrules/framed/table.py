"""A table, and the columns that are added to it on the way."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count
from typing import Any, cast

import narwhals as nw

from connectrules.backends.frames.engines import Engine, Kind, Search, engine_of

_PREFIX = "connectrules"
"""What the names of columns begin with that are there for a moment."""


class Table:
    """A table, and the columns added to it on the way.

    Args:
        native: The table, of an engine that is known.
    """

    def __init__(self, native: Any) -> None:  # noqa: ANN401 - any engine's
        self.frame: Any = nw.from_native(native)
        self.engine = cast("Engine", engine_of(self.frame))
        self.schema = {**self.frame.collect_schema(), **_no_texts(self.frame)}
        self._prefix = _free(_PREFIX, self.schema)
        self._numbers = count()
        self._searches: dict[Search, str] = {}
        self._found: set[Search] = set()
        self._held: nw.DataFrame[Any] | None = None

    @property
    def is_lazy(self) -> bool:
        """Whether nothing is worked out before somebody collects it."""
        return isinstance(self.frame, nw.LazyFrame) and self._held is None

    @property
    def native(self) -> Any:  # noqa: ANN401 - any engine's
        """The table as it stands."""
        return self.frame.to_native()

    def add(self, expression: nw.Expr, what: str) -> nw.Expr:
        """The column that *expression* is from now on; *what* it is, in a word."""
        return self.add_all({what: expression})[what]

    def add_all(self, expressions: Mapping[str, nw.Expr]) -> dict[str, nw.Expr]:
        """The columns that *expressions*, by what they are, are from now on."""
        names = {what: self.name(what) for what in expressions}
        if names:
            self.frame = self.frame.with_columns(
                **{names[what]: each for what, each in expressions.items()}
            )
            self.change(lambda native: self.engine.sealed(native, names.values()))
        return {what: nw.col(name) for what, name in names.items()}

    def name(self, what: str) -> str:
        """A name for a new column."""
        return f"{self._prefix} {next(self._numbers)} {what}"

    def change(self, make: Callable[[Any], Any]) -> None:
        """Let the engine *make* another table of it."""
        self.frame = nw.from_native(make(self.native))

    def look_up(self, index: nw.Expr, tables: Mapping[str, tuple[Sequence[object], Kind]]) -> None:
        """Add columns, by their names: the values in *tables* at the place that *index* says."""
        place = self.name("place")
        self.frame = self.frame.with_columns(**{place: index})
        self.change(lambda native: self.engine.looked_up(native, place, tables))

    def search(self, search: Search) -> nw.Expr:
        """The column that answers *search*; it is there after `find`."""
        if search not in self._searches:
            self._searches[search] = self.name(search.how)
        return nw.col(self._searches[search])

    def find(self) -> None:
        """Let the engine answer the searches that were asked for since the last time."""
        asked = {new: each for each, new in self._searches.items() if each not in self._found}
        if asked:
            self.change(lambda native: self.engine.searched(native, asked))
            self._found.update(asked.values())

    def match(
        self,
        column: str,
        keys: Sequence[Any],
        tables: Mapping[str, tuple[Sequence[object], Kind]],
    ) -> None:
        """Add columns, by their names: the values in *tables* beside that of *column* in *keys*."""
        self.change(lambda native: self.engine.matched(native, column, keys, tables))

    def unlike(self, one: nw.Expr, other: nw.Expr) -> nw.Expr:
        """Whether two columns of lists differ, null where one of them is."""
        names = self.name("list"), self.name("list")
        self.frame = self.frame.with_columns(**dict(zip(names, (one, other), strict=True)))
        new = self.name("unlike")
        self.change(lambda native: self.engine.unlike(native, *names, new))
        return nw.col(new)

    def put_off(self) -> None:
        """Work out columns together from now on, where the engine then takes rows by and by."""
        if self.frame.implementation.is_polars() and not self.is_lazy:
            self._held, self.frame = self.frame, self.frame.lazy()

    def work_out(self, key: str) -> None:
        """Work out *key*, truths and places, where that was put off; nothing else is kept."""
        if self._held is not None:
            added = self.frame.collect_schema().items()
            kept = [
                name
                for name, dtype in added
                if name not in self.schema and (name == key or dtype in {nw.Boolean, nw.Int32})
            ]
            self.frame = self.frame.select(*kept).collect().lazy()

    def finish(self, results: Sequence[str]) -> None:
        """Keep the columns that were there at first, and *results*."""
        if self._held is None:
            stay = {*self.schema, *results}
            names = self.frame.collect_schema().names()
            self.frame = self.frame.drop(*(name for name in names if name not in stay))
            return
        judged = self.frame.select(*results).lazy().collect()
        self.frame = self._held.with_columns(*(judged[each] for each in results))


def _free(prefix: str, names: Iterable[object]) -> str:
    """*prefix*, and more where one of *names* begins so, in whatever capitals."""
    taken = [name.lower() for name in names if isinstance(name, str)]
    while any(name.startswith(prefix) for name in taken):
        prefix += "_"
    return prefix


def _no_texts(frame: Any) -> dict[str, nw.dtypes.DType]:  # noqa: ANN401 - narwhals' own
    """The columns of categories that are no texts, which narwhals takes for texts."""
    if not frame.implementation.is_pyarrow():
        return {}
    import pyarrow as pa  # noqa: PLC0415 - an extra

    return {
        field.name: nw.Unknown()
        for field in frame.to_native().schema
        if pa.types.is_dictionary(field.type)
        and not pa.types.is_string(field.type.value_type)
        and not pa.types.is_large_string(field.type.value_type)
    }
