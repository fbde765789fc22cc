"""Phrases over a table: by their column form, or row by row."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from connectrules.errors import FrameError
from connectrules.framed.facts import Facts
from connectrules.framed.table import Table
from connectrules.reading import Slot
from connectrules.rules.tree import Spoken

if TYPE_CHECKING:
    from connectrules.binding import Binding


def read(
    table: Table, found: Facts, binding: "Binding", slots: Sequence[Slot], *, batches: bool
) -> None:
    """Add to *found* what the phrases among *slots* answer.

    Args:
        table: The table.
        found: The facts.
        binding: The policy.
        slots: The facts of its rules.
        batches: Whether phrases with no column form are called row by row.

    Raises:
        FrameError: Where a phrase has no column form, and they are not called so.
    """
    del binding, batches, table
    for slot in slots:
        if isinstance(slot.subject, Spoken):
            msg = f"the phrase `{slot.subject.name}` has no column form"
            raise FrameError(msg, code="CR505")
    del found
