"""What is said before the first question and after the last, in sentences."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from connectrules.cli.asking.session import Done
from connectrules.cli.asking.survey import Survey
from connectrules.cli.unheard import IN_ME
from connectrules.cli.words import counted
from connectrules.verdict import Decision

_MOST = 6
"""How many facts a line names."""
_ORDER = (Decision.CONNECT, Decision.REVIEW, Decision.DECLINE)


def before(survey: Survey, store: Path, *, is_new: bool) -> Iterator[str]:
    """What was found, and where answers are kept.

    Args:
        survey: What was found.
        store: Where they are kept.
        is_new: Whether the store was made just now.
    """
    one = sum(each.needs_one for each in survey.open.values())
    more = len(survey.open) - one
    parts = [f"{survey.settled:,} of {counted(survey.total, 'contact', 'contacts')} settled"]
    if one:
        others = f", {more:,} more" if more else ""
        parts.append(f"{counted(one, 'needs', 'need')} one answer{others}")
    elif more:
        parts.append(f"{counted(more, 'needs', 'need')} more than one answer")
    yield "; ".join(parts)
    if survey.wrong:
        yield f"{survey.wrong.total():,} could not be judged: {_facts(survey.wrong)}"
    if is_new:
        yield f"answers are kept in `{store}`, which is new"
    else:
        are = "is" if survey.answers == 1 else "are"
        used = f": {survey.answers:,} of them {are} used here" if survey.answers else ""
        yield f"answers are kept in `{store}`{used}"


def after(survey: Survey, done: Done) -> Iterator[str]:
    """What changed, and what holds up those who were not asked about."""
    undecided = survey.total - survey.settled - survey.wrong.total()
    left = undecided - len(done.settled) - len(done.wrong) + done.reopened
    still = f"{left:,} still undecided" if left else "nobody is left undecided"
    yield f"{_asked(done) if survey.open or done.answered else 'there is nothing to ask'}, {still}"
    if done.wrong:
        facts = _facts(Counter(each.fact for each in done.wrong))
        yield f"{len(done.wrong):,} can no longer be judged: {facts}"
    waiting = {**survey.waiting, **dict.fromkeys(done.seen, ()), **done.waiting}
    waiting = {key: facts for key, facts in waiting.items() if facts}
    if waiting:
        names = sorted({fact for facts in waiting.values() for fact in facts})
        what = counted(len(waiting), "contact waits", "contacts wait")
        yield f"{what} for {_named(names)}: {IN_ME}"
    unsure = (survey.unsure - done.seen) | done.unsure
    if unsure:
        what = counted(len(unsure), "contact stays", "contacts stay")
        yield f"{what} undecided over what you were unsure of: that is not asked again"
    if survey.passing:
        what = counted(survey.passing, "contact has", "contacts have")
        yield f"{what} neither a key nor a name to keep answers under: give each a `key`"
    if survey.forgotten:
        what = counted(survey.forgotten, "contact was", "contacts were")
        yield f"{what} forgotten, and nothing is asked about whoever was"


def _asked(done: Done) -> str:
    if not done.answered:
        return "nothing was answered"
    questions = f"asked {counted(done.answered, 'question', 'questions')}"
    counts = Counter(done.settled)
    kinds = ", ".join(f"{counts[kind]:,} {kind.value}" for kind in _ORDER if counts[kind])
    settled = counted(len(done.settled), "contact", "contacts")
    return f"{questions}: {settled} settled" + (f" ({kinds})" if kinds else "")


def _facts(counts: Counter[str]) -> str:
    named = [f"`{name}` ({number:,})" for name, number in counts.most_common(_MOST)]
    left = len(counts) - _MOST
    return ", ".join(named) + (f" and {left} more" if left > 0 else "")


def _named(names: list[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:_MOST])
    left = len(names) - _MOST
    return f"{shown} and {left} more" if left > 0 else shown
