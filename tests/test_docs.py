"""The documentation as a whole: its blocks and its links."""

import re
from pathlib import Path

import pytest

from tests.examples import CHECKED, ROOT

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")])
_BLOCK = re.compile(r"^```(?P<language>.*)$", re.MULTILINE)
_LINK = re.compile(r"\]\((?P<target>[^)#\s]+)(?:#[^)\s]*)?\)")
ELSEWHERE = frozenset({"diff", "text"})
"""Applied by test_contributing.py, and pictures."""


def name(page: Path) -> str:
    """What a page is called from the project's folder."""
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_block_is_of_a_language_that_is_checked(page: Path) -> None:
    """No example stands there unchecked."""
    marks = _BLOCK.findall(page.read_text(encoding="utf-8"))

    assert set(marks[::2]) <= CHECKED | ELSEWHERE
    assert set(marks[1::2]) <= {""}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    """A link to a file of the project finds it."""
    targets = [found["target"] for found in _LINK.finditer(page.read_text(encoding="utf-8"))]
    inside = [each for each in targets if "://" not in each]

    assert [each for each in inside if not (page.parent / each).exists()] == []


def test_the_readme_holds_the_two_commands() -> None:
    """CI reads them from there and runs them in a fresh clone."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)

    judge = "connectrules judge examples/three-rules.policy examples/linkedin-export"
    assert blocks == [f"pip install uv && uv run {judge}\n", "uv run pytest\n"]


def test_the_architecture_names_every_room() -> None:
    """A newcomer finds each package and module of the top level there."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = [
        f"`{each.name}/`" if each.is_dir() else f"`{each.name}`"
        for each in (ROOT / "src" / "connectrules").iterdir()
        if each.name not in {"__init__.py", "__pycache__", "py.typed"}
    ]

    assert [each for each in rooms if each not in text] == []
