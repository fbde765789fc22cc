"""AND and OR side by side: the two readings, and a contact on which they differ."""

from collections.abc import Iterator, Sequence
from itertools import groupby, product

from connectrules.diagnostics import Edit, Fix
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tree import Condition, Denied, Joined, Joint

_MANY = 12
"""Of more operands than these the readings are not written out."""


def mixed(node: Joined, text: str) -> Mistake:
    """The mistake of AND beside OR without brackets (CR103)."""
    first = node.joiners[0].joint
    other = next(joiner for joiner in node.joiners if joiner.joint is not first)
    ways = [(tight, _bracketed(node, text, tight)) for tight in (Joint.AND, Joint.OR)]
    is_short = len(node.operands) <= _MANY
    return Mistake(
        other.span,
        "CR103",
        "AND and OR stand side by side without brackets, which can be read in two ways",
        help=_difference(node, text)
        if is_short
        else ("put brackets around what belongs together",),
        fixes=tuple(
            Fix(
                f"read it as `{reading}`" if is_short else f"bracket what {tight.value} joins",
                tuple(_edits(node, tight)),
            )
            for tight, reading in ways
        ),
    )


def _groups(node: Joined, tight: Joint) -> list[list[int]]:
    """The operands by number, those that *tight* joins together."""
    groups = [[0]]
    for place, joiner in enumerate(node.joiners, 1):
        if joiner.joint is tight:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _edits(node: Joined, tight: Joint) -> Iterator[Edit]:
    for group in _groups(node, tight):
        if len(group) > 1:
            start, end = node.operands[group[0]].span.start, node.operands[group[-1]].span.end
            yield Edit(Span(start, start), "(")
            yield Edit(Span(end, end), ")")


def _bracketed(node: Joined, text: str, tight: Joint) -> str:
    loose = Joint.OR if tight is Joint.AND else Joint.AND
    parts = []
    for group in _groups(node, tight):
        joined = f" {tight.value} ".join(_words(node.operands[place], text) for place in group)
        parts.append(f"({joined})" if len(group) > 1 else joined)
    return f" {loose.value} ".join(parts)


def _words(operand: Condition, text: str) -> str:
    return " ".join(text[operand.span.start : operand.span.end].split())


def _difference(node: Joined, text: str) -> tuple[str, ...]:
    """Help that names a contact on which the two readings differ."""
    for truths in product((True, False), repeat=len(node.operands)):
        first, second = (_holds(node, tight, truths) for tight in (Joint.AND, Joint.OR))
        if first is not second:
            facts = sorted(
                (
                    (holds is not isinstance(each, Denied), _bare(each))
                    for holds, each in zip(truths, node.operands, strict=True)
                ),
                key=lambda each: not each[0],
            )
            said = [
                _held([f"`{_words(operand, text)}`" for _, operand in group], holds=holds)
                for holds, group in groupby(facts, key=lambda each: each[0])
            ]
            if len(said) == 1 and not any(truth for truth, _ in facts):
                said = [f"{said[0]} hold"]
            met = "the first" if first else "the second"
            return (f"they differ where {' and '.join(said)}: only {met} reading is met",)
    return ()


def _bare(operand: Condition) -> Condition:
    """*operand* without its NOT."""
    return operand.operand if isinstance(operand, Denied) else operand


def _held(words: Sequence[str], *, holds: bool) -> str:
    """That *words* hold, or do not."""
    *most, last = words
    listed = f"{', '.join(most)} and {last}" if most else last
    if holds:
        return f"{listed} {'hold' if most else 'holds'}"
    return f"{listed} {'do not' if most else 'does not'}"


def _holds(node: Joined, tight: Joint, truths: Sequence[bool]) -> bool:
    join, loose = (all, any) if tight is Joint.AND else (any, all)
    return loose(join(truths[place] for place in group) for group in _groups(node, tight))
