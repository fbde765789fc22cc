"""Policies and contacts as the property tests' own data.

Nothing of connectrules is imported here, nor in `meaning`, `domains`, `enumerate`, `kleene`
and `perfect`: what they say about a policy is worked out from the language's
description alone.
"""

import datetime
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Literal

import attrs


class Kind(Enum):
    """What kind of value a fact has."""

    YES_NO = "yes/no"
    COUNT = "count"
    NUMBER = "number"
    TEXT = "text"
    ONE_OF = "one of"
    DATE = "date"
    LIST = "list of text"
    PHRASE = "phrase"


class Odd(Enum):
    """What a contact may hold in place of a value."""

    UNSURE = "unsure"
    RAISES = "raises"


@attrs.frozen(cache_hash=True)
class Fact:
    """A fact, or a registered phrase with its literals, which is one.

    Attributes:
        name: How it is said.
        kind: What kind of value it has.
        choices: The texts of a one-of fact.
    """

    name: str
    kind: Kind
    choices: tuple[str, ...] = ()


@attrs.frozen(cache_hash=True)
class Mine:
    """``my G``: a fact of the owner's record."""

    fact: Fact

    @property
    def name(self) -> str:
        """How it is asked for."""
        return f"my {self.fact.name}"


Other = Fact | Mine


@attrs.frozen(cache_hash=True)
class Multiple:
    """``2 times G`` or ``20% of G``: *number* is as written."""

    number: float
    percent: bool
    of: Other

    @property
    def factor(self) -> float:
        """What the other fact is multiplied by, a double."""
        return self.number / 100 if self.percent else float(self.number)


Amount = Literal["one", "not", "any", "all", "none"]
Verb = Literal["mentions", "contains", "starts with", "ends with"]
Amounts = Literal["ALL", "ANY", "NONE", "AT LEAST", "AT MOST", "EXACTLY"]
Unit = Literal["day", "week", "month", "year"]


@attrs.frozen(cache_hash=True)
class Said:
    """``F`` or, *denied*, ``is not …``."""

    fact: Fact
    denied: bool = False


@attrs.frozen(cache_hash=True)
class Compare:
    """A number against a number; *words* are a key of `meaning.COMPARISONS`."""

    fact: Fact
    words: str
    value: float | Other | Multiple


@attrs.frozen(cache_hash=True)
class Between:
    """``F is between low and high``, of numbers or dates."""

    fact: Fact
    low: float | datetime.date | Other | Multiple
    high: float | datetime.date | Other | Multiple


@attrs.frozen(cache_hash=True)
class Is:
    """``F is "x"``, of a text or a one-of fact."""

    fact: Fact
    denied: bool
    value: str | Mine


@attrs.frozen(cache_hash=True)
class Among:
    """``F is one of "x", "y"``."""

    fact: Fact
    denied: bool
    values: tuple[str | Mine, ...] | Mine


@attrs.frozen(cache_hash=True)
class Part:
    """``F mentions any of "x", "y"`` and the like; amount ``one`` takes one value."""

    fact: Fact
    verb: Verb
    amount: Amount
    values: tuple[str, ...] | Mine


@attrs.frozen(cache_hash=True)
class When:
    """``F is before d``, ``after``, ``on``."""

    fact: Fact
    words: Literal["before", "after", "on"]
    value: datetime.date | Other


@attrs.frozen(cache_hash=True)
class Ago:
    """``F is within the last 6 months``, ``more than 6 months ago``, ``less than …``."""

    fact: Fact
    words: Literal["within", "more than", "less than"]
    count: int
    unit: Unit


@attrs.frozen(cache_hash=True)
class Includes:
    """``F include any of "x", "y"``.

    Amounts ``one`` and ``not`` (``do not include``) take one value, a number is ``at least``.
    """

    fact: Fact
    amount: Amount | int
    values: tuple[str, ...] | Mine


@attrs.frozen(cache_hash=True)
class Size:
    """``has at least 3 F`` of a list."""

    fact: Fact
    words: str
    number: int | Other


Sentence = Said | Compare | Between | Is | Among | Part | When | Ago | Includes | Size


@attrs.frozen(cache_hash=True)
class Not:
    """NOT and what it is about."""

    operand: "Condition"


@attrs.frozen(cache_hash=True)
class Join:
    """Conditions joined by AND or by OR."""

    word: Literal["AND", "OR"]
    operands: tuple["Condition", ...]


@attrs.frozen(cache_hash=True)
class Quantified:
    """``AT LEAST 2 OF`` and the like; *block* where it may be printed with dashes."""

    words: Amounts
    number: int
    items: tuple["Condition", ...]
    block: bool = False


@attrs.frozen(cache_hash=True)
class Points:
    """``AT LEAST n POINTS FROM``: the numbers are as written, so 0.1 and 0.2 make 0.3."""

    number: str
    items: tuple[tuple[str, "Condition"], ...]
    block: bool = False


@attrs.frozen(cache_hash=True)
class Defined:
    """A condition under a name of its own."""

    name: str
    condition: "Condition"


Condition = Sentence | Not | Join | Quantified | Points | Defined

Decided = Literal["connect", "decline", "review"]
PRECEDENCE: tuple[Decided, ...] = ("decline", "review", "connect")


@attrs.frozen(cache_hash=True)
class Rule:
    """A rule; *name* is None where it is left to be counted."""

    decision: Decided
    condition: Condition
    unless: Condition | None = None
    name: str | None = None

    @property
    def whole(self) -> Condition:
        """When it applies, its exception included."""
        if self.unless is None:
            return self.condition
        return Join("AND", (self.condition, Not(self.unless)))


@attrs.frozen
class Rules:
    """A policy.

    Attributes:
        rules: Its rules.
        otherwise: What it decides where none applies.
        assumes: What unknown facts are taken to be.
    """

    rules: tuple[Rule, ...]
    otherwise: Decided = "decline"
    assumes: tuple[tuple[Fact, object], ...] = ()

    def named(self) -> tuple[tuple[str, Rule], ...]:
        """Its rules with the names they go by."""
        counts: dict[str, int] = {}
        named = []
        for rule in self.rules:
            counts[rule.decision] = counts.get(rule.decision, 0) + 1
            named.append((rule.name or f"{rule.decision} {counts[rule.decision]}", rule))
        return tuple(named)

    def sentences(self) -> tuple[Sentence, ...]:
        """Every sentence each time it stands there, definitions expanded."""
        return tuple(each for rule in self.rules for each in sentences(rule.whole))

    def facts(self) -> tuple[Fact, ...]:
        """The facts of a contact it speaks of, once each."""
        found: dict[Fact, None] = {}
        for each in self.sentences():
            found[each.fact] = None
            found |= dict.fromkeys(second for second in others(each) if isinstance(second, Fact))
        return tuple(found)

    def mine(self) -> tuple[Fact, ...]:
        """The facts of the owner's record it speaks of, once each."""
        found = (second for each in self.sentences() for second in others(each))
        return tuple({each.fact: None for each in found if isinstance(each, Mine)})


@attrs.frozen
class Case:
    """A policy, a contact, and all else a verdict depends on.

    Attributes:
        rules: The policy.
        contact: What is known, by the fact's name; a fact left out is unknown.
        me: The same of the owner.
        today: The day.
        answered: The names of facts that reach the policy as answers, not in the record.
    """

    rules: Rules
    contact: Mapping[str, object] = attrs.field(factory=dict)
    me: Mapping[str, object] = attrs.field(factory=dict)
    today: datetime.date = datetime.date(2026, 11, 22)
    answered: frozenset[str] = frozenset()


def others(sentence: Sentence) -> tuple[Other, ...]:
    """The facts that *sentence* compares its own fact with."""
    match sentence:
        case Between(_, low, high):
            operands: tuple[object, ...] = (low, high)
        case Compare(value=value) | When(value=value) | Is(value=value) | Size(number=value):
            operands = (value,)
        case Among(values=tuple() as values):
            operands = values
        case Among(values=value) | Part(values=value) | Includes(values=value):
            operands = (value,)
        case _:
            operands = ()
    plain = (each.of if isinstance(each, Multiple) else each for each in operands)
    return tuple(each for each in plain if isinstance(each, Fact | Mine))


def other(sentence: Sentence) -> Other | None:
    """The one fact that *sentence* compares its own fact with."""
    return next(iter(others(sentence)), None)


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions right under *condition*."""
    match condition:
        case Not(operand):
            return (operand,)
        case Join(_, operands):
            return operands
        case Quantified(items=items):
            return items
        case Points(items=weighted):
            return tuple(each for _, each in weighted)
        case Defined(condition=inner):
            return (inner,)
        case _:
            return ()


def sentences(condition: Condition) -> Iterator[Sentence]:
    """Every sentence in *condition*, each time it stands there."""
    match condition:
        case Not() | Join() | Quantified() | Points() | Defined():
            for each in parts(condition):
                yield from sentences(each)
        case _:
            yield condition
