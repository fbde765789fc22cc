"""An EXAMPLE comes out as judging a contact of whom the same is known does."""

import datetime
from collections.abc import Mapping
from typing import Any

import attrs
from hypothesis import given as drawn
from hypothesis import note

from connectrules import Contact, Decision, Duration, Policy, Verdict, Vocabulary, phrase
from connectrules.testing import run_examples
from tests.property import meaning
from tests.property.model import Case, Odd
from tests.property.printing import _value, policy_text
from tests.property.running import judged, parsed, tried
from tests.property.strategies import case
from tests.property.universe import FIELDS, NAMED


def _refused() -> bool:
    msg = "an EXAMPLE calls no phrase"
    raise AssertionError(msg)


@phrase("worked at {company:text} for {time:duration}")
def _worked_at(_contact: Contact, company: str, time: Duration) -> bool | None:  # noqa: ARG001
    return _refused()


@phrase("speaks {languages:texts}")
def _speaks(_contact: Contact, languages: tuple[str, ...]) -> bool | None:  # noqa: ARG001
    return _refused()


@phrase("was around before {day:date}")
def _was_around(_contact: Contact, day: datetime.date) -> bool | None:  # noqa: ARG001
    return _refused()


@phrase("scores over {points:number} with {people:count} judges")
def _scores(_contact: Contact, points: float, people: int) -> bool | None:  # noqa: ARG001
    return _refused()


SILENT = Vocabulary.of(Contact, phrases=[_worked_at, _speaks, _was_around, _scores])


@tried(150)
@drawn(case())
def test_examples_are_judged_as_contacts_are(each: Case) -> None:
    """The verdicts are equal, and an EXAMPLE that expects this one passes; no other does."""
    written = attrs.evolve(
        each, contact=_writable(each.contact), me=_writable(each.me), answered=_unsure(each)
    )
    verdict = judged(parsed(written), written)
    assert isinstance(verdict, Verdict)
    text = f"{policy_text(each.rules, FIELDS)}{_example(written, verdict)}"
    note(text)
    right, *wrong = run_examples(Policy.parse(text, vocabulary=SILENT))

    assert right.actual == verdict
    assert (right.passed, right.differences) == (True, ())
    assert right.explanation is not None
    assert right.explanation.verdict == verdict
    assert [other.actual for other in wrong] == [verdict] * 3
    assert [other.passed for other in wrong] == [False] * 3
    aspects = [[found.aspect for found in other.differences] for other in wrong]
    assert aspects == [["decision"]] * 3


def _example(each: Case, verdict: Verdict) -> str:
    """EXAMPLEs of the contact of *each*: one that expects *verdict*, then all others."""
    items = "".join(
        f"\n  - {name}: {_said(value)}"
        for values, my in ((each.contact, ""), (each.me, "my "))
        for name, value in ((f"{my}{name}", value) for name, value in values.items())
    )
    because = ", ".join(f'"{name}"' for name in reversed(verdict.rules))
    whole = f" BECAUSE OF {because}" if because else ""
    whole += f" ASKING {'; '.join(reversed(verdict.ask))}" if verdict.ask else ""
    others = [decision for decision in Decision if decision is not verdict.decision]
    expected = [f"{verdict.decision.name}{whole}", *(decision.name for decision in others)]
    return "".join(
        f'EXAMPLE "{number}" TODAY {each.today} EXPECT {words}{items}\n'
        for number, words in enumerate(expected)
    )


def _writable(values: Mapping[str, object]) -> dict[str, object]:
    """Those of *values* that a policy has a way to write."""
    return {name: value for name, value in values.items() if _is_writable(name, value)}


def _is_writable(name: str, value: object) -> bool:
    if value is Odd.UNSURE:
        return True
    if value is Odd.RAISES:
        return False
    try:
        return meaning.known(NAMED[name], value) is not None
    except meaning.Unfit:
        return False


def _unsure(each: Case) -> frozenset[str]:
    """What somebody is unsure of among the answers; of a phrase, nothing else can say so."""
    return frozenset(name for name in each.answered if each.contact.get(name) is Odd.UNSURE)


def _said(value: Any) -> str:  # noqa: ANN401 - of any type
    match value:
        case Odd.UNSURE:
            return "unsure"
        case datetime.datetime():
            return f"{value.date()}"
        case list() | frozenset():
            return _value(tuple(value))
        case _:
            return _value(value)
