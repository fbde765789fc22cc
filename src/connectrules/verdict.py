"""What a policy decides, and why: plain data that holds no contact."""

from enum import Enum
from typing import NoReturn

import attrs


def _no_truth(what: str) -> NoReturn:
    msg = (
        f"a {what} is neither true nor false: compare it, as in "
        "`policy.decide(contact) is Decision.CONNECT`"
    )
    raise TypeError(msg)


class Decision(Enum):
    """What to do about a contact.

    `UNDECIDED` always means that facts are missing; no rule can say it.
    """

    CONNECT = "connect"
    DECLINE = "decline"
    REVIEW = "review"
    UNDECIDED = "undecided"

    def __bool__(self) -> NoReturn:
        """Refused: every decision would be true, `DECLINE` too."""
        _no_truth("decision")


@attrs.frozen
class Fault:
    """A value that could not be used, and read as unknown.

    Attributes:
        fact: The fact as the policy says it.
        code: ``CR501`` for a value that does not fit its type, ``CR502`` for a
            phrase that raised.
        message: What is wrong with it, and what was expected.
        where: Where the value came from, such as ``contacts.csv:7``, where known.
    """

    fact: str
    code: str
    message: str
    where: str | None = None


@attrs.frozen
class Verdict:
    """What a policy decides about one contact.

    Attributes:
        decision: The decision.
        rules: The rules that decided; ``otherwise`` is the default. Empty when
            undecided.
        because: The reasons those rules give, in the same order.
        ask: The facts that can still change the decision, first the one that
            settles most.
        unsure: Facts of that kind that were asked and nobody could say.
        assumed: The assumed facts that could still change the decision if they
            turned out otherwise.
        exact: Whether no better reasoner could settle it. Only an undecided
            verdict is ever not exact.
        faults: Values that could not be used, and changed nothing.
    """

    decision: Decision
    rules: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    exact: bool = True
    faults: tuple[Fault, ...] = ()

    def __bool__(self) -> NoReturn:
        """Refused: every verdict would be true, a decline too."""
        _no_truth("verdict")


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
    values: tuple[tuple[str, object, str | None], ...] = ()
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
class Explanation:
    """A verdict and how it came about; ``str()`` of it is for reading.

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
    why: tuple[Reason, ...]
    questions: tuple[str | None, ...] = ()

    def __str__(self) -> str:
        """The explanation as text, in 80 columns and without colour."""
        from connectrules.render.text import explanation_text  # noqa: PLC0415 - the one upward import

        return explanation_text(self)
