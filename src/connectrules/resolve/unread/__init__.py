"""Why a sentence has no reading, and what was probably meant: one file a kind of mistake."""

from connectrules.resolve.unread.explanation import explained
from connectrules.resolve.unread.sentence import Unread
from connectrules.resolve.unread.shared_words import shared

__all__ = ["Unread", "explained", "shared"]
