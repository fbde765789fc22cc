"""Slips of the hand at a mark that does not fit: words in small letters, full stops, IF."""

import re
from collections.abc import Iterator, Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.source import Span
from connectrules.syntax import habits, quantifiers, words
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake, Unexpected, full_stop, replacing
from connectrules.syntax.tokens import Kind

_DECISIONS = frozenset({"CONNECT", "DECLINE", "REVIEW"})
_JOINERS_BEFORE = re.compile(r"(?<!\S)(?:(and|or|but)(?:\s+(not))?|(not))$", re.IGNORECASE)
_JOINERS_AFTER = re.compile(r"(and|or|but)(?:\s+(not))?(?!\S)", re.IGNORECASE)
_AS = re.compile(r"(?<=\s)(?:as|is|means|=)(?=\s)", re.IGNORECASE)
_EQUALS = re.compile(r'([^"<>=!]*[^"<>=!\s])\s*(=)\s*(?=[^=\s])')
_TYPES = "yes/no|count|number|text|date|list of text|one of"
_TYPE_SAID = re.compile(
    rf"(.*\S)\s+(is|as|=)\s+((?:an?\s+)?)(?={_TYPES}|[a-z]+$)", re.IGNORECASE | re.DOTALL
)
_VALUE_SAID = re.compile(r"(.*\S)\s+(is|as)\s+(?=\S+$)", re.IGNORECASE | re.DOTALL)
_TYPE_FIRST = re.compile(r"(yes/no|count|number|text|date)\s+(\S.*)", re.DOTALL)
_SEPARATORS = {"_COLON": (":", ": "), "_AS": ("AS", " AS ")}
# What stands after a name, by its terminal: as a message names it, and with its blanks.
_OPERAND_STARTS = frozenset({"OPENING", "NOT", "_OPEN", "ALL", "ANY", "NONE", "AT", "EXACTLY"})
_VERBS = frozenset({"is", "are", "was", "has", "have", "would", "will", "can", "could", "should"})
_JOINING = re.compile(r"(?<!\S)(?:and|or|but)(?!\S)", re.IGNORECASE)
_DENY = "write `AND NOT` in its place, and brackets around all that it denies"
_UNKNOWN = frozenset({"null", "empty", "blank", "known", "unknown", "nothing", "none"})


def found(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake | None:
    """The slip at the mark that does not fit, if it is one."""
    index = unexpected.index
    return (
        _equals(unexpected, marks)
        or quantifiers.slip(marks, index, text)
        or _joiner(marks, index)
        or (next_word(marks, index) if index < len(marks) else None)
        or _as(marks, index)
        or _colon(marks, index)
        or _inner_not(marks, index)
    )


def _equals(unexpected: Unexpected, marks: Sequence[Mark]) -> Mistake | None:
    """The mistake of a `=` where a `:`, or the AS of a DEFINE, belongs."""
    wanted = next((each for each in _SEPARATORS if each in unexpected.accepts), "")
    run = marks[unexpected.index - 1]
    match = _EQUALS.match(run) if wanted and run.type == "RUN" else None
    if match is None or " as " in f" {' '.join(match[1].lower().split())} ":
        return None  # the `=` then belongs to the condition
    meant, _ = _SEPARATORS[wanted]
    return Mistake(
        Span(run.start_pos + match.start(2), run.start_pos + match.end(2)),
        "CR101",
        f"`{meant}` was expected in place of `=`",
        fixes=(Fix(f"write `{meant}`", tuple(_separated(marks, unexpected.index - 1, wanted))),),
    )


def _separated(marks: Sequence[Mark], first: int, wanted: str) -> Iterator[Edit]:
    """The edits for the `=` of the run *first*, and of the items of an EXAMPLE after it."""
    for index in range(first, len(marks)):
        run = marks[index]
        if index > first and marks[index - 1].type != "ITEM":
            continue
        match = _EQUALS.match(run) if run.type == "RUN" else None
        if match:
            place = Span(run.start_pos + match.end(1), run.start_pos + match.end())
            yield Edit(place, _SEPARATORS[wanted][1])


def next_word(marks: Sequence[Mark], index: int) -> Mistake | None:
    """The mistake of the run at *index* that should have begun with a reserved word."""
    run = marks[index]
    if run.type != "RUN" or not index:
        return None
    expected = _expected_word(marks, index)
    if not expected:
        return None
    try:
        tokens = words.split(str(run), run.start_pos)
    except Mistake:
        return None
    first = next((token for token in tokens if token.kind is Kind.WORD), None)
    if first is None:
        return None
    written = run[first.span.start - run.start_pos : first.span.end - run.start_pos]
    bare = written.rstrip(".")
    if bare != written and (not bare or bare in expected):
        return full_stop(Span(first.span.end - 1, first.span.end))
    meant = habits.reserved(bare)
    if meant in expected:
        stop = first.span.end - len(written) + len(bare)
        return Mistake(
            first.span,
            "CR101",
            habits.miswritten(bare),
            fixes=replacing(
                f"write `{meant}`",
                first.span if bare != written else Span(first.span.start, stop),
                meant,
            ),
        )
    return None


def is_rule(marks: Sequence[Mark], index: int) -> bool:
    """Whether the mark at *index* is the decision that a rule begins with."""
    return marks[index].type in _DECISIONS and index == 0


def _expected_word(marks: Sequence[Mark], index: int) -> frozenset[str]:
    """The reserved words that may follow the mark before *index*, among those often miswritten."""
    before = marks[index - 1].type
    if is_rule(marks, index - 1):
        return frozenset({"WHEN"})
    if before == "OTHERWISE":
        return _DECISIONS
    if before == "_EXPECT":
        return _DECISIONS | {"UNDECIDED"}
    if before in _DECISIONS | {"UNDECIDED"}:
        return frozenset({"BECAUSE", "ASKING"})
    if before in {"EXAMPLE", "_TODAY"}:
        return frozenset({"TODAY", "EXPECT"})
    return frozenset()


def _joiner(marks: Sequence[Mark], index: int) -> Mistake | None:
    """The mistake of `and`, `or`, `but` or `not` beside a bracket, a list or a NOT."""
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
    start = run.start_pos
    edits = tuple(
        Edit(Span(start + match.start(group), start + match.end(group)), _joint(match[group]))
        for group in range(1, match.re.groups + 1)
        if match[group]
    )
    word = run[edits[0].span.start - start : edits[0].span.end - start]
    does = "denies a condition" if word.lower() == "not" else "joins conditions"
    message = f"`{word}` {does} only in capitals"
    if word.lower() == "but":
        message = f"`{word}` joins no conditions"
        if _goes_on(marks, index):
            return Mistake(edits[0].span, "CR105", message, help=(_DENY,))
    meant = " ".join(edit.text for edit in edits)
    return Mistake(edits[0].span, "CR105", message, fixes=(Fix(f"write `{meant}`", edits),))


def _goes_on(marks: Sequence[Mark], index: int) -> bool:
    """Whether a NOT at *index* is followed by conditions of which it may deny several."""
    if marks[index].type != "NOT":
        return False
    depth = 0
    for mark in marks[index + 1 :]:
        if mark.type in {"_UNLESS", "_BECAUSE"}:
            return False
        depth += (mark.type in {"OPENING", "_OPEN"}) - (mark.type in {"CLOSING", "CLOSE"})
        if depth < 0 or mark.type in {"ITEM", "_SEMICOLON"}:
            return False
        if not depth and (mark.type in {"AND", "OR"} or _JOINING.search(mark)):
            return True
    return False


def _joint(word: str) -> str:
    return {"BUT": "AND"}.get(word.upper(), word.upper())


def _as(marks: Sequence[Mark], index: int) -> Mistake | None:
    """The mistake of a DEFINE whose AS is in small letters, or another word or mark."""
    if marks[0].type != "DEFINE" or any(mark.type == "_AS" for mark in marks[:index]):
        return None
    if index < len(marks) and marks[index].type in {"_COLON", "_WHEN"} and marks[index - 1] != "AS":
        mark = marks[index]
        place = Span(marks[index - 1].end_pos, mark.end_pos)
        return Mistake(
            mark.span,
            "CR101",
            f"`AS` was expected in place of `{mark}`",
            fixes=replacing("write `AS`", place, " AS"),
        )
    run = marks[1] if len(marks) > 1 else marks[0]
    places = [*_AS.finditer(run)]
    said = [each for each in places if each[0].lower() == "as"] or places
    if len(said) != 1:
        return None
    span = Span(run.start_pos + said[0].start(), run.start_pos + said[0].end())
    return Mistake(
        span,
        "CR101",
        f"`{said[0][0]}` was meant as `AS`, which is written in capitals"
        if said[0][0].lower() == "as"
        else f"`AS` was expected in place of `{said[0][0]}`",
        fixes=replacing("write `AS`", span, "AS"),
    )


def _colon(marks: Sequence[Mark], index: int) -> Mistake | None:
    """The mistake of a FACT or ASSUME that says `is` or `AS` for `:`, or its type first."""
    head = marks[0].type
    if head not in {"FACT", "ASSUME"} or any(mark.type == "_COLON" for mark in marks):
        return None
    if index < len(marks) and marks[index].type == "_AS":
        mark = marks[index]
        place = Span(marks[index - 1].end_pos, mark.end_pos)
        return Mistake(
            mark.span,
            "CR101",
            "`:` was expected in place of `AS`",
            fixes=replacing("write `:`", place, ":"),
        )
    run = marks[1] if len(marks) > 1 and marks[1].type == "RUN" else None
    if run is None:
        return None
    match = (_TYPE_SAID if head == "FACT" else _VALUE_SAID).match(run)
    if match:
        start = run.start_pos
        word = Span(start + match.start(2), start + match.end(2))
        return Mistake(
            word,
            "CR101",
            f"`:` was expected in place of `{match[2]}`",
            fixes=replacing("write `:`", Span(start + match.end(1), start + match.end()), ": "),
        )
    first = _TYPE_FIRST.fullmatch(run.rstrip()) if head == "FACT" else None
    if first:
        return Mistake(
            Span(run.start_pos, run.start_pos + first.end(1)),
            "CR101",
            "a name was expected before the type",
            fixes=replacing(
                f"write `{first[2]}: {first[1]}`",
                Span(run.start_pos, run.start_pos + first.end()),
                f"{first[2]}: {first[1]}",
            ),
        )
    return None


def _inner_not(marks: Sequence[Mark], index: int) -> Mistake | None:
    """The mistake of a NOT within a sentence, as in `country IS NOT "UK"`."""
    if not 0 < index < len(marks) or marks[index].type != "NOT" or marks[index - 1].type != "RUN":
        return None
    if marks[index - 1].split()[-1].lower() not in _VERBS:
        return None
    after = marks[index + 1].split()[:1] if index + 1 < len(marks) else []
    if {each.lower() for each in after} & _UNKNOWN:
        return Mistake(
            marks[index].span,
            "CR101",
            f"nothing can ask whether a fact is `NOT {after[0]}`",
            help=("leave it out: a verdict never depends on what is not known",),
        )
    return Mistake(
        marks[index].span,
        "CR101",
        "within a sentence `not` is written in small letters",
        fixes=replacing("write `not`", marks[index].span, "not"),
    )
