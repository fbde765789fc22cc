"""What people type out of habit: bullets, statement words in small letters, IF."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import pairwise

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake

_DASHES = "*\N{EN DASH}\N{EM DASH}"
_BULLETS = "•‣◦●▪"
_BULLET = re.compile(rf"[{_BULLETS}](?=\s*\S)|[{_DASHES}](?=\s+\S)")

MEANT = {
    "IF": "WHEN",
    "WHERE": "WHEN",
    "ELSE": "OTHERWISE",
    "DEFAULT": "OTHERWISE",
    "INCLUDE": "USE",
    "IMPORT": "USE",
    "ACCEPT": "CONNECT",
    "APPROVE": "CONNECT",
    "ALLOW": "CONNECT",
    "REJECT": "DECLINE",
    "DENY": "DECLINE",
    "REFUSE": "DECLINE",
    "IGNORE": "DECLINE",
}
"""Words for which policies have others."""

_DECISION = "connect|decline|review|accept|approve|allow|reject|deny|refuse|ignore"
_DEFAULT = "otherwise|else|default"
# What a statement begins with, and the marks that must follow where its words end there.
_FORMS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), frozenset(after))
    for pattern, after in (
        (rf"({_DEFAULT})\s+({_DECISION})(?![\w-])", ()),
        (rf"({_DEFAULT})", ("CONNECT", "DECLINE", "REVIEW", "_COLON")),
        (rf'({_DECISION})(?:\s*"[^"]*"\s*|\s+)(when|if|where)(?![\w-])', ()),
        (rf'({_DECISION})(?:\s*"[^"]*")?', ("_WHEN",)),
        # `include` in small letters is a word of the phrase book.
        (r'(policy|about|use|example|(?-i:INCLUDE|Include)|import)\s*(?=")', ()),
        (r"(language)\s+(?=[0-9]+$)", ()),
        (r"(fact|ask|assume)\s.*", ("_COLON",)),
        (r"(define)\s.*?\s(as)(?=\s)", ()),
        (r"(define)\s.*", ("_AS",)),
    )
)
_CLAUSES = re.compile(r'(unless)(?=\s)|(because)(?=\s*")', re.IGNORECASE)
_CLAUSES_WITHIN = re.compile(
    r'"[^"]*+"?|(?<!\S)(unless|(?-i:And|Or|Not))(?=\s)|(?<!\S)(because)(?=\s*")', re.IGNORECASE
)
_SUSPECT = re.compile(
    rf"{_DEFAULT}|{_DECISION}|policy|about|use|example|include|import"
    rf"|language|fact|ask|assume|define"
    rf"|unless|because|[{_BULLETS}{_DASHES}]|(?-i:IF)(?!\S)"
    r"|(?:never|no|not|only|always|cannot|i|we|you|please|do|must|should|will"
    r"|\w+n['\N{RIGHT SINGLE QUOTATION MARK}]?t)(?!\S)",
    re.IGNORECASE,
)
_NAMING = frozenset({"FACT", "ASK", "DEFINE"})
_LONGEST_NAME = 12
"""How many words of a line are compared with names that are declared."""
_OPERAND_ENDS = frozenset({"RUN", "CLOSING", "CLOSE"})
_NAME_OR_VALUE_NEXT = frozenset({"FACT", "ASK", "ASSUME", "DEFINE", "_COLON", "_ASKING", "ITEM"})


def suspects(marks: Sequence[Mark]) -> Iterator[int]:
    """Where a line begins with one of the words or bullets that are looked into here.

    A name that the text declares may begin with such a word, and is left alone.
    """
    line, names = 0, None
    for index, mark in enumerate(marks):
        if mark.type == "RUN" and mark.line != line and _SUSPECT.match(mark):
            names = _declared(marks) if names is None else names
            if not _begins_with(mark, names):
                yield index
        line = mark.line


def _declared(marks: Sequence[Mark]) -> frozenset[str]:
    """The names that begin with such a word, and stand on one line after FACT, ASK or DEFINE."""
    return frozenset(
        " ".join(name.lower().split())
        for before, name in pairwise(marks)
        if before.type in _NAMING and name.type == "RUN" and _SUSPECT.match(name)
    )


def _begins_with(run: Mark, names: frozenset[str]) -> bool:
    """Whether the first words of *run* are one of *names*."""
    words = run.lower().split(maxsplit=_LONGEST_NAME)[:_LONGEST_NAME] if names else []
    return any(" ".join(words[: each + 1]) in names for each in range(len(words)))


def at(marks: Sequence[Mark], index: int) -> Mistake | None:
    """The mistake at the beginning of a line, if any."""
    found = statement(marks, index)
    return found() if found else line_start(marks, index)


def statement(marks: Sequence[Mark], index: int) -> Callable[[], Mistake] | None:
    """What finds, slowly, the mistake of the run at *index*, first on its line.

    That is a statement in the wrong case; None where there is none.
    """
    before = marks[index - 1].type if index else ""
    if before in _NAME_OR_VALUE_NEXT:
        return None
    run = marks[index]
    after = marks[index + 1].type if index + 1 < len(marks) else ""
    for form, followers in _FORMS:
        match = form.fullmatch(run) if followers else form.match(run)
        if match and (not followers or after in followers):
            return partial(_miscased, match, run, marks[index + 1 : index + 3])
    return None


def line_start(marks: Sequence[Mark], index: int) -> Mistake | None:
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


def bullet(marks: Sequence[Mark], index: int) -> Mistake:
    """The mistake of a list whose items begin with another mark than `-`."""
    bullets = [marks[each] for each in suspects(marks) if _BULLET.match(marks[each])]
    spans = [Span(each.start_pos or 0, (each.start_pos or 0) + 1) for each in bullets]
    start = marks[index].start_pos or 0
    return Mistake(
        Span(start, start + 1),
        "CR101",
        f"`{marks[index][0]}` begins no item of a list",
        fixes=(Fix("begin the items with `-`", tuple(Edit(span, "-") for span in spans)),),
    )


def _miscased(match: re.Match[str], run: Mark, after: Sequence[Mark] = ()) -> Mistake:
    """The mistake of the words that *match* found in *run*, which *after* follow."""
    start = run.start_pos
    groups = [number for number in range(1, match.re.groups + 1) if match[number]]
    edits = [
        Edit(Span(start + match.start(number), start + match.end(number)), reserved(match[number]))
        for number in groups
        if match[number] != reserved(match[number])
    ]
    if match.re is not _CLAUSES:
        edits += _clauses(run, match.end())
    first, meant = match[groups[0]], match[0]
    for number in groups:
        meant = meant.replace(match[number], reserved(match[number]), 1)
    edits += _colon(first, after)
    return Mistake(
        edits[0].span,
        "CR101",
        miswritten(first),
        fixes=(Fix(f"write `{shown(' '.join(meant.split()))}`", tuple(edits)),),
    )


def _clauses(run: Mark, start: int) -> Iterator[Edit]:
    """The edits for words in small letters that join, from *start* of *run* on."""
    for clause in _CLAUSES_WITHIN.finditer(run, start):
        word = clause[1] or clause[2]
        if word and word != word.upper():
            place = run.start_pos + clause.start()
            yield Edit(Span(place, place + len(word)), word.upper())


def _colon(first: str, after: Sequence[Mark]) -> Iterator[Edit]:
    """The edits for a `:` after OTHERWISE, and for the decision after it."""
    if reserved(first) != "OTHERWISE" or [mark.type for mark in after[:1]] != ["_COLON"]:
        return
    yield Edit(after[0].span, "")
    decision = (
        re.match(rf"(?:{_DECISION})(?![\w-])", after[1], re.IGNORECASE) if after[1:] else None
    )
    if decision and after[1].type == "RUN":
        place = after[1].start_pos
        yield Edit(Span(place, place + decision.end()), reserved(decision[0]))


def miswritten(word: str) -> str:
    """What is wrong with *word*, which is another in a policy or the same in capitals."""
    meant = reserved(word)
    if word.upper() == meant:
        return f"`{word}` was meant as `{meant}`, which is written in capitals"
    return f"`{word}` is written `{meant}` in a policy"


def reserved(word: str) -> str:
    """The reserved word that *word* was meant as."""
    return MEANT.get(word.upper(), word.upper())
