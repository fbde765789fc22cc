"""What people type out of habit: bullets, statement words in small letters, IF."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake

if TYPE_CHECKING:
    from lark.lexer import Token as Mark

_DASHES = "*\N{EN DASH}\N{EM DASH}"
_BULLETS = "•‣◦●▪"
_BULLET = re.compile(rf"[{_BULLETS}](?=\s*\S)|[{_DASHES}](?=\s+\S)")

_DECISION = "connect|decline|review"
# What a statement begins with, and the marks that must follow where its words end there.
_FORMS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), frozenset(after))
    for pattern, after in (
        (rf"(otherwise)\s+({_DECISION})(?![\w-])", ()),
        (r"(otherwise)", ("CONNECT", "DECLINE", "REVIEW", "_COLON")),
        (rf'({_DECISION})(?:\s*"[^"]*"\s*|\s+)(when|if)(?![\w-])', ()),
        (rf'({_DECISION})(?:\s*"[^"]*")?', ("_WHEN",)),
        (r'(policy|about|use|example)\s*(?=")', ()),
        (r"(language)\s+(?=[0-9]+$)", ()),
        (r"(fact|ask|assume)\s.*", ("_COLON",)),
        (r"(define)\s.*?\s(as)(?=\s)", ()),
        (r"(define)\s.*", ("_AS",)),
    )
)
_CLAUSES = re.compile(r'(unless)(?=\s)|(because)(?=\s*")', re.IGNORECASE)
_SUSPECT = re.compile(
    rf"otherwise|{_DECISION}|policy|about|use|example|language|fact|ask|assume|define"
    rf"|unless|because|[{_BULLETS}{_DASHES}]|(?-i:IF)(?!\S)",
    re.IGNORECASE,
)
_OPERAND_ENDS = frozenset({"RUN", "CLOSING", "CLOSE"})
_NAME_OR_VALUE_NEXT = frozenset({"FACT", "ASK", "ASSUME", "DEFINE", "_COLON", "_ASKING", "ITEM"})


def suspects(marks: Sequence["Mark"]) -> Iterator[int]:
    """Where a line begins with one of the words or bullets that are looked into here."""
    line = 0
    for index, mark in enumerate(marks):
        if mark.type == "RUN" and mark.line != line and _SUSPECT.match(mark):
            yield index
        line = mark.end_line or line


def at(marks: Sequence["Mark"], index: int) -> Mistake | None:
    """The mistake at the beginning of a line, if any."""
    return statement(marks, index) or line_start(marks, index)


def statement(marks: Sequence["Mark"], index: int) -> Mistake | None:
    """The mistake of the run at *index*, first on its line: a statement in the wrong case."""
    before = marks[index - 1].type if index else ""
    if before in _NAME_OR_VALUE_NEXT:
        return None
    run = marks[index]
    after = marks[index + 1].type if index + 1 < len(marks) else ""
    for form, followers in _FORMS:
        match = form.fullmatch(run) if followers else form.match(run)
        if match and (not followers or after in followers):
            return _miscased(match, run)
    return None


def line_start(marks: Sequence["Mark"], index: int) -> Mistake | None:
    """The mistake of the run at *index*, first on its line: a bullet, an IF, a clause's word."""
    run = marks[index]
    if _BULLET.match(run):
        return bullet(marks, index)
    if run.split()[0] == "IF" and (not index or marks[index - 1].type in _OPERAND_ENDS):
        start = run.start_pos or 0
        return Mistake(
            Span(start, start + len("IF")),
            "CR101",
            "`IF` begins no statement",
            help=("a rule reads `CONNECT WHEN` and its condition",),
        )
    if index and marks[index - 1].type in _OPERAND_ENDS:
        clause = _CLAUSES.match(run)
        if clause:
            return _miscased(clause, run)
    return None


def bullet(marks: Sequence["Mark"], index: int) -> Mistake:
    """The mistake of a list whose items begin with another mark than `-`."""
    bullets = [marks[each] for each in suspects(marks) if _BULLET.match(marks[each])]
    spans = [Span(each.start_pos or 0, (each.start_pos or 0) + 1) for each in bullets]
    start = marks[index].start_pos or 0
    return Mistake(
        Span(start, start + 1),
        "CR101",
        f"`{marks[index][0]}` begins no item of a list",
        help=("begin each item with `-`",),
        fixes=(Fix("begin the items with `-`", tuple(Edit(span, "-") for span in spans)),),
    )


def _miscased(match: re.Match[str], run: "Mark") -> Mistake:
    """The mistake of the words that *match* found in *run*."""
    start = run.start_pos or 0
    groups = [number for number in range(1, match.re.groups + 1) if match[number]]
    edits = tuple(
        Edit(Span(start + match.start(number), start + match.end(number)), reserved(match[number]))
        for number in groups
        if match[number] != reserved(match[number])
    )
    first, meant = match[groups[0]], match[0]
    for number in groups:
        meant = meant.replace(match[number], reserved(match[number]), 1)
    return Mistake(
        edits[0].span,
        "CR101",
        f"`{first}` was meant as `{reserved(first)}`, which is written in capitals",
        help=(f"write `{shown(' '.join(meant.split()))}`",),
        fixes=(Fix("write it in capitals", edits),),
    )


def reserved(word: str) -> str:
    """The reserved word that *word* was meant as."""
    return {"IF": "WHEN"}.get(word.upper(), word.upper())
