"""Policies, drawn as trees, printed, and parsed back."""

from collections.abc import Container, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar, overload

import attrs
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from connectrules.errors import PolicyError
from connectrules.policy import Policy
from connectrules.schema.contact import Contact
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
    shown,
)
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.syntax.words import sentence
from connectrules.testing.strategies.conditions import BYTES, Conditions, Draw
from connectrules.testing.strategies.noting import noted
from connectrules.testing.strategies.sentences import (
    Sentences,
    Subject,
    assumed,
    chosen,
    said,
    ways_to_name,
)

R = TypeVar("R")

_DECLARED: Sequence[Fact] = (
    Fact("is a sponsor", YesNo()),
    Fact("would vouch for", YesNo(), question="Would you vouch for {name}?", asked=True),
    Fact("badges", CountType()),
    Fact("rating", Number()),
    Fact("motto", Text()),
    Fact("standing", OneOf(("gold", "silver", "bronze"))),
    Fact("introduced on", Date()),
    Fact("hobbies", TextList()),
)
"""Facts that a policy declares itself, where nothing is called so already."""
_DEFINED = ("a fine contact", "an odd fellow")
_ORDER: Sequence[type[FactType]] = (YesNo, CountType, Number, Text, OneOf, Date, TextList)
_DECISIONS = ("CONNECT", "DECLINE", "REVIEW")
_MOST_RULES = 3
_QUARTER, _THIRD, _HALF = 64, 85, 128
"""Of the numbers that a byte can be."""


@overload
def policies(
    vocabulary: None = None, *, max_conditions: int = ...
) -> SearchStrategy[Policy[Contact]]: ...


@overload
def policies(
    vocabulary: Vocabulary[R], *, max_conditions: int = ...
) -> SearchStrategy[Policy[R]]: ...


def policies(
    vocabulary: Vocabulary[Any] | None = None, *, max_conditions: int = 12
) -> SearchStrategy[Policy[Any]]:
    """Policies over every sentence that a vocabulary allows.

    They have rules with and without UNLESS, BECAUSE and a name, lists and points, FACT, ASK,
    ASSUME and DEFINE lines, ``my`` facts, and the vocabulary's phrases. The simplest is one
    bare sentence. Where a test fails, the policy's text is shown.

    Args:
        vocabulary: What they speak of; by default that of `Contact`.
        max_conditions: How many sentences their conditions have at most.

    Raises:
        TypeError: Where *vocabulary* is none, or *max_conditions* no whole number.
        ValueError: Where *max_conditions* is less than 1.
    """
    if not isinstance(max_conditions, int):
        msg = f"`max_conditions` is a whole number, and `{shown(max_conditions)}` is none"
        raise TypeError(msg)
    if max_conditions < 1:
        msg = f"a policy has 1 condition or more, and `max_conditions` is {max_conditions}"
        raise ValueError(msg)
    known: Vocabulary[Any] = Vocabulary.of(Contact) if vocabulary is None else vocabulary
    if not isinstance(known, Vocabulary):
        msg = f"policies are drawn for a vocabulary, and a `{type(known).__name__}` is none"
        raise TypeError(msg)
    phrases = {each.name for each in known.phrases}
    taken = frozenset({*known.facts, *known.hidden, *(name for name in phrases if name)})
    groups, defined = _groups(known, taken), [each for each in _DEFINED if each not in taken]

    @st.composite
    def policy(draw: st.DrawFn) -> Policy[Any]:
        text = _Draft(draw, groups, defined, max_conditions).text()
        noted(lambda: text)
        return _parsed(text, known)

    return policy()


def _groups(vocabulary: Vocabulary[Any], taken: Container[str]) -> list[list[Subject]]:
    """What policies speak of, by type, so that each type comes as often as another."""
    facts = [
        *(each for each in vocabulary.facts.values() if _can_be_said(each)),
        *(each for each in _DECLARED if each.key not in taken),
    ]
    by_type = sorted(facts, key=lambda each: _ORDER.index(type(each.type)))
    groups: list[list[Subject]] = [
        [*found] for _, found in groupby(by_type, key=lambda each: type(each.type))
    ]
    return [*groups, [*vocabulary.phrases]] if vocabulary.phrases else groups


def _can_be_said(fact: Fact) -> bool:
    return sentence(said(fact)) is not None and not fact.key.startswith("my ")


def _parsed(text: str, vocabulary: Vocabulary[Any]) -> Policy[Any]:
    try:
        return Policy.parse(text, vocabulary=vocabulary)
    except PolicyError as error:
        # Names of the user's own can be so alike that one sentence has two readings.
        if all(each.code == "CR104" for each in error.diagnostics):
            reject()
        raise


@attrs.frozen
class _Rule:
    """A rule but for its exception.

    Attributes:
        decision: What it decides.
        words: Whether it has a name and a reason.
        condition: When it applies.
        has_unless: Whether it has an exception.
    """

    decision: str
    words: int
    condition: str
    has_unless: bool

    def lines(self, number: int, exceptions: Iterator[str]) -> Iterator[str]:
        """The rule, the *number*-th of its policy; its exception is the next of *exceptions*."""
        name = f' "rule {number}"' if self.words >= _HALF else ""
        yield f"{self.decision}{name} WHEN {self.condition}"
        if self.has_unless:
            yield f"UNLESS {next(exceptions)}"
        if self.words % 2:
            yield f'BECAUSE "reason {number}"'


class _Draft:
    """A policy that is being drawn.

    Each rule says whether another follows, and the conditions of exceptions and definitions are
    drawn last: so what is left out leaves all else as it was, and cases become small.

    Args:
        draw: What draws.
        groups: What policies speak of, by type.
        names: What its definitions may be called.
        most: How many sentences it has at most.
    """

    def __init__(
        self, draw: Draw, groups: Sequence[Sequence[Subject]], names: Sequence[str], most: int
    ) -> None:
        self._draw = draw
        self._head, numbers = draw(BYTES), draw(BYTES)
        self._subjects = [*dict.fromkeys(_subjects(groups, numbers))]
        self._conditions = Conditions(draw, Sentences(self._subjects))
        self._names = names
        self._left = self._head[0] * most // 256
        """How many sentences there may be beside those that are sure to come."""

    def text(self) -> str:
        """Its text."""
        _, form, title, which, what, wanted, decision, because, _ = self._head
        if form < _QUARTER:
            self._draw(BYTES)  # as for a rule, of which a smaller byte makes a bare condition so
            condition = self._conditions.condition(self._left, ())
            declared = self._declarations([condition])
            lines = [*declared, f"CONNECT WHEN {condition}", "OTHERWISE DECLINE"]
            return "\n".join(lines) if declared else condition
        most = max(wanted - _HALF, 0) * (len(self._names) + 1) // _HALF
        names = [each for each in self._names[:most] if self._take()]
        rules = [*self._drawn_rules(names)]
        unless = [self._condition(names, 1 + len(names)) for each in rules if each.has_unless]
        conditions = [*(each.condition for each in rules), *unless]
        definitions = self._definitions(names, conditions)
        lines = ['POLICY "drawn"', 'ABOUT "It was drawn by chance."'] if title % 2 else []
        lines += self._declarations(conditions)
        lines += [*self._assumptions(conditions, which, what), *definitions]
        exceptions = iter(unless)
        for place, rule in enumerate(rules):
            lines += rule.lines(place + 1, exceptions)
        reason = ' BECAUSE "nothing else applies"' if because % 2 else ""
        lines.append(f"OTHERWISE {chosen(('DECLINE', *_DECISIONS), decision)}{reason}")
        return "\n".join(lines)

    def _drawn_rules(self, names: Sequence[str]) -> Iterator[_Rule]:
        more = _MOST_RULES
        while more:
            follows, decision, words, unless, *_ = self._draw(BYTES)
            more = more - 1 if follows >= _THIRD and more > 1 and self._take() else 0
            has_unless = unless >= _HALF and self._take()
            condition = self._condition(names, 1 + bool(more) + has_unless + bool(names))
            yield _Rule(chosen(_DECISIONS, decision), words, condition, has_unless)

    def _definitions(self, names: Sequence[str], conditions: list[str]) -> list[str]:
        """Those of *names* that *conditions* use are defined, each by those before it."""
        lines: list[str] = []
        for place in reversed(range(len(names))):
            if any(names[place] in each for each in conditions):
                conditions.append(self._condition(names[:place], place + 1))
                lines.insert(0, f"DEFINE {names[place]} AS {conditions[-1]}")
        return lines

    def _condition(self, names: Sequence[str], parts: int) -> str:
        """A condition that names some of *names*, with one of so many *parts* of what is left."""
        share = self._left // parts
        text = self._conditions.condition(share, names)
        self._left -= share - self._conditions.left
        return text

    def _take(self) -> bool:
        """Whether there may be a sentence more; it is sure to come then."""
        may_be = self._left > 0
        self._left -= may_be
        return may_be

    def _declarations(self, conditions: Sequence[str]) -> list[str]:
        """What *conditions* speak of and the policy has to declare."""
        named = self._named(conditions)
        return [_declaration(each) for each in named if each in _DECLARED]

    def _assumptions(self, conditions: Sequence[str], which: int, what: int) -> list[str]:
        return [
            f"ASSUME {said(fact)}: {assumed(fact, what)}"
            for place, fact in enumerate(self._named(conditions))
            if which >= _HALF and which >> place & 1
        ]

    def _named(self, conditions: Sequence[str]) -> list[Fact]:
        """The facts that *conditions* speak of."""
        facts = [each for each in self._subjects if isinstance(each, Fact)]
        text = "\n".join(conditions)
        return [each for each in facts if any(words in text for words in ways_to_name(each))]


def _subjects(groups: Sequence[Sequence[Subject]], numbers: bytes) -> list[Subject]:
    found = []
    for place in range(0, 8, 2):
        group = groups[numbers[place] * len(groups) // 256]
        found.append(group[numbers[place + 1] * len(group) // 256])
    return found


def _declaration(fact: Fact) -> str:
    if fact.question is not None:
        return f'ASK {fact.name}: "{fact.question}"'
    return f"FACT {fact.name}: {fact.type.name}"
