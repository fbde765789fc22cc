"""Others may use the store of a session meanwhile; it takes back its own answers alone."""

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import attrs
import pytest

from connectrules import Contact
from connectrules.cli.asking.dialogue import Dialogue
from connectrules.cli.asking.screen import Screen
from connectrules.cli.asking.session import Session
from connectrules.cli.asking.stopping import Stops
from connectrules.errors import StoreError
from connectrules.store import AnswerStore
from tests.cli.test_ask_session import DAY, Hand, Model, Setting, _shaped

FACT = "would recommend"
KEYS = ("test:ada", "test:bob", "test:cy")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AnswerStore]:
    """An empty store."""
    with AnswerStore.open(tmp_path / "answers.db") as opened:
        yield opened


@pytest.fixture
def setting() -> Setting:
    """Three contacts about whom one thing is asked."""
    contacts = tuple(Contact(key=key) for key in KEYS)
    return attrs.evolve(_shaped(FACT), contacts=contacts)


def _session(setting: Setting, store: AnswerStore) -> Session:
    return Session(setting.policy, store, setting.explain, setting.find, setting.contacts)


def _answer(session: Session, by: str) -> str:
    asking = session.current()
    assert asking is not None
    session.answer(asking, value=True, day=DAY, by=by)
    return asking.contact.key


def _standing(store: AnswerStore) -> list[str]:
    return [each.key for each in store.history() if not each.taken_back]


def test_b_takes_back_the_answer_of_its_step_and_no_other(
    setting: Setting, store: AnswerStore
) -> None:
    """The one of the last step is gone already: the one before it is not taken in its place."""
    session = _session(setting, store)
    for _ in range(2):
        _answer(session, "Ada")
    store.forget("test:bob")

    found = session.back()

    assert (found.whom and found.whom.key, found.answer, found.is_gone) == ("test:bob", None, True)
    assert _standing(store) == ["test:ada"]
    assert session.back().answer is not None
    assert _standing(store) == []


def test_b_leaves_what_a_session_beside_it_answered(setting: Setting, store: AnswerStore) -> None:
    """Each takes back its own, whoever was later."""
    one, two = _session(setting, store), _session(setting, store)
    assert (_answer(one, "Ada"), _answer(two, "Bob")) == ("test:ada", "test:bob")

    found = one.back()

    assert found.answer is not None
    assert (found.answer.key, found.answer.by) == ("test:ada", "Ada")
    assert _standing(store) == ["test:bob"]


class Pressing(Hand):
    """Does something each time before a key is pressed."""

    def __init__(self, *pressed: tuple[str, Callable[[], object]]) -> None:
        super().__init__([], Model())
        self._left = list(pressed)

    def key(self) -> str:
        """The next key."""
        if not self._left:
            return ""
        key, do = self._left.pop(0)
        do()
        return key


def _talk(setting: Setting, store: AnswerStore, hand: Hand) -> str:
    stream = StringIO()
    session = _session(setting, store)
    Dialogue(session, hand, Screen(stream), Stops(), day=DAY, by="Ada").run()
    return " ".join(stream.getvalue().split())


def test_b_says_where_the_answer_is_gone(setting: Setting, store: AnswerStore) -> None:
    """Somebody took it back by `connectrules answers undo`."""
    seen = _talk(
        setting, store, Pressing(("y", int), ("y", int), ("b", store.undo), ("y", int), ("q", int))
    )

    assert (
        "back to test:bob: the answer to `would recommend` was taken back already, or forgotten"
    ) in seen
    assert _standing(store) == ["test:ada", "test:bob"]


def test_b_before_the_first_question_says_whose_answer_it_takes_back(
    setting: Setting, store: AnswerStore
) -> None:
    """It may be somebody else's, who answers at the same time."""
    store.answer("test:cy", FACT, value=True, day=DAY, by="Bob", session="beside")
    seen = _talk(setting, store, Pressing(("b", int)))

    assert (
        "took back the answer about test:cy: `would recommend` was yes, given by Bob on 2026-11-22"
    ) in seen


def test_who_is_forgotten_while_asked_about_is_left(setting: Setting, store: AnswerStore) -> None:
    """It is told, and the next is asked about."""
    hand = Pressing(("y", lambda: store.forget("test:ada")), ("y", int), ("y", int))
    seen = _talk(setting, store, hand)

    assert "> not kept `test:ada` was forgotten, and nothing is kept about them" in seen
    assert _standing(store) == ["test:bob", "test:cy"]


def test_where_an_answer_cannot_be_kept_the_question_stays(
    setting: Setting, store: AnswerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program may hold the store for long; the key can be pressed again."""
    real = store.answer

    def held() -> None:
        def answer(*_: object, **__: object) -> int:
            monkeypatch.setattr(store, "answer", real)
            message = "the store is in use"
            raise StoreError(message, store.path, ("try again",))

        monkeypatch.setattr(store, "answer", answer)

    seen = _talk(setting, store, Pressing(("y", held), ("y", int)))

    assert "> not kept the store is in use try again y yes" in seen
    assert _standing(store) == ["test:ada"]


def test_in_a_pipe_an_answer_that_cannot_be_kept_ends_it(
    setting: Setting, store: AnswerStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes next was meant for another question."""
    hand = Pressing(("y", lambda: store.forget("test:ada")), ("y", int))
    monkeypatch.setattr(hand, "patient", False, raising=False)

    with pytest.raises(StoreError, match="was forgotten"):
        _talk(setting, store, hand)
    assert _standing(store) == []
