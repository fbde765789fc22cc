"""Which keys of contacts stay the same from file to file."""

import re
import unicodedata
from pathlib import Path

from connectrules.errors import StoreError
from connectrules.schema.types import shown

LONGEST_KEY = 1_000
"""How many characters a key may have."""

_PLACE = re.compile(r"(.* )?line [0-9]+", re.DOTALL)


def as_key(key: str) -> str:
    """*key* as the store knows it: letters that look alike are the same, and so are its ends."""
    return unicodedata.normalize("NFC", key).strip()


def is_lasting(key: str) -> bool:
    """Whether answers can be kept under *key*.

    A contact whose file gives it neither a key nor a name is called by its line, such as
    ``line 7``, and the next file may have somebody else there.
    """
    return mistake(key) is None


def require_lasting(key: str, path: Path) -> None:
    """Raise StoreError where no answers can be kept under *key*."""
    if not isinstance(key, str):
        msg = f"a key is a text, and this is a `{type(key).__name__}`"
        raise TypeError(msg)
    found = mistake(key)
    if found:
        raise StoreError(found, path, (LASTING,))


LASTING = "give each contact a column `key` that stays the same"
"""What to do about keys that do not last."""


def mistake(key: str) -> str | None:
    """Why no answers can be kept under *key*, if none can."""
    key = as_key(key)
    if not key:
        return "no answers are kept under a key that is empty"
    if _PLACE.fullmatch(key):
        return f"no answers are kept under `{shown(key)}`, which is only a place in a file"
    if len(key) > LONGEST_KEY:
        return (
            f"no answers are kept under `{shown(key)}`, which has {len(key):,} characters: "
            f"a key may have {LONGEST_KEY:,}"
        )
    if not is_text(key):
        return f"no answers are kept under `{shown(key)}`, which holds half a character"
    return None


def is_text(text: str) -> bool:
    """Whether *text* can be written in UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
