"""Policy text to syntax tree.

Lark is loaded at the first parse: importing it takes longer than a small policy.
"""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import attrs

from connectrules.diagnostics import Diagnostic
from connectrules.source import Source, Span
from connectrules.syntax import habits, limits
from connectrules.syntax.blocks import Blocks
from connectrules.syntax.marks import invisible
from connectrules.syntax.mistakes import Mistake, Unexpected
from connectrules.syntax.recovery import recover
from connectrules.syntax.statements import Builder
from connectrules.syntax.tree import Broken, Condition, Document, Statement

if TYPE_CHECKING:
    from lark import Lark
    from lark.lexer import Token as Mark

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def parse(source: Source) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The syntax tree of *source*, and what is wrong with its text.

    Statements with a mistake are `Broken` in the tree, one diagnostic each.
    """
    try:
        limits.check_size(source)
    except Mistake as mistake:
        return _unread(source), (mistake.diagnostic(source),)
    text = _plain(source.text)
    odd = invisible(source)
    marks = _lexed(text)
    try:
        limits.check_conditions(marks)
    except Mistake as mistake:
        return _unread(source), (*odd, mistake.diagnostic(source))
    reader = _Reader()
    if not odd and not any(habits.at(marks, index) for index in habits.suspects(marks)):
        try:
            limits.check_statement(marks)
            result = reader.read(marks)
        except (Mistake, Unexpected):
            pass
        else:
            if isinstance(result, tuple):
                return Document(source, statements=result), ()
            return Document(source, bare=result), ()
    return recover(source, text, marks, odd, reader.read)


def decode(data: bytes, name: str) -> Source | Diagnostic:
    """The text that a file called *name* holds, or CR101 where it is not UTF-8."""
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
        text, parser="lalr", lexer="basic", transformer=Builder(), postlex=Blocks(), debug=debug
    )


def _unread(source: Source) -> Document:
    """The document of a text that is too large to be read."""
    return Document(source, (Broken(None, None, Span(0, len(source.text))),))


def _plain(text: str) -> str:
    """*text* with line breaks of one kind and no byte order mark, each character in its place."""
    plain = text.replace("\r\n", " \n").replace("\r", "\n")
    return " " + plain[1:] if plain.startswith(_BOM) else plain


def _lexed(text: str) -> tuple["Mark", ...]:
    """The marks of *text*; the grammar has one for every character."""
    machine = grammar().parse_interactive(text)
    return tuple(machine.lexer_thread.lex(machine.parser_state))  # type: ignore[no-untyped-call]


@attrs.frozen
class _Reader:
    """Makes statements of marks, and remembers what would have fitted where some did not.

    Attributes:
        accepted: The terminals that may follow those of each beginning met so far.
    """

    accepted: dict[tuple[str, ...], frozenset[str]] = attrs.field(factory=dict)

    def read(self, marks: Sequence["Mark"]) -> tuple[Statement, ...] | Condition:
        """The statements or the condition that *marks* make.

        Raises:
            Unexpected: A mark does not fit.
            Mistake: A run of words is not what it must be.
        """
        from lark.exceptions import UnexpectedToken  # noqa: PLC0415 - only when it is needed

        if not marks:
            return ()
        machine = grammar().parse_interactive()
        index = 0
        try:
            for index, mark in enumerate(marks):  # noqa: B007 - the error needs the index
                machine.feed_token(mark)
            index = len(marks)
            return machine.feed_eof(marks[-1])  # type: ignore[no-any-return,no-untyped-call]
        except UnexpectedToken:
            raise Unexpected(index, self._accepts(marks[:index])) from None

    def _accepts(self, marks: Sequence["Mark"]) -> frozenset[str]:
        """The terminals that may follow *marks*."""
        types = tuple(mark.type for mark in marks)
        if types not in self.accepted:
            # The machine that met the error has gone on a little: ask one that has not.
            machine = grammar().parse_interactive()
            for mark in marks:
                machine.feed_token(mark)
            self.accepted[types] = frozenset(machine.accepts())  # type: ignore[no-untyped-call]
        return self.accepted[types]
