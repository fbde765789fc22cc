"""The ways in which all tests of one value come out together, as numbers and as keys."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from math import prod
from operator import mul

import attrs

from connectrules.backends.compiled.code import Code, Rails

ODD = -1
"""The number for a value of a yes/no fact that is neither, though it is not unknown: the last."""
_FEWEST = 3
"""So many comparisons of one value are worth a search; fewer are made one by one."""


@attrs.frozen
class Ways:
    """The ways in which the tests of one value come out together.

    Attributes:
        count: How many there are.
        number: An expression for the number of one, from 0 on.
        key: An expression for what tells them apart, too, and takes no adding up.
        yes_no: The variable that is yes, no or unknown, where that is all there is to it;
            the number is ``ODD`` where it is something else.
    """

    count: int
    number: str
    key: str
    yes_no: str | None = None


@attrs.frozen
class _Sorting:
    """How some tests of a known value come out.

    Attributes:
        code: An expression for a truth, or for a number where there are more than two.
        count: How many there are.
    """

    code: str
    count: int = 2

    @property
    def is_truth(self) -> bool:
        """Whether the code is for a truth."""
        return self.count == len((True, False))

    def number(self, unit: int) -> str:
        """An expression for the number of the way times *unit*, from 0 on."""
        return f"({unit} if {self.code} else 0)" if self.is_truth else f"{unit} * {self.code}"


def of_tests(truths: Iterable[Rails], code: Code) -> Iterator[Ways]:
    """The ways in which tests of facts come out; what is always the same is left out.

    Args:
        truths: The tests; each is known where its one fact is, or sees to that itself.
        code: What the expressions are for.
    """
    of_values: dict[str, list[Rails]] = {}
    for truth in truths:
        if truth.outcome is not None:
            yield _of_yes_no(truth.outcome)
        elif truth.known:
            of_values.setdefault(truth.known[0], []).append(truth)
        elif truth.known is None and truth.yes != truth.no:
            number = f"1 if {truth.yes} else 2 if {truth.no} else 0"
            yield Ways(3, number, f"({truth.truth})")
    for value, found in of_values.items():
        yield _of_value(value, [*_sortings(found, code)])


def of_assumption(found: str) -> Ways:
    """Whether a fact that is assumed where it is unknown was so; *found* is what it was."""
    return Ways(2, f"1 if {found} is None else 0", f"{found} is None")


def _of_yes_no(value: str) -> Ways:
    known = f"1 if {value} is True else 2 if {value} is False"
    return Ways(3, f"{known} else 0 if {value} is None else {ODD}", value, value)


def _of_value(value: str, sortings: Sequence[_Sorting]) -> Ways:
    count = 1 + prod(each.count for each in sortings)
    unknown = f"if {value} is None else"
    if len(sortings) == 1:
        code = sortings[0].code
        known = f"1 if {code} else 2" if sortings[0].is_truth else f"1 + {code}"
        return Ways(count, f"0 {unknown} {known}", f"(None {unknown} {code})")
    units = accumulate((each.count for each in sortings), mul, initial=1)
    number = " + ".join(each.number(unit) for each, unit in zip(sortings, units, strict=False))
    codes = ", ".join(each.code for each in sortings)
    return Ways(count, f"0 {unknown} 1 + {number}", f"(None {unknown} ({codes}))")


def _sortings(truths: Sequence[Rails], code: Code) -> Iterator[_Sorting]:
    """What says how *truths* come out, with one search for many comparisons of a value."""

    def comparison(truth: Rails) -> tuple[str, str]:
        return (truth.asked.value, truth.asked.how) if truth.asked else ("", "")

    for (value, how), group in groupby(sorted(truths, key=comparison), comparison):
        alike = [*group]
        asked = [
            [code.constants[name] for name in each.asked.names] for each in alike if each.asked
        ]
        if len(asked) < _FEWEST:
            yield from (_Sorting(each.yes) for each in alike)
        elif how == "equal":
            yield _among(value, asked, code)
        else:
            search = code.constant(bisect_right if how == "less" else bisect_left)
            bounds = sorted({bound for each in asked for bound in each})  # type: ignore[type-var]
            yield _Sorting(f"{search}({code.constant(bounds)}, {value})", len(bounds) + 1)


def _among(value: str, asked: Sequence[Sequence[object]], code: Code) -> _Sorting:
    """Which of the constants that are *asked* for the value is, as far as that matters."""
    numbers: dict[tuple[bool, ...], int] = {(False,) * len(asked): 0}
    found: dict[object, int] = {}
    for constant in (constant for each in asked for constant in each):
        outcome = tuple(constant in each for each in asked)
        found[constant] = numbers.setdefault(outcome, len(numbers))
    return _Sorting(f"{code.constant(found.get)}({value}, 0)", len(numbers))
