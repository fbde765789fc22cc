"""Whatever is pressed, the store holds the answers that were left standing, and no others."""

import datetime
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from io import StringIO
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from connectrules import UNSURE, Contact, Decision, Explanation, Policy
from connectrules.cli.asking.dialogue import Dialogue
from connectrules.cli.asking.forms import Form, form
from connectrules.cli.asking.keys import END
from connectrules.cli.asking.screen import Screen
from connectrules.cli.asking.session import Asking, Session
from connectrules.cli.asking.stopping import Stops
from connectrules.cli.asking.survey import askable
from connectrules.errors import ContactError
from connectrules.schema.types import Unfit
from connectrules.store import AnswerStore
from tests.property.model import Case
from tests.property.running import parsed, tried
from tests.property.strategies import case
from tests.property.universe import given

DAY = datetime.date(2026, 11, 22)
TYPED = ("", "0", "1", "3", "5,000", "-3.5", "many", "uk", '"u"', "none", "craft, honesty", "5k")
LINES = (*TYPED, "2020-02-29", "2026-05-22", "\x1b[A", "u", "s", "b", "?")
KEYS = ("y", "n", "Y", "n", "1", "2", "u", "s", "s", "b", "b", "?", "x")
PRESSES = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(LINES)), max_size=40)
SHAPES = (
    "AT LEAST 2 OF (would recommend; met in person; is kind; is a recruiter)",
    "followers is at least 3 AND (is kind OR followers is more than 4,000) AND would recommend",
    'EXACTLY 1 OF (relationship is "client"; is kind; met on is after 2024-01-01)',
    'values include any of "craft", "honesty" OR (met in person AND NOT headline mentions "uk")',
    "followers is more than following OR (is kind AND followers is at least 1)",
)
DECLARED = """
ASK is kind: "Is {name} kind?"
ASK is a recruiter: "Is {name} a recruiter?"
FACT relationship: one of "client", "journalist", "peer"
FACT met on: date
CONNECT WHEN """


@attrs.define
class Model:
    """What should be in the store, worked out by itself.

    Attributes:
        answers: The answers left standing, in order: key, fact, value.
        steps: Of this session, the key and the fact of each thing done, and whether it was
            an answer.
        again: Whom and what was gone back to just now.
    """

    answers: list[tuple[str, str, Any]] = attrs.field(factory=list)
    steps: list[tuple[str, str, bool]] = attrs.field(factory=list)
    again: tuple[str, str] | None = None

    def about(self, key: str) -> dict[str, object]:
        """The answers about *key*."""
        return {fact: value for whom, fact, value in self.answers if whom == key}

    def skipped(self, key: str) -> set[str]:
        """The facts of *key* that were skipped in this session."""
        return {fact for whom, fact, is_answer in self.steps if whom == key and not is_answer}

    def press(self, asking: Asking | None, typed: str) -> None:
        """See what is typed as something is asked, or when there is no more to ask."""
        pressed = typed.lower() if len(typed) == 1 else typed
        if pressed == "b":
            self._back()
            return
        if asking is None:
            return
        key, fact, how = asking.contact.key, asking.question.fact, form(asking.subject)
        if pressed == "s":
            self.steps.append((key, fact, False))
        elif pressed != "?":
            value = UNSURE if pressed == "u" else _meant(how, pressed)
            if value is not None:
                self.answers.append((key, fact, value))
                self.steps.append((key, fact, True))

    def _back(self) -> None:
        if self.steps:
            key, fact, is_answer = self.steps.pop()
            self.again = key, fact
            if is_answer:
                self.answers.pop()
        elif self.answers:
            key, fact, _ = self.answers.pop()
            self.again = key, fact


def _meant(how: Form, typed: str) -> Any:  # noqa: ANN401 - values are of any type
    """The value that *typed* is; None where it is none."""
    if not how.is_typed:
        return how.keys.get(typed)
    try:
        return how.read(typed)
    except Unfit:
        return None


class Hand:
    """A keyboard on which random keys are pressed; the model sees them too."""

    patient = True
    echoes = True
    where = None

    def __init__(self, presses: list[tuple[str, str]], model: Model) -> None:
        self._presses, self._model = presses, model
        self.asking: Asking | None = None

    def ready(self) -> AbstractContextManager[object]:
        """Nothing to prepare."""
        return nullcontext()

    def fresh(self) -> None:
        """Nothing was pressed early."""

    def key(self) -> str:
        """A random key."""
        return self._pressed(0) or END

    def line(self) -> str | None:
        """A random line."""
        return self._pressed(1)

    def _pressed(self, which: int) -> str | None:
        if not self._presses:
            return None
        typed = self._presses.pop()[which]
        self._model.press(self.asking, typed)
        return typed


@attrs.frozen
class Setting:
    """A policy, contacts, and what judges them."""

    policy: Policy[Contact]
    contacts: tuple[Contact, ...]
    me: Contact
    today: datetime.date

    def explain(self, contact: Contact, answers: Mapping[str, Any]) -> Explanation:
        """The verdict on *contact*, and why."""
        return self.policy.explain(contact, me=self.me, today=self.today, answers=answers)

    def find(self, key: str) -> Contact | None:
        """The contact with *key*."""
        return next((each for each in self.contacts if each.key == key), None)


class Watched(Screen):
    """A screen that sees to it that what is asked can still change the decision."""

    def __init__(self, setting: Setting, hand: Hand, model: Model) -> None:
        super().__init__(StringIO())
        self._setting, self._hand, self._model = setting, hand, model

    def question(self, asking: Asking, form: Form) -> None:
        """See *asking*."""
        key, fact = asking.contact.key, asking.question.fact
        verdict = self._setting.explain(asking.contact, self._model.about(key)).verdict
        assert fact in verdict.ask
        assert fact not in self._model.skipped(key)
        if self._model.again is not None:
            assert (key, fact) == self._model.again
            self._model.again = None
        self._hand.asking = asking
        super().question(asking, form)

    def over(self) -> None:
        """See that there is no more to ask."""
        self._hand.asking = None
        super().over()


def _setting(each: Case) -> Setting:
    """Three contacts: that of *each*, one of whom nothing is known, and one of whom half is."""
    policy = parsed(each)
    contact, context = given(each)
    half = {name: value for at, (name, value) in enumerate(each.contact.items()) if at % 2}
    other, _ = given(attrs.evolve(each, contact=half, answered=frozenset()))
    contacts = (
        attrs.evolve(contact, key="test:ada"),
        Contact(key="test:bob", name="Bob"),
        attrs.evolve(other, key="test:cy"),
    )
    return Setting(policy, contacts, context["me"], each.today)


def _shaped(condition: str) -> Setting:
    """Four contacts of whom little is known, one of them settled."""
    policy = Policy.parse(f"{DECLARED}{condition} OTHERWISE DECLINE")
    known: dict[str, Any] = {"would_recommend": True, "followers": 5_000, "headline": "PR"}
    contacts = (
        Contact(key="test:ada", followers=0, following=3, would_recommend=True),
        Contact(key="test:bob"),
        Contact(key="test:cy", name="Cy", values=("craft",), other={"is kind": True}),
        Contact(key="test:di", **known),
    )
    return Setting(policy, contacts, Contact(key="test:me"), DAY)


@contextmanager
def _store() -> Iterator[AnswerStore]:
    with (
        tempfile.TemporaryDirectory() as folder,
        AnswerStore.open(Path(folder) / "answers.db") as store,
    ):
        yield store


def _require_finished(setting: Setting, model: Model, contact: Contact) -> None:
    """See that *contact* is settled, or waits for what was skipped alone."""
    try:
        verdict = setting.explain(contact, model.about(contact.key)).verdict
    except ContactError:
        return
    if verdict.decision is Decision.UNDECIDED:
        assert set(askable(setting.policy, verdict)) <= model.skipped(contact.key)


@pytest.mark.once
@tried(60)
@drawn(
    st.sampled_from(SHAPES).map(_shaped) | case().map(_setting),
    st.lists(PRESSES, min_size=1, max_size=3),
)
def test_a_session_leaves_the_answers_that_were_not_taken_back(
    setting: Setting, sessions: list[list[tuple[str, str]]]
) -> None:
    """Over several sessions with one store; each question could still change the decision."""
    model = Model()
    with _store() as store:
        for presses in sessions:
            model.steps.clear()
            hand = Hand(presses, model)
            session = Session(
                setting.policy, store, setting.explain, setting.find, setting.contacts
            )
            screen = Watched(setting, hand, model)
            Dialogue(session, hand, screen, Stops(), day=DAY, by="Ada").run()

            for contact in setting.contacts:
                assert dict(store.of(contact.key)) == model.about(contact.key)
            assert session.done().answered == sum(is_answer for _, _, is_answer in model.steps)
            if session.current() is None:
                for contact in setting.contacts:
                    _require_finished(setting, model, contact)
        with _store() as other:
            for key, fact, value in model.answers:
                other.answer(key, fact, value, day=DAY)
            facts = [fact.name for fact in setting.policy.facts]
            assert dict(store.known(facts)) == dict(other.known(facts))


def test_nobody_is_passed_over() -> None:
    """Going back to somebody who was settled meanwhile leaves all others to be asked about."""
    setting = _shaped("would recommend")
    contacts = (Contact(key="test:ada"), Contact(key="test:bob"), Contact(key="test:cy"))
    setting = attrs.evolve(setting, contacts=contacts)
    with _store() as store:
        session = Session(setting.policy, store, setting.explain, setting.find, contacts)
        store.answer("test:ada", "would recommend", value=True, day=DAY)
        asked = []
        for step in ("", "back", "answer", "answer", "answer"):
            if step == "back":
                session.back()
            asking = session.current()
            asked.append(asking and asking.contact.key)
            if step == "answer" and asking is not None:
                session.answer(asking, value=True, day=DAY)

    assert asked == ["test:bob", "test:ada", "test:ada", "test:bob", "test:cy"]


class Meddler(Hand):
    """Somebody else keeps an answer, while a key is pressed."""

    def __init__(self, store: AnswerStore, key: str) -> None:
        super().__init__([], Model())
        self._store, self._keys = store, [key]

    def key(self) -> str:
        """The key, once."""
        if not self._keys:
            return END
        self._store.answer("test:ada", "followers", 7, day=DAY)
        return self._keys.pop()


@pytest.mark.parametrize("key", ["y", "s"])
def test_an_answer_of_somebody_elses_that_contradicts_is_told(key: str) -> None:
    """The contact can no longer be judged; the others are asked about."""
    setting = _shaped("would recommend AND followers is at least 10")
    contacts = (Contact(key="test:ada", followers=500), Contact(key="test:bob", followers=500))
    setting = attrs.evolve(setting, contacts=contacts)
    stream = StringIO()
    with _store() as store:
        session = Session(setting.policy, store, setting.explain, setting.find, contacts)
        hand = Meddler(store, key)
        Dialogue(session, hand, Screen(stream), Stops(), day=DAY, by=None).run()
        done = session.done()

    assert (
        "  → could not be judged, the answer to `followers` is `7`, and the contact says\n"
        "    `500`\n"
    ) in stream.getvalue()
    assert "test:bob: would recommend?" in stream.getvalue()
    assert [each.code for each in done.wrong] == ["CR506"]
