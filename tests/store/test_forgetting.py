"""Whoever is forgotten leaves nothing behind, and does not come back."""

import random
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from connectrules.store import AnswerStore, StoreError, opening
from tests.store.helpers import DAY, YES, beside, filled, new, refusal, said

SECRETS = (
    "linkedin:ada-example",
    "ada-example",
    "would lend money to",
    "Would you lend Ada Example money?",
    "a note about Ada",
    "Ada's neighbour",
)


def tell(store: AnswerStore, times: int) -> None:
    """Answers about Ada, among others."""
    for number in range(times):
        store.answer("linkedin:ada-example", "met", value=number % 2 == 0, day=DAY)
        store.answer(f"linkedin:bob-{number}", "met", value=True, day=DAY, question="Met?")
        store.answer(
            "linkedin:ada-example",
            "would lend money to",
            value=f"a note about Ada {number}" * 50,
            day=DAY,
            question="Would you lend Ada Example money?",
            by="Ada's neighbour",
        )


def traces(path: Path) -> dict[str, list[str]]:
    """Which of the secrets are in the store's files."""
    return {
        name: [secret for secret in SECRETS if secret.encode() in content]
        for name, content in beside(path).items()
    }


@pytest.mark.parametrize("reopened", [False, True])
@pytest.mark.parametrize("times", [1, 40])
def test_no_byte_is_left(path: Path, times: int, *, reopened: bool) -> None:
    """Neither in the file, nor in the log and its index beside it."""
    store = AnswerStore.open(path)
    tell(store, times)
    if reopened:
        store.close()
        store = AnswerStore.open(path)
    with store:
        before = traces(path)
        assert {secret for found in before.values() for secret in found} == set(SECRETS)

        erased = store.forget("linkedin:ada-example")

        assert erased == 2 * times
        assert traces(path) == {"answers.db": [], "answers.db-wal": [], "answers.db-shm": []}
        assert len(list(store.history())) == times
    assert traces(path) == {"answers.db": []}


@pytest.mark.parametrize("seed", [10, 12])
def test_no_byte_is_left_in_pages_that_were_moved(path: Path, seed: int) -> None:
    """Deleting alone leaves copies there, with these very answers."""
    luck = random.Random(seed)  # noqa: S311 - it need not be secret
    with AnswerStore.open(path) as store:
        store._connection.execute("PRAGMA synchronous = OFF")
        for _ in range(900):
            hers = luck.random() < 0.3
            key = "linkedin:ada-example" if hers else f"bob-{luck.randrange(200)}"
            note = "ada-example" * luck.randrange(1, 60) if hers else "x" * luck.randrange(1, 700)
            fact, question = f"fact {luck.randrange(30)}", "q" * luck.randrange(300)
            store.answer(key, fact, note, day=DAY, question=question)
            if luck.random() < 0.05:
                gone = (f"bob-{luck.randrange(200)}",)
                store._connection.execute("DELETE FROM answer WHERE key = ?", gone)
        store.forget("linkedin:ada-example")

        assert traces(path) == {"answers.db": [], "answers.db-wal": [], "answers.db-shm": []}


def test_answers_taken_back_are_erased_too(path: Path) -> None:
    """History is no hiding place."""
    with AnswerStore.open(path) as store:
        tell(store, 1)
        store.undo()
        store.undo()
        store.forget("linkedin:ada-example")

        assert traces(path)["answers.db"] == []


def test_nothing_about_them_is_saved_again(path: Path) -> None:
    """Neither an answer, nor an import; also after a restart."""
    with AnswerStore.open(path) as store:
        store.forget("o'ada")
    with AnswerStore.open(path) as store:
        with pytest.raises(StoreError) as error:
            store.answer("o'ada", "met", value=True, day=DAY)
        done = store.take_in([new("o'ada", "met", YES), new("b", "met", YES)], today=DAY)

        assert refusal(error, path.parent) == (
            "`o'ada` was forgotten, and nothing is kept about them",
            """`connectrules forget --lift 'o'"'"'ada'` lets answers be kept again""",
        )
        assert (done.added, done.forgotten) == (1, 1)
        assert said(store.history()) == [("b", "met", True)]
        assert store.is_forgotten("o'ada")
        assert not store.is_forgotten("O'ada")


def test_forgetting_can_be_lifted(path: Path) -> None:
    """What was erased stays so."""
    filled(path, ("ada", "met", True))
    with AnswerStore.open(path) as store:
        assert store.lift("ada") is False
        assert store.forget("ada") == 1
        assert store.lift("ada") is True
        assert store.lift("ada") is False
        assert not store.is_forgotten("ada")
        assert list(store.history()) == []
        store.answer("ada", "met", value=False, day=DAY)

        assert store.of("ada")["met"] is False


def test_a_key_is_remembered_by_a_hash_that_no_other_store_has(tmp_path: Path) -> None:
    """The salt is each store's own."""
    hashes = []
    for name in ("one.db", "two.db"):
        with AnswerStore.open(tmp_path / name) as store:
            store.forget("ada")
            store.forget("ada")
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            hashes += connection.execute("SELECT hash FROM forgotten").fetchall()

    assert len(hashes) == len(set(hashes)) == 2


def test_forgetting_says_where_traces_may_be_left(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While another program reads the file; once more, and they are gone."""
    monkeypatch.setattr(opening, "PATIENCE", 0.05)
    with AnswerStore.open(path) as store, closing(sqlite3.connect(path)) as other:
        tell(store, 5)
        other.execute("BEGIN")
        other.execute("SELECT * FROM answer").fetchone()
        with pytest.raises(StoreError) as error:
            store.forget("linkedin:ada-example")

        assert refusal(error, path.parent) == (
            (
                "the answers about `linkedin:ada-example` are erased, "
                "but `answers.db` may still hold traces of them"
            ),
            "close other programs that use it, and forget them again",
        )
        assert dict(store.of("linkedin:ada-example")) == {}
        assert store.is_forgotten("linkedin:ada-example")
        other.rollback()
        other.execute("BEGIN IMMEDIATE")
        assert not store._scrubbed()
        other.rollback()

        assert store.forget("linkedin:ada-example") == 0
        assert traces(path)["answers.db"] == traces(path)["answers.db-wal"] == []


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="files that are open are seen there")
def test_no_other_file_ever_holds_a_copy(path: Path) -> None:
    """The file is made anew in memory."""
    with AnswerStore.open(path) as store:
        for number in range(50):
            store.answer("bob", f"fact {number}", value="a" * 90_000, day=DAY)
        seen: set[str] = set()
        store._connection.set_progress_handler(lambda: seen.update(_open_files()), 50)
        store.forget("linkedin:ada-example")

    assert {Path(each).parent for each in seen if "etilqs" in each or "answers" in each} == {
        path.parent
    }


def _open_files() -> set[str]:
    found = set()
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(str(each.readlink()))
    return found
