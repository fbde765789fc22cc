"""Policies: from a text to decisions, verdicts and explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import attrs

from connectrules.errors import PolicyError

if TYPE_CHECKING:  # what reads the language is loaded with the first policy: see `making`
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from os import PathLike

    from connectrules.binding import Answers, Binding
    from connectrules.diagnostics import Diagnostic
    from connectrules.errors import ContactError
    from connectrules.exact.variables import BoundRule
    from connectrules.explanation import Explanation
    from connectrules.plainly import Plainly
    from connectrules.resolve.resolved import Example
    from connectrules.resolve.uses import Loader
    from connectrules.rules.tree import Spoken
    from connectrules.schema.contact import Contact
    from connectrules.schema.vocabulary import Fact, Vocabulary
    from connectrules.source import Source, Span
    from connectrules.verdict import Decision, Verdict

R = TypeVar("R")
Made = TypeVar("Made")
Frame = TypeVar("Frame")


@attrs.frozen(repr=False)
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
    _plainly: Plainly = attrs.field(repr=False, eq=False, hash=False)

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
    ) -> Policy[Contact]: ...

    @overload
    @classmethod
    def parse(
        cls,
        text: str,
        *,
        vocabulary: Vocabulary[Made],
        loader: Loader | None = None,
        name: str = "policy",
    ) -> Policy[Made]: ...

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        vocabulary: Vocabulary[Any] | None = None,
        loader: Loader | None = None,
        name: str = "policy",
    ) -> Policy[Any]:
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
        from connectrules.making import from_text  # noqa: PLC0415 - with the first policy

        try:
            return _policy(*from_text(text, name, vocabulary, loader))
        except PolicyError as error:
            if not _is_path(text):
                raise
            raise _no_text(error, text) from None

    @overload
    @classmethod
    def load(cls, path: str | PathLike[str], *, vocabulary: None = None) -> Policy[Contact]: ...

    @overload
    @classmethod
    def load(cls, path: str | PathLike[str], *, vocabulary: Vocabulary[Made]) -> Policy[Made]: ...

    @classmethod
    def load(
        cls, path: str | PathLike[str], *, vocabulary: Vocabulary[Any] | None = None
    ) -> Policy[Any]:
        """The policy in a file; USE reads files in its folder and below.

        Args:
            path: The file.
            vocabulary: What it may speak of; by default that of `Contact`.

        Raises:
            PolicyError: Where the text has mistakes.
            OSError: Where the file cannot be read.
        """
        from connectrules.making import from_file  # noqa: PLC0415 - with the first policy

        return _policy(*from_file(path, vocabulary))

    def __repr__(self) -> str:
        """Its title or name, and how many rules it has."""
        number = len(self.rules)
        rules = f"{number} {'rule' if number == 1 else 'rules'}"
        return f"<Policy {self.title or self.source.name!r}: {rules}>"

    def _repr_pretty_(self, printer: Any, _cycle: object) -> None:  # noqa: ANN401 - of others
        """Say no more where values are printed in full, as notebooks and hypothesis do."""
        printer.text(repr(self))

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
    def places(self) -> Mapping[str, Span]:
        """Where its rules stand in its text, by their names, and OTHERWISE by ``otherwise``."""
        return self._binding.resolved.places

    @property
    def facts(self) -> tuple[Fact | Spoken, ...]:
        """The facts of a contact that its rules speak of."""
        return tuple(slot.subject for slot in self._binding.slots)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What is allowed in it and probably not meant."""
        return self._binding.warnings

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
        decide = self._plainly.decide
        if not answers:
            return decide(contact) if decide else self._binding.standing(me, today).decide(contact)
        bound = self._binding.bound(me, today, answers)
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
        recall = self._plainly.recall
        if not answers:
            known = recall or self._binding.standing(me, today).recall
            return known(contact).verdict
        bound = self._binding.bound(me, today, answers)
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
        return self._binding.judge_all(contacts, me, today, answers or {})

    def judge_frame(
        self,
        frame: Frame,
        *,
        me: R | None = None,
        today: datetime.date | None = None,
        answers: Mapping[str, Answers] | None = None,
        batches: bool = False,
    ) -> Frame:
        """A table of contacts with the verdict on each row.

        Four columns are added: ``decision``, ``error`` where a row cannot be judged; ``rule``,
        the names of the rules that decided, joined by ``; ``; ``ask``, the fact to ask first;
        and ``exact``. A lazy table stays lazy.

        Args:
            frame: A table of Polars, eager or lazy, pandas, PyArrow, DuckDB or PySpark. Its
                columns are called as facts are said, or as attributes; a fact without a
                column is unknown.
            me: See `judge`.
            today: See `judge`.
            answers: See `judge_all`; a row is found by its column ``key``, else ``name``.
            batches: Whether phrases with no column form are called row by row, in Python;
                DuckDB cannot do that.

        Raises:
            FrameError: Where a column does not fit its fact, a phrase has no column form or
                one that fails, or a column of the result is there already.
            ContextError: Where the policy needs *me* or *today* and has none.
            AnswerError: Where an answer names no known fact.
            ModuleNotFoundError: Where the extra ``frames`` is not installed.

        Warns:
            FrameWarning: Where a column is probably meant to be a fact, and is not; where
                no record can be made of some rows for phrases to look at.
        """
        from connectrules.framed.frames import judge_frame  # noqa: PLC0415 - an extra

        judged: Frame = judge_frame(self._binding, frame, me, today, answers or {}, batches=batches)
        return judged

    def decider(
        self, *, me: R | None = None, today: datetime.date | None = None
    ) -> Callable[[R], Decision]:
        """The fast path: a function from a contact to its decision.

        It raises ContactError as `judge` does; see there for the arguments.
        """
        return self._binding.standing(me, today).decide

    def explain(
        self,
        contact: R,
        *,
        me: R | None = None,
        today: datetime.date | None = None,
        answers: Answers | None = None,
    ) -> Explanation:
        """The verdict on *contact* and why it is so; see `judge` for arguments and errors."""
        return self._binding.explain(contact, me, today, answers or {})


def _is_path(text: str) -> bool:
    """Whether *text* looks like the name of a policy's file."""
    return text.strip().endswith(".policy") and "\n" not in text.strip()


def _no_text(error: PolicyError, text: str) -> PolicyError:
    """*error* of a *text* that looks like the name of a file, with what reads a file."""
    first, *others = error.diagnostics
    help_ = f"this is read as a policy's text: `Policy.load({text.strip()!r})` reads the file"
    return PolicyError([attrs.evolve(first, help=(help_, *first.help)), *others])


def check(
    source: Source, *, loader: Loader | None = None, vocabulary: Vocabulary[Any] | None = None
) -> tuple[Diagnostic, ...]:
    """What is wrong with a policy, or with a library of declarations; warnings too.

    Args:
        source: The text.
        loader: What gives the text of a USE path; None where no file may be read.
        vocabulary: What it may speak of; by default that of `Contact`.
    """
    from connectrules.making import checked  # noqa: PLC0415 - with the first policy

    return checked(source, vocabulary, loader)


def check_file(
    path: str | PathLike[str], *, vocabulary: Vocabulary[Any] | None = None
) -> tuple[Diagnostic, ...]:
    """What is wrong with the policy in a file; see `check`.

    Raises:
        OSError: Where the file cannot be read.
    """
    from connectrules.making import checked_file  # noqa: PLC0415 - with the first policy

    return checked_file(path, vocabulary)


def _policy(source: Source, binding: Binding) -> Policy[Any]:
    return Policy(source, binding.vocabulary, binding.resolved.used, binding, binding.plainly)


def _restored(
    name: str, text: str, used: Mapping[str, str], vocabulary: Vocabulary[Any]
) -> Policy[Any]:
    return Policy.parse(text, vocabulary=vocabulary, loader=used.__getitem__, name=name)
