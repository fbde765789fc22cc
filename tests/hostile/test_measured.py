"""Hostile inputs are answered within the time and the memory that docs/reliability.md promises.

A second is what a quiet machine takes; here, where others may be at work, they
get twenty times as long: what is quadratic takes far longer still.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.children import environment
from tests.hostile.files import FILES
from tests.hostile.texts import TEXTS

pytestmark = pytest.mark.once
ROOT = Path(__file__).parents[2]
SECONDS = 20
MEGABYTES = 300
"""For all of them in one process, which keeps the memory that it once had."""


def measured(what: str) -> dict[str, dict[str, Any]]:
    """What tests/hostile/measure.py finds."""
    program = [sys.executable, "-m", "tests.hostile.measure", what]
    done = subprocess.run(
        program, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return {found["name"]: found for found in map(json.loads, done.stdout.splitlines())}


@pytest.fixture(scope="module")
def texts() -> dict[str, dict[str, Any]]:
    """The texts, measured."""
    return measured("texts")


@pytest.fixture(scope="module")
def files() -> dict[str, dict[str, Any]]:
    """The files, measured."""
    return measured("files")


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str, texts: dict[str, dict[str, Any]]) -> None:
    """It is told what it is told, soon, and without much memory."""
    found = texts[name]

    assert found["codes"] == TEXTS[name][0]
    assert max(found["seconds"]) < SECONDS
    assert found["megabytes"] < MEGABYTES


@pytest.mark.parametrize("name", FILES)
def test_file(name: str, files: dict[str, dict[str, Any]]) -> None:
    """It is read or refused, soon, and without much memory."""
    found = files[name]

    assert found["outcome"] == FILES[name][0]
    assert max(found["seconds"]) < SECONDS
    assert found["megabytes"] < MEGABYTES
