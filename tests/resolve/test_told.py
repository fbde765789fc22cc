"""What is told about mistakes, word for word: the cases in told/."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from connectrules.diagnostics import Severity
from connectrules.policy import check
from connectrules.source import Source
from tests.resolve.reading import VOCABULARY, told

HERE = Path(__file__).parent / "told"


def _cases() -> Iterator[ParameterSet]:
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


_FIXED = [
    pytest.param(text, id=case.id)
    for case in _cases()
    for text, told_of in [case.values]
    if isinstance(told_of, list)
    and any(line.startswith("fix: ") for line in told_of)
    # Its broken FACT hides further mistakes, as it should.
    and case.id != "declarations: a type from elsewhere"
]


@pytest.mark.parametrize("text", _FIXED)
def test_fixes(text: str) -> None:
    """A fix leaves no trace of its mistake, and brings no other."""
    before = check(Source("x.policy", text), vocabulary=VOCABULARY)
    for diagnostic in before:
        for fix in diagnostic.fixes:
            fixed = text
            for edit in sorted(fix.edits, key=lambda each: each.span, reverse=True):
                fixed = fixed[: edit.span.start] + edit.text + fixed[edit.span.end :]
            after = check(Source("x.policy", fixed), vocabulary=VOCABULARY)
            place = (diagnostic.code, diagnostic.span.start)
            assert place not in [(each.code, each.span.start) for each in after]
            assert sum(each.severity is Severity.ERROR for each in after) <= sum(
                each.severity is Severity.ERROR for each in before
            )
