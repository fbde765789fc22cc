"""Laws that fail in pytest, which shows what they say and no traceback."""

import pytest

from connectrules.testing.law_broken import LawBroken


class LawFails(LawBroken, pytest.fail.Exception):  # type: ignore[name-defined,misc]
    """A law is broken, as `pytest.fail` tells of it.

    Attributes:
        msg: What pytest shows.
        pytrace: Whether it shows a traceback, too.
    """

    __module__ = "builtins"  # as for those of pytest, so that a summary begins with its name alone
    pytrace = False

    def __init__(self, message: str, law: str) -> None:
        super().__init__(message, law)
        self.msg = message

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle as what is broken."""
        return LawBroken, (self.msg, self.law)
