"""The script's own mistakes are not mistaken for a missing extra."""

import builtins
import sys
from types import ModuleType

import pytest
from click.testing import CliRunner

from connectrules import cli
from connectrules.cli import app as program


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let importing the program raise *error*."""
    real = builtins.__import__

    def imported(name: str, *rest: object, **named: object) -> ModuleType:
        if name == "connectrules.cli.app":
            raise error
        return real(name, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", imported)


def test_another_missing_module_is_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is raised as it is, for it is a bug."""
    failing(monkeypatch, ModuleNotFoundError("no module", name="connectrules.nowhere"))

    with pytest.raises(ModuleNotFoundError, match="no module"):
        cli.main()


def test_ctrl_c_while_starting_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 130 then, too."""
    failing(monkeypatch, KeyboardInterrupt())

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("typed", [["--help"], ["judge"]])
def test_ctrl_c_while_a_command_is_loaded_is_quiet(
    typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same."""

    def interrupted(_: str) -> ModuleType:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "import_module", interrupted)

    result = CliRunner().invoke(program.app, typed)

    assert (result.exit_code, result.output) == (130, "")


def test_ctrl_c_while_the_shell_completes_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same: what it says would stand in the line that is typed."""

    def interrupted(_: str) -> ModuleType:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "import_module", interrupted)
    monkeypatch.setattr(sys, "argv", ["connectrules"])
    for name, value in {
        "_CONNECTRULES_COMPLETE": "zsh_complete",
        "COMP_WORDS": "connectrules judge --",
        "COMP_CWORD": "2",
    }.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "")
