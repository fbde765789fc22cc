"""What proposed EXAMPLEs are called, and what they show, in sentences."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from connectrules.program import OTHERWISE
from connectrules.resolve.resolved import BARE
from connectrules.rules.tree import mentions
from connectrules.testing.goals import Aspect, Goal, Shown
from connectrules.testing.proposing import Proposal
from connectrules.testing.seen import tests_of

_TELLING = {Aspect.DECIDES, Aspect.ALONE}
"""What says most of an EXAMPLE."""

_LONGEST = 120
"""How many characters a name may have."""


def name_of(proposal: Proposal, taken: Iterable[str]) -> str:
    """A name for the EXAMPLE, by what it shows, that is none of those *taken*."""
    used, shown = {*taken}, Shown([proposal.tried])
    telling = sorted(proposal.shows, key=lambda side: side[0].aspect not in _TELLING)
    names = [cut(_name(goal, place, shown)) for goal, place in telling]
    if not proposal.tried.case.facts:
        names = ["nothing is known", *names]
    free = next((name for name in names if name not in used), None)
    if free is not None:
        return free
    return next(name for n in count(2) if (name := f"{names[0]} ({n})") not in used)


def cut(name: str) -> str:
    """*name*, as much of it as one would read."""
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _name(goal: Goal, place: int, shown: Shown) -> str:
    rule = "the rule" if goal.rule == BARE else goal.rule
    if goal.test is None:
        return "no rule applies" if goal.rule == OTHERWISE else f"{rule} applies"
    match goal.aspect:
        case Aspect.UNKNOWN:
            return f"not known: {goal.test.sentence}"
        case Aspect.ALONE:
            almost = "" if _applies(goal, shown) else "almost "
            return f"{almost}{rule} ({goal.test.sentence}: {'no' if place else 'yes'})"
        case _:
            return f"{goal.test.sentence}: {'yes' if goal.aspect is Aspect.HOLDS else 'no'}"


def _applies(goal: Goal, shown: Shown) -> bool:
    assert goal.root is not None  # noqa: S101 - a condition is a rule's
    return bool(shown.seen.rails(goal.root).surely_true)


def sentences_of(proposal: Proposal) -> Iterator[str]:
    """What the EXAMPLE shows, in sentences."""
    shown = Shown([proposal.tried])
    together: dict[tuple[str, str], list[str]] = {}
    deciding: dict[str, list[str]] = {}
    applying = []
    for goal, place in proposal.shows:
        rule = "the rule" if goal.rule == BARE else f'"{goal.rule}"'
        if goal.test is None:
            no_rule = "no rule applies, so that OTHERWISE decides"
            applying.append(no_rule if goal.rule == OTHERWISE else f"{rule} applies")
        elif goal.aspect is Aspect.ALONE and _shares_a_fact(goal):
            deciding.setdefault(rule, []).append(f"`{goal.test.sentence}`")
        elif goal.aspect is Aspect.ALONE:
            would = f"{rule} would {'not apply' if _applies(goal, shown) else 'apply'}"
            conditions = together.setdefault(("not so" if place == 0 else "so", would), [])
            conditions.append(f"`{goal.test.sentence}`")
    if applying:
        yield f"Here {_words(applying, 'and')}."
    for (so, would), conditions in together.items():
        yield f"Were {_words(conditions, 'or')} {so}, {would}."
    for rule, conditions in deciding.items():
        decide = "each decide by themselves" if len(conditions) > 1 else "decides by itself"
        yield f"Here {_words(conditions, 'and')} {decide} whether {rule} applies."


def _shares_a_fact(goal: Goal) -> bool:
    """Whether another condition of the rule speaks of the same: then both may turn at once."""
    assert goal.root is not None  # noqa: S101 - a condition is a rule's
    assert goal.test is not None  # noqa: S101 - as above
    others = (each for each in tests_of(goal.root) if each is not goal.test)
    return any(not {*mentions(goal.test)}.isdisjoint(mentions(each)) for each in others)


def _words(items: Sequence[str], word: str) -> str:
    *others, last = items
    return f"{', '.join(others)} {word} {last}" if others else last
