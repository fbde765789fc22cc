"""What tests of parts of a text mean, for a text that is known."""

from collections.abc import Callable


def mentioned(text: str, part: str) -> bool:
    """Whether *part* stands in *text* with no letter or digit next to it."""
    start = text.find(part)
    while start >= 0:
        end = start + len(part)
        before = start > 0 and text[start - 1].isalnum()
        if not before and not (end < len(text) and text[end].isalnum()):
            return True
        start = text.find(part, start + 1)
    return False


PARTS: dict[str, Callable[[str, str], bool]] = {
    "contains": str.__contains__,
    "mentions": mentioned,
    "starts": str.startswith,
    "ends": str.endswith,
}
"""By the primitive's name."""
