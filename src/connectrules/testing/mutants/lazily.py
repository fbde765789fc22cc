"""Values that are worked out where they are asked for, each once."""

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Lazily(dict[int, V]):
    """What *work* makes of each number that is asked for.

    Args:
        work: From a number to its value.
    """

    def __init__(self, work: Callable[[int], V]) -> None:
        super().__init__()
        self._work = work

    def __missing__(self, number: int) -> V:
        """The value of *number*, worked out and kept."""
        found = self[number] = self._work(number)
        return found
