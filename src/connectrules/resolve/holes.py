"""What may fill the holes of a sentence: numbers, texts, dates, facts and lengths of time."""

import datetime
from collections.abc import Callable, Iterable, Iterator

import attrs

from connectrules.resolve.names import Names, words
from connectrules.rules.tree import Literal, Mine, Operand, Scaled, Texts, Window
from connectrules.schema.phrase import Hole
from connectrules.schema.types import Duration, TextList, Unit, folded
from connectrules.schema.vocabulary import Fact
from connectrules.syntax.tokens import Kind, Token, Tokens


@attrs.frozen
class Filled:
    """What fills a hole, and its tokens.

    Attributes:
        operand: What it is; None for what stands there but does not belong.
        start: Its first token.
        end: The token after its last.
        argument: What a registered phrase's function gets for it.
        items: Of several texts, each.
        last: Of several texts, the `or` or `and` before the last.
    """

    operand: Operand | None
    start: int
    end: int
    argument: object = None
    items: tuple["Filled", ...] = ()
    last: Token | None = None


class Holes:
    """The holes of one sentence.

    Args:
        tokens: Its tokens.
        names: The names in force.
    """

    def __init__(self, tokens: Tokens, names: Names) -> None:
        self.tokens, self.names = tokens, names
        self.texts, self.kinds = words(tokens), tokens.kinds

    def fill(self, hole: Hole, place: int) -> Iterable[Filled]:
        """What may fill *hole* from token *place* on."""
        if place < len(self.kinds) and (
            self.kinds[place] in _LITERALS[hole.kind]
            or self.texts[place] == "my"
            or self.names.begins(self.texts[place])
        ):
            return _FILLERS[hole.kind](self, place)
        return ()

    def number(self, place: int) -> Iterator[Filled]:
        """A number, a fact that is one, or a multiple of such a fact."""
        for literal in self.figure(place):
            yield literal
            if literal.end < len(self.kinds):
                yield from self._multiple(self.tokens[place], place)
        yield from self.fact(place)

    def _multiple(self, number: Token, place: int) -> Iterator[Filled]:
        """A multiple of a fact, of which *number* at *place* says how many times it is."""
        if self._is(place + 1, "of" if number.percent else "times"):
            for filled in self.fact(place + 2):
                if isinstance(filled.operand, (Fact, Mine)) and isinstance(
                    number.value, (int, float)
                ):
                    yield Filled(Scaled(float(number.value), filled.operand), place, filled.end)

    def figure(self, place: int) -> Iterator[Filled]:
        """A number."""
        return self._literal(Kind.NUMBER, place)

    def items(self, place: int) -> Iterator[Filled]:
        """A number of items."""
        count = self._count(place)
        if count is not None:
            yield Filled(count, place, place + 1, count)

    def text(self, place: int) -> Iterator[Filled]:
        """A text, or a fact of the owner's."""
        yield from self.quoted(place)
        yield from self._mine(place)

    def quoted(self, place: int) -> Iterator[Filled]:
        """A text."""
        return self._literal(Kind.TEXT, place)

    def texts_or_mine(self, place: int) -> Iterator[Filled]:
        """Texts, or a list of the owner's."""
        for filled in self._mine(place):
            if isinstance(filled.operand, Mine) and isinstance(filled.operand.fact.type, TextList):
                yield filled
        yield from self._listed(place)

    def quoted_texts(self, place: int) -> Iterator[Filled]:
        """Texts."""
        for filled in self._listed(place):
            if all(isinstance(item.operand, Literal) for item in filled.items):
                yield filled

    def day(self, place: int) -> Iterator[Filled]:
        """A date, or a fact of the owner's."""
        yield from self.date(place)
        yield from self._mine(place)

    def day_or_fact(self, place: int) -> Iterator[Filled]:
        """A date, or a fact."""
        yield from self.date(place)
        yield from self.fact(place)

    def date(self, place: int) -> Iterator[Filled]:
        """A date."""
        return self._literal(Kind.DATE, place)

    def duration(self, place: int) -> Iterator[Filled]:
        """A length of time, such as ``6 months``."""
        count = self._count(place)
        unit = self._unit(place + 1)
        if count is not None and unit is not None:
            duration = Duration(count, unit)
            yield Filled(Window(duration), place, place + 2, duration)

    def last(self, place: int) -> Iterator[Filled]:
        """A length of time that may leave out its number, such as ``month``."""
        yield from self.duration(place)
        unit = self._unit(place)
        if unit is not None and unit == self._text(place):
            yield Filled(Window(Duration(1, unit)), place, place + 1)

    def fact(self, place: int) -> Iterator[Filled]:
        """A fact, the contact's or the owner's."""
        yield from self._mine(place)
        for found, end in self.names.at(self.texts, place):
            yield Filled(found, place, end)

    def is_comma(self, place: int) -> bool:
        """Whether a comma stands at *place*."""
        return place < len(self.kinds) and self.kinds[place] is Kind.COMMA

    def joins(self, place: int) -> bool:
        """Whether `or` or `and` stands at *place*, as before the last of several texts."""
        return self._is(place, "or") or self._is(place, "and")

    def _text(self, place: int) -> str | None:
        is_word = place < len(self.kinds) and self.kinds[place] is Kind.WORD
        return self.texts[place] if is_word else None

    def _is(self, place: int, word: str) -> bool:
        return self._text(place) == word

    def _literal(self, kind: Kind, place: int) -> Iterator[Filled]:
        if place < len(self.kinds) and self.kinds[place] is kind:
            value = self.tokens.values[place]
            match value:
                case str():
                    yield Filled(Literal(folded(value)), place, place + 1, value)
                case int() | float() | datetime.date():
                    yield Filled(Literal(value), place, place + 1, value)
                case None:
                    pass

    def _count(self, place: int) -> int | None:
        value = self.tokens.values[place] if place < len(self.kinds) else None
        if isinstance(value, int) and value >= 0:
            return value
        return None

    def _mine(self, place: int) -> Iterator[Filled]:
        if self._is(place, "my"):
            for found, end in self.names.at(self.texts, place + 1):
                yield Filled(Mine(found), place, end)

    def _unit(self, place: int) -> Unit | None:
        return _UNITS.get(self._text(place) or "")

    def _listed(self, start: int) -> Iterator[Filled]:
        """Texts with commas between them, and perhaps a last `or` or `and`."""
        items: list[Filled] = []
        place, last = start, None
        while item := self._item(place):
            items.append(item)
            place = item.end
            after = place + self.is_comma(place)
            if last or not (after > place or self.joins(after)):
                break
            last = self.tokens[after] if self.joins(after) else None
            after += self.joins(after)
            if self._item(after) is None:
                last = None
                break
            place = after
        texts = [item.operand for item in items if isinstance(item.operand, (Literal, Mine))]
        if texts:
            arguments = tuple(item.argument for item in items)
            yield Filled(Texts(tuple(texts)), start, place, arguments, tuple(items), last)

    def _item(self, place: int) -> Filled | None:
        """A text, or a fact of the owner's, by the longest name."""
        return max(self.fill(_TEXT, place), key=lambda each: each.end, default=None)


_FILLERS: dict[str, Callable[[Holes, int], Iterator[Filled]]] = {
    "n": Holes.number,
    "k": Holes.items,
    "x": Holes.text,
    "xs": Holes.texts_or_mine,
    "d": Holes.day,
    "g": Holes.day_or_fact,
    "time": Holes.duration,
    "last": Holes.last,
    "text": Holes.quoted,
    "texts": Holes.quoted_texts,
    "number": Holes.figure,
    "count": Holes.items,
    "date": Holes.date,
    "duration": Holes.duration,
}
"""By the kind of hole, the phrase book's and then those of registered phrases."""

_TEXT = Hole("", "x")
_LITERALS: dict[str, tuple[Kind, ...]] = {
    "n": (Kind.NUMBER,),
    "k": (Kind.NUMBER,),
    "x": (Kind.TEXT,),
    "xs": (Kind.TEXT,),
    "d": (Kind.DATE,),
    "g": (Kind.DATE,),
    "time": (Kind.NUMBER,),
    "last": (Kind.NUMBER, Kind.WORD),
    "text": (Kind.TEXT,),
    "texts": (Kind.TEXT,),
    "number": (Kind.NUMBER,),
    "count": (Kind.NUMBER,),
    "date": (Kind.DATE,),
    "duration": (Kind.NUMBER,),
}
"""What the first token of a literal is, by the hole: most holes need not be looked into."""

_UNITS: dict[str, Unit] = {
    "day": "day",
    "days": "day",
    "week": "week",
    "weeks": "week",
    "month": "month",
    "months": "month",
    "year": "year",
    "years": "year",
}
