"""CR401: rules that can never change a decision."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectrules import Contact, Policy

ADVICE = "delete it, or change what one of the two asks for"
CONTRADICTION = "change one of them, or delete the rule"
END = "\nOTHERWISE DECLINE"


def told(*rules: str) -> list[str]:
    """The lines and messages of the warnings that rules are covered."""
    found = [each for each in Policy.parse("\n".join(rules) + END).warnings if each.code == "CR401"]
    assert all(each.start.column == 1 for each in found)
    assert {each.help for each in found} <= {(ADVICE,), (CONTRADICTION,)}
    return [f"{each.start.line} {each.message}" for each in found]


def test_a_rule_pasted_twice() -> None:
    """The second of two rules that say the same is too much, whatever their order of words."""
    assert told(
        "CONNECT WHEN would recommend AND follows me",
        "CONNECT WHEN follows me AND would recommend",
    ) == [
        (
            "2 `connect 2` can never change a decision: wherever it applies, "
            "`connect 1` in line 1 does too"
        )
    ]


def test_a_rule_that_asks_for_more() -> None:
    """What asks for more than another of its kind is covered, wherever the two stand."""
    assert told(
        'REVIEW "many" WHEN has at least 1,000 followers AND follows me',
        'REVIEW "some" WHEN has at least 500 followers',
    ) == [("1 `many` can never change a decision: wherever it applies, `some` in line 2 does too")]


def test_a_rule_that_is_always_beaten() -> None:
    """A rule is covered by one of a stronger kind, and never covers it."""
    assert told(
        'DECLINE "bot" WHEN is a bot',
        'CONNECT "nice bot" WHEN is a bot AND met in person',
    ) == [
        (
            "2 `nice bot` can never change a decision: wherever it applies, `bot` in "
            "line 1 does too, and DECLINE beats CONNECT"
        )
    ]
    assert told("CONNECT WHEN is a bot", "DECLINE WHEN is a bot AND met in person") == []


def test_a_rule_that_contradicts_itself() -> None:
    """A rule that can apply to nobody needs no other to be of no use."""
    assert told("CONNECT WHEN followers < 100 AND followers > 1000") == [
        "1 `connect 1` can never apply: its conditions contradict each other"
    ]


def test_a_condition_that_contradicts_itself() -> None:
    """A bare condition is no rule, and is not called one."""
    (warning,) = Policy.parse("is a bot AND NOT is a bot").warnings

    assert (warning.code, warning.message, warning.help) == (
        "CR401",
        "this condition can never hold: its parts contradict each other",
        ("change one of them",),
    )


def test_definitions_are_looked_through() -> None:
    """A rule is covered by what a definition says, not by how it is called."""
    assert told(
        "DEFINE known AS met in person OR has interacted",
        "CONNECT WHEN known",
        "CONNECT WHEN met in person UNLESS NOT follows me",
    ) == [
        (
            "3 `connect 2` can never change a decision: wherever it applies, "
            "`connect 1` in line 2 does too"
        )
    ]


@pytest.mark.parametrize(
    "rules",
    [
        ("CONNECT WHEN would recommend", "CONNECT WHEN follows me"),
        ("CONNECT WHEN would recommend OR follows me", "REVIEW WHEN would recommend"),
        # Whether a month has more days than 30 depends on the day.
        (
            "CONNECT WHEN met on is within the last month",
            "CONNECT WHEN met on is within the last 30 days",
            "FACT met on: date",
        ),
        (
            "CONNECT WHEN met on is within the last month AND met on is before 2020-01-01",
            "FACT met on: date",
        ),
    ],
)
def test_no_warning(rules: tuple[str, ...]) -> None:
    """Rules that can each turn a decision, and those where only the day could tell."""
    assert told(*rules) == []


def test_one_mistake_one_warning() -> None:
    """A rule that holds an impossible sentence is warned of once, at the sentence."""
    warnings = Policy.parse(f"CONNECT WHEN followers < 0{END}").warnings

    assert [each.code for each in warnings] == ["CR402"]


def test_all_pairs_of_many_rules() -> None:
    """Fifty rules over twenty facts are all held against one another."""
    facts = [f"fact {letter}" for letter in "abcdefghijklmnopqrst"]
    asked = [f'ASK {fact}: "Is it so?"' for fact in facts]
    wide = [
        f"{facts[n % 20]} AND ({facts[(n + 1) % 20]} OR {facts[(n + 2 + n // 20) % 20]})"
        for n in range(25)
    ]
    narrow = [f"{each} AND {facts[(n + 11) % 20]}" for n, each in enumerate(wide)]

    found = told(*(f"CONNECT WHEN {each}" for each in narrow + wide), *asked)

    assert [int(each.split()[0]) for each in found] == [*range(1, 26)]


def test_long_lists() -> None:
    """A list of texts within a longer one is found among many."""
    lists = [", ".join(f'"place {n} {k}"' for k in range(50)) for n in range(40)]
    within = ", ".join(f'"place 7 {k}"' for k in range(10, 30))

    assert told(
        *(f"CONNECT WHEN country is one of {each}" for each in lists),
        f"CONNECT WHEN country is one of {within}",
    ) == [
        (
            "41 `connect 41` can never change a decision: wherever it applies, "
            "`connect 8` in line 8 does too"
        )
    ]


@pytest.mark.once
def test_a_rule_seen_in_no_sample() -> None:
    """A rule that few contacts meet is neither impossible nor covered."""
    assert told(*(f"CONNECT WHEN followers is {n} AND following is {n}" for n in range(200))) == []


TESTS = ("met in person", "follows me", "followers >= 5", "followers > 10", "followers < 20")
conditions = st.recursive(
    st.sampled_from(TESTS),
    lambda below: st.one_of(
        below.map("NOT ({})".format),
        st.lists(below, min_size=2, max_size=3).map(lambda each: f"({' AND '.join(each)})"),
        st.lists(below, min_size=2, max_size=3).map(lambda each: f"({' OR '.join(each)})"),
    ),
    max_leaves=4,
)
rules = st.tuples(st.sampled_from(["CONNECT", "REVIEW", "DECLINE"]), conditions)
CONTACTS = [
    Contact(key="c", met_in_person=met, follows_me=follows, followers=followers)
    for met, follows, followers in product((True, False), (True, False), (0, 5, 11, 20))
]


@given(st.lists(rules, min_size=1, max_size=3))
def test_a_warning_is_right_and_none_is_missing(drawn: list[tuple[str, str]]) -> None:
    """A rule is warned of just where it can apply to nobody, or where another does its work."""
    lines = [f'{kind} "r{n}" WHEN {condition}' for n, (kind, condition) in enumerate(drawn)]
    policy = Policy.parse("\n".join(lines) + END)
    found = {int(each.message[2]) for each in policy.warnings if each.code == "CR401"}
    holds = [_holds(condition) for _, condition in drawn]
    covered = {
        n
        for n in range(len(drawn))
        if not holds[n] or any(_covers(drawn, holds, other, n) for other in range(len(drawn)))
    }

    assert found == covered


def _covers(drawn: list[tuple[str, str]], holds: list[frozenset[int]], other: int, n: int) -> bool:
    """Whether rule *other* applies wherever *n* does, and is stronger, wider or earlier."""
    strength = ("CONNECT", "REVIEW", "DECLINE").index
    stronger = strength(drawn[other][0]) - strength(drawn[n][0])
    if stronger == 0 and holds[n] == holds[other]:
        return other < n
    return stronger >= 0 and holds[n] <= holds[other]


def _holds(condition: str) -> frozenset[int]:
    decide = Policy.parse(condition).decider()
    return frozenset(n for n, each in enumerate(CONTACTS) if decide(each).value == "connect")
