"""Boundary values: what a fact is tried with."""

import datetime
from collections.abc import Mapping
from typing import Any

from hypothesis import given, note
from hypothesis import strategies as st

from connectrules import Policy
from connectrules.backends.compiled.functions import compile_tests
from connectrules.exact.variables import Variables
from connectrules.rules.meaning import Context
from connectrules.schema.types import FactType
from connectrules.testing.strategies import policies
from connectrules.testing.values import MOST_WAYS, Boundaries
from tests.property.running import tried

TODAY = datetime.date(2026, 11, 22)


def values(
    text: str, fact: str, mine: Mapping[str, Any] | None = None, today: datetime.date = TODAY
) -> list[object]:
    """The boundary values of *fact* in a policy."""
    policy = Policy.parse(text)
    boundaries = Boundaries(policy._binding.tests, Context(mine or {}, today))
    return [*boundaries.values(next(each for each in policy.facts if each.name == fact))]


def test_around_a_threshold() -> None:
    """A count is tried just below, at and just above each number, and with 0."""
    assert values("followers is at least 500", "followers") == [0, 499, 500, 501]


def test_a_threshold_that_no_count_can_be() -> None:
    """Around 2.5 a count is 2 or 3; none is less than 0."""
    assert values("followers > 2.5 AND posts > -3", "followers") == [0, 2, 3]
    assert values("followers > 2.5 AND posts > -3", "posts") == [0]


def test_between_two_numbers() -> None:
    """Numbers as close as 4 and 5 have one between them, written as one would."""
    text = "CONNECT WHEN rating > 4 AND rating < 5 OR rating = 0.1\nOTHERWISE DECLINE"

    found = values(f"FACT rating: number\n{text.replace('OR', 'AND')}", "rating")

    assert found == [0, 0.1, -0.9, 1.1, 3, 4, 4.5, 5, 6]


def test_a_number_so_large_that_one_more_is_the_same() -> None:
    """Then the next double stands for one more."""
    text = f"FACT rating: number\nCONNECT WHEN rating > {10**18}\nOTHERWISE DECLINE"

    assert values(text, "rating") == [0, 10**18 - 128.0, 10.0**18, 10**18 + 128.0]


def test_days() -> None:
    """A date is tried on the day before, on and after; a length of time names two days."""
    at = datetime.date
    found = values("connected on is after 2024-02-29", "connected on")
    assert found == [at(2024, 2, 28), at(2024, 2, 29), at(2024, 3, 1)]

    found = values("connected on is within the last 6 months", "connected on")
    assert found == [
        *(at(2026, 5, day) for day in (21, 22, 23)),
        *(at(2026, 11, day) for day in (21, 22, 23)),
    ]


def test_the_first_day_there_is() -> None:
    """There is none before it."""
    found = values("connected on is after 0001-01-01", "connected on")

    assert found == [datetime.date(1, 1, 1), datetime.date(1, 1, 2)]


def test_texts() -> None:
    """A text is another, each that is named, and near misses: case, accents, inside a word."""
    assert values('country is "Éire"', "country") == ["other", "Éire", "éIRE", "Eire", "xÉirex", ""]


def test_parts_of_a_text() -> None:
    """Each combination of parts has a text, and a word inside another is tried."""
    found = values('bio mentions "craft" AND bio contains "air"', "bio")

    assert found[:4] == ["other", "air", "craft", "craft air"]
    assert "xcraftx" in found


def test_a_text_that_other_would_be() -> None:
    """Where a policy names `other`, another text stands for the rest."""
    assert values('country is "other"', "country")[0] == "something"


def test_lists() -> None:
    """A list has none, some and all of the items, each alone, and each length asked for."""
    found = values('values include at least 2 of "Craft", "wit" OR has at least 3 values', "values")

    assert found[:5] == [
        (),
        ("Craft", "wit"),
        ("other", "other 2", "other 3"),
        ("Craft", "wit", "other"),
        ("Craft",),
    ]
    assert {("CRAFT",), ("cRAFT",)} & {*found}


def test_choices() -> None:
    """One of a few texts is tried with each."""
    text = 'FACT tie: one of "client", "peer"\nCONNECT WHEN tie is "peer"\nOTHERWISE DECLINE'

    assert values(text, "tie") == ["client", "peer"]


def test_two_facts() -> None:
    """A fact that is compared with a multiple of another is tried around its values."""
    text = "followers is at least 2 times following AND following > 10"

    assert {21, 22, 23} <= {*values(text, "followers")}
    assert {49, 50, 51} <= {*values("followers is at most 20% of following", "following")}


def test_two_facts_that_nothing_else_names() -> None:
    """Both have some values all the same, so that either may be more."""
    found = values("connected on is before last active on", "connected on")

    assert found == [datetime.date(2026, 11, day) for day in (20, 21, 22, 23, 24)]


def test_a_fact_of_ones_own() -> None:
    """What is known of the owner is a value like another; what is not gives none."""
    text = "followers > 20% of my followers"

    assert values(text, "followers", {"followers": 500}) == [0, 99, 100, 101]
    assert values(text, "followers") == [0, 1, 9, 10, 11]


def test_very_many_words() -> None:
    """Of so many that all combinations are too many, each is there and is not."""
    items = "; ".join(f'bio mentions "w{number}"' for number in range(30))

    found = values(f"AT LEAST 2 OF ({items})", "bio")

    assert {f"w{number}" for number in range(30)} <= {*found}


def test_every_way() -> None:
    """Each way in which a fact's tests can come out together has a value."""
    seen = set()

    @tried(60)
    @given(policies(max_conditions=20), st.booleans())
    def holds(policy: Policy[Any], is_known: bool) -> None:  # noqa: FBT001 - drawn
        mine = {
            slot.subject.key: slot.subject.type.ready(_some(slot.subject.type))
            for slot in policy._binding.mine
            if is_known
        }
        seen.update(_ways_agree(policy, Context(mine, TODAY)))

    holds()

    assert {2, 3} <= seen


def _ways_agree(policy: Policy[Any], context: Context) -> set[int]:
    """How many ways facts have, each of which has a value."""
    of = Variables(policy.rules, policy._binding.default, context)
    boundaries = Boundaries(of.tests, context)
    seen = set()
    for variable in of.variables:
        cells = of.cells(variable)
        if variable.subject is None or cells.linked or not 0 < cells.size <= MOST_WAYS:
            continue
        subject = variable.subject
        found = boundaries.values(subject)
        note(f"{subject.name}: {found}")
        assert len({*found}) == len(found)
        outcomes = compile_tests([of.tests[each] for each in variable.tests], [subject], context)
        ways = {outcomes([subject.type.ready(value)]) for value in found}
        assert len(ways) == cells.size
        seen.add(cells.size)
    return seen


def _some(kind: FactType) -> object:
    """A value of a fact of type *kind*."""
    by_type: dict[str, object] = {
        "YesNo": True,
        "CountType": 7,
        "Number": 2.5,
        "Text": "air",
        "OneOf": "gold",
        "Date": datetime.date(2026, 2, 1),
        "TextList": ("craft", "uk"),
    }
    return by_type[type(kind).__name__]


def test_many_words_of_one_text() -> None:
    """Of more than eight there is each alone, each pair, all but one, and some of any number."""
    words = ["ant", "bee", "cat", "dog", "elk", "fox", "gnu", "hen", "ibis", "jay"]
    text = " AND ".join(f'headline mentions "{each}"' for each in words)
    policy = Policy.parse(f"CONNECT WHEN {text}\nOTHERWISE DECLINE")
    boundaries = Boundaries(policy._binding.tests, Context(), 1_000)
    (fact,) = policy.facts

    found = [{*str(each).split()} & {*words} for each in boundaries.values(fact)]

    for each in words:
        assert {each} in found
        assert {*words} - {each} in found
        for size in range(1, len(words)):
            assert any(len(some) == size and each in some for some in found)
            assert any(len(some) == size and each not in some for some in found)
    assert all({one, other} in found for one in words for other in words)
    assert {*words} in found
    assert set() in found
