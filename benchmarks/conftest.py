"""What all benchmarks share."""

from collections.abc import Callable
from typing import Any

import pytest
from racing import Race, Row, raced


@pytest.fixture
def race(benchmark: Any) -> Race:  # noqa: ANN401 - pytest-benchmark's fixture
    """A function that times *ours* beside *other*; that both do the same is checked before."""

    def run(
        ours: Callable[[], object], other: Callable[[], object], row: Row, *, rounds: int = 300
    ) -> None:
        raced(benchmark, ours, other, row, rounds)

    return run
