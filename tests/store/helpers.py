"""Short ways to fill stores and to look into them."""

import datetime
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from connectrules.store import AnswerStore, NewAnswer, StoredAnswer, StoreError, Value

DAY = datetime.date(2026, 11, 23)
BEFORE = datetime.date(2026, 11, 1)
AFTER = datetime.date(2026, 12, 24)

YES, NO = True, False

Said = tuple[str, str, Value]
"""Whose answer to what, and which."""


def filled(path: Path, *answers: Said) -> Path:
    """A store at *path* with *answers* of `DAY`."""
    with AnswerStore.open(path) as store:
        for key, fact, value in answers:
            store.answer(key, fact, value, day=DAY)
    return path


def said(answers: list[StoredAnswer] | Iterator[StoredAnswer]) -> list[Said]:
    """What *answers* say."""
    return [(each.key, each.fact, each.value) for each in answers]


def new(key: str, fact: str, value: Value, day: datetime.date | None = None) -> NewAnswer:
    """An answer to be taken in."""
    return NewAnswer(key, fact, value, day)


def run_sql(path: Path, *statements: str) -> None:
    """Do something to the file behind the store's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def refusal(error: pytest.ExceptionInfo[StoreError], folder: Path) -> tuple[str, ...]:
    """What *error* says and helps with, without the name of *folder*."""
    texts = (str(error.value), *error.value.help)
    return tuple(text.replace(f"{folder}{os.sep}", "").replace(str(folder), "") for text in texts)


def beside(path: Path) -> dict[str, bytes]:
    """Everything in the folder of the store at *path*."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


_NOBODY = 65534


@contextmanager
def unprivileged() -> Iterator[None]:
    """Be a user to whom permissions mean something."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
