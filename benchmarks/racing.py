"""Two ways of doing the same, timed in turns, so that a machine's moods meet both alike."""

import time
from collections.abc import Callable
from math import inf
from typing import Any

import attrs

try:
    import resource
except ImportError:  # elsewhere than on Unix, processes that are started are not counted
    resource = None  # type: ignore[assignment]


@attrs.frozen
class Row:
    """What a row of the table says beside the times.

    Attributes:
        what: What was timed.
        calls: How many calls make one round.
        beside: What it was timed beside.
        target: The ratio it should not pass, or what else it should not, in words.
    """

    what: str
    calls: int = 1
    beside: str = "by hand"
    target: float | str = ""


Race = Callable[..., None]


def worked() -> float:
    """How long this process and those it started have worked, in seconds."""
    if resource is None:
        return time.process_time()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@attrs.define
class Lap:
    """A function, and its fastest run."""

    function: Callable[[], object]
    fastest: float = inf

    def __call__(self) -> None:
        """Run it once more."""
        start = worked()
        self.function()
        self.fastest = min(self.fastest, worked() - start)


def raced(
    benchmark: Any,  # noqa: ANN401 - pytest-benchmark's fixture
    ours: Callable[[], object],
    other: Callable[[], object],
    row: Row,
    rounds: int,
) -> None:
    """Time *ours* and *other* in turns, and keep what `table.py` prints."""
    one, two = Lap(ours), Lap(other)
    benchmark.pedantic(one, setup=two, rounds=rounds, iterations=1, warmup_rounds=2)
    benchmark.extra_info.update(
        attrs.asdict(row), ours=one.fastest, other=two.fastest, ratio=one.fastest / two.fastest
    )
