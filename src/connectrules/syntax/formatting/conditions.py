"""Conditions as pieces of a layout, without the brackets that say nothing."""

from typing import Literal

from connectrules.syntax import tree
from connectrules.syntax.formatting.cursor import Cursor
from connectrules.syntax.formatting.pieces import (
    Atom,
    Block,
    Chain,
    Comments,
    Denial,
    Entry,
    Group,
    Link,
    Piece,
    Words,
    pinned,
    words,
)
from connectrules.syntax.items import has_separating_commas
from connectrules.syntax.tree import Amount, Joint

Around = Literal["AND", "OR", "both", "NOT", ""]
"""What a condition is an operand of; empty where nothing follows or precedes it."""

_HEADS: dict[Amount, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Amount.ALL: (("ALL", "OF"), ()),
    Amount.ANY: (("ANY", "OF"), ()),
    Amount.NONE: (("NONE", "OF"), ()),
    Amount.AT_LEAST: (("AT", "LEAST"), ("OF",)),
    Amount.AT_MOST: (("AT", "MOST"), ("OF",)),
    Amount.EXACTLY: (("EXACTLY",), ("OF",)),
    Amount.POINTS: (("AT", "LEAST"), ("POINTS", "FROM")),
}
"""The words of each quantifier, before its number and after it."""


def joint(joined: tree.Joined) -> Around:
    """What joins the operands."""
    first = joined.joiners[0].joint
    if any(joiner.joint is not first for joiner in joined.joiners):
        return "both"
    return "AND" if first is Joint.AND else "OR"


def needless(text: str, bracketed: tree.Bracketed, around: Around) -> bool:
    """Whether *bracketed*, in *text*, says the same *around* it without its brackets."""
    inner = bracketed.condition
    if pinned(text, inner.span.start) or has_separating_commas(inner):
        return False
    match inner:
        case tree.Joined():
            return not around or around == joint(inner) != "both"
        case tree.Denied():
            return around != "NOT"
        case tree.Sentence() | tree.Bracketed() | tree.Quantified():
            return True


class Conditions:
    """Makes pieces of conditions.

    Args:
        cursor: Where in the text the next condition comes.
        text: The text.
    """

    def __init__(self, cursor: Cursor, text: str) -> None:
        self._cursor, self._text = cursor, text

    def read(self, node: tree.Condition, around: Around = "") -> tuple[Comments, Piece]:
        """The comments before *node*, and the piece it makes."""
        cursor = self._cursor
        match node:
            case tree.Sentence(tokens):
                return leading([cursor.atom_at(token.span) for token in tokens])
            case tree.Denied(operand):
                cursor.pass_word("NOT", loose=True)
                before, piece = self.read(operand, "NOT")
                return before, Denial(piece)
            case tree.Joined():
                return self._joined(node)
            case tree.Bracketed(condition) if needless(self._text, node, around):
                cursor.pass_word("(", loose=True)
                result = self.read(condition, around)
                cursor.close()
                return result
            case tree.Bracketed(condition):
                opening = cursor.atom("(").before
                before, piece = self.read(condition)
                if piece.pinned:  # it stays beside its bracket, and no comment fits between
                    opening, before = (*opening, *before), ()
                return opening, Group(before, piece, cursor.atom(")").before)
            case tree.Quantified():
                return self._quantified(node)

    def _joined(self, node: tree.Joined) -> tuple[Comments, Chain]:
        around = joint(node)
        before, first = self.read(node.operands[0], around)
        links: list[Link] = []
        if isinstance(first, Chain):
            links += first.links
            first = first.first
        for joiner, operand in zip(node.joiners, node.operands[1:], strict=True):
            word = self._cursor.pass_word(joiner.joint.value, loose=True)
            comments, piece = self.read(operand, around)
            if isinstance(piece, Chain):
                links += (Link(comments, word, piece.first), *piece.links)
            else:
                links.append(Link(comments, word, piece))
        return before, Chain(first, tuple(links))

    def _quantified(self, node: tree.Quantified) -> tuple[Comments, Block]:
        cursor = self._cursor
        start, end = _HEADS[node.quantifier.amount]
        before = cursor.atom(start[0]).before
        said = [start[0], *map(cursor.pass_word, start[1:])]
        if node.quantifier.number is not None:
            said.append(cursor.pass_span(node.quantifier.number.span))
        head = " ".join((*said, *map(cursor.pass_word, end)))
        if cursor.comes("("):
            entries = []
            for index, item in enumerate(node.items):
                cursor.pass_word(";" if index else "(", loose=True)
                entries.append(self._entry(item))
            cursor.close()
            return before, Block(head, tuple(entries), (), dashes=False)
        column, entries = 0, []
        for item in node.items:
            cursor.pass_word("-", loose=True)
            column = cursor.column
            entries.append(self._entry(item, spaced=cursor.spaced))
        return before, Block(head, tuple(entries), cursor.take_deeper(column), dashes=True)

    def _entry(self, item: tree.Item, *, spaced: bool = False) -> Entry:
        weight = ""
        if item.weight is not None:
            weight = self._cursor.pass_span(item.weight.span, loose=True)
            weight += f" {self._cursor.pass_word('FOR', loose=True)}"
        before, piece = self.read(item.condition)
        return Entry(before, spaced, weight, piece)


def leading(atoms: list[Atom]) -> tuple[Comments, Words]:
    """The comments before *atoms*, and the piece that *atoms* make."""
    first, *rest = atoms
    return first.before, words([Atom(first.text), *rest])
