"""What made a verdict, what would make another, and what to ask next: plain data.

It is loaded with the first explanation: verdicts need none of it.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, overload

import attrs

from connectrules.verdict import Decision, Verdict

Seen = tuple[str, object, str | None]
"""A fact, its value, and where that came from; the value is None where unknown."""


@attrs.frozen
class Evidence:
    """One condition that played a part in a verdict.

    Attributes:
        sentence: The condition as the policy says it.
        holds: Whether it holds; None where that is not known.
        values: The facts it speaks of and what they were, as
            ``(fact, value, where it came from)``; a value is None where unknown, and
            UNSURE where somebody was asked and could not say.
        rule: The rule it belongs to, where that is not the one it is listed
            under: a rule that could have decided otherwise and did not.
    """

    sentence: str
    holds: bool | None
    values: tuple[Seen, ...] = ()
    rule: str | None = None


@attrs.frozen
class Reason:
    """Why one rule decided, or, when undecided, why it still may.

    Attributes:
        rule: The rule's name; ``otherwise`` is the default.
        because: The reason the rule gives, if it gives one.
        conditions: The conditions that made it so.
    """

    rule: str
    because: str | None
    conditions: tuple[Evidence, ...]


@attrs.frozen
class Basis:
    """Facts that settle a decision alone; without any one of them it is not settled.

    Attributes:
        facts: The facts with their values.
        reasons: The rules that decided, and the conditions that these facts settle. A
            rule that decided as well, and that they do not settle, has those that do.
        smallest: Whether it is certain that no basis that comes after it is smaller: in
            a policy of very many facts not all sets can be tried. Where it is false,
            some bases may be missing too.
    """

    facts: tuple[Seen, ...]
    reasons: tuple[Reason, ...]
    smallest: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """What the facts are called."""
        return tuple(name for name, _, _ in self.facts)


@attrs.frozen
class Change:
    """A fact that would have to be another.

    Attributes:
        fact: The fact as the policy says it.
        before: Its value; None where unknown.
        after: The value it would need: of those that do, the nearest.
        by: How far a number would move, or a date in days, downwards below 0, and by
            how many items a list would grow beside those it `gains` and `loses`, which
            may be any; None for any other fact, and where the value is unknown.
        gains: The items that a list would gain, or the parts that a text would.
        loses: The items that a list would lose, or the parts that a text would.
        says: The policy's sentences that would come out otherwise, as they would
            then hold.
        asked: Whether it is a fact that a person answers.
    """

    fact: str
    before: object
    after: object
    by: float | None = None
    gains: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    asked: bool = False


@attrs.frozen
class WhyNot:
    """What would bring a decision that a contact has not.

    Attributes:
        decision: The decision.
        ways: The smallest sets of changes that bring it, the nearest first; they
            differ in the facts they change. Empty where nothing could bring it, or,
            if *fewest* is false, where no way was found.
        fewest: Whether it is certain that fewer changes do not: in a policy of very
            many facts not all can be tried.
    """

    decision: Decision
    ways: tuple[tuple[Change, ...], ...]
    fewest: bool = True

    @property
    def changes(self) -> tuple[Change, ...] | None:
        """The nearest way; None where nothing could bring the decision."""
        return self.ways[0] if self.ways else None


@attrs.frozen
class Lead:
    """What an answer leads to.

    Attributes:
        answer: The answer: ``yes``, ``no``, or what a value would be, as in ``at
            least 500``.
        decision: The decision it leads to, UNDECIDED where what is missing then nobody
            can say; None where another question follows.
        ask: The fact to ask next; None where the answer settles it.
    """

    answer: str
    decision: Decision | None
    ask: str | None = None


@attrs.frozen
class Question:
    """A fact worth asking for.

    Attributes:
        fact: The fact as the policy says it.
        question: The question that the policy puts; None where it puts none.
        expected: How many questions it takes on average until the decision is
            settled, this one asked first and each possible answer as likely as
            another; None where too many facts are unknown to tell.
        influence: The chance that its answer turns the decision.
        leads: What each answer leads to; worked out when somebody looks. Empty where
            there are too many answers to look at, and for the owner's own facts: they
            change what is asked of everybody.
    """

    fact: str
    question: str | None
    expected: float | None
    influence: float
    leads: Sequence[Lead]


class Account(Protocol):
    """What more there is to say of a verdict, worked out when it is asked for."""

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that the policy can say."""

    def bases(self) -> Iterator[Basis]:
        """The smallest sets of facts that settle the decision, the smallest first."""

    def why_not(self, decision: Decision, /) -> WhyNot:
        """What would bring *decision*."""

    def what_next(self) -> tuple[Question, ...]:
        """The questions, first the one that settles soonest."""

    def cannot_matter(self) -> tuple[str, ...]:
        """The unknown facts that no answer could make matter."""


@attrs.frozen
class Why(Sequence[Reason]):
    """The rules that decided and what made them, from the fewest facts that do.

    Attributes:
        reasons: The reasons, of which it is the sequence.
    """

    reasons: tuple[Reason, ...]
    _account: Account | None = attrs.field(default=None, eq=False, repr=False)

    @overload
    def __getitem__(self, index: int) -> Reason: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Reason, ...]: ...

    def __getitem__(self, index: int | slice) -> Reason | tuple[Reason, ...]:
        """One of the reasons."""
        return self.reasons[index]

    def __len__(self) -> int:
        """How many reasons there are."""
        return len(self.reasons)

    @property
    def bases(self) -> Iterator[Basis]:
        """All smallest sets of facts that settle the decision alone, the smallest first.

        Each is worked out when it is reached: there may be very many. There is none
        where the contact is undecided.
        """
        return iter(()) if self._account is None else self._account.bases()


def _as_why(reasons: Sequence[Reason]) -> Why:
    return reasons if isinstance(reasons, Why) else Why(tuple(reasons))


@attrs.frozen
class Explanation:
    """A verdict and how it came about; ``str()`` of it is for reading.

    More can be asked of one that a policy made: `why_not`, `what_next`, `cannot_matter`,
    `possible` and the bases of `why`. One that is made by hand, or that was pickled
    though the record's class or a phrase cannot be, knows only what it was made with:
    these are empty then, and ``fewest`` is false.

    Attributes:
        contact: What the contact is called, its key or its name.
        verdict: The verdict it explains.
        why: The rules that decided and what made them; with the facts shown
            here alone the decision is the same. When undecided, the rules that
            still may decide.
        questions: For each fact in ``verdict.ask``, the question that the policy
            puts, or None where it puts none.
    """

    contact: str
    verdict: Verdict
    why: Why = attrs.field(converter=_as_why)
    questions: tuple[str | None, ...] = ()
    _account: Account | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def possible(self) -> tuple[Decision, ...]:
        """The decisions that the policy can say and the contact has not."""
        said = () if self._account is None else self._account.decisions
        return tuple(each for each in said if each is not self.verdict.decision)

    def why_not(self, decision: Decision) -> WhyNot:
        """The fewest changes of facts that would bring *decision*.

        Making a way's changes gives the decision, whatever is still unknown. Of as
        few changes, those come first that answer a question, then the nearest. A
        decision that the contact has needs none: its one way is empty.

        Raises:
            ValueError: For `Decision.UNDECIDED`, which no rule can say.
            TypeError: For anything that is no decision.
        """
        if not isinstance(decision, Decision):
            msg = f"ask why not a decision, such as `Decision.CONNECT`, and not `{decision!r}`"
            raise TypeError(msg)
        if decision is Decision.UNDECIDED:
            msg = "undecided is no decision: ask why not connect, decline or review"
            raise ValueError(msg)
        if decision is self.verdict.decision:
            return WhyNot(decision, ((),))
        if self._account is None:
            return WhyNot(decision, (), fewest=False)
        return self._account.why_not(decision)

    @property
    def what_next(self) -> tuple[Question, ...]:
        """The questions worth asking, first the one that settles soonest; none when decided."""
        return () if self._account is None else self._account.what_next()

    @property
    def cannot_matter(self) -> tuple[str, ...]:
        """The unknown facts the rules speak of that no answer could make matter."""
        return () if self._account is None else self._account.cannot_matter()

    def __str__(self) -> str:
        """The explanation as text, in 80 columns and without colour."""
        from connectrules.render.text import explanation_text  # noqa: PLC0415 - the one upward import

        return explanation_text(self)
