"""Phrases over a table: by their column form, or row by row."""

from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from connectrules.errors import FrameError
from connectrules.framed.columns import Columns
from connectrules.framed.facts import Facts
from connectrules.framed.forms import added, formed
from connectrules.framed.rows import call
from connectrules.framed.table import Table
from connectrules.reading import Slot
from connectrules.rules.tree import Spoken
from connectrules.schema.vocabulary import Vocabulary


@attrs.frozen
class Phrases:
    """The phrases of a policy, and what answers each of them for a table.

    Attributes:
        forms: What each column form gave; None where it is known in no row.
        called: Those that are called row by row.
    """

    forms: Mapping[Spoken, nw.Expr | None]
    called: Sequence[Slot]


def prepare(
    table: Table,
    columns: Columns,
    slots: Sequence[Slot],
    vocabulary: Vocabulary[Any],
    *,
    batches: bool,
) -> Phrases:
    """The phrases among *slots*, their column forms tried on no row of *table*.

    Args:
        table: The table.
        columns: Its columns.
        slots: The facts of the policy's rules.
        vocabulary: All facts there are.
        batches: Whether phrases with no column form are called row by row.

    Raises:
        FrameError: Where a phrase has no column form and is not called so, and where a
            column form fails, or gives anything but a column of yes and no.
    """
    forms: dict[Spoken, nw.Expr | None] = {}
    called = []
    for slot in slots:
        if isinstance(slot.subject, Spoken):
            if slot.subject.phrase.frame is None:
                called.append(slot)
            else:
                forms[slot.subject] = formed(table, columns, vocabulary, slot.subject)
    if called and not (batches and table.engine.RUNS_PYTHON):
        words = [_cannot(slot.subject, batches=batches) for slot in called]
        raise FrameError("\n".join(words), code="CR505")
    return Phrases(forms, called)


def read(
    table: Table,
    columns: Columns,
    found: Facts,
    phrases: Phrases,
    vocabulary: Vocabulary[Any],
) -> None:
    """Add to *found* what *phrases* answer."""
    for spoken, form in phrases.forms.items():
        found.values[spoken] = None if form is None else added(table, spoken, form)
    if phrases.called:
        call(table, columns, found, phrases.called, vocabulary)


def _cannot(spoken: Any, *, batches: bool) -> str:  # noqa: ANN401 - a Spoken
    pattern = spoken.phrase.pattern.replace("'", "\\'")
    form = f"give it one with `@phrase('{pattern}', frame=…)`"
    if batches:
        return (
            f"the phrase `{spoken.name}` has no column form, and DuckDB cannot call it row by "
            f"row: {form}, or hand over a table of Arrow, `relation.to_arrow_table()`"
        )
    return (
        f"the phrase `{spoken.name}` has no column form: {form}, or let it be called row by "
        "row, which is slower, with `batches=True`"
    )
