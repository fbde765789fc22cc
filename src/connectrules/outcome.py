"""What came of an EXAMPLE: plain data."""

from typing import Literal

import attrs

from connectrules.errors import ContactError
from connectrules.explanation import Explanation
from connectrules.source import Source, Span
from connectrules.verdict import Decision, Verdict

Aspect = Literal["decision", "rules", "ask"]
"""What of a verdict an EXAMPLE expects: the decision, BECAUSE OF, ASKING."""


@attrs.frozen
class Expected:
    """The verdict that an EXAMPLE expects.

    Attributes:
        decision: The decision.
        rules: All rules that decide; None where it does not say.
        ask: All facts asked for; None where it does not say.
    """

    decision: Decision
    rules: tuple[str, ...] | None = None
    ask: tuple[str, ...] | None = None


@attrs.frozen
class Difference:
    """Where a verdict is not what was expected.

    Attributes:
        aspect: What of the verdict differs.
        missing: What was expected and is not there.
        extra: What is there and was not expected.
    """

    aspect: Aspect
    missing: tuple[str, ...]
    extra: tuple[str, ...]


@attrs.frozen
class ExampleResult:
    """What came of an EXAMPLE.

    Attributes:
        name: What the EXAMPLE is called.
        source: The text it stands in.
        span: Where it stands there.
        expected: The verdict it expects.
        actual: The verdict, or why there is none.
        differences: Where the two differ.
        explanation: Why the verdict is as it is; None where there is none.
    """

    name: str
    source: Source
    span: Span
    expected: Expected
    actual: Verdict | ContactError
    differences: tuple[Difference, ...] = ()
    explanation: Explanation | None = None

    @property
    def line(self) -> int:
        """The line it begins on."""
        return self.source.location(self.span.start).line

    @property
    def called(self) -> str:
        """What to call it: its name, or its line where that is empty."""
        return self.name if self.name.strip() else f"line {self.line}"

    @property
    def passed(self) -> bool:
        """Whether the verdict is as expected."""
        return isinstance(self.actual, Verdict) and not self.differences
