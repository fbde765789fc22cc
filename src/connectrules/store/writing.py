"""Writing an answer into the tables."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from connectrules.errors import StoreError
from connectrules.schema.types import canonical, shown
from connectrules.store.keys import is_text, require_lasting
from connectrules.store.values import Kind, Value, written

LONGEST_TEXT = 10_000
"""How many characters a sentence, a question or a name may have."""


def require_answer(path: Path, key: str, fact: str, question: str | None, by: str | None) -> None:
    """Raise StoreError where one of these cannot be kept."""
    require_lasting(key, path)
    if not sentence(fact):
        msg = f"an answer about `{shown(key)}` says no fact"
        raise StoreError(msg, path)
    for text in (fact, question, by):
        wrong = mistake(text)
        if wrong:
            raise StoreError(wrong, path)


def mistake(text: str | None) -> str | None:
    """Why *text* cannot be kept, if it cannot."""
    if text is None:
        return None
    if len(text) > LONGEST_TEXT:
        return f"a text of {len(text):,} characters is longer than the {LONGEST_TEXT:,} kept"
    return None if is_text(text) else f"`{shown(text)}` holds half a character, and is no text"


def put_down(path: Path, value: Value) -> tuple[Kind, str]:
    """*value* as it is kept; StoreError where it is past all bounds."""
    try:
        return written(value)
    except ValueError as error:
        raise StoreError(str(error), path) from error


def sentence(said: str) -> str:
    """The sentence *said*, or named as an attribute is, as sentences are compared."""
    return canonical(in_words(said))


def in_words(said: str) -> str:
    """The fact *said*, or named as an attribute is, in words."""
    words = said.split()
    return " ".join(words if len(words) > 1 else said.replace("_", " ").split())


class Facts:
    """The numbers of facts; those that are new get one."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._numbers: dict[str, int] = {}

    def number(self, said: str) -> int:
        """The number of the fact that is *said* so."""
        compared = sentence(said)
        if compared not in self._numbers:
            self._connection.execute(
                "INSERT OR IGNORE INTO fact (sentence, said) VALUES (?, ?)",
                (compared, in_words(said)),
            )
            found = self._connection.execute("SELECT id FROM fact WHERE sentence = ?", (compared,))
            self._numbers[compared] = found.fetchone()[0]
        return self._numbers[compared]


class Told(NamedTuple):
    """What an answer says; two of a history that say the same are one.

    Attributes:
        key: The contact's key.
        fact: The number of the fact.
        kind: Of what kind its value is.
        value: The value as JSON.
        day: The day it was given, in ISO form.
        question: The words it was asked in.
        by: Who gave it.
    """

    key: str
    fact: int
    kind: str
    value: str
    day: str
    question: str | None
    by: str | None


def put(
    connection: sqlite3.Connection,
    told: Told,
    *,
    session: str | None = None,
    imported: bool = False,
    taken_back: bool = False,
) -> int:
    """Put an answer there, and give back its number."""
    done = connection.execute(
        "INSERT INTO answer "
        "(key, fact, kind, value, day, question, given_by, session, imported, taken_back) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*told, session, imported, taken_back),
    )
    number = done.lastrowid
    assert number is not None  # noqa: S101 - after an INSERT there is one
    return number
