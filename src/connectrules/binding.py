"""A policy bound to an owner, a day and answers: where its facts are found, and its programs."""

import datetime
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property, partial
from typing import Any

import attrs

from connectrules.diagnostics import Diagnostic
from connectrules.errors import AnswerError, ContactError, ContextError
from connectrules.exact.variables import BoundRule
from connectrules.explanation import Explanation
from connectrules.plainly import Plainly
from connectrules.program import Answered, Program
from connectrules.reading import Reading, Slot, about_me, answering, apart, as_mine, called, read
from connectrules.resolve.phrases import Sentence
from connectrules.resolve.resolved import Resolved
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Mine, Spoken, Subject, Test, Window, subjects, tallied
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.syntax.words import sentence
from connectrules.verdict import Decision, Verdict

Answers = Mapping[str, Any]
"""Values of facts, or of phrases with their literals, by their sentence."""

Again = Callable[[Mapping[str, Reading], datetime.date | None], Program]
"""From the owner's facts and the day to a program."""

_MOST_PROGRAMS = 16
_MOST_NAMES = 4_096


@attrs.frozen
class Bound:
    """A policy as it stands for one judging.

    Attributes:
        program: What judges.
        answers: The contact's answers, by the facts' keys.
        mine: The owner's facts, by their keys; the program may have been made for
            another owner of whom the same is known.
    """

    program: Program
    answers: Answered
    mine: Mapping[str, Reading]


class Binding:
    """What a policy works out once; it holds no contact.

    Args:
        resolved: What the policy says.
        default: What OTHERWISE decides.
        vocabulary: The vocabulary it was parsed with.
        again: What makes a program of this policy in another process.
    """

    def __init__(
        self,
        resolved: Resolved,
        default: Decision,
        vocabulary: Vocabulary[Any],
        again: Again | None = None,
    ) -> None:
        self.resolved, self.default, self.vocabulary = resolved, default, vocabulary
        self._again = again
        self.rules = bound_rules(resolved)
        self.plainly = Plainly()
        self._lock = threading.Lock()
        self._programs: dict[object, Program] = {}
        self._named: dict[str, Subject | Mine] = {}

    # What the rules speak of

    @cached_property
    def tests(self) -> tuple[Test, ...]:
        """The tests of the rules, each once."""
        return tuple(test for test, _ in tallied([rule.condition for rule in self.rules]))

    @cached_property
    def needs_me(self) -> Test | None:
        """The first test that needs the owner's record, if one does."""
        return next((test for test in self.tests if _mine(test)), None)

    @cached_property
    def needs_today(self) -> Test | None:
        """The first test that needs the day of judging, if one does."""
        return next(
            (t for t in self.tests if any(isinstance(each, Window) for each in t.operands)), None
        )

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        """Where each fact of a contact that the rules speak of is found."""
        assumed = self.resolved.assumed
        found: dict[Subject, None] = {}
        for test in self.tests:
            found.update((each, None) for each in subjects(test) if not isinstance(each, Mine))
        return tuple(self._slot(subject, assumed.get(subject)) for subject in found)

    @cached_property
    def mine(self) -> tuple[Slot, ...]:
        """Where each fact of the owner that the rules speak of is found."""
        found = {fact.key: fact for test in self.tests for fact in _mine(test)}
        return tuple(self._slot(fact) for fact in found.values())

    def _slot(self, subject: Subject, assumed: object = None) -> Slot:
        if isinstance(subject, Spoken):
            return Slot(subject, call=answering(subject), assumed=assumed)
        if subject.attribute is not None:
            return Slot(subject, attribute=subject.attribute, assumed=assumed)
        other = subject.slot if self.vocabulary.keeps_other else None
        return Slot(subject, other=other, assumed=assumed)

    # Programs

    @cached_property
    def plain(self) -> Program | None:
        """The one program, where the policy needs neither an owner nor a day."""
        if self.needs_me or self.needs_today:
            return None
        program = self._program({}, None)
        self.plainly.begin(program)
        return program

    def bound(self, me: object, today: datetime.date | None, answers: Answers) -> Bound:
        """The policy for *me* and *today*, with *answers* about a contact.

        Raises:
            ContextError: Where the policy needs *me* or *today* and has none.
            AnswerError: Where an answer names no known fact.
            ContactError: Where an answer contradicts what *me* says.
        """
        contact, owner = self.answered(answers)
        if self.plain is not None:
            return Bound(self.plain, contact, {})
        day = self._day(today)
        mine = self._owner(me, owner)
        return Bound(self.program(mine, day), contact, mine)

    def standing(self, me: object, today: datetime.date | None) -> Program:
        """What judges for *me* and *today* where there are no answers; see `bound`."""
        if self.plain is not None:
            return self.plain
        day = self._day(today)
        return self.program(self._owner(me, {}), day)

    def program(self, mine: Mapping[str, Reading], day: datetime.date | None) -> Program:
        """What judges for an owner of whom *mine* is known, on a *day*."""
        if self.plain is not None:
            return self.plain
        key = (day, *[(name, each.ready, each.fault, each.unsure) for name, each in mine.items()])
        found = self._programs.get(key)
        if found is None:
            bare = {name: attrs.evolve(each, raw=None, where=None) for name, each in mine.items()}
            found = self._program(bare, day)
            with self._lock:
                if len(self._programs) >= _MOST_PROGRAMS:
                    self._programs.clear()
                self._programs[key] = found
        return found

    def again(
        self, mine: Mapping[str, Reading], day: datetime.date | None
    ) -> Callable[[], Program] | None:
        """What makes a program of this policy in another process, if anything can."""
        return None if self._again is None else partial(self._again, mine, day)

    def _program(self, mine: Mapping[str, Reading], day: datetime.date | None) -> Program:
        known = {name: each.ready for name, each in mine.items() if each.ready is not None}
        return Program(
            rules=self.rules,
            default=self.default,
            because=self.resolved.because,
            slots=self.slots,
            mine=mine,
            context=Context(known, day),
            record=self.vocabulary.record,
            describe=self.describe,
            again=self.again(mine, day),
        )

    def describe(self, contact: object) -> str:
        """What *contact* is called: its key, else its name.

        Raises:
            TypeError: Where it is no record of the vocabulary's class.
        """
        record = self.vocabulary.record
        if not isinstance(contact, record):
            msg = (
                f"this policy judges records of `{record.__name__}`, and was given "
                f"a `{type(contact).__name__}`"
            )
            raise TypeError(msg)
        return called(contact)

    def _day(self, today: datetime.date | None) -> datetime.date | None:
        if self.needs_today is None:
            return None
        if today is None:
            raise _missing(self.needs_today, "today", "a length of time", "today=date(2026, 1, 31)")
        if isinstance(today, datetime.datetime):
            return today.date()
        if not isinstance(today, datetime.date):
            msg = f"`today` must be a date, and is `{today!r}`"
            raise TypeError(msg)
        return today

    def _owner(self, me: object, answers: Answered) -> dict[str, Reading]:
        if self.needs_me is None:
            return {}
        if me is None:
            raise _missing(self.needs_me, "me", "a fact of your own", "me=…, your own record")
        self.describe(me)
        try:
            readings = read(me, self.mine, answers, contact="me", assuming=False)
        except ContactError as error:
            raise about_me(error) from None
        return {
            slot.subject.key: apart(as_mine(reading))
            for slot, reading in zip(self.mine, readings, strict=True)
        }

    # Judging

    def judge_all(
        self,
        contacts: Iterable[Any],
        me: object,
        today: datetime.date | None,
        answers: Mapping[str, Answers],
    ) -> Iterator[Verdict | ContactError]:
        """The verdict, or what is wrong, for each of *contacts*; *answers* are by their keys.

        Raises:
            ContextError: As `bound` does, and AnswerError, before the first is judged.
        """
        program = self.standing(me, today)
        for given in answers.values():
            self.check(given)
        if not answers:
            return program.judge_each(iter(contacts))
        return (
            self._judged(program, contact, me, today, answers.get(called(contact)))
            for contact in contacts
        )

    def _judged(
        self,
        program: Program,
        contact: object,
        me: object,
        today: datetime.date | None,
        answers: Answers | None,
    ) -> Verdict | ContactError:
        try:
            if not answers:
                return program.judge(contact)
            bound = self.bound(me, today, answers)
            return bound.program.settle(contact, bound.answers).verdict
        except ContactError as error:
            return error

    def explain(
        self, contact: object, me: object, today: datetime.date | None, answers: Answers
    ) -> Explanation:
        """The verdict on *contact* and why it is so; it raises as `bound` and judging do."""
        bound = self.bound(me, today, answers)
        name = getattr(contact, "name", None)
        key = called(contact)
        shown = name if isinstance(name, str) and name else key
        return _explained()(bound.program, contact, bound.answers, bound.mine, key, shown)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is allowed in the policy and probably not meant."""
        from connectrules import lint  # noqa: PLC0415 - few ask for them

        return tuple(lint.check(self.resolved, self.rules))

    # Answers

    def answered(self, answers: Answers) -> tuple[Answered, Answered]:
        """*answers* by the facts' keys: the contact's, and the owner's."""
        self.check(answers)
        contact: dict[str, tuple[object, str | None]] = {}
        owner: dict[str, tuple[object, str | None]] = {}
        origins = getattr(answers, "origins", {})
        for said, value in answers.items():
            subject = self.named(said)
            where = origins.get(said, "answers")
            given, key = (
                (owner, subject.fact.key) if isinstance(subject, Mine) else (contact, subject.key)
            )
            if key in given and given[key][0] != value:
                msg = f"`{subject.name}` is answered twice, and not alike"
                raise AnswerError(msg, said)
            given[key] = value, where
        return contact, owner

    def check(self, answers: object) -> None:
        """Raise TypeError or AnswerError where *answers* are no answers to this policy's facts."""
        if not isinstance(answers, Mapping):
            msg = f"answers map sentences to values, and these are a `{type(answers).__name__}`"
            raise TypeError(msg)
        for said in answers:
            if not isinstance(said, str):
                msg = f"an answer is for a sentence, and `{said!r}` is none"
                raise AnswerError(msg, repr(said))
            self.named(said)

    def named(self, said: str) -> Subject | Mine:
        """The fact that an answer's sentence is.

        Raises:
            AnswerError: Where it is none.
        """
        found = self._named.get(said)
        if found is None:
            found = self._find(said)
            with self._lock:
                if len(self._named) >= _MOST_NAMES:
                    self._named.clear()
                self._named[said] = found
        return found

    def _find(self, said: str) -> Subject | Mine:
        """See `named`: a sentence, or a fact's name as an attribute."""
        found = self._read(said)
        if found is None and " " not in said.strip():
            found = self._read(said.replace("_", " "))
        if found is not None:
            return found
        facts = self.resolved.names.facts.values()
        hints = did_you_mean(said, [fact.name for fact in facts])
        msg = "; ".join((f"no fact is called `{said}`", *hints))
        raise AnswerError(msg, said)

    def _read(self, said: str) -> Subject | Mine | None:
        names = self.resolved.names
        tokens = sentence(said) or ()
        key = " ".join(token.text for token in tokens)
        if key in names.facts:
            return names.facts[key]
        own = names.facts.get(key.removeprefix("my ")) if key.startswith("my ") else None
        if own is not None:
            return Mine(own)
        for match in Sentence(tokens, names, self.resolved.phrases).matches() if tokens else ():
            if match.fact is None:
                spoken = match.spoken(said)
                return next((s.subject for s in self.slots if s.subject == spoken), spoken)
        return None


def bound_rules(resolved: Resolved) -> tuple[BoundRule, ...]:
    """The rules of a policy, ready for analysis."""
    return tuple(
        BoundRule(each.name, each.decision, each.because, each.condition) for each in resolved.rules
    )


@cache
def _explained() -> Callable[..., Explanation]:
    from connectrules.explain.why import explained  # noqa: PLC0415 - judging needs none of it

    return explained


def _mine(test: Test) -> tuple[Fact, ...]:
    return tuple(each.fact for each in subjects(test) if isinstance(each, Mine))


def _missing(test: Test, needs: str, what: str, give: str) -> ContextError:
    source, span = test.source, test.span
    where = f"{source.name}:{source.location(span.start).line}" if source and span else "policy"
    msg = f"{where}: `{test.sentence}` speaks of {what}, so it needs {give}"
    return ContextError(msg, needs, where)
