"""Many EXAMPLEs at once against mutants: as bits, each is noticed as in a real run."""

import datetime
from collections import Counter
from collections.abc import Iterator
from random import Random
from typing import Any

import attrs
import pytest

from connectrules import UNSURE, Policy
from connectrules.exact import reach
from connectrules.outcome import Expected
from connectrules.schema.vocabulary import Fact
from connectrules.testing import run_examples
from connectrules.testing.cases import Case, Trial, Tried, tried_examples
from connectrules.testing.mutants import Assumed, Kind, Mutants, refolding, unknowns
from connectrules.testing.mutants.refolding import Refolding
from connectrules.testing.mutants.settling import is_as_expected, is_noticed
from connectrules.testing.mutants.stack import Stack
from connectrules.testing.mutation import mutate

POLICY = """\
FACT posts: count
FACT met on: date
FACT remark: text
ASSUME followers: 20
ASSUME is a bot: no
ASSUME posts: 3
CONNECT "liked" WHEN ALL OF
    - followers is at least 10 OR follows me
    - followers is less than 30 OR met in person
    - NOT is a bot
CONNECT "counted" WHEN AT LEAST 3 POINTS FROM
    - 2 FOR would recommend
    - 1 FOR met on is after 2024-05-03
    - 2 FOR remark mentions "care"
    - 1 FOR posts is at least following
REVIEW "odd" WHEN (followers is more than following OR is a bot) AND met on is before 2024-05-06
REVIEW "mine" WHEN followers is at least my followers
DECLINE "silent" WHEN posts is at most 3 AND NOT follows me AND NOT remark contains "a"
OTHERWISE DECLINE
"""
POOLS: dict[str, tuple[object, ...]] = {
    "yes/no": (True, False, False, UNSURE),
    "count": (0, 2, 4, 10, 20, 29, 30, 40),
    "text": ("care", "craft", "Leeds", ""),
    "date": tuple(datetime.date(2024, 5, day) for day in range(2, 8)),
}


def people(policy: Policy[Any], size: int, *, known: float) -> list[Tried]:
    """Cases of two owners that expect what comes of them; some say what is asked for."""
    draw, trial = Random(0), Trial(policy)  # noqa: S311 - nothing secret
    (mine,) = (slot.subject for slot in policy._binding.mine if isinstance(slot.subject, Fact))
    found = []
    for number in range(size):
        facts = {
            fact: draw.choice(POOLS[fact.type.name])
            for fact in policy.facts
            if draw.random() < known
        }
        tried = trial.tried(Case(str(number), facts, {mine: 25} if number % 3 else {}))
        verdict = tried.verdict
        ask = verdict.ask or None if number % 2 else None
        expected = Expected(verdict.decision, verdict.rules or None, ask)
        found.append(attrs.evolve(tried, case=attrs.evolve(tried.case, expected=expected)))
    return found


def failing(policy: Policy[Any], tried: list[Tried]) -> set[str]:
    """The cases that do not come out as expected in a real run."""
    trial = Trial(policy)
    return {
        each.case.name
        for each in tried
        if not is_as_expected(policy, each, trial.tried(each.case).verdict)
    }


@pytest.mark.once
@pytest.mark.parametrize("known", [0.9, 0.5])
def test_many_at_once_are_noticed_as_each_is(monkeypatch: pytest.MonkeyPatch, known: float) -> None:
    """Whatever is unknown of them, whoever the owner is, and in whatever portion they are."""
    monkeypatch.setattr(refolding, "_FIRST", 32)
    policy = Policy.parse(POLICY)
    mutants, tried = Mutants(policy), people(policy, 60, known=known)
    portions = [tried[start::6] for start in range(6)]
    foldings = [Refolding(mutants, each) for each in portions]
    together = Refolding(mutants, tried)
    seen: Counter[object] = Counter()

    for mutant in mutants.mutants:
        real = failing(mutants.mutated(mutant.change), tried)
        assert together.notices(mutant.change) is bool(real)
        for portion, folding in zip(portions, foldings, strict=True):
            found = folding.kills(mutant.change)
            seen[found] += 1
            wanted = any(each.case.name in real for each in portion)
            assert found in {wanted, None}, f"{mutant.kind}: {mutant.edits}"
            if found is None:
                doubtful = {each.case.name for each in folding.doubtful(mutant.change)}
                assert bool(doubtful & real) is wanted

    assert min(seen[True], seen[False]) > 100
    assert seen[None] < 5


@pytest.mark.once
def test_long_lists_of_points_are_left_to_verdicts(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a verdict asks for may be more than what matters then; that is not for bits to say."""
    monkeypatch.setattr(reach, "_MOST_STEPS", 1)
    policy = Policy.parse(POLICY)
    mutants, tried = Mutants(policy), people(policy, 20, known=0.5)
    folding = Refolding(mutants, tried)

    for mutant in mutants.mutants:
        real = failing(mutants.mutated(mutant.change), tried)
        assert folding.notices(mutant.change) is bool(real)

    assert None in {folding.kills(mutant.change) for mutant in mutants.mutants}


def test_what_was_assumed_is_asked_for() -> None:
    """Though nothing comes out otherwise: what it is compared with is not known either."""
    policy = Policy.parse("""\
ASSUME followers: 3
CONNECT WHEN followers is at least my followers AND follows me
OTHERWISE DECLINE

EXAMPLE "nothing is known" EXPECT UNDECIDED ASKING my followers; follows me
""")
    mutants = Mutants(policy)
    folding = Refolding(mutants, tried_examples(policy))

    assert {
        mutant.edits[0].text: folding.kills(mutant.change)
        for mutant in mutants.mutants
        if isinstance(mutant.change, Assumed)
    } == {"": True, "2": False, "4": False}


def test_who_could_not_say_is_not_asked_again() -> None:
    """What was assumed of somebody who was asked is not asked for where it is not assumed."""
    policy = Policy.parse("""\
ASSUME is a bot: no
CONNECT WHEN would recommend AND NOT is a bot
OTHERWISE DECLINE

EXAMPLE "cannot say" EXPECT UNDECIDED ASKING would recommend
    - is a bot: unsure
EXAMPLE "would and is not" EXPECT CONNECT
    - would recommend: yes
    - is a bot: no
EXAMPLE "would not" EXPECT DECLINE
    - would recommend: no
    - is a bot: no
EXAMPLE "is" EXPECT DECLINE
    - would recommend: yes
    - is a bot: yes
""")
    (removed,) = (each for each in mutate(policy).survivors)

    assert removed.mutant.kind is Kind.ASSUMPTION_REMOVED
    assert all(each.passed for each in run_examples(Policy.parse(removed.mutant.text)))


@pytest.mark.parametrize(
    "text",
    [
        """\
CONNECT "all" WHEN (is a bot OR NOT is a bot) AND follows me UNLESS met in person
OTHERWISE DECLINE
EXAMPLE "followed" EXPECT UNDECIDED ASKING met in person
    - follows me: yes
EXAMPLE "met" EXPECT CONNECT BECAUSE OF "all"
    - follows me: yes
    - met in person: no
""",
        """\
CONNECT WHEN follows me UNLESS met in person
OTHERWISE DECLINE
EXAMPLE "nothing is known" EXPECT UNDECIDED ASKING follows me; met in person
""",
        """\
CONNECT WHEN follows me AND is a bot AND NOT is a bot
OTHERWISE DECLINE
EXAMPLE "not followed" EXPECT DECLINE
    - follows me: no
""",
    ],
)
def test_what_is_not_filled_in_may_matter(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Of a case of many digits not all is, and then it is filled in whole, or judged."""
    policy = Policy.parse(text)
    mutants, tried = Mutants(policy), tried_examples(policy)
    wanted = [is_noticed(mutants.mutated(each.change), tried) for each in mutants.mutants]

    for most, whole in ((9, 14), (1, 14), (0, 14), (0, 1), (0, 0)):
        monkeypatch.setattr(unknowns, "_DIGITS", (0, most))
        monkeypatch.setattr(unknowns, "_MOST_WHOLE", whole)
        folding = Refolding(mutants, tried)
        found = [folding.kills(each.change) for each in mutants.mutants]

        if whole == 14:
            assert None not in found
        if whole == 0:
            assert None in found
        assert all(one in {other, None} for one, other in zip(found, wanted, strict=True))
        assert [folding.notices(each.change) for each in mutants.mutants] == wanted


def test_what_a_verdict_does_not_fill_in_is_not() -> None:
    """Where so much is unknown, a verdict says less than there is to say, and bits no more."""
    facts = [f"would like {chr(ord('a') + n)}" for n in range(17)]
    declared = "".join(f"FACT {name}: yes/no\n" for name in facts)
    many = " AND ".join(f"({name} OR NOT {name})" for name in facts)
    policy = Policy.parse(f"""\
{declared}CONNECT WHEN (is a bot OR NOT is a bot) AND follows me
REVIEW WHEN met in person AND {many}
OTHERWISE DECLINE
EXAMPLE "followed" EXPECT UNDECIDED
    - follows me: yes
    - met in person: no
""")
    mutants, tried = Mutants(policy), tried_examples(policy)
    folding = Refolding(mutants, tried)
    decided = [each.change for each in mutants.mutants if each.line == len(facts) + 1]

    for change in decided:
        noticed = is_noticed(mutants.mutated(change), tried)
        assert folding.kills(change) in {noticed, None}
        assert folding.notices(change) is noticed


def test_bits_lie_in_strides() -> None:
    """Somewhere in a case, and with which digit something turns, is what going through says."""
    draw = Random(1)  # noqa: S311 - nothing secret
    for digits in range(4):
        for size in (1, 3):
            stack = Stack((None,) * size, digits, start=2, first=1)  # type: ignore[arg-type]
            table = draw.getrandbits(size << digits)
            bits = [
                [table >> filling * size + case & 1 for filling in range(1 << digits)]
                for case in range(size)
            ]
            rest = (1 << (size << digits)) - 1 ^ table

            assert [*places(stack.somewhere(table << 2 | 3))] == [
                case + 1 for case in range(size) if any(bits[case])
            ]
            assert stack.bits_of(0b10) == sum(
                1 << 2 + filling * size for filling in range(1 << digits)
            )
            assert [[*places(each)] for each in stack.turning([rest << 2, table << 2])] == [
                [
                    case + 1
                    for case in range(size)
                    if any(one != bits[case][n ^ 1 << digit] for n, one in enumerate(bits[case]))
                ]
                for digit in range(digits)
            ]


def places(where: int) -> Iterator[int]:
    """The places of the bits that are set."""
    return (place for place in range(where.bit_length()) if where >> place & 1)
