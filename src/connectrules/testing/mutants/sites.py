"""The places of a policy's text where conditions stand, with what they mean."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, assert_never

import attrs

from connectrules.policy import Policy
from connectrules.resolve.conditions import Conditions
from connectrules.resolve.definitions import components
from connectrules.resolve.lists import listed
from connectrules.resolve.names import Definition, key
from connectrules.resolve.phrases import Sentence
from connectrules.resolve.report import Report
from connectrules.resolve.scope import Scope
from connectrules.rules.tree import Condition, Not, all_of, any_of
from connectrules.schema.types import canonical
from connectrules.source import Source, Span
from connectrules.syntax import tree, words
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.parser import parse
from connectrules.syntax.tree import Joint

Join = Callable[[Sequence[Condition]], Condition]
"""From the conditions of a site's parts to its own."""


@attrs.frozen(eq=False)
class Site:
    """A place where a condition stands.

    Attributes:
        node: What stands there; None for a rule as a whole, its UNLESS included.
        condition: What it means.
        parts: The sites that it is made of; of a sentence that names a definition of
            the same text, that definition's.
        join: What makes its condition of those of its parts.
    """

    node: tree.Condition | None
    condition: Condition
    parts: tuple["Site", ...]
    join: Join


@attrs.frozen(eq=False)
class RuleSite:
    """A rule, and where it stands.

    Attributes:
        name: What it is called.
        rule: What stands there; None for a bare condition, which is a whole policy.
        site: Its condition, its UNLESS included.
    """

    name: str
    rule: tree.Rule | None
    site: Site


class Sites:
    """The places where the conditions of a policy's own text stand.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy[Any]) -> None:
        self.policy = policy
        self.source = policy.source
        self.resolved = policy._binding.resolved  # noqa: SLF001 - one library, and nobody else's business
        self.document, _ = parse(Source(self.source.name, _without_examples(policy)))
        self.scope = Scope(self.resolved.names, self.resolved.phrases, policy.base.hidden, Report())
        self._definitions: dict[str, Site] = {}
        self._define()
        self.rules = tuple(self._rules())
        """The rules, in the order of the text."""

    @cached_property
    def order(self) -> Mapping[Site, int]:
        """Every site of the rules once, each after its parts, with its place in the order."""
        return {site: place for place, site in enumerate(self._ordered())}

    def _ordered(self) -> Iterator[Site]:
        seen: set[Site] = set()
        stack = [(rule.site, False) for rule in reversed(self.rules)]
        while stack:
            site, done = stack.pop()
            if done:
                yield site
            elif site not in seen:
                seen.add(site)
                stack.append((site, True))
                stack += [(part, False) for part in reversed(site.parts) if part not in seen]

    @cached_property
    def _wholes(self) -> Mapping[Site, Sequence[Site]]:
        """The sites that each site is a part of."""
        found: dict[Site, list[Site]] = {}
        for site in self.order:
            for part in dict.fromkeys(site.parts):
                found.setdefault(part, []).append(site)
        return found

    def above(self, site: Site) -> list[Site]:
        """The sites that have *site* in them, each after those of its parts that do."""
        found: set[Site] = set()
        stack = [site]
        while stack:
            for whole in self._wholes.get(stack.pop(), ()):
                if whole not in found:
                    found.add(whole)
                    stack.append(whole)
        return sorted(found, key=self.order.__getitem__)

    # Reading

    def read(self, text: str) -> Condition | None:
        """What a sentence of the policy would mean, were it *text*; None where it has mistakes."""
        try:
            tokens = words.split(text, 0)
        except Mistake:
            return None
        if not self.is_read(tokens):
            return None
        node = tree.Sentence(tokens, Span(0, len(text)))
        return Conditions(Source(self.source.name, text), self.scope).condition(node)

    def is_read(self, tokens: Sequence[Any]) -> bool:
        """Whether *tokens* have a reading."""
        sentence = Sentence(tokens, self.scope.names, self.scope.phrases)
        return any(True for _ in sentence.named()) or bool(self.scope.outlines.exact(sentence))

    # Making

    def _define(self) -> None:
        """Make the sites of definitions, those that others speak of first."""
        lines = {
            canonical(self.resolved.names.definitions[key(each.name.tokens)].name): each
            for each in self.document.statements
            if isinstance(each, tree.Define)
        }
        spoken = {
            said: [name for name in self._named_in(line.condition) if name in lines]
            for said, line in lines.items()
        }
        for group in components(spoken):
            for said in group:
                self._definitions[said] = self._site(lines[said].condition)

    def _named_in(self, condition: tree.Condition) -> Iterator[str]:
        match condition:
            case tree.Sentence():
                found = self._definition(condition)
                if found is not None:
                    yield found[0]
            case tree.Denied(inner) | tree.Bracketed(inner):
                yield from self._named_in(inner)
            case tree.Joined(operands):
                for each in operands:
                    yield from self._named_in(each)
            case tree.Quantified(_, items):
                for item in items:
                    yield from self._named_in(item.condition)

    def _definition(self, node: tree.Sentence) -> tuple[str, bool] | None:
        """The definition that a sentence names, if it does, and whether it denies it."""
        for named, is_denied in self.scope.names.named(key(node.tokens)):
            if isinstance(named, Definition):
                return canonical(named.name), is_denied
        return None

    def _rules(self) -> Iterator[RuleSite]:
        if self.document.bare is not None:
            yield RuleSite(self.policy.rules[0].name, None, self._site(self.document.bare))
            return
        written = [each for each in self.document.statements if isinstance(each, tree.Rule)]
        for bound, rule in zip(self.policy.rules, written, strict=True):
            when = self._site(rule.condition)
            if rule.unless is not None:
                parts = (when, self._site(rule.unless))
                when = Site(None, _unless([each.condition for each in parts]), parts, _unless)
            yield RuleSite(bound.name, rule, when)

    def _site(self, node: tree.Condition) -> Site:
        match node:
            case tree.Bracketed(inner):
                return self._site(inner)
            case tree.Sentence():
                return self._sentence(node)
            case tree.Denied(operand):
                parts = (self._site(operand),)
                return Site(node, Not(parts[0].condition), parts, _not)
            case tree.Joined(operands):
                join = _all if node.joiners[0].joint is Joint.AND else _any
                return _joined(node, tuple(map(self._site, operands)), join)
            case tree.Quantified(_, items):
                sites = tuple(self._site(item.condition) for item in items)
                return _joined(node, sites, lambda conditions: listed(node, conditions))
        assert_never(node)

    def _sentence(self, node: tree.Sentence) -> Site:
        named = self._definition(node)
        if named is not None and named[0] in self._definitions:
            name, is_denied = named
            return _joined(node, (self._definitions[name],), _not if is_denied else _only)
        condition = Conditions(self.source, self.scope).condition(node)
        if condition is None:
            msg = "a sentence of a policy without mistakes has no reading"
            raise AssertionError(msg)
        return Site(node, condition, (), lambda _: condition)


def _without_examples(policy: Policy[Any]) -> str:
    """The text of *policy* with blanks for its EXAMPLEs: to read these takes the longest."""
    text, found, end = policy.source.text, "", 0
    for span in sorted(each.span for each in policy.examples):
        found += text[end : span.start] + re.sub(r"[^\r\n]", " ", text[span.start : span.end])
        end = span.end
    return found + text[end:]


def _joined(node: tree.Condition, parts: tuple[Site, ...], join: Join) -> Site:
    return Site(node, join([each.condition for each in parts]), parts, join)


def _only(conditions: Sequence[Condition]) -> Condition:
    (condition,) = conditions
    return condition


def _not(conditions: Sequence[Condition]) -> Condition:
    (condition,) = conditions
    return Not(condition)


def _all(conditions: Sequence[Condition]) -> Condition:
    return all_of(*conditions)


def _any(conditions: Sequence[Condition]) -> Condition:
    return any_of(*conditions)


def _unless(conditions: Sequence[Condition]) -> Condition:
    when, unless = conditions
    return all_of(when, Not(unless))
