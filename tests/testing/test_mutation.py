"""Which small changes of a policy its EXAMPLEs notice, and what would notice the others."""

import subprocess
import sys

import attrs
import pytest

from connectrules import Contact, Decision, Policy
from connectrules.testing.cases import tried_examples
from connectrules.testing.mutants import Kind, Mutants, unknowns
from connectrules.testing.mutants.equal import Equal
from connectrules.testing.mutants.refolding import Refolding
from connectrules.testing.mutants.settling import is_noticed
from connectrules.testing.mutation import ExamplesFail, Mutation, mutate
from connectrules.testing.mutation_report import difference, mutation_text

POLICY = """\
CONNECT "known" WHEN followers is at least 500 AND met in person
OTHERWISE DECLINE

EXAMPLE "a friend" EXPECT CONNECT BECAUSE OF "known"
    - followers: 500
    - met in person: yes

EXAMPLE "somebody" EXPECT DECLINE
    - followers: 100
    - met in person: yes
"""
REPORT = """\
policy: 83.3 %
12 small changes were made, one at a time: 10 are noticed by an EXAMPLE, 2 are not

not noticed: line 1, with the next number, day or length of time
  - CONNECT "known" WHEN followers is at least 500 AND met in person
  + CONNECT "known" WHEN followers is at least 499 AND met in person
help: an EXAMPLE would notice this; is it right?

    EXAMPLE "no rule applies" EXPECT DECLINE BECAUSE OF "otherwise"
        - followers: 499

not noticed: line 1, without a condition
  - CONNECT "known" WHEN followers is at least 500 AND met in person
  + CONNECT "known" WHEN followers is at least 500
help: an EXAMPLE would notice this; is it right?

    EXAMPLE "no rule applies (2)" EXPECT DECLINE BECAUSE OF "otherwise"
        - met in person: no"""


def mutated(text: str) -> Mutation:
    """What comes of changes of a policy."""
    return mutate(Policy.parse(text))


def unnoticed(found: Mutation) -> list[list[str]]:
    """The lines that changes that are not noticed put in."""
    return [difference(each.mutant)[1] for each in found.survivors]


def test_the_score_is_what_is_noticed_of_what_can_be() -> None:
    """Those that change nothing for anybody count for nothing."""
    found = mutated(POLICY)

    assert (len(found.killed), len(found.survivors), len(found.equivalent)) == (10, 2, 0)
    assert found.score == pytest.approx(100 * 10 / 12)
    assert attrs.evolve(found, killed=(), survivors=()).score == 100


def test_the_report_shows_each_change_with_what_would_notice_it() -> None:
    """As a line before and after; an EXAMPLE that notices several stands once."""
    assert mutation_text("policy", mutated(POLICY)) == REPORT


def test_proposed_examples_notice_all() -> None:
    """Added to the policy, they leave nothing unnoticed; and they pass."""
    found = mutated(POLICY)
    again = mutated("\n\n".join([POLICY, *(each.text for each in found.proposed)]))

    assert found.unsettled == ()
    assert again.survivors == ()
    assert again.score == 100


def test_changes_that_nobody_can_see_are_left_out() -> None:
    """A proof over all contacts: a condition that another implies, a rule that another beats."""
    found = mutated("""\
CONNECT "many" WHEN followers is at least 500 AND followers is at least 100
DECLINE "bots" WHEN is a bot AND follows me
REVIEW "never" WHEN is a bot AND follows me AND has interacted
OTHERWISE DECLINE
EXAMPLE "a few" EXPECT DECLINE
    - followers: 499
""")

    lines = [difference(each)[1] for each in found.equivalent]

    assert ['CONNECT "many" WHEN followers is at least 500'] in lines
    assert ['CONNECT "many" WHEN followers is at least 500 AND followers is at least 101'] in lines
    assert [] in lines  # the REVIEW, gone
    assert ['CONNECT "many" WHEN followers is at least 100'] not in lines


def test_equal_changes_of_what_the_owner_is_are_not_taken_for_proven() -> None:
    """What holds for one owner may not for another."""
    found = mutated("""\
CONNECT WHEN values include at least 1 of "a", my country AND values include "a"
OTHERWISE DECLINE
EXAMPLE "none" EXPECT DECLINE
    - values: none
    - my country: "a"
""")

    assert 'include at least 2 of "a", my country' in str(unnoticed(found))


@pytest.mark.parametrize(
    ("first", "second", "is_equal"),
    [
        ("within the last 6 months", "within the last 12 months", True),
        ("within the last 6 months", "within the last 300 days", None),
        ("more than 6 months ago", "before 2024-01-01", None),
        ("within the last 3 months", "more than 6 months ago", False),
    ],
)
def test_what_hangs_on_the_day_is_not_proven_by_one(
    first: str, second: str, *, is_equal: bool | None
) -> None:
    """Lengths of time in like units are in one order on all days, and others are not."""
    policy = Policy.parse(
        f"FACT met on: date\nCONNECT WHEN met on is {first} OR met on is {second}\n"
        "OTHERWISE DECLINE\n"
    )
    mutants = Mutants(policy)
    dropped = [each for each in mutants.mutants if each.kind is Kind.CONDITION_DROPPED]
    answers = [Equal(mutants).is_equal(each.change) for each in dropped]

    assert is_equal in answers


def test_failing_examples_are_told_first() -> None:
    """Nothing can be said of changes then."""
    with pytest.raises(ExamplesFail) as raised:
        mutated(POLICY.replace("EXPECT DECLINE", "EXPECT REVIEW"))

    assert str(raised.value) == (
        "`somebody` fails on the policy as it is, so nothing can be said of changes of it; "
        "mend the rules or the EXAMPLEs first"
    )
    assert [each.name for each in raised.value.results] == ["somebody"]


def test_asking_notices_what_decisions_do_not() -> None:
    """Of an EXAMPLE that says what is asked for, a change of that is noticed."""
    rules = "CONNECT WHEN would recommend AND (met in person OR is a bot)\nOTHERWISE DECLINE\n"
    silent = f'{rules}EXAMPLE "nobody" EXPECT UNDECIDED\n'
    asking = silent.rstrip() + " ASKING would recommend; met in person; is a bot\n"

    assert len(mutated(silent).killed) < len(mutated(asking).killed)


def test_facts_tested_twice_are_filled_in() -> None:
    """What Kleene logic leaves open is decided as a verdict is."""
    policy = Policy.parse("""\
CONNECT "either" WHEN (is a bot AND follows me) OR (NOT is a bot AND follows me)
OTHERWISE DECLINE
EXAMPLE "either way" EXPECT CONNECT BECAUSE OF "either"
    - follows me: yes
EXAMPLE "neither way" EXPECT DECLINE
    - follows me: no
""")
    mutants, tried = Mutants(policy), tried_examples(policy)
    refolding = Refolding(mutants, tried)

    kills = [refolding.kills(each.change) for each in mutants.mutants]

    assert kills == [is_noticed(mutants.mutated(each.change), tried) for each in mutants.mutants]
    assert {*kills} == {True, False}


def test_comparisons_of_a_mutant_that_are_not_known_are_filled_in() -> None:
    """A change may make two sentences opposites: then one of them holds, whatever is known."""
    policy = Policy.parse("""\
FACT followers: count
FACT following: count
CONNECT WHEN followers is more than following OR followers is less than following
OTHERWISE DECLINE
EXAMPLE "nothing is known" EXPECT UNDECIDED
""")
    mutants, tried = Mutants(policy), tried_examples(policy)
    refolding = Refolding(mutants, tried)
    opposites = [each for each in mutants.mutants if each.kind is Kind.BOUNDARY]

    assert [refolding.kills(each.change) for each in opposites] == [True, True]
    assert all(is_noticed(mutants.mutated(each.change), tried) for each in opposites)


def test_cases_with_too_many_fillings_are_judged() -> None:
    """Bits don't say what comes of them, and so they say that."""
    numbers = [f"score {letter}" for letter in "abcdefg"]
    facts = "".join(f"FACT {name}: count\n" for name in numbers)
    tests = " AND ".join(f"{name} is at least {bound}" for name in numbers for bound in (5, 15, 25))
    policy = Policy.parse(
        f'{facts}CONNECT WHEN {tests}\nOTHERWISE DECLINE\nEXAMPLE "nobody" EXPECT UNDECIDED\n'
    )
    mutants, tried = Mutants(policy), tried_examples(policy)
    refolding = Refolding(mutants, tried)

    kills = [refolding.kills(each.change) for each in mutants.mutants]

    assert {*kills} == {True, None}
    for mutant, found in zip(mutants.mutants, kills, strict=True):
        if found is None:
            assert refolding.doubtful(mutant.change) == tried
        else:
            assert is_noticed(mutants.mutated(mutant.change), tried)


def test_what_is_sure_of_a_case_with_too_many_fillings_takes_no_verdict() -> None:
    """A rule that holds for certain decides, whatever the others do."""
    scores = [f"score {letter}" for letter in "abcdefg"]
    facts = "".join(f"FACT {name}: count\n" for name in scores)
    tests = " OR ".join(f"{name} is between {n} and {n + 9}" for name in scores for n in (5, 15))
    policy = Policy.parse(f"""\
{facts}
CONNECT "many" WHEN {tests}
CONNECT "met" WHEN met in person UNLESS is a bot
CONNECT "kind" WHEN follows me
OTHERWISE DECLINE
EXAMPLE "somebody" EXPECT CONNECT
    - met in person: yes
    - is a bot: no
""")
    mutants, tried = Mutants(policy), tried_examples(policy)
    refolding = Refolding(mutants, tried)

    kills = [refolding.kills(each.change) for each in mutants.mutants]
    real = [is_noticed(mutants.mutated(each.change), tried) for each in mutants.mutants]

    assert all(found in {None, wanted} for found, wanted in zip(kills, real, strict=True))
    assert {True, False, None} == {*kills}


def test_rules_that_hold_in_all_fillings_are_not_overlooked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where one bit stands for them all, it takes a verdict to say which rules decide."""
    monkeypatch.setattr(unknowns, "_DIGITS", (0,))
    monkeypatch.setattr(unknowns, "_MOST_WHOLE", 0)
    policy = Policy.parse("""\
FACT followers: count
CONNECT "any" WHEN followers is at least 5 OR followers is less than 4
CONNECT "met" WHEN met in person
OTHERWISE DECLINE
EXAMPLE "somebody" EXPECT CONNECT BECAUSE OF "met"
    - met in person: yes
""")
    mutants, tried = Mutants(policy), tried_examples(policy)
    refolding = Refolding(mutants, tried)
    (closed,) = (
        each for each in mutants.mutants if "at least 5 OR followers is less than 5" in each.text
    )

    assert refolding.kills(closed.change) is None
    assert refolding.notices(closed.change)


def test_a_policy_without_examples_scores_nothing() -> None:
    """All changes go unnoticed."""
    found = mutate(Policy.parse("would recommend AND met in person"), propose=False)

    assert (found.score, found.examples, len(found.survivors)) == (0, 0, 3)


def test_how_far_it_is_is_told() -> None:
    """First of trying, then of looking into what is left."""
    told: list[tuple[str, int, int]] = []

    mutate(Policy.parse(POLICY), tell=lambda what, done, of: told.append((what, done, of)))

    assert told[0] == ("tried", 0, 12)
    assert told[-1] == ("looked into", 1, 2)


@pytest.mark.once
def test_neither_hypothesis_nor_pytest_is_needed() -> None:
    """Mutation is for whoever has the library."""
    code = (
        "import sys; from connectrules.testing import mutate; "
        "print(sorted({'hypothesis', 'pytest'} & sys.modules.keys()))"
    )

    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert result.stdout == "[]\n"


def test_a_mutant_is_judged_as_any_policy() -> None:
    """Its rules decide about records as well."""
    mutants = Mutants(Policy.parse(POLICY))
    (dropped,) = (each for each in mutants.mutants if each.kind is Kind.RULE_DROPPED)
    contact = Contact(key="ada", followers=900, met_in_person=True)

    assert mutants.policy.decide(contact) is Decision.CONNECT
    assert mutants.mutated(dropped.change).decide(contact) is Decision.DECLINE
