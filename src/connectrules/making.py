"""From a text to a policy that can judge, or to what is wrong with it.

All that reads the language is loaded with this module, and this one with the first
policy: programs that only pass contacts and verdicts on start without it.
"""

import datetime
from collections.abc import Iterable, Mapping
from functools import cache, partial
from os import PathLike
from pathlib import Path
from typing import Any

import attrs

from connectrules.binding import Binding, bound_rules
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.errors import PolicyError
from connectrules.loading import folder_loader, load_source
from connectrules.program import Program
from connectrules.reading import Reading
from connectrules.resolve.resolved import Resolved
from connectrules.resolve.resolver import resolve
from connectrules.resolve.uses import Loader
from connectrules.schema.contact import Contact
from connectrules.schema.vocabulary import Vocabulary
from connectrules.source import Source, Span
from connectrules.syntax.limits import first_told
from connectrules.syntax.parser import parse

_NO_RULES = "there is no rule and no OTHERWISE: declarations alone judge nobody, and are for USE"
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def from_text(
    text: str, name: str, vocabulary: Vocabulary[Any] | None, loader: Loader | None
) -> tuple[Source, Binding]:
    """The policy that *text* is, called *name*.

    Raises:
        PolicyError: Where the text has mistakes.
    """
    source = Source(name, text.removeprefix(_BOM))
    return source, _made(source, vocabulary, loader)


def from_file(
    path: "str | PathLike[str]", vocabulary: Vocabulary[Any] | None
) -> tuple[Source, Binding]:
    """The policy in the file at *path*.

    Raises:
        PolicyError: Where the text has mistakes.
        OSError: Where the file cannot be read.
    """
    source = load_source(path)
    if isinstance(source, Diagnostic):
        raise PolicyError([source])
    return source, _made(source, vocabulary, folder_loader(Path(path).parent))


def checked(
    source: Source, vocabulary: Vocabulary[Any] | None, loader: Loader | None
) -> tuple[Diagnostic, ...]:
    """What is wrong with the policy, or the library of declarations, *source*; warnings too."""
    if not source.text.strip():
        return (_undecided(source),)
    resolved, diagnostics = _resolved(source, vocabulary, loader)
    if any(each.severity is Severity.ERROR for each in diagnostics):
        return diagnostics
    from connectrules import lint  # noqa: PLC0415 - to judge needs none

    warnings = lint.check(resolved, bound_rules(resolved))
    return _in_order(source, (*diagnostics, *warnings))


def checked_file(
    path: "str | PathLike[str]", vocabulary: Vocabulary[Any] | None
) -> tuple[Diagnostic, ...]:
    """What is wrong with the policy, or the library, in the file at *path*.

    Raises:
        OSError: Where the file cannot be read.
    """
    source = load_source(path)
    if isinstance(source, Diagnostic):
        return (source,)
    return checked(source, vocabulary, folder_loader(Path(path).parent))


def _undecided(source: Source) -> Diagnostic:
    """The mistake of a text that says nothing of any decision."""
    end = len(source.text)
    message = _NO_RULES if source.text.strip() else "the policy is empty"
    help_ = "write a condition, such as `would recommend`, or rules and an OTHERWISE"
    return Diagnostic("CR204", message, source, Span(end, end), help=(help_,))


def _made(source: Source, vocabulary: Vocabulary[Any] | None, loader: Loader | None) -> Binding:
    resolved, diagnostics = _resolved(source, vocabulary, loader)
    if diagnostics:
        raise PolicyError(diagnostics)
    if resolved.default is None:
        raise PolicyError([_undecided(source)])
    base = _default_vocabulary() if vocabulary is None else vocabulary
    texts = _Texts(source.name, source.text, dict(resolved.used))
    return Binding(resolved, resolved.default, base, partial(program_again, texts, base))


@attrs.frozen
class _Texts:
    """A policy's texts: what it is called, what it says, and what it USEs, by path."""

    name: str
    text: str
    used: Mapping[str, str]


_MOST_MADE_AGAIN = 8
_made_again: list[tuple[_Texts, Vocabulary[Any], Binding]] = []


def program_again(
    texts: _Texts,
    vocabulary: Vocabulary[Any],
    mine: Mapping[str, Reading],
    day: datetime.date | None,
) -> Program:
    """The program of a policy that was made in another process, for an owner and a day."""
    for known, base, binding in _made_again:
        if known == texts and base == vocabulary:
            return binding.program(mine, day)
    _, binding = from_text(texts.text, texts.name, vocabulary, texts.used.__getitem__)
    _made_again[_MOST_MADE_AGAIN - 1 :] = []
    _made_again.insert(0, (texts, vocabulary, binding))
    return binding.program(mine, day)


def _resolved(
    source: Source, vocabulary: Vocabulary[Any] | None, loader: Loader | None
) -> tuple[Resolved, tuple[Diagnostic, ...]]:
    document, mistakes = parse(source)
    resolved, more = resolve(document, vocabulary or _default_vocabulary(), loader)
    return resolved, _in_order(source, (*mistakes, *more))


def _in_order(source: Source, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return first_told(
        sorted(diagnostics, key=lambda each: (each.source != source, each.source.name, each.span))
    )


@cache
def _default_vocabulary() -> Vocabulary[Contact]:
    return Vocabulary.of(Contact)
