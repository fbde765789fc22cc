"""What would bring another decision: which facts, to what, and how far."""

import itertools
from datetime import date
from typing import Any

import pytest

from connectrules import (
    UNSURE,
    Contact,
    Decision,
    Policy,
    Vocabulary,
    phrase,
)
from connectrules.explain.why_not import why_not
from connectrules.explanation import Change, WhyNot

TODAY = date(2026, 11, 22)
CONNECT, DECLINE, REVIEW = Decision.CONNECT, Decision.DECLINE, Decision.REVIEW
INSIDE = """
    position mentions "founder"
    AND NOT position starts with "founder" AND NOT position ends with "founder"
"""
ME = Contact(key="me", followers=1_000, values=["Craft", "Wit"])


def found(
    text: str | Policy[Contact],
    decision: Decision = CONNECT,
    **facts: Any,  # noqa: ANN401 - values are of any type
) -> WhyNot:
    """What would bring *decision* to a contact with *facts*."""
    policy = Policy.parse(text) if isinstance(text, str) else text
    bound = policy._binding.bound(ME, TODAY, {})
    settled = bound.program.settle(Contact(key="ada", **facts), {})
    return why_not(bound.program, settled, decision)


def only(text: str, **facts: Any) -> Change:  # noqa: ANN401
    """The one change that connects."""
    ((change,),) = found(text, **facts).ways
    return change


def moved(text: str, **facts: Any) -> tuple[object, object, float | None]:  # noqa: ANN401
    """What the one fact is, what it would need to be, and how far that is."""
    change = only(text, **facts)
    return change.before, change.after, change.by


@pytest.mark.parametrize(
    ("text", "followers", "after"),
    [
        ("has at least 500 followers", 462, 500),
        ("has at least 500 followers", 0, 500),
        ("followers is more than 500", 500, 501),
        ("followers is less than 500", 500, 499),
        ("followers is at most 500", 9_000, 500),
        ("has no followers", 7, 0),
        ("followers is 500", 7, 500),
        ("followers is not 500", 500, 499),
        ("followers is not 0", 0, 1),
        ("followers >= 500", 462, 500),
        ("followers is between 500 and 600", 462, 500),
        ("followers is between 500 and 600", 700, 600),
        ("NOT followers is between 500 and 600", 510, 499),
        ("NOT followers is between 500 and 600", 590, 601),
        ("followers is at least 2.5", 1, 3),
        ("followers is at most 20% of my followers", 201, 200),
        ("followers is at least 2 times my followers", 300, 2_000),
    ],
)
def test_a_count_moves_to_its_nearest_boundary(text: str, followers: int, after: int) -> None:
    """A count moves no farther than it must, never below 0, and it is said how far."""
    assert moved(text, followers=followers) == (followers, after, after - followers)


@pytest.mark.parametrize(
    ("text", "rate", "after", "by"),
    [
        ("response rate is at least 0.3", 0.1, 0.3, 0.2),
        ("response rate is at most 2", 2.5, 2, -0.5),
        ("response rate is more than 2", 2, 2.0000000000000004, 4e-16),
        ("response rate is less than 2", 2, 1.9999999999999998, -2e-16),
        ("response rate is not 0", 0, -5e-324, -5e-324),
        ("response rate is -3", 7, -3, -10),
    ],
)
def test_a_number_moves_to_the_literal_or_to_the_next_double(
    text: str, rate: float, after: float, by: float
) -> None:
    """The literal where that does, and else the double beside it."""
    text = f"FACT response rate: number\nCONNECT WHEN {text}\nOTHERWISE DECLINE"

    assert moved(text, other={"response rate": rate}) == (rate, after, by)


@pytest.mark.parametrize(
    ("sentence", "day", "after"),
    [
        ("met on is after 2024-05-01", date(2024, 4, 29), date(2024, 5, 2)),
        ("met on is before 2024-05-01", date(2024, 5, 1), date(2024, 4, 30)),
        ("met on is on 2024-05-01", date(2024, 5, 11), date(2024, 5, 1)),
        ("met on is within the last 6 months", date(2020, 1, 1), date(2026, 5, 23)),
        ("met on is within the last 6 months", date(2026, 11, 30), TODAY),
        ("met on is more than 6 months ago", date(2026, 11, 1), date(2026, 5, 21)),
    ],
)
def test_a_date_moves_by_days(sentence: str, day: date, after: date) -> None:
    """A date moves to the nearest day that does."""
    text = f"FACT met on: date\nCONNECT WHEN {sentence}\nOTHERWISE DECLINE"

    assert moved(text, other={"met on": day}) == (day, after, (after - day).days)


@pytest.mark.parametrize(
    ("kind", "condition", "now", "after"),
    [
        ("number", "r is at least 0.25 OR r is at least 1", 0, 0.25),
        ("number", "r is at most -0.5 OR r is -2", 1, -0.5),
        ("count", "r is 0 OR r is 7", 1, 0),
        ("count", "r is 2 OR r is 9,999", 5_000, 2),
        (
            "count",
            "r is 10,000,000,001 OR r is 10,000,000,003",
            10_000_000_004,
            10_000_000_003,
        ),
    ],
)
def test_of_two_boundaries_the_nearer(kind: str, condition: str, now: float, after: float) -> None:
    """It is the difference that counts, whatever share of the number that is."""
    text = f"FACT r: {kind}\nCONNECT WHEN {condition}\nOTHERWISE DECLINE"

    assert moved(text, other={"r": now}) == (now, after, after - now)


def test_a_yes_no_fact_is_turned() -> None:
    """It says which sentence would hold then, and whether a person answers it."""
    assert only(
        "would recommend AND NOT is a bot", would_recommend=False, is_a_bot=False
    ) == Change("would recommend", before=False, after=True, says=("would recommend",), asked=True)
    assert only("would recommend AND NOT is a bot", would_recommend=True, is_a_bot=True) == Change(
        "is a bot", before=True, after=False, says=("NOT is a bot",)
    )


def test_what_is_unknown_is_given_a_value() -> None:
    """A fact that nobody knows, or was unsure of, has nothing to move from."""
    text = "would recommend AND has at least 500 followers"

    assert found(text, would_recommend=UNSURE).ways == (
        (
            Change(
                "would recommend", before=None, after=True, says=("would recommend",), asked=True
            ),
            Change("followers", before=None, after=500, says=("has at least 500 followers",)),
        ),
    )


def test_a_value_that_does_not_fit_may_be_mended() -> None:
    """A fault reads as unknown: a fitting value is a change."""
    text = "CONNECT WHEN would recommend AND has at least 5 posts OTHERWISE DECLINE"

    ((one, other),) = found(text, would_recommend=False, posts="many").ways

    assert one.fact == "would recommend"
    assert (other.fact, other.before, other.after, other.by) == ("posts", None, 5, None)


def test_an_assumed_fact_may_turn_out_otherwise() -> None:
    """It is changed like a known one."""
    text = "ASSUME is a bot: yes\nCONNECT WHEN NOT is a bot OTHERWISE DECLINE"

    assert moved(text) == (True, False, None)


def test_a_fact_of_ones_own_is_never_changed() -> None:
    """What `my …` is, is given; where it is unknown, nothing can bring what hangs on it."""
    text = "CONNECT WHEN followers is more than my followers OTHERWISE DECLINE"

    assert moved(text, followers=20) == (20, 1_001, 981)
    assert found("CONNECT WHEN posts is more than my posts OTHERWISE DECLINE", posts=3) == WhyNot(
        CONNECT, ()
    )


def test_a_phrase_may_answer_otherwise() -> None:
    """A phrase with its literals is a yes/no fact, which nobody is asked about."""

    @phrase("worked at {company:text}")
    def worked_at(contact: Contact, company: str) -> bool | None:
        del contact
        return company == "Acme"

    vocabulary = Vocabulary.of(Contact, phrases=[worked_at])
    policy = Policy.parse('worked at "Acme" AND NOT worked at "Bolt"', vocabulary=vocabulary)
    other = Policy.parse('worked at "Bolt"', vocabulary=vocabulary)

    assert found(policy, decision=DECLINE).ways[0] == (
        Change('worked at "Acme"', before=True, after=False, says=('NOT worked at "Acme"',)),
    )
    assert found(other).changes == (
        Change('worked at "Bolt"', before=False, after=True, says=('worked at "Bolt"',)),
    )


# Texts and lists


@pytest.mark.parametrize(
    ("sentence", "position", "after", "gains", "loses"),
    [
        ('position is "Editor"', "Writer", "Editor", (), ()),
        ('position mentions "Editor"', "Writer", "Writer Editor", ("Editor",), ()),
        ('position mentions any of "PR", "press"', "Writer", "Writer PR", ("PR",), ()),
        ('NOT position mentions "PR"', "Head of PR, Leeds", "Head of, Leeds", (), ("PR",)),
        ('position mentions none of "PR", "press"', "PR, Press", ",", (), ("PR", "press")),
        ('position starts with "Dr"', "Ada", "Dr Ada", ("Dr",), ()),
        ('position ends with "PhD"', "Ada", "Ada PhD", ("PhD",), ()),
        ('position contains "craft"', "Art", "Art craft", ("craft",), ()),
        ('NOT position starts with "Dr"', "Dr Ada", "Ada", (), ("Dr",)),
    ],
)
def test_a_text_gains_or_loses_parts(
    sentence: str, position: str, after: str, gains: tuple[str, ...], loses: tuple[str, ...]
) -> None:
    """The present text stays but for the parts that count, in the policy's own letters."""
    change = only(sentence, position=position)

    assert change.before == position
    assert change.gains == gains
    assert change.loses == loses
    assert change.after == after


def test_a_text_that_must_not_be_one_becomes_any_other() -> None:
    """None of the texts that the policy names, and the sentences say which."""
    change = only('company is not one of "Acme", "Bolt"', company="acme")

    assert str(change.after).casefold() not in {"acme", "bolt"}
    assert change.says == ('company is not one of "Acme", "Bolt"',)


@pytest.mark.parametrize(
    ("condition", "position", "after"),
    [
        (
            'position mentions "founder" AND NOT position ends with "founder"',
            "founder",
            "founder another",
        ),
        (
            INSIDE,
            "founder",
            "another founder another",
        ),
        (
            INSIDE,
            "Baker",
            "Baker founder another",
        ),
        (
            INSIDE,
            None,
            "another founder another",
        ),
    ],
)
def test_a_part_may_have_to_stand_inside(condition: str, position: str | None, after: str) -> None:
    """Words are put around it where it must not begin or end the text."""
    text = f"CONNECT WHEN {condition} OTHERWISE DECLINE"

    why = found(text, position=position)

    assert [[change.after for change in way] for way in why.ways] == [[after]]
    assert why.fewest


def test_a_text_that_was_not_found_is_not_called_impossible() -> None:
    """Nothing is told where no text was found, but not that nothing could bring it."""
    text = """
        CONNECT WHEN position mentions "ab" AND position mentions "cd"
        AND NOT position contains " " AND NOT position contains ","
        OTHERWISE DECLINE
    """

    assert found(text, position="cook") == WhyNot(CONNECT, (), fewest=False)


def test_a_list_too_long_to_make_up_is_not_called_impossible() -> None:
    """Nothing is told, but not that nothing could bring it."""
    text = "CONNECT WHEN has at least 200,000 values OTHERWISE DECLINE"

    assert found(text, values=["a"]) == WhyNot(CONNECT, (), fewest=False)


def test_linked_parts_of_a_text_are_both_kept() -> None:
    """What mentions one part and not another that lies within it is found as a real text."""
    text = 'position contains "pr" AND NOT position mentions "PR"'

    change = only(text, position="PR")

    assert "pr" in str(change.after).casefold()
    assert "pr" not in str(change.after).casefold().split()


def test_one_of_its_choices() -> None:
    """A one-of fact takes another of its choices, as they are written."""
    text = """
        FACT tie: one of "client", "Journalist", "peer"
        CONNECT WHEN tie is one of "journalist", "peer"
        OTHERWISE DECLINE
    """

    assert moved(text, other={"tie": "client"}) == ("client", "Journalist", None)


@pytest.mark.parametrize(
    ("sentence", "values", "after", "gains", "loses", "by"),
    [
        ('values include "Craft"', ["Wit"], ("Wit", "Craft"), ("Craft",), (), None),
        ('values do not include "Craft"', ["CRAFT", "Wit"], ("Wit",), (), ("CRAFT",), None),
        (
            'values include at least 2 of "Craft", "Joy", "Wit"',
            ["joy"],
            ("joy", "Craft"),
            ("Craft",),
            (),
            None,
        ),
        ("values include at least 2 of my values", ["wit"], ("wit", "craft"), ("craft",), (), None),
        ("has at least 3 values", ["Wit"], ("Wit", "another", "another 2"), (), (), 2),
        ("has at most 1 values", ["a", "b", "c"], ("a",), (), (), -2),
        ("has no values", ["a", "b"], (), (), (), -2),
    ],
)
def test_a_list_gains_or_loses_items(
    sentence: str,
    values: list[str],
    after: tuple[str, ...],
    gains: tuple[str, ...],
    loses: tuple[str, ...],
    by: float | None,
) -> None:
    """Named items where the policy names them, and else so many more or fewer."""
    change = only(sentence, values=values)

    assert change == Change("values", tuple(values), after, by, gains, loses, (sentence,))


# Several facts


def test_facts_that_are_compared_move_together() -> None:
    """One of them moves where that is enough, both where it is not."""
    text = """
        CONNECT WHEN followers is more than following AND following is at least 5
        OTHERWISE DECLINE
    """

    assert [
        [(c.fact, c.after, c.by) for c in way] for way in found(text, followers=3, following=9).ways
    ] == [[("followers", 10, 7)]]
    assert [
        [(c.fact, c.after, c.by) for c in way] for way in found(text, followers=3, following=1).ways
    ] == [[("followers", 6, 3), ("following", 5, 4)]]


def test_a_share_of_another_fact() -> None:
    """Either side may move, the nearer first."""
    text = "CONNECT WHEN followers is at least 2 times following OTHERWISE DECLINE"

    ways = found(text, followers=100, following=60).ways

    assert [(way[0].fact, way[0].after, way[0].by) for way in ways] == [
        ("followers", 120, 20),
        ("following", 50, -10),
    ]


def test_asked_facts_come_first_and_the_nearest_then() -> None:
    """Of as few changes a person's answer, then what is nearest."""
    text = """
        CONNECT WHEN ANY OF
            - would recommend
            - has at least 500 followers
            - has at least 500 posts
            - follows me
        OTHERWISE DECLINE
    """

    ways = found(text, would_recommend=False, followers=100, posts=499, follows_me=False).ways

    assert [[change.fact for change in way] for way in ways] == [
        ["would recommend"],
        ["posts"],
        ["followers"],
        ["follows me"],
    ]


def test_of_many_ways_both_kinds_are_told() -> None:
    """Eight ways at most, the best of those that nobody is asked about among them."""
    asks = "\n".join(f'ASK would {name}: "Would you?"' for name in "abcdefghij")
    items = "; ".join(f"would {name}" for name in "abcdefghij")
    text = f"{asks}\nCONNECT WHEN ANY OF ({items}; follows me; is a bot) OTHERWISE DECLINE"
    facts = {f"would {name}": False for name in "abcdefghij"}

    ways = found(text, other=facts, follows_me=False, is_a_bot=False).ways

    assert [way[0].fact for way in ways] == [*(f"would {name}" for name in "abcdefg"), "follows me"]


def test_thresholds_of_one_fact_count_once() -> None:
    """A fact that several rules ask for moves to where all of them are content."""
    text = """
        DECLINE WHEN followers is more than 5,000
        REVIEW WHEN followers is less than 100
        CONNECT WHEN has at least 500 followers
        OTHERWISE DECLINE
    """

    assert moved(text, followers=9_000) == (9_000, 5_000, -4_000)
    assert moved(text, followers=20) == (20, 500, 480)
    assert found(text, followers=600, decision=REVIEW).ways[0][0].after == 99
    assert found(text, followers=600, decision=DECLINE).ways[0][0].after == 499


def test_it_holds_whatever_is_still_unknown() -> None:
    """An unknown fact that is asked for twice may stay unknown where its two ways meet."""
    text = """
        CONNECT WHEN (is a bot AND follows me) OR (NOT is a bot AND follows me)
        OTHERWISE DECLINE
    """

    assert [[c.fact for c in way] for way in found(text, follows_me=False).ways] == [["follows me"]]


@pytest.mark.parametrize("count", range(1, 13))
def test_as_many_as_it_takes(count: int) -> None:
    """Where all of a list are missing, all are told; the number has no limit of its own."""
    names = [f"is q{number}" for number in range(12)]
    facts = "\n".join(f"FACT {name}: yes/no" for name in names)
    text = f"{facts}\nCONNECT WHEN AT LEAST {count} OF ({'; '.join(names)}) OTHERWISE DECLINE"

    why = found(text, other=dict.fromkeys(names, False))

    assert {len(way) for way in why.ways} == {count}
    assert why.fewest
    assert len(why.ways) == len({frozenset(c.fact for c in way) for way in why.ways})


# Nothing, and too much


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("CONNECT WHEN is a bot AND NOT is a bot OTHERWISE DECLINE", CONNECT),
        ("CONNECT WHEN is a bot OTHERWISE DECLINE", REVIEW),
        ("CONNECT WHEN has fewer than 0 followers OTHERWISE DECLINE", CONNECT),
        ("CONNECT WHEN followers is 5 AND followers is 6 OTHERWISE DECLINE", CONNECT),
        ('CONNECT WHEN country is "UK" AND NOT country contains "k" OTHERWISE DECLINE', CONNECT),
        ("CONNECT WHEN followers is more than followers OTHERWISE DECLINE", CONNECT),
    ],
)
def test_where_nothing_could_bring_it(text: str, decision: Decision) -> None:
    """No way, and that is certain."""
    assert found(text, decision=decision) == WhyNot(decision, ())


def test_a_text_that_no_letters_make_is_not_made_up() -> None:
    """What mentions a part contains it: tests count as independent, real texts are not."""
    text = 'CONNECT WHEN position mentions "PR" AND NOT position contains "PR" OTHERWISE DECLINE'

    assert found(text, position="Editor") == WhyNot(CONNECT, ())


def test_the_nearest_of_very_many_ways_are_told() -> None:
    """Of 120 ways of three counts those are told that move them least."""
    names = [f"visits to {letter}" for letter in "abcdefghij"]
    facts = "\n".join(f"FACT {name}: count" for name in names)
    items = "; ".join(f"{name} is at least 100" for name in names)
    text = f"{facts}\nCONNECT WHEN AT LEAST 3 OF ({items}) OTHERWISE DECLINE"
    values = {name: 50 + (number * 37) % 50 for number, name in enumerate(names)}
    away = {name: 1 - value / 100 for name, value in values.items()}

    ways = found(text, other=values).ways

    nearest = sorted(
        itertools.combinations(names, 3),
        key=lambda chosen: (round(sum(away[name] for name in chosen), 6), chosen),
    )
    assert [tuple(change.fact for change in way) for way in ways[:7]] == nearest[:7]
    assert len(ways) == 8


def test_dates_that_are_compared() -> None:
    """The nearer of the two moves first, by as few days as it takes; unknown ones are made up."""
    text = """
        FACT met on: date
        FACT left on: date
        CONNECT WHEN left on is after met on
        OTHERWISE DECLINE
    """
    days = {"met on": date(2024, 5, 10), "left on": date(2024, 5, 1)}

    ways = found(text, other=days).ways

    assert [[(c.fact, c.after, c.by) for c in way] for way in ways] == [
        [("left on", date(2024, 5, 11), 10)],
        [("met on", date(2024, 4, 30), -10)],
    ]
    ((one, other),) = found(text).ways
    assert (one.fact, other.fact) == ("left on", "met on")
    assert str(one.after) > str(other.after)


def test_numbers_that_are_compared() -> None:
    """A multiple of the other number, in doubles."""
    text = """
        FACT rate: number
        FACT share: number
        CONNECT WHEN rate is more than 1.5 times share AND share is at least 2
        OTHERWISE DECLINE
    """

    ways = found(text, other={"rate": 4.5, "share": 3}).ways
    assert {(way[0].fact, way[0].after) for way in ways} == {
        ("rate", 4.500000000000001),
        ("share", 2.9999999999999996),
    }
    assert {len(way) for way in found(text, other={"rate": 1, "share": 1}).ways} == {2}


@pytest.mark.parametrize(
    ("kind", "condition", "after"),
    [
        ("count", "m is n AND m is at least 2 times n", [0, 0]),
        (
            "number",
            "m is more than n AND m is at most 2 times n AND n is at most 0.5 times m",
            None,
        ),
        ("number", "m is 2 times n AND n is less than m", None),
    ],
)
def test_multiples_that_both_have_to_hold(
    kind: str, condition: str, after: list[int] | None
) -> None:
    """Values far from those that the facts have are tried as well."""
    text = f"FACT m: {kind}\nFACT n: {kind}\nCONNECT WHEN {condition}\nOTHERWISE DECLINE"

    why = found(text, other={"n": 10, "m": 9})

    assert why.ways
    assert after is None or [change.after for change in why.ways[0]] == after
    for way in why.ways:
        facts = {"n": 10, "m": 9} | {change.fact: change.after for change in way}
        assert Policy.parse(text).decide(Contact(key="ada", other=facts)) is CONNECT


def test_multiples_that_no_values_were_found_for() -> None:
    """Nothing is told, but not that nothing could bring it."""
    text = """
        FACT m: count
        FACT n: count
        CONNECT WHEN m is at least 2 times n AND m is less than n
        OTHERWISE DECLINE
    """

    assert found(text, other={"n": 10, "m": 9}) == WhyNot(CONNECT, (), fewest=False)


def test_a_list_that_is_compared_with_a_count() -> None:
    """The list may grow, or the count may fall."""
    text = "CONNECT WHEN has at least posts values OTHERWISE DECLINE"

    ways = found(text, values=["a"], posts=3).ways

    assert sorted((way[0].fact, way[0].after, way[0].by) for way in ways) == [
        ("posts", 1, -2),
        ("values", ("a", "another", "another 2"), 2),
    ]


def test_many_parts_of_a_text() -> None:
    """Of many words that a text may mention one is enough, or none may be left."""
    words = [f"word{number}" for number in range(12)]
    quoted = ", ".join(f'"{word}"' for word in words)
    none = ", ".join(f'"bad{number}"' for number in range(12))
    text = f"position mentions any of {quoted} AND position mentions none of {none}"

    change = only(text, position="Joiner, bad3 and bad5")

    assert change.gains == ("word0",)
    assert change.loses == ("bad3", "bad5")


@pytest.mark.once
def test_a_count_with_very_many_thresholds() -> None:
    """Not all of them are tried: what is told does, and is not called the fewest."""
    rules = "\n".join(
        "CONNECT WHEN ANY OF ("
        + "; ".join(f"followers is {start + 3 * number}" for number in range(300))
        + ")"
        for start in range(10, 4_000, 1_000)
    )

    why = found(f"{rules}\nOTHERWISE DECLINE", followers=11)

    assert not why.fewest
    assert {len(way) for way in why.ways} == {1}


@pytest.mark.parametrize(
    ("asked", "error", "message"),
    [
        (
            "connect",
            TypeError,
            "ask why not a decision, such as `Decision.CONNECT`, and not `'connect'`",
        ),
        (
            Decision.UNDECIDED,
            ValueError,
            "undecided is no decision: ask why not connect, decline or review",
        ),
    ],
)
def test_what_is_no_decision_is_refused(
    asked: Any,  # noqa: ANN401 - whatever somebody passes
    error: type[Exception],
    message: str,
) -> None:
    """The message says what to ask for."""
    explanation = Policy.parse("is a bot").explain(Contact(key="ada"))

    with pytest.raises(error) as raised:
        explanation.why_not(asked)

    assert str(raised.value) == message
