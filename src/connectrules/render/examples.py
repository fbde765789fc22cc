"""What came of EXAMPLEs, for people and as JSON."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import attrs

from connectrules.outcome import Difference, ExampleResult, Expected
from connectrules.policy import Policy
from connectrules.render.cells import harmless
from connectrules.render.diagnostics import help_lines, place_lines
from connectrules.render.explanation import explanation_text
from connectrules.render.json import error_json, verdict_json, why_json
from connectrules.render.paint import Paint, plain
from connectrules.schema.types import (
    CountType,
    Date,
    FactType,
    Number,
    OneOf,
    Text,
    TextList,
    YesNo,
)
from connectrules.source import Span
from connectrules.verdict import Verdict

_HEAD = re.compile(r'EXAMPLE\s+"(?:\\.|[^"\\])*"\s+(?:TODAY\s+\S+\s+)?(?=EXPECT)')
"""What an EXAMPLE says before its EXPECT."""


def examples_text(
    results: Iterable[ExampleResult], *, width: int = 80, paint: Paint = plain
) -> str:
    """Those of *results* that are not as expected: each with its line, why, and what helps.

    Args:
        results: What to show.
        width: How many columns there are.
        paint: Dresses the parts of the text.
    """
    return "\n\n".join(
        "\n".join(_failed(each, width, paint)) for each in results if not each.passed
    )


def _failed(result: ExampleResult, width: int, paint: Paint) -> Iterator[str]:
    yield f"{paint('error', 'failed')}: {harmless(finding(result))}"
    yield from place_lines(result.source, _expectation(result), "error", paint)
    if result.explanation is not None:
        named = attrs.evolve(result.explanation, contact=result.called)
        yield explanation_text(named, why_alone=True, width=width, paint=paint)
    for each in advice(result):
        yield from help_lines(each, paint)


def _expectation(result: ExampleResult) -> Span:
    """The first line of an EXAMPLE, from its EXPECT on where that is on it."""
    start = result.span.start
    line = result.source.line(result.line)
    end = start - (result.source.location(start).column - 1) + len(line)
    head = _HEAD.match(result.source.text, start, end)
    return Span(head.end() if head else start, min(result.span.end, end))


# In words

_VERBS = {"rules": ("decides", "decide"), "ask": ("is asked for", "are asked for")}
_DENIED = {
    "rules": ("does not decide", "do not decide"),
    "ask": ("is not asked for", "are not asked for"),
}


def finding(result: ExampleResult) -> str:
    """What came of an EXAMPLE that is not as expected, in a sentence."""
    name, expected, actual = result.called, result.expected, result.actual
    if not isinstance(actual, Verdict):
        return f"`{name}` cannot be judged: {actual}"
    found = actual.decision.name
    if actual.decision is not expected.decision:
        return f"`{name}` should come out as {expected.decision.name}, and comes out as {found}"
    differing = "; ".join(map(_differing, result.differences))
    return f"`{name}` comes out as {found}, as it should, but {differing}"


def _differing(difference: Difference) -> str:
    missing, extra = difference.missing, difference.extra
    if not extra:
        return f"{_listed(missing)} {_DENIED[difference.aspect][len(missing) > 1]}"
    found = f"{_listed(extra)} {_VERBS[difference.aspect][len(extra) > 1]}"
    return f"{found}, and not {_listed(missing, 'or')}" if missing else f"{found} as well"


def _listed(names: Sequence[str], word: str = "and") -> str:
    *others, last = [f"`{name}`" for name in names]
    return f"{', '.join(others)} {word} {last}" if others else last


def advice(result: ExampleResult) -> tuple[str, ...]:
    """What to do about an EXAMPLE that is not as expected."""
    expected, actual = result.expected, result.actual
    if not isinstance(actual, Verdict):
        return ()
    hints = []
    if actual.ask and actual.decision is not expected.decision:
        hints.append(
            f"what an EXAMPLE does not say is unknown: say more in it, first of `{actual.ask[0]}`"
        )
    silent = [
        name
        for each in result.differences
        if each.aspect == "ask"
        for name in each.missing
        if name in actual.unsure
    ]
    if silent:
        what = "it is unsure" if len(silent) == 1 else "they are unsure"
        hints.append(f"{_listed(silent)}: {what}, and that is not asked for again")
    hints.append(f"mend the rules; or write this, where they are right:\n{_as_expected(actual)}")
    return tuple(hints)


def _as_expected(verdict: Verdict) -> str:
    """What an EXAMPLE would have to say for *verdict* to be as expected."""
    words = f"EXPECT {verdict.decision.name}"
    if verdict.rules:
        words += " BECAUSE OF " + ", ".join(map(_quoted, verdict.rules))
    if verdict.ask:
        words += " ASKING " + "; ".join(verdict.ask)
    return words


def _quoted(name: str) -> str:
    text = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


# Where there is none yet

_DAY = datetime.date(2026, 1, 31)
_SAMPLES: dict[type[FactType], str] = {
    YesNo: "yes",
    CountType: "500",
    Number: "0.5",
    Text: '"Consultant"',
    Date: f"{_DAY}",
    TextList: '"craft", "care"',
}


def how_to_begin(policy: Policy[Any]) -> Iterator[str]:
    """The lines of an EXAMPLE that speaks of *policy*'s first fact, for a reader to go on from."""
    if [each.name for each in policy.rules] == ["policy"]:
        yield "    CONNECT WHEN …"
        yield "    OTHERWISE DECLINE"
    today = f" TODAY {_DAY}" if policy.needs_today else ""
    yield f'    EXAMPLE "an old friend"{today} EXPECT CONNECT'
    for fact in policy.facts[:1]:
        kind = fact.type
        value = _quoted(kind.choices[0]) if isinstance(kind, OneOf) else _SAMPLES[type(kind)]
        yield f"        - {fact.name}: {value}"


# As JSON


def examples_json(file: str, results: Iterable[ExampleResult]) -> dict[str, Any]:
    """The line that testing prints for *file*."""
    return {"file": file, "examples": [_example(each) for each in results]}


def _example(result: ExampleResult) -> dict[str, Any]:
    actual, explanation = result.actual, result.explanation
    return {
        "name": result.name,
        "line": result.line,
        "passed": result.passed,
        "expected": _expected(result.expected),
        "actual": verdict_json(result.name, actual)
        if isinstance(actual, Verdict)
        else error_json(result.name, actual),
        "why": [] if explanation is None else why_json(explanation),
    }


def _expected(expected: Expected) -> dict[str, Any]:
    """What is expected; ``rules`` and ``ask`` only where the EXAMPLE names them."""
    found: dict[str, Any] = {"decision": expected.decision.value}
    if expected.rules is not None:
        found["rules"] = list(expected.rules)
    if expected.ask is not None:
        found["ask"] = list(expected.ask)
    return found
