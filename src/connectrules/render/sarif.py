"""Diagnostics in the Static Analysis Results Interchange Format (SARIF) 2.1.0, by OASIS."""

import json
from collections.abc import Sequence
from typing import Any

import attrs

from connectrules.codes import Code, find
from connectrules.diagnostics import Diagnostic, Fix, Severity
from connectrules.render.page import page_text
from connectrules.source import Source, Span

_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_FOLDER = "%SRCROOT%"
"""What relative addresses are relative to, as other programs call it."""
_COLUMNS = 80
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}

_Json = dict[str, Any]


@attrs.frozen
class Checked:
    """A text that was checked.

    Attributes:
        source: The text; its name is how diagnostics call it.
        diagnostics: What is wrong with it, and with the files it uses.
        addresses: The address of each text that *diagnostics* are in, and of this
            one, by its name; relative to the folder the program was run in, or whole.
        is_file: Whether it can be found at its address.
    """

    source: Source
    diagnostics: tuple[Diagnostic, ...]
    addresses: dict[str, str]
    is_file: bool = True


def sarif_text(checked: Sequence[Checked]) -> str:
    """What is wrong with the texts that were *checked*, as one run."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(checked)]}
    return json.dumps(log, indent=2)


def _run(checked: Sequence[Checked]) -> _Json:
    from importlib.metadata import version  # noqa: PLC0415 - it takes long to load

    numbers = {each.code for one in checked for each in one.diagnostics}
    rules = [code for code in map(find, sorted(numbers)) if code is not None]
    indices = {code.number: index for index, code in enumerate(rules)}
    return {
        "tool": {
            "driver": {
                "name": "connectrules",
                "version": version("connectrules"),
                "rules": [_rule(code) for code in rules],
            }
        },
        "originalUriBaseIds": {
            _FOLDER: {"description": {"text": "the folder that connectrules was run in"}}
        },
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "artifacts": [_artifact(one) for one in checked],
        "results": [
            _result(each, one.addresses[each.source.name], indices)
            for one in checked
            for each in one.diagnostics
        ],
    }


def _rule(code: Code) -> _Json:
    return {
        "id": code.number,
        "name": _name(code.title),
        "shortDescription": {"text": code.title},
        "fullDescription": {"text": code.meaning},
        "help": {"text": page_text(code.page, width=_COLUMNS), "markdown": code.page},
        "defaultConfiguration": {"level": "warning" if code.is_warning else "error"},
    }


def _name(title: str) -> str:
    """*title* in one word, as such names are written: ``ANameIsTaken``."""
    letters = "".join(each if each.isalnum() else " " for each in title.replace("'", ""))
    return "".join(word[0].upper() + word[1:] for word in letters.split())


def _artifact(checked: Checked) -> _Json:
    artifact: _Json = {
        "location": _address(checked.addresses[checked.source.name]),
        "roles": ["analysisTarget"],
    }
    return artifact if checked.is_file else {**artifact, "contents": {"text": checked.source.text}}


def _result(diagnostic: Diagnostic, address: str, indices: dict[str, int]) -> _Json:
    location = {
        "physicalLocation": {
            "artifactLocation": _address(address),
            "region": _region(diagnostic.source, diagnostic.span),
        }
    }
    result: _Json = {
        "ruleId": diagnostic.code,
        "ruleIndex": indices[diagnostic.code],
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": _message(diagnostic)},
        "locations": [location],
    }
    fixes = [_fix(diagnostic.source, address, fix) for fix in diagnostic.fixes]
    return {**result, "fixes": fixes} if fixes else result


def _message(diagnostic: Diagnostic) -> str:
    """The message and its help, in which the reader's text makes no links."""
    lines = [diagnostic.message, *(f"help: {each}" for each in diagnostic.help)]
    text = "\n".join(lines)
    return text.replace("[", r"\[").replace("]", r"\]") if "](" in text else text


def _fix(source: Source, address: str, fix: Fix) -> _Json:
    replacements = [_replacement(source, edit.span, edit.text) for edit in fix.edits]
    return {
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": _address(address), "replacements": replacements}],
    }


def _replacement(source: Source, span: Span, text: str) -> _Json:
    region = {"deletedRegion": _region(source, span)}
    return {**region, "insertedContent": {"text": text}} if text else region


def _region(source: Source, span: Span) -> _Json:
    start, end = source.location(span.start), source.location(span.end)
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _address(address: str) -> _Json:
    is_whole = address.startswith("file:")
    return {"uri": address} if is_whole else {"uri": address, "uriBaseId": _FOLDER}
