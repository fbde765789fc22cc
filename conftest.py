"""Documentation runs: every example in README, docs and docstrings is a test."""

from doctest import ELLIPSIS

from sybil import Sybil
from sybil.parsers import markdown, rest

from tests import examples

_MARKDOWN = Sybil(
    parsers=[
        markdown.PythonCodeBlockParser(doctest_optionflags=ELLIPSIS),
        markdown.CodeBlockParser("policy", examples.policy),
        markdown.CodeBlockParser("console", examples.console),
        markdown.CodeBlockParser("sh", examples.shell),
        markdown.CodeBlockParser("json", examples.json),
        markdown.CodeBlockParser("yaml", examples.yaml),
        markdown.CodeBlockParser("text", examples.text),
    ],
    filenames=["README.md", "CONTRIBUTING.md"],
    patterns=["docs/**/*.md", "docs/*.md"],
    # The pages about codes show mistakes; tests/codes/ holds them to it.
    excludes=["docs/_build/**", "docs/codes/CR*.md"],
    setup=examples.begin,
    teardown=examples.end,
)
_DOCSTRINGS = Sybil(
    parsers=[rest.DocTestParser(optionflags=ELLIPSIS)],
    path="src",
    patterns=["*.py"],
)

pytest_collect_file = (_MARKDOWN + _DOCSTRINGS).pytest()
