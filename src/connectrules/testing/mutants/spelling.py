"""A sentence of the phrase book in pieces, so that it can be said otherwise."""

from collections.abc import Iterator, Sequence

import attrs

from connectrules.resolve.holes import Filled
from connectrules.resolve.phrases import Match
from connectrules.resolve.words import written
from connectrules.rules.entry import Operator
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import Literal
from connectrules.source import Span
from connectrules.syntax.tokens import Tokens
from connectrules.testing.mutants.sites import Sites

_BY_NAME = {operator.name: operator for operator in PHRASE_BOOK}

_BESIDE = {
    "less than": "more than",
    "more than": "less than",
    "fewer than": "more items than",
    "more items than": "fewer than",
}
"""The operators whose opposite is the other, but for where both sides are the same."""

_JOINED_OTHERWISE = {
    "mentions any": "mentions all",
    "mentions all": "mentions any",
    "include any": "include all",
    "include all": "include any",
}
"""The operators that join the tests of several texts by OR, and by AND."""

_OTHER_WORD = {"and": "or", "or": "and"}
_NONE = {"none", "empty"}
_OTHER_WAY = {"before": "after", "after": "before"}


@attrs.frozen
class Piece:
    """A part of a sentence.

    Attributes:
        part: The part of the spelling that it follows: a word with its variants, or a hole.
        text: What is written there.
        span: Where it stands.
        otherwise: The same with `and` for `or` before the last of several texts, or `or`
            for `and`, where there is one.
    """

    part: str
    text: str
    span: Span
    otherwise: str | None = None

    @property
    def is_hole(self) -> bool:
        """Whether it fills a hole."""
        return self.part.startswith("{")


@attrs.frozen
class Spelled:
    """A sentence in pieces.

    Attributes:
        match: How it is read.
        tokens: Its tokens.
        pieces: Its pieces.
    """

    match: Match
    tokens: Tokens
    pieces: tuple[Piece, ...]

    @staticmethod
    def of(sites: Sites, tokens: Tokens, match: Match) -> "Spelled":
        """The pieces of *tokens*, which are read by *match*."""
        parts = match.entry.spelling.split()
        filled = iter(match.holes)
        sizes = []
        fillings: list[Filled | None] = []
        for part in parts:
            is_filled = part.startswith("{") and part != "{F}"
            fillings.append(next(filled)[1] if is_filled else None)
            each = fillings[-1]
            sizes.append(1 if each is None else each.end - each.start)
        # The fact takes what the rest leaves.
        if "{F}" in parts:
            sizes[parts.index("{F}")] += len(tokens) - sum(sizes)
        pieces, start = [], 0
        for part, size, each in zip(parts, sizes, fillings, strict=True):
            span = Span(tokens.starts[start], tokens.ends[start + size - 1])
            text = written(sites.source, tokens[start : start + size])
            otherwise = None
            if each is not None and each.last is not None:
                last = each.items[-1].start
                before = written(sites.source, tokens[start : last - 1])
                after = written(sites.source, tokens[last : start + size])
                otherwise = f"{before} {_OTHER_WORD[each.last.text.lower()]} {after}"
            pieces.append(Piece(part, text, span, otherwise))
            start += size
        return Spelled(match, tokens, tuple(pieces))

    @property
    def holes(self) -> list[int]:
        """The places of the pieces that fill holes, but for the fact."""
        return [n for n, each in enumerate(self.pieces) if each.is_hole and each.part != "{F}"]

    def opposites(self) -> Iterator[str]:
        """The sentence with the opposite meaning, if the phrase book has one of its form."""
        operator, denied = self.match.operator, self.match.entry.denied
        yield from self._said(operator, denied=not denied)

    def besides(self) -> Iterator[str]:
        """The sentence that differs only where both sides are the same."""
        other = _BESIDE.get(self.match.operator.name)
        if other is not None:
            yield from self._said(_BY_NAME[other], denied=not self.match.entry.denied)

    def joined_otherwise(self) -> Iterator[str]:
        """The sentence that asks for all of several texts in place of any, or the other way."""
        other = _JOINED_OTHERWISE.get(self.match.operator.name)
        if other is not None and not self.match.entry.denied:
            pieces = tuple(
                attrs.evolve(each, text=each.otherwise or each.text) for each in self.pieces
            )
            turned = attrs.evolve(self, pieces=pieces)
            yield from turned._said(_BY_NAME[other], denied=False)  # noqa: SLF001 - one of us

    def somewhat(self) -> Iterator[str]:
        """What is said of one in place of none: ``has at least 1 follower`` for ``has no``."""
        if self.match.operator.name in _NONE:
            has, _, fact = (each.text for each in self.pieces)
            yield f"{has} at least 1 {fact}"

    def other_way(self) -> Iterator[str]:
        """The sentence that compares two dates the other way round; a day has neighbours."""
        other = _OTHER_WAY.get(self.match.operator.name)
        if other is not None and not isinstance(self.match.holes[0][1].operand, Literal):
            yield from self._said(_BY_NAME[other], denied=False)

    def changed(self, place: int, text: str, *, plural: str | None = None) -> str:
        """The sentence with *text* in the piece at *place*.

        Args:
            place: The piece.
            text: What is written there now.
            plural: The fact's own name, where it was singular and is so no longer.
        """
        return " ".join(
            text if n == place else plural if plural and each.part == "{F}" else each.text
            for n, each in enumerate(self.pieces)
        )

    def _said(self, operator: Operator, *, denied: bool) -> Iterator[str]:
        """What the sentence's fact and literals are in the first spelling of its own form."""
        spellings = operator.opposites if denied else operator.spellings
        alike = [each for each in spellings if self._is_alike(each.split())]
        for spelling in alike[:1]:
            yield self._spelled(spelling.split())

    def _is_alike(self, parts: Sequence[str]) -> bool:
        """Whether a spelling has the sentence's holes in their order, and the form of its words."""
        own = [each.part for each in self.pieces]
        return [each for each in own if each.startswith("{")] == [
            each for each in parts if each.startswith("{")
        ] and _form(own) == _form(parts)

    def _spelled(self, parts: Sequence[str]) -> str:
        holes = iter([each.text for each in self.pieces if each.is_hole])
        words = {each.part: each.text for each in self.pieces if not each.is_hole}
        return " ".join(
            next(holes) if part.startswith("{") else words.get(part, part.split("|")[0])
            for part in parts
        )


def _form(parts: Sequence[str]) -> tuple[str, bool]:
    """What spellings of one form have in common: how they begin, and whether by a symbol."""
    return parts[0], any(part in _SYMBOLS for part in parts)


_SYMBOLS = {"<", ">", "=", "<=", ">=", "!="}
