"""Whether numbers can be so that some inequalities hold, by Fourier's and Motzkin's elimination."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction

import attrs

_MOST = 300
"""Of more inequalities it is not found out."""


@attrs.frozen
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

    @property
    def is_empty(self) -> bool:
        """Whether it speaks of no number and does not hold."""
        return not self.factors and (self.bound < 0 or (self.strict and self.bound == 0))


def is_possible(inequalities: Iterable[Inequality]) -> bool:
    """Whether real numbers can be so that all of *inequalities* hold; yes if they are too many."""
    left = [*inequalities]
    while not any(each.is_empty for each in left):
        names = dict.fromkeys(name for each in left for name in each.factors)
        if not names or len(left) > _MOST:
            return True
        name = min(names, key=lambda each: _times(left, each))
        left = _without(name, left)
    return False


def _times(inequalities: Sequence[Inequality], name: Hashable) -> int:
    """How many inequalities there will be once *name* is gone."""
    factors = [each.factors[name] for each in inequalities if name in each.factors]
    above = sum(factor > 0 for factor in factors)
    return above * (len(factors) - above)


def _without(name: Hashable, inequalities: Sequence[Inequality]) -> list[Inequality]:
    """What *inequalities* say of the others: each that bounds *name* above with each below."""
    above = [each for each in inequalities if each.factors.get(name, 0) > 0]
    below = [each for each in inequalities if each.factors.get(name, 0) < 0]
    others = [each for each in inequalities if name not in each.factors]
    return [*others, *(_sum(one, other, name) for one in above for other in below)]


def _sum(above: Inequality, below: Inequality, name: Hashable) -> Inequality:
    """Both together, so that *name* is gone."""
    times, other_times = -below.factors[name], above.factors[name]
    factors = {
        each: above.factors.get(each, Fraction(0)) * times
        + below.factors.get(each, Fraction(0)) * other_times
        for each in (*above.factors, *below.factors)
    }
    return Inequality(
        {each: factor for each, factor in factors.items() if factor},
        above.bound * times + below.bound * other_times,
        above.strict or below.strict,
    )
