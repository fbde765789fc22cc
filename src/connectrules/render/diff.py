"""Two versions of a text, as a unified diff."""

from collections.abc import Iterator
from difflib import unified_diff

from connectrules.render.paint import Paint, Role, plain

_ROLES: dict[str, Role] = {"@": "frame", "+": "added", "-": "removed"}
_HEADING = 2
"""How many lines of a diff name the files."""


def diff_text(name: str, before: str, after: str, *, paint: Paint = plain) -> str:
    """What turns *before* into *after*, as `patch` and `git apply` read it; ends its last line."""
    lines = unified_diff(_lines(before), _lines(after), name, name, lineterm="")
    return "".join(f"{line}\n" for line in _painted(lines, paint))


def _painted(lines: Iterator[str], paint: Paint) -> Iterator[str]:
    for index, line in enumerate(lines):
        role = "title" if index < _HEADING else _ROLES.get(line[0])
        text, line_break, remark = line.partition("\n")
        yield (text if role is None else paint(role, text)) + line_break + remark


def _lines(text: str) -> list[str]:
    """The lines of *text*; where the last is not ended, a diff says so below it."""
    *lines, last = text.split("\n")
    return [*lines, f"{last}\n\\ No newline at end of file"] if last else lines
