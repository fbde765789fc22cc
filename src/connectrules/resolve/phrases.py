"""Sentences matched as a whole against names, the phrase book and registered phrases."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from connectrules.resolve.book import Entry, Node, phrase_book
from connectrules.resolve.comparing import is_comparable, is_offered
from connectrules.resolve.holes import Filled, Holes
from connectrules.resolve.names import Named, Names
from connectrules.rules.entry import Operator
from connectrules.rules.tree import Literal, Spoken
from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.types import OneOf
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.tokens import Token, Tokens


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
    def wrong_last(self) -> tuple[Token, str] | None:
        """The wrong `or` or `and` before the last of several texts, and the right one."""
        wanted = self.entry.last
        if wanted is not None:
            for _, filled in self.holes:
                if filled.last is not None and filled.last.text != wanted:
                    return filled.last, wanted
        return None

    @property
    def fits(self) -> bool:
        """Whether all but its literals is as it must be."""
        if not self.is_of_type or self.wrong_last is not None:
            return False
        kind = self.fact.type if self.fact else None
        return kind is None or all(
            is_comparable(kind, hole, filled.operand) for hole, filled in self.holes
        )

    @property
    def is_offered(self) -> bool:
        """Whether the texts in it are choices of its fact, if that has choices."""
        kind = self.fact.type if self.fact else None
        return not isinstance(kind, OneOf) or all(
            is_offered(kind, filled.operand) for _, filled in self.holes
        )

    @property
    def is_exact(self) -> bool:
        """Whether it is a reading, with nothing in it that does not belong."""
        return self.fits and self.is_offered

    def spoken(self, name: str) -> Spoken:
        """The fact that a registered phrase with its literals is."""
        phrase = self.entry.meaning
        if not isinstance(phrase, Phrase):
            msg = "an entry of the phrase book is no registered phrase"
            raise TypeError(msg)
        arguments = sorted((hole.name, filled.argument) for hole, filled in self.holes)
        return Spoken(name, phrase, tuple(arguments))


Filler = Callable[[Hole, int], Iterable[Filled]]
_Way = tuple[Node, int, Fact | None, tuple[tuple[Hole, Filled], ...]]
"""A place in the tree of spellings, the token there, and what was filled in up to it."""


class Sentence:
    """One sentence to be read.

    Args:
        tokens: Its tokens.
        names: The names in force.
        phrases: The registered phrases.
    """

    def __init__(self, tokens: Sequence[Token], names: Names, phrases: Node) -> None:
        self.tokens, self.names, self.phrases = Tokens.of(tokens), names, phrases
        self.holes = Holes(self.tokens, names)

    @property
    def key(self) -> str:
        """Its words as names are compared."""
        return " ".join(self.holes.texts)

    def named(self) -> Iterator[tuple[Named, bool]]:
        """The definition that it names, and the name that it denies; with which it does."""
        return self.names.named(self.key)

    def matches(self, fill: Filler | None = None) -> Iterator[Match]:
        """The ways to read it by the phrase book, of any type, and by registered phrases.

        Args:
            fill: What may fill a hole; by default what the hole is for.
        """
        yield from self._match(phrase_book(), fill or self.holes.fill)
        if self.phrases.words or self.phrases.holes:
            yield from self._match(self.phrases, fill or self.holes.fill)

    def exact(self) -> Iterator[Match]:
        """The ways to read it with nothing in it that does not belong."""
        return (match for match in self.matches() if match.is_exact)

    @property
    def is_read(self) -> bool:
        """Whether it has a reading."""
        return any(True for _ in self.named()) or any(True for _ in self.exact())

    def _match(self, root: Node, fill: Filler) -> Iterator[Match]:
        """The ways through the tree of spellings below *root*, in its order."""
        texts, size = self.holes.texts, len(self.holes.texts)
        open_ways: list[_Way] = [(root, 0, None, ())]
        while open_ways:
            node, place, fact, holes = open_ways.pop()
            if place == size:
                for entry in node.entries:
                    yield Match(entry, fact, holes)
                continue
            below = node.words.get(texts[place])
            if not node.holes:
                if below is not None:
                    open_ways.append((below, place + 1, fact, holes))
                continue
            further: list[_Way] = [] if below is None else [(below, place + 1, fact, holes)]
            for hole, below in node.holes.items():
                if hole.kind == "F":
                    facts = self._facts(place, holes)
                    further += [(below, end, found, holes) for found, end in facts]
                else:
                    for filled in fill(hole, place):
                        further.append((below, filled.end, fact, (*holes, (hole, filled))))
            open_ways += reversed(further)

    def _facts(
        self, place: int, holes: tuple[tuple[Hole, Filled], ...]
    ) -> Iterator[tuple[Fact, int]]:
        yield from self.names.at(self.holes.texts, place)
        if holes and holes[-1][1].operand == Literal(1):
            yield from self.names.one_at(self.holes.texts, place)
