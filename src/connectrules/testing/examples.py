"""The EXAMPLEs of a policy, judged as they stand.

An EXAMPLE says all there is to know of its contact and of the owner: no record is
read, and no registered phrase is called.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from connectrules.binding import Binding
from connectrules.errors import ContactError
from connectrules.explain.why import explain
from connectrules.explanation import Explanation
from connectrules.outcome import Aspect, Difference, ExampleResult, Expected
from connectrules.policy import Policy
from connectrules.program import Program
from connectrules.reading import Reading, Slot, judged
from connectrules.resolve.resolved import Example
from connectrules.rules.meaning import Context
from connectrules.rules.tree import Mine, Subject
from connectrules.verdict import Verdict

_Known = Mapping[Subject, object]
"""The values that an EXAMPLE names."""


def run_examples(policy: Policy[Any]) -> tuple[ExampleResult, ...]:
    """What comes of each EXAMPLE of *policy*, in the order of the text.

    What an EXAMPLE does not name is unknown, of the owner too, and a registered phrase
    is never called.
    """
    trial = _Trial(policy._binding)  # noqa: SLF001 - one library, and nobody else's business
    return tuple(trial.result(each) for each in policy.examples)


class _Trial:
    """A policy that knows of a contact what an EXAMPLE says, and nothing else."""

    def __init__(self, binding: Binding) -> None:
        self._binding = binding
        self._slots = tuple(
            Slot(slot.subject, call=_value_of(slot.subject), assumed=slot.assumed)
            for slot in binding.slots
        )
        self._programs: dict[object, Program] = {}

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
        own = self._known(example.mine)
        mine = {
            slot.subject.key: judged(slot.subject, own.get(slot.subject), None)
            for slot in self._binding.mine
        }
        program = self._program(mine, example.today)
        settled = program.settle(self._known(example.facts), {})
        return explain(program, settled, mine, example.name, example.name)

    def _known(self, values: Mapping[str, object]) -> _Known:
        """*values* by the facts that they are values of."""
        return {
            subject: value
            for said, value in values.items()
            if not isinstance(subject := self._binding.named(said), Mine)
        }

    def _program(self, mine: Mapping[str, Reading], today: datetime.date | None) -> Program:
        """What judges for an owner of whom *mine* is known; the same for the next who is alike."""
        key = (today, *mine.values())
        if key not in self._programs:
            known = {name: each.ready for name, each in mine.items() if each.ready is not None}
            self._programs[key] = Program(
                rules=self._binding.rules,
                default=self._binding.default,
                because=self._binding.resolved.because,
                slots=self._slots,
                mine=mine,
                context=Context(known, today),
                record=dict,
                describe=lambda _known: "example",
                again=self._binding.again(mine, today),
            )
        return self._programs[key]

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


def _value_of(subject: Subject) -> Callable[[_Known], object]:
    return lambda known: known.get(subject)


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
