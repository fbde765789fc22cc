"""Answers as the store gives them."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from connectrules.schema.contact import Answers
from connectrules.store.keys import as_key
from connectrules.store.values import Value, read


@attrs.frozen
class StoredAnswer:
    """An answer that is kept, or was taken back.

    Attributes:
        id: Its number; later ones are larger.
        key: The contact's key.
        fact: The sentence it answers, as it was first said.
        value: The answer.
        day: The day it was given.
        question: The words it was asked in, if anybody asked.
        by: Who gave it, if that is known.
        session: What it was given in, if whoever saved it said so.
        imported: Whether it came from a file.
        taken_back: Whether it no longer counts.
    """

    id: int
    key: str
    fact: str
    value: Value
    day: datetime.date
    question: str | None = None
    by: str | None = None
    session: str | None = None
    imported: bool = False
    taken_back: bool = False


def stored(row: tuple[Any, ...]) -> StoredAnswer:
    """The answer that a row is, of columns in the order of StoredAnswer, its value being two.

    Raises:
        ValueError: Where somebody else wrote it.
    """
    number, key, said, kind, value, day, question, by, session, imported, taken_back = row
    return StoredAnswer(
        number,
        key,
        said,
        read(kind, value),
        datetime.date.fromisoformat(day),
        question,
        by,
        session,
        bool(imported),
        bool(taken_back),
    )


def answers(found: Iterable[tuple[str, Value, str]]) -> Answers:
    """Answers of what they say, their values and days, the last of each to count."""
    values: dict[str, Value] = {}
    origins: dict[str, str] = {}
    for said, value, day in found:
        values[said] = value
        origins[said] = f"answers of {day}"
    return Answers(values, origins)


class Known(Mapping[str, Answers]):
    """The answers to some facts about everybody, by the contacts' keys.

    They are kept as small as they come, and made when somebody asks for them.
    """

    __slots__ = ("_by_key",)

    def __init__(self, rows: Iterable[tuple[str, str, str, str, str]]) -> None:
        """Of rows of key, sentence, kind, JSON and day, in the order in which they count.

        Raises:
            ValueError: Where somebody else wrote them.
        """
        shared: dict[tuple[str, str, str, str], tuple[str, str, str, str]] = {}
        found: dict[str, tuple[tuple[str, str, str, str], ...]] = {}
        for key, said, kind, value, day in rows:
            one = (said, kind, value, day)
            if one not in shared:
                read(kind, value)  # what is damaged shows before anybody is judged by it
            one = shared.setdefault(one, one)
            before = tuple(each for each in found.get(key, ()) if each[0] != said)
            found[key] = (*before, one)
        self._by_key = found

    def __getitem__(self, key: str) -> Answers:
        """The answers about the contact with that *key*."""
        told = self._by_key[as_key(key)]
        return answers((said, read(kind, value), day) for said, kind, value, day in told)

    def __iter__(self) -> Iterator[str]:
        """The keys of those about whom there are answers."""
        return iter(self._by_key)

    def __len__(self) -> int:
        """About how many contacts there are answers."""
        return len(self._by_key)
