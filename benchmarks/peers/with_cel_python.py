"""cel-python: Google's Common Expression Language, made into Python.

`CompiledRunner` is some six times as fast as the runner it has otherwise:
https://cloud-custodian.github.io/cel-python/api.html (CompiledRunner). Contacts are
dictionaries of its own types.
"""

import logging
from collections.abc import Sequence

from celpy import CELEvalError, CompiledRunner, Environment, Runner, json_to_cel

from benchmarks.peers import people
from benchmarks.peers.rulebooks import Rulebook
from benchmarks.peers.spelling import CEL
from connectrules import Contact

ENVIRONMENT = Environment(runner_class=CompiledRunner)
logging.getLogger("celpy").setLevel(logging.CRITICAL)  # it prints each error that it raises

Record = dict[str, object]


def write(book: Rulebook) -> str:
    """The expression's text."""
    return CEL.written(book)


def parse(text: str) -> Runner:
    """A program that is ready."""
    return ENVIRONMENT.program(ENVIRONMENT.compile(text))


def records(book: Rulebook, contacts: Sequence[Contact]) -> list[Record]:
    """Dictionaries of CEL's values."""
    return [_values(record) for record in people.records(book, contacts)]


def _values(record: Record) -> Record:
    return {name: json_to_cel(value) for name, value in record.items()}


def decide(program: Runner, records: Sequence[Record]) -> list[bool]:
    """What the program comes to for each contact."""
    evaluate = program.evaluate
    return [evaluate(record) for record in records]


def answers(book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
    """An unknown fact is an error, which `&&` and `||` pass over where the rest decides.

    https://github.com/google/cel-spec/blob/master/doc/langdef.md (Logical Operators)
    """
    program = parse(write(book))
    return [_answer(program, _values(record)) for record in people.known(book, contacts)]


def _answer(program: Runner, record: Record) -> bool | None:
    try:
        return bool(program.evaluate(record))
    except CELEvalError:
        return None
