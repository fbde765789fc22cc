"""The syntax tree: what a policy says, before it means anything.

Every node knows its span; spans play no part in equality.
"""

from collections.abc import Iterable
from enum import Enum

import attrs

from connectrules.source import Source, Span
from connectrules.syntax.tokens import Kind, Token, Tokens
from connectrules.verdict import Decision

_VALUES = frozenset({Kind.TEXT, Kind.NUMBER, Kind.DATE, Kind.COMMA})


def _span() -> Span:
    """A field for a node's place."""
    return attrs.field(eq=False, repr=False)  # type: ignore[no-any-return]


def _by_column(tokens: Iterable[Token]) -> Tokens:
    return Tokens.of(tokens)


@attrs.frozen
class Sentence:
    """A run of tokens, at least one."""

    tokens: Tokens = attrs.field(converter=_by_column)
    span: Span = _span()

    @property
    def is_value(self) -> bool:
        """Whether it is nothing but values."""
        return all(kind in _VALUES for kind in self.tokens.kinds)


@attrs.frozen
class Denied:
    """NOT and what it is about."""

    operand: "Condition"
    span: Span = _span()


class Joint(Enum):
    """A word that joins two conditions."""

    AND = "AND"
    OR = "OR"


@attrs.frozen
class Joiner:
    """One AND or OR, where it stands."""

    joint: Joint
    span: Span = _span()


@attrs.frozen
class Joined:
    """Conditions side by side, joined by AND or by OR; by both is a mistake (CR103).

    Attributes:
        operands: The conditions, at least two.
        joiners: What stands between them, one fewer.
    """

    operands: tuple["Condition", ...]
    joiners: tuple[Joiner, ...]
    span: Span = _span()


@attrs.frozen
class Bracketed:
    """A condition in brackets."""

    condition: "Condition"
    span: Span = _span()


class Amount(Enum):
    """How many items of a list must hold."""

    ALL = "ALL OF"
    ANY = "ANY OF"
    NONE = "NONE OF"
    AT_LEAST = "AT LEAST"
    AT_MOST = "AT MOST"
    EXACTLY = "EXACTLY"
    POINTS = "POINTS"


@attrs.frozen
class Quantifier:
    """``ALL OF``, ``AT LEAST 2 OF``, ``AT LEAST 5 POINTS FROM`` and the like.

    Attributes:
        amount: Which one it is.
        number: The number's token, None for ALL, ANY and NONE.
    """

    amount: Amount
    number: Token | None
    span: Span = _span()


@attrs.frozen
class Item:
    """One item of a list.

    Attributes:
        weight: The token of its points (``3 FOR …``), else None.
        condition: The condition.
    """

    weight: Token | None
    condition: "Condition"
    span: Span = _span()


@attrs.frozen
class Quantified:
    """A list of conditions and how many must hold."""

    quantifier: Quantifier
    items: tuple[Item, ...]
    span: Span = _span()


Condition = Sentence | Denied | Joined | Bracketed | Quantified


@attrs.frozen
class Quoted:
    """A quoted text, such as a title."""

    text: str
    span: Span = _span()


@attrs.frozen
class Language:
    """``LANGUAGE 1``."""

    version: int
    span: Span = _span()


@attrs.frozen
class Title:
    """``POLICY "title"``."""

    title: Quoted
    span: Span = _span()


@attrs.frozen
class About:
    """``ABOUT "text"``."""

    text: Quoted
    span: Span = _span()


@attrs.frozen
class Use:
    """``USE "path"``."""

    path: Quoted
    span: Span = _span()


@attrs.frozen
class FactLine:
    """``FACT name: type``; the type is as yet only words."""

    name: Sentence
    type: Sentence
    span: Span = _span()


@attrs.frozen
class AskLine:
    """``ASK name: "question"``."""

    name: Sentence
    question: Quoted
    span: Span = _span()


@attrs.frozen
class AssumeLine:
    """``ASSUME name: value``; the value is as yet only words."""

    name: Sentence
    value: Sentence
    span: Span = _span()


@attrs.frozen
class Define:
    """``DEFINE name AS condition``."""

    name: Sentence
    condition: Condition
    span: Span = _span()


@attrs.frozen
class Rule:
    """``CONNECT ["name"] WHEN condition [UNLESS condition] [BECAUSE "text"]``."""

    decision: Decision
    name: Quoted | None
    condition: Condition
    unless: Condition | None
    because: Quoted | None
    span: Span = _span()


@attrs.frozen
class Otherwise:
    """``OTHERWISE CONNECT|DECLINE|REVIEW [BECAUSE "text"]``."""

    decision: Decision
    because: Quoted | None
    span: Span = _span()


@attrs.frozen
class Setting:
    """One ``- name: value`` of an EXAMPLE."""

    name: Sentence
    value: Sentence
    span: Span = _span()


@attrs.frozen
class Example:
    """``EXAMPLE "name" [TODAY date] EXPECT decision [BECAUSE OF …] [ASKING …]`` and its items.

    Attributes:
        because_of: The names of all rules that decide, or None where not said.
        asking: All facts asked for, or None where not said.
    """

    name: Quoted
    today: Token | None
    expect: Decision
    because_of: tuple[Quoted, ...] | None
    asking: tuple[Sentence, ...] | None
    settings: tuple[Setting, ...]
    span: Span = _span()


@attrs.frozen
class Broken:
    """A statement with a mistake, which is told already; what it would declare is declared.

    Attributes:
        word: The statement word it begins with, in capitals; None where it has none.
        name: The name it declares (a rule's is one TEXT token), where that can be made out.
    """

    word: str | None
    name: Sentence | None
    span: Span = _span()


Statement = (
    Language
    | Title
    | About
    | Use
    | FactLine
    | AskLine
    | AssumeLine
    | Define
    | Rule
    | Otherwise
    | Example
    | Broken
)


@attrs.frozen
class Document:
    """A parsed text: its statements, or one bare condition.

    Attributes:
        source: The text.
        statements: Its statements, in order.
        bare: The condition, where the whole text is one.
    """

    source: Source = attrs.field(eq=False, repr=False)
    statements: tuple[Statement, ...] = ()
    bare: Condition | None = None
