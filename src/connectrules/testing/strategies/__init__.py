"""Strategies: contacts at a policy's boundaries, and policies, as hypothesis draws them."""

try:
    import hypothesis  # noqa: F401 - an extra
except ModuleNotFoundError as error:
    msg = f'`{error.name}` is not installed: pip install "connectrules[testing]"'
    raise ModuleNotFoundError(msg, name=error.name) from error

from connectrules.testing.strategies.contacts import contacts
from connectrules.testing.strategies.judging import answers, me_and_today
from connectrules.testing.strategies.policies import policies

__all__ = ["answers", "contacts", "me_and_today", "policies"]
