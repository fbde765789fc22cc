"""What a change of a policy turns: which rules come out otherwise, and where that shows."""

from collections.abc import Iterator

import attrs

from connectrules.exact.variables import ORDER, BoundRule
from connectrules.rules.tree import Condition
from connectrules.testing.mutants.changes import Decided, Dropped, Replaced
from connectrules.testing.mutants.making import Mutants
from connectrules.testing.ways import Left, ways_down
from connectrules.verdict import Decision


@attrs.frozen
class Turn:
    """A rule that a change turns.

    It shows where what it changes comes out otherwise, all above it is left to that, and
    no rule of a stronger decision holds.

    Attributes:
        place: The rule's place among the rules.
        rule: The rule's condition.
        before: What comes out otherwise.
        after: What is in its place then; None where that is as if it never held.
        way: What leads to it from the rule's condition.
        decision: The strongest decision that the rule makes, before or after.
    """

    place: int
    rule: Condition
    before: Condition
    after: Condition | None
    way: tuple[Left, ...]
    decision: Decision


def turns(mutants: Mutants, change: Replaced | Dropped | Decided) -> Iterator[Turn]:
    """The rules that *change* turns."""
    match change:
        case Dropped(place):
            yield _whole(place, mutants.rules[place], mutants.rules[place].decision)
        case Decided(place, decision):
            rule = mutants.rules[place]
            yield _whole(place, rule, min(rule.decision, decision, key=ORDER.index))
        case Replaced(site, condition):
            for place, new in mutants.replaced(change).items():
                rule = mutants.rules[place]
                ways = [*ways_down(rule.condition, site.condition)]
                if len(ways) == 1:
                    before, after, way = site.condition, condition, ways[0]
                else:
                    before, after, way = rule.condition, new, ()
                yield Turn(place, rule.condition, before, after, way, rule.decision)


def _whole(place: int, rule: BoundRule, decision: Decision) -> Turn:
    return Turn(place, rule.condition, rule.condition, None, (), decision)


def stronger(mutants: Mutants, decision: Decision) -> list[Condition]:
    """The conditions of the rules that beat *decision*."""
    beating = ORDER[: ORDER.index(decision)]
    return [each.condition for each in mutants.rules if each.decision in beating]
