"""Texts that stand in the wrong quotes, or in none, where a statement takes a quoted text."""

import re
from collections.abc import Iterator, Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax import words
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Token

_AFTER_TEXT = frozenset({"_WHEN", "_EXPECT", "_TODAY"})
_SINGLE = "'`\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_LINE_END = re.compile(r"[^\S\n]*(?:\n|\Z|#)")
_PAIR = re.compile(r'"(?:\\[^\n]|[^"\n])*+"?|[“”„‟«»]([^"“”„‟«»\n]*+)[“”„‟«»]|[“”„‟«»]')
_SIGNS = frozenset({"RUN", "ODD", "_COLON", "_SEMICOLON", "OPENING", "CLOSING"})


def must_be_quoted(marks: Sequence[Mark], index: int) -> bool:
    """Whether the run at *index* stands where a quoted text must, and is none."""
    if marks[index].startswith('"') or not index:
        return False
    before = marks[index - 1].type
    return before in {"POLICY", "ABOUT", "USE", "EXAMPLE", "_BECAUSE"} or (
        before == "_COLON" and marks[0].type == "ASK"
    )


def unquoted(mark: Mark) -> Mistake:
    """The mistake of a run that must stand in quotes."""
    first = re.match(r"\S*", mark)
    span = Span(mark.start_pos, mark.start_pos + (first.end() if first else 0))
    return Mistake(span, "CR107", f"`{shown(str(mark))}` must stand in quotes")


def wanted(marks: Sequence[Mark], index: int, before: str, text: str) -> Mistake:
    """The mistake of the run of bare words at *index*, where after *before* a text belongs."""
    run = marks[index]
    start, end = run.start_pos, run.end_pos
    if run[0] in _SINGLE:
        edits = tuple(_doubled(marks[index:]))
        return Mistake(
            Span(start, start + 1),
            "CR106",
            f"the text after `{before}` stands in single quotes",
            help=() if run[-1] in _SINGLE else ('put the text in double quotes, `"`',),
            fixes=(Fix("write double quotes", edits),) if run[-1] in _SINGLE else (),
        )
    end = _end(marks, index, text)
    then = marks[index + 1].type if index + 1 < len(marks) else ""
    is_whole = end > run.end_pos or then in _AFTER_TEXT or _LINE_END.match(text, end)
    alone = '"' not in text[start:end] and is_whole
    edits = (Edit(Span(start, start), '"'), Edit(Span(end, end), '"'))
    return Mistake(
        unquoted(run).span,
        "CR107",
        f"the text after `{before}` must stand in quotes",
        help=() if alone else ('put the text in double quotes, `"`',),
        fixes=(Fix("put it in quotes", edits),) if alone else (),
    )


def _doubled(marks: Sequence[Mark]) -> Iterator[Edit]:
    """The edits that make double quotes of the single ones around texts."""
    for mark in marks:
        try:
            tokens = words.split(str(mark), mark.start_pos) if mark.type == "RUN" else ()
        except Mistake:
            return
        for span in pairs(tokens):
            yield Edit(Span(span.start, span.start + 1), '"')
            yield Edit(Span(span.end - 1, span.end), '"')


def pairs(tokens: Sequence[Token]) -> Iterator[Span]:
    """Where *tokens* stand in single quotes, from quote to quote."""
    rest = tokens
    while (span := words.single_quoted(rest)) is not None:
        yield span
        rest = [token for token in rest if token.start >= span.end]


def _end(marks: Sequence[Mark], index: int, text: str) -> int:
    """Where the text ends: with its run, or with its line where only signs cut it short."""
    last = marks[index]
    for mark in marks[index + 1 :]:
        if mark.line != last.line or mark.type not in _SIGNS:
            break
        last = mark
    stops = last.line == marks[index].line and not _LINE_END.match(text, last.end_pos)
    return marks[index].end_pos if stops else last.end_pos


def straightened(mistake: Mistake, marks: Sequence[Mark], text: str) -> Mistake:
    """*mistake*, a curly quote, with a fix for all such quotes of its statement."""
    edits = [*_curly(text, marks[0].start_pos, marks[-1].end_pos)]
    if mistake.code != "CR106" or not edits or not _is_curly(text, mistake.span.start):
        return mistake
    paired = len(edits) % 2 == 0
    return Mistake(
        mistake.span,
        mistake.code,
        mistake.message,
        help=() if paired else mistake.help,
        fixes=(Fix("use straight quotes", tuple(edits)),) if paired else (),
    )


def _is_curly(text: str, place: int) -> bool:
    return text[place : place + 1] in {*"“”„‟«»"}


def _curly(text: str, start: int, end: int) -> Iterator[Edit]:
    for match in _PAIR.finditer(text, start, end):
        if match[0].startswith('"'):
            continue
        yield Edit(Span(match.start(), match.start() + 1), '"')
        if len(match[0]) > 1:
            yield Edit(Span(match.end() - 1, match.end()), '"')
