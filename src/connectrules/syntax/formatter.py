"""Policies laid out in one way, whoever wrote them."""

import re

import attrs

from connectrules.diagnostics import Diagnostic
from connectrules.errors import FormattingError, PolicyError
from connectrules.source import Source, Span
from connectrules.syntax import tree
from connectrules.syntax.parser import parse
from connectrules.syntax.tree import Condition, Document, Joined, Statement

_QUOTED_OR_COMMENT = re.compile(r'"(?:\\[^\r\n]|[^"\r\n])*+"|(?<!\S)(#[^\r\n]*+)')
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_LIMIT = "CR110"


def format_policy(text: str, *, name: str = "policy") -> str:
    """The policy *text* in its canonical layout: the same policy, with the same comments.

    Args:
        text: The policy. What its sentences mean plays no part: no facts need be known.
        name: What it is called in messages.

    Raises:
        PolicyError: The text does not follow the grammar.
        FormattingError: The result would not be the same policy, which is a bug.
    """
    return format_source(Source(name, text))


def format_source(source: Source) -> str:
    """The text of *source* in its canonical layout; raises what `format_policy` raises."""
    from connectrules.syntax.formatting.cursor import Astray  # noqa: PLC0415 - seldom needed
    from connectrules.syntax.formatting.statements import written  # noqa: PLC0415 - seldom needed

    document, diagnostics = parse(source)
    if diagnostics:
        raise PolicyError(diagnostics)
    try:
        text = written(document)
    except Astray as error:
        raise FormattingError(source.name) from error
    again, mistakes = parse(Source(source.name, text))
    if mistakes and all(each.code == _LIMIT for each in mistakes):
        raise PolicyError(_too_large(source, each) for each in mistakes)
    if mistakes or not same(document, again) or comments(source.text) != comments(text):
        raise FormattingError(source.name)
    return text


def same(one: Document, other: Document) -> bool:
    """Whether two documents say the same, brackets that say nothing left out."""
    return _plain_document(one) == _plain_document(other)


def comments(text: str) -> list[str]:
    """The comments of *text*, in order."""
    found = _QUOTED_OR_COMMENT.findall(text.removeprefix(_BOM))
    return [comment.rstrip() for comment in found if comment]


def _too_large(source: Source, mistake: Diagnostic) -> Diagnostic:
    message = f"laid out, it would pass a limit: {mistake.message}"
    return attrs.evolve(mistake, message=message, source=source, span=Span(0, 0), fixes=())


def _plain_document(document: Document) -> Document:
    bare = None if document.bare is None else _plain(document.bare)
    return attrs.evolve(
        document, statements=tuple(map(_unbracketed, document.statements)), bare=bare
    )


def _unbracketed(statement: Statement) -> Statement:
    match statement:
        case tree.Define(_, condition):
            return attrs.evolve(statement, condition=_plain(condition))
        case tree.Rule(condition=condition, unless=unless):
            return attrs.evolve(
                statement,
                condition=_plain(condition),
                unless=None if unless is None else _plain(unless),
            )
        case _:
            return statement


def _plain(condition: Condition) -> Condition:
    """*condition* without brackets; those that say something are still seen in its shape."""
    match condition:
        case tree.Sentence():
            return condition
        case tree.Bracketed(inner):
            return _plain(inner)
        case tree.Denied(operand):
            return attrs.evolve(condition, operand=_plain(operand))
        case tree.Quantified(items=items):
            plain = tuple(attrs.evolve(item, condition=_plain(item.condition)) for item in items)
            return attrs.evolve(condition, items=plain)
        case Joined():
            return _flattened(condition)


def _flattened(joined: Joined) -> Joined:
    """*joined* with the operands of operands that the same word joins."""
    operands: list[Condition] = []
    joiners: list[tree.Joiner] = []
    own = {joiner.joint for joiner in joined.joiners}
    for index, operand in enumerate(map(_plain, joined.operands)):
        if index:
            joiners.append(joined.joiners[index - 1])
        if isinstance(operand, Joined) and len(own | {each.joint for each in operand.joiners}) == 1:
            operands.extend(operand.operands)
            joiners.extend(operand.joiners)
        else:
            operands.append(operand)
    return attrs.evolve(joined, operands=tuple(operands), joiners=tuple(joiners))
