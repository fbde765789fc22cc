"""All that a row's verdict hangs on as one number, and back."""

from collections.abc import Sequence
from functools import reduce
from operator import add, mul

import attrs
import narwhals as nw

_LARGEST = 2**62
_LARGEST_SMALL = 2**31

Kind = type[nw.Int32] | type[nw.Int64]


@attrs.frozen
class Digit:
    """Something that a verdict hangs on.

    Attributes:
        column: A truth, which may be null, or whether something is so, which is not.
        ways: How many ways it can come out: 3 for a truth, else 2.
    """

    column: nw.Expr
    ways: int

    def number(self, weight: int, kind: Kind) -> nw.Expr:
        """Its column as a number: 0 for no, *weight* for yes, and twice that for null.

        Engines choose among constants faster than they cast, fill and multiply.
        """
        value = nw.when(self.column).then(nw.lit(weight, kind)).otherwise(nw.lit(0, kind))
        if self.ways == len((False, True)):
            return value
        return nw.when(self.column.is_null()).then(nw.lit(2 * weight, kind)).otherwise(value)


@attrs.frozen
class Keys:
    """How what verdicts hang on is told from keys.

    A key is a number in which each digit has a place of its own, or where that is too
    large, a text of several such numbers.

    Attributes:
        digits: What verdicts hang on.
    """

    digits: Sequence[Digit]

    @property
    def size(self) -> int:
        """How many keys there can be."""
        return reduce(lambda product, digit: product * digit.ways, self.digits, 1)

    @property
    def is_number(self) -> bool:
        """Whether keys are numbers."""
        return self.size <= _LARGEST

    def expression(self) -> nw.Expr:
        """The key of each row."""
        parts = [_number(part) for part in self._parts()]
        if self.is_number:
            return parts[0]
        return nw.concat_str([part.cast(nw.String) for part in parts], separator=" ")

    def values(self, key: int | str) -> list[int]:
        """What each digit of *key* is."""
        numbers = [key] if isinstance(key, int) else map(int, key.split())
        values = []
        for number, part in zip(numbers, self._parts(), strict=True):
            rest = number
            for digit in part:
                rest, value = divmod(rest, digit.ways)
                values.append(value)
        return values

    def key(self, values: Sequence[int]) -> int:
        """The key, a number, whose digits are *values*."""
        key = 0
        for digit, value in zip(reversed(self.digits), reversed(values), strict=True):
            key = key * digit.ways + value
        return key

    def _parts(self) -> list[list[Digit]]:
        parts: list[list[Digit]] = [[]]
        size = 1
        for digit in self.digits:
            size *= digit.ways
            if size > _LARGEST:
                parts.append([])
                size = digit.ways
            parts[-1].append(digit)
        return parts


def _number(digits: Sequence[Digit]) -> nw.Expr:
    size = reduce(mul, (digit.ways for digit in digits))
    kind = nw.Int32 if size <= _LARGEST_SMALL else nw.Int64
    weight, terms = 1, []
    for digit in digits:
        terms.append(digit.number(weight, kind))
        weight *= digit.ways
    return reduce(add, terms)


TRUTHS = (False, True, None)
"""What the digits of a truth mean."""
