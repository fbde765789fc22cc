"""zen-engine: GoRules' expression language, in Rust.

An expression that is compiled once, https://docs.rs/crate/zen-expression (README,
`compile_expression`), and contacts as JSON, which it reads faster than dictionaries. A
decision graph that holds the same expression is slower, in a batch as well.
"""

import json
from collections.abc import Sequence

from zen import PyExpression, compile_expression

from benchmarks.peers import people
from benchmarks.peers.rulebooks import Rulebook
from benchmarks.peers.spelling import PYTHON, Spelling
from connectrules import Contact

WORDS = Spelling(
    {**PYTHON, "one of": "{fact} in [{values}]", "contains": "contains({fact}, {value})"}
)


def write(book: Rulebook) -> str:
    """The expression's text."""
    return WORDS.written(book)


def parse(text: str) -> PyExpression:
    """An expression that is ready."""
    return compile_expression(text)


def records(book: Rulebook, contacts: Sequence[Contact]) -> list[str]:
    """The facts as JSON."""
    return [json.dumps(record) for record in people.records(book, contacts)]


def decide(expression: PyExpression, records: Sequence[str]) -> list[bool]:
    """What the expression comes to for each contact."""
    evaluate = expression.evaluate
    return [evaluate(record) for record in records]


def answers(book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
    """An unknown fact is null, which is no text in a list, and else an error or null again."""
    expression = parse(write(book))
    return [_answer(expression, record) for record in people.known(book, contacts)]


def _answer(expression: PyExpression, record: dict[str, object]) -> bool | None:
    try:
        return expression.evaluate(record)
    except RuntimeError:
        return None
