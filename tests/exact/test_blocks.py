"""How open facts are parted into blocks: that saves work, and changes no number."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings

from connectrules import Contact, Decision, Policy
from connectrules.exact import questions
from connectrules.rules.tree import Condition, Literal, all_of, any_of
from tests.exact.test_questions import asked
from tests.exact.trees import Rules, rules, said

_N = said("n", "less than", Literal(1))
_KIND = said("kind", "is", Literal("u"))


@pytest.mark.parametrize(
    ("condition", "facts"),
    [
        (all_of(said("a"), _N), [2]),
        (any_of(all_of(said("a"), _N), all_of(said("b"), _KIND)), [4]),
    ],
    ids=["one count", "counts in a count"],
)
def test_facts_that_stand_together_are_one_block(condition: Condition, facts: list[int]) -> None:
    """What is left of one of them hangs on what was said of the others."""
    each = Rules(((Decision.CONNECT, condition),), Decision.DECLINE)
    _, found = asked(each, each.analyser(), {}, set())

    assert found is not None
    assert [sum(len(group.facts) for group in block.groups) for block in found.blocks] == facts


@pytest.mark.once
@settings(max_examples=60, deadline=None, derandomize=True)
@given(rules())
def test_numbers_are_the_same_however_facts_are_parted(each: Rules) -> None:
    """Each fact by itself, or together as far as that is small."""
    analyser = each.analyser()
    ask, found = asked(each, analyser, {}, set())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(questions, "_SMALL", 0)
        _, apart = asked(each, analyser, {}, set())

    assert found is not None
    assert apart is not None
    for place in range(len(ask)):
        assert apart.expected(apart.start, place) == pytest.approx(
            found.expected(found.start, place)
        )


@pytest.mark.parametrize("small", [0, questions._SMALL], ids=["apart", "together"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "followers is more than following AND (is a bot OR would recommend)",
            [
                ("followers", 2.75),
                ("following", 2.75),
                ("is a bot", 3.0),
                ("would recommend", 3.0),
            ],
        ),
        (
            "country is my country AND would recommend",
            [("would recommend", 1.5), ("country", 2.0), ("my country", 2.5)],
        ),
    ],
    ids=["of two facts", "with the owner's"],
)
def test_comparisons_are_settled_by_the_last_of_their_facts(
    monkeypatch: pytest.MonkeyPatch, text: str, expected: Sequence[tuple[str, float]], small: int
) -> None:
    """Two questions settle one, so what is asked beside it comes after; the owner is not asked."""
    monkeypatch.setattr(questions, "_SMALL", small)
    policy = Policy.parse(f"CONNECT WHEN {text}\nOTHERWISE DECLINE")

    explanation = policy.explain(Contact(key="ada"), me=Contact(key="me"))

    assert [(each.fact, each.expected) for each in explanation.what_next] == expected
