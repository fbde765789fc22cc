"""A session of questions: what is asked now, what was answered, and the way back."""

import datetime
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from connectrules.cli.answers_file import about
from connectrules.cli.asking.survey import askable
from connectrules.cli.words import called, cut
from connectrules.errors import ContactError
from connectrules.explanation import Explanation, Question
from connectrules.policy import Policy
from connectrules.render.cells import harmless
from connectrules.rules.tree import Subject
from connectrules.schema.contact import Answers, Contact
from connectrules.store import AnswerStore, StoredAnswer, Value
from connectrules.verdict import Decision

Explain = Callable[[Contact, Mapping[str, Any]], Explanation]
"""From a contact and the answers about it to the verdict, and why."""
_LONGEST_NAME = 100
_LONGEST_QUESTION = 10_000
"""How many characters of a question can be kept with its answer."""


@attrs.frozen
class Asking:
    """What is asked.

    Attributes:
        contact: Whom it is about.
        subject: The fact.
        question: The question, and what its answers lead to.
        explanation: What is known, and what it is asked for.
    """

    contact: Contact
    subject: Subject
    question: Question
    explanation: Explanation

    @property
    def words(self) -> str:
        """The question as it is put: the policy's own, else the fact beside the name.

        A name of any length fits in, or nothing could be kept about whoever has it.
        """
        name = called(self.contact)
        words = harmless(self.question.question or f"{name}: {self.question.fact}?")
        return cut(words.replace(name, cut(name, _LONGEST_NAME)), _LONGEST_QUESTION)


@attrs.frozen
class Back:
    """What came of going back.

    Attributes:
        whom: Whom the question before is about; None where there is no way back.
        fact: Which fact it asks for.
        answer: The answer that was taken back; None where the question was skipped.
        is_gone: Whether somebody else had taken back or forgotten the answer before.
        is_before: Whether the answer is not of this session, but was given last before.
        other: The answer given last, where it is about somebody or something that is not
            here, and was left.
    """

    whom: Contact | None = None
    fact: str = ""
    answer: StoredAnswer | None = None
    is_gone: bool = False
    is_before: bool = False
    other: StoredAnswer | None = None


@attrs.frozen
class Outcome:
    """What came of a contact.

    Attributes:
        found: The verdict and why, or what keeps it from being judged.
        waits_for: The facts of the owner that it waits for, where it waits for no other.
    """

    found: Explanation | ContactError
    waits_for: tuple[str, ...] = ()


@attrs.frozen
class Done:
    """What came of a session.

    Attributes:
        answered: How many answers were given, and not taken back.
        settled: The decisions about those who were undecided before.
        reopened: How many were decided about before and no longer are.
        wrong: What keeps those from being judged who could be before.
        seen: The keys of all that were looked at.
        waiting: The facts of the owner that contacts wait for alone, by key.
        unsure: The keys of those that nobody can say more about.
    """

    answered: int
    settled: tuple[Decision, ...]
    reopened: int
    wrong: tuple[ContactError, ...]
    seen: frozenset[str]
    waiting: Mapping[str, tuple[str, ...]]
    unsure: frozenset[str]


@attrs.frozen
class _Step:
    """A question that was answered, or skipped: then the answer is None, else its number."""

    key: str
    fact: str
    answer: int | None


class Session:
    """Goes through contacts, one at a time, and saves each answer as it is given."""

    def __init__(
        self,
        policy: Policy[Contact],
        store: AnswerStore,
        explain: Explain,
        find: Callable[[str], Contact | None],
        contacts: Sequence[Contact],
    ) -> None:
        """Nothing asked yet.

        Args:
            policy: The policy.
            store: Where answers are kept.
            explain: Judges a contact.
            find: From a key to the contact, be it one of *contacts* or settled already.
            contacts: Those to ask about, in order.
        """
        self._policy, self._store, self._explain, self._find = policy, store, explain, find
        self._contacts = list(contacts)
        self._at = 0
        self._name = secrets.token_hex(8)
        self._subjects = {subject.name: subject for subject in policy.facts}
        self._about = {about(subject.name) for subject in policy.facts}
        self._steps: list[_Step] = []
        self._skipped: set[tuple[str, str]] = set()
        self._abandoned: set[str] = set()
        self._again: str | None = None
        self._settled_before: set[str] = set()
        self._outcomes: dict[str, Explanation | ContactError] = {}

    @property
    def left(self) -> int:
        """How many are still to be asked about."""
        return len(self._contacts) - self._at

    @property
    def settled(self) -> tuple[Decision, ...]:
        """The decisions about those who were undecided before."""
        found = ((key, _decision(each)) for key, each in self._outcomes.items())
        return tuple(
            decision
            for key, decision in found
            if decision is not None and key not in self._settled_before
        )

    @property
    def has_way_back(self) -> bool:
        """Whether there is an answer, of this session or one before, to take back."""
        return bool(self._steps) or self._store.last() is not None

    def current(self) -> Asking | None:
        """What to ask now; None where there is nothing more."""
        while self._at < len(self._contacts):
            contact = self._contacts[self._at]
            asking = self._asking(contact, self._look(contact))
            if asking is not None:
                return asking
            self._at += 1
            self._again = None
        return None

    def outcome(self, contact: Contact) -> Outcome:
        """What was found when *contact* was looked at last."""
        found = self._outcomes[contact.key]
        return Outcome(found, self._waits_for(found))

    def answer(
        self, asking: Asking, value: Value, *, day: datetime.date, by: str | None = None
    ) -> None:
        """Save *value* as the answer to what was asked; it is safe when this returns."""
        key, fact = asking.contact.key, asking.question.fact
        number = self._store.answer(
            key, fact, value, question=asking.words, by=by, day=day, session=self._name
        )
        self._take(_Step(key, fact, number))

    def abandon_forgotten(self, asking: Asking) -> bool:
        """Ask no more about whoever somebody forgot meanwhile; whether that is so."""
        if not self._store.is_forgotten(asking.contact.key):
            return False
        self._abandoned.add(asking.contact.key)
        return True

    def skip(self, asking: Asking) -> None:
        """Leave what was asked for another session."""
        key, fact = asking.contact.key, asking.question.fact
        self._skipped.add((key, fact))
        self._take(_Step(key, fact, None))

    def back(self) -> Back:
        """Go back to the question before; the answer to it is taken back.

        Before the first question that is the answer given last, in a session before.
        """
        return self._one_back() if self._steps else self._back_before()

    def done(self) -> Done:
        """What came of it all."""
        wrong = [each for each in self._outcomes.values() if isinstance(each, ContactError)]
        waiting = {key: self._waits_for(each) for key, each in self._outcomes.items()}
        return Done(
            answered=sum(step.answer is not None for step in self._steps),
            settled=self.settled,
            reopened=sum(_decision(self._outcomes[key]) is None for key in self._settled_before),
            wrong=tuple(wrong),
            seen=frozenset(self._outcomes),
            waiting={key: facts for key, facts in waiting.items() if facts},
            unsure=frozenset(key for key, each in self._outcomes.items() if _is_unsure(each)),
        )

    # Within

    def _take(self, step: _Step) -> None:
        self._steps.append(step)
        self._again = None

    def _look(self, contact: Contact) -> Explanation | ContactError:
        """The verdict on *contact*, with the answers there are by now; others may give some."""
        told = self._store.of(contact.key)
        here = {said: value for said, value in told.items() if about(said) in self._about}
        try:
            found: Explanation | ContactError = self._explain(contact, Answers(here, told.origins))
        except ContactError as error:
            found = error
        self._outcomes[contact.key] = found
        return found

    def _asking(self, contact: Contact, found: Explanation | ContactError) -> Asking | None:
        if isinstance(found, ContactError) or contact.key in self._abandoned:
            return None
        open_ = {
            fact
            for fact in askable(self._policy, found.verdict)
            if (contact.key, fact) not in self._skipped
        }
        questions = [each for each in found.what_next if each.fact in open_]
        # What was asked before is asked again, though another question may be as good.
        questions.sort(key=lambda each: each.fact != self._again)
        if not questions:
            return None
        return Asking(contact, self._subjects[questions[0].fact], questions[0], found)

    def _waits_for(self, found: Explanation | ContactError) -> tuple[str, ...]:
        """The facts of the owner that *found* waits for, where it waits for no other."""
        if isinstance(found, ContactError) or askable(self._policy, found.verdict):
            return ()
        return found.verdict.ask

    def _one_back(self) -> Back:
        step = self._steps[-1]
        taken = None if step.answer is None else self._store.take_back(step.answer)
        # Where that failed, the step stays.
        self._steps.pop()
        self._skipped.discard((step.key, step.fact))
        self._at = next(place for place, each in enumerate(self._contacts) if each.key == step.key)
        self._again = step.fact
        is_gone = taken is None and step.answer is not None
        return Back(self._contacts[self._at], step.fact, taken, is_gone)

    def _back_before(self) -> Back:
        last = self._store.last()
        if last is None:
            return Back()
        fact = next((name for name in self._subjects if about(name) == about(last.fact)), None)
        contact = self._find(last.key) if fact is not None else None
        if contact is None or fact is None:
            return Back(other=last)
        if contact.key not in self._outcomes:
            found = self._look(contact)
            if _decision(found) is not None:
                self._settled_before.add(contact.key)
        taken = self._store.take_back(last.id)
        self._come_to(contact)
        self._again = fact
        return Back(contact, fact, taken, is_gone=taken is None, is_before=True)

    def _come_to(self, contact: Contact) -> None:
        """Ask about *contact* now, and then go on from here."""
        place = next(
            (at for at, each in enumerate(self._contacts) if each.key == contact.key), None
        )
        if place is not None:
            del self._contacts[place]
            self._at -= place < self._at
        self._contacts.insert(self._at, contact)


def _decision(found: Explanation | ContactError) -> Decision | None:
    """The decision, if there is one."""
    if isinstance(found, ContactError) or found.verdict.decision is Decision.UNDECIDED:
        return None
    return found.verdict.decision


def _is_unsure(found: Explanation | ContactError) -> bool:
    return (
        isinstance(found, Explanation)
        and found.verdict.decision is Decision.UNDECIDED
        and not found.verdict.ask
    )
