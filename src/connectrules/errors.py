"""The exceptions, all under one root.

ConnectRulesError
├── PolicyError         a policy that cannot be used, with its diagnostics
├── VocabularyError     a record class or a phrase that cannot be spoken of
├── ContextError        CR504: `me` or `today` is needed and was not given
├── AnswerError         CR205: an answer that names no known fact
├── ContactError        CR501, CR502, CR506: a contact that cannot be judged
├── FrameError          CR501, CR505: a table that cannot be judged
├── SourceError         CR503: contacts that cannot be read
├── StoreError          an answers store that cannot be used
└── FormattingError     a policy that would be another one when laid out: a bug
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # an error can be caught before there is any policy to be wrong
    from collections.abc import Iterable
    from pathlib import Path

    from connectrules.diagnostics import Diagnostic


class ConnectRulesError(Exception):
    """The root of all errors that this library raises on purpose."""


class PolicyError(ConnectRulesError):
    """A policy cannot be used.

    Attributes:
        diagnostics: What is wrong with it, in the order of the text; the
            warnings are among them.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        """All diagnostics as text, each with its line."""
        from connectrules.render.text import diagnostics_text  # noqa: PLC0415 - the one upward import

        return diagnostics_text(self.diagnostics)

    def __reduce__(self) -> tuple[type[PolicyError], tuple[tuple[Diagnostic, ...]]]:
        """Pickle as its diagnostics."""
        return type(self), (self.diagnostics,)


class VocabularyError(ConnectRulesError, TypeError):
    """A record class or a phrase cannot be spoken of as it is declared."""


class ContextError(ConnectRulesError, ValueError):
    """A policy needs the owner's record or the day, and was given none.

    Attributes:
        code: ``CR504``.
        needs: ``me`` or ``today``.
        where: The line of the policy that needs it, as ``file:line``.
    """

    code = "CR504"

    def __init__(self, message: str, needs: str, where: str) -> None:
        self.needs, self.where = needs, where
        super().__init__(message)

    def __reduce__(self) -> tuple[type[ContextError], tuple[str, str, str]]:
        """Pickle as the words it was made from."""
        return type(self), (str(self), self.needs, self.where)


class AnswerError(ConnectRulesError, ValueError):
    """An answer names no known fact.

    Attributes:
        code: ``CR205``.
        sentence: The words that name nothing.
    """

    code = "CR205"

    def __init__(self, message: str, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(message)

    def __reduce__(self) -> tuple[type[AnswerError], tuple[str, str]]:
        """Pickle as the words it was made from."""
        return type(self), (str(self), self.sentence)


class ContactError(ConnectRulesError, ValueError):
    """A contact cannot be judged; the others can.

    Attributes:
        contact: What the contact is called, its key or its name.
        code: ``CR501`` for a value that does not fit its type, ``CR502`` for a
            phrase that raised, ``CR506`` for an answer that contradicts a known
            value.
        fact: The fact it is about, as the policy says it.
        where: Where its value came from, such as ``contacts.csv:7``, where known.
    """

    def __init__(
        self, message: str, *, contact: str, code: str, fact: str, where: str | None = None
    ) -> None:
        self.contact, self.code, self.fact, self.where = contact, code, fact, where
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the words it was made from."""
        return _contact_error, (str(self), self.contact, self.code, self.fact, self.where)


def _contact_error(
    message: str, contact: str, code: str, fact: str, where: str | None
) -> ContactError:
    return ContactError(message, contact=contact, code=code, fact=fact, where=where)


class FrameError(ConnectRulesError, ValueError):
    """A table of contacts cannot be judged; it is found before anything runs.

    Attributes:
        code: ``CR501`` for columns of a type that their facts cannot have, ``CR505`` for
            phrases with no column form; None for what has no code.
        columns: The columns it is about.
    """

    def __init__(
        self, message: str, *, code: str | None = None, columns: tuple[str, ...] = ()
    ) -> None:
        self.code, self.columns = code, columns
        super().__init__(message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as the words it was made from."""
        return _frame_error, (str(self), self.code, self.columns)


def _frame_error(message: str, code: str | None, columns: tuple[str, ...]) -> FrameError:
    return FrameError(message, code=code, columns=columns)


class FrameWarning(UserWarning):
    """Something about a table is probably not meant.

    A column is called almost like a fact that has none, or no record can be made of some rows
    for phrases to look at.
    """


class SourceError(ConnectRulesError, ValueError):
    """A file of contacts cannot be read.

    Attributes:
        code: ``CR503``.
        where: The file, with its line where that is known.
        help: What to do, a sentence each.
    """

    code = "CR503"

    def __init__(
        self,
        message: str,
        where: str,
        help: tuple[str, ...] = (),  # noqa: A002 - what it is called in a diagnostic
    ) -> None:
        self.where, self.help = where, help
        super().__init__(message)

    def __reduce__(self) -> tuple[type[SourceError], tuple[str, str, tuple[str, ...]]]:
        """Pickle as the words it was made from."""
        return type(self), (str(self), self.where, self.help)


class StoreError(ConnectRulesError, RuntimeError):
    """An answers store cannot be used, or an answer not be kept in it.

    Attributes:
        path: The file of the store.
        help: What to do, a sentence each.
    """

    def __init__(
        self,
        message: str,
        path: Path,
        help: tuple[str, ...] = (),  # noqa: A002 - what it is called in a diagnostic
    ) -> None:
        self.path, self.help = path, help
        super().__init__(message)

    def __reduce__(self) -> tuple[type[StoreError], tuple[str, Path, tuple[str, ...]]]:
        """Pickle as the words it was made from."""
        return type(self), (str(self), self.path, self.help)


class FormattingError(ConnectRulesError, RuntimeError):
    """A policy would not say the same when laid out: a bug, found before any harm is done.

    Attributes:
        name: What the policy is called.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(
            f"`{name}` would not be the same policy when laid out, so it is left as it is: "
            "this is a bug in connectrules"
        )

    def __reduce__(self) -> tuple[type[FormattingError], tuple[str]]:
        """Pickle as the name it was made from."""
        return type(self), (self.name,)
