"""What a layout is made of: texts that stay whole, and what holds them together.

A piece never has the comments before its own first text: they belong to what it stands in.
"""

import re

import attrs

from connectrules.syntax.blocks import STATEMENTS
from connectrules.syntax.habits import MEANT
from connectrules.syntax.reserved import RESERVED

LONGEST_FLAT = 100
"""How many columns a piece may have that is tried on one line."""

_STATEMENT = "|".join((*sorted(STATEMENTS), "UNLESS", "BECAUSE", *sorted(MEANT)))
_PINNED = re.compile(rf"[-#*–—•‣◦●▪]|(?:{_STATEMENT})(?![\w-])", re.IGNORECASE)  # noqa: RUF001


def pinned(text: str, start: int = 0) -> bool:
    """Whether what stands at *start* would be read as something else first on its line."""
    found = _PINNED.match(text, start)
    return found is not None and found[0] not in RESERVED


@attrs.frozen
class Comment:
    """A comment.

    Attributes:
        text: It, with its ``#``.
        column: Where it began in its line, from 0.
        room: How many characters parted it from what stood before it.
        trailing: Whether it stood behind words, on their line.
        spaced: Whether an empty line stood before it.
    """

    text: str
    column: int
    room: int
    trailing: bool
    spaced: bool


Comments = tuple[Comment, ...]


@attrs.frozen
class Atom:
    """A text that stays on one line, and the comments before it."""

    text: str
    before: Comments = ()


@attrs.frozen
class Words:
    """Texts with a space between each two, at least one."""

    atoms: tuple[Atom, ...]
    flat: str | None = attrs.field(init=False)

    @flat.default
    def _flatten(self) -> str | None:
        if any(atom.before for atom in self.atoms):
            return None
        return _short(" ".join(atom.text for atom in self.atoms[: LONGEST_FLAT + 1]))

    @property
    def pinned(self) -> bool:
        """Whether it cannot be first on its line."""
        return pinned(self.atoms[0].text)


@attrs.frozen
class Denial:
    """NOT and its operand."""

    operand: "Piece"
    flat: str | None = attrs.field(init=False)

    @flat.default
    def _flatten(self) -> str | None:
        return self.operand.flat and _short(f"NOT {self.operand.flat}")

    @property
    def pinned(self) -> bool:
        """Never."""
        return False


@attrs.frozen
class Link:
    """An operand after the first, the word that joins it, and the comments before that."""

    before: Comments
    word: str
    operand: "Piece"


@attrs.frozen
class Chain:
    """Operands side by side."""

    first: "Piece"
    links: tuple[Link, ...]
    flat: str | None = attrs.field(init=False)

    @flat.default
    def _flatten(self) -> str | None:
        texts = [self.first.flat]
        for link in self.links[: LONGEST_FLAT + 1]:
            flat = link.operand.flat
            texts.append(None if link.before or flat is None else f"{link.word} {flat}")
        known = [text for text in texts if text is not None]
        return _short(" ".join(known)) if len(known) == len(texts) else None

    @property
    def pinned(self) -> bool:
        """Whether it cannot be first on its line."""
        return self.first.pinned


@attrs.frozen
class Group:
    """A piece in brackets.

    Attributes:
        before: The comments before the piece.
        inner: The piece.
        after: The comments after it.
    """

    before: Comments
    inner: "Piece"
    after: Comments
    flat: str | None = attrs.field(init=False)

    @flat.default
    def _flatten(self) -> str | None:
        if self.before or self.after or self.inner.flat is None:
            return None
        return _short(f"({self.inner.flat})")

    @property
    def pinned(self) -> bool:
        """Never."""
        return False


@attrs.frozen
class Entry:
    """One item of a list.

    Attributes:
        before: The comments before it.
        spaced: Whether an empty line stood before its dash.
        weight: What stands before its piece, such as ``3 FOR``; may be empty.
        piece: The piece.
    """

    before: Comments
    spaced: bool
    weight: str
    piece: "Piece"

    @property
    def flat(self) -> str | None:
        """The item on one line."""
        if self.before or self.piece.flat is None:
            return None
        return f"{self.weight} {self.piece.flat}" if self.weight else self.piece.flat


@attrs.frozen
class Block:
    """A list of items.

    Attributes:
        head: What begins it, such as ``ALL OF``.
        entries: Its items.
        after: The comments after the last item that belong to the list.
        dashes: Whether it was written with dashes.
    """

    head: str
    entries: tuple[Entry, ...]
    after: Comments
    dashes: bool
    flat: str | None = attrs.field(init=False)

    @flat.default
    def _flatten(self) -> str | None:
        if self.dashes:
            return None
        text = ""
        for entry in self.entries:
            flat = entry.flat
            if flat is None or len(text) > LONGEST_FLAT:
                return None
            text += flat if not text else f"{after(';', flat)}{flat}"
        return _short(f"{self.head} ({text})")

    @property
    def pinned(self) -> bool:
        """Never."""
        return False


Piece = Words | Denial | Chain | Group | Block


def after(mark: str, text: str) -> str:
    """*mark* and what parts it from *text*: no space where that would begin a comment."""
    return mark if text.startswith("#") else f"{mark} "


def words(atoms: list[Atom]) -> Words:
    """The texts of *atoms*, joined where they must stay together.

    A comment before a comma or a colon moves behind it.
    """
    joined: list[tuple[list[str], Comments]] = []
    moved: Comments = ()
    for index, atom in enumerate(atoms):
        before, moved = (*moved, *atom.before), ()
        mark = atom.text in {",", ":", ";"}
        if mark and before and index + 1 < len(atoms) and not pinned(atoms[index + 1].text):
            before, moved = (), before
        if not joined or before:
            joined.append(([atom.text], before))
        elif mark or atom.text.startswith("#"):
            joined[-1][0].append(atom.text)
        elif pinned(atom.text):
            joined[-1][0].extend((" ", atom.text))
        else:
            joined.append(([atom.text], ()))
    return Words(tuple(Atom("".join(texts), before) for texts, before in joined))


def _short(text: str) -> str | None:
    return text if len(text) <= LONGEST_FLAT else None
