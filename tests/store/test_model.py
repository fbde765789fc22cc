"""The store does what a list in memory does, whatever is done to it and in whatever order."""

import datetime
import tempfile
from pathlib import Path

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from connectrules.store import AnswerStore, Imported, NewAnswer, StoredAnswer, StoreError, Value
from tests.property.running import tried
from tests.store.strategies import VALUES

KEYS = st.sampled_from(["ada", "bob", "linkedin:cy/example", "dée"])
FACTS = st.sampled_from(["met", "would recommend", 'worked at "Acme"'])
DAYS = st.integers(1, 9).map(lambda day: datetime.date(2026, 11, day))
SESSIONS = st.sampled_from([None, "one", "two"])


class Model(RuleBasedStateMachine):
    """A store, and what should be in it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "answers.db"
        self.answers: list[StoredAnswer] = []
        self.forgotten: set[str] = set()
        self.last = 0

    @initialize()
    def begin(self) -> None:
        """Make the store."""
        self.store = AnswerStore.open(self.path)

    def teardown(self) -> None:
        """Take it away."""
        self.store.close()
        self.folder.cleanup()

    @rule()
    def reopen(self) -> None:
        """As the next day does."""
        self.store.close()
        self.store = AnswerStore.open(self.path, create=False)

    @rule(key=KEYS, fact=FACTS, value=VALUES, day=DAYS, session=SESSIONS)
    def answer(
        self, key: str, fact: str, value: Value, day: datetime.date, session: str | None
    ) -> None:
        """Save one."""
        if key in self.forgotten:
            with pytest.raises(StoreError, match="was forgotten, and nothing is kept about them"):
                self.store.answer(key, fact, value, day=day)
            return
        number = self.store.answer(key, fact, value, day=day, session=session)
        before = self.counting(key, fact)
        kept = max(day, before.day) if before else day
        assert number > self.last
        self.last = number
        self.answers.append(StoredAnswer(number, key, fact, value, kept, session=session))

    @rule(key=KEYS, fact=FACTS, value=VALUES, day=DAYS)
    def take_in(self, key: str, fact: str, value: Value, day: datetime.date) -> None:
        """One from a file."""
        self.taken_in(key, fact, value, day)

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def take_in_again(self, data: st.DataObject) -> None:
        """One that the store has, or had until it was taken back or replaced."""
        each = data.draw(st.sampled_from(self.answers))
        self.taken_in(each.key, each.fact, each.value, each.day)

    def taken_in(self, key: str, fact: str, value: Value, day: datetime.date) -> None:
        """Take an answer in, and say what should come of it."""
        done = self.store.take_in([NewAnswer(key, fact, value, day)], today=day)
        if key in self.forgotten:
            assert done == Imported(forgotten=1)
            return
        # What the table says counts, unless there is an answer of a newer day.
        counts = self.store.of(key)[fact]
        told = (key, fact, repr(value), day)
        there = any((e.key, e.fact, repr(e.value), e.day) == told for e in self.answers)
        before = self.counting(key, fact)
        newer = before is not None and before.day > day
        assert newer or repr(counts) == repr(value)
        if there and before and (newer or repr(before.value) == repr(value)):
            assert done == Imported(known=1)
            return
        assert done.added == 1
        self.last = max(each.id for each in self.store.history())
        self.answers.append(StoredAnswer(self.last, key, fact, value, day, imported=True))

    @rule(session=SESSIONS)
    def undo(self, session: str | None) -> None:
        """Take the last back, if there is one."""
        mine = [
            each
            for each in self.answers
            if not (each.taken_back or each.imported) and session in {None, each.session}
        ]
        taken = self.store.undo(session)
        if not mine:
            assert taken is None
            return
        expected = attrs.evolve(mine[-1], taken_back=True)
        assert taken == expected
        self.answers[self.answers.index(mine[-1])] = expected

    @rule(key=KEYS)
    def forget(self, key: str) -> None:
        """Erase everything of somebody."""
        erased = self.store.forget(key)
        assert erased == sum(each.key == key for each in self.answers)
        self.answers = [each for each in self.answers if each.key != key]
        self.forgotten.add(key)

    @rule(key=KEYS)
    def lift(self, key: str) -> None:
        """Let them come back."""
        assert self.store.lift(key) == (key in self.forgotten)
        self.forgotten.discard(key)

    @invariant()
    def history_is_the_same(self) -> None:
        """To the last detail, values by their types too."""
        found = list(self.store.history())
        assert found == self.answers
        assert [repr(each.value) for each in found] == [repr(each.value) for each in self.answers]

    @invariant()
    def what_counts_is_the_same(self) -> None:
        """Asked in all the ways there are."""
        counting: dict[str, dict[str, Value]] = {}
        for each in self.answers:
            last = self.counting(each.key, each.fact)
            if last is not None:
                counting.setdefault(each.key, {})[each.fact] = last.value
        known = self.store.known(self.store.facts())
        current: dict[str, dict[str, Value]] = {}
        for each in self.store.current():
            current.setdefault(each.key, {})[each.fact] = each.value

        assert {key: dict(told) for key, told in known.items()} == counting
        assert current == counting
        for key in ("ada", "bob"):
            assert dict(self.store.of(key)) == counting.get(key, {})

    @invariant()
    def who_was_forgotten_is_known(self) -> None:
        """And nobody else is taken for them."""
        everybody = ("ada", "bob", "linkedin:cy/example", "dée", "eve")
        assert self.store.forgotten(everybody) == self.forgotten

    def counting(self, key: str, fact: str) -> StoredAnswer | None:
        """The answer that counts."""
        mine = [
            each
            for each in self.answers
            if (each.key, each.fact) == (key, fact) and not each.taken_back
        ]
        return max(mine, key=lambda each: (each.day, each.id)) if mine else None


Model.TestCase.settings = settings(tried(30), stateful_step_count=30)
TestModel = pytest.mark.once(Model.TestCase)
