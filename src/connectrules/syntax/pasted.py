"""Marks that come along when text is pasted: comments of elsewhere, bold type, numbering.

What they surround is read all the same: they are blanked, so that all else keeps its place.
"""

import re
from collections.abc import Callable, Iterator, Sequence

import attrs

from connectrules.diagnostics import Edit, Fix
from connectrules.schema.types import shown
from connectrules.source import Span
from connectrules.syntax.blocks import STATEMENTS
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.reserved import RESERVED

_RESERVED = "|".join(sorted(RESERVED, key=len, reverse=True))
_STATEMENT = "|".join(sorted(STATEMENTS))
_FIRST_MARKS = ">`*/<-~_="
_MARKS = ("//", "/*", "```", "**", "\n--", "\n==", "\n__", "\n~~", "- [")

_COMMENT = re.compile(
    r'"(?:\\[^\n]|[^"\n])*+"?|(?<!\S)#[^\n]*+'
    r"|(?P<line>(?<!\S)//+|^[^\S\n]*+--+(?=[^\S\n]+\S))[^\n]*+"
    r"|(?P<open>(?<!\S)/\*)(?P<inside>(?:[^*]|\*(?!/))*+)(?P<close>\*/)?",
    re.MULTILINE,
)
_RULER = re.compile(r"^[^\S\n]*+(?P<mark>([-=_*~])\2{2,}+)[^\S\n]*+$", re.MULTILINE)
_FENCE = re.compile(r"^[^\S\n]*+(?P<mark>(?:```|~~~)[^\n`~]*+)$", re.MULTILINE)
_QUOTING = re.compile(r"^(?P<mark>[^\S\n]*+>(?:[^\S\n]*+>)*+[^\S\n]?+)", re.MULTILINE)
_BOX = re.compile(r"^[^\S\n]*+-[^\S\n]++(?P<mark>\[[ xX]\][^\S\n]++)", re.MULTILINE)
_NUMBER = re.compile(
    r"^[^\S\n]*+(?P<mark>[0-9]{1,3}[.)])[^\S\n]++(?=\S)"
    r'|"(?:\\[^\n]|[^"\n])*+"?|(?<!\S)#[^\n]*+|(?P<bracket>[()])',
    re.MULTILINE,
)
_BOLD = re.compile(
    r'"(?:\\[^\n]|[^"\n])*+"?|(?<!\S)#[^\n]*+'
    r"|(?P<first>\*\*\*|\*\*|__)(?=\S)(?P<inner>[^*_\n]++)(?<=\S)(?P<last>(?P=first))"
    rf"|(?P<mark>[*_`])(?P<word>(?:{_RESERVED})(?:[ ](?:{_RESERVED}))*+)(?P<end>(?P=mark))"
)
_IS_STATEMENT = re.compile(rf"(?:{_STATEMENT})\b", re.IGNORECASE)


@attrs.frozen
class _Found:
    """Marks of one kind.

    Attributes:
        message: What is wrong with them.
        title: What mends them.
        edits: The changes that do.
        blanks: What is blanked for reading on, and what is put at the beginning of it, in order.
    """

    message: str
    title: str
    edits: tuple[Edit, ...]
    blanks: tuple[Edit, ...]


def is_suspected(text: str) -> bool:
    """Whether a quick look at *text* finds what may be such a mark."""
    first = text.lstrip()
    return (
        first[:1] in {*_FIRST_MARKS}
        or first[:3].lower() == "if "
        or any(mark in text for mark in _MARKS)
    )


def cleaned(text: str) -> tuple[tuple[Mistake, ...], str]:
    """What is wrong with such marks in *text*, one mistake a kind, and the text without them."""
    mistakes = []
    for kind in _KINDS:
        found = kind(text)
        if found is not None:
            first = found.edits[0].span
            mistakes.append(
                Mistake(
                    Span(first.start, max(first.end, first.start + 1)),
                    "CR101",
                    found.message,
                    fixes=(Fix(found.title, found.edits),),
                )
            )
            text = _blanked(text, found.blanks)
    return tuple(mistakes), text


def _blanked(text: str, blanks: Sequence[Edit]) -> str:
    parts, place = [], 0
    for blank in blanks:
        inside = text[blank.span.start + len(blank.text) : blank.span.end]
        parts += [
            text[place : blank.span.start],
            blank.text,
            "\n".join([" " * len(line) for line in inside.split("\n")]),
        ]
        place = blank.span.end
    return "".join([*parts, text[place:]])


def _span(match: re.Match[str], group: str) -> Span:
    return Span(match.start(group), match.end(group))


def _removed(message: str, title: str, spans: Sequence[Span]) -> _Found:
    edits = tuple(Edit(span, "") for span in spans)
    return _Found(message, title, edits, edits)


def _comments(text: str) -> _Found | None:
    edits: list[Edit] = []
    blanks = []
    for match in _COMMENT.finditer(text):
        if match["line"]:
            mark = match["line"].lstrip()
            start = match.end("line") - len(mark)
            edits.append(Edit(Span(start, match.end("line")), "#"))
            blanks.append(Edit(Span(start, match.end()), ""))
        elif match["close"]:
            edits += _of_block(match, text)
            blanks.append(Edit(Span(match.start(), match.end()), ""))
    if not edits:
        return None
    mark = text[edits[0].span.start : edits[0].span.end]
    return _Found(
        f"`{mark}` begins no comment here", "begin comments with `#`", tuple(edits), tuple(blanks)
    )


def _of_block(match: re.Match[str], text: str) -> Iterator[Edit]:
    """The edits for a comment from `/*` to `*/`."""
    yield Edit(_span(match, "open"), "#")
    for place in re.finditer(r"\n", match["inside"]):
        start = match.start("inside") + place.end()
        yield Edit(Span(start, start), "# ")
    after = re.match(r"[^\S\n]*+(?!\n|\Z)", text[match.end() :])
    yield Edit(_span(match, "close"), "\n" if after else "")


def _rulers(text: str) -> _Found | None:
    spans = [_span(match, "mark") for match in _RULER.finditer(text)]
    if not spans:
        return None
    edits = tuple(Edit(Span(span.start, span.start), "# ") for span in spans)
    mark = shown(text[spans[0].start : spans[0].end])
    blanks = tuple(Edit(span, "") for span in spans)
    message = f"`{mark}` is no part of a policy"
    return _Found(message, "begin the line with `#`, as a comment", edits, blanks)


def _fences(text: str) -> _Found | None:
    spans = [_span(match, "mark") for match in _FENCE.finditer(text)]
    if not spans:
        return None
    edits = tuple(
        Edit(Span(span.start, span.end + text.startswith("\n", span.end)), "") for span in spans
    )
    message = "the marks around a block of code are no part of a policy"
    blanks = tuple(Edit(span, "") for span in spans)
    return _Found(message, "remove the lines with the marks", edits, blanks)


def _quoting(text: str) -> _Found | None:
    if not text.lstrip().startswith(">"):
        return None
    spans = [_span(match, "mark") for match in _QUOTING.finditer(text)]
    message = "`>` before the lines, as in an e-mail, is no part of a policy"
    return _removed(message, "remove the `>`", spans)


def _boxes(text: str) -> _Found | None:
    spans = [_span(match, "mark") for match in _BOX.finditer(text)]
    if not spans:
        return None
    mark = text[spans[0].start : spans[0].end].rstrip()
    return _removed(f"the box `{mark}` is no part of a list", "remove the boxes", spans)


def _bold(text: str) -> _Found | None:
    spans = [
        _span(match, group)
        for match in _BOLD.finditer(text)
        for group in ("first", "last", "mark", "end")
        if match[group]
    ]
    if not spans:
        return None
    mark = text[spans[0].start : spans[0].end]
    return _removed(f"`{mark}` is no part of a policy", f"remove the `{mark}`", spans)


def _before(text: str, place: int) -> str:
    """What stands before *place* in *text*, in capitals, as far as it matters."""
    return text[max(0, place - _REACH) : place].rstrip(" \t\n:").upper()


_REACH = 80


def _numbering(text: str) -> Iterator[re.Match[str]]:
    """The numbers that lines begin with, but for those whose `)` closes a bracket."""
    depth = 0
    for match in _NUMBER.finditer(text):
        mark = match["mark"] or match["bracket"] or ""
        if match["mark"] and not (depth and mark.endswith(")")):
            yield match
        elif mark:
            depth = depth + 1 if mark == "(" else max(depth - 1, 0)


def _numbers(text: str) -> _Found | None:
    edits: list[Edit] = []
    blanks: list[Edit] = []
    for match in _numbering(text):
        span = _span(match, "mark")
        if _IS_STATEMENT.match(text, match.end()):
            edits.append(Edit(Span(span.start, match.end()), ""))
            blanks.append(Edit(span, ""))
        elif edits or _before(text, span.start).endswith(("OF", "FROM")):
            edits.append(Edit(span, "-"))
            blanks.append(Edit(span, "-"))
    if not edits:
        return None
    first = edits[0]
    mark = text[first.span.start : first.span.end].strip()
    if first.text:
        message, title = f"`{mark}` begins no item of a list", "begin the items with `-`"
    else:
        message, title = f"`{mark}` begins no statement", "remove the numbers"
    return _Found(message, title, tuple(edits), tuple(blanks))


_KINDS: tuple[Callable[[str], _Found | None], ...] = (
    _fences,
    _quoting,
    _comments,
    _rulers,
    _boxes,
    _bold,
    _numbers,
)
