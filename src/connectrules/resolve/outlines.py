"""Sentences of one outline are read once.

The outline of a sentence is its words, with numbers, texts and dates left out. Sentences that
have it in common, `has at least 500 followers` and `has at least 800 followers`, are read by
the same spellings and about the same facts: only what fills the holes differs.
"""

import re
from collections.abc import Hashable, Iterator
from itertools import islice

import attrs

from connectrules.resolve.book import Entry, Node
from connectrules.resolve.names import Names
from connectrules.resolve.phrases import Match, Sentence
from connectrules.schema.phrase import Hole
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.tokens import Kind, Token

_FIGURE = re.compile(r"(?:^| )[+\-]?\.?[0-9]")
_ANY_TEXT, _ANY_DATE = '"', "()"
"""What stands for a text and for a date; no word is like them."""


@attrs.frozen
class _Route:
    """A way to read the sentences of an outline.

    Attributes:
        entry: The spelling they follow.
        fact: The fact they are about.
        holes: The other holes, the token where each begins, and which of the things
            that may fill it there does.
    """

    entry: Entry
    fact: Fact | None
    holes: tuple[tuple[Hole, int, int], ...]

    def match(self, sentence: Sentence) -> Match:
        """How *sentence*, which has the outline, is read."""
        fill = sentence.holes.fill
        filled = [
            (hole, next(islice(fill(hole, place), which, None)))
            for hole, place, which in self.holes
        ]
        return Match(self.entry, self.fact, tuple(filled))


class Outlines:
    """How the sentences of a policy are read, by their outline.

    Args:
        names: The names in force.
        phrases: The registered phrases.
    """

    def __init__(self, names: Names, phrases: Node) -> None:
        self._routes: dict[Hashable, tuple[_Route, ...]] = {}
        # Where a name has figures in it, so that `2024` may be a word, they are not left out.
        self._is_figured = _FIGURE.search(" ".join((*names.facts, *_words(phrases)))) is not None

    def exact(self, sentence: Sentence) -> list[Match]:
        """The ways to read *sentence* with nothing in it that does not belong."""
        outline = self._outline(sentence)
        routes = self._routes.get(outline)
        if routes is None:
            matches = [match for match in sentence.matches() if match.fits]
            self._routes[outline] = tuple(_route(sentence, match) for match in matches)
        else:
            matches = [route.match(sentence) for route in routes]
        return [match for match in matches if match.is_offered]

    def _outline(self, sentence: Sentence) -> Hashable:
        tokens = sentence.tokens
        return tuple(
            [
                text if kind is Kind.WORD else self._left_out(tokens[place])
                for place, (kind, text) in enumerate(zip(tokens.kinds, tokens.texts, strict=True))
            ]
        )

    def _left_out(self, token: Token) -> Hashable:
        """What stands in an outline for a token that is no word."""
        match token.kind:
            case Kind.TEXT:
                return _ANY_TEXT
            case Kind.DATE if not self._is_figured:
                return _ANY_DATE
            case Kind.NUMBER if not self._is_figured:
                # After 1 a name is singular; only whole numbers count items and units of time.
                value = token.value
                return token.percent, value == 1, isinstance(value, int) and value >= 0
            case _:
                return token.text


def _route(sentence: Sentence, match: Match) -> _Route:
    """The way that *match* reads *sentence*."""
    holes = tuple(
        (hole, filled.start, [*sentence.holes.fill(hole, filled.start)].index(filled))
        for hole, filled in match.holes
    )
    return _Route(match.entry, match.fact, holes)


def _words(phrases: Node) -> Iterator[str]:
    """The words of registered phrases."""
    nodes = [phrases]
    while nodes:
        node = nodes.pop()
        yield from node.words
        nodes += [*node.words.values(), *node.holes.values()]
