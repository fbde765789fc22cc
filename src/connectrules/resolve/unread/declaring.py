"""The line that would declare a sentence which nothing reads like."""

from collections.abc import Iterator

from connectrules.resolve.unread.polarity import denies
from connectrules.resolve.unread.sentence import Unread
from connectrules.schema.suggestions import question
from connectrules.syntax.tokens import Kind

ASKED = "to be asked about it"
ELSE = "if it is a fact of its own"
_JOINING = frozenset({"and", "or", "but", "unless", "except"})
_DENYING = frozenset({"not", "never", "no"})
_RULES = frozenset(
    {"connect", "accept", "decline", "review", "reject", "ignore", "only", "if", "i"}
)
_MEASURING = frozenset({"ago", "than", "least", "most", "between", "within", "since"})
_PLAIN_ENGLISH = (
    "a rule reads `CONNECT WHEN would recommend AND met in person`",
    "`connectrules new` asks what you want, and writes a policy of your answers",
)
_SHORT = 4
_LONG = 15
"""A text of more words than these, without a word in capitals, was not written as a policy."""


def declaration(unread: Unread, when: str = ASKED) -> Iterator[str]:
    """The line that would declare *unread*, where it could be a fact of its own."""
    tokens = unread.tokens[unread.word(0) in {"if", "when"} :]
    if any(token.kind is not Kind.WORD or token.text.endswith((".", "…")) for token in tokens):
        return
    if any(token.text in _JOINING for token in tokens):
        yield "if these are several conditions, write AND or OR between them, in capitals"
        return
    if any(token.text in _MEASURING for token in tokens):
        return
    denials = [token for token in tokens if denies(token.text)]
    rest = [token for token in tokens if token not in denials]
    said = unread.written(rest) if rest else ""
    line = f"add the line `ASK {said}: {question(said)}`" if said else ""
    if not denials:
        yield f"{when}, {line}"
    elif rest and len(denials) == 1 and denials[0].text in _DENYING:
        yield f"{when}, {line}, and write `NOT {said}` here"


def plain_english(unread: Unread) -> Iterator[str]:
    """Help for a whole policy in plain English."""
    text = unread.source.text
    if unread.span.start > len(text) - len(text.lstrip()):
        return
    if len(unread.tokens) > _LONG or (unread.word(0) in _RULES and len(unread.tokens) > _SHORT):
        yield from _PLAIN_ENGLISH
