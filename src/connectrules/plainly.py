"""The shortest way from a contact to its decision, for policies that need no owner and no day."""

from collections.abc import Callable
from typing import Any

from connectrules.program import Known, Program
from connectrules.verdict import Decision


class Plainly:
    """What decides and judges without an owner, a day or answers, at the least cost of a call.

    Attributes:
        decide: From a contact to its decision; None until there is a program, and
            where the policy needs an owner or a day.
        recall: From a contact to what is known of those like it, in the same way.
    """

    __slots__ = ("decide", "recall")

    def __init__(self) -> None:
        self.decide: Callable[[Any], Decision] | None = None
        self.recall: Callable[[Any], Known] | None = None

    def begin(self, program: Program) -> None:
        """Take both from *program*, each where it is first called: to compile them takes long."""

        def decide(contact: Any) -> Decision:  # noqa: ANN401 - a record of some class
            self.decide = program.decide
            return self.decide(contact)

        def recall(contact: Any) -> Known:  # noqa: ANN401
            self.recall = program.recall
            return self.recall(contact)

        self.decide, self.recall = decide, recall
