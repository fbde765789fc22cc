"""How many questions it takes, against a slow search through every order of asking."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import product

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from connectrules import Decision
from connectrules.exact import blocks, questions
from connectrules.exact import game as open_
from connectrules.exact.analysis import Analyser
from connectrules.exact.questions import Questions
from connectrules.rules.tree import AtLeast, Not, Weighted, all_of, any_of
from connectrules.schema.vocabulary import Fact
from tests.exact.trees import FACTS, TESTS, Rules, holds, knowledge, rules, said
from tests.property.running import tried

_TRIED = tried(150)
_MOST = 200
"""Of how many fillings the slow search may be."""


@attrs.frozen(eq=False)
class Slow:
    """The slow search.

    Attributes:
        ask: The unknown facts that may be asked.
        values: For each unknown fact, a value for each way its tests can come out.
        decisions: What each filling decides.
    """

    ask: Sequence[Fact]
    values: Mapping[Fact, Sequence[object]]
    decisions: Mapping[tuple[object, ...], Decision]

    def left(self, known: Mapping[Fact, object]) -> Iterator[tuple[object, ...]]:
        """The fillings in which facts are as they are *known*."""
        yield from product(
            *([known[fact]] if fact in known else ways for fact, ways in self.values.items())
        )

    def hanging(self, known: Mapping[Fact, object], fact: Fact) -> list[bool]:
        """For each way the other facts can be, whether the decision hangs on *fact*."""
        place = [*self.values].index(fact)
        found: dict[object, set[Decision]] = {}
        for filling in self.left(known):
            rest = filling[:place] + filling[place + 1 :]
            found.setdefault(rest, set()).add(self.decisions[filling])
        return [len(each) > 1 for each in found.values()]

    def matter(self, known: Mapping[Fact, object]) -> list[Fact]:
        """The facts to ask that can still change the decision."""
        left = [fact for fact in self.ask if fact not in known]
        return [fact for fact in left if any(self.hanging(known, fact))]

    def fewest(self, known: Mapping[Fact, object]) -> float:
        """The fewest questions on average."""
        return self._fewest(tuple(known.items()))

    @cache  # noqa: B019 - it lives as long as one example
    def _fewest(self, known: tuple[tuple[Fact, object], ...]) -> float:
        facts = self.matter(dict(known))
        return min((self.first(dict(known), fact) for fact in facts), default=0.0)

    def first(self, known: Mapping[Fact, object], fact: Fact) -> float:
        """The fewest, *fact* asked first."""
        ways = self.values[fact]
        after = (sorted({**known, fact: value}.items(), key=repr) for value in ways)
        return 1 + sum(self.fewest(dict(each)) for each in after) / len(ways)


def slow(each: Rules, analyser: Analyser, known: Mapping[str, object], unsure: set[str]) -> Slow:
    """The slow search for what is not *known*."""
    values: dict[Fact, list[object]] = {}
    for fact in each.mentioned():
        if fact.name not in known:
            tests = [test for test in analyser.tests if fact in test.operands]
            ways = {
                tuple(holds(test, {fact.name: value}) for test in tests): value
                for value in FACTS[fact]
            }
            values[fact] = [*ways.values()]
    size = 1
    for ways_ in values.values():
        size *= len(ways_)
    assume(size <= _MOST)
    decisions = {
        filling: each.decide(
            {**known, **{fact.name: v for fact, v in zip(values, filling, strict=True)}}
        )
        for filling in product(*values.values())
    }
    return Slow([fact for fact in values if fact.name not in unsure], values, decisions)


def asked(
    each: Rules, analyser: Analyser, known: Mapping[str, object], unsure: set[str]
) -> tuple[list[Fact], Questions | None]:
    """The facts to ask, and the numbers of questions."""
    pattern = each.pattern(analyser, known)
    critical = [number for number, _ in analyser.analyse(pattern).critical]
    facts = [analyser.variables[number].subject for number in critical]
    ask = [fact for fact in facts if isinstance(fact, Fact) and fact.name not in unsure]
    never = [fact for fact in facts if isinstance(fact, Fact) and fact.name in unsure]
    found = open_.game(analyser, analyser.steps, pattern, critical, ask, never)
    return ask, None if found is None else questions.questions(found, analyser.steps)


_UNSURE = st.sets(st.sampled_from("abn"), max_size=2)


@pytest.mark.once
@_TRIED
@given(rules(), knowledge(), _UNSURE)
def test_numbers_are_those_of_the_best_order(
    each: Rules, known: dict[str, object], unsure: set[str]
) -> None:
    """Each fact asked first, and the best asked after it, takes as many as a search finds."""
    analyser = each.analyser()
    search = slow(each, analyser, known, unsure)
    ask, found = asked(each, analyser, known, unsure)

    assert found is not None
    assert {*ask} == {*search.matter({})}
    assert found.number(found.start) == pytest.approx(search.fewest({}))
    for place, fact in enumerate(ask):
        assert found.expected(found.start, place) == pytest.approx(search.first({}, fact))
        hanging = search.hanging({}, fact)
        assert found.influence(place) == pytest.approx(sum(hanging) / len(hanging))


@pytest.mark.once
@_TRIED
@given(rules(TESTS[:4]), st.data())
def test_numbers_from_wherever_one_stands(each: Rules, data: st.DataObject) -> None:
    """Facts are answered one after the other, in any order; the numbers stay right."""
    analyser = each.analyser()
    search = slow(each, analyser, {}, set())
    ask, found = asked(each, analyser, {}, set())
    assert found is not None
    at, known, ways = found.start, dict[Fact, object](), -1

    for place in data.draw(st.permutations(range(len(ask)))):
        value = data.draw(st.booleans())
        at = found.answered(at, place, (int(value),))
        (digit,) = found.game.facts[place].own
        ways &= found.game.at(digit, int(value))
        known = dict(sorted({**known, ask[place]: value}.items(), key=repr))

        assert found.number(at) == pytest.approx(search.fewest(known))
        for other in range(len(ask)):
            if ask[other] not in known:
                hanging = search.hanging(known, ask[other])
                assert found.influence(other, ways) == pytest.approx(sum(hanging) / len(hanging))


def _names(number: int) -> list[str]:
    return [*"abcd"[:number]]


@pytest.mark.parametrize(
    ("condition", "states"),
    [
        (all_of(*map(said, _names(4))), 6),
        (any_of(*map(said, _names(4))), 6),
        (all_of(said("a"), Not(said("b")), said("c"), Not(said("d"))), 6),
        (AtLeast(2, tuple(Weighted(1, said(name)) for name in _names(4))), 8),
    ],
    ids=["all", "any", "with denials", "a count"],
)
def test_facts_alike_are_asked_in_one_order(condition: AtLeast, states: int) -> None:
    """Which of them were asked makes no difference, only how many, and what came of it."""
    each = Rules(((Decision.CONNECT, condition),), Decision.DECLINE)
    _, found = asked(each, each.analyser(), {}, set())

    assert found is not None
    assert [len(block.states) for block in found.blocks] == [states]


@pytest.mark.parametrize(
    ("module", "name"),
    [(open_, "MOST_WAYS"), (blocks, "_MOST_STATES"), (questions, "MOST_STATES")],
    ids=["ways", "states of a part", "states"],
)
def test_past_a_limit(module: object, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is too much to look through, nothing is said."""
    each = Rules(((Decision.CONNECT, all_of(*map(said, _names(4)))),), Decision.DECLINE)
    assert asked(each, each.analyser(), {}, set())[1] is not None

    monkeypatch.setattr(module, name, 3)

    assert asked(each, each.analyser(), {}, set())[1] is None
