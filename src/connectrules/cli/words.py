"""Words that several commands say alike."""

from connectrules.render.cells import harmless
from connectrules.schema.contact import Contact


def counted(number: int, one: str, many: str) -> str:
    """*number* and what it counts, as in ``1 contact`` and ``5,000 contacts``."""
    return f"{number:,} {one if number == 1 else many}"


def cut(text: str, most: int) -> str:
    """*text*, with a ``…`` for what is past so many characters, seen or not."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def called(contact: Contact) -> str:
    """What *contact* is called: its name, else its key."""
    return harmless(contact.name if isinstance(contact.name, str) and contact.name else contact.key)
