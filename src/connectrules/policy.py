"""Policies: from a text to decisions, verdicts and explanations."""

import datetime
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from os import PathLike
from pathlib import Path
from typing import Any, Generic, TypeVar, overload

import attrs

from connectrules import lint
from connectrules.binding import Answers, Binding, bound_rules, called
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.errors import ContactError, PolicyError
from connectrules.exact.analysis import BoundRule
from connectrules.explain.why import explain
from connectrules.program import Program
from connectrules.resolve.resolved import Example, Resolved
from connectrules.resolve.resolver import resolve
from connectrules.resolve.uses import Loader
from connectrules.rules.tree import Spoken
from connectrules.schema.contact import Contact
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.source import Source, Span
from connectrules.syntax.parser import decode, parse
from connectrules.verdict import Decision, Explanation, Verdict

R = TypeVar("R")
Made = TypeVar("Made")


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
    _binding: Binding = attrs.field(repr=False, eq=False, hash=False)

    # Making one

    @overload
    @classmethod
    def parse(
        cls,
        text: str,
        *,
        vocabulary: None = None,
        loader: Loader | None = None,
        name: str = "policy",
    ) -> "Policy[Contact]": ...

    @overload
    @classmethod
    def parse(
        cls,
        text: str,
        *,
        vocabulary: Vocabulary[Made],
        loader: Loader | None = None,
        name: str = "policy",
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
        if not isinstance(text, str):
            msg = f"a policy is parsed from a text, and was given a `{type(text).__name__}`"
            raise TypeError(msg)
        return _made(Source(name, text.removeprefix(_BOM)), vocabulary, loader)

    @overload
    @classmethod
    def load(cls, path: "str | PathLike[str]", *, vocabulary: None = None) -> "Policy[Contact]": ...

    @overload
    @classmethod
    def load(
        cls, path: "str | PathLike[str]", *, vocabulary: Vocabulary[Made]
    ) -> "Policy[Made]": ...

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
        return self._binding.resolved.title

    @property
    def about(self) -> str | None:
        """What it is about, if it says so."""
        return self._binding.resolved.about

    @property
    def vocabulary(self) -> Vocabulary[R]:
        """What it may speak of, its own FACT and ASK lines included."""
        return self._binding.resolved.vocabulary  # type: ignore[return-value]

    @property
    def examples(self) -> tuple[Example, ...]:
        """Its EXAMPLEs."""
        return self._binding.resolved.examples

    @property
    def rules(self) -> tuple[BoundRule, ...]:
        """Its rules, in the order of the text."""
        return self._binding.rules

    @property
    def facts(self) -> tuple[Fact | Spoken, ...]:
        """The facts of a contact that its rules speak of."""
        return tuple(slot.subject for slot in self._binding.slots)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is allowed in it and probably not meant."""
        return tuple(lint.check(self._binding.resolved, self.rules))

    @property
    def needs_me(self) -> bool:
        """Whether it speaks of ``my …``."""
        return self._binding.needs_me is not None

    @property
    def needs_today(self) -> bool:
        """Whether it speaks of lengths of time up to the day of judging."""
        return self._binding.needs_today is not None

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
        plain = self._binding.plain
        if plain is not None and not answers:
            return plain.decide(contact)
        bound = self._binding.bound(me, today, answers or {})
        if bound.answers:
            return bound.program.settle(contact, bound.answers).verdict.decision
        return bound.program.decide(contact)

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
        plain = self._binding.plain
        if plain is not None and not answers:
            return plain.judge(contact)
        bound = self._binding.bound(me, today, answers or {})
        if bound.answers:
            return bound.program.settle(contact, bound.answers).verdict
        return bound.program.judge(contact)

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
        program = self._binding.bound(me, today, {}).program
        for given in (answers or {}).values():
            self._binding.check(given)
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
            given = answers.get(called(contact)) if answers else None
            try:
                if given:
                    yield self.judge(contact, me=me, today=today, answers=given)
                else:
                    yield program.judge(contact)
            except ContactError as error:
                yield error

    def decider(
        self, *, me: R | None = None, today: datetime.date | None = None
    ) -> Callable[[R], Decision]:
        """The fast path: a function from a contact to its decision.

        It raises ContactError as `judge` does; see there for the arguments.
        """
        return self._binding.bound(me, today, {}).program.decide

    def explain(
        self,
        contact: R,
        *,
        me: R | None = None,
        today: datetime.date | None = None,
        answers: Answers | None = None,
    ) -> Explanation:
        """The verdict on *contact* and why it is so; see `judge` for arguments and errors."""
        bound = self._binding.bound(me, today, answers or {})
        settled = bound.program.settle(contact, bound.answers)
        return explain(bound.program, settled, bound.mine, called(contact), _shown_name(contact))


_NO_RULES = "there is no rule and no OTHERWISE: declarations alone judge nobody, and are for USE"
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
    warnings = lint.check(resolved, bound_rules(resolved))
    return _in_order(source, (*diagnostics, *warnings))


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
                    _NO_RULES if source.text.strip() else "the policy is empty",
                    source,
                    Span(end, end),
                    help=(
                        "write a condition, such as `would recommend`, or rules and an OTHERWISE",
                    ),
                )
            ]
        )
    base = _default_vocabulary() if vocabulary is None else vocabulary
    return Policy(source, base, resolved.used, Binding(resolved, resolved.default, base))


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


@cache
def _default_vocabulary() -> Vocabulary[Contact]:
    return Vocabulary.of(Contact)


def _restored(
    name: str, text: str, used: Mapping[str, str], vocabulary: Vocabulary[Any]
) -> Policy[Any]:
    return Policy.parse(text, vocabulary=vocabulary, loader=used.__getitem__, name=name)


def _shown_name(contact: object) -> str:
    name = getattr(contact, "name", None)
    return name if isinstance(name, str) and name else called(contact)
