"""A sentence without a reading."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import attrs

from connectrules.resolve import words
from connectrules.resolve.phrases import Sentence
from connectrules.source import Source, Span
from connectrules.syntax.tokens import Kind, Token


@attrs.frozen(eq=False)
class Unread:
    """A sentence without a reading.

    Attributes:
        sentence: The sentence.
        source: The text it stands in.
        span: Its place there.
        hidden: Fields that are no fact, by their name, and why.
    """

    sentence: Sentence
    source: Source
    span: Span
    hidden: Mapping[str, str]

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens."""
        return (*self.sentence.tokens,)

    def written(self, tokens: Sequence[Token]) -> str:
        """*tokens* as they are written."""
        return words.written(self.source, tokens)

    def other(self, tokens: Sequence[Token]) -> Sentence:
        """The sentence that *tokens* would be in its place."""
        return Sentence(tokens, self.sentence.names, self.sentence.phrases)

    def reads(self, tokens: Sequence[Token]) -> bool:
        """Whether *tokens* have a reading."""
        return bool(tokens) and self.other(tokens).is_read

    def part(self, tokens: Sequence[Token]) -> "Unread":
        """The part of it that *tokens* are."""
        return attrs.evolve(self, sentence=self.other(tokens), span=words.whole(tokens))

    def word(self, place: int) -> str | None:
        """The word at *place*; None where something else stands there, or nothing."""
        if 0 <= place < len(self.tokens) and self.tokens[place].kind is Kind.WORD:
            return self.tokens[place].text
        return None
