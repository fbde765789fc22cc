"""EXAMPLEs that are proposed say what the policy says, and show what they are proposed for."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
from hypothesis import currently_in_test_context, given, note

from connectrules import Policy, Vocabulary
from connectrules.testing import run_examples
from connectrules.testing.coverage import Coverage, measure_coverage
from connectrules.testing.goals import Aspect
from connectrules.testing.report.lines import Gap, gap_of
from connectrules.testing.search import Failure, Finder, Found
from connectrules.testing.ways import Left, Need
from tests.property.model import Case as Drawn
from tests.property.printing import policy_text
from tests.property.running import tried
from tests.property.strategies import case
from tests.property.test_examples import SILENT
from tests.property.universe import FIELDS

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.policy"))


def pasted(text: str, vocabulary: Vocabulary[Any] | None = None) -> tuple[Coverage, Coverage]:
    """What is shown of the policy that *text* is, and what once all that is proposed is in it."""
    before = _coverage(text, vocabulary)
    longer = "\n\n".join((text, *(each.text for each in before.proposed)))
    if currently_in_test_context():
        note(longer)
    policy = _parsed(longer, vocabulary)
    results = run_examples(policy)
    assert [each.name for each in results if not each.passed] == []
    assert len({each.name for each in results}) == len(results)
    return before, measure_coverage(policy)


def _coverage(text: str, vocabulary: Vocabulary[Any] | None) -> Coverage:
    return measure_coverage(_parsed(text, vocabulary))


def _parsed(text: str, vocabulary: Vocabulary[Any] | None) -> Policy[Any]:
    return Policy.parse(text, vocabulary=vocabulary or SILENT)


def closed(before: Coverage, after: Coverage) -> Counter[Gap | None]:
    """Counts what was missing *before*; *after*, it is shown wherever that was promised."""
    gaps: Counter[Gap | None] = Counter()
    for then, now in zip(before.findings, after.findings, strict=True):
        gap = gap_of(then)
        assert gap is not Gap.OPEN
        assert now.is_shown is (gap in (None, Gap.PROPOSED)), then
        for number in then.proposals:
            assert any(before.proposed[number - 1].name in side for side in now.cases)
        gaps[gap] += 1
    return gaps


@pytest.mark.once
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_policies_to_copy(path: Path) -> None:
    """Without their EXAMPLEs, they get such as show every condition deciding its rule."""
    text, _, _ = path.read_text(encoding="utf-8").partition("\nEXAMPLE")

    before, after = pasted(text)

    gaps = closed(before, after)
    assert gaps[Gap.PROPOSED] > 10
    assert gaps[Gap.NOT_FOUND] == 0
    assert (before.percent, after.percent) == (0, 100)
    assert after.missing == ()


@pytest.mark.once
def test_random_policies() -> None:
    """What is promised is shown by pasting, and nothing else that was missing is."""
    gaps: Counter[Gap | None] = Counter()

    @tried(20)
    @given(case())
    def agree(drawn: Drawn) -> None:
        gaps.update(closed(*pasted(policy_text(drawn.rules, FIELDS), SILENT)))

    agree()

    assert gaps[Gap.PROPOSED] > 100
    assert gaps[Gap.IMPOSSIBLE] > 25


def alone(text: str) -> dict[str, Gap | None]:
    """For each condition why it is not shown to decide, by its words."""
    return {
        each.goal.test.sentence: gap_of(each)
        for each in _coverage(text, None).findings
        if each.goal.aspect is Aspect.ALONE and each.goal.test is not None
    }


def test_a_condition_that_turns_its_rule_both_ways_at_once() -> None:
    """A definition that is used twice is turned in both places, and may turn nothing."""
    text = """
    DEFINE fine AS would recommend
    CONNECT WHEN fine UNLESS fine AND met in person
    DECLINE WHEN fine UNLESS fine
    OTHERWISE REVIEW
    """

    found = _coverage(text, None)

    gaps = [
        (each.goal.rule, gap_of(each))
        for each in found.findings
        if each.goal.aspect is Aspect.ALONE
    ]
    assert gaps == [
        ("connect 1", Gap.PROPOSED),
        ("connect 1", Gap.PROPOSED),
        ("decline 1", Gap.IMPOSSIBLE),
    ]
    closed(*pasted(text))


def test_conditions_that_hold_whatever_the_value_is() -> None:
    """They are seen to hold once the value is known, and never decide."""
    text = "CONNECT WHEN met in person UNLESS has fewer than 0 followers\nOTHERWISE DECLINE"

    assert alone(text) == {
        "met in person": Gap.PROPOSED,
        "has fewer than 0 followers": Gap.IMPOSSIBLE,
    }
    closed(*pasted(text))


def test_half_a_pair_is_not_proposed_where_the_other_half_cannot_be() -> None:
    """Nobody has to write an EXAMPLE that shows nothing."""
    found = _coverage("CONNECT WHEN has at least 0 followers\nOTHERWISE DECLINE", None)

    assert [len(each.proposals) for each in found.findings if each.impossible] == [0, 0, 0]


@pytest.mark.parametrize(
    "condition",
    [
        "followers are less than following AND following are less than followers",
        "followers are less than following AND followers are following",
        "followers are less than 2 times posts AND NOT followers are at most 2 times posts",
        "followers are more than my posts AND followers are less than my posts",
        "followers are less than following AND following are less than 50% of followers",
        "followers are less than following AND following are less than 10 AND followers are 9",
        (
            "followers are less than following AND following are less than posts "
            "AND posts are less than followers"
        ),
    ],
)
def test_comparisons_that_contradict_one_another(condition: str) -> None:
    """Of the same two, of three that go round in a circle, or beside a number."""
    text = f"CONNECT WHEN {condition}\nOTHERWISE DECLINE"

    assert {*alone(text).values()} == {Gap.IMPOSSIBLE}
    closed(*pasted(text))


_WORDS = ("founder", "coach", "guru", "ninja", "crypto", "growth", "hacker", "wit", "hustle", "web")


@pytest.mark.once
@pytest.mark.parametrize("say", ['headline mentions "{}"', 'values include "{}"'])
@pytest.mark.parametrize("number", [2, 5, 9])
def test_many_words_of_which_some_are_wanted(say: str, number: int) -> None:
    """Each of ten words is shown to be needed, however many of them are."""
    items = "; ".join(map(say.format, _WORDS))

    before, after = pasted(f"DECLINE WHEN AT LEAST {number} OF ({items})\nOTHERWISE CONNECT")

    assert closed(before, after)[Gap.NOT_FOUND] == 0
    assert (before.percent, after.percent, after.missing) == (0, 100, ())


@pytest.mark.once
def test_no_rule_applies_where_one_of_many_conditions_fails() -> None:
    """The ways in which a long list fails are not taken for too many to look at."""
    letters = " AND ".join(f'NOT position contains "{each}"' for each in ascii_lowercase)

    before, after = pasted(f"DECLINE WHEN {letters}\nOTHERWISE CONNECT")

    assert closed(before, after)[Gap.NOT_FOUND] == 0
    assert after.missing == ()


def test_who_was_not_found_may_be_among_those_found_for_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Then it is shown by them, and not said that nobody was found."""
    text = "CONNECT WHEN would recommend\nDECLINE WHEN is a bot\nOTHERWISE REVIEW"
    find = Finder.find

    def find_less(finder: Finder, needs: Sequence[Need | Left], most: int = 9) -> Found | Failure:
        nobody = all(isinstance(each, Need) and not each.holds for each in needs)
        return Failure.NOT_FOUND if nobody else find(finder, needs, most)

    monkeypatch.setattr(Finder, "find", find_less)

    closed(*pasted(text))
    assert Gap.NOT_FOUND not in map(gap_of, _coverage(text, None).findings)


def test_names_stay_apart_from_those_that_are_taken() -> None:
    """An EXAMPLE of the policy may be called as one that would be proposed."""
    text = """
    CONNECT "x" WHEN would recommend
    OTHERWISE DECLINE

    EXAMPLE "x applies" EXPECT UNDECIDED
    """

    before, after = pasted(text)

    assert "x applies" not in [each.name for each in before.proposed]
    assert after.missing == ()


_SHOW = """\
import sys
from connectrules import Policy
from connectrules.testing import measure_coverage
for each in measure_coverage(Policy.parse(sys.argv[1])).proposed:
    print(each.text)
"""


@pytest.mark.once
def test_the_same_is_proposed_every_time() -> None:
    """In another process as well, where sets have another order."""
    text = """
    CONNECT WHEN followers are more than following AND values include any of "craft", "wit"
    DECLINE WHEN following is more than posts OR country is "Éire"
    OTHERWISE REVIEW
    """

    shown = {
        subprocess.run(
            [sys.executable, "-c", _SHOW, text],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert [each.count(b"EXAMPLE") > 3 for each in shown] == [True]
