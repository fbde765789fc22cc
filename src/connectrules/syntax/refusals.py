"""Rules that say what not to do, `NEVER CONNECT WHEN`, or how often, `CONNECT ONLY WHEN`.

What a rule without the word would mean is another thing, so none of these is mended.
"""

import re
from collections.abc import Sequence

from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax import habits
from connectrules.syntax.blocks import STATEMENTS
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake

_DECISIONS = frozenset({"CONNECT", "DECLINE", "REVIEW"})
_SHORT = r"(?:do|wo|ca|must|should|would|does)n['\N{RIGHT SINGLE QUOTATION MARK}]?t"
_DENYING = rf"(?:never|not|no|cannot|nobody|{_SHORT})"
_BEFORE = r"(?:i|we|you|please|do|must|should|will|can|may|to|ever|also)"
_WORD = (
    rf"(?P<word>(?:{_BEFORE}\s+)*(?:(?P<denies>{_DENYING})|only|always|{_BEFORE}\s+always)"
    r"(?:\s+ever)?)"
)
_DECISION = "connect|decline|review|accept|approve|allow|reject|deny|refuse|ignore"
_NAME = r'(?:\s+"(?:\\.|[^"\\])*")?'
_WHEN = r"(?:when|if|where|unless)"
_FIRST = re.compile(rf"{_WORD}\s+(?P<decision>{_DECISION})(?![\w-]){_NAME}\s*", re.IGNORECASE)
"""The word before the decision."""
_SECOND = re.compile(
    rf"(?P<decision>{_DECISION}){_NAME}\s+{_WORD}(?=\s+{_WHEN}(?!\S))\s*", re.IGNORECASE
)
"""The word after it."""
_CONDITION = re.compile(rf"{_WHEN}\s+(?P<said>\S.*)", re.IGNORECASE)
_PEOPLE = re.compile(r"(?:with|to|from|any|anyone|anybody|people|those|if|when|where|unless)(?!\S)")
_PLAIN = frozenset({"RUN", "AND", "OR", "NOT", "OPENING", "CLOSING", "CLOSE", "_WHEN"})
_MOST_MARKS = 20
_LONGEST = 80
"""How many characters of a condition are repeated in help."""


def at(marks: Sequence[Mark], index: int) -> Mistake | None:
    """The mistake of the line that begins with the mark at *index*."""
    return _found(marks, index, (_FIRST, _SECOND))


def within(marks: Sequence[Mark]) -> Mistake | None:
    """The mistake of a rule with such a word between its decision and its WHEN."""
    return _found(marks, 0, (_SECOND,)) if marks[0].type in _DECISIONS else None


def decision(marks: Sequence[Mark]) -> str | None:
    """The decision of the rule that *marks* were to be, where they begin with such a mistake."""
    match = _match(_line(marks, 0), (_FIRST, _SECOND))
    return habits.reserved(match["decision"]) if match else None


def _line(marks: Sequence[Mark], index: int) -> list[Mark]:
    """The first marks of the line that begins with the mark at *index*."""
    line = marks[index].line
    return [mark for mark in marks[index : index + _MOST_MARKS] if mark.line == line]


def _match(line: Sequence[Mark], forms: Sequence[re.Pattern[str]]) -> re.Match[str] | None:
    text = " ".join(line)
    for form in forms:
        match = form.match(text)
        if match and (match["decision"].isupper() or _PEOPLE.match(text[match.end() :].lower())):
            return match
    return None


def _found(marks: Sequence[Mark], index: int, forms: Sequence[re.Pattern[str]]) -> Mistake | None:
    line = _line(marks, index)
    match = _match(line, forms)
    if match is None:
        return None
    word, written = match["word"], match["decision"]
    first = next((each for each in line if word.split()[0] in each.split()), line[0])
    start = first.start_pos + first.index(word.split()[0])
    meant = habits.reserved(written)
    said = _said(marks, index + len(line), line, match)
    order = f"`{word}` cannot stand {'before' if match.re is _FIRST else 'after'} `{written}`"
    if match["denies"]:
        message = f"{order}: a rule says what to do, and not what not to do"
        help_ = _instead(meant, said)
    elif word.lower().endswith("only"):
        message = f"{order}: a rule says what to do, and OTHERWISE what to do with all others"
        help_ = _only(meant, said)
    else:
        message = f"{order}: every rule holds at all times"
        help_ = (f"write `{meant} WHEN {said}`: of all rules that apply DECLINE wins, then REVIEW",)
    return Mistake(Span(start, start + len(word.split()[0])), "CR101", message, help=help_)


def _said(marks: Sequence[Mark], after: int, line: Sequence[Mark], match: re.Match[str]) -> str:
    """The condition, as help repeats it."""
    found = _CONDITION.match(match.string, match.end())
    following = marks[after].type if after < len(marks) else "OTHERWISE"
    is_plain = all(mark.type in _PLAIN | _DECISIONS for mark in line)
    is_over = following in STATEMENTS or (after < len(marks) and at(marks, after) is not None)
    if found is None or not is_plain or not is_over or len(found["said"]) > _LONGEST:
        return "…"
    return shown(found["said"].replace("( ", "(").replace(" )", ")"))


def _instead(meant: str, said: str) -> tuple[str, ...]:
    """What to write in place of a rule that denies *meant* where *said* holds."""
    if meant == "CONNECT":
        return (f"write `DECLINE WHEN {said}`, which wins over every CONNECT",)
    verb = "declines" if meant == "DECLINE" else "reviews"
    return (
        f"write `UNLESS {said}` in each rule that {verb}",
        f"or, to connect with all of these, `CONNECT WHEN {said}`",
    )


def _only(meant: str, said: str) -> tuple[str, ...]:
    """What to write in place of a rule that says *meant* only where *said* holds."""
    other = "CONNECT" if meant == "DECLINE" else "DECLINE"
    return (f"write `{meant} WHEN {said}`, and `OTHERWISE {other}` where that is meant",)
