"""Verdicts, errors, explanations and diagnostics as JSON."""

import json
import re
from collections.abc import Iterable
from typing import Any

from connectrules.diagnostics import Diagnostic, Fix
from connectrules.errors import ContactError
from connectrules.render.values import plain_value
from connectrules.source import Location, Source, Span
from connectrules.verdict import Evidence, Explanation, Fault, Reason, Verdict

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


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """The line that judging prints, and why.

    A condition that belongs to another rule than the one it is listed under has
    its ``rule``; one about several facts has all its ``values``.
    """
    return {
        **verdict_json(explanation.contact, explanation.verdict),
        "why": [_reason(reason) for reason in explanation.why],
    }


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
