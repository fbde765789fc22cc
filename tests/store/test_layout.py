"""A store of an older version is brought up to date, whole or not at all."""

import datetime
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from connectrules.schema.types import canonical
from connectrules.store import AnswerStore, StoredAnswer, StoreError, layout
from connectrules.store.keys import as_key
from connectrules.store.writing import in_words, sentence
from tests.store.helpers import DAY, filled, run_sql

VERSION_1 = Path(__file__).parents[1] / "fixtures" / "stores" / "version-1.sql"


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store of version 1."""
    path = tmp_path / "answers.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(VERSION_1.read_text(encoding="utf-8"))
    return path


def tables(path: Path) -> list[tuple[str, str]]:
    """What the file at *path* is made of, spaces aside."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        marks = [layout.application(connection), layout.version(connection)]
    return [*((name, " ".join((sql or "").split())) for name, sql in found), ("marks", str(marks))]


@pytest.mark.parametrize("how", ["open", "reading"])
def test_the_answers_of_version_1_are_there(old: Path, how: str) -> None:
    """All of them, as they were; also where somebody only wants to read."""
    with getattr(AnswerStore, how)(old) as store:
        history = list(store.history())

    assert history == [
        StoredAnswer(
            id=1,
            key="linkedin:ada-example",
            fact="Would recommend",
            value=True,
            day=datetime.date(2026, 1, 31),
            question="Would you recommend Ada Example?",
        ),
        StoredAnswer(
            id=2,
            key="linkedin:ada-example",
            fact="Would recommend",
            value=False,
            day=datetime.date(2026, 2, 28),
        ),
        StoredAnswer(
            id=3,
            key="linkedin:bob-example",
            fact="met on",
            value=datetime.date(2025, 12, 24),
            day=datetime.date(2026, 2, 28),
            taken_back=True,
        ),
        StoredAnswer(
            id=5,
            key="linkedin:bob-example",
            fact="values",
            value=("craft", "candour"),
            day=datetime.date(2026, 3, 1),
        ),
    ]


def test_what_version_1_knew_is_still_known(old: Path) -> None:
    """Who was forgotten stays so, no number is given twice, and undo goes on."""
    with AnswerStore.open(old) as store:
        assert store.is_forgotten("linkedin:cy-example")
        assert dict(store.of("linkedin:ada-example")) == {"Would recommend": False}
        assert store.answer("linkedin:dee-example", "met", value=True, day=DAY) == 6
        store.undo()
        taken = store.undo()

        assert taken is not None
        assert taken.id == 5


def test_a_store_brought_up_to_date_is_like_a_new_one(old: Path, tmp_path: Path) -> None:
    """Table for table."""
    AnswerStore.open(old).close()
    new = filled(tmp_path / "new.db")

    assert tables(old) == tables(new)


@pytest.mark.parametrize("how", ["open", "reading"])
def test_a_step_that_fails_leaves_the_store_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """Version 1, with all that was in it; the next release may do better."""
    *before_it, last = layout.STEPS
    before = tables(old)
    monkeypatch.setattr(layout, "STEPS", (*before_it, (*last, "INSERT INTO nowhere VALUES (1)")))
    with pytest.raises(StoreError):
        getattr(AnswerStore, how)(old)

    assert tables(old) == before
    monkeypatch.undo()
    with AnswerStore.open(old) as store:
        assert len(list(store.history())) == 4


def test_two_that_bring_it_up_to_date_at_once_do_it_once(old: Path) -> None:
    """Whoever comes second waits, and finds it done."""
    with (
        closing(sqlite3.connect(old, isolation_level=None, check_same_thread=False)) as one,
        closing(sqlite3.connect(old, isolation_level=None)) as other,
    ):
        one.execute("BEGIN IMMEDIATE")
        one.create_function("canonical", 1, canonical, deterministic=True)
        for called in (as_key, sentence, in_words):
            one.create_function(called.__name__, 1, called, deterministic=True)
        for step in layout.STEPS[1:]:
            for statement in step:
                one.execute(statement)
        one.execute(f"PRAGMA user_version = {layout.VERSION}")
        first = Timer(0.2, one.execute, ("COMMIT",))
        first.start()
        layout.bring_up_to_date(other)
        first.join()

    with AnswerStore.reading(old) as store:
        assert len(list(store.history())) == 4


def test_facts_and_keys_of_old_stores_are_known_by_their_new_names(old: Path) -> None:
    """A fact named as an attribute, and a key whose accents stand apart; nothing is twice."""
    run_sql(
        old,
        "INSERT INTO answer (key, fact, kind, value, day) "
        "VALUES (' zoe' || char(0x308), 'would_recommend', 'yes/no', 'true', '2026-03-01')",
        "INSERT INTO answer (key, fact, kind, value, day) "
        "VALUES ('ada', 'is_a_recruiter', 'yes/no', 'true', '2026-03-01')",
    )
    with AnswerStore.open(old) as store:
        assert store.facts() == ("Would recommend", "met on", "values", "is a recruiter")
        assert dict(store.of("zo\u00eb")) == {"Would recommend": True}
        assert dict(store.known(["is a recruiter"])["ada"]) == {"is a recruiter": True}


def test_version_1_is_not_changed_any_more() -> None:
    """The first step makes what the file of version 1 holds."""
    with closing(sqlite3.connect(":memory:")) as ours, closing(sqlite3.connect(":memory:")) as file:
        for statement in layout.STEPS[0]:
            ours.execute(statement)
        file.executescript(VERSION_1.read_text(encoding="utf-8"))
        made = [
            [
                (name, " ".join((sql or "").split()))
                for name, sql in each.execute("SELECT name, sql FROM sqlite_master ORDER BY name")
            ]
            for each in (ours, file)
        ]

    assert made[0] == made[1]
