"""Values of a fact that nothing is known of."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)
from connectrules.testing.values import DAY

SOME_DAYS = tuple(
    map(datetime.date.fromisoformat, ("2024-02-29", "2026-03-31", "2026-07-15", "2027-01-01"))
)
"""Days at which lengths of time are not all alike."""

_USUAL: Mapping[type, tuple[object, ...]] = {
    YesNo: (False, True),
    CountType: (0, 1, 2, 9, 10, 11, 99, 100, 499, 500, 501, 1_000, 5_000, 2**53),
    Number: (0, 1, -1, 0.5, 2.5, -2.5, 10, 99.9, 100, 1_000_000.25, -1e-9),
    Text: ("other", "craft", "Craft", "crafts, and more", "UK", "Éire", "ÉIRE", ""),
    Date: (DAY, *SOME_DAYS),
    TextList: ((), ("craft",), ("Craft", "honesty"), ("craft", "honesty", "kindness"), ("other",)),
}
"""Values of a fact that nothing is known to compare with anything, by its type."""


def usual(kind: FactType) -> tuple[object, ...]:
    """Values of a fact of type *kind* that nothing is known of, the simplest first."""
    return kind.choices if isinstance(kind, OneOf) else _USUAL[type(kind)]


def each_once(values: Iterable[object]) -> tuple[Any, ...]:
    """*values* without those that came before, yes and no being no numbers."""
    return tuple({(type(value) is bool, value): value for value in values}.values())
