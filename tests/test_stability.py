"""What others build on stays as it is: names, signatures, and verdicts."""

import pytest

from connectrules import Policy, PolicyError
from tests.conformance.frozen import PROMISED, promises, written
from tests.public_api import WRITTEN, public_api


def test_the_public_names_and_signatures_are_those_written_down() -> None:
    """A change to what others import and call is made on purpose, and seen in a review.

    `python -m tests.public_api` writes it down; docs/stability.md says what may change.
    """
    assert public_api() == WRITTEN.read_text(encoding="utf-8")


@pytest.mark.once
def test_no_promised_verdict_was_changed_or_dropped() -> None:
    """Every case of language 1 says what it said when it was promised."""
    now = promises()

    assert {name: now.get(name) for name in written()} == written()


def test_every_case_is_promised() -> None:
    """A new case joins the list: `python -m tests.conformance.frozen` adds it."""
    assert set(promises()) - set(written()) == set()
    assert len(written()) > 300, PROMISED


def test_a_text_of_a_later_version_gets_one_message() -> None:
    """What is right in a later version is not called a mistake; one says what to install."""
    text = 'LANGUAGE 2\nPERHAPS "x" IF [would recommend]\nAND\n'
    with pytest.raises(PolicyError) as refusal:
        Policy.parse(text)

    (diagnostic,) = refusal.value.diagnostics
    assert (diagnostic.code, diagnostic.start.line, diagnostic.start.column) == ("CR101", 1, 10)
    assert diagnostic.message == (
        "this is written in version 2 of the language, and version 1 is the one known here"
    )
    assert diagnostic.help == ("install the newest connectrules, which may know it",)


def test_the_version_may_be_left_out_or_stand_anywhere() -> None:
    """A policy without LANGUAGE is of version 1, and the line may be the last."""
    rules = "CONNECT WHEN would recommend\nOTHERWISE DECLINE\n"

    assert Policy.parse(rules).rules == Policy.parse(f"{rules}LANGUAGE 1\n").rules
