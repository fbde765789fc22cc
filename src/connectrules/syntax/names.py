"""The name that a statement with a mistake would have declared."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile

from connectrules.source import Span
from connectrules.syntax import words
from connectrules.syntax.lexer import Mark
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Kind, Token
from connectrules.syntax.tree import Sentence

_NAME_ENDS = frozenset({"_COLON", "_AS"})
_TYPE = re.compile(r"\s(?:yes/no|count|number|text|date|list\s+of\s+text|one\s+of\b.*)$", re.DOTALL)
_AS = re.compile(r"\s(?i:as)\s.*$", re.DOTALL)
_AS_OR_SO = re.compile(r"\s(?i:as|is|means)\s.*$", re.DOTALL)
_TYPE_FIRST = re.compile(r"(?:yes/no|count|number|text|date)\s+(?=\S)")
_FIRST_WORD = re.compile(r"\w+\s*")
_RULE_NAME = re.compile(
    r"""
    \s*+(?:
      "(?P<straight>(?:\\[^\n]|[^"\\\n])++)"
    | [“”„‟«»](?P<curly>[^"“”„‟«»\n]++)["“”„‟«»]
    | ["'`´‘“”„‟«»]?(?!(?:WHEN|IF|WHERE)(?!\S))(?P<bare>\S(?:[^\n]*?\S)??)['`´’“”„‟«»]?
      \s++(?:WHEN|IF|WHERE)(?!\S)
    )
    """,  # noqa: RUF001 - as people type them
    re.VERBOSE | re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\(.)")
_DECLARING = frozenset({"fact", "ask", "assume", "define"})
_DECIDING = frozenset({"connect", "decline", "review"})


def declared(marks: Sequence[Mark], text: str) -> Sentence | None:
    """The name that the statement of *marks* declares, where it can be made out."""
    head = marks[0].split()[0].lower()
    start, end = _place(marks)
    if head in _DECIDING:
        return _of_rule(text, start, marks)
    if head not in _DECLARING:
        return None
    said = text[start:end].rstrip()
    if head == "fact":
        first = None if _is_closed(marks) else _TYPE_FIRST.match(said)
        if first:
            start, said = start + first.end(), said[first.end() :]
        said = _TYPE.sub("", said)
    if head == "define":
        said = (_AS if _is_closed(marks) else _AS_OR_SO).sub("", said)
    if "=" in said and not _is_closed(marks):
        said = said.partition("=")[0].rstrip()
    elif head == "assume" and not _is_closed(marks):
        said = said.rpartition(" ")[0]
    try:
        tokens = words.split(said, start)
    except Mistake:
        return None
    named = tuple(takewhile(lambda each: each.kind is not Kind.TEXT, tokens))
    return Sentence(named, Span(named[0].span.start, named[-1].span.end)) if named else None


def _of_rule(text: str, start: int, marks: Sequence[Mark]) -> Sentence | None:
    """The name of a rule that begins at *start*, in whatever quotes, as one text."""
    match = _RULE_NAME.match(text, start, marks[-1].end_pos)
    if match is None:
        return None
    said = match["straight"] or match["curly"] or match["bare"]
    name = unicodedata.normalize("NFC", _ESCAPE.sub(r"\1", said))
    token = Token(Kind.TEXT, match[0], name, match.start(), match.end())
    return Sentence((token,), token.span)


def written(marks: Sequence[Mark], text: str) -> str:
    """The name as it stands in *text*, up to its `:` or `AS`."""
    start, end = _place(marks)
    return text[start:end].strip()


def _place(marks: Sequence[Mark]) -> tuple[int, int]:
    """Where the name stands: after the statement's word, up to `:` or `AS`, or its first run."""
    head = marks[0]
    match = _FIRST_WORD.match(head)
    start = (head.start_pos or 0) + (match.end() if match else 0)
    for mark in marks[1:]:
        if mark.type in _NAME_ENDS:
            return start, mark.start_pos or 0
    if len(head.split()) > 1 or len(marks) == 1:
        return start, head.end_pos or 0
    return marks[1].start_pos or 0, marks[1].end_pos or 0


def _is_closed(marks: Sequence[Mark]) -> bool:
    return any(mark.type in _NAME_ENDS for mark in marks)
