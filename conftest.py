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
    ],
    filenames=["README.md", "CONTRIBUTING.md"],
    patterns=["docs/**/*.md", "docs/*.md"],
)
_DOCSTRINGS = Sybil(
    parsers=[rest.DocTestParser(optionflags=ELLIPSIS)],
    path="src",
    patterns=["*.py"],
)

pytest_collect_file = (_MARKDOWN + _DOCSTRINGS).pytest()
