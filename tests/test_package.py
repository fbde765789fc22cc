"""What is installed."""

from importlib.metadata import distribution, entry_points
from importlib.resources import files

import pytest

import connectrules


def test_the_grammar_is_installed() -> None:
    """The parser reads it from the package."""
    grammar = files(connectrules) / "syntax" / "policy.lark"

    assert grammar.read_text(encoding="utf-8").strip()


def test_the_types_are_installed() -> None:
    """Type checkers use the annotations only where this file says so."""
    marker = files(connectrules) / "py.typed"

    assert marker.is_file()


def test_the_command_is_installed() -> None:
    """`connectrules` starts the command line."""
    (command,) = entry_points(group="console_scripts", name="connectrules")

    assert command.value == "connectrules.cli:main"
    assert callable(command.load())


def test_the_core_needs_two_packages() -> None:
    """All else is an extra."""
    required = distribution("connectrules").requires or []
    core = [each for each in required if "extra ==" not in each]

    assert sorted(each.partition(">=")[0] for each in core) == ["attrs", "lark"]


def test_the_version() -> None:
    """It is the one that is installed; nothing else is made up."""
    assert connectrules.__version__ == distribution("connectrules").version
    with pytest.raises(AttributeError, match=r"^module 'connectrules' has no attribute 'version'$"):
        getattr(connectrules, "version")  # noqa: B009 - type checkers know better


def test_the_public_names() -> None:
    """`__all__` says all there is, sorted as a reader looks it up."""
    names = list(connectrules.__all__)

    assert names == sorted(names, key=lambda name: (not name.isupper(), name))
    assert all(hasattr(connectrules, name) for name in names)
