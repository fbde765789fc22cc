"""Documentation runs: every example in README, docs and docstrings is a test.

The whole suite runs on all cores, what takes long first. Its thousands of tests are not looked
through for garbage: they stay until the end. Where lines are counted, which makes
everything slow, properties that don't say how many examples they need get few.
"""

import gc
import sys
from collections.abc import Generator
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from hypothesis import settings
from sybil import Sybil
from sybil.parsers import markdown, rest

from tests import examples

settings.register_profile("usual", deadline=None)  # a busy machine is no failure
settings.register_profile("counted", deadline=None, max_examples=25)
settings.load_profile("counted" if "coverage" in sys.modules else "usual")

_DOCS = Path(__file__).parent / "docs"
_MARKDOWN = Sybil(
    parsers=[
        markdown.PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        markdown.CodeBlockParser("policy", examples.policy),
        markdown.CodeBlockParser("console", examples.console),
        markdown.CodeBlockParser("sh", examples.shell),
        markdown.CodeBlockParser("json", examples.json),
        markdown.CodeBlockParser("yaml", examples.yaml),
        markdown.CodeBlockParser("text", examples.text),
        markdown.CodeBlockParser("py", examples.program),
    ],
    filenames=["README.md", "CONTRIBUTING.md"],
    patterns=["docs/**/*.md", "docs/*.md"],
    # The pages about codes show mistakes; tests/codes/ holds them to it.
    excludes=["docs/_build/**", "docs/codes/CR*.md"],
    setup=examples.begin,
    teardown=examples.end,
)
_SRC = Path(__file__).parent / "src"
_DOCSTRINGS = Sybil(
    parsers=[rest.DocTestParser(optionflags=ELLIPSIS)],
    path="src",
    # To look for docstrings in every file takes each process seconds.
    patterns=[
        path.relative_to(_SRC).as_posix()
        for path in _SRC.rglob("*.py")
        if ">>> " in path.read_text(encoding="utf-8")
    ],
)

pytest_collect_file = (_MARKDOWN + _DOCSTRINGS).pytest()


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """A worker for each core runs the whole suite; tests that are picked start sooner without."""
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    picked = config.option.keyword or config.getoption("lf", default=False)
    return None if whole and not picked and config.option.capture != "no" else 0


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """No garbage is looked for while there is next to none, nor ever in what was collected."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first, so that no core waits for it in the end.

    The pages' commands start so many processes that they take long, too, and show the same
    however the package is installed.
    """
    for item in items:
        if item.path.is_relative_to(_DOCS):
            item.add_marker(pytest.mark.once)
    items.sort(key=lambda item: item.get_closest_marker("once") is None)
