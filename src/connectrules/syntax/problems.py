"""Marks that do not fit, in a reader's words: what was expected, and after what."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax import names, slips, words
from connectrules.syntax.mistakes import Mistake, Unexpected
from connectrules.syntax.reserved import RESERVED

if TYPE_CHECKING:
    from lark.lexer import Token as Mark

_DECLARING = frozenset({"FACT", "ASK", "ASSUME", "DEFINE"})
_QUANTIFYING = frozenset({"ALL", "ANY", "NONE", "AT", "EXACTLY"})
_ENDING = frozenset({"CLOSE", "ITEM"})
_LIST_HELP = "a list begins with `ALL OF`, `ANY OF`, `AT LEAST 2 OF` or the like"

_BLOCK_HELP = "the items of a `-` list need none"
_AFTER_TEXT = frozenset({"_WHEN", "_EXPECT", "_TODAY"})
_SINGLE = "'\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_LINE_END = re.compile(r"[^\S\n]*(?:\n|\Z|#)")

# What else there is to say about a mark that does not fit.
_HELP = {
    "_UNLESS": ("a rule has one `UNLESS`, after its condition and before its `BECAUSE`",),
    "_BECAUSE": ("one `BECAUSE` ends a rule",),
    "_WHEN": ("a rule reads `CONNECT WHEN` and its condition; `OTHERWISE` has none",),
}

# What is wanted after a mark that only a run of words may follow.
_WANTED_AFTER = {
    "LANGUAGE": "a number",
    "LEAST": "a number",
    "MOST": "a number",
    "EXACTLY": "a number",
    "_TODAY": "a date",
    "FACT": "a name",
    "ASK": "a name",
    "ASSUME": "a name",
    "DEFINE": "a name",
    "POLICY": "a quoted text",
    "ABOUT": "a quoted text",
    "USE": "a quoted text",
    "EXAMPLE": "a quoted text",
    "_BECAUSE": "a quoted text",
    "OF": "a rule's name in quotes",
    "ITEM": "a fact's name",
    "_ASKING": "a fact's name",
    "_SEMICOLON": "a fact's name",
}
_WANTED_AFTER_COLON = {"FACT": "a type", "ASK": "a quoted question"}

# What is wanted, by the terminals that would have fitted; the first row that fits decides.
_WANTED = (
    ({"NOT", "_OPEN"}, "a condition"),
    ({"LANGUAGE", "NOT"}, "a statement or a condition"),
    ({"NOT"}, "a condition"),
    ({"OPENING", "RUN"}, "a sentence, a bracket or a list"),
    ({"OPENING", "_OPEN"}, "a list"),
    ({"LEAST", "MOST"}, "`LEAST` or `MOST`"),
    ({"OF", "POINTS"}, "`OF` or `POINTS FROM`"),
    ({"FROM"}, "`FROM`"),
    ({"_WHEN"}, "`WHEN`"),
    ({"_AS"}, "`AS`"),
    ({"_COLON"}, "`:`"),
    ({"UNDECIDED"}, "`CONNECT`, `DECLINE`, `REVIEW` or `UNDECIDED`"),
    ({"CONNECT", "DECLINE", "REVIEW", "LANGUAGE"}, ""),
    ({"CONNECT", "DECLINE", "REVIEW"}, "`CONNECT`, `DECLINE` or `REVIEW`"),
    ({"_EXPECT"}, "`EXPECT`"),
    ({"AND", "CLOSING"}, "`)`"),
    ({"AND"}, "`AND` or `OR`"),
    ({"OF"}, "`OF`"),
)


def explained(unexpected: Unexpected, marks: Sequence["Mark"], text: str) -> Mistake:
    """The mistake of the statement of *marks*, whose first mark that does not fit is known.

    Args:
        unexpected: Which mark, and what would have fitted.
        marks: Those of the statement.
        text: The whole text, with plain line breaks.
    """
    index = unexpected.index
    for mark in marks[: index + 1]:
        if mark.type == "RUN":
            try:
                words.split(str(mark), mark.start_pos or 0)
            except Mistake as mistake:
                return mistake
    if index and marks[index - 1].type == "RUN" and _must_be_quoted(marks, index - 1):
        return in_context(_unquoted(marks[index - 1]), marks, text)
    return (
        slips.found(unexpected, marks, text)
        or _no_colon(unexpected, marks, text)
        or (_unexpected_mark(unexpected, marks, text) if index < len(marks) else None)
        or _general(unexpected, marks, text)
    )


def in_context(mistake: Mistake, marks: Sequence["Mark"], text: str) -> Mistake:
    """*mistake*, found within a run, as it reads when what stands before the run is known."""
    start = mistake.span.start
    index = next(
        (
            each
            for each, mark in enumerate(marks)
            if mark.type == "RUN" and (mark.start_pos or 0) <= start < (mark.end_pos or 0)
        ),
        0,
    )
    if not index or mistake.code not in {"CR101", "CR107"}:
        return mistake
    slip = slips.next_word(marks, index)
    if slip:
        return slip
    before = marks[index - 1]
    then = _type_at(marks, index + 1)
    if slips.is_rule(marks, index - 1) and then != "_WHEN":
        named = marks[index][: start - (marks[index].start_pos or 0)].rstrip()
        return Mistake(
            mistake.span,
            "CR101",
            f"`WHEN` was expected after `{shown(named or str(before))}`",
            help=(f'a rule reads `{before} "name" WHEN` and its condition',),
        )
    if mistake.code == "CR107" and before.type != "OF":
        return _quotes_wanted(marks, index, text)
    return mistake


def stray(marks: Sequence["Mark"]) -> Mistake:
    """The mistake of words that stand before a file's first statement."""
    first = marks[0]
    return Mistake(
        _span(first),
        "CR101",
        f"a statement was expected in place of `{shown(str(first).strip())}`",
        help=("a rule reads `CONNECT WHEN` and its condition; a bare condition stands alone",),
    )


def _unexpected_mark(unexpected: Unexpected, marks: Sequence["Mark"], text: str) -> Mistake | None:
    """The mistake of a mark that people put where it has no place."""
    index, accepts = unexpected.index, unexpected.accepts
    mark = marks[index]
    span, complete = _span(mark), "AND" in accepts
    match mark.type:
        case "DASH":
            tab = (mark.start_pos or 0) + mark.index("\t")
            return Mistake(
                Span(tab, tab + 1),
                "CR101",
                "a tab stands before this `-`",
                help=("indent lists with spaces",),
            )
        case "ODD":
            return _odd_bracket(index, marks)
        case "_COLON" if index and marks[index - 1].type.lstrip("_") in RESERVED - _DECLARING:
            return Mistake(
                span,
                "CR101",
                f"no `:` was expected after `{marks[index - 1]}`",
                help=("leave it out",),
                fixes=(Fix("remove the `:`", (Edit(span, ""),)),),
            )
        case "CLOSING" if complete or not index:
            return Mistake(span, "CR101", "this `)` closes no bracket")
        case "_SEMICOLON" if complete:
            return Mistake(
                span,
                "CR101",
                "`;` stands only between the items of a list in brackets",
                help=(_BLOCK_HELP if _in_block(marks[:index]) else _LIST_HELP,),
            )
        case "_OPEN" if complete:
            return Mistake(
                span,
                "CR101",
                "this `-` is in line with no list above it",
                help=("line it up with the `-` of its list", _LIST_HELP),
            )
        case "_OPEN" if "NOT" in accepts:
            return Mistake(
                span, "CR101", "this list does not say how many must hold", help=(_LIST_HELP,)
            )
        case "RUN" if marks[0].type == "EXAMPLE" and _type_at(marks, index + 1) == "_COLON":
            return Mistake(
                span,
                "CR101",
                f"`-` was expected before `{shown(str(mark))}`",
                help=("the facts of an example read like `- would recommend: yes`, a line each",),
            )
    if mark.type.lstrip("_") in RESERVED:
        return _reserved_word(unexpected, marks, text)
    return None


def _in_block(marks: Sequence["Mark"]) -> bool:
    """Whether what follows *marks* stands in a `-` list, and not in brackets."""
    return any(mark.type == "ITEM" for mark in marks) and not any(
        mark.type == "OPENING" for mark in marks
    )


def _reserved_word(unexpected: Unexpected, marks: Sequence["Mark"], text: str) -> Mistake | None:
    """The mistake of a reserved word within a name or a sentence."""
    mark = marks[unexpected.index]
    help_ = (f"in small letters it is an ordinary word: `{mark.lower()}`",)
    if _in_name(unexpected.index, marks):
        return Mistake(
            _span(mark), "CR108", f"`{mark}` is reserved and cannot be part of a name", help=help_
        )
    if "AND" in unexpected.accepts and not {"_UNLESS", "_BECAUSE", "_WHEN"} & {mark.type}:
        before = _shown_before(marks, unexpected.index, text)
        return Mistake(
            _span(mark), "CR101", f"`AND` or `OR` was expected after `{before}`", help=help_
        )
    return None


def _in_name(index: int, marks: Sequence["Mark"]) -> bool:
    """Whether the mark at *index* stands in the name that a declaration declares."""
    head = marks[0].type
    if head not in _DECLARING or not index:
        return False
    end = "_AS" if head == "DEFINE" else "_COLON"
    return not any(mark.type == end for mark in marks[:index]) and any(
        mark.type == end for mark in marks[index + 1 :]
    )


def _odd_bracket(index: int, marks: Sequence["Mark"]) -> Mistake:
    """The mistake of a square or curly bracket."""
    round_ = {"[": "(", "{": "(", "]": ")", "}": ")"}
    odd = [mark for mark in marks if mark.type == "ODD"]
    edits = tuple(Edit(_span(mark), round_[mark]) for mark in odd)
    declared = marks[0].type in {"FACT", "ASK", "ASSUME"}  # where no bracket is right
    paired = [edit.text for edit in edits] == ["(", ")"]
    return Mistake(
        _span(marks[index]),
        "CR101",
        f"`{marks[index]}` has no meaning in a policy",
        help=("use round brackets",),
        fixes=(Fix("use round brackets", edits),) if paired and not declared else (),
    )


def _general(unexpected: Unexpected, marks: Sequence["Mark"], text: str) -> Mistake:
    """What was expected, and after what."""
    index, accepts = unexpected.index, unexpected.accepts
    mark = marks[index] if index < len(marks) else None
    before = _shown_before(marks, index, text)
    if mark is None or mark.type in _ENDING:
        end = (marks[index - 1].end_pos or 0) if index else 0
        span = Span(end, end)
    else:
        span = _span(mark)
    wanted = _wanted(accepts, marks, index)
    if not index:
        message = "a statement or a condition was expected"
    elif wanted:
        message = f"{wanted} was expected after `{before}`"
    elif mark is None:
        message = f"more was expected after `{before}`"
    else:
        message = f"`{shown(str(mark))}` does not fit after `{before}`"
    help_ = _HELP.get(mark.type, ()) if mark is not None and not wanted else ()
    return Mistake(span, "CR101", message, help=(_LIST_HELP,) if wanted == "a list" else help_)


def _wanted(accepts: frozenset[str], marks: Sequence["Mark"], index: int) -> str:
    """What was expected before the mark at *index*, or nothing where no words say it."""
    before = next((mark.type for mark in reversed(marks[:index]) if mark.type != "CLOSE"), "")
    closing = index < len(marks) and marks[index].type in {"RUN", "NOT", "OPENING"}
    if "NOT" not in accepts and "OPENING" not in accepts and "RUN" in accepts:
        if before == "_COLON":
            return _WANTED_AFTER_COLON.get(marks[0].type, "a value")
        if before in _WANTED_AFTER:
            return _WANTED_AFTER[before]
    if "_BECAUSE" in accepts and "AND" not in accepts and index < len(marks):
        return "`BECAUSE`" if marks[index].startswith('"') else ""
    for terminals, wanted in _WANTED:
        if terminals <= accepts and not (closing and wanted == "`)`"):
            return wanted
    return ""


def _shown_before(marks: Sequence["Mark"], index: int, text: str) -> str:
    """What stands before the mark at *index*, as a message names it."""
    last = index - 1
    while last > 0 and marks[last].type == "CLOSE":
        last -= 1
    if last < 0:
        return ""
    if marks[last].type in {"OF", "FROM", "LEAST", "MOST", "POINTS"}:
        first = next(
            (each for each in range(last, -1, -1) if marks[each].type in _QUANTIFYING), last
        )
        return " ".join(text[marks[first].start_pos or 0 : marks[last].end_pos or 0].split())
    return shown(" ".join(marks[last].split()))


def _no_colon(unexpected: Unexpected, marks: Sequence["Mark"], text: str) -> Mistake | None:
    """The mistake of a declaration without `:`, where its name can be told from what follows."""
    index = unexpected.index
    if marks[0].type not in _DECLARING or index != 2 or "_COLON" not in unexpected.accepts:  # noqa: PLR2004 - the word and one run
        return None
    name = names.declared(marks[:2], text)
    if name is None or name.span.end == marks[1].end_pos:
        return None
    rest = text[name.span.end : marks[1].end_pos]
    start = name.span.end + len(rest) - len(rest.lstrip())
    written = text[name.span.start : name.span.end]
    return Mistake(
        Span(start, start + len(rest.split()[0])),
        "CR101",
        f"`:` was expected after `{shown(written)}`",
        fixes=(Fix("write `:` after the name", (Edit(Span(name.span.end, name.span.end), ":"),)),),
    )


def _must_be_quoted(marks: Sequence["Mark"], index: int) -> bool:
    """Whether the run at *index* stands where a quoted text must, and is none."""
    if marks[index].startswith('"') or not index:
        return False
    before = marks[index - 1].type
    return before in {"POLICY", "ABOUT", "USE", "EXAMPLE", "_BECAUSE"} or (
        before == "_COLON" and marks[0].type == "ASK"
    )


def _unquoted(mark: "Mark") -> Mistake:
    first = re.match(r"\S*", mark)
    span = Span(mark.start_pos or 0, (mark.start_pos or 0) + (first.end() if first else 0))
    return Mistake(span, "CR107", f"`{shown(str(mark))}` must stand in quotes")


def _quotes_wanted(marks: Sequence["Mark"], index: int, text: str) -> Mistake:
    """The mistake of a run of bare words where quoted text belongs."""
    run, before = marks[index], _shown_before(marks, index, text)
    start, end = run.start_pos or 0, run.end_pos or 0
    if run[0] in _SINGLE:
        edits = (Edit(Span(start, start + 1), '"'), Edit(Span(end - 1, end), '"'))
        return Mistake(
            Span(start, start + 1),
            "CR106",
            f"the text after `{before}` stands in single quotes",
            help=("put texts in straight double quotes",),
            fixes=(Fix("use straight double quotes", edits),) if run[-1] in _SINGLE else (),
        )
    then = _type_at(marks, index + 1)
    alone = '"' not in run and (then in _AFTER_TEXT or _LINE_END.match(text, end))
    edits = (Edit(Span(start, start), '"'), Edit(Span(end, end), '"'))
    return Mistake(
        _unquoted(run).span,
        "CR107",
        f"the text after `{before}` must stand in quotes",
        help=(f'write `"{shown(str(run))}"`',) if alone else (),
        fixes=(Fix("put it in quotes", edits),) if alone else (),
    )


def _span(mark: "Mark") -> Span:
    return Span(mark.start_pos or 0, mark.end_pos or 0)


def _type_at(marks: Sequence["Mark"], index: int) -> str:
    """The terminal at *index*, nothing past the end."""
    return marks[index].type if index < len(marks) else ""
