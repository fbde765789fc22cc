"""How large a text may be (CR110)."""

import re
from collections.abc import Sequence
from itertools import groupby, islice

from connectrules.diagnostics import Diagnostic, Severity
from connectrules.source import Source, Span
from connectrules.syntax.blocks import STATEMENTS
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake

LARGEST_FILE = 2**20
"""How many bytes of UTF-8 a file may have."""
MOST_WORDS = 200_000
"""How many words, quoted texts and marks a file may have; comments are none."""
LONGEST_SENTENCE = 10_000
"""How many of them a sentence may have."""
DEEPEST = 64
"""How deep brackets, lists and NOTs may stand in each other."""
LONGEST_LIST = 1_000
"""How many items a list may have."""
MOST_CONDITIONS = 10_000
"""How many sentences the conditions of a policy may have."""
MOST_TOLD = 1_000
"""How many mistakes and warnings are told one by one."""
MOST_STATEMENTS = 20_000
"""How many statements a file may have."""

_BEFORE_CONDITION = frozenset(
    {"_WHEN", "_UNLESS", "_AS", "AND", "OR", "NOT", "OPENING", "_SEMICOLON", "ITEM", "FOR"}
)
_DECISIONS = frozenset({"CONNECT", "DECLINE", "REVIEW"})
_BEFORE_DECISION = frozenset({"OTHERWISE", "_EXPECT"})
_OPENERS = frozenset({"_OPEN", "OPENING"})
_CLOSERS = frozenset({"CLOSE", "CLOSING"})
_SEPARATORS = frozenset({"ITEM", "_SEMICOLON"})
_OPERAND_ENDS = STATEMENTS | _SEPARATORS | {"AND", "OR", "_UNLESS"}
_WORD = re.compile(
    r"""(?<!\S)\#[^\n]*
    | (?P<counts>"(?:\\[^\n]|[^"\n])*+"? | [^\s"()\[\]{};:,<>=!]++ | [()\[\]{};:,<>=!])""",
    re.VERBOSE,
)


def first_told(diagnostics: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The first of *diagnostics*, and how many there are more."""
    told, more = diagnostics[:MOST_TOLD], diagnostics[MOST_TOLD:]
    if not more:
        return tuple(told)
    errors = [each for each in more if each.severity is Severity.ERROR]
    untold = errors or more
    what = "mistakes" if errors else "warnings"
    place = Span(untold[0].span.start, untold[0].span.start)
    return (
        *told,
        Diagnostic(
            "CR110",
            f"the {what} from here on are not told: {len(untold):,} more than the {MOST_TOLD:,} "
            "that are",
            untold[0].source,
            place,
            help=("mend those above first",),
            severity=untold[0].severity,
        ),
    )


def check_size(source: Source) -> None:
    """Raise `Mistake` where the text of *source* is too large."""
    text = source.text
    if len(text) * 4 <= LARGEST_FILE:
        return
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > LARGEST_FILE:
        raise Mistake(
            Span(0, 0),
            "CR110",
            f"the text has {size:,} bytes, {size - LARGEST_FILE:,} more than the "
            f"{LARGEST_FILE:,} allowed",
            help=("bring part of it in from other files with `USE`",),
        )


def check_words(text: str) -> None:
    """Raise `Mistake` where *text*, with plain line breaks, is too much to be read in a moment."""
    count = _words(text) if len(text) > MOST_WORDS else 0
    if count > MOST_WORDS:
        words = (match.start() for match in _WORD.finditer(text) if match["counts"])
        place = next(islice(words, MOST_WORDS, None))
        raise Mistake(
            Span(place, place),
            "CR110",
            f"the text has {count:,} words and marks, {count - MOST_WORDS:,} more than the "
            f"{MOST_WORDS:,} allowed",
            help=("bring part of it in from other files with `USE`",),
        )


def _words(text: str) -> int:
    """How many words, quoted texts and marks *text* has."""
    return sum(map(bool, _WORD.findall(text)))


def check_statement(marks: Sequence[Mark]) -> None:
    """Raise `Mistake` where brackets, lists and NOTs go too deep, or a list is too long."""
    _check_depth(marks)
    _check_lists(marks)
    _check_sentences(marks)


def _check_sentences(marks: Sequence[Mark]) -> None:
    for is_sentence, runs in groupby(marks, key=lambda mark: mark.type == "RUN"):
        if not is_sentence:
            continue
        lines = [*runs]
        if sum(map(len, lines)) <= LONGEST_SENTENCE:
            continue
        count = sum(map(_words, lines))
        if count > LONGEST_SENTENCE:
            raise Mistake(
                Span(lines[0].start_pos or 0, lines[-1].end_pos or 0),
                "CR110",
                f"a sentence has {count:,} words and marks, {count - LONGEST_SENTENCE:,} more than "
                f"the {LONGEST_SENTENCE:,} allowed",
                help=("AND, OR and lists join short sentences",),
            )


def _check_depth(marks: Sequence[Mark]) -> None:
    deepest, place = 0, None
    depth, waiting = 0, 0  # waiting: NOTs whose operand is still to come
    opened: list[int] = []  # how much deeper each made it
    for mark in marks:
        if mark.type == "NOT":
            waiting += 1
        elif mark.type in _OPENERS:
            opened.append(waiting + 1)
            depth, waiting = depth + waiting + 1, 0
        elif mark.type in _CLOSERS and opened:
            depth -= opened.pop()
        elif mark.type in _OPERAND_ENDS:
            waiting = 0
        if depth + waiting > deepest:
            deepest = depth + waiting
            place = mark if deepest == DEEPEST + 1 else place
    if place is not None:
        raise Mistake(
            Span(place.start_pos or 0, place.end_pos or 0),
            "CR110",
            f"brackets, lists and NOTs stand {deepest:,} deep, {deepest - DEEPEST:,} more than "
            f"the {DEEPEST} allowed",
            help=("name a part of it with `DEFINE`",),
        )


def _check_lists(marks: Sequence[Mark]) -> None:
    lists: list[tuple[Mark, list[Mark]]] = []  # each opener, and what begins its items
    opened: list[list[Mark]] = []
    for mark in marks:
        if mark.type in _OPENERS:
            opened.append([] if mark.type == "_OPEN" else [mark])
            lists.append((mark, opened[-1]))
        elif mark.type in _SEPARATORS and opened:
            opened[-1].append(mark)
        elif mark.type in _CLOSERS and opened:
            opened.pop()
    for opener, items in lists:
        if len(items) > LONGEST_LIST:
            raise Mistake(
                Span(opener.start_pos or 0, opener.end_pos or 0),
                "CR110",
                f"a list has {len(items):,} items, {len(items) - LONGEST_LIST:,} more than the "
                f"{LONGEST_LIST:,} allowed",
                help=("name parts of it with `DEFINE`",),
            )


def check_statements(marks: Sequence[Mark]) -> None:
    """Raise `Mistake` where a file has too many statements."""
    begins = []
    before = ""
    for mark in marks:
        decided = mark.type in _DECISIONS and before in _BEFORE_DECISION
        if mark.type in STATEMENTS and not decided:
            begins.append(mark)
        before = mark.type
    check_beginnings(begins)


def check_beginnings(begins: Sequence[Mark]) -> None:
    """Raise `Mistake` where the marks that begin a file's statements are too many."""
    count = len(begins)
    if count > MOST_STATEMENTS:
        place = begins[MOST_STATEMENTS]
        raise Mistake(
            Span(place.start_pos or 0, place.end_pos or 0),
            "CR110",
            f"the text has {count:,} statements, {count - MOST_STATEMENTS:,} more than the "
            f"{MOST_STATEMENTS:,} allowed",
            help=("bring part of it in from other files with `USE`",),
        )


def check_conditions(marks: Sequence[Mark]) -> None:
    """Raise `Mistake` where the conditions of a policy have too many sentences."""
    count, place, example = 0, None, False
    before = ""
    for mark in marks:
        if mark.type == "EXAMPLE":
            example = True
        elif mark.type in {"_WHEN", "_AS"}:
            example = False
        elif mark.type == "RUN" and not example and (not before or before in _BEFORE_CONDITION):
            count += 1
            if count == MOST_CONDITIONS + 1:
                place = mark
        elif mark.type == "FOR":  # what stood before it was a number of points
            count -= 1
        before = mark.type
    if place is not None and count > MOST_CONDITIONS:
        raise Mistake(
            Span(place.start_pos or 0, place.end_pos or 0),
            "CR110",
            f"the policy has {count:,} conditions, {count - MOST_CONDITIONS:,} more than the "
            f"{MOST_CONDITIONS:,} allowed",
        )
