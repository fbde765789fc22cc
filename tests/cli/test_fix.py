"""`check --fix` mends files, and says what it did and what is left."""

import json
import stat
import sys
from pathlib import Path

import pytest

from connectrules.cli import fixing
from connectrules.cli.writing import replace_text
from connectrules.diagnostics import Diagnostic
from connectrules.policy import check
from connectrules.resolve.uses import Loader
from connectrules.source import Source
from tests.cli.conftest import Run

WRONG = """\
# My rules
CONNECT "friends" WHEN (country is UK)   # by name
    and (met in person)
Otherwise DECLINE
"""
RIGHT = """\
# My rules
CONNECT "friends" WHEN (country is "UK")   # by name
    AND (met in person)
OTHERWISE DECLINE
"""


def test_a_file_is_mended(run: Run, folder: Path) -> None:
    """With its comments, and all else as it was; it is said what was done."""
    (folder / "a.policy").write_text(
        'CONNECT WHEN would recommend # why not\nOtherwise DECLINE BECAUSE "no"', encoding="utf-8"
    )

    result = run("check", "--fix", "a.policy")

    assert (folder / "a.policy").read_text("utf-8") == (
        'CONNECT WHEN would recommend # why not\nOTHERWISE DECLINE BECAUSE "no"'
    )
    title, *rest = result.stdout.splitlines()
    assert title.startswith("fixed[CR101]: write ")
    assert rest == [
        " --> a.policy:2:1",
        '  - Otherwise DECLINE BECAUSE "no"',
        '  + OTHERWISE DECLINE BECAUSE "no"',
    ]
    assert (result.stderr, result.exit_code) == ("1 mistake mended in 1 policy\n", 0)


def test_what_is_hidden_is_mended_too(run: Run, folder: Path) -> None:
    """Whatever comes to light."""
    (folder / "a.policy").write_text(WRONG, encoding="utf-8")

    result = run("check", "a.policy", "--fix")

    assert (folder / "a.policy").read_text("utf-8") == RIGHT
    assert result.exit_code == 0
    assert run("check", "a.policy").stderr == "nothing to mend in 1 policy\n"


def test_what_is_left_is_shown(run: Run, folder: Path) -> None:
    """Two fixes are two readings, and the choice is the reader's."""
    text = "CONNECT WHEN would recommend OR is a bot AND met in person\nOtherwise DECLINE\n"
    (folder / "a.policy").write_text(text, encoding="utf-8")

    result = run("check", "a.policy", "two.policy", "--fix")

    assert (folder / "a.policy").read_text("utf-8") == text.replace("Otherwise", "OTHERWISE")
    assert result.stdout.startswith("fixed[CR101]: ")
    assert "\n\nerror[CR103]: AND and OR stand side by side" in result.stdout
    assert result.stderr == (
        "1 mistake mended, and 1 error and 0 warnings left in 2 policies\n"
        "`connectrules code CR103` tells more\n"
    )
    assert result.exit_code == 1


def test_warnings_left_count_only_when_strict(run: Run, folder: Path) -> None:
    """As without --fix."""
    text = "has at least 0 followers"
    (folder / "a.policy").write_text(text, encoding="utf-8")

    assert run("check", "a.policy", "--fix").exit_code == 0
    assert run("check", "a.policy", "--fix", "--strict").exit_code == 1
    assert (folder / "a.policy").read_text("utf-8") == text


def test_a_clean_file_is_not_written(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor one in which nothing is certain."""
    (folder / "a.policy").write_text("is a client", encoding="utf-8")
    monkeypatch.setattr(fixing, "replace_text", None)

    clean = run("check", "two.policy", "--fix")
    unclear = run("check", "a.policy", "--fix")

    assert (clean.stderr, clean.exit_code) == ("nothing to mend in 1 policy\n", 0)
    assert unclear.exit_code == 1


def test_line_ends_mark_and_mode_are_kept(run: Run, folder: Path) -> None:
    """A byte order mark, carriage returns, a missing line end, and who may read the file."""
    path = folder / "a.policy"
    path.write_bytes(b"\xef\xbb\xbfCONNECT WHEN country is UK\r\nOTHERWISE DECLINE # caf\xc3\xa9")
    path.chmod(0o640)

    result = run("check", "a.policy", "--fix")

    assert path.read_bytes() == (
        b'\xef\xbb\xbfCONNECT WHEN country is "UK"\r\nOTHERWISE DECLINE # caf\xc3\xa9'
    )
    assert result.exit_code == 0
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_file_that_is_no_utf_8_is_left_alone(run: Run, folder: Path) -> None:
    """Its mistake is told; others are mended."""
    (folder / "latin.policy").write_bytes(b"would recommend. # caf\xe9")
    (folder / "a.policy").write_text("would recommend.", encoding="utf-8")

    result = run("check", "latin.policy", "a.policy", "--fix")

    assert (folder / "latin.policy").read_bytes() == b"would recommend. # caf\xe9"
    assert (folder / "a.policy").read_text("utf-8") == "would recommend"
    assert result.stdout.startswith("error[CR101]: the text is not UTF-8")
    assert result.exit_code == 1


def test_a_used_file_is_mended_in_its_own_turn(run: Run, folder: Path) -> None:
    """Only the files that are named are written."""
    (folder / "words.policy").write_text("FACT is keen: bool\n", encoding="utf-8")
    (folder / "a.policy").write_text(
        'USE "words.policy"\nCONNECT WHEN is keen\nOTHERWISE DECLINE\n', encoding="utf-8"
    )

    alone = run("check", "a.policy", "--fix")
    words = (folder / "words.policy").read_text("utf-8")
    both = run("check", "words.policy", "a.policy", "--fix")

    assert (alone.exit_code, words) == (1, "FACT is keen: bool\n")
    assert both.exit_code == 0
    assert (folder / "words.policy").read_text("utf-8") == "FACT is keen: yes/no\n"


def test_json_has_what_was_fixed(run: Run, folder: Path) -> None:
    """Beside what is left; without --fix it has no such part."""
    (folder / "a.policy").write_text("would recommend. AND is a client", encoding="utf-8")

    before = json.loads(run("check", "a.policy", "--format", "json").stdout)
    after = json.loads(run("check", "a.policy", "--format", "json", "--fix").stdout)

    assert list(before) == ["file", "diagnostics"]
    assert list(after) == ["file", "fixed", "diagnostics"]
    assert [each["code"] for each in after["fixed"]] == ["CR101"]
    assert [each["code"] for each in after["diagnostics"]] == ["CR102"]


def test_standard_input_is_a_filter(run: Run) -> None:
    """The mended text comes out, byte for byte; all else goes to standard error."""
    result = run("check", "--fix", "-", given=WRONG.replace("\n", "\r\n").encode())

    assert result.stdout_bytes == RIGHT.replace("\n", "\r\n").encode()
    assert result.stderr.startswith("fixed[CR")
    assert result.stderr.endswith("mended in 1 policy\n")
    assert result.exit_code == 0


def test_what_a_filter_leaves_goes_to_standard_error(run: Run) -> None:
    """The text comes out all the same."""
    result = run("check", "--fix", "-", given="is a client")

    assert result.stdout == "is a client"
    assert result.stderr.startswith("error[CR102]: ")
    assert result.exit_code == 1


def test_a_filter_passes_on_nothing_that_it_cannot_read(run: Run) -> None:
    """Half a text would be worse."""
    result = run("check", "--fix", "-", given=b"caf\xe9")

    assert result.stdout == ""
    assert result.stderr.startswith("error[CR101]: the text is not UTF-8")
    assert result.exit_code == 2


def test_a_condition_is_mended_too(run: Run) -> None:
    """And ends its line."""
    result = run("check", "--fix", "-c", "country is UK")

    assert (result.stdout, result.exit_code) == ('country is "UK"\n', 0)


@pytest.mark.parametrize(
    "typed",
    [
        ("-", "two.policy"),
        ("two.policy", "-c", "would recommend"),
        ("-", "--format", "json"),
        ("-c", "would recommend", "--format", "sarif"),
    ],
)
def test_a_filter_stands_alone(run: Run, typed: tuple[str, ...]) -> None:
    """Two texts on standard output would run together."""
    result = run("check", "--fix", *typed)

    assert (result.stdout, result.exit_code) == ("", 2)
    assert result.stderr == (
        "error: with --fix, `-` or -c stands alone, and prints the mended text\n"
        "help: `connectrules check --help` shows how it is used\n"
    )


def test_a_file_that_somebody_else_changes_is_left_alone(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What they wrote is not lost."""
    path = folder / "a.policy"
    path.write_text("would recommend.", encoding="utf-8")

    def meanwhile(source: Source, *, loader: Loader | None) -> tuple[Diagnostic, ...]:
        path.write_text("met in person", encoding="utf-8")
        return check(source, loader=loader)

    monkeypatch.setattr(fixing, "check_source", meanwhile)
    result = run("check", "a.policy", "--fix")

    assert path.read_text("utf-8") == "met in person"
    assert result.stderr == (
        "error: `a.policy` was changed by somebody else while it was read\n"
        "help: check it once more\n"
    )
    assert result.exit_code == 2


def test_a_file_that_cannot_be_written_is_told(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is as it was."""
    path = folder / "a.policy"
    path.write_text("would recommend.", encoding="utf-8")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", refuse)

    result = run("check", "a.policy", "--fix")

    assert path.read_text("utf-8") == "would recommend."
    assert result.stderr == (
        "error: `a.policy` cannot be written: it, or the folder it is in, may not be written to\n"
        "help: nothing in it was changed\n"
    )
    assert result.exit_code == 2


def test_a_file_may_use_one_that_is_mended_after_it(run: Run, folder: Path) -> None:
    """What is left is looked for when all files are mended, whatever their order."""
    (folder / "main.policy").write_text(
        'USE "lib.policy"\nCONNECT WHEN skills include "a"\nOTHERWISE DECLINE\n', encoding="utf-8"
    )
    (folder / "lib.policy").write_text("FACT skills: list\n", encoding="utf-8")

    result = run("check", "--fix", "main.policy", "lib.policy")

    assert (folder / "lib.policy").read_text("utf-8") == "FACT skills: list of text\n"
    assert (result.stderr, result.exit_code) == ("1 mistake mended in 2 policies\n", 0)


def test_many_lines_are_shown_in_part(run: Run, folder: Path) -> None:
    """The first few, before and after; those that stayed as they were are left out."""
    items = "".join(f"    • has at least {number} followers\n" for number in range(1, 9))
    (folder / "a.policy").write_text(f"ANY OF\n{items}", encoding="utf-8")

    lines = run("check", "a.policy", "--fix").stdout.splitlines()

    assert lines[1] == " --> a.policy:2:5"
    assert lines[2] == "  -     • has at least 1 followers"
    assert lines[8] == "  - …"
    assert lines[9] == "  +     - has at least 1 followers"
    assert lines[15] == "  + …"


def test_replacing_takes_the_text_as_it_stands(tmp_path: Path) -> None:
    """A text without a byte order mark gets none."""
    replace_text(tmp_path / "a", "x")

    assert (tmp_path / "a").read_bytes() == b"x"
