"""Marks and words that stand beside a sentence and are no part of it."""

from collections.abc import Callable

from connectrules.resolve.unread.sentence import Unread
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake, full_stop, replacing
from connectrules.syntax.tree import Kind
from connectrules.syntax.words import split


def closing_mark(unread: Unread, explained: Callable[[Unread], Mistake | None]) -> Mistake | None:
    """A full stop or a comma at the end.

    Args:
        unread: The sentence.
        explained: What keeps a sentence from a reading, if anything is known to.
    """
    *before, last = unread.tokens
    end = last.span.end
    if last.kind is Kind.COMMA:
        mistake = Mistake(
            last.span,
            "CR101",
            "no comma was expected here",
            help=("leave it out",),
            fixes=replacing("remove the comma", last.span, ""),
        )
    elif last.kind is Kind.WORD and unread.source.text[end - 1] == ".":
        bare = unread.source.text[last.span.start : end - 1]
        before += split(bare, last.span.start)
        mistake = full_stop(Span(end - 1, end))
    else:
        return None
    is_meant = bool(before) and (unread.reads(before) or explained(unread.part(before)) is not None)
    return mistake if is_meant else None


def opening_if(unread: Unread) -> Mistake | None:
    """An `if` before a condition."""
    first, *rest = unread.tokens
    if unread.word(0) != "if" or not unread.reads(rest):
        return None
    return Mistake(
        first.span,
        "CR101",
        f"`{unread.written([first])}` begins no condition",
        help=("leave it out",),
        fixes=replacing(
            f"remove `{unread.written([first])}`", Span(first.span.start, rest[0].span.start), ""
        ),
    )


def bare_because(unread: Unread) -> Mistake | None:
    """A `because` in small letters, and its reason, after a condition."""
    *before, last = unread.tokens
    word = before.pop() if before else last
    if word.text != "because" or last.kind is not Kind.TEXT or not unread.reads(before):
        return None
    return Mistake(
        word.span,
        "CR101",
        f"`{unread.written([word])}` was meant as `BECAUSE`, which is written in capitals",
        help=("write `BECAUSE`",),
        # A bare condition has no reason; a rule is begun by WHEN.
        fixes=replacing("write `BECAUSE`", word.span, "BECAUSE")
        if "WHEN" in unread.source.text[: unread.span.start]
        else (),
    )
