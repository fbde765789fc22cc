"""What there is to ask: who is settled, who is not, and in what order to ask."""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable

import attrs

from connectrules.cli.unheard import of_me
from connectrules.errors import ContactError
from connectrules.explanation import Explanation
from connectrules.policy import Policy
from connectrules.schema.contact import Contact
from connectrules.verdict import Decision, Verdict

_PATIENCE = 1.0
"""Seconds after which nobody waits for a better order."""


@attrs.frozen
class Open:
    """Somebody about whom something is to be asked.

    Attributes:
        contact: The contact.
        facts: The facts that can still change the decision and can be asked for.
        needs_one: Whether one answer is all it takes.
    """

    contact: Contact
    facts: tuple[str, ...]
    needs_one: bool


@attrs.define
class Survey:
    """The contacts, as they stand before anything is asked.

    Attributes:
        total: How many there are.
        settled: How many are decided about.
        open: Those to ask about, by key, in the order of the contacts.
        wrong: Facts that keep contacts from being judged, and how many each.
        answers: How many answers there are already that are of use.
        waiting: The facts of the owner that contacts wait for alone, by key.
        unsure: The keys of those that nobody can say more about.
        passing: How many have no key that lasts.
        forgotten: How many are forgotten.
    """

    total: int = 0
    settled: int = 0
    open: dict[str, Open] = attrs.field(factory=dict)
    wrong: Counter[str] = attrs.field(factory=Counter)
    answers: int = 0
    waiting: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    unsure: set[str] = attrs.field(factory=set)
    passing: int = 0
    forgotten: int = 0


class Surveyor:
    """Looks at contacts with their verdicts, one by one."""

    def __init__(
        self,
        policy: Policy[Contact],
        *,
        lasts: Callable[[str], bool],
        forgotten: Callable[[Iterable[str]], Collection[str]],
    ) -> None:
        """Nobody looked at yet.

        Args:
            policy: The policy.
            lasts: Whether answers can be kept under a key.
            forgotten: Which of some keys nothing is to be kept under.
        """
        self._policy = policy
        self._lasts = lasts
        self._forgotten = forgotten
        self._found = Survey()

    def add(self, contact: Contact, result: Verdict | ContactError, *, answers: int = 0) -> None:
        """Look at one more, about whom there were so many *answers*."""
        found = self._found
        found.total += 1
        found.answers += answers
        if isinstance(result, ContactError):
            found.wrong[result.fact] += 1
        elif result.decision is not Decision.UNDECIDED:
            found.settled += 1
        elif facts := askable(self._policy, result):
            if self._lasts(contact.key):
                needs_one = len(result.ask) + len(result.unsure) == 1
                found.open.setdefault(contact.key, Open(contact, facts, needs_one))
            else:
                found.passing += 1
        elif result.ask:
            found.waiting[contact.key] = result.ask
        else:
            found.unsure.add(contact.key)

    def end(self) -> Survey:
        """What was found."""
        for key in self._forgotten(self._found.open):
            del self._found.open[key]
            self._found.forgotten += 1
        return self._found


def askable(policy: Policy[Contact], verdict: Verdict) -> tuple[str, ...]:
    """The facts of *verdict* to ask for; those of the owner's own record are not."""
    if len(verdict.ask) == 0 or not policy.needs_me:
        return verdict.ask
    mine = {*of_me(policy, verdict.ask)}
    return tuple(fact for fact in verdict.ask if fact not in mine)


def in_order(
    survey: Survey,
    explain: Callable[[Contact], Explanation],
    *,
    clock: Callable[[], float] = time.monotonic,
) -> list[Contact]:
    """Those to ask about, first who is settled with the fewest questions, as far as can be told.

    Where that takes long, those not looked at in time count with a question for each fact.
    """
    until = clock() + _PATIENCE
    ranks = {}
    for key, each in sorted(survey.open.items(), key=lambda item: len(item[1].facts)):
        most = float(len(each.facts))
        ranks[key] = most if most == 1 or clock() > until else _expected(each, explain, most)
    # Sorting keeps the order of those who are alike.
    return [survey.open[key].contact for key in sorted(survey.open, key=ranks.__getitem__)]


def _expected(each: Open, explain: Callable[[Contact], Explanation], most: float) -> float:
    try:
        questions = explain(each.contact).what_next
    except ContactError:
        return most
    found = next((question for question in questions if question.fact in each.facts), None)
    return most if found is None or found.expected is None else found.expected
