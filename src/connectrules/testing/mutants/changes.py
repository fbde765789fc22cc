"""What a mutant is: a change of the text, and what it changes in the rules."""

from enum import Enum

import attrs

from connectrules.diagnostics import Edit
from connectrules.fixes import edited
from connectrules.rules.tree import Condition, Subject
from connectrules.source import Source
from connectrules.testing.mutants.sites import Site
from connectrules.verdict import Decision


class Kind(Enum):
    """What kind of change a mutant is."""

    RULE_DROPPED = "rule dropped"
    CONDITION_DROPPED = "condition dropped"
    UNLESS_DROPPED = "UNLESS dropped"
    NOT_DROPPED = "NOT dropped"
    OPPOSITE = "opposite"
    JOINED_OTHERWISE = "AND for OR"
    NUMBER_OF_ITEMS = "number of items"
    POINTS = "points of an item"
    THRESHOLD = "threshold"
    BOUNDARY = "boundary"
    TEXT_DROPPED = "text dropped"
    DECISION = "decision"
    DEFAULT = "default"
    ASSUMPTION_REMOVED = "assumption removed"
    ASSUMPTION_TURNED = "assumption turned"


@attrs.frozen
class Replaced:
    """Another condition in the place of one.

    Attributes:
        site: The place.
        condition: What stands there now.
    """

    site: Site
    condition: Condition


@attrs.frozen
class Dropped:
    """A rule is gone.

    Attributes:
        rule: The place of the rule among the rules.
    """

    rule: int


@attrs.frozen
class Decided:
    """A rule decides otherwise.

    Attributes:
        rule: The place of the rule among the rules.
        decision: What it decides now.
    """

    rule: int
    decision: Decision


@attrs.frozen
class Defaulted:
    """OTHERWISE decides otherwise.

    Attributes:
        decision: What it decides now.
    """

    decision: Decision


@attrs.frozen
class Assumed:
    """An unknown fact is taken to be something else.

    Attributes:
        subject: The fact.
        value: What it is taken to be now, in the form tests compare; None for nothing.
    """

    subject: Subject
    value: object


Change = Replaced | Dropped | Decided | Defaulted | Assumed


@attrs.frozen
class Mutant:
    """A policy with one small change.

    Attributes:
        kind: What kind of change it is.
        source: The policy's text.
        edits: The change of the text.
        change: The change of the rules.
    """

    kind: Kind
    source: Source = attrs.field(repr=False)
    edits: tuple[Edit, ...]
    change: Change = attrs.field(eq=False, repr=False)

    @property
    def text(self) -> str:
        """The text with the change made."""
        return edited(self.source.text, self.edits)

    @property
    def line(self) -> int:
        """The line that it changes first."""
        span = self.edits[0].span
        taken_out = self.source.text[span.start : span.end]
        blank = len(taken_out) - len(taken_out.lstrip()) if taken_out.strip() else 0
        return self.source.location(span.start + blank).line
