"""A `not` inside a sentence that has none, and `isn't` for `is not`: CR105."""

from collections.abc import Iterator, Sequence

from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.words import whole
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake, replacing
from connectrules.syntax.tokens import Kind, Token

_SHORTENED = {
    "isn't": "is",
    "aren't": "are",
    "wasn't": "was",
    "hasn't": "has",
    "haven't": "have",
    "don't": "do",
    "doesn't": "does",
    "didn't": "did",
    "wouldn't": "would",
    "won't": "will",
    "can't": "can",
    "cannot": "can",
    "couldn't": "could",
    "shouldn't": "should",
}
_NOT = frozenset({"not", "never"})
_DOING = frozenset({"do", "does", "did"})


def denial_inside(unread: Unread) -> Mistake | None:
    """A denial inside a sentence that has none."""
    for place, token in enumerate(unread.tokens):
        if token.kind is Kind.WORD:
            found = _spelled_out(unread, place) or _moved(unread, place)
            if found:
                return found
    return None


def _word(text: str, span: Span) -> Token:
    return Token(Kind.WORD, text, None, span.start, span.end)


def _spelled_out(unread: Unread, place: int) -> Mistake | None:
    """`isn't`, where `is not` has a reading."""
    token = unread.tokens[place]
    verb = _SHORTENED.get(token.text)
    if verb is None:
        return None
    long = [_word(verb, token.span), _word("not", token.span)]
    if not unread.reads([*unread.tokens[:place], *long, *unread.tokens[place + 1 :]]):
        return None
    return Mistake(
        token.span,
        "CR105",
        f"`{unread.written([token])}` is short for `{verb} not`, and sentences say it in full",
        fixes=replacing(f"write `{verb} not`", token.span, f"{verb} not"),
    )


def _moved(unread: Unread, place: int) -> Mistake | None:
    """A `not` that belongs before the sentence, as NOT."""
    token = unread.tokens[place]
    if place and (place == len(unread.tokens) - 1 or _begins_line(unread, place)):
        return None  # it belongs to what comes after it, if to anything here
    for rest in _without(unread.tokens, place):
        if rest and unread.reads(rest):
            own = {id(each) for each in unread.tokens}
            said = " ".join(
                unread.written([each]) if id(each) in own else each.text for each in rest
            ).replace(" ,", ",")
            return Mistake(
                token.span,
                "CR105",
                f"`{unread.written([token])}` cannot stand in this sentence; NOT goes before it",
                fixes=replacing(f"write `NOT {said}`", whole(unread.tokens), f"NOT {said}"),
            )
    return None


def _begins_line(unread: Unread, place: int) -> bool:
    before, token = unread.tokens[place - 1], unread.tokens[place]
    return "\n" in unread.source.text[before.end : token.start]


def _without(tokens: Sequence[Token], place: int) -> Iterator[list[Token]]:
    """The sentence without the denial at *place*, in every way English may have put it there."""
    token, before, after = tokens[place], [*tokens[:place]], [*tokens[place + 1 :]]
    verb = _SHORTENED.get(token.text)
    if verb is not None:
        before.append(_word(verb, token.span))
    elif token.text not in _NOT:
        return
    yield [*before, *after]
    if before and before[-1].text in _DOING and after:
        verb = after[0].text
        # "does not follow me" denies "follows me".
        for ending in ("", "s", "es"):
            changed = _word(verb + ending, after[0].span) if ending else after[0]
            yield [*before[:-1], changed, *after[1:]]
