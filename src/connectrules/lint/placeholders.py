"""CR101: a question with a word in braces that stands for nothing.

What it does: looks for `{…}` other than `{name}` in the questions of ASK lines.

Why it is bad: only `{name}` is filled in, and all else is shown as it stands.

Use instead: `{name}`, which is the contact's name, or no braces.
"""

import re
from collections.abc import Iterator

from connectrules.diagnostics import Diagnostic, Edit, Fix, Severity
from connectrules.schema.suggestions import nearest
from connectrules.source import Source, Span

_QUESTION = re.compile(
    r"(?<!\S)\#[^\n]*+|(?<!\S)ASK\s[^\":]*+:\s*+(?P<text>\"(?:\\[^\n]|[^\"\\\n])*+\")"
    r"|\"(?:\\[^\n]|[^\"\\\n])*+\"?"
)
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_NAME = "name"
_OTHERS = frozenset({"nom", "nome", "nombre", "contact", "person", "first name", "firstname"})


def check(source: Source) -> Iterator[Diagnostic]:
    """A warning for each such word in *source*, a policy without mistakes."""
    for question in _QUESTION.finditer(source.text):
        for match in _BRACES.finditer(source.text, question.start("text"), question.end("text")):
            if question["text"] and match[1] != _NAME:
                yield _warning(source, match)


def _warning(source: Source, match: re.Match[str]) -> Diagnostic:
    word = match[1].strip().lower()
    is_name = word == _NAME or word in _OTHERS or bool(nearest(word, [_NAME]))
    span = Span(match.start(), match.end())
    return Diagnostic(
        "CR101",
        f"`{match[0]}` stands for nothing: a question knows `{{name}}` alone",
        source,
        span,
        help=() if is_name else ("leave it out, or say it in the question's own words",),
        fixes=(Fix("write `{name}`", (Edit(span, "{name}"),)),) if is_name else (),
        severity=Severity.WARNING,
    )
