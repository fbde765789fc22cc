"""What a user may not read or write is told; reading goes on where it can."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from connectrules.store import AnswerStore, StoreError
from tests.store.helpers import DAY, filled, refusal, said, unprivileged

OTHER = "give another file with `--answers FILE`"
UNSAVED = "nothing was saved"

READ_ONLY = (
    "the answers store `x.db` is read-only",
    UNSAVED,
    f"allow writing to it and to the folder it is in, or {OTHER}",
)


@pytest.mark.parametrize(("folder", "file"), [(0o555, 0o444), (0o777, 0o444), (0o555, 0o666)])
def test_a_read_only_store_can_be_read_alone(shared: Path, folder: int, file: int) -> None:
    """Be it the folder that takes nothing, the file, or both; whoever writes is told at once."""
    path = filled(shared / "x.db", ("ada", "met", True))
    path.chmod(file)
    shared.chmod(folder)
    before = path.read_bytes()
    with unprivileged():
        with AnswerStore.reading(path) as store:
            assert said(store.history()) == [("ada", "met", True)]
        with pytest.raises(StoreError) as error:
            AnswerStore.open(path)

    assert refusal(error, shared) == READ_ONLY
    assert path.read_bytes() == before


def test_reading_takes_no_answers(path: Path) -> None:
    """A store opened to read is read-only."""
    filled(path, ("ada", "met", True))
    with AnswerStore.reading(path) as store:
        with pytest.raises(StoreError) as error:
            store.answer("ada", "met", value=False, day=DAY)

        assert str(error.value) == f"the answers store `{path}` is read-only"
        assert store.of("ada")["met"] is True


def test_a_store_that_may_not_be_read_says_so(shared: Path) -> None:
    """To those to whom permissions mean something."""
    path = filled(shared / "x.db")
    path.chmod(0)
    with unprivileged(), pytest.raises(StoreError) as error:
        AnswerStore.reading(path)

    why = "the answers store `x.db` cannot be opened: it may not be read"
    assert refusal(error, shared) == (why, OTHER)


def test_a_folder_that_may_not_be_looked_into_says_so(shared: Path) -> None:
    """Whether there is a store in it, nobody can tell."""
    path = filled(shared / "x.db")
    shared.chmod(0o600)
    messages = []
    for use in (AnswerStore.reading, AnswerStore.open):
        with unprivileged(), pytest.raises(StoreError) as error:
            use(path)
        messages.append(refusal(error, shared))

    assert messages == [
        ("the answers store `x.db` cannot be opened: it may not be read", OTHER),
        ("`x.db` cannot be made: its folder may not be written to", OTHER),
    ]


def test_a_folder_that_takes_no_files_takes_no_store(shared: Path) -> None:
    """The folder is what has to be changed."""
    shared.chmod(0o555)
    with unprivileged(), pytest.raises(StoreError) as error:
        AnswerStore.open(shared / "x.db")

    why = "`x.db` cannot be made: its folder may not be written to"
    assert refusal(error, shared) == (why, OTHER)


def test_an_old_store_that_is_read_only_cannot_be_brought_up_to_date(shared: Path) -> None:
    """What has to be done is said."""
    path = shared / "x.db"
    version_1 = Path(__file__).parents[1] / "fixtures" / "stores" / "version-1.sql"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(version_1.read_text(encoding="utf-8"))
    path.chmod(0o444)
    with unprivileged(), pytest.raises(StoreError) as error:
        AnswerStore.reading(path)

    assert refusal(error, shared) == (
        "the answers store `x.db` is of an older connectrules and read-only",
        "allow writing to it once, so that it can be brought up to date",
    )


def test_a_log_is_not_passed_over_where_the_folder_takes_no_files(shared: Path) -> None:
    """What was saved last is in it: it is read, or that it cannot be is told."""
    path = filled(shared / "x.db", ("ada", "met", True))
    with AnswerStore.open(path) as store:
        store.answer("ada", "met", value=False, day=DAY)
        copied = {each.name: each.read_bytes() for each in shared.iterdir()}
    path.write_bytes(copied["x.db"])
    (shared / "x.db-wal").write_bytes(copied["x.db-wal"])
    for each in shared.iterdir():
        each.chmod(0o444)
    shared.chmod(0o555)
    with unprivileged(), pytest.raises(StoreError) as error:
        AnswerStore.reading(path)

    assert refusal(error, shared)[0] == (
        "the answers store `x.db` cannot be used: it, or the folder it is in, may not be opened"
    )
