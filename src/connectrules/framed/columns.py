"""Which column of a table holds which fact."""

import inspect
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from connectrules.backends.frames import facts
from connectrules.errors import FrameError, FrameWarning
from connectrules.reading import Slot
from connectrules.rules.tree import Spoken
from connectrules.schema.suggestions import meant
from connectrules.schema.types import CountType, Date, FactType, Number, Text, TextList
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.schema.vocabulary import slot as known

RESULTS = ("decision", "rule", "ask", "exact")
"""The columns that judging adds."""

Schema = Mapping[Any, nw.dtypes.DType]
"""The types of columns by their names, which pandas lets be anything."""


@attrs.frozen
class Column:
    """The column of a fact.

    Attributes:
        name: What it is called in the table.
        dtype: What it holds.
    """

    name: str
    dtype: nw.dtypes.DType


@attrs.frozen
class Columns:
    """The columns of a table, to be found by what they speak of.

    Attributes:
        schema: Their types.
        empty: Those of the type of what holds nothing.
        by_name: Their names, by these as names are compared.
    """

    schema: Schema
    empty: Collection[str]
    by_name: dict[str, list[str]] = attrs.field(init=False, eq=False, repr=False)

    @by_name.default
    def _named(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for name in self.schema:
            if isinstance(name, str):
                found.setdefault(known(name), []).append(name)
        return found

    def find(self, said: str, names: Iterable[str]) -> Column | None:
        """The column that is called as one of *names*, which all mean *said*.

        Raises:
            FrameError: Where there are two.
        """
        found = [name for each in names for name in self.by_name.get(each, ())]
        if len(found) > 1:
            msg = (
                f"the columns {_listed(found)} both speak of `{said}`: keep one of them, and "
                "rename or drop the other"
            )
            raise FrameError(msg, columns=tuple(found))
        return Column(found[0], self.schema[found[0]]) if found else None

    def has(self, fact: Fact) -> bool:
        """Whether a column is called as *fact* is."""
        return any(name in self.by_name for name in names_of(fact))

    def of(self, fact: Fact) -> Column | None:
        """The column of *fact*; None where nothing is known of it.

        Raises:
            FrameError: Where two columns speak of it, or its column does not fit.
        """
        column = self.find(fact.name, names_of(fact))
        _check([(fact, column)], self.empty)
        return None if column is None or column.name in self.empty else column


def columns_of(
    columns: Columns, slots: Sequence[Slot], vocabulary: Vocabulary[Any]
) -> list[Column | None]:
    """The column of each of *slots*; None where it is a phrase, or nothing is known of it.

    Args:
        columns: The table's columns.
        slots: The facts.
        vocabulary: All facts there are.

    Raises:
        FrameError: Where a column does not fit, two speak of one fact, or one is called as
            a column of the result.

    Warns:
        FrameWarning: Where a fact has no column, and some column is called almost like it.
    """
    _refuse_results(columns.schema)
    facts_of = [None if isinstance(each.subject, Spoken) else each.subject for each in slots]
    found = [None if fact is None else columns.find(fact.name, names_of(fact)) for fact in facts_of]
    pairs = [(fact, column) for fact, column in zip(facts_of, found, strict=True) if fact]
    _check(pairs, columns.empty)
    warn_of_misspelt(columns, [fact for fact, column in pairs if column is None], vocabulary)
    return [None if column and column.name in columns.empty else column for column in found]


def refuse_twins(names: Iterable[object]) -> None:
    """Raise FrameError where two columns have one name."""
    for name, number in Counter(names).items():
        if number > 1:
            msg = f"the table has {number} columns called `{name}`: rename or drop all but one"
            raise FrameError(msg, columns=(str(name),))


def names_of(fact: Fact) -> list[str]:
    """How a column may be called that holds *fact*, as names are compared."""
    return list(dict.fromkeys(known(name) for name in (fact.name, fact.attribute) if name))


def _refuse_results(schema: Schema) -> None:
    taken = [name for name in schema if isinstance(name, str) and name.lower() in RESULTS]
    if taken:
        msg = (
            f"the table has {_listed(taken)} already, and judging adds "
            f"{'columns of those names' if len(taken) > 1 else 'a column of that name'}: "
            f"rename or drop {'those' if len(taken) > 1 else 'the one'} there"
        )
        raise FrameError(msg, columns=tuple(taken))


def _check(pairs: Iterable[tuple[Fact, Column | None]], empty: Collection[str]) -> None:
    wrong = [
        (column.name, _misfit(fact, column))
        for fact, column in pairs
        if column is not None
        and column.name not in empty
        and not facts.fits(fact.type, column.dtype)
    ]
    if wrong:
        msg = "\n".join(words for _, words in wrong)
        raise FrameError(msg, code="CR501", columns=tuple(name for name, _ in wrong))


def _misfit(fact: Fact, column: Column) -> str:
    kind = fact.type
    article = "a " if isinstance(kind, _THINGS) else ""
    return (
        f"the column `{column.name}` holds {held(column.dtype)}, and `{fact.name}` is "
        f"{article}{kind.name}: it should hold {facts.wanted(kind)}"
    )


_THINGS: tuple[type[FactType], ...] = (CountType, Number, Text, Date, TextList)
"""Types whose names are things, not choices."""

_WORDS: Sequence[tuple[type[nw.dtypes.DType], str]] = (
    (nw.Boolean, "yes and no"),
    (nw.String, "text"),
    (nw.Categorical, "text"),
    (nw.Enum, "text"),
    (nw.Date, "dates"),
    (nw.Datetime, "dates with times"),
    (nw.Duration, "lengths of time"),
    (nw.Time, "times of day"),
    (nw.Struct, "records"),
    (nw.Binary, "bytes"),
)


def held(dtype: nw.dtypes.DType) -> str:
    """What a column of *dtype* holds, in words, and by the name of the type."""
    return f"{_words(dtype)} ({type(dtype).__name__})"


def _words(dtype: nw.dtypes.DType) -> str:
    if isinstance(dtype, (nw.List, nw.Array)):
        inner = dtype.inner
        return f"lists of {_words(inner() if isinstance(inner, type) else inner)}"
    if dtype.is_numeric():
        return "whole numbers" if dtype.is_integer() else "numbers"
    words = (said for kind, said in _WORDS if isinstance(dtype, kind))
    return next(words, "values of another kind")


def warn_of_misspelt(
    columns: Columns, missing: Iterable[Fact], vocabulary: Vocabulary[Any]
) -> None:
    """Warn of each column that is called almost like one of *missing*, and is no other fact."""
    wanted = {name: fact for fact in missing for name in names_of(fact)}
    if not wanted:
        return
    others = {name for fact in vocabulary.facts.values() for name in names_of(fact)}
    others.update(vocabulary.hidden)
    for said, names in columns.by_name.items():
        near = None if said in others else meant(said, wanted)
        if near is not None:
            warn(
                f"no column is called `{wanted[near].name}`, so it is unknown for all rows: did "
                f"you mean `{names[0]}` to be it?"
            )


def warn(words: str) -> None:
    """Warn whoever uses the library, at the line where they do."""
    here, level = inspect.currentframe(), 0
    while here is not None and here.f_globals.get("__name__", "").startswith(_LIBRARY):
        here, level = here.f_back, level + 1
    warnings.warn(words, FrameWarning, stacklevel=level + 1)


_LIBRARY = "connectrules."


def _listed(names: Sequence[str]) -> str:
    *most, last = (f"`{name}`" for name in names)
    return f"{', '.join(most)} and {last}" if most else last
