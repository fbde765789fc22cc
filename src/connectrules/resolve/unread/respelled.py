"""What a sentence was meant to be, where a few changes make one of what was written."""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice, pairwise

import attrs

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve.unread import whole_sentences
from connectrules.resolve.unread.rewording import Change, changes
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.words import whole
from connectrules.source import Span
from connectrules.syntax.figures import FIGURES
from connectrules.syntax.tokens import Token
from connectrules.syntax.words import split

_MOST_TRIED = 400
"""How many ways to mend a sentence are tried."""
_MOST_AT_ONCE = 3
"""How many changes are made at once."""
_MOST_CHANGES = 40
"""How many changes are looked at."""


@attrs.frozen
class Respelled:
    """A sentence that has a reading, made from one that has none.

    Attributes:
        said: The sentence.
        fix: The change of the wrong words.
        note: What the mistake shows about the language, if anything.
        misspelled: Whether letters alone are changed.
    """

    said: str
    fix: Fix
    note: str = ""
    misspelled: bool = False


def respelled(unread: Unread) -> Respelled | None:
    """The sentence that *unread* was meant to be; None where that is not certain."""
    for said in whole_sentences.meant(unread):
        tokens = split(said.removeprefix("NOT "), unread.tokens[0].start)
        if unread.reads(tokens):
            span = whole(unread.tokens)
            return Respelled(said, Fix(f"write `{said}`", (Edit(span, said),)))
    for together in islice(_ways(unread), _MOST_TRIED):
        if unread.reads(_changed(unread.tokens, together)):
            return _respelled(unread, together)
    return None


def _ways(unread: Unread) -> Iterator[tuple[Change, ...]]:
    """One change, then two at once, then three, in the order of the text."""
    single = [*islice(changes(unread), _MOST_CHANGES)]
    for together in chain.from_iterable(
        combinations(single, count) for count in range(1, _MOST_AT_ONCE + 1)
    ):
        ordered = tuple(sorted(together, key=lambda each: (each.start, each.end)))
        apart = all(
            one.end <= other.start and (one.start, one.end) != (other.start, other.end)
            for one, other in pairwise(ordered)
        )
        if apart:
            yield ordered


def _changed(tokens: Sequence[Token], together: Sequence[Change]) -> list[Token]:
    changed: list[Token] = []
    place = 0
    for change in together:
        changed += tokens[place : change.start]
        changed += split(change.text, tokens[min(change.start, len(tokens) - 1)].start)
        place = change.end
    return [*changed, *tokens[place:]]


def _respelled(unread: Unread, together: Sequence[Change]) -> Respelled:
    edits = []
    parts = []
    place = 0
    for change in together:
        edits.append(_edit(unread.tokens, change))
        parts += [unread.written(unread.tokens[place : change.start]), change.text]
        place = change.end
    parts.append(unread.written(unread.tokens[place:]))
    said = " ".join(filter(None, parts)).replace(" ,", ",")
    in_words = any(unread.word(each.start) in FIGURES and each.text.isdigit() for each in together)
    return Respelled(
        said,
        Fix(f"write `{said}`", tuple(edits)),
        "numbers are written in digits" if in_words else "",
        misspelled=all(each.spelling for each in together),
    )


def _edit(tokens: Sequence[Token], change: Change) -> Edit:
    if change.start == change.end:
        place = tokens[change.start].start
        return Edit(Span(place, place), f"{change.text} ")
    span = whole(tokens[change.start : change.end])
    if change.text:
        return Edit(span, change.text)
    if change.start:  # with the blanks before it
        return Edit(Span(tokens[change.start - 1].end, span.end), "")
    return Edit(Span(span.start, tokens[change.end].start), "")
