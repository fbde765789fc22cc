"""How tests come out for many cases at once: as for each of them alone."""

import pytest

from connectrules import Policy
from connectrules.backends.compiled.functions import compile_tests
from connectrules.testing.mutants.truths import Truths, columns_of
from tests.testing.test_mutants_refolding import POLICY, people


@pytest.mark.parametrize("portions", [1, 3])
def test_tests_come_out_as_for_each_alone(portions: int) -> None:
    """Of one fact and of two, known and unknown, and for values that are met later."""
    policy = Policy.parse(POLICY)
    tried = people(policy, 60, known=0.7)
    program = tried[0].program
    cases = [each for each in tried if each.program is program]
    facts = [slot.subject for slot in program.slots]
    tests = program.analyser.tests
    truths, alone = (
        Truths(tests, facts, program.context),
        compile_tests(tests, facts, program.context),
    )

    met = set[str]()
    for start in range(portions):
        known = [[each.ready for each in case.settled.readings] for case in cases[start::portions]]
        columns = columns_of(truths.rows(known))
        for number in range(len(tests)):
            said = truths.said(number, columns)
            met |= {*said}

            expected = [
                "2" if t is None else str(int(t)) for t in (alone(v)[number] for v in known)
            ]
            assert said[::-1] == "".join(expected)

    assert met == {"0", "1", "2"}
