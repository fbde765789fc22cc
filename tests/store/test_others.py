"""Other programs, and other releases, may use a store at the same time."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path
from threading import Timer

import pytest

from connectrules.store import AnswerStore, StoreError, layout, mistakes, opening
from tests.store.helpers import DAY, beside, filled, refusal, run_sql

UNSAVED = "nothing was saved"


def test_a_store_that_another_program_holds_is_waited_for_and_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading goes on meanwhile; what was to be saved is not, and that is said."""
    monkeypatch.setattr(opening, "PATIENCE", 0.05)
    filled(path, ("ada", "met", True))
    expected = (
        "another program is using the answers store `answers.db`",
        UNSAVED,
        "close the other program, or wait until it is done, and try again",
    )
    with AnswerStore.open(path) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        for use in (
            lambda: store.answer("ada", "met", value=False, day=DAY),
            store.undo,
            lambda: AnswerStore.open(path),
        ):
            with pytest.raises(StoreError) as error:
                use()

            assert refusal(error, path.parent) == expected
        with AnswerStore.reading(path) as reader:
            assert reader.of("ada")["met"] is True
        other.rollback()
        store.answer("ada", "met", value=False, day=DAY)

        assert store.of("ada")["met"] is False


def test_a_store_kept_for_one_program_alone_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even reading goes on then."""
    monkeypatch.setattr(opening, "PATIENCE", 0.05)
    filled(path, ("ada", "met", True))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("DELETE FROM forgotten")
        with pytest.raises(StoreError) as error:
            AnswerStore.reading(path)

    assert str(error.value) == f"another program is using the answers store `{path}`"


@pytest.mark.parametrize("patience", [10.0, 0.05])
def test_turning_to_the_log_waits_for_others(
    path: Path, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    """The database itself does not; who waits too long is told."""
    monkeypatch.setattr(opening, "PATIENCE", patience)
    run_sql(filled(path, ("ada", "met", True)), "PRAGMA journal_mode = DELETE")
    with (
        closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other,
        closing(sqlite3.connect(path, isolation_level=None)) as ours,
    ):
        other.execute("BEGIN IMMEDIATE")
        done = Timer(0.3, other.execute, ("ROLLBACK",))
        done.start()
        waits = nullcontext() if patience > 1 else pytest.raises(StoreError, match="is using")
        with waits, mistakes.told(path):
            opening._settle(ours)
        mode = ours.execute("PRAGMA journal_mode").fetchone()[0]
        done.join()

    assert mode == ("wal" if patience > 1 else "delete")


def test_a_store_that_becomes_newer_is_written_no_more(path: Path) -> None:
    """A newer release brought it up to date meanwhile: this one does not know its tables."""
    with AnswerStore.open(filled(path, ("ada", "met", True))) as store:
        run_sql(path, f"PRAGMA user_version = {layout.VERSION + 1}")
        uses: tuple[Callable[[], object], ...] = (
            lambda: store.answer("ada", "met", value=False, day=DAY),
            store.undo,
            lambda: store.forget("ada"),
        )
        for use in uses:
            with pytest.raises(StoreError, match="were kept by a newer connectrules"):
                use()
        assert len(list(store.history())) == 1


@pytest.mark.parametrize("how", ["open", "reading"])
def test_a_store_that_becomes_newer_while_it_is_waited_for_stays_so(path: Path, how: str) -> None:
    """It is neither taken for an older one nor marked as one."""
    run_sql(filled(path, ("ada", "met", True)), f"PRAGMA user_version = {layout.VERSION - 1}")
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as newer:
        newer.execute("BEGIN IMMEDIATE")
        newer.execute(f"PRAGMA user_version = {layout.VERSION + 1}")
        done = Timer(0.3, newer.execute, ("COMMIT",))
        done.start()
        with pytest.raises(StoreError, match="were kept by a newer connectrules"):
            getattr(AnswerStore, how)(path)
        done.join()
        assert layout.version(newer) == layout.VERSION + 1


@pytest.mark.parametrize(
    "mark", ["user_version = 7", "application_id = 42"], ids=["newer", "another program's"]
)
@pytest.mark.parametrize("how", ["open", "reading"])
def test_a_file_with_a_log_that_is_not_ours_is_left_as_it_is(
    tmp_path: Path, mark: str, how: str
) -> None:
    """Its log as well, which a database takes in when it opens the file."""
    path = filled(tmp_path / "made" / "x.db", ("ada", "met", True))
    run_sql(path, f"PRAGMA {mark}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("DELETE FROM answer")
        copied = beside(path)
    there = tmp_path / "x.db"
    there.write_bytes(copied["x.db"])
    (tmp_path / "x.db-wal").write_bytes(copied["x.db-wal"])
    for each in path.parent.iterdir():
        each.unlink()
    path.parent.rmdir()
    before = beside(there)
    with pytest.raises(StoreError, match=r"newer connectrules|another program"):
        getattr(AnswerStore, how)(there)

    assert beside(there) == before
