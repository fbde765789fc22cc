"""What is told about mistakes, word for word: the cases in told/."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectrules.diagnostics import Severity
from tests.resolve.reading import told

HERE = Path(__file__).parent / "told"


def _cases() -> Iterator[object]:
    """Each ``=== name``, its text, and after ``---`` all that is told about it."""
    for file in sorted(HERE.glob("*.txt")):
        for block in file.read_text("utf-8").split("=== ")[1:]:
            name, _, rest = block.partition("\n")
            text, _, wanted = rest.partition("\n---\n")
            lines = wanted.strip("\n").split("\n") if wanted.strip() else []
            yield pytest.param(text, lines, id=f"{file.stem}: {name}")


@pytest.mark.parametrize(("text", "wanted"), [*_cases()])
def test_told(text: str, wanted: list[str]) -> None:
    """Each mistake is told once, where it stands, with help and with what mends it."""
    assert told(text, severities=tuple(Severity)) == wanted
