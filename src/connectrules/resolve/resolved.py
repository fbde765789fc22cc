"""What resolving a policy gives: plain data."""

import datetime
from collections.abc import Mapping

import attrs

from connectrules.resolve.book import Node
from connectrules.resolve.names import Names
from connectrules.rules.tree import Condition, Spoken
from connectrules.schema.vocabulary import Fact, Vocabulary
from connectrules.source import Source, Span
from connectrules.verdict import Decision

BARE = "policy"
"""What the rule of a bare condition is called."""


@attrs.frozen
class Declared:
    """A name that a line declares, or assumes something of.

    Attributes:
        word: The line's first word, such as ``FACT``.
        name: The name as it is written.
        source: The text it stands in.
        span: Where the name stands.
    """

    word: str
    name: str
    source: Source
    span: Span


@attrs.frozen
class Item:
    """One of several conditions that stand side by side.

    Attributes:
        condition: What it means.
        source: The text it stands in.
        span: Its place there.
    """

    condition: Condition
    source: Source
    span: Span

    @property
    def words(self) -> str:
        """Its words."""
        return " ".join(self.source.text[self.span.start : self.span.end].split())


@attrs.frozen
class ResolvedRule:
    """A rule whose condition is bound to facts.

    Attributes:
        name: Its name, given or counted.
        decision: What it decides.
        because: The reason it gives, if any.
        condition: When it applies, its exceptions included.
        span: Where it stands in the policy.
    """

    name: str
    decision: Decision
    because: str | None
    condition: Condition
    span: Span


@attrs.frozen
class Example:
    """An EXAMPLE: a contact, and the verdict expected of it.

    Attributes:
        name: What it is called.
        today: The day of judging, if it names one.
        expect: The decision expected.
        because_of: All rules that decide, where it says so.
        asking: All facts asked for, where it says so.
        facts: The contact's facts, by their sentence.
        mine: The owner's facts, by their name.
        span: Where it stands in the policy.
    """

    name: str
    today: datetime.date | None
    expect: Decision
    because_of: tuple[str, ...] | None
    asking: tuple[str, ...] | None
    facts: Mapping[str, object]
    mine: Mapping[str, object]
    span: Span


@attrs.frozen
class Resolved:
    """A policy that says what it means.

    Attributes:
        source: Its text.
        title: Its title, if it has one.
        about: What it is about, if it says so.
        rules: Its rules, in the order of the text.
        default: What OTHERWISE decides; None for a library of declarations.
        because: The reason OTHERWISE gives, if any.
        places: Where the rules stand in the text, by their names, and OTHERWISE by ``otherwise``.
        assumed: What unknown facts are taken to be, in the form tests compare.
        examples: Its EXAMPLEs.
        vocabulary: What it may speak of, its own declarations included.
        names: The names in force.
        phrases: The registered phrases, as a tree.
        used: The texts of the files it USEs, by path.
        unused: What its own lines declare and nothing uses.
        lists: The conditions that stand side by side in it.
    """

    source: Source
    title: str | None
    about: str | None
    rules: tuple[ResolvedRule, ...]
    default: Decision | None
    because: str | None
    places: Mapping[str, Span]
    assumed: Mapping[Fact | Spoken, object]
    examples: tuple[Example, ...]
    vocabulary: Vocabulary[object]
    names: Names
    phrases: Node
    used: Mapping[str, str]
    unused: tuple[Declared, ...]
    lists: tuple[tuple[Item, ...], ...]
