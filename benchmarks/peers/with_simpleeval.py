"""simpleeval: Python's own syntax tree, walked in Python.

Parsed once, with other names for each contact:
https://github.com/danthedeckie/simpleeval (README, "Basic Usage").
"""

from collections.abc import Sequence

from simpleeval import InvalidExpression, SimpleEval

from benchmarks.peers import people
from benchmarks.peers.rulebooks import Rulebook
from benchmarks.peers.spelling import PYTHON, Spelling
from connectrules import Contact

WORDS = Spelling({**PYTHON, "one of": "({any})"})
records = people.records
Program = tuple[SimpleEval, str, object]


def write(book: Rulebook) -> str:
    """The expression's text."""
    return WORDS.written(book)


def parse(text: str) -> Program:
    """An evaluator, the text, and its tree."""
    evaluator = SimpleEval()
    return evaluator, text, evaluator.parse(text)


def decide(program: Program, records: Sequence[dict[str, object]]) -> list[bool]:
    """What the expression comes to for each contact."""
    evaluator, text, tree = program
    found = []
    for record in records:
        evaluator.names = record
        found.append(evaluator.eval(text, previously_parsed=tree))
    return found


def answers(book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
    """An unknown fact is a name that is not found, which is an error."""
    program = parse(write(book))
    return [_answer(program, record) for record in people.known(book, contacts)]


def _answer(program: Program, record: dict[str, object]) -> bool | None:
    try:
        return decide(program, [record])[0]
    except InvalidExpression:
        return None
