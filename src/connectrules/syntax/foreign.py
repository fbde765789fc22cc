"""Texts that are no policy at all: formulas, queries, data, program code, two versions in one."""

import re
from collections.abc import Sequence

from connectrules.diagnostics import Edit, Fix
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import Broken

_LIKE_THIS = (
    "a policy reads like this:\nCONNECT WHEN would recommend AND met in person\nOTHERWISE DECLINE"
)
_CHOOSE = (
    "keep the lines of one version, and remove those of the other and the lines that begin with "
    "`<<<<<<<`, `=======` and `>>>>>>>`"
)
_CONFLICT = re.compile(r"^<{7}(?![^\s])", re.MULTILINE)

_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\s*+(?P<mark>{pattern})", re.IGNORECASE), message)
    for pattern, message in (
        (r"=\s*+\w++\(", "this is a formula of a spreadsheet, and a policy is written in words"),
        (r"\{\s*+\"|\[\s*+[\"{]", "this is JSON, and a policy is written in words"),
        (r"select\s[^\n]*\sfrom\b", "this is SQL, and a policy is written in words"),
        (
            r"(?:if|for|while|def|function|switch)\b[^\n]*[:{](?=[^\S\n]*+\n)",
            "this is program code, and a policy is written in words",
        ),
        (
            r"(?:---[^\S\n]*+\n\s*+)?[\w-]++:[^\S\n]*+\n[^\S\n]++-?[^\S\n]*+[\w\"'-]++",
            "this is YAML, and a policy is written in words",
        ),
        (r"\|[^\n|]++\|[^\n|]++\|", "this is a table, and a policy is written in words"),
        (r"[^\t\n]++\t[^\t\n]++\t[^\t\n]++\n", "this is a table, and a policy is written in words"),
    )
)
_STATEMENT_WORD = re.compile(
    r"\s*+(?:LANGUAGE|POLICY|ABOUT|USE|FACT|ASK|ASSUME|DEFINE|CONNECT|DECLINE|REVIEW|OTHERWISE"
    r"|EXAMPLE)\b(?!:[^\S\n]*+\n)",
    re.IGNORECASE,
)

_DECISION = "CONNECT|DECLINE|REVIEW"
_STATEMENT = re.compile(
    r"^[^\S\n]*+(?:(?:LANGUAGE|POLICY|ABOUT|USE|FACT|ASK|ASSUME|DEFINE|OTHERWISE|EXAMPLE)"
    rf"[^\S\n]++[^\s:]|(?:{_DECISION})\s++(?:\"|WHEN\b))",
    re.MULTILINE,
)
"""A statement, as no text of another kind has it."""

_CONDITION = rf"[^\n]+?(?:\n(?![^\S\n]*+(?:{_DECISION}|OTHERWISE|ELSE)\b)[^\n]*?){{0,20}}?"
_IF_THEN = re.compile(
    rf"^[^\S\n]*+(?P<word>IF|WHEN)\s++(?P<condition>{_CONDITION})[,]?(?<=\S)\s++"
    rf"THEN\s++(?P<decision>{_DECISION})\b[.;,]?"
    rf"(?:\s*+(?:ELSE|OTHERWISE)[,:]?\s++(?P<other>{_DECISION})\b[.;]?)?+(?=[^\S\n]*+(?:\n|\Z))",
    re.IGNORECASE | re.MULTILINE,
)
_WHEN_DECISION = re.compile(
    rf"^[^\S\n]*+(?P<word>IF|WHEN)[^\S\n]++(?P<condition>[^\n]+?)[,]?(?<=\S)"
    rf"(?<!\sOTHERWISE)[^\S\n]++(?P<decision>{_DECISION})[.;]?(?P<other>)(?=[^\S\n]*+(?:\n|\Z))",
    re.MULTILINE,
)
_BEGUN = re.compile(
    rf'(?:{_DECISION})(?:\s*+"(?:\\[^\n]|[^"\\\n])*+")?(?:\s|(?<!\S)#[^\n]*+)*+\Z',
    re.IGNORECASE,
)
_REACH = 200
"""How many characters before a WHEN are looked at for the rule it belongs to."""


def unreadable(text: str) -> Mistake | None:
    """Why *text* is no policy as a whole, if it is none."""
    conflict = _CONFLICT.search(text) if "<<<<<<<" in text else None
    if conflict:
        return Mistake(
            Span(conflict.start(), conflict.end()),
            "CR101",
            "this text holds two versions, one after the other, and someone must choose",
            help=(_CHOOSE,),
        )
    if _STATEMENT_WORD.match(text) or _STATEMENT.search(text):
        return None
    for form, message in _FORMS:
        match = form.match(text)
        if match:
            start = match.start("mark")
            end = min(match.end("mark"), text.find("\n", start) % (len(text) + 1))
            return Mistake(Span(start, end), "CR101", message, help=(_LIKE_THIS,))
    return None


def turned(text: str) -> tuple[tuple[Mistake, ...], tuple[Broken, ...], str]:
    """Rules that begin with their condition, `IF a THEN CONNECT`.

    Returns:
        A mistake for each, the rules that they were to be, and the text without them.
    """
    mistakes: list[Mistake] = []
    rules: list[Broken] = []
    for form in (_IF_THEN, _WHEN_DECISION):
        for match in [*form.finditer(text)]:
            start, end = match.start("word"), match.end()
            if _BEGUN.search(text[max(0, start - _REACH) : start]):
                continue
            mistakes.append(_turned(match))
            rules.append(Broken(match["decision"].upper(), None, Span(start, end)))
            if match["other"]:
                rules.append(Broken("OTHERWISE", None, Span(end - 1, end)))
            text = text[:start] + re.sub(r"[^\n]", " ", text[start:end]) + text[end:]
    return tuple(mistakes), tuple(rules), text


def _turned(match: re.Match[str]) -> Mistake:
    word, condition, decision = match["word"], match["condition"], match["decision"].upper()
    rule = f"{decision} WHEN {condition.strip()}"
    other = match["other"]
    whole = f"{rule}\nOTHERWISE {other.upper()}" if other else rule
    span = Span(match.start("word"), match.end())
    return Mistake(
        Span(span.start, span.start + len(word)),
        "CR101",
        f"a rule begins with its decision, not with `{word}`",
        fixes=(Fix("write the decision first", (Edit(span, whole),)),),
    )


def in_order(one: Sequence[Mistake], other: Sequence[Mistake]) -> tuple[Mistake, ...]:
    """The mistakes of both, in the order of the text."""
    return tuple(sorted((*one, *other), key=lambda each: each.span))
