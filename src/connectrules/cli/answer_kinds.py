"""Answers from a file, held against those that are kept: of the same kinds, to known facts."""

from collections.abc import Callable, Mapping, Sequence

from connectrules.cli.answer_cells import answer_cell
from connectrules.cli.answers_file import about
from connectrules.cli.importing import DECLARED, Held, Placed
from connectrules.errors import SourceError
from connectrules.schema.suggestions import did_you_mean
from connectrules.schema.types import UNSURE, shown
from connectrules.schema.vocabulary import slot
from connectrules.store import AnswerStore, Value, as_key, values


def require_kinds(
    found: Sequence[Placed], held: Held, kept: AnswerStore, *, tell: Callable[[str], object]
) -> None:
    """Refuse answers of another kind than those they would replace, where no policy says which.

    Args:
        found: The answers.
        held: What they were held against.
        kept: The store that is to have them.
        tell: Is called with a sentence about a fact that is new, and like another.

    Raises:
        SourceError: Where one is of another kind.
    """
    if held.policy is not None:
        return
    facts = kept.facts()
    there = {about(said) for said in facts}
    names = [fact.name for fact in held.vocabulary.facts.values()]
    for said in dict.fromkeys(each.answer.fact for each in found):
        if about(said) not in there and about(said) not in held.vocabulary.facts:
            for hint in did_you_mean(said, dict.fromkeys((*facts, *names))):
                tell(f"the fact `{shown(said)}` is new: {hint}")
    counting = {(each.key, slot(each.fact)): each for each in kept.current()}
    for each in found:
        answer = each.answer
        before = counting.get((as_key(answer.key), slot(answer.fact)))
        if answer.taken_back is not None or before is None:
            continue
        if UNSURE in {before.value, answer.value} or (answer.day and answer.day < before.day):
            continue
        was, now = (_KINDS[values.written(value)[0]] for value in (before.value, answer.value))
        if was != now:
            msg = (
                f"`{shown(answer.fact)}` of `{shown(answer.key)}` was answered by {was} so far, "
                f"and `{shown(_said(answer.value))}` is {now}"
            )
            raise SourceError(msg, each.where, (DECLARED,))


def _said(value: Value) -> str:
    return value if isinstance(value, str) else answer_cell(value)


_KINDS: Mapping[str, str] = {
    "yes/no": "yes or no",
    "whole": "a number",
    "number": "a number",
    "date": "a day",
    "text": "a text",
    "list": "a list of texts",
}
