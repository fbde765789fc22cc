"""Which column of a table holds which fact."""

import warnings
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from connectrules.backends.frames import facts
from connectrules.errors import FrameError, FrameWarning
from connectrules.reading import Slot
from connectrules.rules.tree import Spoken
from connectrules.schema.suggestions import meant
from connectrules.schema.vocabulary import Vocabulary
from connectrules.schema.vocabulary import slot as known

RESULTS = ("decision", "rule", "ask", "exact")
"""The columns that judging adds."""

Schema = Mapping[str, nw.dtypes.DType]


@attrs.frozen
class Column:
    """The column of a fact.

    Attributes:
        name: What it is called in the table.
        dtype: What it holds.
    """

    name: str
    dtype: nw.dtypes.DType


def columns_of(
    schema: Schema, empty: Collection[str], slots: Sequence[Slot], vocabulary: Vocabulary[Any]
) -> list[Column | None]:
    """The column of each of *slots*; None where it is a phrase, or nothing is known of it.

    Args:
        schema: The types of the table's columns.
        empty: Those of the columns that are of the type of what holds nothing.
        slots: The facts.
        vocabulary: All facts there are.

    Raises:
        FrameError: Where a column does not fit, two speak of one fact, or one is called as
            a column of the result.

    Warns:
        FrameWarning: Where a fact has no column, and some column is called almost like it.
    """
    taken = [name for name in schema if name in RESULTS]
    if taken:
        names = _listed(taken)
        msg = (
            f"the table has {names} already, and judging adds "
            f"{'columns of those names' if len(taken) > 1 else 'a column of that name'}: "
            "rename or drop what is there"
        )
        raise FrameError(msg, columns=tuple(taken))
    by_slot: dict[str, list[str]] = {}
    for name in schema:
        by_slot.setdefault(known(name), []).append(name)
    found = [_column(slot, schema, by_slot) for slot in slots]
    wrong = [
        (column, _misfit(slot, column))
        for slot, column in zip(slots, found, strict=True)
        if column is not None
        and column.name not in empty
        and not facts.fits(slot.subject.type, column.dtype)
    ]
    if wrong:
        msg = "\n".join(words for _, words in wrong)
        raise FrameError(msg, code="CR501", columns=tuple(each.name for each, _ in wrong))
    _warn_of_misspelt(schema, slots, found, vocabulary)
    return [None if column and column.name in empty else column for column in found]


def names_of(slot: Slot) -> list[str]:
    """How a column may be called that holds the fact of *slot*, as names are compared."""
    said = (slot.subject.name, slot.attribute, slot.other)
    return list(dict.fromkeys(known(name) for name in said if name))


def _column(slot: Slot, schema: Schema, by_slot: Mapping[str, Sequence[str]]) -> Column | None:
    if isinstance(slot.subject, Spoken):
        return None
    found = [name for said in names_of(slot) for name in by_slot.get(said, ())]
    if len(found) > 1:
        msg = f"{_listed(found)} both speak of `{slot.subject.name}`: keep one of them"
        raise FrameError(msg, columns=tuple(found))
    return Column(found[0], schema[found[0]]) if found else None


def _misfit(slot: Slot, column: Column) -> str:
    kind = slot.subject.type
    return (
        f"the column `{column.name}` holds {column.dtype}, and `{slot.subject.name}` is "
        f"{kind.name}, so it should hold {facts.wanted(kind)}"
    )


def _warn_of_misspelt(
    schema: Schema,
    slots: Sequence[Slot],
    found: Sequence[Column | None],
    vocabulary: Vocabulary[Any],
) -> None:
    missing = {
        name: slot
        for slot, column in zip(slots, found, strict=True)
        if column is None and not isinstance(slot.subject, Spoken)
        for name in names_of(slot)
    }
    facts_said = {known(name) for fact in vocabulary.facts.values() for name in _said(fact)}
    for name in schema if missing else ():
        said = known(name)
        near = None if said in facts_said else meant(said, missing)
        if near is not None:
            words = (
                f"no column is called `{missing[near].subject.name}`, so it is unknown for all "
                f"rows: did you mean `{name}` to be it?"
            )
            warnings.warn(words, FrameWarning, stacklevel=_CALLER)


_CALLER = 6
"""How many calls up somebody judges a table."""


def _said(fact: Any) -> list[str]:  # noqa: ANN401 - a Fact
    return [name for name in (fact.name, fact.attribute) if name]


def _listed(names: Sequence[str]) -> str:
    *most, last = (f"`{name}`" for name in names)
    return f"{', '.join(most)} and {last}" if most else last
