"""What was mended in a text: each fix, and its lines before and after."""

from collections.abc import Iterable, Iterator

from connectrules.diagnostics import Diagnostic, Edit, Fix
from connectrules.fixes import certain, edited
from connectrules.render.cells import clipped, harmless
from connectrules.render.paint import Paint, plain
from connectrules.source import Span

_COLUMNS = 76
_MOST_LINES = 6
"""How many lines of each kind are shown."""


def fixed_text(fixed: Iterable[Diagnostic], *, paint: Paint = plain) -> str:
    """What was done about each of *fixed*, for reading."""
    return "\n\n".join(
        "\n".join(_one(diagnostic, fix, paint))
        for diagnostic in fixed
        if (fix := certain(diagnostic)) is not None
    )


def _one(diagnostic: Diagnostic, fix: Fix, paint: Paint) -> Iterator[str]:
    place = f"{harmless(diagnostic.source.name)}:{diagnostic.start.line}:{diagnostic.start.column}"
    yield f"{paint('connect', f'fixed[{diagnostic.code}]')}: {harmless(fix.title)}"
    yield f" {paint('frame', '-->')} {place}"
    before, after = _lines(diagnostic, fix)
    for sign, lines in (("-", before), ("+", after)):
        for line in lines[:_MOST_LINES]:
            yield f"  {paint('frame', sign)} {clipped(harmless(line), _COLUMNS)}".rstrip()
        if len(lines) > _MOST_LINES:
            yield f"  {paint('frame', sign)} …"


def _lines(diagnostic: Diagnostic, fix: Fix) -> tuple[list[str], list[str]]:
    """The lines that *fix* changes, as they were and as they are."""
    source = diagnostic.source
    first = min(source.location(edit.span.start).line for edit in fix.edits)
    last = max(source.location(edit.span.end).line for edit in fix.edits)
    begin = source.start(first)
    before = source.text[begin : source.start(last) + len(source.line(last))]
    moved = [
        Edit(Span(edit.span.start - begin, edit.span.end - begin), edit.text) for edit in fix.edits
    ]
    old, new = before.splitlines(), edited(before, moved).splitlines()
    if len(old) != len(new):
        return old, new
    changed = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
    return [each for each, _ in changed], [each for _, each in changed]
