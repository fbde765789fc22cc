"""Characters that nobody sees, or that turn the direction of text (CR109)."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from connectrules.diagnostics import Diagnostic
from connectrules.source import Source, Span
from connectrules.syntax.mistakes import Mistake, replacing

MOST_REPORTED = 20
"""How many are reported one by one."""

# Controls other than tab and line breaks, formats, fillers, tags and lone surrogates.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e007f\ud800-\udfff]"
)
_JOINERS = "\u200c\u200d"
_FLAG, _LONGEST_FLAG = "\U0001f3f4", 8
_TAG = re.compile("[\U000e0020-\U000e007f]+")
_QUOTED = re.compile(r'"(?:\\[^\n\r]|[^"\n\r])*+(")?')
# Arabic and its relatives, the scripts of India and its neighbours, Mongolian.
_JOINING = re.compile("[\u0600-\u08ff\u0900-\u109f\u1780-\u18af\ua800-\uabff\ufb50-\ufeff]")
_VARIATION = "\ufe0f"


def invisible(source: Source) -> tuple[Diagnostic, ...]:
    """What is wrong with the characters of *source*, one diagnostic each, up to a number."""
    text = source.text
    start = 1 if text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}") else 0
    return tuple(
        _mistake(text[place], place).diagnostic(source)
        for place in islice(_places(text, start), MOST_REPORTED)
    )


def _places(text: str, start: int) -> Iterator[int]:
    """Where such characters stand, without those that belong in a quoted text."""
    texts = (match for match in _QUOTED.finditer(text) if match[1])
    quoted = next(texts, None)
    for match in _INVISIBLE.finditer(text, start):
        place = match.start()
        while quoted is not None and quoted.end() <= place:
            quoted = next(texts, None)
        if quoted is None or place < quoted.start() or not _belongs(text, place):
            yield place


def _belongs(text: str, place: int) -> bool:
    """Whether the character at *place* joins the letters or the pictures around it."""
    if _TAG.match(text, place):
        flag = text.rfind(_FLAG, max(0, place - _LONGEST_FLAG), place)
        return flag >= 0 and _TAG.fullmatch(text, flag + 1, place + 1) is not None
    if text[place] not in _JOINERS:
        return False
    before = text[max(0, place - 2) : place].rstrip(_VARIATION)[-1:]
    after = text[place + 1 : place + 2]
    return bool(_JOINING.match(before)) or (_pictured(before) and _pictured(after))


def _pictured(character: str) -> bool:
    """Whether *character* is a picture, or the skin tone of one."""
    return bool(character) and unicodedata.category(character) in {"So", "Sk"}


def _mistake(character: str, place: int) -> Mistake:
    name = unicodedata.name(character, "a control character").lower()
    span = Span(place, place + 1)
    return Mistake(
        span,
        "CR109",
        f"an invisible character stands here: U+{ord(character):04X}, {name}",
        fixes=replacing("remove the invisible character", span, ""),
    )
