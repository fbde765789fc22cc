"""Pieces of queries that say what Python code says of one value."""

from connectrules.sources.common.database import text

SPACE = "".join(char for char in map(chr, range(0x3001)) if char.isspace())
"""What `str.strip` takes away; no character of a higher number is white space."""
_CLASS = "".join(f"\\x{{{ord(char):x}}}" for char in SPACE)
_LIKE_KEY = f"[^{_CLASS}:]+:[^{_CLASS}](?s:.*)"


def stripped(value: str) -> str:
    """The text *value* without white space around it, null where nothing is left."""
    return f"CASE WHEN {_is_bare(value)} THEN {value} ELSE nullif({_trimmed(value)}, '') END"


def identifying(value: str) -> str:
    """The text *value* as what identifies a record: see `key_text`."""
    bare = f"strlen({value}) = length({value}) AND {_is_bare(value)}"
    composed = f"nfc_normalize({_trimmed(value)})"
    return f"CASE WHEN {bare} THEN {value} ELSE nullif({composed}, '') END"


def is_like_key(value: str) -> str:
    """Whether *value*, which `identifying` made, looks like ``network:stable-id``."""
    return f"(contains({value}, ':') AND regexp_full_match({value}, {text(_LIKE_KEY)}))"


def is_among(value: str, words: "tuple[str, ...] | list[str]") -> str:
    """Whether the text *value* is one of *words*."""
    return f"{value} IN ({', '.join(map(text, words))})"


def _is_bare(value: str) -> str:
    """Whether no white space stands around *value*, which is not empty, for all that it says.

    What is no ASCII may be white space: it is looked at more closely.
    """
    first, last = f"{value} BETWEEN '!' AND '\x7f'", f"({value})[-1] BETWEEN '!' AND '\x7f'"
    return f"{first} AND {last}"


def _trimmed(value: str) -> str:
    return f"trim({value}, {text(SPACE)})"
