"""A policy's lines, and what cases show of the conditions and rules on each."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

import attrs

from connectrules.policy import Policy
from connectrules.program import OTHERWISE
from connectrules.resolve.resolved import BARE
from connectrules.rules.tree import Test
from connectrules.source import Location, Source
from connectrules.testing.coverage import Coverage, Finding
from connectrules.testing.goals import Aspect

SEEN = (Aspect.HOLDS, Aspect.FAILS, Aspect.UNKNOWN)
"""How a condition can come out."""


class Gap(Enum):
    """Why something is not shown, and what there is to do."""

    PROPOSED = "proposed"
    """There are EXAMPLEs that would show it."""
    IMPOSSIBLE = "impossible"
    """Nobody can show it."""
    NOT_FOUND = "not found"
    """It was looked for somebody who shows it, and nobody was found."""
    OPEN = "open"
    """It was not looked for anybody."""


def gap_of(finding: Finding) -> Gap | None:
    """Why *finding* is not shown; None where it is."""
    if finding.is_shown:
        return None
    if finding.impossible:
        return Gap.IMPOSSIBLE
    if finding.tries:
        return Gap.NOT_FOUND
    return Gap.PROPOSED if finding.proposals else Gap.OPEN


@attrs.frozen
class Condition:
    """A condition where it is written, and what is shown of it.

    Attributes:
        test: The condition.
        seen: What is shown of how it comes out, by aspect.
        deciding: Whether it is shown to decide, for each rule that it is part of.
    """

    test: Test
    seen: Mapping[Aspect, Finding]
    deciding: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is to be shown of it."""
        return (*self.seen.values(), *self.deciding)

    def times(self, aspect: Aspect) -> int:
        """How many cases show *aspect* of it."""
        return len(self.seen[aspect].cases[0])


@attrs.frozen
class Line:
    """A line of a policy.

    Attributes:
        number: Its number, from 1.
        text: Its text.
        rules: Whether the rules that begin on it decide; OTHERWISE as well.
        conditions: The conditions that begin on it.
    """

    number: int
    text: str
    rules: tuple[Finding, ...]
    conditions: tuple[Condition, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All that is to be shown of what begins on it."""
        return (*self.rules, *(each for one in self.conditions for each in one.findings))


@attrs.frozen
class Text:
    """A policy's text, or one that it USEs conditions of.

    Attributes:
        source: The text.
        lines: Its lines.
    """

    source: Source
    lines: tuple[Line, ...]


def texts_of(policy: Policy[Any], coverage: Coverage) -> tuple[Text, ...]:
    """The text of *policy*, and the others that its conditions stand in, with what is shown."""
    conditions = [*_conditions(coverage.findings)]
    sources = dict.fromkeys((policy.source, *(_source(each.test) for each in conditions)))
    rules = [each for each in coverage.findings if each.goal.aspect is Aspect.DECIDES]
    return tuple(_text(policy, source, rules, conditions) for source in sources)


def place_of(policy: Policy[Any], finding: Finding) -> tuple[Source, Location] | None:
    """The text and the place in it where that is written which *finding* is about."""
    test = finding.goal.test
    if test is not None and test.span is not None:
        return _source(test), _source(test).location(test.span.start)
    span = policy.places.get(finding.goal.rule)
    return None if span is None else (policy.source, policy.source.location(span.start))


def rule_said(name: str) -> str:
    """A rule as it is spoken of."""
    return {BARE: "the condition", OTHERWISE: "OTHERWISE"}.get(name, f"`{name}`")


def _conditions(findings: Iterable[Finding]) -> Iterator[Condition]:
    """The conditions that *findings* are about, in the order of their places."""
    found: dict[int, list[Finding]] = {}
    for each in findings:
        if each.goal.test is not None:
            found.setdefault(id(each.goal.test), []).append(each)
    for together in found.values():
        test = together[0].goal.test
        assert test is not None  # noqa: S101 - as sorted out above
        seen = {each.goal.aspect: each for each in together if each.goal.aspect in SEEN}
        deciding = tuple(each for each in together if each.goal.aspect is Aspect.ALONE)
        yield Condition(test, seen, deciding)


def _source(test: Test) -> Source:
    assert test.source is not None  # noqa: S101 - conditions that are read have a place
    return test.source


def _text(
    policy: Policy[Any],
    source: Source,
    rules: Iterable[Finding],
    conditions: Iterable[Condition],
) -> Text:
    on: dict[int, tuple[list[Finding], list[Condition]]] = {}
    for rule in rules if source == policy.source else ():
        if rule.goal.rule in policy.places:
            number = source.location(policy.places[rule.goal.rule].start).line
            on.setdefault(number, ([], []))[0].append(rule)
    for each in sorted(conditions, key=_start):
        if _source(each.test) == source:
            on.setdefault(source.location(_start(each)).line, ([], []))[1].append(each)
    last = source.location(len(source.text)).line
    lines = []
    for number in range(1, last + 1):
        begun, held = on.get(number, ([], []))
        lines.append(Line(number, source.line(number), tuple(begun), tuple(held)))
    return Text(source, tuple(lines))


def _start(condition: Condition) -> int:
    assert condition.test.span is not None  # noqa: S101 - as above
    return condition.test.span.start
