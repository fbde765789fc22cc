"""common-expression-language: Google's Common Expression Language, in Rust.

Compiled once, with a flat `Context` for each contact, made beforehand:
https://github.com/hardbyte/python-common-expression-language (README, "Pre-compilation for
Performance", and docs/how-to-guides/production-patterns-best-practices.md).
"""

from collections.abc import Sequence

import cel

from benchmarks.peers import people
from benchmarks.peers.rulebooks import Rulebook
from benchmarks.peers.spelling import CEL
from connectrules import Contact


def write(book: Rulebook) -> str:
    """The expression's text."""
    return CEL.written(book)


def parse(text: str) -> cel.Program:
    """A program that is ready."""
    return cel.compile(text)


def records(book: Rulebook, contacts: Sequence[Contact]) -> list[cel.Context]:
    """The facts, in Rust."""
    return [cel.Context(record) for record in people.records(book, contacts)]


def decide(program: cel.Program, records: Sequence[cel.Context]) -> list[bool]:
    """What the program comes to for each contact."""
    execute = program.execute
    return [execute(record) for record in records]


def answers(book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
    """An unknown fact is an error, which `&&` and `||` pass over where the rest decides.

    https://github.com/google/cel-spec/blob/master/doc/langdef.md (Logical Operators)
    """
    program = parse(write(book))
    return [_answer(program, cel.Context(record)) for record in people.known(book, contacts)]


def _answer(program: cel.Program, record: cel.Context) -> bool | None:
    try:
        return program.execute(record)
    except RuntimeError:  # an undeclared reference
        return None
