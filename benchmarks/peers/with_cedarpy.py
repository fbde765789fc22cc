"""cedarpy: Amazon's Cedar, in Rust, which answers allow or deny.

Policies and contacts are parsed once, and all contacts asked about in one call:
https://github.com/k9securityio/cedar-py (README, "Authorize a batch of requests", "Reusing
parsed policies for performance", "Reusing parsed entities for performance").
"""

import json
from collections.abc import Iterator, Sequence

from cedarpy import (
    Decision,
    Entities,
    PolicySet,
    is_authorized_batch,
    is_authorized_partial,
)

from benchmarks.peers import people
from benchmarks.peers.rulebooks import Rulebook
from benchmarks.peers.spelling import PYTHON, Spelling
from connectrules import Contact

Prepared = tuple[list[dict[str, object]], Entities]
_ASKED = {"principal": 'Person::"me"', "action": 'Action::"connect"'}

WORDS = Spelling(
    {
        **{kind: said.replace("{fact}", "resource.{fact}") for kind, said in PYTHON.items()},
        "one of": "[{values}].contains(resource.{fact})",
        "contains": 'resource.{fact} like "*{text}*"',
        "includes": "resource.{fact}.contains({value})",
    },
    all_of=" && ",
    any_of=" || ",
    none="!",
)


def write(book: Rulebook) -> str:
    """A policy for each rule."""
    return "\n".join(_policies(book))


def _policies(book: Rulebook) -> Iterator[str]:
    for word, rules in (("forbid", book.declines), ("permit", book.connects)):
        for rule in rules:
            yield f"{word}(principal, action, resource) when {{ {WORDS.rule(rule)} }};"


def parse(text: str) -> PolicySet:
    """Policies that are ready."""
    return PolicySet.from_str(text)


def records(book: Rulebook, contacts: Sequence[Contact]) -> Prepared:
    """A request for each contact, and all contacts as entities."""
    return _prepared(people.records(book, contacts))


def _prepared(facts: Sequence[dict[str, object]]) -> Prepared:
    entities = [
        {"uid": {"type": "Contact", "id": str(n)}, "attrs": each, "parents": []}
        for n, each in enumerate(facts)
    ]
    requests = [{**_ASKED, "resource": f'Contact::"{n}"'} for n in range(len(facts))]
    return requests, Entities.from_json_str(json.dumps(entities))


def decide(policies: PolicySet, prepared: Prepared) -> list[bool]:
    """Whether each contact is allowed."""
    requests, entities = prepared
    return [result.allowed for result in is_authorized_batch(requests, policies, entities)]


def answers(book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
    """An unknown fact is `unknown(…)`, of Cedar's partial evaluation, which is experimental.

    What stands before a condition that fails is not forgotten: it could be an error.

    https://github.com/k9securityio/cedar-py (docs/guides/partial-authorization-guide.md)
    """
    policies = parse(write(book))
    requests, entities = _prepared(
        [
            {name: _unknown(name) if value is None else value for name, value in record.items()}
            for record in people.records(book, contacts)
        ]
    )
    return [
        _SAID[is_authorized_partial(request, policies, entities).decision] for request in requests
    ]


def _unknown(name: str) -> object:
    return {"__extn": {"fn": "unknown", "arg": name}}


_SAID = {Decision.Allow: True, Decision.Deny: False, Decision.NoDecision: None}
