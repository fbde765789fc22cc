"""Text as a terminal shows it: how wide it is, and nothing in it that acts."""

import unicodedata
from collections.abc import Iterator

_JOINERS = frozenset("\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}")
_NAMED = frozenset({"Cf", "Cs", "Zl", "Zp"})
_NO_WIDTH = frozenset({"Mn", "Me", "Cf"})
_CONTROL_PICTURES = 0x2400
_SPACE = 0x20
_DELETE = 0x7F
_FIRST_MEDIAL, _LAST_FINAL = "\u1160", "\u11ff"


def harmless(text: str, *, joiners: bool = True) -> str:
    """*text* with every character shown that would act or hide.

    Control characters become their pictures, as in ``␛``; those that are
    invisible or turn the direction of text become their number, as in
    ``<U+202E>``.

    Args:
        text: What to show, on one line.
        joiners: Whether the joiners that emoji and some scripts need stay.
    """
    if text.isprintable():
        return text
    return "".join(_visible(char, joiners=joiners) for char in text)


def _visible(char: str, *, joiners: bool) -> str:
    number = ord(char)
    if number < _SPACE:
        return chr(_CONTROL_PICTURES + number)
    if number == _DELETE:
        return "\N{SYMBOL FOR DELETE}"
    category = unicodedata.category(char)
    if category == "Cc" or (category in _NAMED and not (joiners and char in _JOINERS)):
        return f"<U+{number:04X}>"
    return char


def width(text: str) -> int:
    """How many columns *text* takes; East Asian wide characters take two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


def _columns(char: str) -> int:
    if unicodedata.category(char) in _NO_WIDTH or _FIRST_MEDIAL <= char <= _LAST_FINAL:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, columns: int) -> str:
    """*text* with spaces after it up to *columns*."""
    return text + " " * (columns - width(text))


def clipped(text: str, columns: int) -> str:
    """*text*, with a ``…`` for what is past *columns*."""
    if width(text) <= columns:
        return text
    return next(_pieces(text, columns - 1)) + "…"


def wrapped(text: str, columns: int) -> list[str]:
    """*text* in lines of at most *columns*, broken at spaces, in words only where it must be."""
    if width(text) <= columns:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer) <= columns:
            line = longer
            continue
        if line.strip():
            lines.append(line.rstrip())
        *full, line = _pieces(word, columns)
        lines += full
    return [*lines, line] if line.strip() else lines


def _pieces(word: str, columns: int) -> Iterator[str]:
    """*word* cut into pieces of at most *columns*; a character is never cut."""
    piece, taken = "", 0
    for char in word:
        wide = _columns(char)
        if taken + wide > max(columns, 1) and piece:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + char, taken + wide
    yield piece
