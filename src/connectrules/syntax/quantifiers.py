"""Lists whose first words are not quite those of a list: `at least two of`, `ONE OF`."""

import re
from collections.abc import Sequence

from connectrules.diagnostics import Fix
from connectrules.source import Span
from connectrules.syntax.figures import FIGURES
from connectrules.syntax.lexer import Mark
from connectrules.syntax.misplaced import commas
from connectrules.syntax.mistakes import Mistake, replacing

_MARKS = frozenset(
    {
        "RUN",
        "ALL",
        "ANY",
        "NONE",
        "AT",
        "LEAST",
        "MOST",
        "EXACTLY",
        "OF",
        "POINTS",
        "FROM",
        "_COLON",
    }
)
_LONGEST = 7
_NUMBER = rf"(?P<number>[0-9]+|{'|'.join(FIGURES)})"
_KNOWN = re.compile(
    r"(?:all|any|none)\s+of|(?:at\s+(?:least|most)|exactly)\s+\S+\s+(?:of|points\s+from)",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"\s+(?:(?:the|these)(?:\s+following)?|following|them|those)(?:\s+\w+)?\s*:?"
)

# Words before a list, and what is meant by them; `{}` stands for the number.
_SAID: tuple[tuple[str, str, int], ...] = (
    (rf"(?:no\s+fewer\s+than|no\s+less\s+than|minimum|min)\s+{_NUMBER}\s+of", "AT LEAST {} OF", 0),
    (rf"more\s+than\s+{_NUMBER}\s+of", "AT LEAST {} OF", 1),
    (rf"(?:no\s+more\s+than|up\s+to|maximum|max)\s+{_NUMBER}\s+of", "AT MOST {} OF", 0),
    (rf"(?:fewer|less)\s+than\s+{_NUMBER}\s+of", "AT MOST {} OF", -1),
    (rf"(?P<known>at\s+least|at\s+most|exactly)\s+{_NUMBER}(?P<of>\s+of)?", "", 0),
    (rf"(?P<known>at\s+least)\s+{_NUMBER}\s+points\s+(?P<points>of|from|for)", "", 0),
    (r"(?:each|both|every|every\s+one)\s+of|all|both|every", "ALL OF", 0),
    (r"(?:some|either|any\s+one)\s+of|any|either", "ANY OF", 0),
    (r"neither\s+of|none|neither", "NONE OF", 0),
)
_FORMS = tuple((re.compile(words, re.IGNORECASE), meant, more) for words, meant, more in _SAID)
_EITHER_WAY = re.compile(rf"{_NUMBER}\s+of", re.IGNORECASE)


def slip(marks: Sequence[Mark], index: int, text: str) -> Mistake | None:
    """The mistake of the words at *index* that begin a list, but not in a list's words."""
    last = index
    while last - index < _LONGEST and _quantifying(marks, last):
        last += 1
    mistake = _slip(marks, index, last, text)
    if mistake is None or not mistake.fixes or marks[last].type != "OPENING":
        return mistake
    fix = mistake.fixes[0]
    fixes = (Fix(fix.title, (*fix.edits, *commas(marks, last))),)
    return Mistake(mistake.span, mistake.code, mistake.message, help=mistake.help, fixes=fixes)


def _slip(marks: Sequence[Mark], index: int, last: int, text: str) -> Mistake | None:
    first = index
    while first and index - first < _LONGEST and _quantifying(marks, first - 1):
        first -= 1
    if first == last or last >= len(marks) or marks[last].type not in {"OPENING", "_OPEN"}:
        return None
    start, end = marks[first].start_pos, marks[last - 1].end_pos
    written = text[start:end]
    meant = written.upper()
    if meant != written and _KNOWN.fullmatch(written) and not _spelled(written):
        return Mistake(
            _first_word(written, start),
            "CR105",
            f"`{' '.join(written.split())}` begins a list only in capitals",
            fixes=replacing(f"write `{' '.join(meant.split())}`", Span(start, end), meant),
        )
    bare = written.rstrip(": ")
    return (
        _followed(written, start, end)
        or _other(bare, start, marks[last].span)
        or _either(bare, start)
    )


def _spelled(written: str) -> bool:
    return any(word in FIGURES for word in written.lower().split())


def _is_spelled(shown: str) -> bool:
    """Whether *shown* would begin a list, but for its case and a number in words."""
    digits = " ".join(FIGURES.get(word, word) for word in shown.lower().split())
    return _KNOWN.fullmatch(digits) is not None


def _first_word(written: str, start: int) -> Span:
    return Span(start, start + len(written.split(maxsplit=1)[0]))


def _quantifying(marks: Sequence[Mark], index: int) -> bool:
    return index < len(marks) and marks[index].type in _MARKS


def _followed(written: str, start: int, end: int) -> Mistake | None:
    """Words between a quantifier and its list, as in `ALL OF THE FOLLOWING:`."""
    known = _KNOWN.match(written)
    match = _FOLLOWING.fullmatch(written.lower(), known.end()) if known else None
    if known is None or match is None:
        return None
    extra = written[known.end() :].strip()
    meant = known[0].upper()
    return Mistake(
        Span(end - len(extra), end),
        "CR101",
        f"a list was expected after `{' '.join(known[0].split())}`",
        fixes=replacing(f"write `{' '.join(meant.split())}`", Span(start, end), meant),
    )


def _other(written: str, start: int, after: Span) -> Mistake | None:
    """Words that mean what others say here."""
    for form, meant, more in _FORMS:
        match = form.fullmatch(written)
        if match:
            said = _meant(match, meant, more)
            if said is None or said == " ".join(written.split()):
                return None
            return _mistake(match, written, start, said, after)
    return None


def _meant(match: re.Match[str], meant: str, more: int) -> str | None:
    groups = match.groupdict()
    if "number" not in groups:
        return meant
    word = groups["number"].lower()
    number = int(FIGURES.get(word, word)) + more
    if number < 0:
        return None
    if groups.get("known"):
        unit = "POINTS FROM" if groups.get("points") else "OF"
        return f"{' '.join(groups['known'].upper().split())} {number} {unit}"
    return meant.format(number)


def _mistake(match: re.Match[str], written: str, start: int, said: str, after: Span) -> Mistake:
    """The mistake of the words *written* before what stands at *after*, meant as *said*."""
    fixes = replacing(f"write `{said}`", Span(start, start + len(written)), said)
    groups = match.groupdict()
    shown = " ".join(written.split())
    if written != written.upper():
        message = f"`{shown}` begins a list only in capitals"
        if shown.upper() != said:
            message = f"`{shown}` begins no list here"
            if _is_spelled(shown):
                message = f"`{shown}` begins a list only in capitals, with its number in digits"
        return Mistake(_first_word(written, start), "CR105", message, fixes=fixes)
    number = groups.get("number")
    if groups.get("known") and number and number.lower() in FIGURES:
        place = start + match.start("number")
        before = " ".join(groups["known"].split())
        span = Span(place, place + len(number))
        return Mistake(span, "CR101", f"a number was expected after `{before}`", fixes=fixes)
    if groups.get("points"):
        place = start + match.start("points")
        before = " ".join(written[: match.start("points")].split())
        span = Span(place, place + len(groups["points"]))
        return Mistake(span, "CR101", f"`FROM` was expected after `{before}`", fixes=fixes)
    if said.startswith(shown):
        return Mistake(after, "CR101", f"`OF` was expected after `{shown}`", fixes=fixes)
    return Mistake(_first_word(written, start), "CR101", f"`{shown}` begins no list", fixes=fixes)


def _either(written: str, start: int) -> Mistake | None:
    """`ONE OF` and `2 OF`, which may mean so many or more."""
    match = _EITHER_WAY.fullmatch(written)
    if match is None:
        return None
    word = match["number"].lower()
    number = FIGURES.get(word, word)
    shown = " ".join(written.split())
    return Mistake(
        _first_word(written, start),
        "CR101" if written == written.upper() else "CR105",
        f"`{shown}` does not say whether more than {number} may hold",
        help=(f"is it `AT LEAST {number} OF`, or `EXACTLY {number} OF`?",),
    )
