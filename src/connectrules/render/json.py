"""Verdicts, errors, explanations and diagnostics as JSON."""

import json
import re
from collections.abc import Iterable
from itertools import islice
from typing import Any

from connectrules.diagnostics import Diagnostic, Fix
from connectrules.errors import ContactError
from connectrules.explanation import Change, Evidence, Explanation, Lead, Question, Reason, WhyNot
from connectrules.render.values import plain_value
from connectrules.source import Location, Source, Span
from connectrules.verdict import Decision, Fault, Verdict

_MOST_LED = 3
"""Of how many questions it is told what answers lead to, where that is worked out anew for each."""

_ACTING = re.compile("[\x7f-\x9f\ud800-\udfff]")
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def dumps(value: dict[str, Any]) -> str:
    """*value* on one line, as it can be written to any file or terminal.

    Lone surrogates, which no encoding takes, and the control characters that
    JSON lets stand are written as escapes.
    """
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", _encode(value))


def verdict_json(key: str, verdict: Verdict) -> dict[str, Any]:
    """The line that judging prints for the contact called *key*."""
    return {
        "contact": key,
        "decision": verdict.decision.value,
        "rules": list(verdict.rules),
        "because": list(verdict.because),
        "ask": list(verdict.ask),
        "unsure": list(verdict.unsure),
        "assumed": list(verdict.assumed),
        "exact": verdict.exact,
        "faults": [_fault(fault) for fault in verdict.faults],
    }


def error_json(key: str, error: ContactError) -> dict[str, Any]:
    """The line that judging prints for the contact called *key* where it could not judge it."""
    fault = Fault(error.fact, error.code, str(error), error.where)
    return {"contact": key, "error": _fault(fault)}


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "code": fault.code,
        "fact": fault.fact,
        "message": fault.message,
        "where": fault.where,
    }


def explanation_json(
    explanation: Explanation, *, why_not: Decision | None = None, bases: int = 0
) -> dict[str, Any]:
    """The line that judging prints, and why, why not, and what next.

    A condition that belongs to another rule than the one it is listed under has
    its ``rule``; one about several facts has all its ``values``.

    Args:
        explanation: What to write.
        why_not: A decision to say what would bring it, though the policy may not say it.
        bases: How many of the sets of facts that settle it alone to write at most.
    """
    decisions = dict.fromkeys((*explanation.possible, *([] if why_not is None else [why_not])))
    return {
        **verdict_json(explanation.contact, explanation.verdict),
        "why": why_json(explanation),
        **({"bases": _bases(explanation, bases)} if bases else {}),
        "why_not": {each.value: _why_not(explanation.why_not(each)) for each in decisions},
        "what_next": [
            _question(each, led=each.expected is not None or place < _MOST_LED)
            for place, each in enumerate(explanation.what_next)
        ],
        "cannot_matter": list(explanation.cannot_matter),
    }


def why_json(explanation: Explanation) -> list[dict[str, Any]]:
    """The rules that decided, and what made them."""
    return [_reason(reason) for reason in explanation.why]


def _bases(explanation: Explanation, most: int) -> list[list[str]]:
    return [list(each.names) for each in islice(explanation.why.bases, most)]


def _why_not(found: WhyNot) -> dict[str, Any]:
    """The nearest way, ``others`` of as many changes, and whether fewer are not ruled out."""
    ways = [[*map(_change, way)] for way in found.ways]
    return {
        "changes": ways[0] if ways else None,
        **({"others": ways[1:]} if ways[1:] else {}),
        **({} if found.fewest else {"fewest": False}),
    }


def _change(change: Change) -> dict[str, Any]:
    extra = {"by": change.by, "gains": list(change.gains), "loses": list(change.loses)}
    return {
        "fact": change.fact,
        "from": plain_value(change.before),
        "to": plain_value(change.after),
        **{name: value for name, value in extra.items() if value},
    }


def _question(question: Question, *, led: bool) -> dict[str, Any]:
    return {
        "fact": question.fact,
        "question": question.question,
        "expected": None if question.expected is None else round(question.expected, 6),
        "answers": {lead.answer: _led(lead) for lead in question.leads} if led else {},
    }


def _led(lead: Lead) -> str | dict[str, str | None]:
    """A decision, or the fact to ask next."""
    return {"ask": lead.ask} if lead.decision is None else lead.decision.value


def _reason(reason: Reason) -> dict[str, Any]:
    return {
        "rule": reason.rule,
        "because": reason.because,
        "conditions": [_condition(each) for each in reason.conditions],
    }


def _condition(evidence: Evidence) -> dict[str, Any]:
    values = [
        {"fact": fact, "value": plain_value(value), "where": where}
        for fact, value, where in evidence.values
    ]
    first = values[0] if values else {"value": None, "where": None}
    condition: dict[str, Any] = {
        "sentence": evidence.sentence,
        "holds": evidence.holds,
        "value": first["value"],
        "where": first["where"],
    }
    if len(values) > 1:
        condition["values"] = values
    if evidence.rule is not None:
        condition["rule"] = evidence.rule
    return condition


def diagnostics_json(
    file: str, diagnostics: Iterable[Diagnostic], *, fixed: Iterable[Diagnostic] | None = None
) -> dict[str, Any]:
    """The line that checking prints for *file*.

    A diagnostic about another file, which this one uses, has its ``file``. Where the
    file was mended, the line has what was *fixed*, placed where it was when it was.
    """
    mended = {} if fixed is None else {"fixed": [_diagnostic(file, each) for each in fixed]}
    found = [_diagnostic(file, each) for each in diagnostics]
    return {"file": file, **mended, "diagnostics": found}


def _diagnostic(file: str, diagnostic: Diagnostic) -> dict[str, Any]:
    source = diagnostic.source
    return {
        **({} if source.name == file else {"file": source.name}),
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        **_stretch(source, diagnostic.span),
        "help": list(diagnostic.help),
        "fixes": [_fix(source, fix) for fix in diagnostic.fixes],
    }


def _fix(source: Source, fix: Fix) -> dict[str, Any]:
    edits = [{**_stretch(source, edit.span), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "edits": edits}


def _stretch(source: Source, span: Span) -> dict[str, Any]:
    return {
        "start": _place(source.location(span.start)),
        "end": _place(source.location(span.end)),
    }


def _place(location: Location) -> dict[str, int]:
    return {"line": location.line, "column": location.column}
