"""Answers about contacts, from a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from connectrules.errors import SourceError
from connectrules.schema.contact import Answers, Contact
from connectrules.schema.vocabulary import Vocabulary, slot
from connectrules.sources.common.columns import KEY, NAME, Columns
from connectrules.sources.common.records import Record, Records, key_text, twice
from connectrules.sources.common.values import freely
from connectrules.sources.opening import plain_records


def load(path: Path, vocabulary: Vocabulary[Contact]) -> Mapping[str, Answers]:
    """The answers in the CSV, JSON or JSON Lines file at *path*, by the contact's key.

    The column ``key`` says whom a record is about, else ``name``; the others are
    sentences, facts or phrases with their literals. A sentence that the
    vocabulary does not know is kept, for the policy to refuse.

    Raises:
        SourceError: Where it cannot be read, a record names nobody, or somebody
            has two.
    """
    columns = Columns.of(vocabulary)
    records = plain_records(path, columns)
    if records.columns is not None and not {KEY, NAME} & {slot(name) for name in records.columns}:
        msg = f"`{path.name}` has no column `{KEY}` or `{NAME}` that says whom a row is about"
        raise SourceError(msg, path.name)
    answers: dict[str, Answers] = {}
    places: dict[str, str] = {}
    for record in records.read():
        where = records.file.where(record.line)
        key = _whom(record, where)
        if key in places:
            raise twice(key, places[key], where)
        places[key] = where
        values = _values(record, records, columns, key)
        answers[key] = Answers(values, dict.fromkeys(values, where))
    return answers


def _whom(record: Record, where: str) -> str:
    named = {slot(column): value for column, value in record.values}
    for column in (KEY, NAME):
        key = key_text(named.get(column), where, column)
        if key is not None:
            return key
    msg = f"the record has no `{KEY}` or `{NAME}` that says whom it is about"
    raise SourceError(msg, where)


def _values(record: Record, records: Records, columns: Columns, key: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, written in record.values:
        fact = columns.fact(column)
        if slot(column) == KEY or (slot(column) == NAME and written == key):
            continue
        value = records.reader(fact.type)(written) if fact else freely(written)
        if value is not None:
            values[fact.name if fact else column] = value
    return values
