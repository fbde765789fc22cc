"""The EXAMPLEs of a policy, judged as they stand.

An EXAMPLE says all there is to know of its contact and of the owner: no record is
read, and no registered phrase is called.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from connectrules.errors import ContactError
from connectrules.explain.why import explain
from connectrules.explanation import Explanation
from connectrules.outcome import Aspect, Difference, ExampleResult, Expected
from connectrules.policy import Policy
from connectrules.resolve.resolved import Example
from connectrules.testing.cases import Trial
from connectrules.verdict import Verdict


def run_examples(policy: Policy[Any]) -> tuple[ExampleResult, ...]:
    """What comes of each EXAMPLE of *policy*, in the order of the text.

    What an EXAMPLE does not name is unknown, of the owner too, and a registered phrase
    is never called.
    """
    trial = _Trial(policy)
    return tuple(trial.result(each) for each in policy.examples)


class _Trial:
    """What comes of the EXAMPLEs of a policy."""

    def __init__(self, policy: Policy[Any]) -> None:
        self._trial = Trial(policy)
        self._binding = policy._binding  # noqa: SLF001 - one library, and nobody else's business

    def result(self, example: Example) -> ExampleResult:
        """What comes of *example*."""
        expected = Expected(example.expect, example.because_of, example.asking)
        actual: Verdict | ContactError
        explanation: Explanation | None = None
        differences: tuple[Difference, ...] = ()
        try:
            explanation = self._explanation(example)
            actual = explanation.verdict
            differences = tuple(self._differences(expected, actual))
        except ContactError as error:
            actual = error
        return ExampleResult(
            example.name,
            self._binding.resolved.source,
            example.span,
            expected,
            actual,
            differences,
            explanation,
        )

    def _explanation(self, example: Example) -> Explanation:
        tried = self._trial.tried(self._trial.case(example))
        return explain(tried.program, tried.settled, tried.mine, example.name, example.name)

    # Expected and actual

    def _differences(self, expected: Expected, actual: Verdict) -> Iterator[Difference]:
        decision = expected.decision.value, actual.decision.value
        yield from _difference("decision", {decision[0]: decision[0]}, {decision[1]: decision[1]})
        if expected.rules is not None:
            yield from _difference("rules", _themselves(expected.rules), _themselves(actual.rules))
        if expected.ask is not None:
            yield from _difference("ask", self._subjects(expected.ask), self._subjects(actual.ask))

    def _subjects(self, names: Iterable[str]) -> dict[object, str]:
        """*names* by the facts that they are names of: a phrase can be written in many ways."""
        return {self._binding.named(name): name for name in names}


def _themselves(names: Iterable[str]) -> dict[object, str]:
    return {name: name for name in names}


def _difference(
    aspect: Aspect, expected: Mapping[object, str], actual: Mapping[object, str]
) -> Iterator[Difference]:
    """The difference between what was *expected* and *actual*, if there is one."""
    missing = tuple(name for key, name in expected.items() if key not in actual)
    extra = tuple(name for key, name in actual.items() if key not in expected)
    if missing or extra:
        yield Difference(aspect, missing, extra)
