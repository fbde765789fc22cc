"""All that the verdict in a row hangs on."""

from collections.abc import Container, Hashable, Mapping, Sequence
from typing import Any

import attrs
import narwhals as nw

from connectrules.backends.frames.kleene import Truth
from connectrules.framed.keys import TRUTHS, Digit
from connectrules.framed.outcomes import Situation
from connectrules.rules.tree import Subject


@attrs.frozen
class Hanging:
    """What verdicts hang on, each in a column of its own.

    Attributes:
        tests: How the tests come out.
        known: Of facts that are compared, whether they are known.
        faulty: Whether a fact has a value that does not fit.
        unsure: Whether somebody was asked about a fact and could not say.
        free: Of comparisons of two facts, by their test, whether they can come out both
            ways by themselves.
    """

    tests: Sequence[Truth]
    known: Mapping[Subject, nw.Expr | bool]
    faulty: Mapping[Subject, nw.Expr]
    unsure: Mapping[Subject, nw.Expr]
    free: Mapping[int, nw.Expr | bool]

    def digits(self) -> list[Digit]:
        """The digits of keys, in the order in which `situation` reads them."""
        truths = [Digit(each, len(TRUTHS)) for each in self.tests if isinstance(each, nw.Expr)]
        flags = [*self.known.values(), *self.faulty.values(), *self.unsure.values()]
        flags += self.free.values()
        return [*truths, *(Digit(each, 2) for each in flags if isinstance(each, nw.Expr))]

    @property
    def kind(self) -> Hashable:
        """What is the same for all tables whose keys mean the same; the order of digits counts."""
        tests = [
            None if each is None else each if isinstance(each, bool) else "" for each in self.tests
        ]
        return (
            *tests,
            *(tuple(each) for each in (self.known, self.faulty, self.unsure, self.free)),
        )

    def situation(self, values: Sequence[int]) -> Situation:
        """What the *values* of the digits stand for."""
        rest = iter(values)

        def flag(each: nw.Expr | bool) -> bool:  # noqa: FBT001 - what columns may be
            return each if isinstance(each, bool) else bool(next(rest))

        return Situation(
            pattern=tuple(
                TRUTHS[next(rest)] if isinstance(each, nw.Expr) else each for each in self.tests
            ),
            known=frozenset(s for s, each in self.known.items() if flag(each)),
            faulty=frozenset(s for s, each in self.faulty.items() if flag(each)),
            unsure=frozenset(s for s, each in self.unsure.items() if flag(each)),
            free=frozenset(number for number, each in self.free.items() if flag(each)),
        )

    def values(self, situation: Situation) -> list[int]:
        """The values of the digits that stand for *situation*."""
        tests = zip(self.tests, situation.pattern, strict=True)
        values = [TRUTHS.index(truth) for each, truth in tests if isinstance(each, nw.Expr)]
        groups: list[tuple[Mapping[Any, nw.Expr | bool], Container[Any]]] = [
            (self.known, situation.known),
            (self.faulty, situation.faulty),
            (self.unsure, situation.unsure),
            (self.free, situation.free),
        ]
        for flags, those in groups:
            values += [
                int(each in those) for each, flag in flags.items() if isinstance(flag, nw.Expr)
            ]
        return values
