"""Short ways to read a text, and to write down what was read."""

from connectrules.diagnostics import Diagnostic
from connectrules.source import Source
from connectrules.syntax import tree
from connectrules.syntax.parser import parse


def read(text: str) -> tree.Document:
    """The tree of a text without mistakes."""
    document, diagnostics = parse(Source("x.policy", text))
    assert diagnostics == ()
    return document


def condition(text: str) -> str:
    """A bare condition, written out by its structure."""
    bare = read(text).bare
    assert bare is not None
    return written(bare)


def written(node: tree.Condition) -> str:
    """*node* with every operator in front of its operands."""
    match node:
        case tree.Sentence(tokens):
            return " ".join(token.text for token in tokens)
        case tree.Denied(operand):
            return f"not[{written(operand)}]"
        case tree.Joined(operands, joiners):
            between = [joiner.joint.value.lower() for joiner in joiners]
            parts = [written(operands[0])]
            for joint, operand in zip(between, operands[1:], strict=True):
                parts += [joint, written(operand)]
            return f"[{' '.join(parts)}]"
        case tree.Bracketed(inner):
            return f"({written(inner)})"
        case tree.Quantified(quantifier, items):
            number = f" {quantifier.number.text}" if quantifier.number else ""
            return f"{quantifier.amount.value}{number}{{{'; '.join(map(_item, items))}}}"


def _item(item: tree.Item) -> str:
    weight = f"{item.weight.text} x " if item.weight else ""
    return weight + written(item.condition)


def mistakes(text: str) -> list[str]:
    """What is wrong with *text*, a line each: place, code and message."""
    _, diagnostics = parse(Source("x.policy", text))
    return [
        f"{each.start.line}:{each.start.column} {each.code} {each.message}" for each in diagnostics
    ]


def only(text: str) -> Diagnostic:
    """The one diagnostic of *text*."""
    _, diagnostics = parse(Source("x.policy", text))
    assert len(diagnostics) == 1
    return diagnostics[0]


def mended(text: str) -> str:
    """*text* with the one fix of its one diagnostic."""
    (fix,) = only(text).fixes
    for edit in sorted(fix.edits, key=lambda each: each.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text
