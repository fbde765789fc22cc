"""The EXAMPLEs that a policy has already, which need not be added to it again."""

from collections.abc import Iterable
from itertools import count
from typing import TYPE_CHECKING

import attrs

from connectrules.cli.confirming import Confirmed
from connectrules.policy import Policy
from connectrules.schema.contact import Contact
from connectrules.testing.cases import Case, Trial

if TYPE_CHECKING:
    from connectrules.testing.coverage import ProposedExample


class Standing:
    """The EXAMPLEs of a policy.

    Args:
        policy: The policy.
    """

    def __init__(self, policy: Policy[Contact]) -> None:
        self._cases = [*map(Trial(policy).case, policy.examples)]

    @property
    def names(self) -> list[str]:
        """What they are called."""
        return [each.name for each in self._cases]

    def has(self, confirmed: Confirmed) -> bool:
        """Whether one of them says all that *confirmed* does."""
        return any(_says(each, confirmed) for each in self._cases)

    def apart(self, proposed: "Iterable[ProposedExample]") -> "tuple[ProposedExample, ...]":
        """The *proposed*, those that are not there called otherwise than what is."""
        found = [*proposed]
        new = [not self.has(Confirmed(each, each.verdict)) for each in found]
        taken = {*self.names, *(each.name for each in found)}
        for place, each in enumerate(found):
            if new[place] and each.name in self.names:
                numbered = (f"{each.name} ({number})" for number in count(2))
                name = next(name for name in numbered if name not in taken)
                taken.add(name)
                found[place] = attrs.evolve(each, name=name)
        return tuple(found)


def _says(case: Case, confirmed: Confirmed) -> bool:
    """Whether *case* is of the facts of *confirmed*, and expects as much as it does."""
    proposed, wanted, expected = confirmed.proposed, confirmed.expected, case.expected
    if expected is None or expected.decision is not wanted.decision:
        return False
    if wanted.rules and {*wanted.rules} != {*(expected.rules or ())}:
        return False
    facts = (case.facts, case.mine, case.today)
    return facts == (proposed.facts, proposed.mine, proposed.today)
