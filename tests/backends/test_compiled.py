"""Code that is made of conditions, held against what they say, value by value."""

from collections.abc import Callable

import pytest

from connectrules import Contact, Policy
from connectrules.backends.compiled import recalling

Holds = Callable[[int], bool]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("followers is 5 OR followers is 6", lambda n: n in {5, 6}),
        ("NOT followers is 5 OR followers is 6", lambda n: n != 5),
        ("NOT followers is 5 OR NOT followers is 6", lambda _: True),
        ("NOT (followers is 5 OR followers is 6)", lambda n: n not in {5, 6}),
        ("followers is not 5 AND followers is not 6", lambda n: n not in {5, 6}),
        ("followers is 5 AND followers is 6", lambda _: False),
        ("followers is 5 OR NOT (followers is 6 OR followers is 7)", lambda n: n not in {6, 7}),
        ("followers is less than 5 OR followers is 6", lambda n: n < 5 or n == 6),
        ("NOT followers is less than 5 OR followers is 4", lambda n: n >= 4),
        ("NOT followers is more than 5 AND NOT followers is 4", lambda n: n <= 5 and n != 4),
    ],
)
def test_comparisons_of_one_fact(condition: str, holds: Holds) -> None:
    """Several become one search; what denies one of them is no part of it."""
    policy = Policy.parse(f"CONNECT WHEN {condition}\nOTHERWISE DECLINE")
    people = [Contact(key=str(number), followers=number) for number in range(9)]
    expected = ["CONNECT" if holds(number) else "DECLINE" for number in range(9)]

    assert [policy.decide(each).name for each in people] == expected
    assert [policy.judge(each).decision.name for each in people] == expected


@pytest.mark.parametrize("most", [0, 10**100], ids=["by a key", "by steps"])
def test_long_lists_are_found_again(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """What was worked out for some is said of none who come out otherwise."""
    monkeypatch.setattr(recalling, "_MOST_WAYS", most)
    words = [f"a long word, number {number}" for number in range(200)]
    listed = ", ".join(f'"{word}"' for word in words)
    policy = Policy.parse(
        f"CONNECT WHEN values include at least 2 of {listed} AND NOT is a bot\nOTHERWISE DECLINE"
    )
    people = [
        Contact(key="x", values=values, is_a_bot=bot)
        for values in ((), words[:1], words[-2:], words[:1] * 2, ["another"], None)
        for bot in (False, True, None)
    ]

    expected = [policy.judge(each) for each in people]

    assert [each.decision.name[0] for each in expected] == [*"DDDDDDCDUDDDDDDUDU"]
    assert [*policy.judge_all(people)] == expected
    assert [*policy.judge_all(people[::-1])] == expected[::-1]
