"""What is shown of a drawn policy or contact where a test fails."""

import datetime
from collections.abc import Callable
from typing import Any

from hypothesis import currently_in_test_context, note

from connectrules.policy import Policy
from connectrules.testing.pasting import as_example


class _Shown:
    """Something that is put into words only where somebody looks."""

    def __init__(self, words: Callable[[], str]) -> None:
        self._words = words

    def __repr__(self) -> str:
        """The words."""
        return self._words()


def noted(words: Callable[[], str]) -> None:
    """Show *words* where the test that runs fails."""
    if currently_in_test_context():
        note(_Shown(words))


def noted_example(
    policy: Policy[Any], me: object, today: datetime.date | None
) -> Callable[[Any], Any]:
    """What passes a contact on, and shows it as an EXAMPLE where the test fails."""

    def pass_on(contact: Any) -> Any:  # noqa: ANN401 - a record of any class
        noted(lambda: as_example(policy, contact, me=me, today=today))
        return contact

    return pass_on
