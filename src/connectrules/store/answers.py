"""The store: answers about people in a file, saved as they are given."""

import datetime
import shlex
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from connectrules.errors import StoreError
from connectrules.schema.contact import Answers
from connectrules.schema.types import shown
from connectrules.store import forgetting, importing, mistakes, opening
from connectrules.store.importing import Imported, NewAnswer
from connectrules.store.keys import as_key, require_lasting
from connectrules.store.rows import Known, StoredAnswer, answers, stored
from connectrules.store.values import Value, day_of, read
from connectrules.store.writing import Facts, Told, put, put_down, require_answer, sentence

_BATCH = 1_000
"""How many answers of a history are read at once."""

_LAST = """
    SELECT answer.id, key, said, kind, value, day, question, given_by, session, imported, taken_back
    FROM answer JOIN fact ON fact.id = answer.fact
    WHERE NOT taken_back AND NOT imported AND (?1 IS NULL OR session = ?1)
    ORDER BY answer.id DESC LIMIT 1
"""
_ONE = """
    SELECT answer.id, key, said, kind, value, day, question, given_by, session, imported, taken_back
    FROM answer JOIN fact ON fact.id = answer.fact
    WHERE NOT taken_back AND answer.id = ?
"""
_HISTORY = """
    SELECT answer.id, key, said, kind, value, day, question, given_by, session, imported, taken_back
    FROM answer JOIN fact ON fact.id = answer.fact
    WHERE answer.id > ?1 AND (?2 IS NULL OR key = ?2)
    ORDER BY answer.id LIMIT ?3
"""
_CURRENT = """
    SELECT answer.id, key, said, kind, value, day, question, given_by, session, imported, taken_back
    FROM answer JOIN fact ON fact.id = answer.fact
    WHERE answer.id > ?1 AND (?2 IS NULL OR key = ?2) AND NOT taken_back AND NOT EXISTS (
        SELECT 1 FROM answer AS other
        WHERE other.key = answer.key AND other.fact = answer.fact AND NOT other.taken_back
        AND (other.day, other.id) > (answer.day, answer.id)
    )
    ORDER BY answer.id LIMIT ?3
"""
_OF = """
    SELECT said, kind, value, day
    FROM answer JOIN fact ON fact.id = answer.fact
    WHERE key = ? AND NOT taken_back
    ORDER BY day, answer.id
"""
_KNOWN = """
    SELECT key, said, kind, value, day, answer.fact
    FROM answer JOIN fact ON fact.id = answer.fact
    WHERE NOT taken_back
    ORDER BY day, answer.id
"""


class AnswerStore:
    """Answers about people, in one file.

    Of the answers to a fact about somebody the one of the newest day counts, and of those of
    one day the last. What a method has saved is safe when it returns: neither the end of
    the process nor a loss of power takes it back. Several processes may use one store.

    It is to be used with ``with``, and in the thread that opened it. Every method raises
    StoreError where the file cannot be used.

    Attributes:
        path: The file.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Open one with `open` or `reading`."""
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: str | PathLike[str], *, create: bool = True) -> Self:
        """The store at *path*, to read and to write.

        Args:
            path: The file.
            create: Whether it is made where it is missing, and the folders on the way to it.

        Raises:
            StoreError: Where it cannot be made or opened, may not be written, or is no store.
        """
        file = Path(path)
        return cls(file, opening.for_writing(file, create=create))

    @classmethod
    def reading(cls, path: str | PathLike[str]) -> Self:
        """The store at *path*, which must be there, to read; no answer in it is changed.

        Raises:
            StoreError: Where it cannot be opened, or is no store.
        """
        file = Path(path)
        return cls(file, opening.for_reading(file))

    def __enter__(self) -> Self:
        """Use it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # Saving

    def answer(  # noqa: PLR0913 - an answer has so many parts
        self,
        key: str,
        fact: str,
        value: Value,
        *,
        day: datetime.date,
        question: str | None = None,
        by: str | None = None,
        session: str | None = None,
    ) -> int:
        """Save an answer, and give back its number. It counts from now on.

        Args:
            key: The contact's key; see `is_lasting`.
            fact: The sentence it answers: a fact, or a phrase with its literals.
            value: The answer.
            day: The day it is given. Where the answer that counted so far is of a later
                day, the clock is wrong, and the new one is kept with that day.
            question: The words it was asked in.
            by: Who gives it.
            session: What it is given in, for `undo`.

        Raises:
            StoreError: Where it cannot be kept under *key*, or who that is was forgotten.
        """
        require_answer(self.path, key, fact, question, by)
        key = as_key(key)
        kind, text = put_down(self.path, value)
        with self._writing() as connection:
            if forgetting.recogniser(connection)(key):
                msg = f"`{shown(key)}` was forgotten, and nothing is kept about them"
                help_ = (
                    f"`connectrules forget --lift {shlex.quote(key)}` lets answers be kept again"
                )
                raise StoreError(msg, self.path, (help_,))
            number = Facts(connection).number(fact)
            last = connection.execute(
                "SELECT max(day) FROM answer WHERE key = ? AND fact = ? AND NOT taken_back",
                (key, number),
            ).fetchone()[0]
            counts_from = max(day_of(day).isoformat(), last or "")
            told = Told(key, number, kind, text, counts_from, question, by)
            return put(connection, told, session=session)

    def undo(self, session: str | None = None) -> StoredAnswer | None:
        """Take back the answer given last, of those in *session* if one is given.

        The history keeps it, and the answer before it counts again. Imported answers are
        left alone. None where there is none to take back.
        """
        with self._writing() as connection:
            row = connection.execute(_LAST, (session,)).fetchone()
            return self._taken_back(connection, row) if row else None

    def take_back(self, number: int) -> StoredAnswer | None:
        """Take back the answer with that *number*; None where it no longer stands."""
        with self._writing() as connection:
            row = connection.execute(_ONE, (number,)).fetchone()
            return self._taken_back(connection, row) if row else None

    def last(self, session: str | None = None) -> StoredAnswer | None:
        """The answer that `undo` would take back."""
        with mistakes.told(self.path):
            row = self._connection.execute(_LAST, (session,)).fetchone()
        return self._stored(row) if row else None

    def take_in(self, new: Iterable[NewAnswer], *, today: datetime.date) -> Imported:
        """Take in all of *new*, or, where one cannot be kept, none.

        The answer of the newest day counts; one without a day is of *today*. Answers that
        are there already are not added again, and those about forgotten people are left out.
        """
        with self._writing() as connection:
            is_forgotten = forgetting.recogniser(connection)
            return importing.take_in(connection, self.path, new, today, is_forgotten)

    # Reading

    def of(self, key: str) -> Answers:
        """The answers about the contact with *key*, by sentence."""
        with mistakes.told(self.path), self._undamaged():
            rows = self._connection.execute(_OF, (as_key(key),))
            return answers((said, read(kind, text), day) for said, kind, text, day in rows)

    def known(self, facts: Iterable[str]) -> Known:
        """The answers to *facts* about everybody, by the contacts' keys."""
        numbers = self._numbers()
        wanted = {numbers[each] for each in map(sentence, facts) if each in numbers}
        with mistakes.told(self.path), self._undamaged():
            rows = self._connection.execute(_KNOWN)
            return Known(row[:-1] for row in rows if row[-1] in wanted)

    def facts(self) -> tuple[str, ...]:
        """The sentences that somebody's answers are to, as they were first said."""
        with mistakes.told(self.path):
            found = self._connection.execute("SELECT said FROM fact ORDER BY id")
            return tuple(said for (said,) in found)

    def keys(self) -> tuple[str, ...]:
        """The keys of all about whom there are answers, those taken back included."""
        with mistakes.told(self.path):
            found = self._connection.execute("SELECT DISTINCT key FROM answer ORDER BY key")
            return tuple(key for (key,) in found)

    def history(self, key: str | None = None) -> Iterator[StoredAnswer]:
        """All answers, or those about one contact, in the order in which they were saved."""
        return self._all(_HISTORY, key)

    def current(self, key: str | None = None) -> Iterator[StoredAnswer]:
        """The answers that count, or those about one contact, in the same order."""
        return self._all(_CURRENT, key)

    # Forgetting

    def forget(self, key: str) -> int:
        """Erase everything about the person with *key*, and say how many answers that were.

        Nothing of it is left in the file, nor beside it. A salted hash is kept, so that
        nothing about them is saved again.

        Raises:
            StoreError: Where another process uses the file just then: the answers are
                erased, and traces of them in the file once this is called again.
        """
        require_lasting(key, self.path)
        key = as_key(key)
        with self._writing() as connection:
            erased = connection.execute("DELETE FROM answer WHERE key = ?", (key,)).rowcount
            connection.execute("DELETE FROM fact WHERE id NOT IN (SELECT fact FROM answer)")
            forgetting.remember(connection, key)
        if not self._scrubbed():
            raise mistakes.traces(self.path, key)
        return erased

    def lift(self, key: str) -> bool:
        """Let answers about the forgotten person with *key* be kept again.

        Whether they were forgotten. What was erased stays so.
        """
        with self._writing() as connection:
            return forgetting.lift(connection, key)

    def is_forgotten(self, key: str) -> bool:
        """Whether the person with *key* was forgotten."""
        return key in self.forgotten((key,))

    def forgotten(self, keys: Iterable[str]) -> frozenset[str]:
        """Those of *keys* whose people were forgotten."""
        with mistakes.told(self.path):
            return frozenset(filter(forgetting.recogniser(self._connection), keys))

    # Within

    def _scrubbed(self) -> bool:
        """Whether nothing is left in the file of what was deleted.

        Copies stay in pages that are no longer used, and in the log, until they are written
        over: the file is made anew, and the log emptied.
        """
        try:
            self._connection.execute("VACUUM")
            log = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
        return not log[0]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """All changes, or none; they are safe afterwards."""
        connection = self._connection
        with mistakes.told(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                opening.require_known(self.path, connection)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _undamaged(self) -> Iterator[None]:
        try:
            yield
        except (RecursionError, TypeError, ValueError) as error:
            raise mistakes.damaged(self.path) from error

    def _stored(self, row: tuple[object, ...]) -> StoredAnswer:
        with self._undamaged():
            return stored(row)

    def _all(self, query: str, key: str | None) -> Iterator[StoredAnswer]:
        """What *query* gives, some at a time, so that others may write meanwhile."""
        last = 0
        key = None if key is None else as_key(key)
        while True:
            with mistakes.told(self.path):
                rows = self._connection.execute(query, (last, key, _BATCH)).fetchall()
            if not rows:
                return
            yield from map(self._stored, rows)
            last = rows[-1][0]

    def _taken_back(self, connection: sqlite3.Connection, row: tuple[object, ...]) -> StoredAnswer:
        connection.execute("UPDATE answer SET taken_back = 1 WHERE id = ?", (row[0],))
        return self._stored((*row[:-1], 1))

    def _numbers(self) -> dict[str, int]:
        with mistakes.told(self.path):
            return dict(self._connection.execute("SELECT sentence, id FROM fact").fetchall())
