"""What is left open, and why: facts nobody told, and verdicts that may be too careful."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import zip_longest

import attrs

from connectrules.explanation import Explanation
from connectrules.policy import Policy
from connectrules.rules.tree import Spoken, mentions, tallied
from connectrules.schema.contact import Answers, Contact
from connectrules.schema.types import UNSURE
from connectrules.schema.vocabulary import Fact
from connectrules.verdict import Verdict

_MOST = 6
"""How many facts are named."""
_LIMIT = "CR405"


def of_me(policy: Policy[Contact], asked: Iterable[str]) -> list[str]:
    """Those of the facts *asked* for that are the owner's."""
    names = {fact.name for fact in policy.facts}
    return [each for each in asked if each not in names]


IN_ME = "put it in your own record, which `--me FILE` gives"
"""What to do about a fact of the owner's."""


def asking_me(policy: Policy[Contact], explanation: Explanation) -> Explanation:
    """*explanation*, with what to do about each fact of the owner's that it asks for."""
    asked = explanation.verdict.ask
    mine = of_me(policy, asked)
    if not mine:
        return explanation
    questions = tuple(
        IN_ME if fact in mine else question
        for fact, question in zip_longest(asked, explanation.questions)
    )
    return attrs.evolve(explanation, questions=questions)


class Unheard:
    """The facts of a policy that are asked for, and are known of nobody.

    Those that only a person can answer are not among them.
    """

    def __init__(self, policy: Policy[Contact]) -> None:
        self._policy = policy
        self._left = [
            fact for fact in policy.facts if not isinstance(fact, Spoken) and not fact.asked
        ]

    def add(self, contact: Contact, answers: Answers | None) -> None:
        """Look at one contact, with the answers about it."""
        self._left = [fact for fact in self._left if not _is_told(fact, contact, answers or {})]

    def hear(self, names: Collection[str]) -> None:
        """Take the facts that *names* has as known of somebody."""
        self._left = [fact for fact in self._left if fact.name not in names]

    def join(self, other: "Unheard") -> None:
        """Take what *other* has heard as well."""
        self._left = [fact for fact in self._left if fact in other._left]  # noqa: SLF001 - its own

    def lines(self, asked: Iterable[str]) -> Iterator[str]:
        """A sentence that names those of what is *asked*, if any; and one for what is mine."""
        names = {*asked}
        found = [fact.name for fact in self._left if fact.name in names]
        if found:
            yield f"{_named(found)} {'is' if len(found) == 1 else 'are'} known of nobody here"
        mine = sorted(of_me(self._policy, names))
        if mine:
            yield f"{_named(mine)} {'is' if len(mine) == 1 else 'are'} asked of you: {IN_ME}"


def _named(names: Sequence[str]) -> str:
    left = [f"{len(names) - _MOST} more"] if len(names) > _MOST else []
    *most, last = [*(f"`{name}`" for name in names[:_MOST]), *left]
    return f"{', '.join(most)} and {last}" if most else last


def _is_told(fact: Fact, contact: Contact, answers: Mapping[str, object]) -> bool:
    held = getattr(contact, fact.attribute) if fact.attribute else contact.other.get(fact.slot)
    told = (held, answers.get(fact.name))
    return any(value is not None and value is not UNSURE for value in told)


@attrs.frozen(slots=False)
class Doubts:
    """Why a verdict may be undecided that need not be.

    Attributes:
        policy: The policy.
    """

    policy: Policy[Contact]

    @cached_property
    def _compared(self) -> tuple[tuple[str, ...], ...]:
        """The facts that stand beside each other in a comparison."""
        tests = tallied([rule.condition for rule in self.policy.rules])
        found = (tuple(each.name for each in mentions(test)) for test, _ in tests)
        return tuple(dict.fromkeys(names for names in found if len(names) > 1))

    @cached_property
    def _may_pass_the_limit(self) -> bool:
        return any(warning.code == _LIMIT for warning in self.policy.warnings)

    def why(self, verdict: Verdict) -> str:
        """Why *verdict*, which is not exact, is not, and what to do."""
        unknown = {*verdict.ask, *verdict.unsure}
        for names in self._compared:
            if not unknown.isdisjoint(names):
                one, other = (f"`{name}`" for name in names[:2])
                return f"{one} is compared with {other}, and not both are known; tell both"
        if self._may_pass_the_limit:
            return "too many facts that it tests twice are unknown; `connectrules check` names them"
        return "tests of one text or list may hang together; tell it, and it is settled"
