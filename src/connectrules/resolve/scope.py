"""What the sentences of a policy are read against."""

from collections.abc import Mapping

import attrs

from connectrules.resolve.book import Node
from connectrules.resolve.names import Names
from connectrules.resolve.outlines import Outlines
from connectrules.resolve.report import Report
from connectrules.resolve.resolved import Item
from connectrules.rules.tree import Subject


@attrs.frozen(eq=False)
class Scope:
    """What the sentences of a policy are read against, and what was found in them.

    Attributes:
        names: The names in force.
        phrases: The registered phrases.
        hidden: Fields that are no fact, by their name, and why.
        report: Where mistakes go.
        tested: The facts that conditions test, and the keys of the definitions
            that they name.
        lists: The conditions that stand side by side.
        outlines: How sentences are read.
    """

    names: Names
    phrases: Node
    hidden: Mapping[str, str]
    report: Report
    tested: set[Subject | str] = attrs.field(factory=set)
    lists: list[tuple[Item, ...]] = attrs.field(factory=list)
    outlines: Outlines = attrs.field(init=False)

    @outlines.default
    def _outlines(self) -> Outlines:
        return Outlines(self.names, self.phrases)
