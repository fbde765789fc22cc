"""What a policy decides: plain data that holds no contact."""

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
