"""From a policy's text to a policy that is ready to judge, beside a bare parse of the same text.

`Policy.parse` reads the text, binds every sentence to facts and checks all that can be wrong;
the bare parse makes Lark's tree of words with the grammar in minimal.lark. Warnings, which
`check` looks for, are no part of it; what the first judging adds has a row of its own.
"""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lark import Lark
from policies import KINDS, policy
from racing import Race, Row

from connectrules import Contact, Policy

TARGET = 2
SIZES = (1, 3, 8, 50, 200, 1_000, 10_000)
ROUNDS = {1: 500, 3: 500, 8: 200, 50: 100, 200: 40, 1_000: 12, 10_000: 4}


@cache
def minimal() -> Lark:
    """The bare parser."""
    grammar = Path(__file__).with_name("minimal.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr")


def sentences(text: str) -> int:
    """How many sentences the conditions of *text* have, in the bare tree."""
    tree = minimal().parse(text)
    found = Counter(each.data for each in tree.iter_subtrees())
    return found["sentence"] - 2 * found["declaration"] - found["definition"]


@pytest.mark.parametrize("size", SIZES)
def test_sentences_of_all_kinds(race: Race, size: int) -> None:
    """The mix that a large policy has; the target holds for each size."""
    text = policy("all kinds", size)
    assert sentences(text) == size
    race(
        lambda: Policy.parse(text),
        lambda: minimal().parse(text),
        Row(f"parse, of {size:,} conditions each", size, "bare Lark", TARGET),
        rounds=ROUNDS[size],
    )


@pytest.mark.parametrize("kind", [each for each in KINDS if each != "all kinds"])
def test_sentences_of_one_kind(race: Race, kind: str) -> None:
    """What each kind of sentence takes."""
    text = policy(kind, 1_000)
    assert sentences(text) == 1_000
    race(
        lambda: Policy.parse(text),
        lambda: minimal().parse(text),
        Row(f"parse, of 1,000 conditions each, {kind}", 1_000, "bare Lark"),
        rounds=ROUNDS[1_000],
    )


def test_the_first_judging(race: Race) -> None:
    """What a policy works out when it judges for the first time, beside its parse."""
    text = policy("counts", 1_000)
    nobody = Contact(key="nobody")

    def parsed_and_judged() -> object:
        return Policy.parse(text).decide(nobody)

    race(
        parsed_and_judged,
        lambda: Policy.parse(text),
        Row("parse and decide once, of 1,000 conditions each", 1_000, "parse alone"),
        rounds=ROUNDS[1_000],
    )


HOSTILE: dict[str, Callable[[int], str]] = {
    "definitions of definitions": lambda size: (
        "DEFINE step 0 AS would recommend\n"
        + "".join(f"DEFINE step {n} AS NOT step {n - 1}\n" for n in range(1, size))
        + "".join(f"CONNECT WHEN step {n}\n" for n in range(size))
        + "OTHERWISE DECLINE\n"
    ),
    "names that are nearly alike": lambda size: (
        "".join(f"FACT calls to number{n} last: count\n" for n in range(size))
        + "".join(f"CONNECT WHEN calls to number{n} last > 5\n" for n in range(size))
        + "OTHERWISE DECLINE\n"
    ),
    "conditions side by side": lambda size: (
        "\nAND ".join(f"followers > {n}" for n in range(size)) + "\n"
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_growth(race: Race, kind: str) -> None:
    """Four times the text takes about four times as long."""
    small, large = HOSTILE[kind](1_000), HOSTILE[kind](4_000)
    race(
        lambda: Policy.parse(large),
        lambda: Policy.parse(small),
        Row(f"parse 4,000 {kind}", beside="1,000 of them"),
        rounds=ROUNDS[10_000],
    )
