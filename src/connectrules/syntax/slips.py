"""Slips of the hand at a mark that does not fit: words in small letters, full stops, IF."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from connectrules.diagnostics import Edit, Fix
from connectrules.source import Span
from connectrules.syntax import habits, words
from connectrules.syntax.mistakes import Mistake, Unexpected, full_stop
from connectrules.syntax.tree import Kind

if TYPE_CHECKING:
    from lark.lexer import Token as Mark

_DECISIONS = frozenset({"CONNECT", "DECLINE", "REVIEW"})
_QUANTIFIER_MARKS = frozenset(
    {"RUN", "ALL", "ANY", "NONE", "AT", "LEAST", "MOST", "EXACTLY", "OF", "POINTS", "FROM"}
)
_LONGEST_QUANTIFIER = 6
_QUANTIFIER = re.compile(
    r"(?:all|any|none)\s+of|(?:at\s+(?:least|most)|exactly)\s+\S+\s+(?:of|points\s+from)",
    re.IGNORECASE,
)
_JOINERS_BEFORE = re.compile(r"(?<!\S)(?:(and|or)(?:\s+(not))?|(not))$", re.IGNORECASE)
_JOINERS_AFTER = re.compile(r"(and|or)(?:\s+(not))?(?!\S)", re.IGNORECASE)
_AS = re.compile(r"(?<=\s)as(?=\s)", re.IGNORECASE)
_EQUALS = re.compile(r'([^"<>=!]*[^"<>=!\s])\s*(=)\s*(?=[^=\s])')
_SEPARATORS = {"_COLON": (":", ": "), "_AS": ("AS", " AS ")}
# What stands after a name, by its terminal: as a message names it, and with its blanks.
_OPERAND_STARTS = frozenset({"OPENING", "NOT", "_OPEN", "ALL", "ANY", "NONE", "AT", "EXACTLY"})


def found(unexpected: Unexpected, marks: Sequence["Mark"], text: str) -> Mistake | None:
    """The slip at the mark that does not fit, if it is one."""
    index = unexpected.index
    return (
        _equals(unexpected, marks)
        or _quantifier(marks, index, text)
        or _joiner(marks, index)
        or (next_word(marks, index) if index < len(marks) else None)
        or _as(marks, index)
    )


def _equals(unexpected: Unexpected, marks: Sequence["Mark"]) -> Mistake | None:
    """The mistake of a `=` where a `:`, or the AS of a DEFINE, belongs."""
    wanted = next((each for each in _SEPARATORS if each in unexpected.accepts), "")
    run = marks[unexpected.index - 1]
    match = _EQUALS.match(run) if wanted and run.type == "RUN" else None
    if match is None:
        return None
    meant, text = _SEPARATORS[wanted]
    start = run.start_pos or 0
    return Mistake(
        Span(start + match.start(2), start + match.end(2)),
        "CR101",
        f"`{meant}` was expected in place of `=`",
        help=(f"write `{meant}`",),
        fixes=(
            Fix(f"write `{meant}`", (Edit(Span(start + match.end(1), start + match.end()), text),)),
        ),
    )


def next_word(marks: Sequence["Mark"], index: int) -> Mistake | None:
    """The mistake of the run at *index* that should have begun with a reserved word."""
    run = marks[index]
    if run.type != "RUN" or not index:
        return None
    expected = _expected_word(marks, index)
    if not expected:
        return None
    try:
        tokens = words.split(str(run), run.start_pos or 0)
    except Mistake:
        return None
    first = next((token for token in tokens if token.kind is Kind.WORD), None)
    if first is None:
        return None
    start = first.span.start - (run.start_pos or 0)
    written = run[start : first.span.end - (run.start_pos or 0)]
    bare = written.rstrip(".")
    if bare != written and (not bare or bare in expected):
        return full_stop(Span(first.span.end - 1, first.span.end))
    if written.upper() in expected:
        meant = habits.reserved(written)
        return Mistake(
            first.span,
            "CR101",
            f"`{written}` was meant as `{meant}`, which is written in capitals"
            if written.upper() == meant
            else f"`{written}` begins no condition of a rule",
            help=(f"write `{meant}`",),
            fixes=(Fix(f"write `{meant}`", (Edit(first.span, meant),)),),
        )
    return None


def is_rule(marks: Sequence["Mark"], index: int) -> bool:
    """Whether the mark at *index* is the decision that a rule begins with."""
    return marks[index].type in _DECISIONS and index == 0


def _expected_word(marks: Sequence["Mark"], index: int) -> frozenset[str]:
    """The reserved words that may follow the mark before *index*, among those often miswritten."""
    before = marks[index - 1].type
    if is_rule(marks, index - 1):
        return frozenset({"WHEN", "IF"})
    if before == "OTHERWISE":
        return _DECISIONS
    if before == "_EXPECT":
        return _DECISIONS | {"UNDECIDED"}
    if before in _DECISIONS | {"UNDECIDED"}:
        return frozenset({"BECAUSE", "ASKING"})
    if before in {"EXAMPLE", "_TODAY"}:
        return frozenset({"TODAY", "EXPECT"})
    return frozenset()


def _quantifier(marks: Sequence["Mark"], index: int, text: str) -> Mistake | None:
    """The mistake of a quantifier that is not all in capitals, before its list."""
    first = index
    while first and index - first < _LONGEST_QUANTIFIER and _quantifying(marks, first - 1):
        first -= 1
    last = index
    while last - index < _LONGEST_QUANTIFIER and _quantifying(marks, last):
        last += 1
    if first == last or last >= len(marks) or marks[last].type not in {"OPENING", "_OPEN"}:
        return None
    start, end = marks[first].start_pos or 0, marks[last - 1].end_pos or 0
    written = text[start:end]
    meant = written.upper()
    if meant == written or not _QUANTIFIER.fullmatch(written):
        return None
    word = re.match(r"\S+", written)
    return Mistake(
        Span(start, start + (word.end() if word else 0)),
        "CR105",
        f"`{' '.join(written.split())}` begins a list only in capitals",
        help=(f"write `{' '.join(meant.split())}`",),
        fixes=(Fix("write it in capitals", (Edit(Span(start, end), meant),)),),
    )


def _quantifying(marks: Sequence["Mark"], index: int) -> bool:
    return index < len(marks) and marks[index].type in _QUANTIFIER_MARKS


def _joiner(marks: Sequence["Mark"], index: int) -> Mistake | None:
    """The mistake of `and`, `or` or `not` beside a bracket, a list or a NOT."""
    if index >= len(marks) or not index:
        return None
    before, mark = marks[index - 1], marks[index]
    if mark.type in _OPERAND_STARTS and before.type == "RUN":
        run, match = before, _JOINERS_BEFORE.search(before)
    elif mark.type == "RUN" and before.type in {"CLOSING", "CLOSE"}:
        run, match = mark, _JOINERS_AFTER.match(mark)
    else:
        return None
    if match is None:
        return None
    start = run.start_pos or 0
    edits = tuple(
        Edit(Span(start + match.start(group), start + match.end(group)), match[group].upper())
        for group in range(1, match.re.groups + 1)
        if match[group]
    )
    word = run[edits[0].span.start - start : edits[0].span.end - start]
    does = "denies a condition" if word.lower() == "not" else "joins conditions"
    return Mistake(
        edits[0].span,
        "CR105",
        f"`{word}` {does} only in capitals",
        help=(f"write `{word.upper()}`",),
        fixes=(Fix("write it in capitals", edits),),
    )


def _as(marks: Sequence["Mark"], index: int) -> Mistake | None:
    """The mistake of a DEFINE whose AS is in small letters."""
    if marks[0].type != "DEFINE" or any(mark.type == "_AS" for mark in marks[:index]):
        return None
    match = _AS.search(marks[1]) if len(marks) > 1 else None
    if match is None:
        return None
    start = marks[1].start_pos or 0
    span = Span(start + match.start(), start + match.end())
    return Mistake(
        span,
        "CR101",
        f"`{match[0]}` was meant as `AS`, which is written in capitals",
        help=("write `AS`",),
        fixes=(Fix("write `AS`", (Edit(span, "AS"),)),),
    )
