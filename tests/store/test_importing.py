"""Many answers are taken in at once: all of them, or none."""

import tempfile
from pathlib import Path

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules.store import AnswerStore, Imported, NewAnswer, StoreError
from tests.property.running import tried
from tests.store.helpers import AFTER, BEFORE, DAY, NO, YES, filled, new, said
from tests.store.strategies import new_answers


def test_new_answers_are_added(path: Path) -> None:
    """They count at once, and undo leaves them alone."""
    with AnswerStore.open(path) as store:
        done = store.take_in([new("ada", "met", YES, BEFORE), new("bob", "met", YES)], today=DAY)

        assert done == Imported(added=2)
        assert [(each.key, each.day, each.imported) for each in store.current()] == [
            ("ada", BEFORE, True),
            ("bob", DAY, True),
        ]
        assert store.undo() is None


def test_the_newer_day_counts_and_the_older_stays_in_the_history(path: Path) -> None:
    """Whichever of them was there before."""
    filled(path, ("ada", "met", True), ("bob", "met", True))
    with AnswerStore.open(path) as store:
        done = store.take_in(
            [new("ada", "met", NO, AFTER), new("bob", "met", NO, BEFORE)], today=DAY
        )

        assert done == Imported(added=2, replaced=1, older=1)
        assert (store.of("ada")["met"], store.of("bob")["met"]) == (False, True)
        assert said(store.current()) == [("bob", "met", True), ("ada", "met", False)]
        assert len(list(store.history())) == 4


def test_the_same_answers_change_nothing(path: Path) -> None:
    """However often they are taken in."""
    told = [new("ada", "met", YES, BEFORE), new("ada", "met", NO, DAY), new("bob", "met", YES)]
    with AnswerStore.open(path) as store:
        store.take_in(told, today=DAY)
        before = list(store.history())

        assert store.take_in(told, today=DAY) == Imported(known=3)
        assert store.take_in(told, today=AFTER) == Imported(known=3)
        assert list(store.history()) == before


def test_an_answer_without_a_day_replaces_another(path: Path) -> None:
    """It is of today, and never before the one that counts."""
    filled(path, ("ada", "met", True))
    with AnswerStore.open(path) as store:
        done = store.take_in([new("ada", "met", NO)], today=BEFORE)

        assert done == Imported(added=1, replaced=1)
        assert [(each.value, each.day) for each in store.current()] == [(False, DAY)]


def test_an_answer_that_was_taken_back_does_not_come_back(path: Path) -> None:
    """Though a history still has it, as it was; a table of what counts brings it back."""
    with AnswerStore.open(path) as store:
        store.answer("ada", "met", value=True, day=DAY)
        store.undo()

        past = attrs.evolve(new("ada", "met", YES, DAY), taken_back=False)
        assert store.take_in([past], today=DAY) == Imported(known=1)
        assert list(store.current()) == []
        assert store.take_in([new("ada", "met", YES, DAY)], today=DAY) == Imported(added=1)
        assert store.of("ada")["met"] is True


def test_a_history_says_what_was_taken_back_elsewhere(path: Path) -> None:
    """The mark is taken over, and what counted before counts again."""
    filled(path, ("ada", "met", True), ("ada", "met", False))
    with AnswerStore.open(path) as store:
        past = attrs.evolve(new("ada", "met", NO, DAY), taken_back=True)

        assert store.take_in([past], today=DAY) == Imported(known=1, taken_back=1)
        assert store.take_in([past], today=DAY) == Imported(known=1)
        assert store.of("ada")["met"] is True


def test_changing_ones_mind_twice_is_kept(path: Path) -> None:
    """Yes, no and yes again are three answers, in a file too."""
    told = [new("ada", "met", value, DAY) for value in (True, False, True)]
    with AnswerStore.open(path) as store:
        assert store.take_in(told, today=DAY) == Imported(added=3, replaced=2)
        assert store.of("ada")["met"] is True
        assert store.take_in(told, today=DAY) == Imported(known=3)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (new("line 3", "met", YES), "no answers are kept under `line 3`"),
        (new("ada", " ", YES), "an answer about `ada` says no fact"),
        (new("ada", "met", float("inf")), "no number past all bounds is kept"),
    ],
)
def test_all_or_nothing(path: Path, wrong: NewAnswer, message: str) -> None:
    """One that cannot be kept keeps the others out."""
    filled(path, ("ada", "met", True))
    with AnswerStore.open(path) as store:
        with pytest.raises(StoreError) as error:
            store.take_in([new("bob", "liked", YES), wrong], today=DAY)

        assert str(error.value).startswith(message)
        assert said(store.history()) == [("ada", "met", True)]
        assert store.facts() == ("met",)


FEW = new_answers(
    st.sampled_from(["ada", "bob", "cy"]),
    st.sampled_from(["met", "would recommend"]),
    st.sampled_from([True, False, 1]),
    st.sampled_from([BEFORE, DAY, AFTER]),
)


@tried(25)
@given(st.lists(FEW, max_size=12), st.lists(FEW, max_size=6))
def test_a_history_moves_to_another_store_as_it_is(
    told: list[NewAnswer], more: list[NewAnswer]
) -> None:
    """And once more changes nothing, nor does it take anything away from what came later."""
    with tempfile.TemporaryDirectory() as folder:
        with AnswerStore.open(Path(folder) / "one.db") as one:
            for each in told:
                one.answer(each.key, each.fact, each.value, day=each.day or DAY)
                if each.taken_back:
                    one.undo()
            history = list(one.history())
        moved = [
            NewAnswer(each.key, each.fact, each.value, each.day, taken_back=each.taken_back)
            for each in history
        ]
        with AnswerStore.open(Path(folder) / "two.db") as two:
            assert two.take_in(moved, today=DAY).added == len(history)
            plain = [attrs.evolve(each, id=0, imported=False) for each in two.history()]
            assert plain == [attrs.evolve(each, id=0) for each in history]
            two.take_in(more, today=DAY)
            later = list(two.history())
            two.take_in(moved, today=DAY)
            two.take_in(more, today=DAY)

            assert list(two.history()) == later


@tried(25)
@given(st.lists(FEW, max_size=8), st.permutations(range(8)))
def test_the_order_in_a_file_matters_within_a_day_alone(
    told: list[NewAnswer], order: list[int]
) -> None:
    """The newest day counts, wherever it stands."""
    days = {(each.key, each.fact): each.day for each in told if not each.taken_back}
    one_a_day = {(each.key, each.fact, each.day): each for each in told}
    rows = list(one_a_day.values())
    shuffled = [rows[at] for at in order if at < len(rows)]
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name, answers in (("one.db", rows), ("two.db", shuffled)):
            with AnswerStore.open(Path(folder) / name) as store:
                store.take_in(answers, today=DAY)
                known = store.known(store.facts())
                found.append({key: dict(answers) for key, answers in known.items()})

    assert found[0] == found[1]
    assert len(days) >= sum(map(len, found[0].values()))
