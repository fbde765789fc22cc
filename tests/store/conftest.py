"""Where a test's store is."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store that is not there yet, in a folder of its own."""
    return tmp_path / "kept" / "answers.db"


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that any user may look into, for a store that some may not write."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder)
        found.chmod(0o755)
        yield found
        found.chmod(0o755)
