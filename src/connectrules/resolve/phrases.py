"""Sentences matched as a whole against names, the phrase book and registered phrases."""

import datetime
from collections.abc import Callable, Iterator, Sequence

import attrs

from connectrules.resolve.book import Entry, Node, phrase_book
from connectrules.resolve.names import Definition, Names, key
from connectrules.rules.entry import Operator
from connectrules.rules.tree import (
    Literal,
    Mine,
    Operand,
    Scaled,
    Spoken,
    Texts,
    Window,
)
from connectrules.schema.phrase import Hole, Phrase
from connectrules.schema.types import (
    CountType,
    Date,
    Duration,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    Unit,
    folded,
)
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.tree import Kind, Token


@attrs.frozen
class Filled:
    """What fills a hole, and its tokens.

    Attributes:
        operand: What it is; None where a literal is of the wrong kind.
        start: Its first token.
        end: The token after its last.
        argument: What a registered phrase's function gets for it.
        last: The word before the last of several texts, `or` or `and`.
    """

    operand: Operand | None
    start: int
    end: int
    argument: object = None
    last: str = ""


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
    def fits(self) -> bool:
        """Whether the fact is of a type that the spelling is for, and a list ends as it should."""
        if self.fact is None:
            return True
        return isinstance(self.fact.type, self.operator.types) and not any(
            filled.last and filled.last in _WRONG_LAST.get(_before(self.entry.spelling), ())
            for _, filled in self.holes
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
        self.texts = [token.text for token in tokens]

    def named(self) -> list[tuple[Fact | Definition, bool]]:
        """The definitions that it names, and the yes/no facts and definitions that it denies."""
        return self.names.conditions.get(key(self.tokens), [])

    def matches(self, fill: Filler | None = None) -> Iterator[Match]:
        """The ways to read it by the phrase book, of any type, and by registered phrases.

        Args:
            fill: What may fill a hole; by default what the hole is for.
        """
        fill = fill or self.fill
        for root in (phrase_book(), self.phrases):
            yield from self._match(root, 0, None, (), fill)

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
        kind = self.tokens[place].kind
        if kind is not Kind.TEXT and (below := node.words.get(self.texts[place])):
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
        yield from self.names.at(self.texts, place)
        if holes and holes[-1][1].operand == Literal(1):
            yield from self.names.one_at(self.texts, place)

    # What fills a hole

    def fill(self, hole: Hole, place: int) -> Iterator[Filled]:
        """What may fill *hole* from token *place* on."""
        match hole.kind:
            case "n":
                yield from self._number(place)
            case "k":
                yield from self._items(place)
            case "x":
                yield from self._literal(Kind.TEXT, place)
                yield from self._mine(place)
            case "xs":
                yield from self._texts(place)
            case "d" | "g":
                yield from self._literal(Kind.DATE, place)
                yield from self._mine(place)
                if hole.kind == "g":
                    yield from (Filled(f, place, end) for f, end in self.names.at(self.texts, place))
            case "time" | "last" | "duration":
                yield from self._duration(place, bare=hole.kind == "last")
            case "text":
                yield from self._literal(Kind.TEXT, place)
            case "texts":
                yield from (each for each in self._texts(place) if isinstance(each.operand, Texts))
            case "number":
                yield from self._literal(Kind.NUMBER, place)
            case "count":
                yield from self._items(place)
            case "date":
                yield from self._literal(Kind.DATE, place)

    def _token(self, place: int) -> Token | None:
        return self.tokens[place] if place < len(self.tokens) else None

    def _is(self, place: int, word: str) -> bool:
        token = self._token(place)
        return token is not None and token.kind is Kind.WORD and token.text == word

    def _literal(self, kind: Kind, place: int) -> Iterator[Filled]:
        token = self._token(place)
        if token is not None and token.kind is kind and token.value is not None:
            yield Filled(_literal(token), place, place + 1, token.value)

    def _mine(self, place: int) -> Iterator[Filled]:
        if self._is(place, "my"):
            for fact, end in self.names.at(self.texts, place + 1):
                yield Filled(Mine(fact), place, end)

    def _measured(self, place: int) -> Iterator[Filled]:
        """A fact, the contact's or the owner's."""
        yield from self._mine(place)
        yield from (Filled(fact, place, end) for fact, end in self.names.at(self.texts, place))

    def _number(self, place: int) -> Iterator[Filled]:
        yield from self._literal(Kind.NUMBER, place)
        yield from self._measured(place)
        token = self._token(place)
        if token is None or token.kind is not Kind.NUMBER or token.value is None:
            return
        if self._is(place + 1, "of" if token.percent else "times"):
            for filled in self._measured(place + 2):
                term = filled.operand
                if isinstance(term, (Fact, Mine)):
                    yield Filled(Scaled(float(token.value), term), place, filled.end)  # type: ignore[arg-type]

    def _items(self, place: int) -> Iterator[Filled]:
        token = self._token(place)
        if token and token.kind is Kind.NUMBER and isinstance(token.value, int) and token.value >= 0:
            yield Filled(token.value, place, place + 1, token.value)

    def _texts(self, place: int) -> Iterator[Filled]:
        for filled in self._mine(place):
            if isinstance(filled.operand, Mine) and isinstance(filled.operand.fact.type, TextList):
                yield filled
        listed = self._listed(place)
        if listed is not None:
            yield listed

    def _listed(self, start: int) -> Filled | None:
        """Texts with commas between them, and perhaps a last `or` or `and`."""
        items: list[Filled] = []
        place, last = start, ""
        while item := self._item(place):
            items.append(item)
            place = item.end
            if last:
                break
            after = place + 1 if self._is_comma(place) else place
            last = next((word for word in ("or", "and") if self._is(after, word)), "")
            if last:
                after += 1
            if after == place or self._item(after) is None:
                break
            place = after
        if not items:
            return None
        operands = tuple(item.operand for item in items)
        values = tuple(item.argument for item in items)
        return Filled(Texts(operands), start, place, values, last)  # type: ignore[arg-type]

    def _is_comma(self, place: int) -> bool:
        token = self._token(place)
        return token is not None and token.kind is Kind.COMMA

    def _item(self, place: int) -> Filled | None:
        """A text, or a fact of the owner's that is one, by the longest name."""
        found = [*self._literal(Kind.TEXT, place), *self._mine(place)]
        return max(found, key=lambda each: each.end, default=None)

    def _duration(self, place: int, *, bare: bool) -> Iterator[Filled]:
        token = self._token(place)
        if token is None:
            return
        if token.kind is Kind.NUMBER and isinstance(token.value, int) and token.value >= 0:
            unit = _unit(self._token(place + 1), plural=True)
            if unit:
                duration = Duration(token.value, unit)
                yield Filled(Window(duration), place, place + 2, duration)
        elif bare and (unit := _unit(token, plural=False)):
            yield Filled(Window(Duration(1, unit)), place, place + 1)


def _literal(token: Token) -> Literal:
    value = token.value
    if isinstance(value, str):
        return Literal(folded(value))
    if isinstance(value, (int, float, datetime.date)):
        return Literal(value)
    msg = f"`{token.text}` is no literal"
    raise TypeError(msg)


_UNITS: dict[str, Unit] = {"day": "day", "week": "week", "month": "month", "year": "year"}


def _unit(token: Token | None, *, plural: bool) -> Unit | None:
    if token is None or token.kind is not Kind.WORD:
        return None
    return _UNITS.get(token.text.removesuffix("s") if plural else token.text)


_WRONG_LAST = {"one of": ("and",), "any of": ("and",), "all of": ("or",)}
"""The words before a list that settle how its last item is joined, and how it is not."""


def _before(spelling: str) -> str:
    """The two words before the list that *spelling* ends with."""
    return " ".join(spelling.split()[-3:-1])


def comparable(fact: FactType, hole: Hole, operand: Operand | None) -> bool:
    """Whether a fact of type *fact* can be compared with the fact that fills *hole*, if one does."""
    match operand:
        case Mine(Fact(type=other)) | Fact(type=other):
            return _alike(fact, hole, other)
        case Scaled(_, Mine(Fact(type=other)) | Fact(type=other)):
            return isinstance(other, (CountType, Number))
        case Texts(items):
            return all(comparable(fact, Hole("", "x"), item) for item in items)
        case _:
            return True


def _alike(fact: FactType, hole: Hole, other: FactType) -> bool:
    match hole.kind:
        case "n":
            return isinstance(other, (CountType, Number))
        case "d" | "g":
            return isinstance(other, Date)
        case "xs":
            return isinstance(other, TextList) and not isinstance(fact, OneOf)
        case _:
            if isinstance(fact, OneOf) and isinstance(other, OneOf):
                return {*map(folded, fact.choices)} == {*map(folded, other.choices)}
            return isinstance(other, Text) and not isinstance(fact, OneOf)
