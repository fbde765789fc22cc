"""Marks and words that stand beside a sentence and are no part of it."""

from collections.abc import Callable, Sequence

from connectrules.diagnostics import Fix
from connectrules.resolve.unread.sentence import Unread
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake, full_stop, replacing
from connectrules.syntax.tokens import Kind, Token
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
            fixes=replacing("remove the comma", last.span, ""),
        )
    elif last.kind is Kind.WORD and unread.source.text[end - 1] == ".":
        bare = unread.source.text[last.span.start : end - 1]
        before += split(bare, last.span.start)
        mistake = full_stop(Span(end - 1, end))
    else:
        return None
    if not before:
        return None
    if unread.reads(before):
        return mistake
    inner = explained(unread.part(before))
    if inner is None or len(inner.fixes) != 1:
        return None if inner is None else mistake
    return Mistake(
        mistake.span,
        mistake.code,
        mistake.message,
        fixes=(
            Fix(
                f"{mistake.fixes[0].title}, and {inner.fixes[0].title}",
                (*mistake.fixes[0].edits, *inner.fixes[0].edits),
            ),
        ),
    )


def opening_if(unread: Unread) -> Mistake | None:
    """An `if` before a condition."""
    first, *rest = unread.tokens
    if unread.word(0) not in {"if", "when", "either", "both"} or not unread.reads(rest):
        return None
    word = unread.written([first])
    before = [each.lstrip("(") for each in unread.source.text[: unread.span.start].split()[-1:]]
    both = "(a OR b)" if unread.word(0) == "either" else "(a AND b)"
    if unread.word(0) in {"either", "both"} and {*before} & {"NOT", "AND", "OR"}:
        return Mistake(
            first.span,
            "CR101",
            f"`{word}` begins no condition",
            help=(f"put brackets around all that belongs to it, as in `{before[0]} {both}`",),
        )
    return Mistake(
        first.span,
        "CR101",
        f"`{word}` begins no condition",
        fixes=replacing(f"remove `{word}`", Span(first.span.start, rest[0].span.start), ""),
    )


def bare_because(unread: Unread) -> Mistake | None:
    """A `because` in small letters, and its reason, after a condition."""
    place = next((n for n in range(len(unread.tokens)) if unread.word(n) == "because"), 0)
    before, word, reason = (
        [*unread.tokens[:place]],
        unread.tokens[place],
        unread.tokens[place + 1 :],
    )
    if not place or not reason:
        return None
    if [each.kind for each in reason] != [Kind.TEXT]:
        return _unquoted_reason(unread, before, word, reason)
    if not unread.reads(before):
        return None
    return Mistake(
        word.span,
        "CR101",
        f"`{unread.written([word])}` was meant as `BECAUSE`, which is written in capitals",
        # A bare condition has no reason; a rule is begun by WHEN.
        fixes=replacing("write `BECAUSE`", word.span, "BECAUSE")
        if "WHEN" in unread.source.text[: unread.span.start]
        else (),
    )


def _unquoted_reason(
    unread: Unread, before: Sequence[Token], word: Token, reason: Sequence[Token]
) -> Mistake | None:
    """A `because` whose reason stands in no quotes."""
    while before and before[-1].text in _DASHES:
        before = before[:-1]
    if not unread.reads(before) or any(each.kind is Kind.TEXT for each in reason):
        return None
    said = f'BECAUSE "{unread.written(reason)}"'
    end = before[-1].end
    return Mistake(
        word.span,
        "CR101",
        f"`{unread.written([word])}` was meant as `BECAUSE`, which is written in capitals",
        fixes=replacing(f"write `{said}`", Span(end, reason[-1].end), f" {said}")
        if "WHEN" in unread.source.text[: unread.span.start]
        else (),
    )


def tight_comment(unread: Unread) -> Mistake | None:
    """A `#` that is tight against the word before it, and so begins no comment."""
    for place, token in enumerate(unread.tokens):
        written = unread.written([token])
        at = written.find("#", 1)
        if token.kind is not Kind.WORD or at < 0:
            continue
        line = unread.source.text.find("\n", token.start) % (len(unread.source.text) + 1)
        after = [each for each in unread.tokens[place + 1 :] if each.start > line]
        head = split(written[:at], token.start)
        if unread.reads([*unread.tokens[:place], *head, *after]):
            start = token.start + at
            return Mistake(
                Span(start, start + 1),
                "CR101",
                "`#` begins a comment only after a blank",
                fixes=replacing("put a blank before it", Span(start, start), "  "),
            )
    return None


_DASHES = frozenset({"-", "--", "\N{EN DASH}", "\N{EM DASH}"})
