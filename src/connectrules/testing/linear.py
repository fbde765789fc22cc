"""Whether numbers can be so that some inequalities hold, by Fourier's and Motzkin's elimination."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm

import attrs

_MOST = 300
"""Of more inequalities it is not found out."""


@attrs.frozen(slots=False)
class Inequality:
    """That a sum of numbers, each times its factor, is at most a bound, or is below it.

    Attributes:
        factors: The factors, by whose they are; none is 0.
        bound: The bound.
        strict: Whether it is below.
    """

    factors: Mapping[Hashable, Fraction]
    bound: Fraction
    strict: bool

    @cached_property
    def whole(self) -> "_Whole":
        """The same in whole numbers."""
        times = lcm(*(each.denominator for each in (self.bound, *self.factors.values())))
        factors = {name: int(factor * times) for name, factor in self.factors.items()}
        return _Whole(factors, int(self.bound * times), self.strict)


@attrs.frozen
class _Whole:
    """An inequality in whole numbers, with which one reckons more quickly.

    Attributes:
        factors: The factors, by whose they are; none is 0.
        bound: The bound.
        strict: Whether the sum is below it.
    """

    factors: Mapping[Hashable, int]
    bound: int
    strict: bool

    @property
    def is_empty(self) -> bool:
        """Whether it speaks of no number and does not hold."""
        return not self.factors and (self.bound < 0 or (self.strict and self.bound == 0))


def is_possible(inequalities: Iterable[Inequality]) -> bool:
    """Whether real numbers can be so that all of *inequalities* hold; yes if they are too many."""
    left = [each.whole for each in inequalities]
    while not any(each.is_empty for each in left):
        times = _times(left)
        if not times or len(left) > _MOST:
            return True
        left = _without(min(times, key=times.__getitem__), left)
    return False


def _times(inequalities: Iterable[_Whole]) -> Mapping[Hashable, int]:
    """How many inequalities there will be more, for each of the numbers, once it is gone."""
    above, below = Counter[Hashable](), Counter[Hashable]()
    for each in inequalities:
        for name, factor in each.factors.items():
            above[name] += factor > 0
            below[name] += factor < 0
    return {name: above[name] * below[name] for name in above}


def _without(name: Hashable, inequalities: Sequence[_Whole]) -> list[_Whole]:
    """What *inequalities* say of the others: each that bounds *name* above with each below."""
    above = [each for each in inequalities if each.factors.get(name, 0) > 0]
    below = [each for each in inequalities if each.factors.get(name, 0) < 0]
    others = [each for each in inequalities if name not in each.factors]
    return [*others, *(_sum(one, other, name) for one in above for other in below)]


def _sum(above: _Whole, below: _Whole, name: Hashable) -> _Whole:
    """Both together, so that *name* is gone."""
    times, other_times = -below.factors[name], above.factors[name]
    factors = {each: factor * times for each, factor in above.factors.items()}
    for each, factor in below.factors.items():
        factors[each] = factors.get(each, 0) + factor * other_times
    bound = above.bound * times + below.bound * other_times
    common = gcd(bound, *factors.values()) or 1
    return _Whole(
        {each: factor // common for each, factor in factors.items() if factor},
        bound // common,
        above.strict or below.strict,
    )
