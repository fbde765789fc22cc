"""Policies: from a text to decisions, verdicts and explanations."""

import datetime
import posixpath
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import attrs

from connectrules import lint
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.errors import AnswerError, ContactError, ContextError, PolicyError
from connectrules.exact.analysis import BoundRule
from connectrules.explain.why import explain
from connectrules.program import Answered, Program
from connectrules.reading import Reading, Slot, answering, read
from connectrules.resolve.phrases import Sentence
from connectrules.resolve.resolved import Example, Resolved
from connectrules.resolve.resolver import resolve
from connectrules.resolve.suggestions import did_you_mean
from connectrules.resolve.uses import Loader
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Mine, Spoken, Subject, Test, Window, occurrences, subjects
from connectrules.schema.contact import Contact
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.source import Source, Span
from connectrules.syntax.parser import decode, parse
from connectrules.syntax.words import sentence
from connectrules.verdict import Decision, Explanation, Verdict

R = TypeVar("R")
Made = TypeVar("Made")

Answers = Mapping[str, Any]
"""Values of facts, or of phrases with their literals, by their sentence."""

_MOST_PROGRAMS = 16


@attrs.frozen
class Policy(Generic[R]):
    """Rules for whom to connect with.

    Make one with `Policy.parse` or `Policy.load`. It holds no contact, may be
    used in many threads at once, and pickles as its text, the texts it USEs and
    its vocabulary.

    Attributes:
        source: The text, and what it is called.
        base: The vocabulary it was parsed with.
        used: The texts of the files it USEs, by path.
    """

    source: Source
    base: Vocabulary[R] = attrs.field(repr=False, hash=False)
    used: Mapping[str, str] = attrs.field(repr=False, hash=False)
    _resolved: Resolved = attrs.field(repr=False, eq=False, hash=False)
    _programs: "_Programs" = attrs.field(
        factory=lambda: _Programs(), init=False, repr=False, eq=False, hash=False
    )

    # Making one

    @overload
    @classmethod
    def parse(
        cls, text: str, *, vocabulary: None = None, loader: Loader | None = None, name: str = "policy"
    ) -> "Policy[Contact]": ...

    @overload
    @classmethod
    def parse(
        cls, text: str, *, vocabulary: Vocabulary[Made], loader: Loader | None = None, name: str = "policy"
    ) -> "Policy[Made]": ...

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        vocabulary: Vocabulary[Any] | None = None,
        loader: Loader | None = None,
        name: str = "policy",
    ) -> "Policy[Any]":
        """The policy that *text* is. No file is read.

        Args:
            text: A policy, or a bare condition.
            vocabulary: What it may speak of; by default that of `Contact`.
            loader: What gives the text of a USE path.
            name: What to call the text in messages.

        Raises:
            PolicyError: Where the text has mistakes.
        """
        return _made(Source(name, text.removeprefix(_BOM)), vocabulary, loader)

    @overload
    @classmethod
    def load(cls, path: "str | PathLike[str]", *, vocabulary: None = None) -> "Policy[Contact]": ...

    @overload
    @classmethod
    def load(cls, path: "str | PathLike[str]", *, vocabulary: Vocabulary[Made]) -> "Policy[Made]": ...

    @classmethod
    def load(
        cls, path: "str | PathLike[str]", *, vocabulary: Vocabulary[Any] | None = None
    ) -> "Policy[Any]":
        """The policy in a file; USE reads files in its folder and below.

        Args:
            path: The file.
            vocabulary: What it may speak of; by default that of `Contact`.

        Raises:
            PolicyError: Where the text has mistakes.
            OSError: Where the file cannot be read.
        """
        file = Path(path)
        source = decode(file.read_bytes(), str(path))
        if isinstance(source, Diagnostic):
            raise PolicyError([source])
        return _made(source, vocabulary, folder_loader(file.parent))

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the texts and the vocabulary."""
        return _restored, (self.source.name, self.source.text, dict(self.used), self.base)

    # What it says

    @property
    def title(self) -> str | None:
        """Its title, if it has one."""
        return self._resolved.title

    @property
    def about(self) -> str | None:
        """What it is about, if it says so."""
        return self._resolved.about

    @property
    def vocabulary(self) -> Vocabulary[R]:
        """What it may speak of, its own FACT and ASK lines included."""
        return self._resolved.vocabulary  # type: ignore[return-value]

    @property
    def examples(self) -> tuple[Example, ...]:
        """Its EXAMPLEs."""
        return self._resolved.examples

    @property
    def rules(self) -> tuple[BoundRule, ...]:
        """Its rules, in the order of the text."""
        return self._programs.rules(self._resolved)

    @property
    def facts(self) -> tuple[Fact | Spoken, ...]:
        """The facts of a contact that its rules speak of."""
        return tuple(slot.subject for slot in self._slots)

    @cached_property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is allowed in it and probably not meant."""
        return tuple(lint.check(self._resolved, self.rules))

    @cached_property
    def needs_me(self) -> Test | None:
        """The first test that needs the owner's record, if one does."""
        return next((test for test in self._tests if _mine(test)), None)

    @cached_property
    def needs_today(self) -> Test | None:
        """The first test that needs the day of judging, if one does."""
        return next(
            (t for t in self._tests if any(isinstance(each, Window) for each in t.operands)), None
        )

    # Judging

    def decide(
        self,
        contact: R,
        *,
        me: R | None = None,
        today: datetime.date | None = None,
        answers: Answers | None = None,
    ) -> Decision:
        """The decision on *contact*; see `judge`."""
        program, answered = self._bound(me, today, answers or {})
        if answered:
            return program.settle(contact, answered).verdict.decision
        return program.decide(contact)

    def judge(
        self,
        contact: R,
        *,
        me: R | None = None,
        today: datetime.date | None = None,
        answers: Answers | None = None,
    ) -> Verdict:
        """The verdict on *contact*.

        Args:
            contact: A record of the vocabulary's class.
            me: The owner's record, for ``my …``.
            today: The day of judging, for lengths of time.
            answers: Values that fill what the record leaves unknown.

        Raises:
            ContactError: Where a value that does not fit its type, or a phrase
                that raised, could change the decision; where an answer contradicts
                a known value.
            ContextError: Where the policy needs *me* or *today* and has none.
            AnswerError: Where an answer names no known fact.
        """
        program, answered = self._bound(me, today, answers or {})
        return program.settle(contact, answered).verdict

    def judge_all(
        self,
        contacts: Iterable[R],
        *,
        me: R | None = None,
        today: datetime.date | None = None,
        answers: Mapping[str, Answers] | None = None,
    ) -> Iterator[Verdict | ContactError]:
        """The verdict, or what is wrong, for each of *contacts*, in their order.

        Args:
            contacts: Records of the vocabulary's class; they are taken one by one.
            me: See `judge`.
            today: See `judge`.
            answers: For a contact's key, values that fill what its record leaves
                unknown.

        Raises:
            ContextError: Where the policy needs *me* or *today* and has none.
            AnswerError: Where an answer names no known fact.
        """
        program, _ = self._bound(me, today, {})
        for given in (answers or {}).values():
            for said in given:
                self._named(said)
        return self._judged(program, contacts, me, today, answers or {})

    def _judged(
        self,
        program: Program,
        contacts: Iterable[R],
        me: R | None,
        today: datetime.date | None,
        answers: Mapping[str, Answers],
    ) -> Iterator[Verdict | ContactError]:
        for contact in contacts:
            given = answers.get(_called(contact)) if answers else None
            bound, answered = self._bound(me, today, given) if given else (program, {})
            try:
                yield bound.settle(contact, answered).verdict
            except ContactError as error:
                yield error

    def decider(
        self, *, me: R | None = None, today: datetime.date | None = None
    ) -> Callable[[R], Decision]:
        """The fast path: a function from a contact to its decision.

        It raises ContactError as `judge` does; see there for the arguments.
        """
        return self._bound(me, today, {})[0].decide

    def explain(
        self,
        contact: R,
        *,
        me: R | None = None,
        today: datetime.date | None = None,
        answers: Answers | None = None,
    ) -> Explanation:
        """The verdict on *contact* and why it is so; see `judge` for arguments and errors."""
        program, answered = self._bound(me, today, answers or {})
        settled = program.settle(contact, answered)
        return explain(program, settled, _called(contact), _shown_name(contact))

    # Binding

    @cached_property
    def _tests(self) -> tuple[Test, ...]:
        seen: dict[int, Test] = {}
        for rule in self.rules:
            for test in occurrences(rule.condition):
                seen.setdefault(id(test), test)
        return tuple(seen.values())

    @cached_property
    def _slots(self) -> tuple[Slot, ...]:
        """Where each fact of a contact that the rules speak of is found."""
        assumed = self._resolved.assumed
        found: dict[Subject, None] = {}
        for test in self._tests:
            found.update((each, None) for each in subjects(test) if not isinstance(each, Mine))
        return tuple(self._slot(subject, assumed.get(subject)) for subject in found)

    def _slot(self, subject: Subject, assumed: object = None) -> Slot:
        if isinstance(subject, Spoken):
            return Slot(subject, call=answering(subject), assumed=assumed)
        if subject.attribute is not None:
            return Slot(subject, attribute=subject.attribute, assumed=assumed)
        other = subject.slot if self.base.keeps_other else None
        return Slot(subject, other=other, assumed=assumed)

    @cached_property
    def _mine(self) -> tuple[Slot, ...]:
        """Where each fact of the owner that the rules speak of is found."""
        found = {fact.key: fact for test in self._tests for fact in _mine(test)}
        return tuple(self._slot(fact) for fact in found.values())

    def _bound(
        self, me: R | None, today: datetime.date | None, answers: Answers
    ) -> tuple[Program, Answered]:
        """The program for *me* and *today*, and *answers* by the facts' keys."""
        if not (self._mine or answers or self.needs_today):
            return self._programs.get((), lambda: self._program({}, None)), {}
        contact, owner = self._answered(answers)
        day = self._day(today)
        mine = self._owner(me, owner)
        key = (day, *((name, each.ready, each.fault, each.unsure) for name, each in mine.items()))
        return self._programs.get(key, lambda: self._program(mine, day)), contact

    def _program(self, mine: Mapping[str, Reading], day: datetime.date | None) -> Program:
        if self._resolved.default is None:
            msg = "a library of declarations judges nobody"
            raise AssertionError(msg)
        known = {name: each.ready for name, each in mine.items() if each.ready is not None}
        return Program(
            self.rules,
            self._resolved.default,
            self._resolved.because,
            self._slots,
            mine,
            Context(known, day),
            self._describe,
        )

    def _describe(self, contact: object) -> str:
        if not isinstance(contact, self.base.record):
            msg = (
                f"this policy judges records of `{self.base.record.__name__}`, and was given "
                f"a `{type(contact).__name__}`"
            )
            raise TypeError(msg)
        return _called(contact)

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

    def _owner(self, me: R | None, answers: Answered) -> dict[str, Reading]:
        if self.needs_me is None:
            return {}
        if me is None:
            raise _missing(self.needs_me, "me", "a fact of your own", "me=…, your own record")
        self._describe(me)
        readings = read(me, self._mine, answers, contact="me", assuming=False)
        return {
            slot.subject.key: _as_mine(reading)
            for slot, reading in zip(self._mine, readings, strict=True)
        }

    # Answers

    def _answered(self, answers: Answers) -> tuple[Answered, Answered]:
        """*answers* by the facts' keys: the contact's, and the owner's."""
        contact: dict[str, tuple[object, str | None]] = {}
        owner: dict[str, tuple[object, str | None]] = {}
        origins = getattr(answers, "origins", {})
        for said, value in answers.items():
            subject = self._named(said)
            where = origins.get(said, "answers")
            if isinstance(subject, Mine):
                owner[subject.fact.key] = value, where
            else:
                contact[subject.key] = value, where
        return contact, owner

    def _named(self, said: str) -> Subject | Mine:
        """The fact that an answer's sentence is.

        Raises:
            AnswerError: Where it is none.
        """
        return self._programs.name(said, self._find)

    def _find(self, said: str) -> Subject | Mine:
        facts = self._resolved.names.facts
        tokens = sentence(said.replace("_", " ") if " " not in said.strip() else said)
        if tokens:
            key = " ".join(token.text for token in tokens)
            if key in facts:
                return facts[key]
            if key.startswith("my ") and key[3:] in facts:
                return facts[key[3:]] and Mine(facts[key[3:]])
            for match in Sentence(tokens, self._resolved.names, self._resolved.phrases).matches():
                if match.fact is None:
                    spoken = match.spoken(said)
                    return next((each for each in self.facts if each == spoken), spoken)
        hints = did_you_mean(said, [fact.name for fact in facts.values()])
        msg = f"no fact is called `{said}`{'; ' + hints[0] if hints else ''}"
        raise AnswerError(msg, said)


class _Programs:
    """What a policy works out once: not part of what it is."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._programs: dict[object, Program] = {}
        self._names: dict[str, Subject | Mine] = {}
        self._rules: tuple[BoundRule, ...] | None = None

    def get(self, key: object, make: Callable[[], Program]) -> Program:
        """The program for *key*."""
        found = self._programs.get(key)
        if found is None:
            found = make()
            with self._lock:
                if len(self._programs) >= _MOST_PROGRAMS:
                    self._programs.clear()
                self._programs[key] = found
        return found

    def name(self, said: str, find: Callable[[str], Subject | Mine]) -> Subject | Mine:
        """What *said* names."""
        found = self._names.get(said)
        if found is None:
            found = find(said)
            with self._lock:
                if len(self._names) >= _MOST_PROGRAMS**3:
                    self._names.clear()
                self._names[said] = found
        return found

    def rules(self, resolved: Resolved) -> tuple[BoundRule, ...]:
        """The rules, ready for analysis."""
        if self._rules is None:
            self._rules = tuple(
                BoundRule(each.name, each.decision, each.because, each.condition)
                for each in resolved.rules
            )
        return self._rules


_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def check(
    source: Source, *, loader: Loader | None = None, vocabulary: Vocabulary[Any] | None = None
) -> tuple[Diagnostic, ...]:
    """What is wrong with a policy, or with a library of declarations; warnings too.

    Args:
        source: The text.
        loader: What gives the text of a USE path; None where no file may be read.
        vocabulary: What it may speak of; by default that of `Contact`.
    """
    resolved, diagnostics = _resolved(source, vocabulary, loader)
    if any(each.severity is Severity.ERROR for each in diagnostics):
        return diagnostics
    rules = _Programs().rules(resolved)
    return _in_order(source, (*diagnostics, *lint.check(resolved, rules)))


def check_file(
    path: "str | PathLike[str]", *, vocabulary: Vocabulary[Any] | None = None
) -> tuple[Diagnostic, ...]:
    """What is wrong with the policy in a file; see `check`.

    Raises:
        OSError: Where the file cannot be read.
    """
    file = Path(path)
    source = decode(file.read_bytes(), str(path))
    if isinstance(source, Diagnostic):
        return (source,)
    return check(source, loader=folder_loader(file.parent), vocabulary=vocabulary)


def folder_loader(folder: Path) -> Loader:
    """A loader that reads files in *folder* and below, and follows no link out of it."""

    def load(path: str) -> str:
        root = folder.resolve()
        file = (root / posixpath.normpath(path)).resolve()
        if not file.is_relative_to(root):
            msg = "outside the policy's folder"
            raise OSError(None, msg)
        return file.read_bytes().decode("utf-8-sig")

    return load


def _made(source: Source, vocabulary: Vocabulary[Any] | None, loader: Loader | None) -> Policy[Any]:
    resolved, diagnostics = _resolved(source, vocabulary, loader)
    if diagnostics:
        raise PolicyError(diagnostics)
    if resolved.default is None:
        end = len(source.text)
        raise PolicyError(
            [
                Diagnostic(
                    "CR204",
                    "this is a library of declarations, which judges nobody",
                    source,
                    Span(end, end),
                    help=("USE it in a policy with rules and an OTHERWISE",),
                )
            ]
        )
    return Policy(source, vocabulary or _default_vocabulary(), resolved.used, resolved)


def _resolved(
    source: Source, vocabulary: Vocabulary[Any] | None, loader: Loader | None
) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    document, mistakes = parse(source)
    resolved, more = resolve(document, vocabulary or _default_vocabulary(), loader)
    return resolved, _in_order(source, (*mistakes, *more))


def _in_order(source: Source, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(
        sorted(diagnostics, key=lambda each: (each.source != source, each.source.name, each.span))
    )


_vocabularies: dict[type, Vocabulary[Any]] = {}


def _default_vocabulary() -> Vocabulary[Contact]:
    return _vocabularies.setdefault(Contact, Vocabulary.of(Contact))


def _restored(
    name: str, text: str, used: Mapping[str, str], vocabulary: Vocabulary[Any]
) -> Policy[Any]:
    return Policy.parse(text, vocabulary=vocabulary, loader=used.__getitem__, name=name)


def _mine(test: Test) -> tuple[Fact, ...]:
    return tuple(each.fact for each in subjects(test) if isinstance(each, Mine))


def _as_mine(reading: Reading) -> Reading:
    if reading.fault is None:
        return reading
    fault = attrs.evolve(
        reading.fault,
        fact=f"my {reading.fault.fact}",
        message=reading.fault.message.replace(f"`{reading.fault.fact}`", f"`my {reading.fault.fact}`", 1),
    )
    return attrs.evolve(reading, fault=fault)


def _missing(test: Test, needs: str, what: str, give: str) -> ContextError:
    source, span = test.source, test.span
    where = f"{source.name}:{source.location(span.start).line}" if source and span else "policy"
    msg = f"{where}: `{test.sentence}` speaks of {what}, so it needs {give}"
    return ContextError(msg, needs, where)


def _called(contact: object) -> str:
    """What a contact is called: its key, else its name."""
    for attribute in ("key", "name"):
        value = getattr(contact, attribute, None)
        if isinstance(value, str) and value:
            return value
    return "contact"


def _shown_name(contact: object) -> str:
    name = getattr(contact, "name", None)
    return name if isinstance(name, str) and name else _called(contact)
