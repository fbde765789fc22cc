"""The policies, written once for all engines."""

from collections.abc import Iterator
from typing import Literal

import attrs

Kind = Literal["yes", "at least", "more than", "less than", "one of", "contains", "includes"]


@attrs.frozen
class Test:
    """One condition.

    Attributes:
        fact: The field of the contact that it reads.
        kind: What it asks.
        value: What it compares with, as text, number or list of texts; True for "yes".
        no: Whether it must not be so.
    """

    fact: str
    kind: Kind = "yes"
    value: bool | int | str | list[str] = True
    no: bool = False


Tests = tuple[Test, ...]
"""What must all be so for a rule to hold."""


@attrs.frozen
class Rulebook:
    """A policy: connect where a rule of `connects` holds and none of `declines`."""

    connects: tuple[Tests, ...]
    declines: tuple[Tests, ...] = ()

    @property
    def tests(self) -> list[Test]:
        """All its conditions."""
        return [test for rule in (*self.declines, *self.connects) for test in rule]

    @property
    def title(self) -> str:
        """How many conditions it has."""
        return f"{len(self.tests)} conditions"

    @property
    def facts(self) -> list[str]:
        """The facts that it reads, each once."""
        return list(dict.fromkeys(test.fact for test in self.tests))

    def text(self) -> str:
        """The policy in the words of `connectrules`."""
        return "\n".join(_lines(self)) + "\n"


def _lines(book: Rulebook) -> Iterator[str]:
    for word, rules in (("DECLINE", book.declines), ("CONNECT", book.connects)):
        for rule in rules:
            yield f"{word} WHEN {' AND '.join(_said(test) for test in rule)}"
    yield "OTHERWISE DECLINE"


def _said(test: Test) -> str:
    fact, value = test.fact.replace("_", " "), test.value
    said = {
        "yes": fact,
        "at least": f"{fact} is at least {value}",
        "more than": f"{fact} is more than {value}",
        "less than": f"{fact} is less than {value}",
        "one of": f"{fact} is one of {quoted(value) if isinstance(value, list) else value}",
        "contains": f'{fact} contains "{value}"',
        "includes": f'{fact} include "{value}"',
    }[test.kind]
    return f"NOT {said}" if test.no else said


def quoted(texts: list[str]) -> str:
    """Texts as most languages list them."""
    return ", ".join(f'"{text}"' for text in texts)


THREE = Rulebook(
    connects=(
        (
            Test("would_have_a_drink_with"),
            Test("would_recommend"),
            Test("would_do_business_with"),
        ),
    ),
)
EIGHT = Rulebook(
    declines=((Test("following", "more than", 5_000), Test("follows_me", no=True)),),
    connects=(
        (
            Test("followers", "at least", 500),
            Test("country", "one of", ["uk", "ireland"]),
            Test("headline", "contains", "press"),
            Test("is_a_bot", no=True),
        ),
        (Test("would_recommend"), Test("met_in_person")),
    ),
)


def _first(n: int) -> Tests:
    return (
        Test("followers", "at least", 100 * n),
        Test("following", "less than", 5_000 - 100 * n),
        Test("country", "one of", ["uk", f"land {n}"]),
        Test("headline", "contains", f"word {n}"),
        Test("would_recommend"),
        Test("is_a_bot", no=True),
    )


def _second(n: int) -> Tests:
    return (
        Test("posts", "at least", n),
        Test("messages_sent", "at least", 3 * n),
        Test("industry", "one of", ["press", f"trade {n}"]),
        Test("bio", "contains", f"line {n}"),
        Test("has_interacted"),
        Test("met_in_person"),
    )


def _third(n: int) -> Tests:
    return (
        Test("mutual_connections", "at least", 2 * n),
        Test("endorsements_received", "less than", 20 * n),
        Test("position", "contains", f"rank {n}"),
        Test("values", "includes", f"value {n}"),
        Test("follows_me"),
        Test("came_with_a_note"),
    )


FIFTY = Rulebook(
    declines=(
        (
            Test("following", "more than", 5_000),
            Test("follows_me", no=True),
            Test("posts", "less than", 10),
            Test("has_interacted", no=True),
        ),
        (
            Test("is_a_bot"),
            Test("met_in_person", no=True),
            Test("mutual_connections", "less than", 10),
            Test("country", "one of", ["nowhere", "spain"]),
        ),
    ),
    connects=(_first(1), _second(2), _third(3), _first(4), _second(5), _third(6), _first(7)),
)
RULEBOOKS = (THREE, EIGHT, FIFTY)
