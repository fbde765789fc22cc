"""Opening a store: making it, checking it, bringing it up to date."""

import os
import sqlite3
import stat
import time
from pathlib import Path

from connectrules.store import layout, mistakes
from connectrules.store.location import MAGIC

PATIENCE = 10.0
"""How many seconds another process is waited for."""

_PAUSE = 0.02
_HEADER = 100
_AT_TABLES, _AT_VERSION, _AT_APPLICATION = 40, 60, 68
"""Where in a SQLite file's header some numbers stand."""
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600

_ALWAYS = (
    "PRAGMA trusted_schema = OFF",  # the file may come from anywhere
    "PRAGMA cell_size_check = ON",
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",  # what is forgotten leaves no copy in other files
    "PRAGMA secure_delete = ON",
    "PRAGMA synchronous = FULL",  # what is saved survives a loss of power
    "PRAGMA fullfsync = ON",
)


def for_writing(path: Path, *, create: bool) -> sqlite3.Connection:
    """A connection to the store at *path*, which is made where it is missing and *create* says so.

    Raises:
        StoreError: Where it cannot be written, or is no store.
    """
    if create and not _exists(path):
        _make(path)
    _require_store(path, blank=create)
    with mistakes.told(path):
        connection = _connected(path)
        try:
            if not (create and layout.is_blank(connection)):
                _check(path, connection)
            _try_to_write(connection)
            _settle(connection)
            require_known(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def for_reading(path: Path) -> sqlite3.Connection:
    """A connection to the store at *path* that changes no answer in it.

    Raises:
        StoreError: Where there is none, or it cannot be read.
    """
    _require_store(path, blank=False)
    with mistakes.told(path):
        try:
            return _reader(path)
        except sqlite3.OperationalError as error:
            if mistakes.kind(error) not in _NO_ROOM_BESIDE or _has_log(path):
                raise
            # The folder takes no files beside the store, and there are no changes but in it.
            return _reader(path, "&immutable=1")


_NO_ROOM_BESIDE = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}


def _reader(path: Path, how: str = "") -> sqlite3.Connection:
    connection = _connected(path, how)
    try:
        _check(path, connection)
        if layout.version(connection) < layout.VERSION:
            _update(path, connection)
        require_known(path, connection)
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _update(path: Path, connection: sqlite3.Connection) -> None:
    try:
        _settle(connection)
    except sqlite3.OperationalError as error:
        if mistakes.kind(error) != sqlite3.SQLITE_READONLY:
            raise
        raise mistakes.stays_old(path) from error


def _exists(path: Path) -> bool:
    try:
        path.stat()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise mistakes.not_made(path, error) from error
    return True


def _make(path: Path) -> None:
    """Make an empty file that nobody else may read."""
    try:
        path.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, _PRIVATE_FILE))
    except OSError as error:
        raise mistakes.not_made(path, error) from error


def _require_store(path: Path, *, blank: bool) -> None:
    """Raise StoreError where *path* is no SQLite file, or is empty and may not be *blank*."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise mistakes.folder(path)
        if not stat.S_ISREG(mode):
            raise mistakes.no_file(path)
        with path.open("rb") as file:
            start = file.read(_HEADER)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise mistakes.missing(path) from error
    except OSError as error:
        raise mistakes.unreadable(path, error) from error
    if not start.startswith(MAGIC) and (start or not blank):
        raise mistakes.no_store(path) if start else mistakes.missing(path)
    _require_ours(path, start)


def _connected(path: Path, how: str = "") -> sqlite3.Connection:
    address = f"{path.absolute().as_uri()}?mode=rw{how}"
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
    try:
        for statement in _ALWAYS:
            connection.execute(statement)
    except BaseException:
        connection.close()
        raise
    return connection


def _check(path: Path, connection: sqlite3.Connection) -> None:
    """Raise StoreError where the file is not ours, too new, or damaged."""
    if layout.is_blank(connection):
        raise mistakes.missing(path)
    if layout.application(connection) != layout.APPLICATION:
        raise mistakes.of_another_program(path)
    require_known(path, connection)
    if connection.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
        raise mistakes.damaged(path)


def require_known(path: Path, connection: sqlite3.Connection) -> None:
    """Raise StoreError where a newer release has brought the store further than this one knows."""
    _require_version(path, layout.version(connection))


def _require_version(path: Path, version: int) -> None:
    if version > layout.VERSION:
        raise mistakes.newer(path, version, layout.VERSION)


def _require_ours(path: Path, start: bytes) -> None:
    """Raise StoreError where *start* shows a file that SQLite is not to open.

    Opening one takes in its log, and so changes it.
    """
    if len(start) < _HEADER:
        return
    tables, version, application = (
        int.from_bytes(start[at : at + 4], "big")
        for at in (_AT_TABLES, _AT_VERSION, _AT_APPLICATION)
    )
    if application != layout.APPLICATION and (application or version or tables):
        raise mistakes.of_another_program(path)
    _require_version(path, version)


def _try_to_write(connection: sqlite3.Connection) -> None:
    """Change what is the same afterwards: a refusal is to come now, and not with an answer."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA user_version = {layout.version(connection)}")
    connection.execute("ROLLBACK")


def _settle(connection: sqlite3.Connection) -> None:
    """Bring the tables up to date, and keep changes in a log beside them until they are safe."""
    if layout.version(connection) < layout.VERSION:
        layout.bring_up_to_date(connection)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # SQLite does not wait for others here, who may be opening it as well.
            if mistakes.kind(error) != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_PAUSE)
        else:
            return


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    try:
        return log.stat().st_size > 0
    except OSError:
        return False
