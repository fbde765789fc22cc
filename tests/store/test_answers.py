"""Answers are saved as they are given, and found as they were."""

import datetime
import os
import stat
from pathlib import Path

import pytest

from connectrules import UNSURE, Contact, Decision, Policy
from connectrules.store import AnswerStore, StoredAnswer, StoreError, Value
from connectrules.store.values import read, written
from tests.store.helpers import AFTER, BEFORE, DAY, filled, refusal, run_sql, said

VALUES: list[Value] = [
    True,
    False,
    UNSURE,
    0,
    -(10**299),
    2.5,
    -0.0,
    1e-300,
    5.0,
    DAY,
    datetime.date.min,
    "",
    "yes",
    'a "quoted" text\n\0 of \ud800 all kinds',
    (),
    ("a",),
    ("a; b", "", "c"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:20])
def test_values_come_back_as_they_were(path: Path, value: Value) -> None:
    """Also from another opening of the file, and with their type."""
    filled(path, ("ada", "some fact", value))

    with AnswerStore.reading(path) as store:
        found = store.of("ada")["some fact"]

    assert (type(found), found) == (type(value), value)


def test_a_time_is_kept_as_its_day(path: Path) -> None:
    """As a fact of that type is compared."""
    moment = datetime.datetime(2026, 11, 23, 12, 30, tzinfo=datetime.UTC)
    filled(path, ("ada", "met on", moment))

    with AnswerStore.reading(path) as store:
        assert store.of("ada")["met on"] == DAY


def test_an_answer_can_be_taken_back_by_its_number(path: Path) -> None:
    """Once; and no other with it."""
    with AnswerStore.open(path) as store:
        first = store.answer("ada", "met", value=True, day=DAY)
        store.answer("bob", "met", value=True, day=DAY)
        taken = store.take_back(first)

        assert taken is not None
        assert (taken.id, taken.key, taken.taken_back) == (first, "ada", True)
        assert said(store.current()) == [("bob", "met", True)]
        assert store.take_back(first) is None
        assert store.take_back(99) is None
        store.forget("bob")
        assert store.take_back(first + 1) is None


def test_a_key_may_be_spelt_in_several_ways(path: Path) -> None:
    """Accents apart or not, and spaces around it: it is one person."""
    filled(path, (" zoe\u0308", "met", True))
    with AnswerStore.open(path) as store:
        for key in ("zo\u00eb", "zoe\u0308 "):
            assert dict(store.of(key)) == {"met": True}
            assert dict(store.known(["met"])[key]) == {"met": True}
            assert len(list(store.history(key))) == 1
        assert store.keys() == ("zo\u00eb",)
        assert store.forget("zoe\u0308") == 1
        assert store.forgotten(["zo\u00eb", "zoe\u0308"]) == {"zo\u00eb", "zoe\u0308"}
        assert store.lift("zo\u00eb")


@pytest.mark.parametrize("value", [None, object(), b"yes", ("a", 1), {"a": 1}])
def test_other_values_are_a_mistake_of_the_program(path: Path, value: object) -> None:
    """No answer is of these types."""
    with AnswerStore.open(path) as store, pytest.raises(TypeError, match="is no answer"):
        store.answer("ada", "some fact", value, day=DAY)  # type: ignore[arg-type]


BOUNDLESS: dict[str, tuple[Value, str]] = {
    "not a number": (float("nan"), "no number past all bounds is kept"),
    "infinite": (float("-inf"), "no number past all bounds is kept"),
    "huge": (10**300, "no number past all bounds is kept"),
    "long": ("a" * 100_000, "an answer of 100,002 characters is longer than the 100,000 kept"),
}


@pytest.mark.parametrize("name", BOUNDLESS)
def test_values_past_all_bounds_are_refused(path: Path, name: str) -> None:
    """And nothing is saved."""
    value, message = BOUNDLESS[name]
    with AnswerStore.open(path) as store:
        with pytest.raises(StoreError) as error:
            store.answer("ada", "some fact", value, day=DAY)

        assert str(error.value) == message
        assert list(store.history()) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("yes/no", "1"),
        ("whole", "true"),
        ("whole", "1.5"),
        ("number", "1"),
        ("number", "NaN"),
        ("date", '"yesterday"'),
        ("list", "[1]"),
        ("text", "1"),
        ("colour", '"red"'),
        ("text", '"cut'),
    ],
)
def test_what_the_store_never_wrote_is_no_value(kind: str, text: str) -> None:
    """It is damage, and not guessed at."""
    with pytest.raises(ValueError, match=r".+"):
        read(kind, text)


def test_values_are_written_as_json() -> None:
    """Anybody can read them without this program."""
    assert [written(value) for value in (True, UNSURE, 5, ("é",))] == [
        ("yes/no", "true"),
        ("unsure", "null"),
        ("whole", "5"),
        ("list", '["\\u00e9"]'),
    ]


def test_an_answer_keeps_what_is_known_of_it(path: Path) -> None:
    """Its day, its question, who gave it, and in what."""
    with AnswerStore.open(path) as store:
        number = store.answer(
            "ada",
            "would recommend",
            value=True,
            day=DAY,
            question="Would you recommend Ada Example?",
            by="me",
            session="evening",
        )

        assert list(store.history()) == [
            StoredAnswer(
                id=number,
                key="ada",
                fact="would recommend",
                value=True,
                day=DAY,
                question="Would you recommend Ada Example?",
                by="me",
                session="evening",
            )
        ]


def test_facts_are_compared_as_policies_compare_them(path: Path) -> None:
    """Upper case, spaces, and the form of an attribute make no other fact; the first is shown."""
    filled(
        path,
        ("ada", "Would  recommend", False),
        ("ada", "would_recommend", UNSURE),
        ("ada", "WOULD RECOMMEND", True),
    )

    with AnswerStore.reading(path) as store:
        assert store.facts() == ("Would recommend",)
        assert dict(store.of("ada")) == {"Would recommend": True}
        assert dict(store.known(["would recommend"])["ada"]) == {"Would recommend": True}


def test_the_last_answer_counts_and_the_history_has_all(path: Path) -> None:
    """Of one day, the last given."""
    filled(path, ("ada", "met", True), ("bob", "met", True), ("ada", "met", False))

    with AnswerStore.reading(path) as store:
        assert store.of("ada")["met"] is False
        assert said(store.current()) == [("bob", "met", True), ("ada", "met", False)]
        assert said(store.history("ada")) == [("ada", "met", True), ("ada", "met", False)]


def test_an_answer_says_of_what_day_it_is(path: Path) -> None:
    """As where it comes from."""
    filled(path, ("ada", "met", True))

    with AnswerStore.reading(path) as store:
        assert store.of("ada").origins == {"met": "answers of 2026-11-23"}
        assert store.known(["met"])["ada"].origins == {"met": "answers of 2026-11-23"}


def test_a_clock_set_back_loses_no_answer(path: Path) -> None:
    """What is given last counts, under the later day."""
    with AnswerStore.open(path) as store:
        store.answer("ada", "met", value=True, day=AFTER)
        store.answer("ada", "met", value=False, day=DAY)

        assert store.of("ada")["met"] is False
        assert [each.day for each in store.history()] == [AFTER, AFTER]


def test_an_older_day_is_kept_where_nothing_is_replaced(path: Path) -> None:
    """Other facts and other people have days of their own."""
    with AnswerStore.open(path) as store:
        store.answer("ada", "met", value=True, day=AFTER)
        store.answer("ada", "would recommend", value=True, day=BEFORE)
        store.answer("bob", "met", value=True, day=DAY)

        assert [each.day for each in store.history()] == [AFTER, BEFORE, DAY]


def test_undo_takes_back_one_after_the_other(path: Path) -> None:
    """What counted before counts again, also after the store was closed; the history has all."""
    filled(path, ("ada", "met", True), ("ada", "met", False), ("bob", "met", True))
    seen = []
    for _ in range(4):
        with AnswerStore.open(path) as store:
            last, taken = store.last(), store.undo()
            assert (last is None) == (taken is None)
            seen.append((taken and (taken.key, taken.value), dict(store.of("ada"))))

    assert seen == [
        (("bob", True), {"met": False}),
        (("ada", False), {"met": True}),
        (("ada", True), {}),
        (None, {}),
    ]
    with AnswerStore.reading(path) as store:
        assert [each.taken_back for each in store.history()] == [True, True, True]
        assert list(store.current()) == []


def test_undo_keeps_to_a_session(path: Path) -> None:
    """What was answered elsewhere is not touched."""
    with AnswerStore.open(path) as store:
        store.answer("ada", "met", value=True, day=DAY, session="here")
        store.answer("bob", "met", value=True, day=DAY, session="there")

        taken = store.undo("here")

        assert taken is not None
        assert (taken.key, taken.taken_back) == ("ada", True)
        assert store.last("here") is None
        assert store.undo("here") is None
        assert said(store.current()) == [("bob", "met", True)]


def test_answers_for_many_contacts_are_of_the_facts_asked_for(path: Path) -> None:
    """A store serves many policies."""
    filled(
        path,
        ("ada", "met", True),
        ("ada", "would recommend", UNSURE),
        ("bob", "favourite colour", "red"),
        ("cy", "met", False),
    )

    with AnswerStore.reading(path) as store:
        known = store.known(["Met", "would_recommend", "never asked"])

    assert {key: dict(told) for key, told in known.items()} == {
        "ada": {"met": True, "would recommend": UNSURE},
        "cy": {"met": False},
    }
    assert len(known) == 2
    assert known.get("bob") is None


def test_a_policy_judges_by_them(path: Path) -> None:
    """They are answers as any others."""
    filled(path, ("ada", "would recommend", True))
    policy = Policy.parse("would recommend")

    with AnswerStore.reading(path) as store:
        known = store.known([fact.name for fact in policy.facts])

    results = list(policy.judge_all([Contact(key="ada"), Contact(key="bob")], answers=known))
    assert [result.decision for result in results] == [Decision.CONNECT, Decision.UNDECIDED]  # type: ignore[union-attr]


def test_everybody_with_answers_is_known_by_key(path: Path) -> None:
    """Also where all was taken back."""
    filled(path, ("bob", "met", True), ("ada", "met", True), ("bob", "would recommend", True))
    with AnswerStore.open(path) as store:
        store.undo()
        store.undo()

        assert store.keys() == ("ada", "bob")
        assert store.facts() == ("met", "would recommend")


KEYS = {
    "line 7": "no answers are kept under `line 7`, which is only a place in a file",
    "people.csv line 12": (
        "no answers are kept under `people.csv line 12`, which is only a place in a file"
    ),
    "  ": "no answers are kept under a key that is empty",
    "k" * 1_001: (
        f"no answers are kept under `{'k' * 39}…`, which has 1,001 characters: a key may have 1,000"
    ),
    "ada\ud800": "no answers are kept under `ada\ud800`, which holds half a character",
}


@pytest.mark.parametrize("key", KEYS, ids=range(len(KEYS)))
def test_keys_that_do_not_last_are_refused(path: Path, key: str) -> None:
    """The next file may have somebody else there."""
    with AnswerStore.open(path) as store:
        with pytest.raises(StoreError) as error:
            store.answer(key, "met", value=True, day=DAY)
        with pytest.raises(StoreError) as other:
            store.forget(key)

    expected = (KEYS[key], "give each contact a column `key` that stays the same")
    assert refusal(error, path.parent) == refusal(other, path.parent) == expected


def test_texts_past_all_bounds_are_refused(path: Path) -> None:
    """And so is a fact of no words."""
    with AnswerStore.open(path) as store:
        mistakes = []
        for fact, question in (("  ", None), ("met", "?" * 10_001), ("\udfff", None)):
            with pytest.raises(StoreError) as error:
                store.answer("ada", fact, value=True, day=DAY, question=question)
            mistakes.append(str(error.value))

        assert mistakes == [
            "an answer about `ada` says no fact",
            "a text of 10,001 characters is longer than the 10,000 kept",
            "`\udfff` holds half a character, and is no text",
        ]
        assert list(store.history()) == []


def test_a_key_is_a_text(path: Path) -> None:
    """Anything else is a mistake of the program."""
    with AnswerStore.open(path) as store, pytest.raises(TypeError, match="a key is a text"):
        store.answer(7, "met", value=True, day=DAY)  # type: ignore[arg-type]


@pytest.mark.skipif(os.name == "nt", reason="modes are those of other systems")
def test_nobody_else_may_read_it(path: Path) -> None:
    """Neither the file, nor what stands beside it, nor a folder made for it."""
    with AnswerStore.open(path) as store:
        store.answer("ada", "met", value=True, day=DAY)

        modes = [stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()]
        assert modes == [0o600] * 3
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["a?mode=memory#b%41.db", "ø sträng.db", "'; DROP.db"])
def test_a_file_may_be_called_anything(tmp_path: Path, name: str) -> None:
    """It is made under its own name, and found there."""
    filled(tmp_path / name, ("ada", "met", True))

    assert [each.name for each in tmp_path.iterdir()] == [name]
    with AnswerStore.reading(tmp_path / name) as store:
        assert store.keys() == ("ada",)


def test_a_saved_answer_is_safe_from_a_loss_of_power(path: Path) -> None:
    """Each change is written through to the disk, in a log that is replayed."""
    with AnswerStore.open(path) as store:
        pragmas = ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        found = [store._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas]

    assert found == ["wal", 2, 1, 1]


def test_many_answers_are_gone_through_some_at_a_time(path: Path) -> None:
    """Others may write meanwhile."""
    with AnswerStore.open(path) as store:
        run_sql(
            path,
            "INSERT INTO fact VALUES (1, 'met', 'met')",
            """
            WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
            INSERT INTO answer (key, fact, kind, value, day)
            SELECT 'key-' || i, 1, 'yes/no', 'true', '2026-11-23' FROM n
            """,
        )
        history = store.history()
        first = next(history)
        filled(path, ("last", "met", False))

        found = [first, *history]

    assert [each.key for each in found] == [*(f"key-{i}" for i in range(1, 2501)), "last"]
