"""Why a sentence has no reading, and what was probably meant."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve import book
from connectrules.resolve.phrases import Filled, Match, Sentence, comparable
from connectrules.resolve.values import check_choice, single_quotes
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import Literal, Texts
from connectrules.schema.phrase import Hole
from connectrules.schema.suggestions import either, nearest
from connectrules.schema.types import OneOf, YesNo, canonical
from connectrules.schema.vocabulary import Fact
from connectrules.source import Source, Span
from connectrules.syntax.mistakes import Mistake, full_stop, replacing
from connectrules.syntax.tree import Kind, Token
from connectrules.syntax.words import single_quoted, split

_LITERALS = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.BAD_NUMBER, Kind.BAD_DATE})
_WANTED = {
    "n": "a number, such as `500`",
    "k": "a whole number, such as `2`",
    "x": 'a quoted text, such as `"UK"`',
    "xs": 'quoted texts, such as `"UK", "Ireland"`',
    "d": "a date, such as `2026-01-31`",
    "g": "a date, such as `2026-01-31`",
    "time": "a length of time, such as `6 months`",
    "last": "a length of time, such as `6 months`",
    "text": 'a quoted text, such as `"UK"`',
    "texts": 'quoted texts, such as `"UK", "Ireland"`',
    "number": "a number, such as `2.5`",
    "count": "a whole number, such as `2`",
    "date": "a date, such as `2026-01-31`",
    "duration": "a length of time, such as `6 months`",
}
_JOINING = {"and": "AND", "or": "OR", "unless": "UNLESS"}
_DENIALS = {"isn't": "is", "aren't": "are", "doesn't": "", "don't": "", "hasn't": "has", "haven't": "have"}
_UNITS = frozenset("day days week weeks month months year years".split())
_MANY = 5
_LONGEST = 200
"""What was meant by a sentence of more words than these is not looked for."""


class Unread:
    """A sentence without a reading.

    Args:
        sentence: The sentence.
        source: The text it stands in.
        span: Its place there.
        hidden: Fields that are no fact, by their name, and why.
        reads: Whether tokens have an exact reading.
    """

    def __init__(
        self,
        sentence: Sentence,
        source: Source,
        span: Span,
        hidden: Mapping[str, str],
        reads: Callable[[Sequence[Token]], bool],
    ) -> None:
        self.sentence, self.tokens, self.names = sentence, sentence.tokens, sentence.names
        self.source, self.span, self.hidden, self.reads = source, span, hidden, reads

    def mistake(self) -> Mistake:
        """The mistake, by the first reading that nearly fits, in the order of language.md."""
        if len(self.tokens) > _LONGEST:
            return self._unknown()
        return (
            self._full_stop()
            or self._wrong_literal()
            or self._joining_word()
            or self._not_too_many()
            or self._bare_word()
            or self._unknown()
        )

    def _written(self, tokens: Sequence[Token]) -> str:
        return " ".join(self.source.text[each.span.start : each.span.end] for each in tokens)

    # A full stop at the end

    def _full_stop(self) -> Mistake | None:
        last = self.tokens[-1]
        if not self._written([last]).endswith("."):
            return None
        bare = self._written([last])[:-1]
        instead = split(bare, last.span.start) if bare else ()
        if not self.reads((*self.tokens[:-1], *instead)):
            return None
        return full_stop(Span(last.span.end - 1, last.span.end))

    # Right words with a wrong literal

    def _wrong_literal(self) -> Mistake | None:
        for match in self.sentence.matches():
            if match.fact is None or not match.fits:
                continue
            found = self._wrong_choice(match) or self._uncomparable(match)
            if found:
                return found
        for match in self.sentence.matches(self._any_literal):
            if match.fits:
                wrong = next((f for _, f in match.holes if f.operand is None), None)
                if wrong is not None:
                    hole = next(hole for hole, filled in match.holes if filled is wrong)
                    return self._wrong_kind(match, hole, self._first_wrong(hole, wrong))
        return None

    def _wrong_choice(self, match: Match) -> Mistake | None:
        kind = match.fact.type if match.fact else None
        if not isinstance(kind, OneOf) or match.fact is None:
            return None
        for _, filled in match.holes:
            items = filled.operand.items if isinstance(filled.operand, Texts) else (filled.operand,)
            literals = [each for each in items if isinstance(each, Literal)]
            places = [t for t in self.tokens[filled.start : filled.end] if t.kind is Kind.TEXT]
            for _, token in zip(literals, places, strict=False):
                try:
                    check_choice(str(token.value), kind, match.fact.name, token.span)
                except Mistake as mistake:
                    return mistake
        return None

    def _uncomparable(self, match: Match) -> Mistake | None:
        if match.fact is None:
            return None
        for hole, filled in match.holes:
            if not comparable(match.fact.type, hole, filled.operand):
                other = self._fact_token(filled)
                words = self._written(self.tokens[filled.start : filled.end])
                return Mistake(
                    other.span.to(self.tokens[filled.end - 1].span),
                    "CR305",
                    f"`{match.fact.name}` is {match.fact.type.name} and cannot be compared with "
                    f"`{words}`, which is not",
                    help=("compare it with a fact of the same type, or with a value",),
                )
        return None

    def _fact_token(self, filled: Filled) -> Token:
        """The token the second fact begins at: after a multiple, not at it."""
        tokens = self.tokens[filled.start : filled.end]
        if tokens[0].kind is Kind.NUMBER and len(tokens) > 2:
            return tokens[2]
        return tokens[0]

    def _any_literal(self, hole: Hole, place: int) -> Iterator[Filled]:
        """What may fill *hole* when any literal may, whatever its kind."""
        yield from self.sentence.fill(hole, place)
        token = self.tokens[place]
        if token.kind not in _LITERALS:
            return
        end = place + 1
        if hole.kind in {"time", "last", "duration"}:
            if end < len(self.tokens) and self.tokens[end].text in _UNITS:
                yield Filled(None, place, end + 1)
            return
        yield Filled(None, place, end)
        while end + 1 < len(self.tokens) and self._joins(end) and hole.kind in {"xs", "texts"}:
            end += 1 + self._joins(end + 1)
            if self.tokens[end].kind not in _LITERALS:
                return
            end += 1
            yield Filled(None, place, end)

    def _joins(self, place: int) -> bool:
        token = self.tokens[place]
        return token.kind is Kind.COMMA or token.text in {"or", "and"}

    def _first_wrong(self, hole: Hole, filled: Filled) -> Token:
        """The first token of *filled* that does not fit *hole*."""
        tokens = self.tokens[filled.start : filled.end]
        literals = [token for token in tokens if token.kind in _LITERALS]
        if hole.kind in {"xs", "texts"}:
            return next((token for token in literals if token.kind is not Kind.TEXT), literals[0])
        return literals[0]

    def _wrong_kind(self, match: Match, hole: Hole, token: Token) -> Mistake:
        written = self._written([token])
        about = f"`{match.fact.name}`" if match.fact else f"`{match.entry.spelling}`"
        mend: tuple[str, ...] = ()
        if token.kind is Kind.BAD_NUMBER:
            message = f"`{written}` is not a number as a policy writes it"
            mend = _number_help(written)
        elif token.kind is Kind.BAD_DATE:
            message = f"`{written}` is not a date"
            mend = ("write year, month and day, such as `2026-01-31`, of a day that exists",)
        else:
            message = f"{written if token.kind is Kind.TEXT else f'`{written}`'} does not fit here"
            message = f"`{written}` stands where {_WANTED[hole.kind].split(',')[0]} belongs"
        return Mistake(
            token.span, "CR301", message, help=(*mend, f"{about} takes {_WANTED[hole.kind]} here")
        )

    # A joining word in lower case, or a `not` too many

    def _joining_word(self) -> Mistake | None:
        places = [n for n, t in enumerate(self.tokens) if t.kind is Kind.WORD and t.text in _JOINING]
        for first in places:
            chosen = self._joined_from(first, places)
            if chosen and self.reads(self.tokens[:first]):
                tokens = [self.tokens[place] for place in chosen]
                word = tokens[0]
                capitals = _JOINING[word.text]
                return Mistake(
                    word.span,
                    "CR105",
                    f"`{self._written([word])}` joins two conditions here, and such words stand in capitals",
                    help=(f"write `{capitals}`",),
                    fixes=(
                        Fix(
                            "write the joining words in capitals",
                            tuple(Edit(token.span, _JOINING[token.text]) for token in tokens),
                        ),
                    ),
                )
        if self.tokens[0].text == "not" and self.reads(self.tokens[1:]):
            return Mistake(
                self.tokens[0].span,
                "CR105",
                "`not` denies a condition here, and such words stand in capitals",
                help=("write `NOT`",),
                fixes=replacing("write it in capitals", self.tokens[0].span, "NOT"),
            )
        return None

    def _joined_from(self, first: int, places: Sequence[int]) -> list[int] | None:
        """The joining words from *first* on between which all has a reading."""
        chosen, start = [first], first + 1
        for place in places:
            if place > first and self.reads(self.tokens[start:place]):
                chosen.append(place)
                start = place + 1
        rest = self.tokens[start:]
        while rest and rest[0].text == "not" and not self.reads(rest):
            rest = rest[1:]
        return chosen if self.reads(rest) else None

    def _not_too_many(self) -> Mistake | None:
        for place, token in enumerate(self.tokens):
            if token.kind is not Kind.WORD:
                continue
            for start, instead in self._without_denial(place):
                rest = (*self.tokens[:start], *instead, *self.tokens[place + 1 :])
                if rest and self.reads(rest):
                    said = " ".join(each.text if each in instead else self._written([each]) for each in rest)
                    return Mistake(
                        token.span,
                        "CR105",
                        f"`{self._written([token])}` stands inside a sentence that has none",
                        help=(f"put NOT before the sentence: `NOT {said}`",),
                        fixes=replacing("put NOT before the sentence", self.span, f"NOT {said}"),
                    )
        return None

    def _without_denial(self, place: int) -> Iterator[tuple[int, tuple[Token, ...]]]:
        """Where the denial at *place* begins, and what stands there without it."""
        token = self.tokens[place]
        if token.text in {"not", "never"}:
            yield place, ()
            if place and self.tokens[place - 1].text in {"do", "does", "did"}:
                yield place - 1, ()
                # "does not mention" is "mentions" denied.
        elif token.text in _DENIALS:
            word = _DENIALS[token.text]
            yield place, (Token(Kind.WORD, word, span=token.span),) if word else ()

    # A bare word where a text belongs

    def _bare_word(self) -> Mistake | None:
        if any(not match.fits for match in self.sentence.matches()):
            return None  # the words of another type's row
        for match in self.sentence.matches(self._any_words):
            if not match.fits:
                continue
            bare = next((f for _, f in match.holes if f.operand is None), None)
            if bare is None:
                continue
            tokens = self.tokens[bare.start : bare.end]
            quoted = single_quoted(tokens)
            if quoted is not None:
                return single_quotes(quoted)
            first = next(token for token in tokens if token.kind is Kind.WORD)
            fixed, edits = self._quoted(tokens)
            return Mistake(
                first.span,
                "CR107",
                f"`{self._written([first])}` stands where a quoted text belongs",
                help=(f"write `{fixed}`",),
                fixes=(Fix("put it in quotes", edits),),
            )
        return None

    def _any_words(self, hole: Hole, place: int) -> Iterator[Filled]:
        """What may fill *hole* when bare words may stand for a text."""
        yield from self.sentence.fill(hole, place)
        if hole.kind in {"x", "xs", "text", "texts"}:
            for end in range(len(self.tokens), place, -1):
                run = self.tokens[place:end]
                if run[0].text == "my":
                    return
                if any(token.kind is Kind.WORD and not self._joins_token(token) for token in run):
                    if all(token.kind is not Kind.SYMBOL for token in run):
                        yield Filled(None, place, end)

    def _joins_token(self, token: Token) -> bool:
        return token.text in {"or", "and"}

    def _quoted(self, tokens: Sequence[Token]) -> tuple[str, tuple[Edit, ...]]:
        """*tokens* with the bare words in quotes, each side of a comma by itself."""
        parts: list[str] = []
        edits: list[Edit] = []
        run: list[Token] = []
        commas = any(token.kind is Kind.COMMA for token in tokens)
        for token in (*tokens, None):
            ends = token is None or token.kind in {Kind.COMMA, Kind.TEXT}
            ends = ends or (commas and token is not None and self._joins_token(token))
            if not ends and token is not None:
                run.append(token)
                continue
            if run:
                text = f'"{self._written(run)}"'
                edits.append(Edit(run[0].span.to(run[-1].span), text))
                parts.append(text)
                run = []
            if token is not None:
                comma = token.kind is Kind.COMMA and parts
                written = self._written([token])
                parts[-1:] = [parts[-1] + written] if comma else [*parts[-1:], written]
        return " ".join(parts), tuple(edits)

    # No reading at all

    def _unknown(self) -> Mistake:
        said = self._written(self.tokens)
        quoted = single_quoted(self.tokens)
        if quoted is not None:
            return single_quotes(quoted)
        fix = self._respelled()
        message = f"no fact or phrase reads like `{said}`"
        return Mistake(
            self.span,
            "CR102",
            message,
            help=(*self._hints(fix), *self._declaration()),
            fixes=fix,
        )

    def _respelled(self) -> tuple[Fix, ...]:
        """The fix of the wrong words, where mending each with its nearest gives a reading."""
        known = book.words() | {word for name in self._names() for word in name.split()}
        edits: list[tuple[Edit, ...]] = []
        tokens = list(self.tokens)
        wrong = []
        for place, token in enumerate(tokens):
            if token.kind is Kind.WORD and token.text not in known:
                found = nearest(token.text, known, most=1)
                if not found:
                    return ()
                tokens[place] = Token(Kind.WORD, found[0], span=token.span)
                wrong.append(Edit(token.span, found[0]))
        edits.append(tuple(wrong))
        if not wrong or not self.reads(tokens):
            return ()
        return (Fix("mend the spelling", tuple(wrong)),)

    def _names(self) -> tuple[str, ...]:
        return (*self.names.facts, *self.names.definitions)

    def _hints(self, fix: Sequence[Fix]) -> Iterator[str]:
        if fix:
            words = {edit.span: edit.text for edit in fix[0].edits}
            said = " ".join(words.get(t.span, self._written([t])) for t in self.tokens)
            yield f"did you mean `{said}`?"
            return
        text = " ".join(token.text for token in self.tokens)
        if text in self.hidden:
            yield f"{self.hidden[text]}, so no policy can ask for it"
        if text.endswith((" is known", " is unknown", " is not known")):
            yield "a verdict never depends on what is not known, so nothing can ask for it"
        amount = self._has_amount()
        if amount:
            yield amount
            return
        fact = self._about()
        if fact is not None and not isinstance(fact.type, YesNo):
            yield f"`{fact.name}` is {fact.type.name}; of such a fact one can say {_sayable(fact)}"
            return
        near = nearest(canonical(text), self._names())
        if near:
            yield f"did you mean {either(f'`{self._said(each)}`' for each in near)}?"

    def _said(self, name: str) -> str:
        named = self.names.facts.get(name) or self.names.definitions.get(name)
        return named.name if named else name

    def _has_amount(self) -> str | None:
        """Help for `has 5 followers`, which does not say whether more would do."""
        first, *rest = self.tokens
        if first.text in {"has", "have"} and rest and rest[0].kind is Kind.NUMBER:
            more = [Token(Kind.WORD, word, span=first.span) for word in ("at", "least")]
            if self.reads([first, *more, *rest]):
                said = self._written(rest)
                return f"is it `{first.text} at least {said}`, or `{first.text} exactly {said}`?"
        return None

    def _about(self) -> Fact | None:
        """The fact that the sentence names, the one with the longest name."""
        found = [
            (end - start, fact)
            for start in range(len(self.tokens))
            for fact, end in self.names.at(self.sentence.texts, start)
        ]
        return max(found, key=lambda each: each[0], default=(0, None))[1]

    def _declaration(self) -> Iterator[str]:
        """The line that would declare the sentence as a fact, where it could be one."""
        if self._about() is None and all(token.kind is Kind.WORD for token in self.tokens):
            yield f"to make it a fact, add the line `FACT {self._written(self.tokens)}: yes/no`"


def _sayable(fact: Fact) -> str:
    """A few sentences on *fact*, as examples."""
    spellings = [
        book.said(operator.spellings[0], fact.name)
        for operator in PHRASE_BOOK
        if isinstance(fact.type, operator.types)
    ]
    return either(f"`{each}`" for each in spellings[:_MANY])


def _number_help(written: str) -> tuple[str, ...]:
    digits = "".join(character for character in written if character.isdigit())
    if written.lower().endswith(("k", "m")) and digits and written[:-1].isdigit():
        value = int(written[:-1]) * (1_000 if written[-1].lower() == "k" else 1_000_000)
        return (f"write `{value:,}`",)
    if digits and not written.startswith((".", "+")) and set(written) <= set("0123456789.,"):
        return (f"with groups of three digits it is `{int(digits):,}`",)
    return ("write digits, with a point before decimals, such as `2.5`",)


