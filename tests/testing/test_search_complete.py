"""Nobody is said to be possible only where all ways in which the facts can be are known."""

import attrs
import pytest

from connectrules import Policy
from connectrules.exact.variables import Variables
from connectrules.rules.meaning import Context
from connectrules.testing.domains import domains
from connectrules.testing.search import Failure, Finder
from connectrules.testing.ways import Need


@pytest.mark.parametrize(
    ("complete", "failure"), [(True, Failure.NOBODY), (False, Failure.NOT_FOUND)]
)
def test_nobody_or_not_found(complete: bool, failure: Failure) -> None:  # noqa: FBT001 - as drawn
    """Where some ways are missing, somebody may be among them."""
    policy = Policy.parse("CONNECT WHEN followers < 5 AND followers > 9\nOTHERWISE DECLINE")
    of = Variables(policy.rules, policy._binding.default, Context())
    found = domains(of)
    known = attrs.evolve(
        found, domains=tuple(attrs.evolve(each, complete=complete) for each in found.domains)
    )

    assert Finder(known).find([Need(of.rules[0].condition, holds=True)]) is failure
