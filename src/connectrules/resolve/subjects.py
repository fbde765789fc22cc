"""The facts that ASSUME lines and EXAMPLEs name."""

from itertools import pairwise

from connectrules.diagnostics import Edit, Fix
from connectrules.resolve.conditions import Conditions
from connectrules.resolve.names import Definition, key
from connectrules.resolve.phrases import Sentence as Readable
from connectrules.resolve.words import written
from connectrules.rules.tree import Mine, Subject
from connectrules.schema.suggestions import did_you_mean
from connectrules.syntax.mistakes import Mistake
from connectrules.syntax.tokens import Kind
from connectrules.syntax.tree import Sentence


def subject(conditions: Conditions, name: Sentence, word: str) -> Subject | None:
    """The fact, or phrase with its literals, that *name* is.

    Args:
        conditions: What reads the sentences around it.
        name: The sentence.
        word: Where it stands, such as ``ASSUME``, for the message.

    Returns:
        None where a faulty declaration keeps that from being known.

    Raises:
        Mistake: CR205 where it is none.
    """
    names, sentence = conditions.scope.names, conditions.sentence(name)
    words = written(conditions.source, name.tokens)
    if sentence.key in names.facts:
        return names.facts[sentence.key]
    for match in sentence.exact():
        if match.fact is None:
            return match.spoken(words)
    if names.is_clouded(sentence.holes.texts):
        return None
    message, hints = _why(conditions, sentence, words, word)
    if word == "ASKING" and (several := _several(conditions, name)):
        raise several
    raise Mistake(name.span, "CR205", message, help=hints or (_DECLARE.format(words),))


def _why(
    conditions: Conditions, sentence: Readable, words: str, word: str
) -> tuple[str, tuple[str, ...]]:
    """Why *sentence*, written *words*, is no fact, and what helps."""
    message, hints = f"no fact is called `{words}`", _likely(conditions, words)
    for named, is_denied in sentence.named():
        if is_denied:
            message = f"`{words}` is a denial, and {word} is about facts"
            hints = (f"speak of `{named.name}`",)
        elif isinstance(named, Definition):
            message = f"`{words}` is a definition, and {word} is about facts"
            hints = ("speak of the facts that it is defined by",)
    for match in sentence.exact():
        if match.fact is not None:
            message = f"`{words}` is a condition, and {word} is about facts"
            hints = (f"speak of `{match.fact.name}`",)
    return message, hints


def _several(conditions: Conditions, name: Sentence) -> Mistake | None:
    """The mistake of facts with commas between them, where `;` belongs."""
    commas = [token for token in name.tokens if token.kind is Kind.COMMA]
    if not commas:
        return None
    bounds = [name.tokens[0].start - 1, *(comma.start for comma in commas), name.tokens[-1].end]
    for low, high in pairwise(bounds):
        part = [each for each in name.tokens if low < each.start and each.end <= high]
        if key(part) not in conditions.scope.names.facts:
            return None
    return Mistake(
        commas[0].span,
        "CR101",
        "`;` was expected between the facts in place of `,`",
        fixes=(Fix("separate the facts with `;`", tuple(Edit(each.span, ";") for each in commas)),),
    )


_DECLARE = "to make it a fact, add the line `FACT {}: yes/no`"


def own_or_subject(conditions: Conditions, name: Sentence, word: str) -> Subject | Mine | None:
    """The same, where ``my G`` is one too."""
    first, *rest = conditions.sentence(name).holes.texts
    own = conditions.scope.names.facts.get(" ".join(rest)) if first == "my" else None
    return subject(conditions, name, word) if own is None else Mine(own)


def _likely(conditions: Conditions, words: str) -> tuple[str, ...]:
    if words in conditions.scope.hidden:
        return (f"{conditions.scope.hidden[words]}, so no policy can speak of it",)
    return did_you_mean(words, [fact.name for fact in conditions.scope.names.facts.values()])
