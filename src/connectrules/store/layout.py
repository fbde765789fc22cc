"""The tables of the store, version by version.

A store is brought up to date by the steps it has not had yet, in one transaction; a new
one takes them all, so that both come out alike. A step that has been published is never
changed: another one follows it.
"""

import sqlite3

from connectrules.schema.types import canonical
from connectrules.store.keys import as_key
from connectrules.store.writing import in_words, sentence

APPLICATION = 0x43524E53
"""What marks a SQLite file as an answers store: ``CRNS``."""

Step = tuple[str, ...]

_FIRST: Step = (
    """
    CREATE TABLE answer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL,
        fact TEXT NOT NULL,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        day TEXT NOT NULL,
        question TEXT,
        taken_back INTEGER NOT NULL DEFAULT 0
    )
    """,
    "CREATE INDEX answer_of ON answer (key)",
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE forgotten (hash BLOB PRIMARY KEY) WITHOUT ROWID",
)

# Facts once each, by the sentence that comparing makes of them; who answered, and how.
_SECOND: Step = (
    """
    CREATE TABLE fact (
        id INTEGER PRIMARY KEY,
        sentence TEXT NOT NULL UNIQUE,
        said TEXT NOT NULL
    )
    """,
    """
    INSERT INTO fact (sentence, said)
    SELECT sentence, fact
    FROM (SELECT canonical(fact) AS sentence, fact, min(id) AS first FROM answer GROUP BY 1)
    ORDER BY first
    """,
    """
    CREATE TABLE answer_2 (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL,
        fact INTEGER NOT NULL REFERENCES fact,
        kind TEXT NOT NULL,
        value TEXT NOT NULL,
        day TEXT NOT NULL,
        question TEXT,
        given_by TEXT,
        session TEXT,
        imported INTEGER NOT NULL DEFAULT 0,
        taken_back INTEGER NOT NULL DEFAULT 0
    )
    """,
    """
    INSERT INTO answer_2 (id, key, fact, kind, value, day, question, taken_back)
    SELECT answer.id, key, fact.id, kind, value, day, question, taken_back
    FROM answer JOIN fact ON fact.sentence = canonical(answer.fact)
    ORDER BY answer.id
    """,
    "DROP TABLE answer",
    "ALTER TABLE answer_2 RENAME TO answer",
    "CREATE INDEX answer_of ON answer (key, fact, day)",
)

# Keys in one spelling, and facts that were named as attributes are in words.
_THIRD: Step = (
    "UPDATE answer SET key = as_key(key) WHERE key <> as_key(key)",
    """
    INSERT OR IGNORE INTO fact (sentence, said)
    SELECT sentence(said), in_words(said) FROM fact
    WHERE sentence <> sentence(said) ORDER BY id
    """,
    """
    UPDATE answer SET fact = (
        SELECT other.id FROM fact JOIN fact AS other ON other.sentence = sentence(fact.said)
        WHERE fact.id = answer.fact
    )
    """,
    "DELETE FROM fact WHERE sentence <> sentence(said)",
)

STEPS: tuple[Step, ...] = (_FIRST, _SECOND, _THIRD)
VERSION = len(STEPS)
"""The version of the tables that this release reads and writes."""


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Take the steps that the store behind *connection* has not had; nothing, or all of them."""
    for called in (canonical, as_key, sentence, in_words):
        connection.create_function(called.__name__, 1, called, deterministic=True)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have done it while this one waited, or more than it.
        reached = version(connection)
        if reached >= VERSION:
            connection.execute("ROLLBACK")
            return
        for step in STEPS[reached:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version(connection: sqlite3.Connection) -> int:
    """The version of the tables behind *connection*."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def application(connection: sqlite3.Connection) -> int:
    """Whose file the one behind *connection* is."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def is_blank(connection: sqlite3.Connection) -> bool:
    """Whether nothing was ever written there: a process may have ended while it made the file."""
    return (
        application(connection) == 0
        and version(connection) == 0
        and connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    )
