"""How languages of one line spell a rulebook."""

import json
from collections.abc import Mapping

import attrs

from benchmarks.peers.rulebooks import Kind, Rulebook, Test, Tests, quoted


@attrs.frozen
class Spelling:
    """How a language spells a rulebook.

    Attributes:
        kinds: What a test of each kind looks like. `{fact}` and `{value}` stand for its fact
            and what it compares with, `{text}` for that without quotes, `{values}` for texts
            with commas, and `{any}` for a comparison with each of them.
        all_of: What joins conditions that must all be so.
        any_of: What joins conditions of which one must be so.
        none: What stands before a condition that must not be so.
    """

    kinds: Mapping[Kind, str]
    all_of: str = " and "
    any_of: str = " or "
    none: str = "not "

    def written(self, book: Rulebook) -> str:
        """The whole *book* as one condition, true where it connects."""
        declines = [f"{self.none}({self.rule(rule)})" for rule in book.declines]
        connects = self.any_of.join(f"({self.rule(rule)})" for rule in book.connects)
        return self.all_of.join((*declines, f"({connects})"))

    def rule(self, tests: Tests) -> str:
        """The condition of one rule."""
        return self.all_of.join(self._test(test) for test in tests)

    def _test(self, test: Test) -> str:
        texts = test.value if isinstance(test.value, list) else []
        said = self.kinds[test.kind].format(
            fact=test.fact,
            value=json.dumps(test.value),
            text=test.value,
            values=quoted(texts),
            any=self.any_of.join(f'{test.fact} == "{text}"' for text in texts),
        )
        return f"{self.none}({said})" if test.no else said


PYTHON: Mapping[Kind, str] = {
    "yes": "{fact}",
    "at least": "{fact} >= {value}",
    "more than": "{fact} > {value}",
    "less than": "{fact} < {value}",
    "one of": "{fact} in ({values})",
    "contains": "{value} in {fact}",
    "includes": "{value} in {fact}",
}
"""The tests in Python, and in what looks like it."""

CEL = Spelling(
    {**PYTHON, "one of": "{fact} in [{values}]", "contains": "{fact}.contains({value})"},
    all_of=" && ",
    any_of=" || ",
    none="!",
)
"""The Common Expression Language, of which there are two."""
