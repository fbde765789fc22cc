"""The owner's own record, from a file."""

from collections.abc import Callable
from pathlib import Path

import attrs

from connectrules.errors import SourceError
from connectrules.schema.contact import Contact
from connectrules.schema.vocabulary import Vocabulary, slot
from connectrules.sources.common.columns import KEY, Columns
from connectrules.sources.common.records import Builder
from connectrules.sources.common.report import FileTally
from connectrules.sources.opening import plain_records

ME = "me"
"""The key of an owner whose record gives none."""


def load_me(
    path: Path, vocabulary: Vocabulary[Contact], *, tell: Callable[[str], object] = str
) -> Contact:
    """The one record in the JSON, JSON Lines or CSV file at *path*.

    Args:
        path: The file.
        vocabulary: What it may speak of.
        tell: Is called with a sentence for each name in it that is no fact.

    Raises:
        SourceError: Where it cannot be read, or holds more or fewer than one
            record.
    """
    columns = Columns.of(vocabulary)
    records = plain_records(path, columns)
    tally = FileTally(path.name)
    reading = records.read()
    found = next(reading, None)
    count = (found is not None) + sum(1 for _ in reading)
    if found is None or count > 1:
        msg = f"`{path.name}` holds {count} records: expected one, of yourself"
        raise SourceError(msg, path.name)
    contact = Builder(records, columns, tally).contact(found)
    for line in tally.report().column_lines():
        tell(line)
    keyed = any(slot(column) == KEY for column, _ in found.values)
    return contact if keyed else attrs.evolve(contact, key=ME)
