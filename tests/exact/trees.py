"""Small random rules over a few facts, and what a search through every value says of them."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

import attrs
from hypothesis import strategies as st

from connectrules import Decision
from connectrules.exact.analysis import Analyser
from connectrules.exact.fillings import Pattern
from connectrules.exact.variables import BoundRule
from connectrules.rules.meaning import Context
from connectrules.rules.operators import PHRASE_BOOK
from connectrules.rules.tree import AtLeast, Condition, Literal, Not, Operand, Test, Weighted
from connectrules.schema.types import CountType, OneOf, TextList, YesNo
from connectrules.schema.vocabulary import Fact

Values = Mapping[str, object]

_ENTRIES = {each.name: each for each in PHRASE_BOOK}
_LISTS = (frozenset[str](), frozenset({"x"}), frozenset({"y"}), frozenset({"x", "y"}))

FACTS: Mapping[Fact, Sequence[object]] = {
    **{Fact(name, YesNo()): (False, True) for name in "abcd"},
    Fact("n", CountType()): (0, 1, 2, 3),
    Fact("kind", OneOf(("u", "v"))): ("u", "v"),
    Fact("list", TextList()): _LISTS,
}
"""The facts, each with values enough for all its tests."""

DECISIONS = (Decision.DECLINE, Decision.REVIEW, Decision.CONNECT)


def said(name: str, operator: str = "holds", *operands: Operand) -> Test:
    """The test of a fact."""
    (fact,) = (each for each in FACTS if each.name == name)
    return Test(_ENTRIES[operator], (fact, *operands), f"{name} {operator}")


TESTS = (
    *(said(name) for name in "abcd"),
    *(said("n", "less than", Literal(count)) for count in (1, 2, 3)),
    said("n", "equals", Literal(2)),
    said("kind", "is", Literal("u")),
    said("kind", "is", Literal("w")),
    said("list", "include", Literal("x")),
    said("list", "include", Literal("y")),
)


def _counted(items: Sequence[tuple[int, Condition]], threshold: int, *, exactly: bool) -> AtLeast:
    """A count that can be reached; where it is to be reached exactly, all items weigh 1."""
    weighted = tuple(Weighted(1 if exactly else weight, each) for weight, each in items)
    total = sum(each.weight for each in weighted)
    return AtLeast(1 + threshold % total, weighted, exactly)


def conditions(tests: Sequence[Test] = TESTS) -> st.SearchStrategy[Condition]:
    """Any condition of *tests*: few of them, so that they come again."""

    def joined(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        items = st.lists(st.tuples(st.integers(1, 3), inner), min_size=1, max_size=4)
        return st.builds(Not, inner) | st.builds(
            _counted, items, st.integers(0, 9), exactly=st.booleans()
        )

    return st.recursive(st.sampled_from(tests), joined, max_leaves=8)


@attrs.frozen
class Rules:
    """Rules with their default.

    Attributes:
        rules: What each decides, and when.
        default: What OTHERWISE decides.
    """

    rules: tuple[tuple[Decision, Condition], ...]
    default: Decision

    def analyser(self) -> Analyser:
        """What analyses them."""
        bound = [
            BoundRule(f"rule {place}", decision, None, condition)
            for place, (decision, condition) in enumerate(self.rules)
        ]
        return Analyser(bound, self.default, Context())

    def pattern(self, analyser: Analyser, known: Values) -> Pattern:
        """How the tests come out for a contact of whom *known* is known."""
        return tuple(
            holds(test, known) if _name(test) in known else None for test in analyser.tests
        )

    def holding(self, values: Values) -> list[int]:
        """The rules that hold for *values*, by their number."""
        return [n for n, (_, condition) in enumerate(self.rules) if holds(condition, values)]

    def decide(self, values: Values) -> Decision:
        """What they decide for *values*."""
        made = {self.rules[n][0] for n in self.holding(values)}
        return next((each for each in DECISIONS if each in made), self.default)

    def mentioned(self) -> list[Fact]:
        """The facts they speak of."""
        names = {_name(test) for _, condition in self.rules for test in _tests(condition)}
        return [fact for fact in FACTS if fact.name in names]

    def fillings(self, known: Values) -> Iterator[Values]:
        """Every way to fill in what is not *known*."""
        names = [fact.name for fact in self.mentioned()]
        choices = [
            [known[fact.name]] if fact.name in known else FACTS[fact] for fact in self.mentioned()
        ]
        for values in itertools.product(*choices):
            yield dict(zip(names, values, strict=True))

    def critical(self, known: Values) -> set[str]:
        """The facts of which two values decide differently with all else the same."""
        return {
            fact.name
            for values in self.fillings(known)
            for fact in self.mentioned()
            if fact.name not in known
            for other in FACTS[fact]
            if self.decide({**values, fact.name: other}) is not self.decide(values)
        }


def _tests(condition: Condition) -> Iterator[Test]:
    match condition:
        case Test():
            yield condition
        case Not(operand):
            yield from _tests(operand)
        case AtLeast(items=items):
            for item in items:
                yield from _tests(item.condition)


def _name(test: Test) -> str:
    (subject, *_) = test.operands
    assert isinstance(subject, Fact)
    return subject.name


def holds(condition: Condition, values: Values) -> bool:
    """Whether *condition* holds, worked out as one would by hand."""
    match condition:
        case Not(operand):
            return not holds(operand, values)
        case AtLeast(threshold, items, exactly):
            total = sum(item.weight for item in items if holds(item.condition, values))
            return total == threshold if exactly else total >= threshold
        case Test(operator, (Fact(name), *literals)):
            value = values[name]
            named = [each.value for each in literals if isinstance(each, Literal)]
            match operator.name:
                case "holds":
                    return value is True
                case "less than":
                    assert isinstance(value, int) and isinstance(named[0], int)  # noqa: PT018
                    return value < named[0]
                case "include":
                    assert isinstance(value, frozenset)
                    return named[0] in value
                case _:
                    return value == named[0]
    raise AssertionError(condition)


def rules(tests: Sequence[Test] = TESTS) -> st.SearchStrategy[Rules]:
    """Up to three rules."""
    one = st.tuples(st.sampled_from(DECISIONS), conditions(tests))
    return st.builds(
        Rules, st.lists(one, min_size=1, max_size=3).map(tuple), st.sampled_from(DECISIONS)
    )


def knowledge() -> st.SearchStrategy[dict[str, object]]:
    """What is known of a contact: often little."""
    return st.fixed_dictionaries(
        {}, optional={fact.name: st.sampled_from(values) for fact, values in FACTS.items()}
    )
