"""Marks that do not fit, in a reader's words: what was expected, and after what."""

from collections.abc import Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.suggestions import question
from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax import misplaced, names, quotes, slips, words
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake, Unexpected, replacing
from connectrules.syntax.wanted import shown_before, wanted

_DECLARING = frozenset({"FACT", "ASK", "ASSUME", "DEFINE"})
_DECISIONS = frozenset({"CONNECT", "DECLINE", "REVIEW", "UNDECIDED"})
_ENDING = frozenset({"CLOSE", "ITEM"})
_FOREIGN = frozenset(
    {"with", "people", "those", "anyone", "anybody", "everyone", "everybody", "whoever", "who"}
    | {"contacts", "all", "them", "only", "to", "persons", "someone", "somebody"}
)
_FORMS = {"FACT": "yes/no", "ASK": '"Is {name} a friend of yours?"', "ASSUME": "no"}
_HINTS = {
    ("a list", ""): misplaced.LIST_HELP,
    ("a condition", ""): "a condition is a sentence such as `would recommend`",
    ("a type", ""): 'a type is yes/no, count, number, text, date, list of text or one of "…", "…"',
    ("a number", ""): "write the number in digits, as in `AT LEAST 2 OF`",
    ("a quoted text", "EXAMPLE"): 'an example reads `EXAMPLE "an old friend" EXPECT CONNECT`',
    ("`:`", "EXAMPLE"): "each fact has its value after it, as in `- would recommend: yes`",
}
"""What helps, by what was expected and the statement's word, if that matters."""


def explained(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake:
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
                words.split(str(mark), mark.start_pos)
            except Mistake as mistake:
                return quotes.straightened(mistake, marks, text)
    if index and marks[index - 1].type == "RUN" and quotes.must_be_quoted(marks, index - 1):
        return in_context(quotes.unquoted(marks[index - 1]), marks, text)
    return (
        slips.found(unexpected, marks, text)
        or _no_colon(unexpected, marks, text)
        or misplaced.found(unexpected, marks, text)
        or _general(unexpected, marks, text)
    )


def in_context(mistake: Mistake, marks: Sequence[Mark], text: str) -> Mistake:
    """*mistake*, found within a run, as it reads when what stands before the run is known."""
    start = mistake.span.start
    index = next(
        (
            each
            for each, mark in enumerate(marks)
            if mark.type == "RUN" and mark.start_pos <= start < mark.end_pos
        ),
        0,
    )
    mistake = quotes.straightened(mistake, marks, text)
    if not index or mistake.code not in {"CR101", "CR107"}:
        return mistake
    slip = slips.next_word(marks, index)
    if slip:
        return slip
    before = marks[index - 1]
    then = marks[index + 1].type if index + 1 < len(marks) else ""
    if slips.is_rule(marks, index - 1) and then != "_WHEN":
        named = marks[index][: start - marks[index].start_pos].rstrip()
        return _no_when(marks, Span(start, mistake.span.end), named)
    if mistake.code == "CR107" and before.type != "OF":
        return quotes.wanted(marks, index, shown_before(marks, index, text), text)
    if mistake.message.startswith("nothing more"):
        return _another_line(mistake, text)
    return mistake


def stray(marks: Sequence[Mark]) -> Mistake:
    """The mistake of words that stand before a file's first statement."""
    first = marks[0]
    return Mistake(
        first.span,
        "CR101",
        f"a statement was expected in place of `{shown(str(first).strip())}`",
        help=misplaced.STRAY_HELP,
    )


def _another_line(mistake: Mistake, text: str) -> Mistake:
    """*mistake*, that nothing more was expected, where it stands on a line of its own."""
    start = mistake.span.start
    line = text.rfind("\n", 0, start) + 1
    if text[line:start].strip():
        return mistake
    end = text.find("\n", start) % (len(text) + 1)
    return misplaced.no_statement(Span(start, end), text[start:end])


def _no_when(marks: Sequence[Mark], span: Span, named: str) -> Mistake:
    """The mistake of a rule without WHEN, whose condition begins at *span*."""
    decision, run = marks[0], marks[1]
    rest = run[span.start - run.start_pos :].split()
    help_: tuple[str, ...]
    is_foreign = rest[0].lower().strip(",") in _FOREIGN
    if is_foreign:
        help_ = ("say what must be so of a contact, as in `CONNECT WHEN would recommend`",)
        fixes: tuple[Fix, ...] = ()
    else:
        help_ = (f'a rule reads `{decision} "name" WHEN` and its condition',)
        joined = any(mark.type in {"AND", "OR"} for mark in marks[1:])
        is_certain = (joined or bool(named)) and not any(mark.type == "_WHEN" for mark in marks)
        fixes = replacing("write `WHEN`", Span(span.start, span.start), "WHEN ")
        fixes, help_ = (fixes, ()) if is_certain else ((), help_)
    message = f"`WHEN` was expected after `{shown(named or str(decision))}`"
    return Mistake(span, "CR101", message, help=help_, fixes=fixes)


def _general(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake:
    """What was expected, and after what."""
    index, accepts = unexpected.index, unexpected.accepts
    mark = marks[index] if index < len(marks) else None
    before = shown_before(marks, index, text)
    if mark is None or mark.type in _ENDING:
        end = marks[index - 1].end_pos if index else 0
        span = Span(end, end)
    else:
        span = mark.span
    said = wanted(accepts, marks, index)
    if said == "`WHEN`" and marks[0].type in _DECISIONS and _is_bare(marks, index):
        slip = slips.next_word(marks, 1)
        if slip:
            return slip
        run = marks[1]
        first = len(run) - len(run.lstrip('"'))
        if not first:
            return _no_when(marks, Span(run.start_pos, run.start_pos + len(run.split()[0])), "")
    if not index:
        message = "a statement or a condition was expected"
    elif said:
        message = f"{said} was expected after `{before}`"
    elif mark is None:
        message = f"more was expected after `{before}`"
    elif mark.type == "RUN" and _begins_line(mark, text):
        return misplaced.no_statement(mark.span, str(mark))
    else:
        message = f"`{shown(str(mark))}` does not fit after `{before}`"
    return Mistake(
        span, "CR101", message, help=_help(said, marks, index), fixes=_fixes(said, marks, index)
    )


def _is_bare(marks: Sequence[Mark], index: int) -> bool:
    """Whether a rule's decision is followed by words and their joining word."""
    return len(marks) > 1 and marks[1].type == "RUN" and 1 < index < len(marks)


def _begins_line(mark: Mark, text: str) -> bool:
    return not text[text.rfind("\n", 0, mark.start_pos) + 1 : mark.start_pos].strip()


def _help(said: str, marks: Sequence[Mark], index: int) -> tuple[str, ...]:
    head, before = marks[0].type, marks[index - 1] if index else None
    if before is not None and before.type in {"AND", "OR"}:
        return (f"write the condition, or leave the `{before}` out",)
    if said == "`)`":
        return _opened(marks, index)
    if said == "`WHEN`":
        return (f"a rule reads `{marks[0]} WHEN` and its condition",)
    if said.startswith("`CONNECT`") and before is not None:
        return (f"write the decision, as in `{before} DECLINE`",)
    if said in {"`:`", "a name"} and head in _FORMS:
        is_named = [mark.type for mark in marks[1:index]] == ["RUN"] and '"' not in marks[1]
        name = shown(" ".join(marks[1].split())) if is_named else "is a friend"
        form = question(name) if is_named and head == "ASK" else _FORMS[head]
        return (f"the line reads `{head} {name}: {form}`",)
    hint = _HINTS.get((said, head)) or _HINTS.get((said, ""))
    return (hint,) if hint else ()


def _opened(marks: Sequence[Mark], index: int) -> tuple[str, ...]:
    """Where the bracket stands that is not closed."""
    open_: list[Mark] = []
    for mark in marks[:index]:
        if mark.type == "OPENING":
            open_.append(mark)
        elif mark.type == "CLOSING" and open_:
            open_.pop()
    if not open_:
        return ()
    return (f"it closes the `(` on line {open_[-1].line}, column {open_[-1].column}",)


def _fixes(said: str, marks: Sequence[Mark], index: int) -> tuple[Fix, ...]:
    if index >= len(marks):
        return ()
    mark, before = marks[index], marks[index - 1]
    if said == "`EXPECT`" and mark.type in _DECISIONS:
        return replacing("write `EXPECT`", Span(mark.start_pos, mark.start_pos), "EXPECT ")
    if mark.type == before.type == "NOT":
        after = marks[index + 1].start_pos if marks[index + 1 :] else mark.end_pos
        return replacing("leave both out", Span(before.start_pos, after), "")
    if said == "`OF`" and before.type == "_BECAUSE" and mark.type == "RUN":
        return replacing("write `BECAUSE OF`", Span(before.end_pos, before.end_pos), " OF")
    return ()


def _no_colon(unexpected: Unexpected, marks: Sequence[Mark], text: str) -> Mistake | None:
    """The mistake of a declaration without `:`, where its name can be told from what follows."""
    index = unexpected.index
    is_named = index == len(("FACT", "the name"))
    if marks[0].type not in _DECLARING or not is_named or "_COLON" not in unexpected.accepts:
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
