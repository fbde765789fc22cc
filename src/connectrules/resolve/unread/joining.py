"""Joining words in small letters: CR105."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve.unread.sentence import Unread
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import Kind, Token

_JOINING = frozenset({"and", "or", "but", "unless"})
_CAPITALS = {"and": "AND", "or": "OR", "but": "AND", "unless": "AND NOT", "not": "NOT"}
_ELSEWHERE = frozenset({"&", "&&", "+", "|", "||", "/", "and/or", "plus", "also", "then"})
"""Marks and words that join conditions elsewhere, and none here."""
_MOST = 20
"""Of more joining words in a row than these it is not looked for what they join."""


def joining_word(unread: Unread) -> Mistake | None:
    """Conditions, each with an exact reading, with joining words in small letters between them."""
    if unread.word(0) == "neither":
        return _neither(unread)
    tokens = unread.tokens
    places = _Joints(unread).found()
    if not places:
        return None
    words = [tokens[place] for place in places]
    first = words[0]
    written = unread.written([first])
    does = "denies a condition" if first.text == "not" else "joins conditions"
    capitals = _CAPITALS[first.text]
    return Mistake(
        first.span,
        "CR105",
        f"`{written}` {does} only in capitals"
        if capitals.lower() == first.text
        else f"`{written}` joins no conditions",
        help=(
            "write `AND NOT`, or `UNLESS` after the condition of a rule"
            if first.text == "unless"
            else f"write `{capitals}`",
        ),
        fixes=(_fix(words),),
    )


def _fix(words: Sequence[Token]) -> Fix:
    edits = tuple(Edit(word.span, _CAPITALS[word.text]) for word in words)
    spelled = all(_CAPITALS[word.text].lower() == word.text for word in words)
    return Fix("write it in capitals" if spelled else "write the words for it", edits)


def stands_beside(unread: Unread) -> bool:
    """Whether all of it has a reading between its lines, commas and the like."""
    tokens = unread.tokens
    parts: list[list[Token]] = [[]]
    for place, token in enumerate(tokens):
        between = tokens[place - 1].span.end if place else token.span.start
        if "\n" in unread.source.text[between : token.span.start]:
            parts.append([])
        if token.kind is Kind.COMMA or token.text.lower() in _ELSEWHERE:
            parts.append([])
        else:
            parts[-1].append(token)
    said = [part for part in parts if part]
    return 1 < len(said) <= _MOST and all(map(unread.reads, said))


class _Joints:
    """Looks for the words between which all has a reading."""

    def __init__(self, unread: Unread) -> None:
        self._unread, self._end = unread, len(unread.tokens)
        self._joining = [n for n in range(self._end) if unread.word(n) in _JOINING]
        self._failed: set[int] = set()

    def found(self) -> list[int] | None:
        """Where the words stand; None where there is no such way to read the sentence."""
        return None if len(self._joining) > _MOST else self._from(0)

    def _from(self, start: int) -> list[int] | None:
        if start in self._failed:
            return None
        for denials, first in self._starts(start):
            for place in (*self._joining, self._end):
                if place <= first or not self._unread.reads(self._unread.tokens[first:place]):
                    continue
                if place == self._end:
                    return denials
                rest = self._from(place + 1)
                if rest is not None:
                    return [*denials, place, *rest]
        self._failed.add(start)
        return None

    def _starts(self, start: int) -> Iterator[tuple[list[int], int]]:
        """Where a condition may begin: at *start*, or after a `not` there."""
        yield [], start
        if self._unread.word(start) == "not":
            yield [start], start + 1


def _neither(unread: Unread) -> Mistake | None:
    """`neither a nor b`."""
    tokens = unread.tokens
    nors = [n for n, each in enumerate(tokens) if each.kind is Kind.WORD and each.text == "nor"]
    bounds = [0, *nors, len(tokens)]
    parts = [tokens[one + 1 : other] for one, other in pairwise(bounds)]
    if not nors or not all(unread.reads(part) for part in parts):
        return None
    edits = [Edit(Span(tokens[0].span.start, parts[0][0].span.start), "NONE OF (")]
    edits += [
        Edit(Span(before[-1].span.end, after[0].span.start), "; ")
        for before, after in pairwise(parts)
    ]
    end = tokens[-1].span.end
    said = "; ".join(unread.written(part) for part in parts)
    return Mistake(
        tokens[0].span,
        "CR105",
        f"`{unread.written(tokens[:1])}` joins no conditions",
        help=(f"write `NONE OF ({said})`",),
        fixes=(Fix("write the words for it", (*edits, Edit(Span(end, end), ")"))),),
    )
