"""The smallest pieces of a policy, and rows of them."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import overload

import attrs

from connectrules.source import Span


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    SYMBOL = "symbol"
    COMMA = "comma"
    BAD_NUMBER = "bad number"
    BAD_DATE = "bad date"

    __hash__ = object.__hash__
    """There is one of each; Enum would hash its name anew each time."""


Value = str | float | datetime.date | None
"""What a token stands for; None for words and marks."""


@attrs.frozen
class Token:
    """The smallest piece of a sentence.

    Attributes:
        kind: What it is. A bad number or date looks like one and is none, such
            as ``5,00`` or ``2024-02-30``.
        text: A word as names are compared; anything else as it is written.
        value: The text, number (an int where it is whole and no percentage) or
            date it stands for; None for words and marks.
        start: Where it begins, in characters from 0.
        end: Where it ends.
    """

    kind: Kind
    text: str
    value: Value
    start: int = attrs.field(eq=False, repr=False)
    end: int = attrs.field(eq=False, repr=False)

    @property
    def span(self) -> Span:
        """Its place."""
        return Span(self.start, self.end)

    @property
    def percent(self) -> bool:
        """Whether it is a number with a ``%`` (its value is divided by 100)."""
        return self.kind is Kind.NUMBER and self.text.endswith("%")


@attrs.frozen(repr=False)
class Tokens(Sequence[Token]):
    """The tokens of a sentence, kept by column: a token is made when one is asked for.

    A policy has several times as many tokens as anything else, and most are never asked for.

    Attributes:
        kinds: What they are.
        texts: What they say.
        values: What they stand for.
        starts: Where they begin.
        ends: Where they end.
    """

    kinds: tuple[Kind, ...]
    texts: tuple[str, ...]
    values: tuple[Value, ...]
    starts: tuple[int, ...] = attrs.field(eq=False)
    ends: tuple[int, ...] = attrs.field(eq=False)

    @staticmethod
    def of(tokens: Iterable[Token]) -> "Tokens":
        """*tokens* by column."""
        if isinstance(tokens, Tokens):
            return tokens
        rows = [(each.kind, each.text, each.value, each.start, each.end) for each in tokens]
        return Tokens(*zip(*rows, strict=True)) if rows else Tokens((), (), (), (), ())

    def __len__(self) -> int:
        """How many there are."""
        return len(self.kinds)

    def __iter__(self) -> Iterator[Token]:
        """Each token."""
        return map(Token, self.kinds, self.texts, self.values, self.starts, self.ends)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Token, ...]: ...
    def __getitem__(self, place: int | slice) -> Token | tuple[Token, ...]:
        """The token at *place*, or those of a stretch."""
        if isinstance(place, slice):
            return tuple(self[each] for each in range(*place.indices(len(self))))
        return Token(
            self.kinds[place],
            self.texts[place],
            self.values[place],
            self.starts[place],
            self.ends[place],
        )

    def __repr__(self) -> str:
        """As the tokens one by one."""
        return repr((*self,))
