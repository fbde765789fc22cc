"""json-logic-qubit: rules that are JSON, walked in Python.

There is nothing to compile: https://github.com/qubitproducts/json-logic-py (README).
"""

import json
from collections.abc import Sequence

from json_logic import jsonLogic

from benchmarks.peers import people
from benchmarks.peers.rulebooks import Rulebook, Test, Tests
from connectrules import Contact

records = people.records
SIGNS = {"at least": ">=", "more than": ">", "less than": "<"}


def write(book: Rulebook) -> str:
    """The rule as JSON."""
    declines = [{"!": [_rule(rule)]} for rule in book.declines]
    connects = {"or": [_rule(rule) for rule in book.connects]}
    return json.dumps({"and": [*declines, connects]})


def _rule(tests: Tests) -> dict[str, object]:
    return {"and": [_test(test) for test in tests]}


def _test(test: Test) -> dict[str, object]:
    fact: dict[str, object] = {"var": test.fact}
    if test.kind == "yes":
        said = fact
    elif test.kind in SIGNS:
        said = {SIGNS[test.kind]: [fact, test.value]}
    elif test.kind == "one of":
        said = {"in": [fact, test.value]}
    else:
        said = {"in": [test.value, fact]}
    return {"!": [said]} if test.no else said


def parse(text: str) -> object:
    """The rule as dictionaries and lists."""
    return json.loads(text)


def decide(rule: object, records: Sequence[dict[str, object]]) -> list[bool]:
    """What the rule comes to for each contact."""
    return [jsonLogic(rule, record) for record in records]


def answers(book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
    """An unknown fact reads as null, which is like no, and smaller than no number."""
    return [bool(found) for found in decide(parse(write(book)), people.known(book, contacts))]
