"""The words that join sentences, by what they do."""

from collections.abc import Mapping

ROLES: Mapping[str, tuple[str, ...]] = {
    "statement": (
        "LANGUAGE",
        "POLICY",
        "ABOUT",
        "USE",
        "FACT",
        "ASK",
        "ASSUME",
        "DEFINE",
        "OTHERWISE",
        "EXAMPLE",
    ),
    "decision": ("CONNECT", "DECLINE", "REVIEW", "UNDECIDED"),
    "clause": ("AS", "WHEN", "UNLESS", "BECAUSE", "EXPECT", "ASKING", "TODAY"),
    "joining": ("AND", "OR", "NOT"),
    "counting": (
        "ALL",
        "ANY",
        "NONE",
        "AT",
        "LEAST",
        "MOST",
        "EXACTLY",
        "POINTS",
        "OF",
        "FROM",
        "FOR",
    ),
}
"""Every reserved word, under what it does in a policy."""

RESERVED = frozenset(word for words in ROLES.values() for word in words)
"""The words that are no part of a sentence when they stand in capitals."""

BREAKS = r'\s"()\[\]{};:,<>=!'
"""What ends a word, as the inside of a regular expression's character class."""
