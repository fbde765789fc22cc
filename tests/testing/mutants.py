"""What tests of mutants share."""

from connectrules import Policy
from connectrules.testing.mutants import Mutants

FACTS = """\
FACT is a recruiter: yes/no
FACT followers: count
FACT following: count
FACT response rate: number
FACT country: text
FACT met on: date
FACT seen on: date
FACT values: list of text
FACT relationship: one of "client", "peer", "journalist"
"""


def mutants(text: str) -> Mutants:
    """The mutants of a policy, whose facts are declared before it."""
    return Mutants(Policy.parse(FACTS + text))
