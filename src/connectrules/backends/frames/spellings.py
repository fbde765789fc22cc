"""Finding in texts as they stand what is searched for in lower case.

Most texts are ASCII, where this is exact. In others it finds too much and never too little:
what it finds there is to be looked at in lower case.
"""

import re
from collections.abc import Callable, Sequence
from itertools import product
from math import prod

from connectrules.backends.frames.engines import How

SINGLE = {"k": "\N{KELVIN SIGN}", ";": "\N{GREEK QUESTION MARK}", "`": "\N{GREEK VARIA}"}
"""What else than ASCII has one ASCII letter or sign as its composed form in lower case."""

STRANGE = (*SINGLE.values(), "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}")
"""What else than ASCII has any ASCII in its composed form in lower case."""

_MOST = 1_024
"""How many spellings are listed."""


def spellings(parts: Sequence[str]) -> list[str] | None:
    """All texts that are one of *parts* in lower case; None where they are not listed.

    They are listed where *parts* are ASCII and short.
    """
    if not all(map(str.isascii, parts)):
        return None
    ways = [[_ways(letter) for letter in part] for part in parts]
    if sum(prod(map(len, each)) for each in ways) > _MOST:
        return None
    return ["".join(letters) for each in ways for letters in product(*each)]


def _ways(letter: str) -> list[str]:
    return [*dict.fromkeys((letter, letter.upper(), SINGLE.get(letter, letter)))]


def loosely(how: How, parts: Sequence[str]) -> str:
    """A regular expression that finds all texts in which *parts*, ASCII, are to be found."""
    literals = "|".join(map(escaped, parts))
    return f"{_LOOSELY[how](f'(?i:{literals})')}|[{''.join(STRANGE)}]"


_LOOSELY: dict[How, Callable[[str], str]] = {
    "is": r"\A{}\z".format,
    "contains": "{}".format,
    "mentions": r"(?:\A|[^a-zA-Z0-9]){}(?:[^a-zA-Z0-9]|\z)".format,
    "starts": r"\A{}".format,
    "ends": r"{}\z".format,
}


def escaped(part: str) -> str:
    """*part* in a regular expression of any engine."""
    return re.sub(r"[\\.^$|?*+()\[\]{}\-#&~/]", lambda mark: f"\\{mark[0]}", part)
