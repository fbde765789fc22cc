"""Taking many answers into a store at once."""

import datetime
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs

from connectrules.store.keys import as_key
from connectrules.store.values import Value
from connectrules.store.writing import Facts, Told, put, put_down, require_answer


@attrs.frozen
class NewAnswer:
    """An answer to be kept.

    Attributes:
        key: The contact's key.
        fact: The sentence it answers.
        value: The answer.
        day: The day it was given; None where nobody knows.
        question: The words it was asked in, if anybody asked.
        by: Who gave it, if that is known.
        taken_back: Whether it was taken back, where a history says so; None for an answer
            that is said to count.
    """

    key: str
    fact: str
    value: Value
    day: datetime.date | None = None
    question: str | None = None
    by: str | None = None
    taken_back: bool | None = None


@attrs.frozen
class Imported:
    """What became of answers that were taken in.

    Attributes:
        added: How many are new.
        replaced: How many of the new ones count in place of another answer.
        older: How many of the new ones are only history, for a later one counts.
        known: How many were there already.
        taken_back: How many that were there are taken back now, as the history said.
        forgotten: How many were left out, being about somebody who was forgotten.
    """

    added: int = 0
    replaced: int = 0
    older: int = 0
    known: int = 0
    taken_back: int = 0
    forgotten: int = 0


def take_in(
    connection: sqlite3.Connection,
    path: Path,
    answers: Iterable[NewAnswer],
    today: datetime.date,
    is_forgotten: Callable[[str], bool],
) -> Imported:
    """Take *answers* in, within a transaction; those without a day are of *today*."""
    counts: Counter[str] = Counter()
    facts = Facts(connection)
    met: Counter[Told] = Counter()
    claims: dict[tuple[str, int], Told] = {}
    for each in answers:
        require_answer(path, each.key, each.fact, each.question, each.by)
        key = as_key(each.key)
        if is_forgotten(key):
            counts["forgotten"] += 1
            continue
        fact = facts.number(each.fact)
        kind, value = put_down(path, each.value)
        current = _current(connection, key, fact)
        day = (each.day or max(today, _day_of(current) or today)).isoformat()
        told = Told(key, fact, kind, value, day, each.question, each.by)
        claimed = claims.get((key, fact), told)
        if each.taken_back is None and claimed.day <= day:
            claims[key, fact] = told
        if each.day is None and current and current[:2] == (kind, value):
            counts["known"] += 1
            continue
        met[told] += 1
        kept = _kept(connection, told)
        if met[told] <= len(kept):
            counts["known"] += 1
            number, taken_back = kept[met[told] - 1]
            if each.taken_back and not taken_back:
                connection.execute("UPDATE answer SET taken_back = 1 WHERE id = ?", (number,))
                counts["taken_back"] += 1
            continue
        put(connection, told, imported=True, taken_back=bool(each.taken_back))
        counts["added"] += 1
        if not each.taken_back:
            _count_place(counts, told, current)
    for told in claims.values():
        _put_again(connection, told, counts)
    return Imported(**counts)


def _put_again(connection: sqlite3.Connection, told: Told, counts: Counter[str]) -> None:
    """Put what a table says counts, which was there already, where something else counts."""
    current = _current(connection, told.key, told.fact)
    if current and (current[:2] == (told.kind, told.value) or told.day < current[2]):
        return
    put(connection, told, imported=True)
    counts["known"] -= 1
    counts["added"] += 1
    _count_place(counts, told, current)


def _count_place(counts: Counter[str], told: Told, current: Any) -> None:  # noqa: ANN401 - a row
    if current and told.day < current[2]:
        counts["older"] += 1
    elif current and current[:2] != (told.kind, told.value):
        counts["replaced"] += 1


def _current(connection: sqlite3.Connection, key: str, fact: int) -> Any:  # noqa: ANN401 - a row
    return connection.execute(
        "SELECT kind, value, day FROM answer WHERE key = ? AND fact = ? AND NOT taken_back "
        "ORDER BY day DESC, id DESC LIMIT 1",
        (key, fact),
    ).fetchone()


def _day_of(current: Any) -> datetime.date | None:  # noqa: ANN401 - a row
    return datetime.date.fromisoformat(current[2]) if current else None


def _kept(connection: sqlite3.Connection, told: Told) -> list[tuple[int, int]]:
    """The numbers under which the store has that very answer, and whether it was taken back."""
    return connection.execute(
        "SELECT id, taken_back FROM answer WHERE key = ? AND fact = ? AND kind = ? AND value = ? "
        "AND day = ? AND question IS ? AND given_by IS ? ORDER BY id",
        told,
    ).fetchall()
