"""A date with the name of its month: CR301."""

from connectrules.resolve.unread.sentence import Unread
from connectrules.source import Span
from connectrules.syntax import dates
from connectrules.syntax.mistakes import Mistake, replacing
from connectrules.syntax.words import split


def date_in_words(unread: Unread) -> Mistake | None:
    """`1 May 2024`, where a date belongs."""
    text, start = unread.source.text, unread.span.start
    found = dates.in_words(text[start : unread.span.end])
    if found is None:
        return None
    span, day = Span(start + found[0], start + found[1]), str(found[2])
    before = [each for each in unread.tokens if each.end <= span.start]
    after = [each for each in unread.tokens if each.start >= span.end]
    if not unread.reads([*before, *split(day, span.start), *after]):
        return None
    written = " ".join(text[span.start : span.end].split())
    return Mistake(
        span,
        "CR301",
        f"`{written}` is not a date as a policy writes it",
        fixes=replacing(f"write `{day}`", span, day),
    )
