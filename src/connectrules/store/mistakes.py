"""What can be wrong with a store, in words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from connectrules.errors import StoreError
from connectrules.schema.types import shown

_UNCHANGED = "nothing in it was changed"
_OTHER = "give another file with `--answers FILE`"
_PRIMARY = 0xFF
"""The part of SQLite's error numbers that says what kind they are of."""


def missing(path: Path) -> StoreError:
    """That there is no store."""
    help_ = ("`connectrules ask` makes one, and so does `connectrules answers import FILE`",)
    return StoreError(f"no answers are kept in `{path}` yet", path, help_)


def folder(path: Path) -> StoreError:
    """That it is a folder."""
    return StoreError(
        f"`{path}` is a folder, and answers are kept in a file",
        path,
        (f"name a file in it, such as `{path / 'answers.db'}`",),
    )


def no_file(path: Path) -> StoreError:
    """That it is a device, a pipe or the like."""
    return StoreError(f"`{path}` is no file that answers can be kept in", path, (_OTHER,))


def no_store(path: Path) -> StoreError:
    """That it is some other file."""
    return StoreError(f"`{path}` is no answers store", path, (_UNCHANGED, _OTHER))


def of_another_program(path: Path) -> StoreError:
    """That it is a database of something else."""
    msg = f"`{path}` belongs to another program, and is no answers store"
    return StoreError(msg, path, (_UNCHANGED, _OTHER))


def newer(path: Path, version: int, known: int) -> StoreError:
    """That a later release wrote it."""
    return StoreError(
        f"the answers in `{path}` were kept by a newer connectrules "
        f"(version {version} of the store; this one knows {known})",
        path,
        (_UNCHANGED, 'update this one: pip install --upgrade "connectrules[cli]"'),
    )


def damaged(path: Path) -> StoreError:
    """That what it holds cannot be relied upon."""
    help_ = (_UNCHANGED, "put a copy of it back that you have, or " + _OTHER)
    return StoreError(f"the answers store `{path}` is damaged", path, help_)


def read_only(path: Path) -> StoreError:
    """That it can be read and not written."""
    return StoreError(
        f"the answers store `{path}` is read-only",
        path,
        ("nothing was saved", "allow writing to it and to the folder it is in, or " + _OTHER),
    )


def stays_old(path: Path) -> StoreError:
    """That an older release wrote it, and it cannot be brought up to date."""
    return StoreError(
        f"the answers store `{path}` is of an older connectrules and read-only",
        path,
        ("allow writing to it once, so that it can be brought up to date",),
    )


def traces(path: Path, key: str) -> StoreError:
    """That an erased person's answers may still be found in the file by those who look for them."""
    return StoreError(
        f"the answers about `{shown(key)}` are erased, but `{path}` may still hold traces of them",
        path,
        ("close other programs that use it, and forget them again",),
    )


def locked(path: Path) -> StoreError:
    """That another process holds it for longer than is waited for."""
    return StoreError(
        f"another program is using the answers store `{path}`",
        path,
        ("nothing was saved", "close the other program, or wait until it is done, and try again"),
    )


def not_made(path: Path, error: OSError) -> StoreError:
    """That there is no store and none can be made."""
    why = {
        PermissionError: "its folder may not be written to",
        FileExistsError: "a folder on the way to it is a file",
        NotADirectoryError: "a folder on the way to it is a file",
    }.get(type(error), (error.strerror or str(error)).lower())
    return StoreError(f"`{path}` cannot be made: {why}", path, (_OTHER,))


def unreadable(path: Path, error: OSError) -> StoreError:
    """That the system will not let it be read."""
    why = (
        "it may not be read"
        if isinstance(error, PermissionError)
        else (error.strerror or str(error)).lower()
    )
    return StoreError(f"the answers store `{path}` cannot be opened: {why}", path, (_OTHER,))


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the store at *path* into a StoreError."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(path, error) from error


def kind(error: sqlite3.Error) -> int:
    """What kind of error SQLite says it is; 0 where Python's own module raised it."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


def _in_words(path: Path, error: sqlite3.Error) -> StoreError:
    match kind(error):
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED | sqlite3.SQLITE_PROTOCOL:
            return locked(path)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return read_only(path)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_ERROR:
            return damaged(path)
        case 0 if isinstance(error, sqlite3.OperationalError):  # a text that is none
            return damaged(path)
        case sqlite3.SQLITE_FULL:
            msg = f"there is no room left to save answers in `{path}`"
            return StoreError(msg, path, ("nothing was saved", "make room and try again"))
        case sqlite3.SQLITE_CANTOPEN:
            why = "it, or the folder it is in, may not be opened"
        case _:
            why = str(error)
    return StoreError(f"the answers store `{path}` cannot be used: {why}", path, (_OTHER,))
