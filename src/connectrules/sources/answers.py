"""Answers about contacts, from a file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from connectrules.errors import SourceError
from connectrules.schema.contact import Answers, Contact
from connectrules.schema.types import canonical, shown
from connectrules.schema.vocabulary import Vocabulary, slot
from connectrules.sources.common.columns import CONTACT, KEY, NAME, Columns
from connectrules.sources.common.records import (
    Record,
    Records,
    is_like_key,
    key_text,
    plainly,
    twice,
)
from connectrules.sources.common.values import freely
from connectrules.sources.opening import plain_records

_WHO = (KEY, CONTACT, NAME)
"""The columns that say whom a record is about, the surest first."""
_MOST_NAMED = 5


@attrs.frozen
class Answered:
    """Answers about one contact, as a file has them.

    Attributes:
        whom: The contact's key, or its name.
        where: The place of the record.
        answers: The answers.
        named: Whether it is the name.
        keyed: Whether it is surely the key, and no name.
    """

    whom: str
    where: str
    answers: Answers
    named: bool = False
    keyed: bool = False


@attrs.frozen
class Matched:
    """Answers whose contacts are found.

    Attributes:
        by_key: The answers, by the contact's key.
        keys: The contact's key, by what the file calls them.
        strangers: Those about nobody there is.
    """

    by_key: Mapping[str, Answers]
    keys: Mapping[str, str]
    strangers: tuple[Answered, ...]


def load(path: Path, vocabulary: Vocabulary[Contact]) -> tuple[Answered, ...]:
    """The answers in the CSV, JSON or JSON Lines file at *path*.

    The column ``key`` says whom a record is about, else ``contact`` or ``name``; the
    others are sentences, facts or phrases with their literals. A sentence that the
    vocabulary does not know is kept, for the policy to refuse. The columns of a table
    that judging wrote are no answers.

    Raises:
        SourceError: Where it cannot be read, a record names nobody, or somebody
            has two.
    """
    columns = Columns.of(vocabulary)
    records = plain_records(path, columns)
    if records.columns is not None and not {*_WHO} & {slot(name) for name in records.columns}:
        msg = f"`{path.name}` has no column `{KEY}` or `{NAME}` that says whom a row is about"
        raise SourceError(msg, path.name, (_HOW,))
    found: dict[str, Answered] = {}
    for record in records.read():
        where = records.file.where(record.line)
        column, whom = _whom(record, where)
        if whom in found:
            raise twice(whom, found[whom].where, where)
        values = _values(record, records, columns, column)
        told = Answers(values, dict.fromkeys(values, where))
        found[whom] = Answered(whom, where, told, named=column == NAME, keyed=column == KEY)
    return tuple(found.values())


_HOW = (
    f"`connectrules judge --format csv` writes a table that has each `{CONTACT}` and its `{NAME}`"
)


def _whom(record: Record, where: str) -> tuple[str, str]:
    """The column that says whom *record* is about, and what it says."""
    named = {slot(column): value for column, value in record.values}
    for column in _WHO:
        value = named.get(column)
        whom = key_text(plainly(value) if column == CONTACT else value, where, column)
        if whom is not None:
            return column, whom
    msg = f"the record has no `{KEY}` or `{NAME}` that says whom it is about"
    raise SourceError(msg, where, (_HOW,))


def _values(record: Record, records: Records, columns: Columns, whom: str) -> dict[str, Any]:
    """What *record* answers; the column *whom* says whom it is about."""
    names = records.columns or [column for column, _ in record.values]
    verdict = columns.judged(names)
    passed = {whom, KEY, *verdict, *([CONTACT, NAME, "url"] if verdict else [])}
    values: dict[str, Any] = {}
    for column, written in record.values:
        if slot(column) in passed:
            continue
        fact = columns.fact(column)
        value = records.reader(fact.type)(written) if fact else freely(written)
        if value is not None:
            values[fact.name if fact else column] = value
    return values


def matched(answered: Sequence[Answered], contacts: Iterable[Contact]) -> Matched:
    """The contacts that *answered* is about: those of a key, else of a name.

    A name that looks like a key is nobody's: people choose it themselves. *contacts* are
    gone through only as far as it takes.

    Raises:
        SourceError: Where several contacts have a name, or somebody is answered twice.
    """
    open_ = {each.whom: each for each in answered}
    spelt = {canonical(whom) for whom in open_}
    keyed: list[Answered] = []
    called: dict[tuple[str, bool], list[str]] = {}
    for contact in contacts:
        if not open_:
            break
        found = open_.pop(contact.key, None)
        if found is not None:
            keyed.append(found)
        for said, is_key in _said(contact):
            if said in spelt:
                called.setdefault((said, is_key), []).append(contact.key)
    by_key = {each.whom: each for each in keyed}
    strangers: list[Answered] = []
    for each in open_.values():
        key = _key(each, called)
        if key is None:
            strangers.append(each)
            continue
        if key in by_key:
            raise twice(key, by_key[key].where, each.where)
        by_key[key] = each
    return Matched(
        {key: each.answers for key, each in by_key.items()},
        {each.whom: key for key, each in by_key.items()},
        tuple(strangers),
    )


def _said(contact: Contact) -> Iterator[tuple[str, bool]]:
    """What *contact* may be called by, and whether it is the key."""
    key, name = canonical(contact.key), contact.name
    yield key, True
    if isinstance(name, str) and not is_like_key(name) and canonical(name) != key:
        yield canonical(name), False


def _key(one: Answered, called: Mapping[tuple[str, bool], Sequence[str]]) -> str | None:
    """The key of the contact that *one* is about, of those *called* as `_said` has it."""
    said = canonical(one.whom)
    keys = [*called.get((said, True), ()), *(() if one.keyed else called.get((said, False), ()))]
    if len(keys) > 1:
        raise _several(one, keys)
    return keys[0] if keys else None


def _several(one: Answered, keys: Sequence[str]) -> SourceError:
    named = ", ".join(f"`{shown(key)}`" for key in keys[:_MOST_NAMED])
    more = ", …" if len(keys) > _MOST_NAMED else ""
    msg = f"{len(keys)} contacts are called `{shown(one.whom)}`: {named}{more}"
    return SourceError(msg, one.where, (f"say which one by its key, in a column `{KEY}`",))
