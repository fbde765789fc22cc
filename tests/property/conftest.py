"""Laws are tried once: no line is reached by them alone."""

from pathlib import Path

import pytest

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Each test of this folder is marked `once`."""
    for item in items:
        if item.path.is_relative_to(_HERE):
            item.add_marker("once")
