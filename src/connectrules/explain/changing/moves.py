"""A value that a fact could have instead."""

from typing import Any

import attrs

Vector = tuple[bool, ...]
"""How the tests of one fact come out, in their order."""

UNKNOWN_TO_VALUE = 0.5
"""How far it is from a fact that is not known to any value."""

_YEAR = 365.25


@attrs.frozen
class Move:
    """A value that a fact could have instead, and how far that is.

    Attributes:
        ready: The value in the form tests compare.
        after: The value as a person would write it.
        distance: How far it is: 1 for yes to no and for each item of a list or part
            of a text, less for a number the smaller the share is by which it moves.
        by: How far a number would move, a date in days, a list in items that have no
            name.
        gains: What a list or a text would gain.
        loses: What it would lose.
    """

    ready: Any
    after: object
    distance: float
    by: float | None = None
    gains: tuple[str, ...] = ()
    loses: tuple[str, ...] = ()


def plain(move: Move, before: object) -> float:
    """How far *move* is from *before* among values of the same fact: by the difference alone."""
    if move.by is None or isinstance(move.after, tuple):
        return move.distance
    if isinstance(before, (int, float)):
        return abs(move.by) / max(abs(before), 1)
    return abs(move.by) / _YEAR


def nearer(one: Move, other: Move | None) -> bool:
    """Whether *one* is nearer than *other*, of which the one found first stays.

    Of two values of one number it is the difference that counts, not the share.
    """
    if other is None:
        return True
    if one.by is not None and other.by is not None and not isinstance(one.after, tuple):
        return abs(one.by) < abs(other.by)
    return one.distance < other.distance
