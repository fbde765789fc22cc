"""Diagnostics as text: the message, the line with its mark, and what helps."""

from collections.abc import Iterable, Iterator, Sequence

import attrs

from connectrules.diagnostics import Diagnostic, Fix, Severity
from connectrules.render.cells import harmless
from connectrules.render.paint import Paint, Role, plain
from connectrules.render.snippet import snippet
from connectrules.source import Source, Span

_COLUMNS = 80
_ROLES: dict[Severity, Role] = {Severity.ERROR: "error", Severity.WARNING: "warning"}
_MOST_LINES = 6
"""How many lines of a mended text are shown."""


def diagnostics_text(diagnostics: Iterable[Diagnostic], *, paint: Paint = plain) -> str:
    """*diagnostics* for reading, each with its line and what helps."""
    return "\n\n".join("\n".join(_diagnostic(each, paint)) for each in diagnostics)


def problem_text(
    code: str,
    message: str,
    *,
    where: str | None = None,
    help: Sequence[str] = (),  # noqa: A002 - what it is called in a diagnostic
    paint: Paint = plain,
) -> str:
    """A mistake outside a policy's text, in the form of a diagnostic.

    Args:
        code: What kind of mistake, such as ``CR503``; empty where it has none.
        message: One sentence.
        where: The file, with its line where that is known.
        help: What to do, a sentence or a line to paste each.
        paint: Dresses the parts of the text.
    """
    lines = [f"{paint('error', f'error[{code}]' if code else 'error')}: {harmless(message)}"]
    if where is not None:
        lines.append(f" {paint('frame', '-->')} {harmless(where)}")
    for each in help:
        lines += help_lines(each, paint)
    return "\n".join(lines)


def _diagnostic(diagnostic: Diagnostic, paint: Paint) -> Iterator[str]:
    source, severity = diagnostic.source, _ROLES[diagnostic.severity]
    start = source.location(min(diagnostic.span.start, len(source.text)))
    mended = [_mended(source, fix) for fix in diagnostic.fixes]
    last = max([start.line, *(line.number for lines in mended for line in lines)])
    frame = _Frame(len(str(last)), paint)

    yield f"{paint(severity, f'{severity}[{diagnostic.code}]')}: {harmless(diagnostic.message)}"
    yield from _place(source, diagnostic.span, severity, frame)
    for each in diagnostic.help:
        yield from help_lines(each, paint)
    for fix, lines in zip(diagnostic.fixes, mended, strict=True):
        yield from help_lines(fix.title, paint)
        if not lines:
            continue
        yield frame.beside()
        number = lines[0].number
        for line_after in lines[:_MOST_LINES]:
            if line_after.number > number + 1:
                yield frame.beside("…")
            number = line_after.number
            yield frame.beside(
                snippet(line_after.text, line_after.changed, frame.room).text, number
            )
        if len(lines) > _MOST_LINES:
            yield frame.beside("…")


def place_lines(source: Source, span: Span, role: Role, paint: Paint = plain) -> Iterator[str]:
    """Where *span* stands in *source*: the file, its line, and a mark under it."""
    number = source.location(min(span.start, len(source.text))).line
    return _place(source, span, role, _Frame(len(str(number)), paint))


def _place(source: Source, span: Span, role: Role, frame: "_Frame") -> Iterator[str]:
    start = source.location(min(span.start, len(source.text)))
    place = f"{harmless(source.name)}:{start.line}:{start.column}"
    yield f"{' ' * frame.gutter}{frame.paint('frame', '-->')} {place}"
    yield frame.beside()
    line = source.line(start.line)
    begin = min(start.column - 1, len(line))
    length = max(0, span.end - span.start)
    shown = snippet(line, Span(begin, min(begin + length, len(line))), frame.room)
    yield frame.beside(shown.text, start.line)
    mark = "^" + "~" * (shown.marked - 1)
    yield frame.beside(" " * shown.before + frame.paint(role, mark))


def help_lines(text: str, paint: Paint = plain) -> Iterator[str]:
    """*text* as what helps; lines after the first are to paste."""
    first, *rest = text.split("\n")
    yield f"{paint('help', 'help')}: {harmless(first)}"
    for line in rest:
        yield f"      {harmless(line)}".rstrip()


@attrs.frozen
class _Frame:
    """The line numbers on the left, *gutter* columns wide."""

    gutter: int
    paint: Paint

    @property
    def room(self) -> int:
        """The columns left for text."""
        return _COLUMNS - self.gutter - len(" | ")

    def beside(self, text: str = "", number: int | None = None) -> str:
        """*text* with its line *number*, if it has one."""
        label = "" if number is None else str(number)
        edge = self.paint("frame", f"{label:>{self.gutter}} |")
        return f"{edge} {text}".rstrip() if text else edge


@attrs.frozen
class _Line:
    """A line that a fix changes: its *number*, its new *text*, and what is new in it."""

    number: int
    text: str
    changed: Span


def _mended(source: Source, fix: Fix) -> list[_Line]:
    """The lines that *fix* changes, as they read afterwards."""
    edits = sorted(fix.edits, key=lambda edit: (edit.span.start, edit.span.end))
    if not edits:
        return []
    first = source.location(edits[0].span.start)
    last = source.location(edits[-1].span.end)
    begin = edits[0].span.start - first.column + 1
    end = edits[-1].span.end - last.column + 1 + len(source.line(last.line))
    parts: list[str] = []
    changed: list[Span] = []
    copied, length = begin, 0
    for edit in edits:
        parts += source.text[copied : edit.span.start], edit.text
        begun = length + edit.span.start - copied
        length = begun + len(edit.text)
        changed.append(Span(begun, length))
        copied = edit.span.end
    after = Source(source.name, "".join((*parts, source.text[copied:end])))
    lines: dict[int, _Line] = {}
    known = -1
    for span in changed:
        if span.end <= known:
            continue
        start, stop = after.location(span.start), after.location(span.end)
        for number in range(start.line, stop.line + 1):
            line = after.line(number)
            low = start.column - 1 if number == start.line else 0
            high = stop.column - 1 if number == stop.line else len(line)
            new = _Line(first.line + number - 1, line, Span(min(low, len(line)), high))
            lines.setdefault(number, new)
        known = span.end - stop.column + 1 + len(after.line(stop.line))
    return [lines[number] for number in sorted(lines)]
