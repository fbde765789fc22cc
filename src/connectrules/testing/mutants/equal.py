"""Whether a mutant decides about everybody as the policy does, by the same rules.

All ways in which the facts can be are gone through at once, as bits, so the answer is a
proof.
"""

from collections.abc import Iterator
from functools import reduce

from connectrules.exact.reach import Rails, turning
from connectrules.rules.tree import Condition
from connectrules.testing.mutants.changes import Assumed, Change, Defaulted
from connectrules.testing.mutants.making import Mutants
from connectrules.testing.mutants.spaces import Space, space_of, together
from connectrules.testing.mutants.turns import Turn, stronger, turns

_MOST_RULES = 8
"""Beside up to how many rules a change is looked at that hang together with nothing of it."""


class Equal:
    """Finds out which mutants of a policy decide about everybody as the policy does.

    Args:
        mutants: The mutants.
    """

    def __init__(self, mutants: Mutants) -> None:
        self._mutants = mutants
        self._assumed = mutants.sites.resolved.assumed

    def is_equal(self, change: Change) -> bool | None:
        """Whether *change* changes nothing for anybody; None where that was not found out.

        What the owner's facts are is left open.
        """
        match change:
            case Defaulted():
                answers = [self._is_never_left()]
            case Assumed():
                answers = [*self._assuming(change)]
            case _:
                answers = [*map(self._shows_nothing, turns(self._mutants, change))]
        if False in answers:
            return False
        return None if None in answers else True

    def _shows_nothing(self, turn: Turn) -> bool | None:
        """Whether nobody can tell, by the verdict, that a rule is turned."""
        turned = [turn.before] if turn.after is None else [turn.before, turn.after]
        turned += [turn.rule] if turn.way else []
        beside = stronger(self._mutants, turn.decision)
        space = space_of([*turned, *beside]) if len(beside) <= _MOST_RULES else None
        if space is None:
            # What hangs together with nothing of it can well fail by itself.
            beside = together(turned, beside)
            space = space_of([*turned, *beside])
        if space is None:
            return None
        before = space.rails(turn.before)
        after = Rails(0, space.everything) if turn.after is None else space.rails(turn.after)
        shows = _apart(before, after) & _all_fail(space, beside)
        for left in turn.way:
            below = [space.rails(item.condition) for item in left.count.items]
            shows &= turning(left.count, below, space.everything)[0][left.item]
        return _answer(shows, space)

    def _is_never_left(self) -> bool | None:
        """Whether OTHERWISE is never reached."""
        conditions = [each.condition for each in self._mutants.rules]
        space = space_of(conditions) if conditions else None
        return None if space is None else _answer(_all_fail(space, conditions), space)

    def _assuming(self, change: Assumed) -> Iterator[bool | None]:
        """Whether each rule comes out alike for what was assumed before and for what is now."""
        about, assumed = change.subject, self._assumed[change.subject]
        for rule in self._mutants.rules:
            beside = stronger(self._mutants, rule.decision)
            # Each twice, before and after, so that all their facts are filled in.
            space = space_of([*beside, rule.condition] * 2)
            before = space and space.supposing(about, assumed)
            after = (
                space if change.value is None else space and space.supposing(about, change.value)
            )
            if not space or not before or not after:
                yield None
                continue
            apart = _apart(before.rails(rule.condition), after.rails(rule.condition))
            yield _answer(apart & _all_fail(before, beside), space)


def _apart(one: Rails, other: Rails) -> int:
    """Where one condition can hold and the other fail."""
    return (one.true & other.false) | (one.false & other.true)


def _all_fail(space: Space, conditions: list[Condition]) -> int:
    """Where all of *conditions* can fail."""
    return reduce(int.__and__, (space.rails(each).false for each in conditions), space.everything)


def _answer(shows: int, space: Space) -> bool | None:
    if shows:
        return False
    return None if space.is_timed else True
