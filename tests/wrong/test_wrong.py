"""Wrong policies as people write them, each with all that `connectrules check` says of it.

The texts beside the policies are written anew with CONNECTRULES_REWRITE=1, to be read as a
diff: would someone who has never programmed know what to do next?
"""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from connectrules.cli.app import app
from connectrules.diagnostics import Diagnostic, Fix, Severity
from connectrules.policy import check
from connectrules.policy import check_file as check_path
from connectrules.source import Source

HERE = Path(__file__).parent
POLICIES = sorted(HERE.glob("*.policy"))
LIBRARY = sorted(HERE.glob("library/*.policy"))
CODES = {
    *(f"CR{number}" for number in range(101, 111)),
    *(f"CR{number}" for number in range(201, 206)),
    *(f"CR{number}" for number in range(301, 306)),
    *("CR401", "CR402", "CR403", "CR404", "CR405", "CR504"),
}
"""What `check` can find."""


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_what_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each wrong policy gets exactly what stands beside it."""
    monkeypatch.chdir(HERE)

    result = CliRunner().invoke(app, ["check", "--strict", path.name])

    golden = path.with_suffix(".txt")
    if os.environ.get("CONNECTRULES_REWRITE"):
        golden.write_text(result.stdout, "utf-8")
    assert result.exit_code == 1
    assert result.stdout == golden.read_text("utf-8")


def test_nothing_is_left_over() -> None:
    """Every text belongs to a policy, and there are many."""
    texts = {path.stem for path in HERE.glob("*.txt")}

    assert texts == {path.stem for path in POLICIES}
    assert len(texts) >= 110


def test_every_code_occurs(monkeypatch: pytest.MonkeyPatch) -> None:
    """No kind of mistake is without a wrong policy that makes it."""
    monkeypatch.chdir(HERE)

    found = {each.code for path in POLICIES for each in check_path(Path(path.name))}

    assert found == CODES


def _fixed(text: str, fix: Fix) -> str:
    for edit in sorted(fix.edits, key=lambda each: each.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _errors(found: tuple[Diagnostic, ...]) -> list[Diagnostic]:
    return [each for each in found if each.severity is Severity.ERROR]


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_fixes(path: Path) -> None:
    """A fix takes its mistake away and brings no other: there are fewer afterwards."""
    text = path.read_text("utf-8")
    loader = {each.relative_to(HERE).as_posix(): each.read_text("utf-8") for each in LIBRARY}
    before = check(Source(path.name, text), loader=loader.__getitem__)
    for diagnostic in before:
        for fix in diagnostic.fixes:
            after = check(Source(path.name, _fixed(text, fix)), loader=loader.__getitem__)
            allowed = len(_errors(before)) - (diagnostic.severity is Severity.ERROR)
            assert len(_errors(after)) <= allowed, (fix, after)
