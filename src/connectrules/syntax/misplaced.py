"""Marks that people put where they have no place."""

import itertools
import re
from collections.abc import Iterator, Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake, Unexpected, replacing
from connectrules.syntax.reserved import RESERVED
from connectrules.syntax.wanted import shown_before

LIST_HELP = "a list begins with `ALL OF`, `ANY OF`, `AT LEAST 2 OF` or the like"
STRAY_HELP = (
    "a rule reads `CONNECT WHEN` and its condition",
    "a remark begins with `#`",
)
_JOINT_HELP = "write `AND` or `OR` in place of the comma"
_DECLARING = frozenset({"FACT", "ASK", "ASSUME", "DEFINE"})
_TAB = 4
_JOINERS = frozenset({"AND", "OR"})
_ONLY_TEXTS = re.compile(r'\s*"(?:\\[^\n]|[^"\n])*+"(?:\s*,\s*(?:or\s+|and\s+)?"[^"\n]*+")*+\s*')
_TEXTS_NEXT = re.compile(
    r"(?:(.*\S)\s+(not\s+)?(in)|.*\s(?:of|or|and))\s*", re.IGNORECASE | re.DOTALL
)


def no_statement(span: Span, written: str) -> Mistake:
    """The mistake of *written*, a line of its own, which begins no statement."""
    return Mistake(
        span, "CR101", f"`{shown(written.strip())}` begins no statement", help=STRAY_HELP
    )


def found(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake | None:
    """The mistake of the mark that does not fit, if it is one that people put there."""
    index = unexpected.index
    if index >= len(marks):
        return None
    mark = marks[index]
    sign = _sign(unexpected, marks, text)
    if sign is not None:
        return sign
    joined = _joined_items(index, marks) or _function(index, marks)
    if joined is None and mark.type.lstrip("_") in RESERVED:
        return _clause(index, marks) or _reserved_word(unexpected, marks, text)
    return joined


def _sign(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake | None:
    """The mistake of a sign, or of a run that lacks its `-`."""
    index, accepts = unexpected.index, unexpected.accepts
    mark = marks[index]
    match mark.type:
        case "DASH":
            return _tab(mark, marks, text)
        case "ODD":
            return _texts_in_brackets(index, marks) or _odd_bracket(index, marks)
        case "OPENING":
            return _texts_in_brackets(index, marks)
        case "_COLON" if index and marks[index - 1].type.lstrip("_") in RESERVED - _DECLARING:
            return Mistake(
                mark.span,
                "CR101",
                f"no `:` was expected after `{shown_before(marks, index, text)}`",
                fixes=replacing("remove the `:`", mark.span, ""),
            )
        case "CLOSING" if "AND" in accepts or not index:
            return Mistake(
                mark.span,
                "CR101",
                "this `)` closes no bracket",
                fixes=replacing("remove the `)`", mark.span, ""),
            )
        case "_SEMICOLON":
            return _semicolon(unexpected, marks, text)
        case "_OPEN":
            return _list(unexpected, marks, text)
        case "RUN" if marks[0].type == "EXAMPLE" and _type_at(marks, index + 1) == "_COLON":
            return Mistake(
                mark.span,
                "CR101",
                f"`-` was expected before `{shown(str(mark))}`",
                fixes=(Fix("begin each line with `-`", tuple(_dashes(marks, index))),),
            )
    return None


def _type_at(marks: Sequence[Mark], index: int) -> str:
    """The terminal at *index*, nothing past the end."""
    return marks[index].type if index < len(marks) else ""


def _indent(mark: Mark, text: str) -> Span:
    """The blanks before *mark* on its line."""
    end = mark.end_pos - 1
    return Span(text.rfind("\n", 0, end) + 1, end)


def _tab(mark: Mark, marks: Sequence[Mark], text: str) -> Mistake:
    indents = [_indent(each, text) for each in marks if each.type in {"DASH", "ITEM"}]
    edits = tuple(
        Edit(indent, text[indent.start : indent.end].expandtabs(_TAB))
        for indent in indents
        if "\t" in text[indent.start : indent.end]
    )
    tab = mark.start_pos + mark.index("\t")
    return Mistake(
        Span(tab, tab + 1),
        "CR101",
        "a tab stands before this `-`",
        fixes=(Fix("indent the list with spaces", edits),),
    )


def _list(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake | None:
    """The mistake of a `-` that belongs to no list, or to one without its first words."""
    index, accepts = unexpected.index, unexpected.accepts
    mark = marks[index]
    if "AND" in accepts:
        return _misaligned(index, marks, text)
    if "NOT" in accepts:
        return Mistake(
            mark.span, "CR101", "this list does not say how many must hold", help=(LIST_HELP,)
        )
    return None


def _misaligned(index: int, marks: Sequence[Mark], text: str) -> Mistake:
    columns = {each.column for each in marks[:index] if each.type == "ITEM"}
    fixes: tuple[Fix, ...] = ()
    if len(columns) == 1:
        (column,) = columns
        indents = [
            _indent(each, text)
            for each in marks[index:]
            if each.type == "ITEM" and each.column != column
        ]
        edits = tuple(Edit(indent, " " * (column - 1)) for indent in indents)
        fixes = (Fix("line it up with the `-` of its list", edits),)
    return Mistake(
        marks[index].span,
        "CR101",
        "this `-` is in line with no list above it",
        help=() if fixes else ("line it up with the `-` of its list", LIST_HELP),
        fixes=fixes,
    )


def _semicolon(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake | None:
    """The mistake of a `;` at the end of a line, or outside of a list in brackets."""
    index = unexpected.index
    ends = [each for each in marks[index:] if each.type == "_SEMICOLON" and _ends_line(each, text)]
    if ends and ends[0] is marks[index]:
        edits = tuple(Edit(each.span, "") for each in ends)
        return Mistake(
            marks[index].span,
            "CR101",
            "no `;` was expected at the end of the line",
            fixes=(Fix("remove the `;`", edits),),
        )
    if "AND" not in unexpected.accepts:
        return None
    return Mistake(
        marks[index].span,
        "CR101",
        "`;` stands only between the items of a list in brackets",
        help=(LIST_HELP,),
    )


def _ends_line(mark: Mark, text: str) -> bool:
    return re.match(r"[^\S\n]*(?:\n|\Z|\s#)", text[mark.end_pos : mark.end_pos + 80]) is not None


def _dashes(marks: Sequence[Mark], index: int) -> Iterator[Edit]:
    """The edits that begin each `fact: value` from *index* on with a `-`."""
    for each in range(index, len(marks) - 1):
        if marks[each].type == "RUN" and marks[each + 1].type == "_COLON":
            if marks[each - 1].type == "ITEM":
                continue
            place = marks[each].start_pos
            yield Edit(Span(place, place), "- ")


def _joined_items(index: int, marks: Sequence[Mark]) -> Mistake | None:
    """The mistake of AND or OR at the end of a list's items, which need none."""
    before = marks[index - 1] if index else None
    if before is None or before.type not in _JOINERS or marks[index].type not in {"ITEM", "_OPEN"}:
        return None
    ends = [
        mark
        for mark, after in itertools.pairwise(marks)
        if mark.type == before.type and after.type in {"ITEM", "_OPEN"}
    ]
    quantifier = next((m.type for m in reversed(marks[:index]) if m.type in {"ALL", "ANY"}), "")
    is_same = (quantifier, before.type) in {("ALL", "AND"), ("ANY", "OR")}
    edits = tuple(
        Edit(Span(marks[marks.index(mark) - 1].end_pos, mark.end_pos), "") for mark in ends
    )
    return Mistake(
        Span(before.end_pos, before.end_pos),
        "CR101",
        f"no `{before}` was expected at the end of an item",
        help=() if is_same else (f"the list's first words say how its items count: {LIST_HELP}",),
        fixes=(Fix(f"remove the `{before}`", edits),) if is_same else (),
    )


def _function(index: int, marks: Sequence[Mark]) -> Mistake | None:
    """The mistake of `AND(a; b)`, as spreadsheets have it."""
    mark = marks[index]
    if mark.type not in _JOINERS or _type_at(marks, index + 1) != "OPENING":
        return None
    if index and marks[index - 1].type in {"RUN", "CLOSING", "CLOSE"}:
        return None
    meant = "ALL OF" if mark.type == "AND" else "ANY OF"
    edits = [Edit(mark.span, f"{meant} "), *commas(marks, index + 1)]
    return Mistake(
        mark.span,
        "CR101",
        f"`{mark}` stands between two conditions, and not before them",
        fixes=(Fix(f"write `{meant}`", tuple(edits)),),
    )


def commas(marks: Sequence[Mark], opening: int) -> Iterator[Edit]:
    """The edits that make `;` of the commas in the bracket at *opening*, if texts have none."""
    depth = 0
    for mark in marks[opening:]:
        depth += (mark.type == "OPENING") - (mark.type == "CLOSING")
        if not depth:
            return
        if depth == 1 and mark.type == "RUN" and '"' not in mark:
            for comma in re.finditer(r",(?=\s)|,\Z", mark):
                place = mark.start_pos + comma.start()
                yield Edit(Span(place, place + 1), ";")


def _texts_in_brackets(index: int, marks: Sequence[Mark]) -> Mistake | None:
    """The mistake of texts in brackets, as in `country in ("UK", "Ireland")`."""
    before = marks[index - 1] if index else None
    if before is None or before.type != "RUN" or len(marks) < index + 3:
        return None
    opening, run, closing = marks[index : index + 3]
    after = _TEXTS_NEXT.fullmatch(before)
    is_closed = closing.type == "CLOSING" or closing in {"]", "}"}
    if after is None or not is_closed or run.type != "RUN" or not _ONLY_TEXTS.fullmatch(run):
        return None
    edits = [Edit(opening.span, ""), Edit(closing.span, "")]
    if after[3]:
        place = before.start_pos + (after.end(1) if after[1] else 0)
        verb = "" if after[1].split()[-1].lower() in {"is", "are"} else "is "
        said = f"{verb}{'not ' if after[2] else ''}one of"
        edits[0] = Edit(Span(place, opening.end_pos), f" {said} ")
    return Mistake(
        opening.span,
        "CR101",
        "texts in a sentence stand without brackets",
        fixes=(Fix("leave the brackets out", tuple(edits)),),
    )


def _odd_bracket(index: int, marks: Sequence[Mark]) -> Mistake:
    """The mistake of a square or curly bracket."""
    round_ = {"[": "(", "{": "(", "]": ")", "}": ")"}
    odd = [mark for mark in marks if mark.type == "ODD"]
    edits = tuple(Edit(mark.span, round_[mark]) for mark in odd)
    declared = marks[0].type in {"FACT", "ASK", "ASSUME"}  # where no bracket is right
    paired = [edit.text for edit in edits] == ["(", ")"] and not declared
    return Mistake(
        marks[index].span,
        "CR101",
        f"`{marks[index]}` has no meaning in a policy",
        help=() if paired else ("leave it out",) if declared else ("use round brackets",),
        fixes=(Fix("use round brackets", edits),) if paired else (),
    )


def _clause(index: int, marks: Sequence[Mark]) -> Mistake | None:
    """The mistake of a WHEN, UNLESS or BECAUSE that its statement has no place for."""
    mark, head = marks[index], marks[0].type
    before = {each.type for each in marks[1:index]}
    if mark.type == "_WHEN" and head == "OTHERWISE":
        return Mistake(
            mark.span,
            "CR101",
            "`OTHERWISE` has no condition: it is for all whom no rule is about",
            help=(f"with a condition it is a rule: `{marks[index - 1]} WHEN` and the condition",),
        )
    if mark.type == "_WHEN" and "_WHEN" in before:
        return Mistake(
            mark.span,
            "CR101",
            "a rule has one `WHEN`, and here is a second",
            help=("join the two conditions with `AND` or `OR`, or begin another rule",),
        )
    if mark.type == "_UNLESS" and "_UNLESS" in before:
        return Mistake(
            mark.span,
            "CR101",
            "a rule has one `UNLESS`, and here is a second",
            help=("join the two with `OR`: `UNLESS a OR b`",),
        )
    if mark.type == "_UNLESS" and "_BECAUSE" in before:
        return Mistake(
            mark.span,
            "CR101",
            "`UNLESS` stands before `BECAUSE`, and here it comes after",
            fixes=_reordered(index, marks),
        )
    if mark.type == "_BECAUSE" and "_BECAUSE" in before:
        return Mistake(
            mark.span,
            "CR101",
            "a rule has one `BECAUSE`, and here is a second",
            help=("say both in one text",),
        )
    return None


def _reordered(index: int, marks: Sequence[Mark]) -> tuple[Fix, ...]:
    """The fix that puts BECAUSE and its text after the UNLESS at *index*."""
    because = next(each for each in range(index) if marks[each].type == "_BECAUSE")
    rest = marks[index:]
    if because + 2 != index or any(mark.type in {"_BECAUSE", "_WHEN"} for mark in rest):
        return ()
    reason = marks[because + 1]
    end = next(mark for mark in reversed(rest) if mark.type != "CLOSE").end_pos
    moved = (
        Edit(Span(marks[because].start_pos, marks[index].start_pos), ""),
        Edit(Span(end, end), f" BECAUSE {reason.strip()}"),
    )
    return (Fix("put `BECAUSE` last", moved),)


def _reserved_word(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake | None:
    """The mistake of a reserved word within a name or a sentence."""
    mark = marks[unexpected.index]
    help_ = (f"in small letters it is an ordinary word: `{mark.lower()}`",)
    if _in_name(unexpected.index, marks):
        return Mistake(
            mark.span, "CR108", f"`{mark}` is reserved and cannot be part of a name", help=help_
        )
    if "AND" in unexpected.accepts and mark.type not in {"_UNLESS", "_BECAUSE", "_WHEN"}:
        before = shown_before(marks, unexpected.index, text)
        if mark.type == "NOT":
            help_ = (_JOINT_HELP if before.endswith(",") else "write `AND NOT` or `OR NOT`",)
        return Mistake(
            mark.span, "CR101", f"`AND` or `OR` was expected after `{before}`", help=help_
        )
    return None


def _in_name(index: int, marks: Sequence[Mark]) -> bool:
    """Whether the mark at *index* stands in the name that a declaration declares."""
    head = marks[0].type
    if head not in _DECLARING or not index:
        return False
    end = "_AS" if head == "DEFINE" else "_COLON"
    return not any(mark.type == end for mark in marks[:index]) and any(
        mark.type == end for mark in marks[index + 1 :]
    )
