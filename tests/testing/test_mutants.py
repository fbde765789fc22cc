"""Mutants: each small change that is made of a policy, and how it is shown."""

from pathlib import Path

import pytest

from connectrules import Contact, Policy, Vocabulary, phrase
from connectrules.diagnostics import Edit
from connectrules.fixes import edited
from connectrules.syntax import tree
from connectrules.syntax.parser import parse
from connectrules.testing import run_examples
from connectrules.testing.cases import tried_examples
from connectrules.testing.mutants import Kind, Mutants
from connectrules.testing.mutants.refolding import Refolding
from connectrules.testing.mutants.settling import is_noticed
from connectrules.testing.mutation_report import difference
from tests.examples import ROOT

FACTS = """\
FACT is a recruiter: yes/no
FACT followers: count
FACT following: count
FACT response rate: number
FACT country: text
FACT met on: date
FACT values: list of text
FACT relationship: one of "client", "peer", "journalist"
"""


def mutants(text: str) -> Mutants:
    """The mutants of a policy, whose facts are declared before it."""
    return Mutants(Policy.parse(FACTS + text))


def of_condition(condition: str) -> list[tuple[Kind, str]]:
    """The changes of a condition, each with the condition then."""
    found = mutants(f"CONNECT WHEN {condition}\nOTHERWISE DECLINE\n")
    changes: list[tuple[Kind, str]] = []
    for each in found.mutants:
        if each.kind in {Kind.RULE_DROPPED, Kind.DECISION, Kind.DEFAULT}:
            continue
        line = each.text.removeprefix(FACTS + "CONNECT WHEN ").removesuffix("OTHERWISE DECLINE\n")
        changes.append((each.kind, line.removesuffix("\n")))
    return changes


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("is a recruiter", []),
        ("is not a recruiter", [(Kind.NOT_DROPPED, "is a recruiter")]),
        ("NOT is a recruiter", [(Kind.NOT_DROPPED, "is a recruiter")]),
        (
            "followers is at least 500",
            [
                (Kind.OPPOSITE, "followers is less than 500"),
                (Kind.BOUNDARY, "followers is more than 500"),
                (Kind.THRESHOLD, "followers is at least 499"),
                (Kind.THRESHOLD, "followers is at least 501"),
            ],
        ),
        (
            "followers <= 5,000",
            [
                (Kind.OPPOSITE, "followers > 5,000"),
                (Kind.BOUNDARY, "followers < 5,000"),
                (Kind.THRESHOLD, "followers <= 4,999"),
                (Kind.THRESHOLD, "followers <= 5,001"),
            ],
        ),
        (
            "has at least 1 follower",
            [
                (Kind.OPPOSITE, "has fewer than 1 follower"),
                (Kind.BOUNDARY, "has more than 1 follower"),
                (Kind.THRESHOLD, "has at least 0 followers"),
                (Kind.THRESHOLD, "has at least 2 followers"),
            ],
        ),
        (
            "response rate is more than 2.50",
            [
                (Kind.OPPOSITE, "response rate is at most 2.50"),
                (Kind.BOUNDARY, "response rate is at least 2.50"),
                (Kind.THRESHOLD, "response rate is more than 2.49"),
                (Kind.THRESHOLD, "response rate is more than 2.51"),
            ],
        ),
        (
            "followers is between 0 and 10",
            [
                (Kind.THRESHOLD, "followers is between 1 and 10"),
                (Kind.THRESHOLD, "followers is between 0 and 9"),
                (Kind.THRESHOLD, "followers is between 0 and 11"),
            ],
        ),
        (
            "following is under 20% of followers",
            [
                (Kind.OPPOSITE, "following is at least 20% of followers"),
                (Kind.BOUNDARY, "following is at most 20% of followers"),
                (Kind.THRESHOLD, "following is under 19% of followers"),
                (Kind.THRESHOLD, "following is under 21% of followers"),
            ],
        ),
        (
            "following is at least 2 times followers",
            [
                (Kind.OPPOSITE, "following is less than 2 times followers"),
                (Kind.BOUNDARY, "following is more than 2 times followers"),
                (Kind.THRESHOLD, "following is at least 1 times followers"),
                (Kind.THRESHOLD, "following is at least 3 times followers"),
            ],
        ),
        (
            'country is not "UK"',
            [(Kind.NOT_DROPPED, 'country is "UK"')],
        ),
        (
            'country is one of "UK", "Ireland" or "Malta"',
            [
                (Kind.OPPOSITE, 'country is not one of "UK", "Ireland" or "Malta"'),
                (Kind.TEXT_DROPPED, 'country is one of "Ireland" or "Malta"'),
                (Kind.TEXT_DROPPED, 'country is one of "UK" or "Malta"'),
                (Kind.TEXT_DROPPED, 'country is one of "UK" or "Ireland"'),
            ],
        ),
        (
            'country mentions any of "UK", "Ireland"',
            [
                (Kind.OPPOSITE, 'country mentions none of "UK", "Ireland"'),
                (Kind.JOINED_OTHERWISE, 'country mentions all of "UK", "Ireland"'),
                (Kind.TEXT_DROPPED, 'country mentions any of "Ireland"'),
                (Kind.TEXT_DROPPED, 'country mentions any of "UK"'),
            ],
        ),
        (
            'values include at least 2 of "a", "b", my country',
            [
                (Kind.NUMBER_OF_ITEMS, 'values include at least 1 of "a", "b", my country'),
                (Kind.NUMBER_OF_ITEMS, 'values include at least 3 of "a", "b", my country'),
                (Kind.TEXT_DROPPED, 'values include at least 2 of "b", my country'),
                (Kind.TEXT_DROPPED, 'values include at least 2 of "a", my country'),
                (Kind.TEXT_DROPPED, 'values include at least 2 of "a", "b"'),
            ],
        ),
        (
            "met on is after 2024-03-01",
            [
                (Kind.THRESHOLD, "met on is after 2024-02-29"),
                (Kind.THRESHOLD, "met on is after 2024-03-02"),
            ],
        ),
        ("met on is before 0001-01-01", [(Kind.THRESHOLD, "met on is before 0001-01-02")]),
        (
            "met on is within the last 2 months",
            [
                (Kind.THRESHOLD, "met on is within the last 1 month"),
                (Kind.THRESHOLD, "met on is within the last 3 months"),
            ],
        ),
        (
            "met on is within the last year",
            [
                (Kind.THRESHOLD, "met on is within the last 0 years"),
                (Kind.THRESHOLD, "met on is within the last 2 years"),
            ],
        ),
    ],
)
def test_sentences(condition: str, changes: list[tuple[Kind, str]]) -> None:
    """Each sentence is changed in the ways that its words allow, and in no other."""
    assert sorted(of_condition(condition), key=str) == sorted(changes, key=str)


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        (
            "is a recruiter AND follows me AND is a bot",
            [
                (Kind.JOINED_OTHERWISE, "is a recruiter OR follows me OR is a bot"),
                (Kind.CONDITION_DROPPED, "follows me AND is a bot"),
                (Kind.CONDITION_DROPPED, "is a recruiter AND is a bot"),
                (Kind.CONDITION_DROPPED, "is a recruiter AND follows me"),
            ],
        ),
        (
            "is a recruiter OR (follows me AND is a bot)",
            [
                (Kind.JOINED_OTHERWISE, "is a recruiter AND (follows me AND is a bot)"),
                (Kind.CONDITION_DROPPED, "(follows me AND is a bot)"),
                (Kind.CONDITION_DROPPED, "is a recruiter"),
                (Kind.JOINED_OTHERWISE, "is a recruiter OR (follows me OR is a bot)"),
                (Kind.CONDITION_DROPPED, "is a recruiter OR (is a bot)"),
                (Kind.CONDITION_DROPPED, "is a recruiter OR (follows me)"),
            ],
        ),
        (
            "ALL OF (is a bot; follows me)",
            [
                (Kind.JOINED_OTHERWISE, "ANY OF (is a bot; follows me)"),
                (Kind.CONDITION_DROPPED, "ALL OF (follows me)"),
                (Kind.CONDITION_DROPPED, "ALL OF (is a bot)"),
            ],
        ),
        (
            "NONE OF\n  - is a bot  # no\n  - follows me",
            [
                (Kind.NOT_DROPPED, "ANY OF\n  - is a bot  # no\n  - follows me"),
                (Kind.CONDITION_DROPPED, "NONE OF\n  - follows me"),
                (Kind.CONDITION_DROPPED, "NONE OF\n  - is a bot"),
            ],
        ),
        (
            "AT LEAST 2 OF (is a bot; follows me)",
            [(Kind.NUMBER_OF_ITEMS, "AT LEAST 1 OF (is a bot; follows me)")],
        ),
        (
            "AT MOST 1 OF (is a bot; follows me)",
            [(Kind.NUMBER_OF_ITEMS, "AT MOST 0 OF (is a bot; follows me)")],
        ),
        (
            "EXACTLY 1 OF (is a bot; follows me)",
            [
                (Kind.NUMBER_OF_ITEMS, "EXACTLY 0 OF (is a bot; follows me)"),
                (Kind.NUMBER_OF_ITEMS, "EXACTLY 2 OF (is a bot; follows me)"),
                (Kind.CONDITION_DROPPED, "EXACTLY 1 OF (follows me)"),
                (Kind.CONDITION_DROPPED, "EXACTLY 1 OF (is a bot)"),
            ],
        ),
        (
            "AT LEAST 2 POINTS FROM (1 FOR is a bot; 2 FOR follows me)",
            [
                (
                    Kind.NUMBER_OF_ITEMS,
                    "AT LEAST 1 POINTS FROM (1 FOR is a bot; 2 FOR follows me)",
                ),
                (
                    Kind.NUMBER_OF_ITEMS,
                    "AT LEAST 3 POINTS FROM (1 FOR is a bot; 2 FOR follows me)",
                ),
                (Kind.POINTS, "AT LEAST 2 POINTS FROM (2 FOR is a bot; 2 FOR follows me)"),
                (Kind.POINTS, "AT LEAST 2 POINTS FROM (1 FOR is a bot; 1 FOR follows me)"),
                (Kind.POINTS, "AT LEAST 2 POINTS FROM (1 FOR is a bot; 3 FOR follows me)"),
                (Kind.CONDITION_DROPPED, "AT LEAST 2 POINTS FROM (2 FOR follows me)"),
            ],
        ),
    ],
)
def test_joints(condition: str, changes: list[tuple[Kind, str]]) -> None:
    """AND, OR, NOT and lists are changed; what would be a mistake is not made."""
    assert sorted(of_condition(condition), key=str) == sorted(changes, key=str)


RULES = """\
ASSUME is a recruiter: no
ASSUME relationship: "peer"
ASSUME followers: 5
DEFINE a friend AS follows me AND NOT is a bot
CONNECT "friends" WHEN a friend UNLESS is a recruiter
BECAUSE "we know one another"

REVIEW "press" WHEN relationship is "journalist" OR followers > 9 # so be it
OTHERWISE # hm
    DECLINE BECAUSE "CONNECT nobody else"
"""


def changes_of_rules(*kinds: Kind) -> list[tuple[list[str], list[str]]]:
    """The lines that go and come in `RULES`, by changes of some kinds."""
    return [difference(each) for each in mutants(RULES).mutants if each.kind in kinds]


def test_rules_are_dropped() -> None:
    """Each with all its lines, and nothing else."""
    assert changes_of_rules(Kind.RULE_DROPPED) == [
        (
            [
                'CONNECT "friends" WHEN a friend UNLESS is a recruiter',
                'BECAUSE "we know one another"',
            ],
            [],
        ),
        (
            ['REVIEW "press" WHEN relationship is "journalist" OR followers > 9 # so be it'],
            ["# so be it"],
        ),
    ]


def test_exceptions_are_dropped() -> None:
    """Only the UNLESS goes."""
    assert changes_of_rules(Kind.UNLESS_DROPPED) == [
        (
            ['CONNECT "friends" WHEN a friend UNLESS is a recruiter'],
            ['CONNECT "friends" WHEN a friend'],
        )
    ]


def test_decisions_and_the_default_are_changed() -> None:
    """To each of the others; a decision in a comment or a text is none."""
    assert changes_of_rules(Kind.DECISION)[0] == (
        ['CONNECT "friends" WHEN a friend UNLESS is a recruiter'],
        ['REVIEW "friends" WHEN a friend UNLESS is a recruiter'],
    )
    assert len(changes_of_rules(Kind.DECISION)) == 4
    assert changes_of_rules(Kind.DEFAULT) == [
        (
            ['DECLINE BECAUSE "CONNECT nobody else"'],
            [f'{decision} BECAUSE "CONNECT nobody else"'],
        )
        for decision in ("CONNECT", "REVIEW")
    ]


def test_assumptions_are_removed_and_turned() -> None:
    """Turned are those of which there is something else to assume."""
    assert changes_of_rules(Kind.ASSUMPTION_REMOVED) == [
        (["ASSUME is a recruiter: no"], []),
        (['ASSUME relationship: "peer"'], []),
        (["ASSUME followers: 5"], []),
    ]
    assert changes_of_rules(Kind.ASSUMPTION_TURNED) == [
        (["ASSUME is a recruiter: no"], ["ASSUME is a recruiter: yes"]),
        (['ASSUME relationship: "peer"'], ['ASSUME relationship: "client"']),
        (['ASSUME relationship: "peer"'], ['ASSUME relationship: "journalist"']),
    ]


def test_definitions_are_changed_where_they_stand() -> None:
    """Once for all their uses, and only where a rule speaks of them."""
    found = mutants("""\
DEFINE is a friend AS follows me OR is a bot
DEFINE is a stranger AS is not a friend
DEFINE idle AS follows me AND is a bot
CONNECT WHEN is not a stranger
DECLINE WHEN is a friend
OTHERWISE REVIEW
""")
    conditions = [
        each
        for each in found.mutants
        if each.kind not in {Kind.RULE_DROPPED, Kind.DECISION, Kind.DEFAULT}
    ]

    assert [difference(each) for each in conditions] == [
        (
            ["DEFINE is a friend AS follows me OR is a bot"],
            [f"DEFINE is a friend AS {rest}"],
        )
        for rest in ("is a bot", "follows me", "follows me AND is a bot")
    ] + [
        (["DEFINE is a stranger AS is not a friend"], ["DEFINE is a stranger AS is a friend"]),
        (["CONNECT WHEN is not a stranger"], ["CONNECT WHEN is a stranger"]),
    ]


def test_what_other_files_say_is_left_alone() -> None:
    """So is the fact that a registered phrase asks for; NOT before it goes."""

    @phrase("worked for {time:count} years")
    def worked(_contact: Contact, time: int) -> bool | None:
        return time > 0

    policy = Policy.parse(
        'USE "words.policy"\nCONNECT WHEN alone AND NOT worked for 3 years\nOTHERWISE DECLINE\n',
        vocabulary=Vocabulary.of(Contact, phrases=[worked]),
        loader={"words.policy": "DEFINE alone AS follows me AND is a bot\n"}.__getitem__,
    )

    assert [
        difference(each)[1]
        for each in Mutants(policy).mutants
        if each.kind not in {Kind.RULE_DROPPED, Kind.DECISION, Kind.DEFAULT}
    ] == [
        [f"CONNECT WHEN {rest}"]
        for rest in (
            "NOT worked for 3 years",
            "alone",
            "alone OR NOT worked for 3 years",
            "alone AND worked for 3 years",
        )
    ]


def test_a_bare_condition_has_mutants_too() -> None:
    """Its default stands nowhere, so that is left alone."""
    found = Mutants(Policy.parse("would recommend AND NOT is a bot"))

    assert sorted(each.text for each in found.mutants) == [
        "NOT is a bot",
        "would recommend",
        "would recommend AND is a bot",
        "would recommend OR NOT is a bot",
    ]


def test_all_but_the_way_to_a_change_is_shared() -> None:
    """No rule is made anew that a change is not in."""
    found = mutants(RULES)
    (mutant,) = (each for each in found.mutants if each.kind is Kind.UNLESS_DROPPED)
    changed = found.mutated(mutant.change)

    assert changed.rules[0].condition is found.sites.rules[0].site.parts[0].condition
    assert changed.rules[1].condition is found.policy.rules[1].condition


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.policy")), ids=lambda p: p.stem)
def test_our_own_policies(path: Path) -> None:
    """A changed text has the changed rules, and EXAMPLEs notice what a run of it says."""
    policy = Policy.load(path)
    found = Mutants(policy)
    document, _ = parse(policy.source)
    examples = [
        Edit(each.span, "") for each in document.statements if isinstance(each, tree.Example)
    ]
    tried = tried_examples(policy)
    refolding = Refolding(found, tried)
    for number, mutant in enumerate(found.mutants):
        changed = found.mutated(mutant.change)
        noticed = refolding.kills(mutant.change)
        if noticed is None:
            noticed = is_noticed(changed, refolding.doubtful(mutant.change))

        assert noticed is is_noticed(changed, tried)
        if number % 5:
            continue
        # An EXAMPLE may name a rule that is gone: that is a mistake only in the text.
        text = edited(policy.source.text, [*mutant.edits, *examples])
        again = Policy.parse(text)
        assert [(rule.decision, rule.condition) for rule in again.rules] == [
            (rule.decision, rule.condition) for rule in changed.rules
        ]
        assert again._binding.default == changed._binding.default
        assert again._binding.resolved.assumed == changed._binding.resolved.assumed
        assert noticed is not all(result.passed for result in run_examples(changed))
