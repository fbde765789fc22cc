"""Sentences matched as a whole against names, the phrase book and registered phrases."""

from collections.abc import Callable, Iterator, Sequence

import attrs

from connectrules.resolve.book import Entry, Node, phrase_book
from connectrules.resolve.comparing import is_comparable, is_offered
from connectrules.resolve.holes import Filled, Holes
from connectrules.resolve.names import Named, Names, key
from connectrules.rules.entry import Operator
from connectrules.rules.tree import Literal, Spoken
from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.tree import Kind, Token

_LAST = {"one of": "or", "any of": "or", "all of": "and"}
"""What joins the last of several texts, by the words before them."""


@attrs.frozen
class Match:
    """A way to read a sentence.

    Attributes:
        entry: The spelling it follows.
        fact: The fact it is about; None for a registered phrase.
        holes: What fills the other holes, with the hole.
    """

    entry: Entry
    fact: Fact | None
    holes: tuple[tuple[Hole, Filled], ...]

    @property
    def operator(self) -> Operator:
        """The phrase book's entry it was read by."""
        if not isinstance(self.entry.meaning, Operator):
            msg = "a registered phrase is no entry of the phrase book"
            raise TypeError(msg)
        return self.entry.meaning

    @property
    def is_of_type(self) -> bool:
        """Whether the spelling is for facts of its fact's type."""
        return self.fact is None or isinstance(self.fact.type, self.operator.types)

    @property
    def wanted_last(self) -> str | None:
        """What joins the last of several texts that it ends with; None where either word may."""
        words = "" if self.fact is None else " ".join(self.entry.spelling.split()[-3:-1])
        return _LAST.get(words)

    @property
    def wrong_last(self) -> tuple[Token, str] | None:
        """The wrong `or` or `and` before the last of several texts, and the right one."""
        wanted = self.wanted_last
        for _, filled in self.holes:
            if wanted and filled.last is not None and filled.last.text != wanted:
                return filled.last, wanted
        return None

    @property
    def is_exact(self) -> bool:
        """Whether it is a reading, with nothing in it that does not belong."""
        kind = self.fact.type if self.fact else None
        return (
            self.is_of_type
            and self.wrong_last is None
            and (
                kind is None
                or all(
                    is_comparable(kind, hole, filled.operand) and is_offered(kind, filled.operand)
                    for hole, filled in self.holes
                )
            )
        )

    def spoken(self, name: str) -> Spoken:
        """The fact that a registered phrase with its literals is."""
        phrase = self.entry.meaning
        if not isinstance(phrase, Phrase):
            msg = "an entry of the phrase book is no registered phrase"
            raise TypeError(msg)
        arguments = sorted((hole.name, filled.argument) for hole, filled in self.holes)
        return Spoken(name, phrase, tuple(arguments))


Filler = Callable[[Hole, int], Iterator[Filled]]


class Sentence:
    """One sentence to be read.

    Args:
        tokens: Its tokens.
        names: The names in force.
        phrases: The registered phrases.
    """

    def __init__(self, tokens: Sequence[Token], names: Names, phrases: Node) -> None:
        self.tokens, self.names, self.phrases = tuple(tokens), names, phrases
        self.holes = Holes(tokens, names)

    @property
    def key(self) -> str:
        """Its words as names are compared."""
        return key(self.tokens)

    def named(self) -> Iterator[tuple[Named, bool]]:
        """The definition that it names, and the name that it denies; with which it does."""
        return self.names.named(self.key)

    def matches(self, fill: Filler | None = None) -> Iterator[Match]:
        """The ways to read it by the phrase book, of any type, and by registered phrases.

        Args:
            fill: What may fill a hole; by default what the hole is for.
        """
        for root in (phrase_book(), self.phrases):
            yield from self._match(root, 0, None, (), fill or self.holes.fill)

    def exact(self) -> Iterator[Match]:
        """The ways to read it with nothing in it that does not belong."""
        return (match for match in self.matches() if match.is_exact)

    @property
    def is_read(self) -> bool:
        """Whether it has a reading."""
        return any(True for _ in self.named()) or any(True for _ in self.exact())

    def _match(
        self,
        node: Node,
        place: int,
        fact: Fact | None,
        holes: tuple[tuple[Hole, Filled], ...],
        fill: Filler,
    ) -> Iterator[Match]:
        if place == len(self.tokens):
            yield from (Match(entry, fact, holes) for entry in node.entries)
            return
        is_text = self.tokens[place].kind is Kind.TEXT
        below = None if is_text else node.words.get(self.holes.texts[place])
        if below is not None:
            yield from self._match(below, place + 1, fact, holes, fill)
        for hole, below in node.holes.items():
            if hole.kind == "F":
                for found, end in self._facts(place, holes):
                    yield from self._match(below, end, found, holes, fill)
            else:
                for filled in fill(hole, place):
                    more = (*holes, (hole, filled))
                    yield from self._match(below, filled.end, fact, more, fill)

    def _facts(
        self, place: int, holes: tuple[tuple[Hole, Filled], ...]
    ) -> Iterator[tuple[Fact, int]]:
        yield from self.names.at(self.holes.texts, place)
        if holes and holes[-1][1].operand == Literal(1):
            yield from self.names.one_at(self.holes.texts, place)
