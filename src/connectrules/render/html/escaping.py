"""Text that others wrote, in HTML: shown as it is, and never acting."""

import html
import json
import re

from connectrules.render.cells import harmless

_LONGEST_LINK = 2_000

# A host or an address, then anything; nothing that browsers drop, or read as a slash.
_WEB = re.compile(r"https?://[\w.-]+(:[0-9]{1,5})?([/?#][^\s\\]*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@\\:]+@[^\s@\\]+", re.IGNORECASE)

_IN_SCRIPT = str.maketrans(
    {char: f"\\u{ord(char):04x}" for char in "<>&\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"}
)
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


def in_html(text: str) -> str:
    """*text* between tags, or in the quotes of an attribute."""
    return html.escape(harmless(text))


def in_script(value: object) -> str:
    """*value* as JSON that may stand in a script element, whatever its texts hold."""
    return _encode(value).translate(_IN_SCRIPT)


def link(url: str) -> str | None:
    """*url* where it may become a link: http, https and mailto, and nothing hidden in it."""
    if len(url) > _LONGEST_LINK or not url.isprintable():
        return None
    return url if _WEB.fullmatch(url) or _MAIL.fullmatch(url) else None
