"""Conditions: from the syntax tree to the rule tree."""

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from connectrules.resolve.lists import check_count, check_items, check_length, listed
from connectrules.resolve.mixed import mixed
from connectrules.resolve.names import Definition, Named
from connectrules.resolve.phrases import Match, Sentence
from connectrules.resolve.resolved import Item
from connectrules.resolve.scope import Scope
from connectrules.resolve.words import whole, written
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import (
    Condition,
    Mine,
    Not,
    Operand,
    Subject,
    Test,
    all_of,
    any_of,
    mentions,
    subjects,
)
from connectrules.schema.types import canonical
from connectrules.schema.vocabulary import Fact
from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Token
from connectrules.syntax.tree import Joint

if TYPE_CHECKING:
    from connectrules.resolve.unread import Unread
    from connectrules.resolve.unread.shared_words import Shared

_HOLDS = next(operator for operator in PHRASE_BOOK if operator.name == "holds")

_MOST_EXPLAINED = 50
"""Of how many unknown sentences it is looked for what was meant."""


@attrs.frozen
class _Reading:
    """A way to read a sentence.

    Attributes:
        by: The definition or fact that it names or denies, or how it matches.
        condition: What it means; None where that is faulty.
        test: The test that it is, if it is one.
        denied: Whether it says the opposite of the name, or of the test.
    """

    by: Named | Match
    condition: Condition | None
    test: Test | None = None
    denied: bool = False

    @property
    def described(self) -> str:
        """What it is read as."""
        match self.by:
            case Match(fact=None, entry=entry):
                return f"the phrase `{entry.spelling}`"
            case Match():
                names = [f"`{each.name}`" for each in subjects(self.test)] if self.test else []
                if self.by.operator is _HOLDS:
                    return f"the fact {names[0]}"
                return f"a sentence about {' and '.join(names)}"
            case Definition(name) if not self.denied:
                return f"the definition `{name}`"
            case _:
                return f"the denial of `{self.by.name}`"

    @property
    def same(self) -> Hashable:
        """What readings that say the same have in common."""
        match self.by:
            case Match(fact=None):
                return self.test
            case Match():
                return self.denied, self.test
            case _:
                return "not" if self.denied else "is", canonical(self.by.name)

    @property
    def tested(self) -> Iterator[Subject | str]:
        """The facts, or the key of the definition, that it speaks of."""
        if isinstance(self.by, Definition):
            yield canonical(self.by.name)
        elif self.test is not None:
            for subject in mentions(self.test):
                yield subject.fact if isinstance(subject, Mine) else subject


class Conditions:
    """Reads the conditions of one text.

    Args:
        source: The text.
        scope: What its sentences are read against.
    """

    def __init__(self, source: Source, scope: Scope) -> None:
        self.source, self.scope = source, scope
        self.size = 0
        """How many sentences the conditions read so far have, definitions spelled out."""

    def condition(self, node: tree.Condition) -> Condition | None:
        """What *node* means; None where a mistake in it has been told."""
        match node:
            case tree.Sentence():
                return self._sentence(node)
            case tree.Bracketed(inner):
                return self.condition(inner)
            case tree.Denied(operand):
                affirmed = self.condition(operand)
                return None if affirmed is None else Not(affirmed)
            case tree.Joined():
                return self._joined(node)
            case tree.Quantified():
                return self._quantified(node)

    def sentence(self, node: tree.Sentence) -> Sentence:
        """*node*, ready to be read."""
        return Sentence(node.tokens, self.scope.names, self.scope.phrases)

    # Several conditions

    def _joined(self, node: tree.Joined) -> Condition | None:
        if (found := self._shared(node)) is not None:
            self.scope.report.tell(self.source, found.mistake)
            self._all([*node.operands[: found.first], *node.operands[found.last + 1 :]])
            return None
        operands = self._all(node.operands)
        joints = {joiner.joint for joiner in node.joiners}
        if len(joints) > 1:
            self.scope.report.tell(self.source, mixed(node, self.source.text))
            return None
        if operands is None:
            return None
        return all_of(*operands) if joints == {Joint.AND} else any_of(*operands)

    def _quantified(self, node: tree.Quantified) -> Condition | None:
        operands = self._all([item.condition for item in node.items])
        try:
            check_count(node)
        except Mistake as mistake:
            self.scope.report.tell(self.source, mistake)
            return None
        return None if operands is None else listed(node, operands)

    def _all(self, nodes: Sequence[tree.Condition]) -> list[Condition] | None:
        """What each of *nodes* means; None where one is faulty, after all were looked at."""
        found = [self.condition(node) for node in nodes]
        good = [each for each in found if each is not None]
        if len(good) < len(found):
            return None
        self.scope.lists.append(
            tuple(
                Item(condition, self.source, node.span)
                for node, condition in zip(nodes, good, strict=True)
            )
        )
        return good

    # Sentences

    def _sentence(self, node: tree.Sentence) -> Condition | None:
        sentence = self.sentence(node)
        try:
            readings = self._readings(sentence, node.span)
        except Mistake as mistake:
            self.scope.report.tell(self.source, mistake)
            return None
        if not readings:
            self._tell_unread(sentence, node.span)
            return None
        first = readings[0]
        other = next((each for each in readings[1:] if each.same != first.same), None)
        if other is not None:
            said = written(self.source, node.tokens)
            self.scope.report.tell(self.source, _ambiguous(node.span, said, first, other))
            return None
        self.size += first.by.size if isinstance(first.by, Definition) else 1
        self.scope.tested.update(first.tested)
        return first.condition

    def _readings(self, sentence: Sentence, span: Span) -> list[_Reading]:
        """The ways to read *sentence*.

        Raises:
            Mistake: Where it has one but for a number of items out of reach.
        """
        found = [
            self._denial(named, sentence, span)
            if is_denied
            else _Reading(named, named.condition if isinstance(named, Definition) else None)
            for named, is_denied in sentence.named()
        ]
        matches = self.scope.outlines.exact(sentence)
        return found + [self._match(each, sentence, span) for each in matches]

    def _denial(self, named: Named, sentence: Sentence, span: Span) -> _Reading:
        test = None
        match named:
            case Definition(condition=condition):
                inner: Condition | None = condition
            case Fact():
                words = written(self.source, sentence.tokens)
                inner = test = Test(_HOLDS, (named,), words, True, self.source, span)  # noqa: FBT003
        return _Reading(named, None if inner is None else Not(inner), test, denied=True)

    def _match(self, match: Match, sentence: Sentence, span: Span) -> _Reading:
        words = written(self.source, sentence.tokens)
        if match.fact is None:
            spoken = match.spoken(words)
            test = Test(_HOLDS, (spoken,), words, source=self.source, span=span)
            return _Reading(match, test, test)
        operands: list[Operand] = [match.fact]
        for _, filled in match.holes:
            check_length(filled.operand, sentence.tokens, filled.start)
            if isinstance(operands[-1], int) and filled.operand is not None:
                check_items(operands[-1], filled.operand, sentence.tokens[filled.start - 2])
            operands += [] if filled.operand is None else [filled.operand]
        denied = match.entry.denied
        test = Test(match.operator, tuple(operands), words, denied, self.source, span)
        return _Reading(match, Not(test) if denied else test, test, denied)

    def _shared(self, node: tree.Joined) -> "Shared | None":
        """The operands of *node* that are nothing but values, and share words."""
        if not any(isinstance(each, tree.Sentence) and each.is_value for each in node.operands):
            return None
        from connectrules.resolve.unread import shared  # noqa: PLC0415 - for mistakes alone

        return shared(node, self._unread)

    def _unread(self, tokens: Sequence[Token]) -> "Unread":
        """*tokens* as a sentence without a reading."""
        from connectrules.resolve.unread import Unread  # noqa: PLC0415 - for mistakes alone

        sentence = Sentence(tokens, self.scope.names, self.scope.phrases)
        return Unread(sentence, self.source, whole(tokens), self.scope.hidden)

    def _tell_unread(self, sentence: Sentence, span: Span) -> None:
        """Report why *sentence* has no reading, unless that is known or cannot be known."""
        report = self.scope.report
        if report.is_known(
            sentence.key, self.source, sentence.tokens
        ) or self.scope.names.is_clouded(sentence.holes.texts):
            return
        from connectrules.resolve.unread import Unread, explained  # noqa: PLC0415 - as above

        unread = Unread(sentence, self.source, span, self.scope.hidden)
        mistake = explained(unread, in_full=report.unread < _MOST_EXPLAINED)
        if mistake.code == "CR102":
            report.tell_unread(self.source, mistake, sentence.key, sentence.tokens)
        else:
            report.tell(self.source, mistake)


def _ambiguous(span: Span, said: str, one: _Reading, other: _Reading) -> Mistake:
    return Mistake(
        span,
        "CR104",
        f"`{said}` has two readings: {one.described}, and {other.described}",
        help=("give one of the two another name",),
    )
