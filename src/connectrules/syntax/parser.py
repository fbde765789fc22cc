"""Policy text to syntax tree.

Lark is loaded at the first parse: importing it takes longer than a small policy.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import attrs

from connectrules.diagnostics import Diagnostic
from connectrules.source import Source, Span
from connectrules.syntax import binary, foreign, habits, limits, pasted, refusals
from connectrules.syntax.automaton import Automaton
from connectrules.syntax.blocks import with_lists
from connectrules.syntax.lexer import Lexer, Mark
from connectrules.syntax.marks import invisible
from connectrules.syntax.mistakes import Mistake, Unexpected
from connectrules.syntax.recovery import recover
from connectrules.syntax.statements import Builder
from connectrules.syntax.tree import Broken, Condition, Document, Statement
from connectrules.syntax.versions import check_version

if TYPE_CHECKING:
    from lark import Lark
    from lark.lexer import Token

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def parse(source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The syntax tree of *source*, and what is wrong with its text.

    Statements with a mistake are `Broken` in the tree, one diagnostic each.
    """
    try:
        limits.check_size(source)
        text = _plain(source.text)
        limits.check_words(text)
    except Mistake as mistake:
        return _unread(source), (mistake.diagnostic(source),)
    odd = invisible(source)
    marks = with_lists(_lexer().marks(text))
    try:
        check_version(marks)
        limits.check_statements(marks)
        limits.check_conditions(marks)
    except Mistake as mistake:
        return _unread(source), (*odd, mistake.diagnostic(source))
    cleaned = pasted.cleaned(text) if pasted.is_suspected(text) else None
    if not (
        odd
        or (cleaned and (cleaned[0] or foreign.turned(text)[0]))
        or any(
            habits.at(marks, index) or refusals.at(marks, index) for index in habits.suspects(marks)
        )
    ):
        try:
            limits.check_statement(marks)
            result = _read(marks)
        except (Mistake, Unexpected):
            pass
        else:
            if isinstance(result, tuple):
                return Document(source, statements=result), ()
            return Document(source, bare=result), ()
    return _recovered(source, text, marks, odd, cleaned)


def _recovered(
    source: Source,
    text: str,
    marks: Sequence[Mark],
    odd: tuple[Diagnostic, ...],
    cleaned: tuple[tuple[Mistake, ...], str] | None,
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """What can be read of a text with mistakes, beside what is no part of a policy at all."""
    other = foreign.unreadable(text)
    if other is not None:
        return _unread(source), (*odd, other.diagnostic(source))
    blemishes, without = cleaned or pasted.cleaned(text)
    turned, rules, without = foreign.turned(without)
    if without != text:
        marks = with_lists(_lexer().marks(without))
    document, told = recover(source, without, marks, odd, _read)
    more = (mistake.diagnostic(source) for mistake in (*blemishes, *turned))
    diagnostics = sorted((*told, *more), key=lambda each: each.span)
    statements = sorted((*document.statements, *rules), key=lambda each: each.span)
    return attrs.evolve(document, statements=tuple(statements)), tuple(diagnostics)


def decode(data: bytes, name: str) -> Source | Diagnostic:
    """The text that a file called *name* holds, or CR101 where it is not UTF-8."""
    other = binary.refused(data, name)
    if other is not None:
        return other
    data = data.removeprefix(_BOM.encode())
    try:
        return Source(name, data.decode())
    except UnicodeDecodeError as error:
        place = len(data[: error.start].decode())
        source = Source(name, data.decode(errors="replace"))
        return Diagnostic(
            "CR101",
            f"the text is not UTF-8: no character is written with the byte "
            f"`{data[error.start]:02x}` here",
            source,
            Span(place, place + 1),
            help=("save the file as UTF-8",),
        )


@cache
def grammar(*, debug: bool = False) -> "Lark":
    """The parser that policy.lark makes; *debug* logs what is ambiguous in it."""
    from lark import Lark  # noqa: PLC0415 - only when it is needed

    text = resources.files("connectrules.syntax").joinpath("policy.lark").read_text("utf-8")
    return Lark(
        text, parser="lalr", lexer="basic", transformer=Builder(), postlex=_Kept(), debug=debug
    )


class _Kept:
    """Keeps terminals that no rule has: dashes, of which lists are made, and what none may hold."""

    always_accept = ("DASH", "ODD")

    def process(self, stream: Iterator["Token"]) -> Iterator["Token"]:
        """The marks of *stream* as they are."""
        return stream


@cache
def _lexer() -> Lexer:
    return Lexer.of(grammar())


@cache
def _automaton() -> Automaton:
    return Automaton.of(grammar())


def _unread(source: Source) -> Document:
    """The document of a text that is too large to be read."""
    return Document(source, (Broken(None, None, Span(0, len(source.text))),))


def _plain(text: str) -> str:
    """*text* with line breaks of one kind and no byte order mark, each character in its place."""
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    return " " + plain[1:] if plain.startswith(_BOM) else plain


def _read(marks: Sequence[Mark]) -> tuple[Statement, ...] | Condition:
    """The statements or the condition that *marks* make.

    Raises:
        Unexpected: A mark does not fit.
        Mistake: A run of words is not what it must be.
    """
    return _automaton().read(marks)  # type: ignore[no-any-return]
