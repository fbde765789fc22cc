"""Several texts where the phrase book has one: CR102, and CR107 where they are bare."""

from collections.abc import Iterator, Sequence

import attrs

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve import book
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.unread.unknown import plainly_unknown
from connectrules.resolve.words import whole
from connectrules.schema.suggestions import either
from connectrules.source import Span
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Kind, Token
from connectrules.syntax.words import split

_MOST = 20
_JOINTS = frozenset({"or", "and"})
_PREFIXES = {
    "is": ("one of",),
    "are": ("one of",),
    "not": ("one of",),
    "of": ("",),
}
"""What belongs between the word before the texts and several of them."""
_OTHER_PREFIXES = ("any of", "all of")
_BY_JOINT = {"or": ("one of", "any of", ""), "and": ("all of", "")}


@attrs.frozen
class _Listed:
    """Texts at the end of a sentence.

    Attributes:
        start: The token that the first begins with.
        items: The tokens of each.
        joint: The word before the last of them, if any.
    """

    start: int
    items: tuple[tuple[Token, ...], ...]
    joint: str

    @property
    def bare(self) -> Token | None:
        """The first word that is in no quotes."""
        return next((item[0] for item in self.items if item[0].kind is not Kind.TEXT), None)


def several_texts(unread: Unread) -> Mistake | None:
    """Several texts, in quotes or not, where the words before them take one."""
    for start in range(1, len(unread.tokens)):
        listed = _listed(unread, start)
        found = None if listed is None else _mistake(unread, listed)
        if found is not None:
            return found
    return None


def _listed(unread: Unread, start: int) -> _Listed | None:
    """The texts that all tokens from *start* on are."""
    items: list[tuple[Token, ...]] = []
    item: list[Token] = []
    joints: list[str] = []
    for token in unread.tokens[start:]:
        is_joint = token.kind is Kind.COMMA or (
            token.kind is Kind.WORD and token.text.lower() in _JOINTS
        )
        if item and not is_joint and (token.kind is Kind.TEXT) != (item[-1].kind is Kind.TEXT):
            return None
        if is_joint or (item and token.kind is Kind.TEXT):
            items += [tuple(item)] if item else []
            item = []
        if is_joint:
            joints.append(token.text.lower() if token.kind is Kind.WORD else "")
        else:
            item.append(token)
    items += [tuple(item)] if item else []
    words = {*joints} & _JOINTS
    if not 1 < len(items) <= _MOST or len(words) > 1 or not all(map(_is_text, items)):
        return None
    joint = next(iter(words), "")
    listed = _Listed(start, tuple(items), joint)
    # "Trinidad and Tobago" is one text.
    is_one = joint == "and" and listed.bare is not None
    # After "one of" nothing but a comma can be missing.
    is_marked = unread.word(start - 1) == "of" and (bool(joint) or len(joints) >= len(items) - 1)
    return None if is_one or is_marked or (not joints and listed.bare is not None) else listed


def _is_text(item: Sequence[Token]) -> bool:
    if item[0].kind is Kind.TEXT:
        return True
    return all(token.kind is Kind.WORD and token.text not in book.words() for token in item)


def _mistake(unread: Unread, listed: _Listed) -> Mistake | None:
    if any(map(unread.reads, listed.items)):
        return None  # another condition
    texts = ", ".join(_quoted(unread, item) for item in listed.items)
    meant = [
        f"{prefix} {texts}".strip()
        for prefix in _prefixes(unread, listed)
        if unread.reads(
            [
                *unread.tokens[: listed.start],
                *split(f"{prefix} {texts}", unread.tokens[listed.start].span.start),
            ]
        )
    ]
    if not meant:
        return None
    words = 2 if unread.word(listed.start - 1) in {"not", "of"} else 1
    before = unread.written(unread.tokens[max(0, listed.start - words) : listed.start])
    said = either(f"`{before} {each}`" for each in meant)
    start, end = unread.tokens[listed.start].span.start, unread.tokens[-1].span.end
    is_certain = len(meant) == 1 and (listed.bare is None or listed.joint == "or")
    fixes = (Fix(f"write {said}", (Edit(Span(start, end), meant[0]),)),) if is_certain else ()
    bare = listed.bare
    if bare is None:
        hints = () if fixes else (f"several texts are written {said}",)
        return plainly_unknown(unread, *hints, fixes=fixes)
    return Mistake(
        bare.span,
        "CR107",
        f"`{unread.written([bare])}` stands where a quoted text belongs",
        help=() if fixes else (f"write {said}",),
        fixes=fixes,
    )


def _prefixes(unread: Unread, listed: _Listed) -> Iterator[str]:
    """What may belong before the texts, as the joining word between them allows."""
    for prefix in _PREFIXES.get(unread.word(listed.start - 1) or "", _OTHER_PREFIXES):
        if not listed.joint or prefix in _BY_JOINT[listed.joint]:
            yield prefix


def _quoted(unread: Unread, item: Sequence[Token]) -> str:
    written = unread.source.text[whole(item).start : whole(item).end]
    return written if item[0].kind is Kind.TEXT else f'"{" ".join(written.split())}"'
