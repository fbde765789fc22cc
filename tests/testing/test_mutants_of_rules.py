"""Mutants of rules, definitions and assumptions, and how they are shown."""

from pathlib import Path

import pytest

from connectrules import Contact, Policy, Vocabulary, phrase
from connectrules.diagnostics import Edit
from connectrules.fixes import edited
from connectrules.source import Source
from connectrules.syntax import tree
from connectrules.syntax.parser import parse
from connectrules.testing import run_examples
from connectrules.testing.cases import tried_examples
from connectrules.testing.mutants import Kind, Mutants
from connectrules.testing.mutants.refolding import Refolding
from connectrules.testing.mutants.settling import is_noticed
from connectrules.testing.mutation_report import difference
from tests.examples import ROOT
from tests.testing.mutants import mutants

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


def test_examples_are_not_read_again() -> None:
    """Wherever they stand, the rest of the text is read as with them, at the same places."""
    policy = Policy.parse("""\
EXAMPLE "first" EXPECT CONNECT BECAUSE OF "liked"  # \N{LATIN SMALL LETTER E WITH ACUTE}
    - follows me: yes

    # a remark
    - met in person: yes
CONNECT "liked" WHEN ALL OF
    - follows me
    - met in person
EXAMPLE "between" EXPECT DECLINE\r
    - follows me: no\r
DECLINE WHEN is a bot OTHERWISE DECLINE EXAMPLE "last" EXPECT DECLINE
    - is a bot: yes""")
    mutants = Mutants(policy)
    whole, _ = parse(policy.source)
    rest = [each for each in whole.statements if not isinstance(each, tree.Example)]

    assert [*mutants.sites.document.statements] == rest
    assert [each.span for each in mutants.sites.document.statements] == [each.span for each in rest]
    for mutant in mutants.mutants:
        changed, _ = parse(Source("", mutant.text))
        left = [each for each in changed.statements if isinstance(each, tree.Example)]
        assert left == [each for each in whole.statements if isinstance(each, tree.Example)]


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
        (["ASSUME followers: 5"], ["ASSUME followers: 4"]),
        (["ASSUME followers: 5"], ["ASSUME followers: 6"]),
    ]


@pytest.mark.parametrize(
    ("fact", "condition", "turned"),
    [
        ("followers: 0", "followers > 0", ["followers: 1"]),
        ("response rate: 2.5", "response rate > 2", ["response rate: 2.4", "response rate: 2.6"]),
        ("met on: 2024-03-01", "met on is after 2024-01-01",
         ["met on: 2024-02-29", "met on: 2024-03-02"]),
        ('country: "UK"', 'country is "UK"', ['country: "something else"']),
        ('country: "something else"', 'country is "UK"', ['country: "another"']),
        ('values: "craft"', 'values include "craft"', []),
    ],
)  # fmt: skip
def test_assumptions_of_every_type_are_turned(fact: str, condition: str, turned: list[str]) -> None:
    """To what lies beside; a list has nothing beside it."""
    found = mutants(f"ASSUME {fact}\nCONNECT WHEN {condition}\nOTHERWISE DECLINE\n")

    assert [
        difference(each)[1] for each in found.mutants if each.kind is Kind.ASSUMPTION_TURNED
    ] == [[f"ASSUME {each}"] for each in turned]


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


@pytest.mark.once
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
