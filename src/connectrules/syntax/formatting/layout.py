"""Where the pieces of a condition go."""

from typing import assert_never

from connectrules.syntax.formatting.page import Page, limit
from connectrules.syntax.formatting.pieces import (
    Block,
    Chain,
    Comments,
    Denial,
    Entry,
    Group,
    Piece,
    Words,
    after,
    pinned,
)

INDENT = 4
_TEXT = 2
"""How far the text of an item stands from its dash."""
_LEAST_GAIN = 8
"""By how many columns a text that is too long for any line must move to be worth a new one."""


def clause(page: Page, before: Comments, piece: Piece) -> None:
    """Write the condition *piece* after the words that it belongs to, such as ``WHEN``."""
    if before or not _begins_here(page, piece):
        page.comments(before, INDENT)
        page.line(INDENT)
        _alone(page, piece, INDENT, 2 * INDENT)
        return
    page.write(" ")
    hanging = INDENT if isinstance(piece, Words | Chain) else 0
    write(page, piece, hanging, INDENT + hanging)


def _begins_here(page: Page, piece: Piece) -> bool:
    """Whether the condition *piece* begins on the line where the words before it stand."""
    if piece.pinned or page.fits(f" {piece.flat}" if piece.flat else None):
        return True
    head = " "
    while isinstance(piece, Denial):
        head, piece = f"{head}NOT ", piece.operand
    if isinstance(piece, Block):
        return page.fits(head + piece.head)
    return isinstance(piece, Group) and page.fits(f"{head}(")


def write(page: Page, piece: Piece, indent: int, dashes: int) -> None:
    """Write *piece* from where the page is.

    Args:
        page: The page.
        piece: The piece.
        indent: Where lines begin that go on with it.
        dashes: Where the dashes of its lists stand.
    """
    if page.fits(piece.flat) and not (page.fresh and piece.pinned):
        page.write(piece.flat or "")
    else:
        _spread(page, piece, indent, dashes)


def _alone(page: Page, piece: Piece, indent: int, dashes: int) -> None:
    """Write *piece* on lines that nothing else is on: each operand of a chain has its own."""
    if isinstance(piece, Chain):
        _spread(page, piece, indent, dashes)
    else:
        write(page, piece, indent, dashes)


def _spread(page: Page, piece: Piece, indent: int, dashes: int) -> None:
    """Write *piece* over lines, as `write` does."""
    match piece:
        case Words():
            fill(page, piece, indent + INDENT)
        case Denial(operand):
            page.write("NOT ")
            write(page, operand, indent, dashes)
        case Chain(first, links):
            write(page, first, indent, dashes)
            for link in links:
                page.comments(link.before, indent)
                page.line(indent)
                page.write(f"{link.word} ")
                write(page, link.operand, indent, dashes)
        case Group():
            _group(page, piece, indent)
        case Block(head, entries):
            page.write(head)
            items(page, entries, piece.after, dashes)
        case _:
            assert_never(piece)


def fill(page: Page, piece: Words, indent: int) -> None:
    """Write the texts of *piece*, on new lines from *indent* where one has no room left.

    A word that would be read as a statement's, and cannot but begin a line, stays alone there.
    """
    first, *rest = piece.atoms
    alone = page.fresh and pinned(first.text)
    page.write(first.text)
    for atom in rest:
        has_room = page.fits(f" {atom.text}") or not _gains(page, atom.text, indent)
        if has_room and not (atom.before or alone):
            page.write(f" {atom.text}")
            continue
        page.comments(atom.before, indent)
        page.line(indent)
        alone = pinned(atom.text)
        page.write(atom.text)


def items(page: Page, entries: tuple[Entry, ...], following: Comments, dashes: int) -> None:
    """Write the items of a list, a line each, and the comments *following* the last."""
    for index, entry in enumerate(entries):
        page.comments(entry.before, dashes, spaces=index > 0)
        page.line(dashes, spaced=entry.spaced and index > 0)
        page.write(f"- {entry.weight} " if entry.weight else after("-", _first(entry.piece)))
        write(page, entry.piece, dashes + _TEXT, dashes + INDENT)
    page.comments(following, dashes, spaces=True)


def _group(page: Page, group: Group, indent: int) -> None:
    page.write("(")
    if not group.inner.pinned:
        page.comments(group.before, indent + INDENT)
        page.line(indent + INDENT)
    _alone(page, group.inner, indent + INDENT, indent + 2 * INDENT)
    page.comments(group.after, indent + INDENT)
    page.line(indent)
    page.write(")")


def _gains(page: Page, text: str, indent: int) -> bool:
    """Whether a new line at *indent* is worth while for *text*."""
    return indent + len(text) <= limit(indent) or page.column + 1 - indent > _LEAST_GAIN


def _first(piece: Piece) -> str:
    """The text that *piece* begins with, where that is a sentence's."""
    while isinstance(piece, Chain):
        piece = piece.first
    return piece.atoms[0].text if isinstance(piece, Words) else ""
