"""A page of Markdown for a terminal: as much of it as the pages about codes use."""

import re
import textwrap
from collections.abc import Iterator

from connectrules.render.cells import harmless
from connectrules.render.paint import Paint, Role, plain

_FENCE = "```"
_INDENT = "    "
_HEADINGS: dict[str, Role] = {"Wrong": "error", "Right": "connect"}
"""The headings that have a colour of their own."""

# What is told about a mistake: its first line, help, and the frame around the reader's text.
_TOLD: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("error", re.compile(r"^error(?:\[\w+\])?(?=:)")),
    ("warning", re.compile(r"^warning\[\w+\](?=:)")),
    ("help", re.compile(r"^help(?=:)")),
    ("frame", re.compile(r"^ *(?:-->|\d* \|)")),
)


def page_text(markdown: str, *, width: int, paint: Paint = plain) -> str:
    """*markdown* for reading, in lines of at most *width* where they can be broken."""
    return "\n".join(_lines(markdown.splitlines(), width, paint))


def _lines(lines: list[str], width: int, paint: Paint) -> Iterator[str]:
    paragraph: list[str] = []
    language: str | None = None
    for line in [*lines, ""]:
        if language is not None:
            if line == _FENCE:
                language = None
            else:
                yield f"{_INDENT}{_quoted(line, language, paint)}".rstrip()
        elif line.startswith(_FENCE):
            language = line.removeprefix(_FENCE)
        elif line.startswith("#"):
            title = line.lstrip("# ")
            for part in _wrapped(title, width):
                yield paint(_HEADINGS.get(title, "title"), part)
        elif line:
            paragraph.append(line)
        else:
            yield from _wrapped(" ".join(paragraph), width)
            paragraph.clear()
            yield ""


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(harmless(text), width, break_long_words=False, break_on_hyphens=False)


def _quoted(line: str, language: str, paint: Paint) -> str:
    """A *line* of an example, coloured where it is what a program says."""
    text = harmless(line)
    for role, pattern in _TOLD if language in {"text", "console"} else ():
        match = pattern.match(text)
        if match:
            return paint(role, match[0]) + text[match.end() :]
    return text
