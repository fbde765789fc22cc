"""Words that several commands say alike."""

from connectrules.render.cells import harmless
from connectrules.schema.contact import Contact


def counted(number: int, one: str, many: str) -> str:
    """*number* and what it counts, as in ``1 contact`` and ``5,000 contacts``."""
    return f"{number:,} {one if number == 1 else many}"


def called(contact: Contact) -> str:
    """What *contact* is called: its name, else its key."""
    return harmless(contact.name if isinstance(contact.name, str) and contact.name else contact.key)
