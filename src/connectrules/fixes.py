"""A text with its certain fixes made.

A fix is certain where its diagnostic has no other: two are two ways to read the same words,
and only the reader knows which was meant.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from connectrules.diagnostics import Diagnostic, Edit, Fix
from connectrules.source import Source

_MOST_ROUNDS = 100
"""How often a mended text is looked at again; each round mends what the last one laid open."""

Check = Callable[[Source], tuple[Diagnostic, ...]]
"""What finds the mistakes in a text."""


@attrs.frozen
class Mended:
    """A text after its fixes.

    Attributes:
        source: The text.
        fixed: What was mended, each in the text as it was when its turn came.
        left: What is wrong with it still.
    """

    source: Source
    fixed: tuple[Diagnostic, ...]
    left: tuple[Diagnostic, ...]


def mend(source: Source, check: Check) -> Mended:
    """*source* with every certain fix made, round by round, until there is none to make."""
    fixed: list[Diagnostic] = []
    left = check(source)
    for _ in range(_MOST_ROUNDS):
        chosen = [*_apart(each for each in left if certain(each) and each.source == source)]
        if not chosen:
            break
        fixed += chosen
        edits = [edit for each in chosen for fix in each.fixes for edit in fix.edits]
        source = Source(source.name, edited(source.text, edits))
        left = check(source)
    return Mended(source, tuple(fixed), left)


def certain(diagnostic: Diagnostic) -> Fix | None:
    """The fix of *diagnostic* that needs nobody's judgement, if it has one."""
    return diagnostic.fixes[0] if len(diagnostic.fixes) == 1 else None


def edited(text: str, edits: Iterable[Edit]) -> str:
    """*text* with *edits*, which do not overlap, made in it."""
    made: list[str] = []
    copied = 0
    for edit in sorted(edits, key=lambda each: each.span):
        made += text[copied : edit.span.start], edit.text
        copied = edit.span.end
    return "".join([*made, text[copied:]])


def _apart(diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Those of *diagnostics* whose fixes touch none of an earlier one."""
    taken: set[int] = set()
    for diagnostic in diagnostics:
        places = {place for fix in diagnostic.fixes for place in _places(fix.edits)}
        if taken.isdisjoint(places):
            taken |= places
            yield diagnostic


def _places(edits: Sequence[Edit]) -> Iterator[int]:
    """The places between characters that *edits* touch, their ends too."""
    for edit in edits:
        yield from range(edit.span.start, edit.span.end + 1)
