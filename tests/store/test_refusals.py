"""A store that cannot be used says what is wrong, and stays as it is."""

import multiprocessing
import os
import pickle
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from connectrules.store import AnswerStore, StoreError, layout, mistakes
from tests.store.helpers import DAY, beside, filled, refusal, run_sql

OTHER = "give another file with `--answers FILE`"
SAME = "nothing in it was changed"
UNSAVED = "nothing was saved"


def a_newer_one(path: Path) -> None:
    """A store of the version after the next."""
    run_sql(filled(path, ("ada", "met", True)), f"PRAGMA user_version = {layout.VERSION + 1}")


def a_database(path: Path) -> None:
    """Some other program's."""
    run_sql(path, "CREATE TABLE bookmark (url TEXT)")


def a_marked_database(path: Path) -> None:
    """Some other program's that says so."""
    run_sql(path, "PRAGMA application_id = 42")


def a_text(path: Path) -> None:
    """No database at all."""
    path.write_text("key,met\nada,yes\n", encoding="utf-8")


def a_folder(path: Path) -> None:
    """Not even a file."""
    path.mkdir()


def a_short_one(path: Path) -> None:
    """The beginning of a store."""
    filled(path, ("ada", "met", True))
    path.write_bytes(path.read_bytes()[:80])


def a_torn_one(path: Path) -> None:
    """A store with a page of nonsense."""
    filled(path, *((f"key-{i}", "met", True) for i in range(200)))
    content = path.read_bytes()
    path.write_bytes(content[:8192] + b"\xa5" * 4096 + content[12288:])


def an_index_gone_wrong(path: Path) -> None:
    """A store whose index does not fit its table: answers would be missed."""
    filled(path, ("ada", "met", True), ("bob", "met", True))
    run_sql(
        path,
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = replace(sql, 'key, fact, day', 'day, fact, key') "
        "WHERE name = 'answer_of'",
    )


def a_bare_one(path: Path) -> None:
    """Marked as ours, and without its tables."""
    filled(path)
    run_sql(path, "DROP TABLE answer")


DAMAGED = ("the answers store `x.db` is damaged", SAME)
COPY = "put a copy of it back that you have, or " + OTHER

MISTAKES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "newer": (
        a_newer_one,
        (
            (
                "the answers in `x.db` were kept by a newer connectrules "
                "(version 4 of the store; this one knows 3)"
            ),
            SAME,
            'update this one: pip install --upgrade "connectrules[cli]"',
        ),
    ),
    "another program's": (
        a_database,
        ("`x.db` belongs to another program, and is no answers store", SAME, OTHER),
    ),
    "another program's, marked": (
        a_marked_database,
        ("`x.db` belongs to another program, and is no answers store", SAME, OTHER),
    ),
    "a text": (a_text, ("`x.db` is no answers store", SAME, OTHER)),
    "a folder": (
        a_folder,
        (
            "`x.db` is a folder, and answers are kept in a file",
            "name a file in it, such as `x.db/answers.db`",
        ),
    ),
    "cut short": (a_short_one, (*DAMAGED, COPY)),
    "a page of nonsense": (a_torn_one, (*DAMAGED, COPY)),
    "an index gone wrong": (an_index_gone_wrong, (*DAMAGED, COPY)),
}


def content(path: Path) -> dict[str, bytes] | list[str]:
    """What is there, to be held against what is there later."""
    return [each.name for each in path.iterdir()] if path.is_dir() else beside(path)


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("how", ["open", "reading"])
def test_what_is_no_sound_store_is_refused(tmp_path: Path, name: str, how: str) -> None:
    """To write and to read; nothing in it changes."""
    make, expected = MISTAKES[name]
    path = tmp_path / "x.db"
    make(path)
    before = content(path)

    with pytest.raises(StoreError) as error:
        getattr(AnswerStore, how)(path)

    assert refusal(error, tmp_path) == expected
    assert content(path) == before


def test_a_store_is_not_made_by_reading(tmp_path: Path) -> None:
    """Nor where it is only to be changed."""
    path = tmp_path / "x.db"
    for use in (AnswerStore.reading, lambda path: AnswerStore.open(path, create=False)):
        with pytest.raises(StoreError) as error:
            use(path)

        assert refusal(error, tmp_path) == (
            "no answers are kept in `x.db` yet",
            "`connectrules ask` makes one, and so does `connectrules answers import FILE`",
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("beginning", [b"", "blank"])
def test_a_store_that_was_only_begun_is_as_good_as_none(
    tmp_path: Path, beginning: bytes | str
) -> None:
    """A process may have ended while it made one: the next one goes on."""
    path = tmp_path / "x.db"
    if beginning == "blank":
        run_sql(path, "PRAGMA journal_mode = WAL")
    else:
        path.touch()
    with pytest.raises(StoreError, match="no answers are kept in"):
        AnswerStore.reading(path)

    filled(path, ("ada", "met", True))

    with AnswerStore.reading(path) as store:
        assert store.keys() == ("ada",)


def test_a_folder_on_the_way_may_be_a_file(tmp_path: Path) -> None:
    """Then no store can be made there."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError) as error:
        AnswerStore.open(tmp_path / "file" / "x.db")

    why = "`file/x.db` cannot be made: a folder on the way to it is a file"
    assert refusal(error, tmp_path) == (why, OTHER)
    with pytest.raises(StoreError) as error:
        AnswerStore.open(tmp_path / "file" / "deeper" / "x.db")

    assert str(error.value).endswith("cannot be made: a folder on the way to it is a file")


def test_a_name_may_be_too_long(tmp_path: Path) -> None:
    """What the system says is told."""
    name = "x" * 300
    with pytest.raises(StoreError) as error:
        AnswerStore.open(tmp_path / name)

    assert refusal(error, tmp_path) == (f"`{name}` cannot be made: file name too long", OTHER)


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    """It would be waited for without end."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(StoreError) as error:
        AnswerStore.open(tmp_path / "pipe")

    why = "`pipe` is no file that answers can be kept in"
    assert refusal(error, tmp_path) == (why, OTHER)


def test_a_full_disk_is_told_and_nothing_is_half_saved(path: Path) -> None:
    """The answers before are there still."""
    with AnswerStore.open(path) as store:
        store.answer("ada", "met", value=True, day=DAY)
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError) as error:
            _fill_up(store)

        assert refusal(error, path.parent) == (
            "there is no room left to save answers in `answers.db`",
            UNSAVED,
            "make room and try again",
        )
    with AnswerStore.open(path) as store:
        assert store.of("ada")["met"] is True
        assert 1 < len(store.keys()) < 1_000


def _fill_up(store: AnswerStore) -> None:
    for number in range(1_000):
        store.answer(f"key-{number}", "met", value="x" * 1_000, day=DAY)


DAMAGES = {
    "a day that is none": "UPDATE answer SET day = 'yesterday'",
    "a kind that is none": "UPDATE answer SET kind = 'colour'",
    "a value that is none": "UPDATE answer SET value = '{'",
    "a value of bytes": "UPDATE answer SET value = x'ff'",
    "a text that is none": "UPDATE answer SET question = CAST(x'ff' AS TEXT)",
    "a value without end": "UPDATE answer SET value = printf('%.100000c', '[')",
}


@pytest.mark.parametrize("name", DAMAGES)
def test_rows_that_the_store_never_wrote_are_damage(path: Path, name: str) -> None:
    """They are told, and never guessed at: an error is no verdict."""
    filled(path, ("ada", "met", True))
    run_sql(path, DAMAGES[name])
    with AnswerStore.reading(path) as store, pytest.raises(StoreError) as error:
        list(store.history())

    assert refusal(error, path.parent) == tuple(
        text.replace("x.db", "answers.db") for text in (*DAMAGED, COPY)
    )


@pytest.mark.parametrize("name", ["a kind that is none", "a value that is none"])
def test_nobody_is_judged_by_damage(path: Path, name: str) -> None:
    """It shows when answers are fetched, before the first contact."""
    filled(path, ("ada", "met", True))
    run_sql(path, DAMAGES[name])
    with AnswerStore.reading(path) as store:
        for use in (lambda: store.known(["met"]), lambda: store.of("ada")):
            with pytest.raises(StoreError, match="is damaged"):
                use()


def test_tables_that_are_missing_are_damage(path: Path) -> None:
    """Somebody else took them away."""
    a_bare_one(path)
    with AnswerStore.reading(path) as store, pytest.raises(StoreError, match="is damaged"):
        store.of("ada")


def test_a_file_that_the_database_cannot_open_is_told(tmp_path: Path) -> None:
    """There is no traceback."""
    path = tmp_path / "x.db"
    with pytest.raises(StoreError) as error, mistakes.told(path):
        sqlite3.connect(tmp_path)

    why = "the answers store `x.db` cannot be used: it, or the folder it is in, may not be opened"
    assert refusal(error, tmp_path) == (why, OTHER)


def test_a_store_error_survives_pickling(tmp_path: Path) -> None:
    """With its file and its help."""
    error = mistakes.missing(tmp_path / "x.db")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own

    assert (str(again), again.path, again.help) == (str(error), error.path, error.help)


@pytest.mark.once
def test_the_store_needs_no_network() -> None:
    """And nothing of it is loaded before it is used."""
    assert "connectrules.store" not in _loaded("connectrules")
    assert "sqlite3" not in _loaded("connectrules")
    assert "socket" not in _loaded("connectrules.store")


def _loaded(module: str) -> set[str]:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_modules, (module,))


def _modules(module: str) -> set[str]:
    before = set(sys.modules)
    __import__(module)
    return set(sys.modules) - before
