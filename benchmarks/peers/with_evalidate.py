"""evalidate: Python itself, after a look at which nodes an expression is made of.

Compiled once, and run by Python's `eval`: https://github.com/yaroslaff/evalidate
(README, "Improve Performance by Using Native `eval()` on Validated Code").
"""

from collections.abc import Sequence
from types import CodeType

from evalidate import EvalModel, base_eval_model

from benchmarks.peers import people
from benchmarks.peers.rulebooks import Rulebook
from benchmarks.peers.spelling import PYTHON, Spelling
from connectrules import Contact

WORDS = Spelling(PYTHON)
records = people.records


def _model() -> EvalModel:
    model = base_eval_model.clone()
    model.nodes.append("Tuple")
    return model


MODEL = _model()


def write(book: Rulebook) -> str:
    """The expression's text."""
    return WORDS.written(book)


def parse(text: str) -> CodeType:
    """Code that Python can run."""
    return MODEL.expr(text).code


def decide(code: CodeType, records: Sequence[dict[str, object]]) -> list[bool]:
    """What the code comes to for each contact."""
    return [eval(code, None, record) for record in records]  # noqa: S307 - as it is documented


def answers(book: Rulebook, contacts: Sequence[Contact]) -> list[bool | None]:
    """An unknown fact is a name that is not found, which is an error."""
    code = parse(write(book))
    return [_answer(code, record) for record in people.known(book, contacts)]


def _answer(code: CodeType, record: dict[str, object]) -> bool | None:
    try:
        return decide(code, [record])[0]
    except NameError:
        return None
