"""What was expected before a mark that does not fit, in a reader's words."""

from collections.abc import Sequence

from connectrules.schema.types import shown
from connectrules.syntax.lexer import Mark

_QUANTIFYING = frozenset({"ALL", "ANY", "NONE", "AT", "EXACTLY"})
_ENDING = frozenset({"OF", "FROM", "LEAST", "MOST", "POINTS"})

# What is wanted after a mark that only a run of words may follow.
_AFTER = {
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
_AFTER_COLON = {"FACT": "a type", "ASK": "a quoted question"}

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


def wanted(accepts: frozenset[str], marks: Sequence[Mark], index: int) -> str:
    """What was expected before the mark at *index*, or nothing where no words say it."""
    before = next((mark.type for mark in reversed(marks[:index]) if mark.type != "CLOSE"), "")
    closing = index < len(marks) and marks[index].type in {"RUN", "NOT", "OPENING"}
    if "NOT" not in accepts and "OPENING" not in accepts and "RUN" in accepts:
        if before == "_COLON":
            return _AFTER_COLON.get(marks[0].type, "a value")
        if before in _AFTER:
            return _AFTER[before]
    if "_BECAUSE" in accepts and "AND" not in accepts and index < len(marks):
        return "`BECAUSE`" if marks[index].startswith('"') else ""
    for terminals, said in _WANTED:
        if terminals <= accepts and not (closing and said == "`)`"):
            return said
    return ""


def shown_before(marks: Sequence[Mark], index: int, text: str) -> str:
    """What stands before the mark at *index*, as a message names it."""
    last = index - 1
    while last > 0 and marks[last].type == "CLOSE":
        last -= 1
    if last < 0:
        return ""
    if marks[last].type in _ENDING:
        first = next(
            (each for each in range(last, -1, -1) if marks[each].type in _QUANTIFYING), last
        )
        return " ".join(text[marks[first].start_pos : marks[last].end_pos].split())
    return shown(" ".join(marks[last].split()))
