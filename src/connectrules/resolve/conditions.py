"""Conditions: from the syntax tree to the rule tree."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import ceil, gcd

from connectrules.resolve.book import Node
from connectrules.resolve.mixed import mixed
from connectrules.resolve.names import Definition, Names, key
from connectrules.resolve.phrases import Match, comparable
from connectrules.resolve.phrases import Sentence as Reading
from connectrules.resolve.unread import Unread
from connectrules.resolve.values import check_choice
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import (
    AtLeast,
    Condition,
    Literal,
    Mine,
    Not,
    Operand,
    Subject,
    Test,
    Texts,
    Weighted,
    all_of,
    any_of,
)
from connectrules.schema.phrase import Phrase
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import OneOf
from connectrules.schema.vocabulary import Fact
from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import Amount, Joint, Kind, Token

HOLDS = next(operator for operator in PHRASE_BOOK if operator.name == "holds")


class Conditions:
    """Reads the conditions of one text.

    Args:
        source: The text.
        names: The names in force.
        phrases: The registered phrases.
        hidden: Fields that are no fact, and why.
        tell: What to do with each mistake.
    """

    def __init__(
        self,
        source: Source,
        names: Names,
        phrases: Node,
        hidden: dict[str, str],
        tell: Callable[[Source, Mistake], None],
    ) -> None:
        self.source, self.names, self.phrases, self.hidden = source, names, phrases, hidden
        self._tell = tell

    def tell(self, mistake: Mistake) -> None:
        """Report *mistake*."""
        self._tell(self.source, mistake)

    def condition(self, node: tree.Condition) -> Condition | None:
        """What *node* means; None where a mistake in it has been told."""
        match node:
            case tree.Sentence():
                return self._sentence(node)
            case tree.Bracketed(inner):
                return self.condition(inner)
            case tree.Denied(operand):
                inner_condition = self.condition(operand)
                return None if inner_condition is None else Not(inner_condition)
            case tree.Joined():
                return self._joined(node)
            case tree.Quantified():
                return self._quantified(node)

    def _all(self, nodes: Sequence[tree.Condition]) -> list[Condition] | None:
        """What each of *nodes* means; None where one is faulty, after all were looked at."""
        found = [self.condition(node) for node in nodes]
        good = [each for each in found if each is not None]
        return good if len(good) == len(found) else None

    def _joined(self, node: tree.Joined) -> Condition | None:
        operands = self._all(node.operands)
        joints = {joiner.joint for joiner in node.joiners}
        if len(joints) > 1:
            self.tell(mixed(node, self.source.text))
            return None
        if operands is None:
            return None
        return all_of(*operands) if joints == {Joint.AND} else any_of(*operands)

    # Lists

    def _quantified(self, node: tree.Quantified) -> Condition | None:
        operands = self._all([item.condition for item in node.items])
        try:
            _check_reachable(node)
        except Mistake as mistake:
            self.tell(mistake)
            return None
        if operands is None:
            return None
        items = tuple(Weighted(1, each) for each in operands)
        number = node.quantifier.number
        count = number.value if number and isinstance(number.value, int) else 0
        match node.quantifier.amount:
            case Amount.ALL:
                return all_of(*operands)
            case Amount.ANY:
                return any_of(*operands)
            case Amount.NONE:
                return Not(any_of(*operands))
            case Amount.AT_LEAST:
                return AtLeast(count, items)
            case Amount.AT_MOST:
                return Not(AtLeast(count + 1, items))
            case Amount.EXACTLY:
                return AtLeast(count, items, exactly=True)
            case Amount.POINTS:
                return _points(node, operands)

    # Sentences

    def _sentence(self, node: tree.Sentence) -> Condition | None:
        reading = Reading(node.tokens, self.names, self.phrases)
        try:
            return self.read(reading, node.span)
        except Mistake as mistake:
            self.tell(mistake)
            return None

    def read(self, reading: Reading, span: Span) -> Condition | None:
        """The one condition that a sentence is.

        Raises:
            Mistake: Where it has no reading, or two.
        """
        found: list[tuple[str, Condition | None]] = []
        for named, is_denied in reading.named():
            what = f"the definition `{named.name}`" if isinstance(named, Definition) else f"the fact `{named.name}`"
            inner = self._named(named, reading, span, is_denied=is_denied)
            found.append((f"the denial of {what}" if is_denied else what, inner))
        for match in reading.matches():
            if self._is_good(match):
                found.append((_described(match), self.matched(match, reading, span)))
        if not found:
            raise Unread(reading, self.source, span, self.hidden, self._reads).mistake()
        distinct = {what: condition for what, condition in found}
        if len(distinct) > 1:
            first, second, *_ = distinct
            raise Mistake(
                span,
                "CR104",
                f"`{self.words(reading.tokens)}` can be read in two ways, as {first} and as {second}",
                help=("give one of the two another name",),
            )
        return found[0][1]

    def _reads(self, tokens: Sequence[Token]) -> bool:
        """Whether *tokens* have an exact reading."""
        if not tokens:
            return False
        reading = Reading(tokens, self.names, self.phrases)
        return bool(reading.named()) or any(self._is_good(match) for match in reading.matches())

    def _is_good(self, match: Match) -> bool:
        if match.fact is None:
            return True
        kind = match.fact.type
        return match.fits and all(
            comparable(kind, hole, filled.operand) and _among(kind, filled.operand)
            for hole, filled in match.holes
        )

    def _named(
        self, named: Fact | Definition, reading: Reading, span: Span, *, is_denied: bool
    ) -> Condition | None:
        if isinstance(named, Definition):
            inner = named.condition
        else:
            inner = self._test((named,), reading, span, is_denied=is_denied)
        return Not(inner) if is_denied and inner is not None else inner

    def _test(
        self, operands: tuple[Operand, ...], reading: Reading, span: Span, *, is_denied: bool
    ) -> Test:
        return Test(HOLDS, operands, self.words(reading.tokens), is_denied, self.source, span)

    def matched(self, match: Match, reading: Reading, span: Span) -> Condition:
        """The condition that *match* is, with its numbers of items checked."""
        words = self.words(reading.tokens)
        if match.fact is None:
            return Test(HOLDS, (match.spoken(words),), words, False, self.source, span)
        operands = tuple(filled.operand for _, filled in match.holes if filled.operand is not None)
        for place, operand in enumerate(operands):
            if isinstance(operand, int):
                _check_items(operand, operands[place + 1], reading.tokens[match.holes[place][1].start])
        test = Test(
            match.operator,
            (match.fact, *operands),
            words,
            match.entry.denied,
            self.source,
            span,
        )
        return Not(test) if match.entry.denied else test

    def subject(self, name: tree.Sentence, word: str, *, mine: bool = False) -> Subject | Mine:
        """The fact, or phrase with its literals, that *name* is.

        Args:
            name: The sentence.
            word: Where it stands, such as ``ASSUME``, for the message.
            mine: Whether ``my G`` is one too.

        Raises:
            Mistake: CR205 where it is none.
        """
        reading = Reading(name.tokens, self.names, self.phrases)
        said = key(name.tokens)
        if said in self.names.facts:
            return self.names.facts[said]
        if mine and said.startswith("my ") and said[3:] in self.names.facts:
            return Mine(self.names.facts[said[3:]])
        words = self.words(name.tokens)
        for match in reading.matches():
            if match.fact is None:
                return match.spoken(words)
        named = said in self.names.definitions
        raise Mistake(
            name.span,
            "CR205",
            f"`{words}` is a definition, and {word} is about facts"
            if named
            else f"no fact is called `{words}`",
            help=did_you_mean(words, [fact.name for fact in self.names.facts.values()]),
        )

    def words(self, tokens: Sequence[Token]) -> str:
        """*tokens* as they are written, with single spaces."""
        parts = []
        for token in tokens:
            written = self.source.text[token.span.start : token.span.end]
            parts.append(written if token.kind is Kind.COMMA or not parts else f" {written}")
        return "".join(parts)


def _described(match: Match) -> str:
    if isinstance(match.entry.meaning, Phrase):
        return f"the phrase `{match.entry.spelling}`"
    name = match.fact.name if match.fact else ""
    return f"`{match.entry.spelling.replace('{F}', '…')}` about `{name}`"


def _among(kind: object, operand: Operand | None) -> bool:
    """Whether the texts in *operand* are choices of a fact of type *kind*, if it has choices."""
    if not isinstance(kind, OneOf):
        return True
    items = operand.items if isinstance(operand, Texts) else (operand,)
    try:
        for item in items:
            if isinstance(item, Literal) and isinstance(item.value, str):
                check_choice(item.value, kind, "", Span(0, 0))
    except Mistake:
        return False
    return True


def _check_items(count: int, texts: Operand, token: Token) -> None:
    if not isinstance(texts, Texts):
        return
    size = len(texts.items)
    if count < 1 or count > size:
        raise Mistake(
            token.span,
            "CR302",
            f"at least {count} of {size} always holds" if count < 1 else f"at least {count} of {size} can never hold",
            help=(f"write a number from 1 to {size}",),
        )


def _check_reachable(node: tree.Quantified) -> None:
    """Raise CR302 where the count can never, or always, be reached."""
    quantifier, size = node.quantifier, len(node.items)
    number = quantifier.number
    if number is None or not isinstance(number.value, (int, float)):
        return
    count, most = Fraction(str(number.value)), Fraction(size)
    match quantifier.amount:
        case Amount.AT_LEAST:
            always, never = count <= 0, count > size
        case Amount.AT_MOST:
            always, never = count >= size, False
        case Amount.EXACTLY:
            always, never = False, count > size
        case _:
            most = sum((_weight(item) for item in node.items), Fraction(0))
            always, never = count <= 0, count > most
    if not (always or never):
        return
    unit = "points" if quantifier.amount is Amount.POINTS else "items"
    said = {Amount.AT_LEAST: "at least", Amount.AT_MOST: "at most", Amount.EXACTLY: "exactly"}
    raise Mistake(
        quantifier.span,
        "CR302",
        f"{said.get(quantifier.amount, 'at least')} {number.text} of {float(most):g} {unit} "
        + ("always holds" if always else "can never hold"),
        help=("change the number, or the items",),
    )


def _weight(item: tree.Item) -> Fraction:
    value = item.weight.value if item.weight else 1
    return Fraction(str(value))


def _points(node: tree.Quantified, operands: Sequence[Condition]) -> Condition:
    """Points as whole numbers: scaled up until they are, and down to the smallest such."""
    weights = [_weight(item) for item in node.items]
    number = node.quantifier.number
    threshold = Fraction(str(number.value if number else 0))
    scale = 1
    for weight in weights:
        scale = scale * weight.denominator // gcd(scale, weight.denominator)
    whole = [int(weight * scale) for weight in weights]
    shared = gcd(*whole)
    return AtLeast(
        ceil(threshold * scale / shared),
        tuple(Weighted(each // shared, operand) for each, operand in zip(whole, operands, strict=True)),
    )
