"""What can still be read where a text has mistakes: every statement is read by itself."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import attrs

from connectrules.diagnostics import Diagnostic
from connectrules.source import Source, Span
from connectrules.syntax import habits, limits, names, problems, refusals
from connectrules.syntax.blocks import STATEMENTS
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake, Unexpected
from connectrules.syntax.tree import Broken, Condition, Document, Statement

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[Sequence[Mark]], tuple[Statement, ...] | Condition]

_DECISIONS = frozenset({"CONNECT", "DECLINE", "REVIEW"})
_NAMING = frozenset({"FACT", "ASK", "ASSUME", "DEFINE"})
_NAMED = frozenset({"_COLON", "_AS"})
MOST_TOLD = 100
"""In how many statements of a text mistakes are told; the others are counted."""
_MOST_NAMES = 20
"""How many names with reserved words are looked for in other statements."""


@attrs.frozen
class Chunk:
    """The marks of one statement, or of what stands before the first.

    Attributes:
        marks: At least one.
        begins: Whether a statement word begins it, in whatever case.
        miscased: What finds the mistake of that word, where it is not in capitals.
    """

    marks: tuple[Mark, ...]
    begins: bool
    miscased: "Callable[[], Mistake] | None" = None

    @property
    def span(self) -> Span:
        """From its first mark to its last."""
        return Span(self.marks[0].start_pos or 0, self.marks[-1].end_pos or 0)


def recover(
    source: Source, text: str, marks: Sequence[Mark], odd: tuple[Diagnostic, ...], read: "Reader"
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """The statements that can be read, and a diagnostic for each of the others.

    Args:
        source: The text.
        text: The same with plain line breaks.
        marks: What the lexer made of it.
        odd: What is wrong with its characters.
        read: Makes the statements or the condition of some marks, or raises.
    """
    chunks = tuple(_chunks(marks))
    try:
        limits.check_beginnings([chunk.marks[0] for chunk in chunks])
    except Mistake as mistake:
        everything = Broken(None, None, Span(0, len(text)))
        return Document(source, (everything,)), (*odd, mistake.diagnostic(source))
    starts = [chunk.span.start for chunk in chunks]
    ends = [*starts[1:], len(text)]
    odd_places = [each.span.start for each in odd]
    statements: list[Statement] = []
    faults: list[tuple[Chunk, Mistake]] = []
    bare = None
    for chunk, start, end in zip(chunks, starts, ends, strict=False):  # of no chunk, none
        if any(start <= place < end for place in odd_places):
            statements.append(_broken(chunk, text))
            continue
        try:
            result = (_read if len(faults) < MOST_TOLD else _tried)(
                chunk, text, read, alone=len(chunks) == 1
            )
        except Mistake as mistake:
            faults.append((chunk, mistake))
            statements.append(_broken(chunk, text))
        else:
            if isinstance(result, tuple):
                statements.extend(result)
            else:
                bare = result
    told = _counted(tuple(_first_told(faults, text)))
    diagnostics = sorted(
        (*odd, *(mistake.diagnostic(source) for mistake in told)), key=lambda each: each.span
    )
    return Document(source, tuple(statements), bare), tuple(diagnostics)


def _read(
    chunk: Chunk, text: str, read: "Reader", *, alone: bool
) -> tuple[Statement, ...] | Condition:
    """What the marks of *chunk* say; `Mistake` where they say nothing."""
    if chunk.miscased:
        raise chunk.miscased()
    if not (chunk.begins or alone):
        raise problems.stray(chunk.marks)
    limits.check_statement(chunk.marks)
    refused = refusals.within(chunk.marks)
    if refused:
        raise refused
    for index in habits.suspects(chunk.marks):
        mistake = habits.line_start(chunk.marks, index)
        if mistake:
            raise mistake
    try:
        return read(chunk.marks)
    except Unexpected as unexpected:
        raise problems.explained(unexpected, chunk.marks, text) from None
    except Mistake as mistake:
        raise problems.in_context(mistake, chunk.marks, text) from None


def _tried(
    chunk: Chunk, _text: str, read: "Reader", *, alone: bool
) -> tuple[Statement, ...] | Condition:
    """What the marks of *chunk* say; a bare `Mistake` where they say nothing."""
    if not chunk.miscased and (chunk.begins or alone):
        with suppress(Unexpected, Mistake):
            limits.check_statement(chunk.marks)
            return read(chunk.marks)
    raise Mistake(chunk.span, "CR101", "it cannot be read")


def _counted(mistakes: tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """The first of *mistakes*, and how many there are more."""
    told, more = mistakes[:MOST_TOLD], mistakes[MOST_TOLD:]
    if not more:
        return told
    message = (
        f"the statements from here on that cannot be read are not told: {len(more):,} more than "
        f"the {MOST_TOLD} that are"
    )
    place = Span(more[0].span.start, more[0].span.start)
    return (*told, Mistake(place, "CR110", message, help=("mend those above first",)))


def _chunks(marks: Sequence[Mark]) -> Iterator[Chunk]:
    """The marks of each statement, the first of them perhaps of none."""
    suspects = frozenset(habits.suspects(marks))
    start, begins, miscased = 0, False, None
    naming, awaiting = 0, 0  # the line of a name, or of an OTHERWISE, that is not over
    for index, mark in enumerate(marks):
        found = _beginning(marks, index, suspects)
        if found is None and mark.type not in STATEMENTS:
            naming = 0 if mark.type in _NAMED else naming
            awaiting = (mark.line or 0) if mark.type == "_EXPECT" else awaiting
            continue
        if found is None and mark.type in _DECISIONS and index > start:
            before = marks[index - 1].type
            if before in {"OTHERWISE", "_EXPECT"} or mark.line == awaiting:
                awaiting = 0
                continue
            if marks[start].type == "EXAMPLE" and mark.line == marks[start].line:
                continue  # its EXPECT was forgotten
        if found is None and mark.line == naming:
            continue
        if index > start:
            yield Chunk(tuple(marks[start:index]), begins, miscased)
        start, begins, miscased = index, True, found
        naming = (mark.line or 0) if mark.type in _NAMING else 0
        awaiting = (mark.line or 0) if _awaits_decision(marks, index) else 0
    if marks:
        yield Chunk(tuple(marks[start:]), begins, miscased)


def _beginning(
    marks: Sequence[Mark], index: int, suspects: frozenset[int]
) -> "Callable[[], Mistake] | None":
    """What finds the mistake of the mark at *index*, if it begins a statement in other words."""
    mark = marks[index]
    if index in suspects:
        found = habits.statement(marks, index)
        if found:
            return found
    elif mark.type != "NOT" or (index and marks[index - 1].line == mark.line):
        return None
    refused = refusals.at(marks, index)
    return (lambda: refused) if refused else None


def _awaits_decision(marks: Sequence[Mark], index: int) -> bool:
    """Whether a decision after the mark at *index* belongs to the statement that it begins."""
    if habits.reserved(marks[index].split()[0]) == "OTHERWISE":
        return True
    return marks[index].type not in STATEMENTS and refusals.at(marks, index) is not None


def _broken(chunk: Chunk, text: str) -> Broken:
    """What is left of a statement that could not be read."""
    word = habits.reserved(chunk.marks[0].split()[0]) if chunk.begins else None
    word = refusals.decision(chunk.marks) or word
    return Broken(word, names.declared(chunk.marks, text), chunk.span)


def _first_told(faults: Sequence[tuple[Chunk, Mistake]], text: str) -> Iterator[Mistake]:
    """The mistakes, without those that only use a name whose reserved word is told already."""
    told = [
        re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
        for chunk, mistake in faults
        if mistake.code == "CR108" and (name := names.written(chunk.marks, text))
    ][:_MOST_NAMES]
    for chunk, mistake in faults:
        if mistake.code != "CR101" or not any(
            match.start() <= mistake.span.start <= match.end()
            for name in told
            for match in name.finditer(text, chunk.span.start, chunk.span.end)
        ):
            yield mistake
