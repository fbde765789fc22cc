"""All mutants of a policy."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from connectrules.diagnostics import Edit
from connectrules.policy import Policy
from connectrules.resolve.conditions import Conditions
from connectrules.resolve.subjects import subject
from connectrules.resolve.values import value
from connectrules.resolve.words import written
from connectrules.rules.tree import Condition, Subject
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    YesNo,
    folded,
)
from connectrules.source import Source, Span
from connectrules.syntax import tree, words
from connectrules.testing.mutants import neighbours
from connectrules.testing.mutants.changes import (
    Assumed,
    Change,
    Decided,
    Defaulted,
    Dropped,
    Kind,
    Mutant,
    Replaced,
)
from connectrules.testing.mutants.joints import changed_joints
from connectrules.testing.mutants.sentences import changed_sentences
from connectrules.testing.mutants.sites import Site, Sites
from connectrules.verdict import Decision

_DECISIONS = (Decision.CONNECT, Decision.REVIEW, Decision.DECLINE)
_DECIDES = re.compile(r"OTHERWISE(?:\s|#[^\r\n]*)+(?P<decision>CONNECT|REVIEW|DECLINE)")


class Mutants:
    """The mutants of a policy, in the order of its text.

    What other files declare is left as it is, and so is what a registered phrase asks.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy[Any]) -> None:
        self.policy = policy
        self.sites = Sites(policy)
        self.rules = tuple(
            attrs.evolve(bound, condition=rule.site.condition)
            for bound, rule in zip(policy.rules, self.sites.rules, strict=True)
        )
        """The policy's rules, with the conditions of the sites."""
        self._text = policy.source.text
        found = [*self._of_sites(), *self._of_rules(), *self._of_default(), *self._of_assumptions()]
        self.mutants = tuple(sorted(found, key=lambda each: each.edits[0].span))
        """All of them."""

    def mutated(self, change: Change) -> Policy[Any]:
        """The policy with *change* made; its rules keep their names, and its text stands."""
        binding = self.policy._binding  # noqa: SLF001 - one library, and nobody else's business
        resolved, default, rules = binding.resolved, binding.default, [*binding.resolved.rules]
        match change:
            case Dropped(place):
                del rules[place]
            case Decided(place, decision):
                rules[place] = attrs.evolve(rules[place], decision=decision)
            case Defaulted(decision):
                default = decision
            case Assumed(about, value):
                assumed = {each: known for each, known in resolved.assumed.items() if each != about}
                new = assumed if value is None else {**assumed, about: value}
                resolved = attrs.evolve(resolved, assumed=new)
            case Replaced():
                for place, condition in self.replaced(change).items():
                    rules[place] = attrs.evolve(rules[place], condition=condition)
        resolved = attrs.evolve(resolved, rules=tuple(rules), default=default)
        made = type(binding)(resolved, default, binding.vocabulary)
        return Policy(self.policy.source, self.policy.base, self.policy.used, made, made.plainly)

    def replaced(self, change: Replaced) -> dict[int, Condition]:
        """The conditions of the rules in which *change* is, by the rules' places.

        All that is not above the change is shared with the policy's own.
        """
        conditions = self.path(change)
        return {
            place: conditions[rule.site]
            for place, rule in enumerate(self.sites.rules)
            if rule.site in conditions
        }

    def path(self, change: Replaced) -> dict[Site, Condition]:
        """What is at the place of *change* and above it then, each after its parts."""
        found = {change.site: change.condition}
        for site in self.sites.above(change.site):
            found[site] = site.join([found.get(each, each.condition) for each in site.parts])
        return found

    # Making

    def _mutant(self, kind: Kind, edits: Sequence[Edit], change: Change) -> Mutant:
        return Mutant(kind, self.policy.source, tuple(edits), change)

    def _of_sites(self) -> Iterator[Mutant]:
        for site in self.sites.order:
            if isinstance(site.node, tree.Sentence):
                changes = changed_sentences(self.sites, site, site.node)
            else:
                changes = changed_joints(site)
            for kind, edits, condition in changes:
                yield self._mutant(kind, edits, Replaced(site, condition))

    def _of_rules(self) -> Iterator[Mutant]:
        for place, each in enumerate(self.sites.rules):
            if each.rule is None:
                continue
            yield self._mutant(Kind.RULE_DROPPED, [self._without(each.rule.span)], Dropped(place))
            yield from self._of_decision(place, each.rule)
            if each.rule.unless is not None:
                gap = Span(each.rule.condition.span.end, each.rule.unless.span.end)
                change = Replaced(each.site, each.site.parts[0].condition)
                yield self._mutant(Kind.UNLESS_DROPPED, [Edit(gap, "")], change)

    def _of_decision(self, place: int, rule: tree.Rule) -> Iterator[Mutant]:
        start = rule.span.start
        span = Span(start, start + len(rule.decision.name))
        for decision in _DECISIONS:
            if decision is not rule.decision:
                edit = Edit(span, decision.name)
                yield self._mutant(Kind.DECISION, [edit], Decided(place, decision))

    def _of_default(self) -> Iterator[Mutant]:
        for each in self.sites.document.statements:
            if not isinstance(each, tree.Otherwise):
                continue
            found = _DECIDES.match(self._text, each.span.start)
            for decision in _DECISIONS if found else ():
                if found and decision is not each.decision:
                    edit = Edit(Span(*found.span("decision")), decision.name)
                    yield self._mutant(Kind.DEFAULT, [edit], Defaulted(decision))

    def _of_assumptions(self) -> Iterator[Mutant]:
        tested = {*self.policy.facts}
        conditions = Conditions(self.policy.source, self.sites.scope)
        for each in self.sites.document.statements:
            if not isinstance(each, tree.AssumeLine):
                continue
            about = subject(conditions, each.name, "ASSUME")
            if about is None or about not in tested:
                continue
            edit = self._without(each.span)
            yield self._mutant(Kind.ASSUMPTION_REMOVED, [edit], Assumed(about, None))
            said = written(self.policy.source, each.value.tokens)
            for text, turned in _turned(about, self.sites.resolved.assumed[about], said):
                edit = Edit(each.value.span, text)
                yield self._mutant(Kind.ASSUMPTION_TURNED, [edit], Assumed(about, turned))

    def _without(self, span: Span) -> Edit:
        """What takes out a statement, with the lines that it has to itself."""
        start = self._text.rfind("\n", 0, span.start) + 1
        end = self._text.find("\n", span.end)
        end = len(self._text) if end < 0 else end + 1
        beside = self._text[start : span.start] + self._text[span.end : end]
        return Edit(span if beside.strip() else Span(start, end), "")


def _turned(about: Subject, assumed: object, said: str) -> Iterator[tuple[str, object]]:
    """What else a fact could be *assumed* to be, as it is written and as tests compare it."""
    for text in _otherwise(about.type, assumed, said):
        node = tree.Sentence(words.split(text, 0), Span(0, len(text)))
        found = value(Source("", text), node, about.type, about.name, unsure=False)
        yield text, about.type.ready(found)


def _otherwise(kind: FactType, assumed: object, said: str) -> Iterator[str]:
    match kind:
        case YesNo():
            yield "no" if assumed else "yes"
        case OneOf(choices):
            for choice in choices:
                if folded(choice) != assumed:
                    escaped = choice.replace("\\", "\\\\").replace('"', '\\"')
                    yield f'"{escaped}"'
        case CountType():
            yield from neighbours.numbers(said, least=0)
        case Number():
            yield from neighbours.numbers(said)
        case Date():
            yield from neighbours.days(said)
        case Text():
            yield '"another"' if assumed == folded("something else") else '"something else"'
        case _:
            pass
