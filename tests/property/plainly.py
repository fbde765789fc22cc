"""Policies decided in the plainest way: every fact known, and every test yes or no."""

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from connectrules import Decision, Policy
from connectrules.reading import Reading
from connectrules.rules.meaning import Context, meaning
from connectrules.rules.tree import Literal, Subject, Test, fold
from connectrules.testing.people import key_of
from connectrules.testing.tied import Place, Ties
from connectrules.testing.values import Boundaries

Filling = Mapping[Subject, Any]
"""A value of each fact, in the form tests compare."""

MOST = 1_500
"""How many fillings are tried for one contact."""


@attrs.frozen
class _Plain:
    """The algebra, and the logic, of yes and no about one filling.

    Attributes:
        filling: The values.
        context: The owner's facts, all of them known, and the day.
    """

    filling: Filling
    context: Context

    def test(self, test: Test) -> bool:
        truth = meaning(test, self, self.context)
        assert truth is not None
        return truth

    def fact(self, subject: Subject) -> Any:  # noqa: ANN401 - a value of its type
        return self.filling[subject]

    def literal(self, literal: Literal) -> Any:  # noqa: ANN401 - as above
        return literal.value

    def scaled(self, factor: float, term: float) -> float:
        return factor * term

    def length(self, term: frozenset[str]) -> int:
        return len(term)

    def holds(self, term: bool) -> bool:  # noqa: FBT001 - a truth
        return term

    def less(self, left: Any, right: Any) -> bool:  # noqa: ANN401 - numbers, or dates
        return bool(left < right)

    def equal(self, left: object, right: object) -> bool:
        return left == right

    def contains(self, text: str, part: str) -> bool:
        return part in text

    def mentions(self, text: str, part: str) -> bool:
        padded = f" {text} "
        return any(
            padded.startswith(part, start)
            and not padded[start - 1].isalnum()
            and not padded[start + len(part)].isalnum()
            for start in range(1, len(padded) - len(part))
        )

    def starts(self, text: str, part: str) -> bool:
        return text[: len(part)] == part

    def ends(self, text: str, part: str) -> bool:
        return text[len(text) - len(part) :] == part

    def member(self, item: str, texts: frozenset[str]) -> bool:
        return item in texts

    def negate(self, value: bool) -> bool:  # noqa: FBT001 - a truth
        return not value

    def at_least(
        self, threshold: int, items: Sequence[tuple[int, bool]], *, exactly: bool = False
    ) -> bool:
        total = sum(weight for weight, holds in items if holds)
        return total == threshold if exactly else total >= threshold


def decided(policy: Policy[Any], filling: Filling, context: Context) -> Decision:
    """What *policy* decides where all is known: DECLINE beats REVIEW beats CONNECT."""
    holding = {
        rule.decision for rule in policy.rules if fold(rule.condition, _Plain(filling, context))
    }
    for decision in (Decision.DECLINE, Decision.REVIEW, Decision.CONNECT):
        if decision in holding:
            return decision
    return policy._binding.default


@attrs.frozen
class Enumerated:
    """What all fillings of a contact's gaps come to.

    Attributes:
        decisions: The decisions there are.
        turning: The facts that turn some decision by themselves.
    """

    decisions: frozenset[Decision]
    turning: frozenset[str]


def enumerated(
    policy: Policy[Any], readings: Sequence[Reading], context: Context
) -> Enumerated | None:
    """What comes of a contact, each gap filled with each boundary value; None where too many."""
    tests = policy._binding.tests
    boundaries, ties = Boundaries(tests, context), Ties(tests)
    read = {
        slot.subject: reading.ready
        for slot, reading in zip(policy._binding.slots, readings, strict=True)
    }
    known = {Place(key_of(each)): ready for each, ready in read.items() if ready is not None}
    pools = {}
    for subject, ready in read.items():
        values = (
            ()
            if ready is not None
            else (
                *boundaries.values(subject),
                *ties.values(Place(key_of(subject)), known),
            )
        )
        pools[subject] = [*dict.fromkeys(map(subject.type.ready, values))] or [ready]
    if math.prod(map(len, pools.values())) > MOST:
        return None
    found = {
        values: decided(policy, dict(zip(pools, values, strict=True)), context)
        for values in itertools.product(*pools.values())
    }
    return Enumerated(
        frozenset(found.values()),
        frozenset(subject.name for subject in _turning([*pools], found)),
    )


def _turning(
    subjects: Sequence[Subject], found: Mapping[tuple[Any, ...], Decision]
) -> Iterator[Subject]:
    for place, subject in enumerate(subjects):
        beside: dict[tuple[Any, ...], Decision] = {}
        for values, decision in found.items():
            rest = (*values[:place], *values[place + 1 :])
            if beside.setdefault(rest, decision) is not decision:
                yield subject
                break
