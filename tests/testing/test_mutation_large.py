"""Mutation of policies with much in them: many rules, long names, owners, assumptions."""

import pytest

from connectrules import Policy
from connectrules.testing import mutate
from connectrules.testing.cases import tried_examples
from connectrules.testing.mutants import Kind, Mutants
from connectrules.testing.mutants.refolding import Refolding
from connectrules.testing.mutants.settling import is_noticed
from connectrules.testing.mutation import MOST_PROPOSED
from connectrules.testing.mutation_report import mutation_text


@pytest.mark.once
def test_no_more_examples_are_proposed_than_one_reads() -> None:
    """The changes that nobody was looked for are counted."""
    names = [f"would like {chr(ord('a') + n // 26)}{chr(ord('a') + n % 26)}" for n in range(40)]
    facts = [f"FACT {name}: yes/no" for name in names]
    rules = [f"CONNECT WHEN {name}" for name in names]
    example = f'EXAMPLE "one" EXPECT CONNECT\n    - {names[0]}: yes'
    policy = Policy.parse("\n".join([*facts, *rules, "OTHERWISE DECLINE", example, ""]))

    found = mutate(policy)

    assert len(found.proposed) == MOST_PROPOSED
    assert not found.unsettled
    assert found.untried
    assert mutation_text("policy", found).endswith(
        f"\n\n{len(found.untried)} more changes are not noticed; "
        "add the EXAMPLEs above that are right, and ask again"
    )


def test_a_long_name_is_cut_in_the_name_of_an_example() -> None:
    """What is proposed can be pasted."""
    text = f'CONNECT "{"long " * 1_999}" WHEN would recommend\nOTHERWISE DECLINE\n'

    found = mutate(Policy.parse(text))
    pasted = Policy.parse(text + "\n".join(f"{each.text}\n" for each in found.proposed))

    assert len(pasted.examples) == len(found.proposed) > 0
    assert all(len(each.name) < 150 for each in pasted.examples)


def test_what_is_proposed_is_somebody() -> None:
    """Something is said of them, not of the owner alone; and what is left out is noticed."""
    text = (
        "CONNECT WHEN followers is at most my followers AND met in person\n"
        "DECLINE WHEN followers is more than 2 times my followers\nOTHERWISE REVIEW\n"
    )

    found = mutate(Policy.parse(text))

    assert found.proposed
    assert all(each.facts for each in found.proposed)
    pasted = Policy.parse(text + "\n".join(f"{each.text}\n" for each in found.proposed))
    assert mutate(pasted).score == 100


ASSUMING = """\
ASSUME followers: 500
ASSUME is a bot: no
CONNECT WHEN followers is at least 500 AND NOT is a bot
REVIEW WHEN followers is less than 400 AND is a bot
OTHERWISE DECLINE

EXAMPLE "the least is assumed" EXPECT CONNECT

EXAMPLE "known" EXPECT DECLINE
    - followers: 10
"""


def test_assumptions_are_tried_without_verdicts() -> None:
    """The tests of the fact come out otherwise, for those of whom it is assumed."""
    policy = Policy.parse(ASSUMING)
    mutants, tried = Mutants(policy), tried_examples(policy)
    refolding = Refolding(mutants, tried)
    assumed = {
        each.text.splitlines()[0]: refolding.kills(each.change)
        for each in mutants.mutants
        if each.kind in {Kind.ASSUMPTION_REMOVED, Kind.ASSUMPTION_TURNED} and each.line == 1
    }

    assert assumed == {
        "ASSUME is a bot: no": True,  # somebody unknown is undecided then
        "ASSUME followers: 499": True,
        "ASSUME followers: 501": False,
    }


ASKING = """\
CONNECT WHEN followers is at least 500 AND met in person
DECLINE WHEN is a bot
OTHERWISE REVIEW

EXAMPLE "asked" EXPECT UNDECIDED ASKING met in person
    - followers: 500
    - is a bot: no
"""


def test_what_is_asked_for_takes_verdicts_only_where_it_may_change() -> None:
    """Not where all comes out alike; and what bits don't say, verdicts do."""
    policy = Policy.parse(ASKING)
    mutants, tried = Mutants(policy), tried_examples(policy)
    refolding = Refolding(mutants, tried)

    answers = {each: refolding.kills(each.change) for each in mutants.mutants}

    assert {True, False, None} >= {*answers.values()} >= {True, False}
    for mutant, answer in answers.items():
        noticed = is_noticed(mutants.mutated(mutant.change), tried)
        assert refolding.notices(mutant.change) is noticed
        assert answer in {noticed, None}
