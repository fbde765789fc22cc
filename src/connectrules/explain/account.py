"""What more there is to say of one verdict, worked out when somebody asks."""

import pickle
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import attrs

from connectrules.exact.variables import ORDER
from connectrules.explain.bases import bases
from connectrules.explain.held import Held
from connectrules.explain.what_next import cannot_matter, what_next
from connectrules.explain.why_not import why_not
from connectrules.explanation import Basis, Question, WhyNot
from connectrules.program import Program, Settled
from connectrules.reading import Reading
from connectrules.verdict import Decision


@attrs.frozen(eq=False, slots=False)
class ContactAccount:
    """See `Account`: of one contact.

    Attributes:
        made: The policy for the owner and the day, or what makes it where this was pickled.
        held: The verdict, and what it was made from, or what that can be made from.
        mine: The owner's facts, by their keys.
        name: What a question calls the contact.
    """

    made: Program | Callable[[], Program]
    held: Settled | Held
    mine: Mapping[str, Reading]
    name: str

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle with what makes the program again; as nothing, where it cannot be pickled."""
        made = self.made.kept(_pickled_as) if isinstance(self.made, Program) else self.made
        if made is None:
            return _nothing, ()
        return ContactAccount, (made, self.settled, dict(self.mine), self.name)

    @cached_property
    def program(self) -> Program:
        """The policy for the owner and the day."""
        return self.made if isinstance(self.made, Program) else self.made()

    @cached_property
    def settled(self) -> Settled:
        """The verdict, and what it was made from."""
        return self.held if isinstance(self.held, Settled) else self.held.settled(self.program)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions that the policy can say, in the order of their names."""
        said = {*self.program.analyser.roots, self.program.default}
        return tuple(each for each in reversed(ORDER) if each in said)

    def bases(self) -> Iterator[Basis]:
        """The smallest sets of facts that settle the decision, the smallest first."""
        return bases(self.program, self.settled, self.mine)

    def why_not(self, decision: Decision, /) -> WhyNot:
        """What would bring *decision*."""
        return why_not(self.program, self.settled, decision)

    def what_next(self) -> tuple[Question, ...]:
        """The questions, first the one that settles soonest."""
        name = self.name
        return tuple(
            attrs.evolve(each, question=each.question and each.question.replace("{name}", name))
            for each in self._questions
        )

    @cached_property
    def _questions(self) -> tuple[Question, ...]:
        return what_next(self.program, self.settled)

    def cannot_matter(self) -> tuple[str, ...]:
        """The unknown facts that no answer could make matter."""
        return cannot_matter(self.program, self.settled)


def _pickled_as(program: Program) -> Callable[[], Program] | None:
    """What *program* is pickled as; None where a record class or a phrase cannot be pickled."""
    try:
        pickle.dumps(program.again)
    except Exception:  # noqa: BLE001 - what is pickled may raise anything
        return None
    return program.again


def _nothing() -> None:
    """What is left of an account that could not be pickled."""
