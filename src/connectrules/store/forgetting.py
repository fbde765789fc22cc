"""Who was forgotten: known by a salted hash alone."""

import hashlib
import secrets
import sqlite3
import unicodedata
from collections.abc import Callable

from connectrules.store.keys import as_key

_SALT = "salt"
_SALT_SIZE = 16
_HASH_SIZE = 32


def recogniser(connection: sqlite3.Connection) -> Callable[[str], bool]:
    """What tells whether the person with a key was forgotten."""
    salt = _salt(connection)
    hashes = {found for (found,) in connection.execute("SELECT hash FROM forgotten")}
    if salt is None or not hashes:
        return lambda _key: False
    return lambda key: not hashes.isdisjoint(_hashes(key, salt))


def remember(connection: sqlite3.Connection, key: str) -> None:
    """Keep the hash of *key*."""
    salt = _salt(connection)
    if salt is None:
        salt = secrets.token_bytes(_SALT_SIZE)
        connection.execute("INSERT INTO setting (name, value) VALUES (?, ?)", (_SALT, salt))
    connection.execute("INSERT OR IGNORE INTO forgotten VALUES (?)", (_hashed(as_key(key), salt),))


def lift(connection: sqlite3.Connection, key: str) -> bool:
    """Let go of the hash of *key*; whether there was one."""
    salt = _salt(connection)
    if salt is None:
        return False
    done = [
        connection.execute("DELETE FROM forgotten WHERE hash = ?", (each,)).rowcount
        for each in _hashes(key, salt)
    ]
    return any(done)


def _salt(connection: sqlite3.Connection) -> bytes | None:
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (_SALT,)).fetchone()
    return bytes(row[0]) if row else None


def _hashes(key: str, salt: bytes) -> set[bytes]:
    """What *key* may be remembered by: older stores took it as it was written."""
    ours = as_key(key)
    return {_hashed(each, salt) for each in (ours, key, unicodedata.normalize("NFD", ours))}


def _hashed(key: str, salt: bytes) -> bytes:
    text = key.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=_HASH_SIZE, salt=salt).digest()
