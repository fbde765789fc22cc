"""What callers hand over, looked at before anything is done with it."""

from collections.abc import Mapping

from connectrules.policy import Policy
from connectrules.schema.types import shown
from connectrules.schema.vocabulary import Vocabulary


def check_policy(policy: object) -> None:
    """See that *policy* is one.

    Raises:
        TypeError: Where it is none.
    """
    if not isinstance(policy, Policy):
        msg = f"a Policy is wanted, and this is a `{type(policy).__name__}`: see `Policy.parse`"
        raise TypeError(msg)


def check_vocabulary(vocabulary: object) -> None:
    """See that *vocabulary* is one, or None.

    Raises:
        TypeError: Where it is none.
    """
    if vocabulary is not None and not isinstance(vocabulary, Vocabulary):
        msg = (
            "`vocabulary=` is a Vocabulary, and this is a "
            f"`{type(vocabulary).__name__}`: see `Vocabulary.of`"
        )
        raise TypeError(msg)


def check_settings(settings: object) -> None:
    """See that *settings* are some of hypothesis's, or None.

    Raises:
        TypeError: Where they are not.
    """
    from hypothesis import settings as kind  # noqa: PLC0415 - its users alone have it

    if settings is not None and not isinstance(settings, kind):
        msg = (
            "`settings=` are those of hypothesis, such as `settings(max_examples=1000)`, and "
            f"this is a `{type(settings).__name__}`"
        )
        raise TypeError(msg)


def check_records(records: object) -> None:
    """See that *records* are a strategy, or None.

    Raises:
        TypeError: Where they are not.
    """
    from hypothesis.strategies import SearchStrategy  # noqa: PLC0415 - as above

    if records is not None and not isinstance(records, SearchStrategy):
        msg = (
            "`records=` is a strategy of hypothesis that draws records, such as "
            f"`contacts(policy)`, and this is a `{type(records).__name__}`"
        )
        raise TypeError(msg)


def check_fixed(fixed: object) -> None:
    """See that *fixed* gives values by names.

    Raises:
        TypeError: Where it does not.
    """
    if not isinstance(fixed, Mapping):
        msg = (
            '`fixed` gives values by the names of facts, such as `{"is a bot": False}`, and this '
            f"is a `{type(fixed).__name__}`"
        )
        raise TypeError(msg)
    for said in fixed:
        if not isinstance(said, str):
            msg = f"`fixed` gives values by the names of facts, and `{shown(said)}` is none"
            raise TypeError(msg)
