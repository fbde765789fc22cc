"""What proposed EXAMPLEs are called, and what they show, in sentences."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from connectrules.policy import Policy
from connectrules.program import OTHERWISE
from connectrules.resolve.resolved import BARE
from connectrules.testing.goals import Aspect, Goal, Shown
from connectrules.testing.proposing import Proposal


def name_of(policy: Policy[Any], proposal: Proposal, taken: Iterable[str]) -> str:
    """A name for the EXAMPLE, by what it shows, that is none of those *taken*."""
    used, shown = {*taken}, Shown(policy, [proposal.tried])
    names = [_name(goal, place, shown) for goal, place in proposal.shows]
    free = next((name for name in names if name not in used), None)
    if free is not None:
        return free
    return next(name for n in count(2) if (name := f"{names[0]} ({n})") not in used)


def _name(goal: Goal, place: int, shown: Shown) -> str:
    rule = "the rule" if goal.rule == BARE else goal.rule
    if goal.test is None:
        return "no rule applies" if goal.rule == OTHERWISE else f"{rule} applies"
    match goal.aspect:
        case Aspect.UNKNOWN:
            return "nothing is known"
        case Aspect.ALONE:
            return f"{_turned(rule, goal, place, shown)} {goal.test.sentence}"
        case _:
            negated = "" if goal.aspect is Aspect.HOLDS else "not "
            return f"{negated}{goal.test.sentence}"


def _turned(rule: str, goal: Goal, place: int, shown: Shown) -> str:
    """Whether the rule applies, and whether a condition makes it so by holding or by not."""
    if _applies(goal, shown):
        return f"{rule}, by" if place == 0 else f"{rule}, without"
    return f"not {rule}, by" if place == 0 else f"{rule}, but for"


def _applies(goal: Goal, shown: Shown) -> bool:
    assert goal.root is not None  # noqa: S101 - a condition is a rule's
    return bool(shown.seen.rails(goal.root).surely_true)


def sentences_of(policy: Policy[Any], proposal: Proposal) -> Iterator[str]:
    """What the EXAMPLE shows, in sentences."""
    shown = Shown(policy, [proposal.tried])
    together: dict[tuple[str, str], list[str]] = {}
    applying = []
    for goal, place in proposal.shows:
        rule = "the rule" if goal.rule == BARE else f'"{goal.rule}"'
        if goal.test is None:
            no_rule = "no rule applies, so that OTHERWISE decides"
            applying.append(no_rule if goal.rule == OTHERWISE else f"{rule} applies")
        elif goal.aspect is Aspect.ALONE:
            would = f"{rule} would {'not apply' if _applies(goal, shown) else 'apply'}"
            conditions = together.setdefault(("not so" if place == 0 else "so", would), [])
            conditions.append(f"`{goal.test.sentence}`")
    if applying:
        yield f"Here {_words(applying, 'and')}."
    for (so, would), conditions in together.items():
        yield f"Were {_words(conditions, 'or')} {so}, {would}."


def _words(items: Sequence[str], word: str) -> str:
    *others, last = items
    return f"{', '.join(others)} {word} {last}" if others else last
