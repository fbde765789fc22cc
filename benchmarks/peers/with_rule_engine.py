"""rule-engine: a language of its own, whose tree is walked in Python.

It reads contacts as they are, which takes no longer than dictionaries:
https://zerosteiner.github.io/rule-engine/rule_engine/engine.html (resolve_attribute).
"""

from collections.abc import Sequence

from rule_engine import Context, Rule, resolve_attribute, resolve_item
from rule_engine.errors import EngineError

from benchmarks.peers.people import known
from benchmarks.peers.rulebooks import Rulebook
from benchmarks.peers.spelling import PYTHON, Spelling
from connectrules import Contact

WORDS = Spelling({**PYTHON, "one of": "{fact} in [{values}]"})


def write(book: Rulebook) -> str:
    """The rule's text."""
    return WORDS.written(book)


def parse(text: str) -> Rule:
    """A rule that is ready."""
    return Rule(text, context=Context(resolver=resolve_attribute))


def records(book: Rulebook, contacts: Sequence[Contact]) -> Sequence[Contact]:  # noqa: ARG001
    """The contacts themselves."""
    return contacts


def decide(rule: Rule, contacts: Sequence[Contact]) -> list[bool]:
    """Whether it matches each contact."""
    matches = rule.matches
    return [matches(contact) for contact in contacts]


def answers(book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
    """An unknown fact is a name that is not found, which is an error."""
    rule = Rule(write(book), context=Context(resolver=resolve_item))
    return [_answer(rule, record) for record in known(book, contacts)]


def _answer(rule: Rule, record: dict[str, object]) -> bool | None:
    try:
        return rule.matches(record)
    except EngineError:
        return None
