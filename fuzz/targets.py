"""What must hold of any bytes at all; `run.py` and the tests call it."""

import contextlib
import datetime
import json
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from connectrules import Contact, Policy, PolicyError, Vocabulary
from connectrules.diagnostics import Diagnostic, Severity
from connectrules.errors import ConnectRulesError, ContactError, SourceError
from connectrules.policy import check
from connectrules.render.json import diagnostics_json
from connectrules.render.text import diagnostics_text
from connectrules.source import Source
from connectrules.sources import answers, open_contacts
from connectrules.sources.record import load_me
from connectrules.syntax.parser import decode
from connectrules.verdict import Decision, Verdict

TODAY = datetime.date(2026, 11, 22)
ME = Contact(key="me", followers=10, country="UK", values=("craft",), connected_on=TODAY)
CONTACTS = (
    Contact(key="ada"),
    Contact(
        key="ben",
        is_a_bot=False,
        followers=3,
        headline="Editor",
        values=("craft", "honesty"),
        connected_on=datetime.date(2024, 2, 29),
    ),
)
_USED = "FACT likes tea: yes/no\nDEFINE an old friend AS likes tea AND met in person\n"


def policy(data: bytes) -> None:
    """*data* is a policy or has diagnostics, and a policy gives each contact a verdict."""
    decoded = decode(data, "x.policy")
    if isinstance(decoded, Diagnostic):
        _tellable((decoded,))
    try:
        text = data.decode(errors="surrogatepass")
    except UnicodeDecodeError:
        text = data.decode(errors="surrogateescape")
    found = check(Source("x.policy", text), loader=_loader)
    _tellable(found)
    errors = [each for each in found if each.severity is Severity.ERROR]
    try:
        parsed = Policy.parse(text, loader=_loader, name="x.policy")
    except PolicyError as error:
        _tellable(error.diagnostics)
        if not errors and [each.code for each in error.diagnostics] != ["CR204"]:
            raise
        return
    if errors:
        msg = "check finds errors in a policy that is parsed"
        raise AssertionError(msg)
    for contact in CONTACTS:
        verdict = parsed.judge(contact, me=ME, today=TODAY)
        explanation = parsed.explain(contact, me=ME, today=TODAY)
        if parsed.decide(contact, me=ME, today=TODAY) is not verdict.decision:
            msg = "decide and judge differ"
            raise AssertionError(msg)
        if explanation.verdict != verdict or not str(explanation):
            msg = "explain and judge differ"
            raise AssertionError(msg)


def contacts(data: bytes) -> None:
    """A file of *data* is contacts, answers or a record, or it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "contacts"
        path.write_bytes(data)
        with contextlib.suppress(SourceError):
            loaded = open_contacts([path], _vocabulary())
            for result in _judging().judge_all(loaded.contacts):
                _verdict(result)
            "\n".join(loaded.report.lines())
        with contextlib.suppress(ConnectRulesError):
            given = {each.whom: each.answers for each in answers.load(path, _vocabulary())}
            for result in _judging().judge_all(map(_called, given), answers=given):
                _verdict(result)
        with contextlib.suppress(SourceError):
            load_me(path, _vocabulary())


TARGETS: dict[str, Callable[[bytes], None]] = {"policy": policy, "contacts": contacts}


def _loader(path: str) -> str:
    """Another file for USE, where its name is `used.policy`."""
    return {"used.policy": _USED}[path]


def _tellable(found: tuple[Diagnostic, ...]) -> None:
    """See that every diagnostic lies within its text and can be shown."""
    for each in found:
        inside = 0 <= each.span.start <= each.span.end <= len(each.source.text)
        if not (inside and each.message and "\n" not in each.message and each.code):
            msg = f"no diagnostic to show: {each!r}"
            raise AssertionError(msg)
    diagnostics_text(found)
    json.dumps(diagnostics_json("x.policy", found))


def _verdict(result: Verdict | ContactError) -> None:
    """See that *result* is one of the two."""
    if isinstance(result, ContactError):
        return
    if result.decision not in set(Decision):
        msg = f"no decision: {result!r}"
        raise AssertionError(msg)


@cache
def _vocabulary() -> Vocabulary[Contact]:
    return _judging().vocabulary


@cache
def _judging() -> Policy[Contact]:
    return Policy.parse(
        "FACT is a recruiter: yes/no\nFACT response rate: number\n"
        'CONNECT WHEN would recommend OR values include "craft"\n'
        "UNLESS is a recruiter AND response rate is at most 0.5\n"
        'REVIEW WHEN position mentions "editor" AND followers is more than 500\n'
        "DECLINE WHEN connected on is before 2010-01-01\nOTHERWISE DECLINE\n"
    )


def _called(key: str) -> Contact:
    return Contact(key=key)
