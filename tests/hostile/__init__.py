"""Inputs that are meant to break things."""

import os
from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("CONNECTRULES_EXAMPLES", "0"))
"""How many cases each property is tried on, if more than its own number."""

Test = TypeVar("Test", bound=Callable[..., None])


def scaled(count: int) -> Callable[[Test], Test]:
    """Settings for a property: *count* cases, or as many as CONNECTRULES_EXAMPLES says."""
    return settings(
        max_examples=max(count, EXAMPLES),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
