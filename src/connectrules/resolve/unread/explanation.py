"""What was probably meant, by the first kind of mistake that a sentence shows."""

from collections.abc import Callable

from connectrules.resolve.unread.bare_words import bare_word
from connectrules.resolve.unread.date_words import date_in_words
from connectrules.resolve.unread.denials import denial_inside
from connectrules.resolve.unread.joining import joining_word
from connectrules.resolve.unread.literals import wrong_literal
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.unread.several import several_texts
from connectrules.resolve.unread.strays import (
    bare_because,
    closing_mark,
    opening_if,
    tight_comment,
)
from connectrules.resolve.unread.unknown import of_what_is_known, plainly_unknown, unknown
from connectrules.syntax.mistakes import Mistake

_LONGEST = 200
"""What was meant by a sentence of more words than these is not looked for."""

_KINDS: tuple[Callable[[Unread], Mistake | None], ...] = (
    of_what_is_known,
    date_in_words,
    wrong_literal,
    joining_word,
    denial_inside,
    opening_if,
    bare_because,
    tight_comment,
    several_texts,
    bare_word,
)
"""In the order in which they are tried."""


def explained(unread: Unread, *, in_full: bool) -> Mistake:
    """The mistake that *unread* is.

    Args:
        unread: The sentence.
        in_full: Whether to look for what was meant by it.
    """
    if not in_full or len(unread.tokens) > _LONGEST:
        return plainly_unknown(unread)
    return closing_mark(unread, _nearly) or _nearly(unread) or unknown(unread)


def _nearly(unread: Unread) -> Mistake | None:
    """The first mistake that keeps *unread* from a reading; None where it is unknown."""
    return next((mistake for kind in _KINDS if (mistake := kind(unread))), None)
